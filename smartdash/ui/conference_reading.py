"""What the conference page works on: the conferences of a programme, and one of them with all that is said in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from smartdash.analysis.conference_points import conferences_to_choose
from smartdash.analysis.impediments import ImpedimentStanding, impediment_standings
from smartdash.analysis.okr import KeyResultStanding
from smartdash.figures.standings import read_key_results
from smartdash.locale import Words
from smartdash.locale.numbers import day
from smartdash.model.check_ins import CheckIn, Review, Score
from smartdash.model.conferences import AgendaItem, AgendaKind, Assignment, Conference, Decision, ParkedTopic
from smartdash.model.impediments import Blockage, Impediment, ImpedimentEvent
from smartdash.model.okr import Cycle, Objective
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.view import View

_ROOMS = 20


@dataclass(frozen=True, slots=True)
class Room:
    """A conference as of `revision`, read as of the scope's date: agenda, evidence, and what was stored in it."""

    revision: int
    scope: Scope
    conference: Conference
    cycle: Cycle
    agenda: Sequence[AgendaItem]
    objectives: dict[str, Objective]
    standings: Sequence[KeyResultStanding]
    check_ins: Sequence[CheckIn]
    scores: dict[str, Score]
    reviews: dict[str, Review]
    decisions: Sequence[Decision]
    assignments: Sequence[Assignment]
    parked: Sequence[ParkedTopic]
    impediments: Sequence[ImpedimentStanding]

    @property
    def current(self) -> AgendaItem | None:
        """The item that is on: begun and not left."""
        return next((item for item in self.agenda if item.begun_at), None)

    def of_objective(self, key: str) -> list[KeyResultStanding]:
        """The key results of an objective."""
        return [item for item in self.standings if item.objective.key == key]

    def next_after(self, item: AgendaItem | None) -> AgendaItem | None:
        """The first item after `item` that is not done, else the first one at all that is not."""
        place = self.agenda.index(item) + 1 if item in self.agenda else 0
        rest = [*self.agenda[place:], *self.agenda[:place]]
        return next((one for one in rest if not one.done and one is not item), None)


def read_conferences(view: View) -> tuple[Conference, ...]:
    """The conferences that the view may see, the one to show first at the head, then newest first."""
    return _conferences(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_ROOMS, show_spinner=False)
def _conferences(stamp: tuple[int, ...], scope: Scope) -> tuple[Conference, ...]:
    with opened.store().read(scope) as reader:
        return tuple(conferences_to_choose(reader.all(Conference), reader.all(AgendaItem), scope.as_of))


def scope_of(view: View, conference: Conference) -> Scope:
    """The view's scope, but never as of a day before the conference, so that what is entered in it is seen in it."""
    return replace(view.scope(), as_of=max(view.as_of, conference.held_on))


def read_room(view: View, conference: Conference) -> Room:
    """A conference with everything in it, read anew when the store has changed."""
    return _room(opened.store().stamp(), scope_of(view, conference), conference.key)


@st.cache_resource(max_entries=_ROOMS, show_spinner=False)
def _room(stamp: tuple[int, ...], scope: Scope, key: str) -> Room:
    with opened.store().read(scope) as reader:
        conference = next(one for one in reader.all(Conference) if one.key == key)
        cycle = next(one for one in reader.all(Cycle) if one.key == conference.cycle)
        return Room(
            revision=reader.scope.revision or 0,
            scope=scope,
            conference=conference,
            cycle=cycle,
            agenda=[item for item in reader.all(AgendaItem) if item.conference == key],
            objectives={item.key: item for item in reader.all(Objective)},
            standings=[item for item in read_key_results(reader) if item.cycle.key == cycle.key],
            check_ins=reader.all(CheckIn),
            scores={item.key_result: item for item in reader.all(Score)},
            reviews={item.objective: item for item in reader.all(Review)},
            decisions=[item for item in reader.all(Decision) if item.conference == key],
            assignments=[item for item in reader.all(Assignment) if item.conference == key],
            parked=[item for item in reader.all(ParkedTopic) if item.conference == key],
            impediments=impediment_standings(
                reader.all(Impediment), reader.all(ImpedimentEvent), reader.all(Blockage), scope.as_of
            ),
        )


def conference_label(conference: Conference, say: Words) -> str:
    """A conference in a list: its day and title."""
    return f"{day(conference.held_on, say.lang)} · {conference.title}"


def item_title(item: AgendaItem, room: Room, say: Words) -> str:
    """What an agenda item is called: its own title, its objective's, or its kind's."""
    if item.title:
        return item.title
    if item.kind is AgendaKind.OBJECTIVE and item.objective in room.objectives:
        return room.objectives[item.objective].title
    return item.kind.label(say.lang)
