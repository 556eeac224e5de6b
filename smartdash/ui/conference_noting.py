"""What comes up beside the judging: decisions, assignments, impediments, parked topics, notes; and corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.condensing import Refusal
from smartdash.figures.headings import heading
from smartdash.model.conferences import AgendaItem, AgendaKind, Assignment, Decision, ParkedTopic
from smartdash.model.declare import Record
from smartdash.model.impediments import EscalationLevel, Impediment
from smartdash.ui import opened
from smartdash.ui.capture_reading import shortened
from smartdash.ui.conference_writing import Table, store_button, take_back
from smartdash.ui.impediment_form import ask_impediment
from smartdash.ui.markdown import plain
from smartdash.ui.style import keep_typing
from smartdash.ui.writing import fresh, working_day

_KINDS = ("decision", "assignment", "impediment", "parked", "note")
_TYPES: Mapping[str, type[Record]] = {"decision": Decision, "assignment": Assignment, "parked": ParkedTopic}
_SHORT = 100
_IMPEDIMENT = "live_impediment"
_KEPT = (
    *("title", "kind", "unit", "raised_on", "step", "due", "role", "blocks"),
    *("level", "cause", "options", "addressee", "public"),
)
"""The questions about an impediment, whose answers are kept as a draft."""


def note(table: Table, item: AgendaItem) -> None:
    """Ask for one kind of entry at a time."""
    say = table.view.say
    keep_typing()
    with st.container(border=True, key="conference_note"):
        kind = st.segmented_control(
            say("live.note_kind"),
            _KINDS,
            default=_KINDS[0],
            required=True,
            format_func=lambda name: say(f"live.kind_{name}"),
            key="conference_note_kind",
        )
        if kind == "impediment":
            _ask_impediment(table, item)
        elif kind == "note":
            _ask_notes(table, item)
        else:
            _ask_entry(table, item, kind or _KINDS[0], None)
    _corrections(table)


def _ask_entry(table: Table, item: AgendaItem, kind: str, stored: Record | None) -> None:
    """The fields of a decision, an assignment or a parked topic, new or stored."""
    say, pen, record = table.view.say, table.pen, _TYPES[kind]
    mark = stored.key if stored else f"{kind}_{item.key}"
    known = dict(stored) if stored else {}
    names = [f"{name}_{mark}" for name in ("about", "text", "role", "due")]
    about = known.get("about", item.objective)
    if kind != "parked" and item.kind is AgendaKind.OBJECTIVE and item.objective:
        about = _ask_about(table, item.objective, names[0], about)
    text = pen.text(names[1], heading(record, "text", say), known.get("text") or "")
    given: dict[str, Any] = {"text": text}
    if kind != "decision":
        given["role"] = pen.text(names[2], heading(record, "role", say), known.get("role") or "", most=_SHORT) or None
    if kind == "assignment":
        given["due"] = pen.day(names[3], heading(record, "due", say), known.get("due"))

    def make() -> list[Record]:
        if not text:
            raise Refusal("live.needs_text")
        if kind == "assignment" and not (given["role"] and given["due"]):
            raise Refusal("live.needs_role_and_day")
        if stored:
            changed = {**given, **({"about": about} if kind != "parked" else {})}
            return [stored.model_copy(update=changed)]
        on = {"decision": "decided_on", "assignment": "given_on", "parked": "parked_on"}[kind]
        conference = table.room.conference
        key = _new_key(table, record)
        placed: dict[str, Any] = {
            "conference": conference.key,
            on: conference.held_on,
            **({} if kind == "parked" else {"about": about}),
        }
        return [record(**table.common(key), **placed, **given)]

    reason = say(f"live.reason_{kind}", title=shortened(text))
    store_button(table, mark, names, make, say("live.corrected", what=reason) if stored else reason)


def _ask_about(table: Table, objective: str, name: str, stored: str | None) -> str:
    """Whether an entry is about the whole objective or one of its key results."""
    titles = {objective: table.view.say("live.whole_objective")}
    titles |= {one.key_result.key: shortened(one.key_result.title) for one in table.room.of_objective(objective)}
    chosen: str | None = st.selectbox(
        heading(Decision, "about", table.view.say),
        list(titles),
        key=table.pen.key(name, stored if stored in titles else objective),
        on_change=table.pen.keep(name, stored if stored in titles else objective),
        format_func=lambda key: titles[key],
        placeholder=table.view.say("ui.choose"),
    )
    return chosen or objective


def _ask_notes(table: Table, item: AgendaItem) -> None:
    say, name = table.view.say, f"notes_{item.key}"
    notes = table.pen.long_text(name, heading(AgendaItem, "notes", say), item.notes or "")
    reason = say("live.reason_notes", title=item.key)
    store_button(table, name, [name], lambda: [item.model_copy(update={"notes": notes or None})], reason)


def _ask_impediment(table: Table, item: AgendaItem) -> None:
    """The questions of the impediment log; what is typed is kept as the other drafts are."""
    say, view, desk = table.view.say, table.view, table.desk
    blocks = None
    if item.kind is AgendaKind.OBJECTIVE and item.objective:
        results = {one.key_result.key: one.key_result.title for one in table.room.of_objective(item.objective)}
        asked = heading(Impediment, "blocks", say)
        blocks = table.pen.pick(f"blocks_{item.key}", asked, list(results), lambda key: shortened(results[key])) or ""
    keys = {name: fresh(f"{_IMPEDIMENT}_{name}") for name in _KEPT}
    draft = desk.drafts.get(_IMPEDIMENT)
    for name, value in (draft.value if draft else {}).items():
        st.session_state.setdefault(keys[name], value)
    make_records = ask_impediment(view, _IMPEDIMENT, blocks)
    untouched = (working_day(view), EscalationLevel.TEAM)
    answers = {name: st.session_state.get(key) for name, key in keys.items()}
    typed = {name: answer for name, answer in answers.items() if answer and answer not in untouched}
    if typed:
        desk.put(_IMPEDIMENT, typed, table.room.revision)
    elif draft:
        desk.clear([_IMPEDIMENT])

    def make() -> list[Record]:
        if blocks == "":
            raise Refusal("live.needs_blocked")
        made = make_records()
        if "raised_on" in typed:
            return made
        on = table.room.conference.held_on
        return [one.model_copy(update={"raised_on": on}) if isinstance(one, Impediment) else one for one in made]

    reason = say("live.reason_impediment", title=shortened(str(typed.get("title", ""))))
    store_button(table, _IMPEDIMENT, [_IMPEDIMENT, f"blocks_{item.key}"], make, reason)


def _corrections(table: Table) -> None:
    """Every stored entry of the conference once more, to be changed or taken back."""
    say, room = table.view.say, table.room
    entries: list[tuple[str, Record]] = [
        *(("decision", one) for one in room.decisions),
        *(("assignment", one) for one in room.assignments),
        *(("parked", one) for one in room.parked),
    ]
    if not entries:
        return
    holder = st.expander(say("live.correct"), icon=":material/edit:", key="conference_corrections", on_change="rerun")
    if not holder.open:
        return
    with holder:
        titles = {
            one.key: f"{say(f'live.kind_{kind}')}: {shortened(getattr(one, 'text', ''))}" for kind, one in entries
        }
        chosen = st.selectbox(
            say("live.entry"),
            list(titles),
            format_func=lambda key: titles[key],
            key="conference_correct",
            placeholder=say("ui.choose"),
        )
        kind, record = next(entry for entry in entries if entry[1].key == chosen)
        place = next((one for one in room.agenda if _holds(table, one, getattr(record, "about", None))), room.agenda[0])
        _ask_entry(table, place, kind, record)
        if st.button(say("live.take_back"), icon=":material/delete:", key=f"take_back_{chosen}"):
            take_back(table, record, say("live.taken_back", title=plain(titles[record.key])))


def _holds(table: Table, item: AgendaItem, about: str | None) -> bool:
    """Whether an item is the one of the objective that an entry is about."""
    if item.objective is None or about is None:
        return False
    return about in {item.objective, *(one.key_result.key for one in table.room.of_objective(item.objective))}


def _new_key(table: Table, record: type[Record]) -> str:
    conference, name = table.room.conference, record.sheet.name
    return next(new_keys(f"{conference.key}-{name}", opened.store().keys(conference.programme, name, retired=True)))
