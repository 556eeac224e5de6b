"""What a form asks to close a gap of each kind, and the records that its answers make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.condensing import LONGEST_TITLE, Refusal
from smartdash.analysis.gaps import Gap, GapKind
from smartdash.model.declare import Record
from smartdash.model.shared import Source, Unit
from smartdash.model.workshops import (
    Consideration,
    ConsiderationOutcome,
    ElementLevel,
    IndicatorValue,
    Link,
    LinkKind,
    ResultLevel,
    StrategyElement,
)
from smartdash.ui.capture_reading import taken_keys
from smartdash.ui.markdown import plain
from smartdash.ui.questions import Make, choose_one, new_record, typed_number
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, working_day


@dataclass(frozen=True, slots=True)
class Stock:
    """What gaps are closed with: active elements, units and sources as of `revision`."""

    revision: int
    elements: Sequence[StrategyElement]
    units: Sequence[Unit]
    sources: Sequence[Source]

    def of_level(self, level: ElementLevel) -> dict[str, str]:
        """The titles of the elements of a level, by key."""
        return {item.key: item.title for item in self.elements if item.level is level}


def _indicator_for_goal(view: View, stock: Stock, gaps: Sequence[Gap]) -> Make:
    say, goal = view.say, gaps[0]
    existing = choose_one(
        view,
        view.say("closing.existing_indicator"),
        stock.of_level(ElementLevel.INDICATOR),
        "gaps_existing_indicator",
        "closing.new_one",
    )
    title = st.text_input(say("closing.new_indicator"), max_chars=LONGEST_TITLE, key=fresh("gaps_title"))
    measured_in = st.text_input(say("closing.measured_in"), max_chars=40, key=fresh("gaps_measured_in"))
    level = st.selectbox(
        say("closing.result_level"),
        list(ResultLevel),
        index=None,
        format_func=lambda item: item.label(view.lang),
        key=fresh("gaps_result_level"),
        placeholder=say("capture.none_yet"),
    )
    baseline = st.text_input(say("closing.baseline"), key=fresh("gaps_baseline"))
    target = st.text_input(say("closing.target"), key=fresh("gaps_target"))
    public = _public(view)

    def make() -> list[Record]:
        if existing:
            return [Link(**new_record(view), origin=existing, target=goal.key, kind=LinkKind.MEASURES)]
        indicator = StrategyElement(
            **new_record(view, _new_key(view, ElementLevel.INDICATOR)),
            title=_needed(title),
            level=ElementLevel.INDICATOR,
            field_of_work=goal.field_of_work,
            measured_in=measured_in or None,
            result_level=level,
            baseline=typed_number(baseline) if baseline.strip() else None,
            target=typed_number(target) if target.strip() else None,
            public=public,
        )
        return [indicator, Link(**new_record(view), origin=indicator.key, target=goal.key, kind=LinkKind.MEASURES)]

    return make


def _goal_for_measure(view: View, stock: Stock, gaps: Sequence[Gap]) -> Make:
    goal = choose_one(view, view.say("closing.goal"), stock.of_level(ElementLevel.GOAL), "gaps_goal", "ui.choose")

    def make() -> list[Record]:
        if goal is None:
            raise Refusal("closing.goal_needed")
        return [Link(**new_record(view), origin=gaps[0].key, target=goal, kind=LinkKind.CONTRIBUTES)]

    return make


def _value_for_indicator(view: View, stock: Stock, gaps: Sequence[Gap]) -> Make:
    say = view.say
    unit = next((item.measured_in for item in stock.elements if item.key == gaps[0].key), None)
    label = f"{say('closing.value')} ({plain(unit)})" if unit else say("closing.value")
    value = st.text_input(label, key=fresh(f"gaps_value_{gaps[0].key}"))
    on = st.date_input(
        say("closing.measured_on"), value=working_day(view), format="DD.MM.YYYY", key=fresh("gaps_measured_on")
    )
    source = choose_one(
        view, view.say("closing.source"), {item.key: item.title for item in stock.sources}, "gaps_source"
    )
    place = st.text_input(say("closing.source_place"), max_chars=300, key=fresh("gaps_source_place"))

    def make() -> list[Record]:
        return [
            IndicatorValue(
                **new_record(view),
                indicator=gaps[0].key,
                measured_on=on,
                value=typed_number(value),
                source=source,
                source_place=place or None,
            )
        ]

    return make


def _answer_for_contributions(view: View, stock: Stock, gaps: Sequence[Gap]) -> Make:
    say = view.say
    outcome = st.segmented_control(
        say("closing.outcome"),
        list(ConsiderationOutcome),
        default=ConsiderationOutcome.ADOPTED,
        required=True,
        format_func=lambda item: item.label(view.lang),
        key=fresh("gaps_outcome"),
    )
    reason = st.text_area(say("closing.answer_reason"), key=fresh("gaps_answer"), help=say("closing.answer_help"))
    on = st.date_input(
        say("closing.answered_on"), value=working_day(view), format="DD.MM.YYYY", key=fresh("gaps_answered_on")
    )
    unit = choose_one(view, view.say("closing.unit"), {item.key: item.title for item in stock.units}, "gaps_unit")

    def make() -> list[Record]:
        if outcome is not ConsiderationOutcome.ADOPTED and not reason.strip():
            raise Refusal("closing.reason_needed")
        return [
            Consideration(
                **new_record(view),
                contribution=gap.key,
                considered_on=on,
                outcome=outcome,
                reason=reason.strip() or None,
                unit=unit,
            )
            for gap in gaps
        ]

    return make


def _measure_for_field(view: View, stock: Stock, gaps: Sequence[Gap]) -> Make:
    title = st.text_input(view.say("closing.new_measure"), max_chars=LONGEST_TITLE, key=fresh("gaps_title"))
    goal = choose_one(view, view.say("closing.goal"), stock.of_level(ElementLevel.GOAL), "gaps_goal")
    unit = choose_one(view, view.say("closing.unit"), {item.key: item.title for item in stock.units}, "gaps_unit")
    public = _public(view)

    def make() -> list[Record]:
        measure = StrategyElement(
            **new_record(view, _new_key(view, ElementLevel.MEASURE)),
            title=_needed(title),
            level=ElementLevel.MEASURE,
            field_of_work=gaps[0].key,
            unit=unit,
            public=public,
        )
        if goal is None:
            return [measure]
        return [measure, Link(**new_record(view), origin=measure.key, target=goal, kind=LinkKind.CONTRIBUTES)]

    return make


FORMS: Mapping[GapKind, Callable[[View, Stock, Sequence[Gap]], Make]] = {
    GapKind.GOAL_WITHOUT_INDICATOR: _indicator_for_goal,
    GapKind.MEASURE_WITHOUT_GOAL: _goal_for_measure,
    GapKind.INDICATOR_WITHOUT_VALUE: _value_for_indicator,
    GapKind.CONTRIBUTION_WITHOUT_ANSWER: _answer_for_contributions,
    GapKind.FIELD_WITHOUT_MEASURE: _measure_for_field,
}
"""Draws the questions of a kind of gap inside a form; takes the chosen gaps, several only for contributions."""


def _public(view: View) -> bool:
    public: bool = st.toggle(
        view.say("capture.element_public"), key=fresh("gaps_public"), help=view.say("capture.element_public_help")
    )
    return public


def _new_key(view: View, level: ElementLevel) -> str:
    return next(new_keys(level.value, taken_keys(view)))


def _needed(title: str) -> str:
    if not title.strip():
        raise Refusal("capture.title_needed")
    return title
