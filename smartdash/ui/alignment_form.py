"""The form on the page about OKR that says what contributes to what, and takes such a statement back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.gaps import active_elements
from smartdash.figures.alignment_data import Element, read_elements
from smartdash.figures.headings import heading
from smartdash.locale import Language, words
from smartdash.model.declare import Record
from smartdash.model.okr import Alignment, KeyResult, Objective
from smartdash.model.projects import Project
from smartdash.model.workshops import ElementLevel, Link, StateChange, StrategyElement
from smartdash.store import Audience, Scope
from smartdash.ui import opened
from smartdash.ui.questions import Make, choose_one, new_record
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, refuse, show_done, sign, write

_READINGS = 20
_WHAT = "alignment_what"
_ORIGINS = (Objective.sheet.name, KeyResult.sheet.name, Project.sheet.name)
_TARGETS = (Objective.sheet.name, KeyResult.sheet.name, StrategyElement.sheet.name)


@dataclass(frozen=True, slots=True)
class Stock:
    """What the form offers, as of `revision`: all elements, the keys of the goals in force, the alignments by key."""

    revision: int
    elements: Mapping[str, Element]
    goals: frozenset[str]
    alignments: Mapping[str, Alignment]

    def names(self, *sheets: str) -> dict[str, str]:
        """What is offered of some record types, the newest cycle first, each with its key."""
        order = [
            item
            for sheet in sheets
            for item in sorted(
                (one for one in self.elements.values() if one.sheet == sheet),
                key=lambda one: one.cycle.start.toordinal() if one.cycle else 0,
                reverse=True,
            )
        ]
        goal = StrategyElement.sheet.name
        return {item.key: self.name(item.key) for item in order if item.sheet != goal or item.key in self.goals}

    def name(self, key: str) -> str:
        """An element with what it is, its key and its title."""
        item = self.elements[key]
        return f"{item.kind} {key} · {item.title}"


def alignment_form(view: View) -> None:
    """Choose whether to add or to remove an alignment, fill it in, store it; the public sees none."""
    if view.programme is None or view.audience is Audience.PUBLIC or view.presentation:
        return
    stock, say = _read(opened.store().stamp(), view.scope(), view.lang), view.say
    if not stock.names(*_ORIGINS) or not stock.names(*_TARGETS):
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    st.markdown(f"### {say('alignment.enter')}")
    what = st.segmented_control(
        say("alignment.what_to_do"),
        list(_FORMS) if stock.alignments else ["add"],
        default="add",
        required=True,
        format_func=lambda item: say(f"alignment.form_{item}"),
        key=_WHAT,
    )
    with st.form(fresh(f"alignment_form_{what}"), border=False):
        make = _FORMS[what](view, stock)
        signature = sign(view, f"alignment_{what}", say(f"alignment.reason_{what}"))
        sent = st.form_submit_button(say(f"alignment.form_{what}"), type="primary")
    if not sent:
        return
    try:
        records = make()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    whole = Alignment if what == "remove" else ()
    write(view, records, signature, based_on=stock.revision, done=say(f"alignment.done_{what}"), all_of=whole)


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope, lang: Language) -> Stock:
    with opened.store().read(scope) as reader:
        active = active_elements(reader.all(StrategyElement), reader.all(StateChange), reader.all(Link))
        elements = read_elements(reader, words(lang))
        return Stock(
            reader.scope.revision or 0,
            elements,
            frozenset(item.key for item in active if item.level is ElementLevel.GOAL),
            {item.key: item for item in reader.all(Alignment) if item.origin in elements and item.target in elements},
        )


def _add(view: View, stock: Stock) -> Make:
    say = view.say
    origin = choose_one(
        view, heading(Alignment, "origin", say), stock.names(*_ORIGINS), "alignment_origin", "ui.choose"
    )
    target = choose_one(
        view, heading(Alignment, "target", say), stock.names(*_TARGETS), "alignment_target", "ui.choose"
    )
    explanation = st.text_area(heading(Alignment, "explanation", say), height=68, key=fresh("alignment_explanation"))

    def make() -> list[Record]:
        if origin is None or target is None:
            raise Refusal("alignment.both_needed")
        if origin == target:
            raise Refusal("alignment.itself")
        ends = stock.elements[origin], stock.elements[target]
        if ends[1].key == ends[0].objective:
            raise Refusal("alignment.own_objective")
        if any((item.origin, item.target) == (origin, target) for item in stock.alignments.values()):
            raise Refusal("alignment.there")
        return [
            Alignment(
                **new_record(view),
                origin=origin,
                target=target,
                explanation=explanation.strip() or None,
                public=all(end.public for end in ends),
            )
        ]

    return make


def _remove(view: View, stock: Stock) -> Make:
    titles = {key: f"{stock.name(item.origin)} → {stock.name(item.target)}" for key, item in stock.alignments.items()}
    chosen = choose_one(view, Alignment.sheet.label(view.lang), titles, "alignment_removed", "ui.choose")

    def make() -> list[Record]:
        if chosen is None:
            raise Refusal("alignment.choose")
        programme = view.programme.key if view.programme else ""
        return [item for item in opened.store().current(programme)["alignment"] if item.key != chosen]

    return make


_FORMS: dict[str, Callable[[View, Stock], Make]] = {"add": _add, "remove": _remove}
