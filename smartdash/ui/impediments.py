"""Tending impediments where they are listed: raise, next step, another level, resolve, reopen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.impediments import ImpedimentStanding
from smartdash.figures.headings import heading
from smartdash.locale.numbers import day
from smartdash.model.declare import Record
from smartdash.model.impediments import Impediment, ImpedimentEvent, ImpedimentEventKind
from smartdash.store import Audience
from smartdash.ui.capture_reading import shortened
from smartdash.ui.impediment_form import ask_decision, ask_impediment, ask_level, ask_step
from smartdash.ui.impediment_reading import ImpedimentStock, read_stock
from smartdash.ui.markdown import plain
from smartdash.ui.questions import Make, new_record
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, refuse, show_done, sign, working_day, write

_ACTION = "impediment_action"
_FORM = "impediment_form"
_RAISE = "raise"
_MOST_A_DAY = 9
_Kind = ImpedimentEventKind


def tend_impediments(view: View) -> None:
    """The forms with which impediments are raised and brought on; neither the public nor a slide sees them."""
    if view.programme is None or view.audience is Audience.PUBLIC or view.presentation:
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    say, stock = view.say, read_stock(view)
    actions = [_RAISE, *(kind.value for kind in _FORMS if _offered(kind, stock))]
    if st.session_state.get(_ACTION) not in actions:
        st.session_state[_ACTION] = _RAISE
    holder = st.expander(
        say("impediments.tend"), icon=":material/edit_note:", key="impediment_forms", on_change="rerun"
    )
    if not holder.open:
        return
    with holder:
        action = st.segmented_control(
            say("impediments.action"),
            actions,
            required=True,
            key=_ACTION,
            format_func=lambda name: say(f"impediments.action_{name}"),
        )
        if action in (None, _RAISE):
            _form(view, stock, lambda: ask_impediment(view, _FORM), _RAISE)
            return
        kind = next(kind for kind in _FORMS if kind.value == action)
        chosen = _choose(view, _offered(kind, stock), action)
        _form(view, stock, lambda: _FORMS[kind](view, stock, chosen), kind.value)


def _offered(kind: ImpedimentEventKind, stock: ImpedimentStock) -> list[ImpedimentStanding]:
    """The impediments to which something of a kind can happen."""
    return [item for item in stock.standings if item.open is not (kind is _Kind.REOPENED)]


def _choose(view: View, offered: list[ImpedimentStanding], action: str) -> ImpedimentStanding:
    by_key = {item.impediment.key: item for item in offered}
    key = st.selectbox(
        Impediment.sheet.label(view.lang),
        list(by_key),
        format_func=lambda name: f"{name} · {shortened(by_key[name].impediment.title)}",
        key=fresh(f"impediment_{action}"),
        placeholder=view.say("ui.choose"),
    )
    chosen = by_key[key]
    say = view.say
    parts = [
        chosen.level.label(view.lang),
        chosen.owner_role,
        chosen.next_step,
        say("impediments.due_on", day=day(chosen.due, view.lang)) if chosen.due else None,
    ]
    st.caption(" · ".join(plain(part) for part in parts if part))
    return chosen


def _form(view: View, stock: ImpedimentStock, ask: Callable[[], Make], action: str) -> None:
    """Ask, and write what the answers make; not a form of Streamlit, as the level decides on further questions."""
    make = ask()
    done = view.say(f"impediments.done_{action}")
    signature = sign(view, f"{_FORM}_{action}", done)
    if not st.button(view.say(f"impediments.action_{action}"), type="primary", key=fresh(f"{_FORM}_{action}_store")):
        return
    try:
        records = make()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    write(view, records, signature, based_on=stock.revision, done=done)


def _ask_day(view: View, standing: ImpedimentStanding) -> date:
    """The day on which something happened: not before the last turn, not after the working day."""
    first = standing.since or standing.resolved_on or standing.impediment.raised_on
    last = max(first, working_day(view))
    on: date = st.date_input(
        view.say("capture.date"),
        value=last,
        min_value=first,
        max_value=last,
        format="DD.MM.YYYY",
        key=fresh(f"{_own(standing)}_day"),
    )
    return on


def _own(standing: ImpedimentStanding) -> str:
    """The beginning of the widgets' keys: what was typed about one impediment must not appear at another."""
    return f"{_FORM}_{standing.impediment.key}"


def _ask_comment(view: View, standing: ImpedimentStanding) -> str:
    return st.text_input(heading(ImpedimentEvent, "comment", view.say), key=fresh(f"{_own(standing)}_comment"))


def _event(
    view: View,
    stock: ImpedimentStock,
    standing: ImpedimentStanding,
    kind: ImpedimentEventKind,
    on: date,
    **values: Any,
) -> ImpedimentEvent:
    """What happened, with the number of the day where it happened again on it."""
    impediment = standing.impediment
    before = sum(
        event.impediment == impediment.key and event.happened_on == on and event.kind is kind for event in stock.events
    )
    if before >= _MOST_A_DAY:
        raise Refusal("impediments.too_often", day=on)
    given: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    return ImpedimentEvent(
        **new_record(view),
        impediment=impediment.key,
        happened_on=on,
        kind=kind,
        number=before + 1 if before else None,
        public=impediment.public,
        **{name: value for name, value in given.items() if value},
    )


def _next_step(view: View, stock: ImpedimentStock, standing: ImpedimentStanding) -> Make:
    on = _ask_day(view, standing)
    step, due, role = ask_step(view, _own(standing))

    def make() -> list[Record]:
        if not step.strip():
            raise Refusal("impediments.needs_step")
        return [_event(view, stock, standing, _Kind.STEP, on, next_step=step, due=due, owner_role=role)]

    return make


def _level(view: View, stock: ImpedimentStock, standing: ImpedimentStanding) -> Make:
    on = _ask_day(view, standing)
    level = ask_level(view, _own(standing), standing.level)
    decision = ask_decision(view, _own(standing), level, standing.impediment)
    comment = _ask_comment(view, standing)

    def make() -> list[Record]:
        filled = decision.put_into(standing.impediment)
        records: list[Record] = [] if filled == standing.impediment else [filled]
        if level is not standing.level:
            records.append(_event(view, stock, standing, _Kind.LEVEL, on, level=level, comment=comment))
        if not records:
            raise Refusal("impediments.same_level", level=level)
        return records

    return make


def _resolve(view: View, stock: ImpedimentStock, standing: ImpedimentStanding) -> Make:
    on, comment = _ask_day(view, standing), _ask_comment(view, standing)
    return lambda: [_event(view, stock, standing, _Kind.RESOLVED, on, comment=comment)]


def _reopen(view: View, stock: ImpedimentStock, standing: ImpedimentStanding) -> Make:
    on = _ask_day(view, standing)
    step, due, role = ask_step(view, _own(standing))
    comment = _ask_comment(view, standing)
    return lambda: [
        _event(view, stock, standing, _Kind.REOPENED, on, next_step=step, due=due, owner_role=role, comment=comment)
    ]


_FORMS: Mapping[ImpedimentEventKind, Callable[[View, ImpedimentStock, ImpedimentStanding], Make]] = {
    _Kind.STEP: _next_step,
    _Kind.LEVEL: _level,
    _Kind.RESOLVED: _resolve,
    _Kind.REOPENED: _reopen,
}
"""Draws the questions of what can happen to an impediment."""
