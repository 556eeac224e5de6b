"""What the figures of lineage share: the records of a scope with their states, and what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from smartdash.analysis.committees import PaperStanding
from smartdash.analysis.elements import newest_changes, reasons, states
from smartdash.analysis.flows import Place
from smartdash.analysis.lineage import ORIGIN_KINDS, Direction, Edges, Step, edges, furthest, lineage_steps, reached
from smartdash.analysis.participation import lasting, newest_considerations
from smartdash.figures.catalogue import choice
from smartdash.figures.committee_data import read_committees
from smartdash.figures.figure import Option
from smartdash.figures.headings import heading
from smartdash.figures.tables import capital
from smartdash.locale import Words
from smartdash.model.okr import KeyResult
from smartdash.model.projects import Project
from smartdash.model.shared import FieldOfWork
from smartdash.model.workshops import (
    Consideration,
    Contribution,
    ElementLevel,
    ElementState,
    Event,
    Link,
    StateChange,
    StrategyElement,
)
from smartdash.store import Reader

ALL = "all"
_LEVELS = tuple(ElementLevel)
_MOST_OFFERED = 200
_TITLE_LENGTH = 70


@dataclass(frozen=True)
class LineageData:
    """The records on the way from contribution to project, the elements' states, and the steps between them."""

    contributions: Mapping[str, Contribution]
    elements: Mapping[str, StrategyElement]
    projects: Mapping[str, Project]
    key_results: Mapping[str, KeyResult]
    events: Mapping[str, Event]
    considerations: Mapping[str, Consideration]
    changes: Mapping[str, StateChange]
    papers: Mapping[str, PaperStanding]
    states: Mapping[str, ElementState]
    reasons: Mapping[str, str | None]
    steps: Sequence[Step]

    @cached_property
    def forward(self) -> Edges:
        """What came of each record, one step on."""
        return edges(self.steps, Direction.FORWARD)

    @cached_property
    def back(self) -> Edges:
        """What each record came from, one step back."""
        return edges(self.steps, Direction.BACK)

    @cached_property
    def lasting(self) -> frozenset[str]:
        """The elements that were not merged or split into others."""
        return lasting(self.elements, [step.link for step in self.steps])

    def origins(self, key: str) -> frozenset[str]:
        """What a record was derived, merged or split from, over any number of steps."""
        return reached(key, self._origin_edges)

    @cached_property
    def _origin_edges(self) -> Edges:
        came = [step for step in self.steps if step.link.kind in ORIGIN_KINDS or step.origin in self.contributions]
        return edges(came, Direction.BACK)

    def result(self, key: str) -> StrategyElement | None:
        """Of the elements that a contribution led to and that did not go on in others, the one that came furthest."""
        among = self.lasting & self.reach(key, Direction.FORWARD)
        return furthest(self.elements.values(), self.states, among) if among else None

    def reach(self, key: str, direction: Direction) -> frozenset[str]:
        """Everything that came of a record, or that it came from."""
        return reached(key, self.forward if direction is Direction.FORWARD else self.back)

    def __contains__(self, key: str) -> bool:
        return key in self.contributions or key in self.elements or key in self.projects or key in self.key_results

    def title(self, key: str) -> str:
        """What a record says or is called."""
        if key in self.contributions:
            return self.contributions[key].text
        return (self.elements.get(key) or self.projects.get(key) or self.key_results[key]).title

    def level(self, key: str, say: Words) -> str:
        """What a record is, such as "Beitrag" or "Maßnahme"."""
        if key in self.contributions:
            return heading(Contribution, "text", say)
        if key in self.elements:
            return capital(self.elements[key].level.label(say.lang))
        return say("lineage.project" if key in self.projects else "lineage.key_result")

    def state(self, key: str, say: Words) -> str | None:
        """The word for the state of an element or project, or for how a contribution was answered."""
        if key in self.states:
            return self.states[key].label(say.lang)
        if key in self.considerations:
            return self.considerations[key].outcome.label(say.lang)
        return self.projects[key].state.label(say.lang) if key in self.projects else None

    def field_of(self, key: str) -> str | None:
        """The field of work of a record; a contribution without its own has that of its event."""
        if key in self.contributions:
            contribution = self.contributions[key]
            return contribution.field_of_work or self.events[contribution.event].field_of_work
        record = self.elements.get(key) or self.projects.get(key)
        return record.field_of_work if record else None

    def places(self) -> dict[str, Place]:
        """Where each record belongs in a picture."""
        first = {key: Place(0, cluster=item.cluster or "") for key, item in self.contributions.items()}
        middle = {
            key: Place(1 + _LEVELS.index(element.level), self.states[key]) for key, element in self.elements.items()
        }
        last = dict.fromkeys((*self.projects, *self.key_results), Place(1 + len(_LEVELS)))
        return first | middle | last

    def in_field(self, field: str) -> frozenset[str]:
        """The records of a field of work with everything that came of them and that they came from."""
        if field == ALL:
            return frozenset((*self.contributions, *self.elements, *self.projects, *self.key_results))
        own = {key for key in (*self.contributions, *self.elements) if self.field_of(key) == field}
        origins = {key for start in own for key in self.reach(start, Direction.BACK)}
        results = {key for start in own if start in self.elements for key in self.reach(start, Direction.FORWARD)}
        return frozenset(own | origins | {key for key in results if key not in self.elements})


def read_lineage(reader: Reader) -> LineageData:
    """What a scope shows of lineage: contributions, elements, the steps between them, and what was decided on them."""
    contributions = {item.key: item for item in reader.all(Contribution)}
    elements = {item.key: item for item in reader.all(StrategyElement)}
    projects = {item.key: item for item in reader.all(Project)}
    key_results = {item.key: item for item in reader.all(KeyResult)}
    known: dict[str, ElementLevel | None] = dict.fromkeys((*contributions, *projects, *key_results))
    known |= {key: element.level for key, element in elements.items()}
    changes = reader.all(StateChange)
    return LineageData(
        contributions=contributions,
        elements=elements,
        projects=projects,
        key_results=key_results,
        events={item.key: item for item in reader.all(Event)},
        considerations=newest_considerations(reader.all(Consideration)),
        changes=newest_changes(changes),
        papers={standing.paper.key: standing for standing in read_committees(reader).standings},
        states=states(elements.values(), changes),
        reasons=reasons(elements.values(), changes),
        steps=lineage_steps(known, reader.all(Link)),
    )


def field_option(reader: Reader, chosen: Mapping[str, str], say: Words) -> Option:
    """The choice between all fields of work and one of them."""
    values = {ALL: say("lineage.all_fields"), **{item.key: item.title for item in reader.all(FieldOfWork)}}
    return choice("field", heading(StrategyElement, "field_of_work", say), values, chosen)


def direction_option(chosen: Mapping[str, str], say: Words) -> Option:
    """The choice whether to follow what became of something, or where it came from."""
    values = {Direction.FORWARD.value: say("lineage.forward"), Direction.BACK.value: say("lineage.back")}
    return choice("direction", say("lineage.direction"), values, chosen)


def focus_option(
    data: LineageData, field: str, chosen: Mapping[str, str], say: Words, *, everything: bool
) -> Option | None:
    """The choice of one element or contribution to follow, after `everything` or the most telling contribution.

    Of many contributions only those are offered that belong to the chosen field, or lead to the chosen element. None
    where the field holds nothing.
    """
    inside = data.in_field(field)
    given = chosen.get("focus", "")
    spoken = [key for key in data.contributions if key in inside]
    telling = [] if everything else _telling(data, spoken)
    if len(spoken) > _MOST_OFFERED and field == ALL:
        spoken = [key for key in spoken if given in data.elements and key in data.reach(given, Direction.BACK)]
    ordered = sorted(data.elements, key=lambda key: _LEVELS.index(data.elements[key].level))
    offered = [*telling, *(key for key in ordered if key in inside), *spoken]
    if given in data.contributions or given in data.elements:
        offered.append(given)
    values = {ALL: say("lineage.everything")} if everything else {}
    values |= {key: say("lineage.offered", level=data.level(key, say), title=cut(data.title(key))) for key in offered}
    return choice("focus", say("lineage.focus"), values, chosen) if values else None


def _telling(data: LineageData, contributions: Sequence[str]) -> list[str]:
    """The contribution whose way is longest and, of several, that was answered; none where no one led anywhere."""
    ways = {key: data.reach(key, Direction.FORWARD) for key in contributions}
    led = [key for key in contributions if ways[key]]
    return [max(led, key=lambda key: (_distance(data, ways[key]), key in data.considerations))] if led else []


def _distance(data: LineageData, way: frozenset[str]) -> tuple[bool, bool, bool]:
    adopted = {key for key in way if data.states.get(key) is ElementState.ADOPTED}
    decided = any(key in data.changes and data.changes[key].paper for key in adopted)
    return bool(adopted), decided, any(key in data.projects for key in way)


def cut(text: str, length: int = _TITLE_LENGTH) -> str:
    """A text in one line, shortened at a word's end where it is longer."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
