"""The questions with which an impediment is raised, wherever a form asks for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import LONGEST_TITLE, Refusal
from smartdash.analysis.impediments import OUTSIDE, missing_for_decision
from smartdash.figures.headings import heading
from smartdash.model.declare import Record
from smartdash.model.impediments import Blockage, EscalationLevel, Impediment, ImpedimentKind
from smartdash.ui.impediment_reading import read_stock
from smartdash.ui.questions import Make, choose_one, new_key, new_record
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, working_day

_STEM = "H"
_SHORT = 100


@dataclass(frozen=True, slots=True)
class DecisionAnswers:
    """What somebody outside needs in order to decide; nothing is asked on a level inside the programme."""

    level: EscalationLevel
    given: Mapping[str, str]

    def put_into(self, impediment: Impediment) -> Impediment:
        """The impediment with these answers.

        Raises:
            Refusal: it is on a level outside the programme, and something is missing.
        """
        filled = impediment.model_copy(update={name: text.strip() or None for name, text in self.given.items()})
        if self.level in OUTSIDE and (missing := missing_for_decision(filled)):
            raise Refusal(f"impediments.needs_{missing[0]}", level=self.level)
        return filled


def ask_impediment(view: View, name: str, blocks: str | None = None, *, title: str = "") -> Make:
    """Draw the questions for a new impediment, named `name`; not inside a form of Streamlit.

    Args:
        view: The page's choices.
        name: Makes the keys of the widgets, so that a page may hold several such forms.
        blocks: The key of what it blocks; None: the form asks.
        title: What the title is filled with at first.

    Returns:
        Makes the impediment, and a blockage for each further thing it blocks, of a form that was sent. It raises
        Refusal where something is missing.
    """
    say, stock, today = view.say, read_stock(view), working_day(view)
    wording = st.text_input(
        heading(Impediment, "title", say),
        value=title,
        max_chars=LONGEST_TITLE,
        key=fresh(f"{name}_title"),
        placeholder=say("impediments.title_example"),
    )
    left, right = st.columns(2)
    with left:
        kind = st.selectbox(
            heading(Impediment, "kind", say),
            list(ImpedimentKind),
            index=None,
            format_func=lambda item: item.label(view.lang),
            key=fresh(f"{name}_kind"),
            placeholder=say("ui.choose"),
        )
        cause_unit = choose_one(view, heading(Impediment, "cause_unit", say), stock.units, f"{name}_unit")
        raised_on = st.date_input(
            heading(Impediment, "raised_on", say),
            value=None,
            max_value=today,
            format="DD.MM.YYYY",
            key=_first(f"{name}_raised_on", today),
        )
    with right:
        step, due, role = ask_step(view, name)
    blocked = _ask_blocked(view, name, stock.blockable) if blocks is None else [blocks]
    level = ask_level(view, name, EscalationLevel.TEAM)
    decision = ask_decision(view, name, level)
    public = st.toggle(say("capture.element_public"), key=fresh(f"{name}_public"), help=say("impediments.public_help"))

    def make() -> list[Record]:
        if not wording.strip():
            raise Refusal("impediments.needs_title")
        if kind is None:
            raise Refusal("impediments.needs_kind")
        impediment = Impediment(
            **new_record(view, new_key(view, Impediment, _STEM)),
            title=wording,
            kind=kind,
            blocks=next(iter(blocked), None),
            cause_unit=cause_unit,
            owner_role=role.strip() or None,
            next_step=step.strip() or None,
            due=due,
            escalation=level,
            raised_on=raised_on or today,
            public=public,
        )
        return _with_blockages(decision.put_into(impediment), blocked, view)

    return make


def ask_step(view: View, name: str) -> tuple[str, date | None, str]:
    """Ask for the next step, when it is due, and which role takes it."""
    say = view.say
    step = st.text_input(heading(Impediment, "next_step", say), key=fresh(f"{name}_step"))
    due = st.date_input(heading(Impediment, "due", say), value=None, format="DD.MM.YYYY", key=fresh(f"{name}_due"))
    role = st.text_input(
        heading(Impediment, "owner_role", say),
        max_chars=_SHORT,
        key=fresh(f"{name}_role"),
        help=say("impediments.role_help"),
    )
    return step, due, role


def ask_level(view: View, name: str, level: EscalationLevel) -> EscalationLevel:
    """Ask who has the impediment on the table."""
    chosen: EscalationLevel | None = st.segmented_control(
        heading(Impediment, "escalation", view.say),
        list(EscalationLevel),
        required=True,
        format_func=lambda item: item.label(view.lang),
        key=_first(f"{name}_level", level),
    )
    return chosen or level


def _first(name: str, value: Any) -> str:
    """The key of a widget that begins with `value`, unless somebody has put another one there before."""
    key = fresh(name)
    st.session_state.setdefault(key, value)
    return key


def ask_decision(
    view: View, name: str, level: EscalationLevel, impediment: Impediment | None = None
) -> DecisionAnswers:
    """Ask for what a decision from outside needs, if `level` is outside, filled with what is known already."""
    if level not in OUTSIDE:
        return DecisionAnswers(level, {})
    say = view.say
    known: dict[str, Any] = dict(impediment) if impediment else {}
    st.caption(say("impediments.decision_help"))
    cause = st.text_area(
        heading(Impediment, "cause", say), value=known.get("cause") or "", height=68, key=fresh(f"{name}_cause")
    )
    options = st.text_area(
        heading(Impediment, "options", say),
        value=known.get("options") or "",
        height=68,
        key=fresh(f"{name}_options"),
        help=say("impediments.options_help"),
    )
    addressee = st.text_input(
        heading(Impediment, "addressee", say),
        value=known.get("addressee") or "",
        max_chars=200,
        key=fresh(f"{name}_addressee"),
    )
    return DecisionAnswers(level, {"cause": cause, "options": options, "addressee": addressee})


def _ask_blocked(view: View, name: str, titles: dict[str, str]) -> list[str]:
    return st.multiselect(
        heading(Impediment, "blocks", view.say),
        list(titles),
        format_func=lambda key: titles[key],
        key=fresh(f"{name}_blocks"),
        placeholder=view.say("ui.choose"),
    )


def _with_blockages(impediment: Impediment, blocked: Sequence[str], view: View) -> list[Record]:
    further = [
        Blockage(**new_record(view), impediment=impediment.key, subject=key, public=impediment.public)
        for key in blocked[1:]
    ]
    return [impediment, *further]
