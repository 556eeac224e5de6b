"""Figure of goals and their indicators: baseline, target, newest value and how far it is on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from smartdash.analysis.elements import states
from smartdash.analysis.gaps import active_elements
from smartdash.analysis.indicators import GoalStanding, IndicatorStanding, goal_standings
from smartdash.analysis.okr import clamp
from smartdash.charts.goals import indicator_bars
from smartdash.charts.lineage import STATE_SIGNS
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.lineage_data import ALL, field_option
from smartdash.figures.tables import capital, column
from smartdash.locale import Words
from smartdash.locale.numbers import day, number, percent
from smartdash.model.shared import Source
from smartdash.model.workshops import (
    ElementLevel,
    ElementState,
    IndicatorValue,
    Link,
    ResultLevel,
    StateChange,
    StrategyElement,
)
from smartdash.store import Reader

_DIGITS = 0


@figure("workshops.goals", page="goals", needs=("strategy_element",), options=("field",))
def goals(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Each goal that is pursued with its indicators, of all fields of work or of one."""
    elements, changes, links = reader.all(StrategyElement), reader.all(StateChange), reader.all(Link)
    active = active_elements(elements, changes, links)
    state = states(elements, changes)
    option = field_option(reader, chosen, say)
    found = [
        standing
        for standing in goal_standings(active, links, reader.all(IndicatorValue))
        if option.chosen == ALL or _in_field(standing, option.chosen)
    ]
    if not found:
        return Draft(say("goals.nothing"), (), (), options=(option,))
    documents = {source.key: source.number or source.title for source in reader.all(Source)}
    message = _message(found, say)
    rows = [row for standing in found for row in _chart_rows(standing, state, say)]
    tooltips = [
        ("label", capital(ElementLevel.INDICATOR.label(say.lang))),
        ("value_text", say("goals.attainment")),
        ("details", say("goals.details")),
    ]
    indicators = _indicators(found)
    levels = Counter(item.indicator.result_level for item in indicators)
    counts = [f"{level.label(say.lang)} {number(levels[level], say.lang)}" for level in ResultLevel if levels[level]]
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(row for standing in found for row in _rows(standing, state, documents, say)),
        unit=say("goals.unit"),
        chart=lambda tokens: indicator_bars(rows, tokens, tooltips),
        alt=say("goals.alt", n=len(indicators), message=message),
        note=say("goals.levels", counts=listing(counts, say)) if counts else "",
        options=(option,),
    )


def _in_field(standing: GoalStanding, field: str) -> bool:
    if standing.goal:
        return standing.goal.field_of_work == field
    return any(item.indicator.field_of_work == field for item in standing.indicators)


def _indicators(found: Sequence[GoalStanding]) -> list[IndicatorStanding]:
    """Each indicator once, also where it measures several goals."""
    return list({item.indicator.key: item for standing in found for item in standing.indicators}.values())


def _message(found: Sequence[GoalStanding], say: Words) -> str:
    indicators = _indicators(found)
    bare = sum(standing.goal is not None and not standing.indicators for standing in found)
    goals_found = sum(standing.goal is not None for standing in found)
    if not indicators:
        return say("goals.no_indicator", n=goals_found)
    known = [(item.attainment, item) for item in indicators if item.attainment is not None]
    reached = sum(share >= 1 for share, _ in known)
    total = number(len(indicators), say.lang)
    if not known:
        sentence = say("goals.none_known", n=len(indicators))
    elif reached:
        sentence = say("goals.reached", n=reached, all=total)
    else:
        share, best = max(known, key=lambda pair: pair[0])
        sentence = say("goals.none_reached", title=best.indicator.title, share=percent(share, say.lang, _DIGITS))
    return f"{sentence} {say('goals.bare', n=bare, all=number(goals_found, say.lang))}" if bare else sentence


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        TableColumn("goal", capital(ElementLevel.GOAL.label(lang))),
        TableColumn("goal_state", say("goals.goal_state")),
        TableColumn("indicator", capital(ElementLevel.INDICATOR.label(lang))),
        column(StrategyElement, "result_level", lang),
        column(StrategyElement, "measured_in", lang),
        column(StrategyElement, "baseline", lang, "number"),
        column(StrategyElement, "target", lang, "number"),
        column(IndicatorValue, "value", lang, "number"),
        column(IndicatorValue, "measured_on", lang, "day"),
        TableColumn("attainment", say("goals.attainment"), "percent"),
        column(IndicatorValue, "source", lang, name="document"),
    )


def _rows(
    standing: GoalStanding, state: Mapping[str, ElementState], documents: Mapping[str, str], say: Words
) -> list[Row]:
    goal = standing.goal
    first = (goal.title, state[goal.key].label(say.lang)) if goal else (None, None)
    return [(*first, *_cells(item, documents, say)) for item in standing.indicators] or [(*first, *[None] * 9)]


def _cells(item: IndicatorStanding, documents: Mapping[str, str], say: Words) -> Row:
    indicator, newest = item.indicator, item.newest
    return (
        indicator.title,
        indicator.result_level.label(say.lang) if indicator.result_level else None,
        indicator.measured_in,
        indicator.baseline,
        indicator.target,
        newest.value if newest else None,
        newest.measured_on if newest else None,
        item.attainment,
        documents.get(newest.source) if newest and newest.source else None,
    )


def _chart_rows(standing: GoalStanding, state: Mapping[str, ElementState], say: Words) -> list[dict[str, object]]:
    goal = standing.goal
    label = f"{STATE_SIGNS[state[goal.key]]} {goal.title}" if goal else say("goals.without_goal")
    details = "" if standing.indicators else say("goals.without_indicator")
    head = {"heading": True, "label": label, "details": details}
    return [head, *(_bar_row(item, say) for item in standing.indicators)]


def _bar_row(item: IndicatorStanding, say: Words) -> dict[str, object]:
    indicator, lang = item.indicator, say.lang
    newest = item.newest
    level = indicator.result_level.label(lang) if indicator.result_level else None
    way = say("goals.way", baseline=number(indicator.baseline, lang), target=number(indicator.target, lang))
    known = indicator.baseline is not None or indicator.target is not None
    last = (
        say("goals.newest", value=number(newest.value, lang), day=day(newest.measured_on, lang))
        if newest
        else say("goals.no_value")
    )
    return {
        "heading": False,
        "label": indicator.title,
        "details": " · ".join(part for part in (level, indicator.measured_in, last, way if known else None) if part),
        "value_text": percent(item.attainment, lang, _DIGITS),
        "reached": None if item.attainment is None else float(clamp(item.attainment)),
        "course": [float(value.value) for value in item.values],
    }
