"""The agenda of a conference that has not begun: proposed for a number of minutes, and edited row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from smartdash.analysis.agenda_editing import Entry, edited_agenda
from smartdash.analysis.condensing import Refusal
from smartdash.analysis.conference_points import previous_conference
from smartdash.analysis.conferences import proposed_agenda
from smartdash.analysis.okr import KeyResultStanding
from smartdash.figures.headings import heading
from smartdash.figures.standings import read_key_results
from smartdash.figures.tables import capital
from smartdash.locale.numbers import number
from smartdash.model.conferences import AgendaItem, AgendaKind, Conference
from smartdash.model.okr import Cycle, Objective
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.capture_reading import shortened
from smartdash.ui.conference_reading import Room
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, refuse, sign, write, writes

_READINGS = 20
_MOST_MINUTES = 600
_USUAL_MINUTES = 120
_LONGEST = 200
_KEPT = "conference_agenda_kept"
_COLUMNS = ("key", "place", "minutes", "subject", "title")


@dataclass(frozen=True, slots=True)
class Stock:
    """What a conference is set up from, as of `revision`."""

    revision: int
    cycles: dict[str, Cycle]
    conferences: tuple[Conference, ...]
    agenda: tuple[AgendaItem, ...]
    objectives: tuple[Objective, ...]
    standings: tuple[KeyResultStanding, ...]

    def items_of(self, conference: Conference) -> list[AgendaItem]:
        """The agenda of a conference, in its order."""
        return [item for item in self.agenda if item.conference == conference.key]

    def propose(self, conference: Conference, minutes: int) -> list[AgendaItem]:
        """An agenda of so many minutes for a new or a stored conference, with keys that are not taken."""
        others = [item for item in self.conferences if item.key != conference.key]
        first = previous_conference(conference, [*others, conference]) is None
        return proposed_agenda(conference, self.objectives, self.standings, minutes, _taken(conference), first=first)


def read_stock(view: View) -> Stock:
    """What conferences are set up from, read anew when the store has changed."""
    return _read(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope) -> Stock:
    with opened.store().read(scope) as reader:
        return Stock(
            reader.scope.revision or 0,
            {item.key: item for item in reader.all(Cycle)},
            reader.all(Conference),
            reader.all(AgendaItem),
            reader.all(Objective),
            tuple(read_key_results(reader)),
        )


def has_begun(room: Room) -> bool:
    """Whether an item of a conference was called up already, or the conference is closed."""
    called = any(item.begun_at or item.done or item.spent_seconds for item in room.agenda)
    return called or room.conference.closed_on is not None


def ask_minutes(view: View, name: str, minutes: int = _USUAL_MINUTES) -> int:
    """Ask how long a conference lasts, inside the form `name`."""
    total: int = st.number_input(
        view.say("setup.total_minutes"),
        min_value=0,
        max_value=_MOST_MINUTES,
        value=minutes,
        step=15,
        key=fresh(f"{name}_minutes"),
        help=view.say("setup.total_minutes_help"),
    )
    return total


def propose_anew(view: View, stock: Stock, room: Room) -> None:
    """Put a proposed agenda in the place of the one there is."""
    say, conference = view.say, room.conference
    name = f"conference_propose_{conference.key}"
    if room.agenda:
        st.caption(say("setup.replaces", n=len(room.agenda)))
    with st.form(fresh(f"{name}_form"), border=False):
        minutes = ask_minutes(view, name, sum(item.minutes for item in room.agenda) or _USUAL_MINUTES)
        signature = sign(view, name, say("setup.reason_propose", title=conference.title))
        stored = st.form_submit_button(say("setup.store_proposal"), type="primary")
    if stored:
        agenda = stock.propose(conference, minutes)
        done = say("setup.done_proposal", n=len(agenda))
        write(view, _with_others(conference, agenda), signature, based_on=stock.revision, done=done, all_of=AgendaItem)


def edit_agenda(view: View, stock: Stock, room: Room) -> None:
    """Change order, minutes, subject and title of the items, add some and take some away."""
    say, conference = view.say, room.conference
    name = f"conference_agenda_{conference.key}"
    revision, items = _kept(conference, stock)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(say("setup.agenda_intro"))
        if st.button(say("data.reload"), icon=":material/refresh:", help=say("data.reload_help"), key=f"{name}_reload"):
            st.session_state.pop(_KEPT, None)
            st.rerun()
    edited = _table(view, _frame(items), _subjects(view, stock, conference, items), fresh(f"{name}_{revision}"))
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in edited[list(_COLUMNS)].itertuples(index=False)]
    st.caption(_length(view, conference, rows))
    with st.form(fresh(f"{name}_form"), border=False):
        signature = sign(view, name, say("setup.reason_agenda", title=conference.title))
        stored = st.form_submit_button(say("setup.store"), type="primary")
    if not stored:
        return
    try:
        entries = [_entry(row) for row in rows]
    except Refusal as refusal:
        refuse(view, refusal)
        return
    agenda = edited_agenda(conference, items, entries, _taken(conference))
    done = say("setup.done_agenda", n=len(agenda))
    write(view, _with_others(conference, agenda), signature, based_on=revision, done=done, all_of=AgendaItem)


def _table(view: View, frame: pd.DataFrame, subjects: Mapping[str, str], key: str) -> pd.DataFrame:
    say = view.say
    edited: pd.DataFrame = st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        column_config={
            "key": None,
            "place": st.column_config.NumberColumn(
                say("setup.place"), help=say("setup.place_help"), min_value=0, width=80
            ),
            "minutes": st.column_config.NumberColumn(
                heading(AgendaItem, "minutes", say), min_value=0, max_value=_MOST_MINUTES, step=1, width=95
            ),
            "subject": st.column_config.SelectboxColumn(
                say("setup.subject"), options=list(subjects), format_func=lambda one: subjects[str(one)], width="medium"
            ),
            "title": st.column_config.TextColumn(
                heading(AgendaItem, "title", say), help=say("setup.own_title_help"), max_chars=_LONGEST, width="medium"
            ),
        },
        alt=say("setup.agenda_alt"),
        key=key,
    )
    return edited


def _taken(conference: Conference) -> set[str]:
    """Every key that an agenda item has or had."""
    return opened.store().keys(conference.programme, "agenda_item", retired=True)


def _with_others(conference: Conference, agenda: Sequence[AgendaItem]) -> list[AgendaItem]:
    """All agenda items of the programme, with these for the conference's."""
    stored: Iterable[Any] = opened.store().current(conference.programme)["agenda_item"]
    return [*(item for item in stored if item.conference != conference.key), *agenda]


def _kept(conference: Conference, stock: Stock) -> tuple[int, list[AgendaItem]]:
    """The items that the table was made of, with their revision; they stay while others write."""
    chosen = (conference.programme, conference.key, writes())
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != chosen:
        kept = st.session_state[_KEPT] = (chosen, stock.revision, stock.items_of(conference))
    return kept[1], kept[2]


def _subjects(view: View, stock: Stock, conference: Conference, items: Sequence[AgendaItem]) -> dict[str, str]:
    """What an item may be about: a kind, or an objective of the conference's cycle."""
    named = {item.objective for item in items}
    kinds = {kind.value: capital(kind.label(view.lang)) for kind in AgendaKind if kind is not AgendaKind.OBJECTIVE}
    objectives = {
        _of_objective(item.key): shortened(item.title)
        for item in stock.objectives
        if item.cycle == conference.cycle or item.key in named
    }
    return {**objectives, **kinds}


def _of_objective(key: str | None) -> str:
    return f"{AgendaKind.OBJECTIVE.value} {key}"


def _frame(items: Sequence[AgendaItem]) -> pd.DataFrame:
    rows = [
        (
            item.key,
            place,
            item.minutes,
            _of_objective(item.objective) if item.kind is AgendaKind.OBJECTIVE else item.kind.value,
            item.title,
        )
        for place, item in enumerate(items, start=1)
    ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return frame.astype({"key": object, "place": float, "minutes": "Int64", "subject": object, "title": object})


def _entry(row: Mapping[str, Any]) -> Entry:
    """A row of the table as an entry.

    Raises:
        Refusal: it does not say what the item is about or how long it takes.
    """
    given = {name: None if pd.isna(value) else value for name, value in row.items()}
    if given["subject"] is None or given["minutes"] is None:
        raise Refusal("setup.needs_subject_and_minutes")
    kind, _, objective = str(given["subject"]).partition(" ")
    return Entry(
        key=given["key"],
        place=given["place"],
        kind=next(one for one in AgendaKind if one.value == kind),
        objective=objective or None,
        title=str(given["title"] or "").strip() or None,
        minutes=int(given["minutes"]),
    )


def _length(view: View, conference: Conference, rows: Sequence[Mapping[str, Any]]) -> str:
    """How long all items take together, and when the conference then ends."""
    total = sum(int(row["minutes"]) for row in rows if not pd.isna(row["minutes"]))
    minutes = number(total, view.lang)
    if conference.starts_at is None:
        return view.say("setup.length", minutes=minutes)
    end = datetime.fromisoformat(f"{conference.held_on}T{conference.starts_at}") + timedelta(minutes=total)
    return view.say("setup.length_and_end", minutes=minutes, start=conference.starts_at[:5], end=f"{end:%H:%M}")
