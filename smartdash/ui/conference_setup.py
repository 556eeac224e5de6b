"""Setting up a conference: a new one with a proposed agenda, its own fields corrected, its agenda edited."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import streamlit as st

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.condensing import Refusal
from smartdash.analysis.okr import cycle_on
from smartdash.figures.headings import heading
from smartdash.figures.tables import capital
from smartdash.model.conferences import Conference, ConferenceKind
from smartdash.model.declare import TIME_PATTERN
from smartdash.store import Audience
from smartdash.ui import opened
from smartdash.ui.conference_planning import Stock, ask_minutes, edit_agenda, has_begun, propose_anew, read_stock
from smartdash.ui.conference_reading import Room
from smartdash.ui.questions import choose_one, new_record
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, refuse, show_done, sign, working_day, write

NEW = "conference_new"
"""Where the session keeps the key of a conference that was set up just now, so that the page opens it."""
_LONGEST = 200
_CLOCK = 8
_SHORT = 100
_WHAT = "conference_setup"


def set_up(view: View, room: Room | None = None) -> None:
    """Choose what to set up, fill it in, store it; the public sees nothing of it.

    Args:
        view: The page's choices.
        room: The conference that is open on the page; None: there is none yet.
    """
    if view.programme is None or view.audience is Audience.PUBLIC or view.presentation:
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    say, stock = view.say, read_stock(view)
    st.markdown(f"### {say('setup.title')}")
    if not stock.cycles:
        st.info(say("setup.no_cycle"), icon=":material/info:")
        return
    if room is None:
        _new(view, stock)
        return
    conference = room.conference
    forms: dict[str, Callable[[], None]] = {"fields": lambda: _correct(view, stock, conference)}
    if not has_begun(room):
        first = {"agenda": lambda: edit_agenda(view, stock, room)} if room.agenda else {}
        forms = {**first, "propose": lambda: propose_anew(view, stock, room), **forms}
    forms["new"] = lambda: _new(view, stock)
    name = st.selectbox(
        say("setup.what"),
        list(forms),
        key=fresh(f"{_WHAT}_{conference.key}"),
        format_func=lambda item: say(f"setup.form_{item}"),
        placeholder=say("ui.choose"),
    )
    forms[name]()


def _new(view: View, stock: Stock) -> None:
    say, name = view.say, "conference_new"

    with st.form(fresh(f"{name}_form"), border=False):
        ask = _ask_fields(view, stock, name, None)
        minutes = ask_minutes(view, name)
        signature = sign(view, name, say("setup.reason_new"))
        stored = st.form_submit_button(say("setup.store_new"), type="primary")
    if not stored:
        return
    try:
        values = ask()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    conference = Conference(**new_record(view, _new_key(view, values)), **values)
    agenda = stock.propose(conference, minutes)
    st.session_state[NEW] = conference.key
    done = say("setup.done_new", n=len(agenda))
    write(view, [conference, *agenda], signature, based_on=stock.revision, done=done)


def _correct(view: View, stock: Stock, conference: Conference) -> None:
    say, name = view.say, f"conference_fields_{conference.key}"

    with st.form(fresh(f"{name}_form_{stock.revision}"), border=False):
        ask = _ask_fields(view, stock, name, conference)
        signature = sign(view, name, say("setup.reason_fields", title=conference.title))
        stored = st.form_submit_button(say("setup.store"), type="primary")
    if not stored:
        return
    try:
        values = ask()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    changed = conference.model_copy(update=values)
    write(view, [changed], signature, based_on=stock.revision, done=say("setup.done_fields"))


def _ask_fields(view: View, stock: Stock, name: str, known: Conference | None) -> Callable[[], dict[str, Any]]:
    """Draw the questions about a conference; the result gives its fields or raises Refusal where something is wrong."""
    say, cycles = view.say, stock.cycles
    title = _ask_text(view, name, "title", known, _LONGEST, "setup.title_help")
    left, right = st.columns(2)
    with left:
        kind = st.segmented_control(
            heading(Conference, "kind", say),
            list(ConferenceKind),
            default=known.kind if known else ConferenceKind.REVIEW,
            required=True,
            format_func=lambda item: item.label(view.lang),
            key=fresh(f"{name}_kind"),
        )
        cycle = _ask_cycle(view, stock, name, known)
        titles = {key: item.title for key, item in cycles.items()}
        next_cycle = choose_one(
            view, heading(Conference, "next_cycle", say), titles, f"{name}_next", "setup.following_one",
            chosen=known.next_cycle if known else None,
        )  # fmt: skip
    with right:
        held_on = st.date_input(
            heading(Conference, "held_on", say),
            value=known.held_on if known else working_day(view),
            format="DD.MM.YYYY",
            key=fresh(f"{name}_held_on"),
        )
        starts_at = _ask_text(view, name, "starts_at", known, _CLOCK, "setup.time_help")
        place = _ask_text(view, name, "place", known, _LONGEST)
    role = _ask_text(view, name, "moderator_role", known, _SHORT, "setup.role_help")

    def ask() -> dict[str, Any]:
        if next_cycle and cycles[next_cycle].start <= cycles[cycle].end:
            raise Refusal("setup.next_too_early", cycle=cycles[next_cycle].title)
        begin = starts_at.strip().zfill(5) if starts_at.strip() else None
        if begin and not re.fullmatch(TIME_PATTERN, begin):
            raise Refusal("setup.no_time", value=starts_at)
        chosen = kind or ConferenceKind.REVIEW
        return {
            "title": title.strip() or f"{capital(chosen.label(view.lang))} {cycles[cycle].title}",
            "kind": chosen,
            "cycle": cycle,
            "next_cycle": next_cycle,
            "held_on": held_on,
            "starts_at": begin,
            "place": place.strip() or None,
            "moderator_role": role.strip() or None,
        }

    return ask


def _ask_text(view: View, name: str, field: str, known: Conference | None, most: int, help_text: str = "") -> str:
    """Ask for a field that is a short text; `help_text` is a message."""
    answer: str = st.text_input(
        heading(Conference, field, view.say),
        value=getattr(known, field, None) or "",
        max_chars=most,
        key=fresh(f"{name}_{field}"),
        help=view.say(help_text) if help_text else None,
    )
    return answer


def _ask_cycle(view: View, stock: Stock, name: str, known: Conference | None) -> str:
    """The cycle of a conference; one whose agenda names objectives of the cycle keeps it."""
    keys = list(stock.cycles)
    running = cycle_on(list(stock.cycles.values()), view.as_of)
    chosen = known.cycle if known else running.key if running else keys[-1]
    bound = known is not None and any(item.objective for item in stock.items_of(known))
    cycle: str = st.selectbox(
        heading(Conference, "cycle", view.say),
        keys,
        index=keys.index(chosen),
        disabled=bound,
        format_func=lambda key: stock.cycles[key].title,
        key=fresh(f"{name}_cycle"),
        placeholder=view.say("ui.choose"),
        help=view.say("setup.cycle_bound") if bound else None,
    )
    return cycle


def _new_key(view: View, values: dict[str, Any]) -> str:
    """A key that can be read and typed, such as 2026-Q4-review."""
    programme = view.programme.key if view.programme else ""
    taken = opened.store().keys(programme, "conference", retired=True)
    key = f"{values['cycle']}-{values['kind']}"
    return next(new_keys(key, taken)) if key in taken else key
