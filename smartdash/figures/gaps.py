"""Figure of the gaps between contributions, measures, goals and indicators."""

from __future__ import annotations

from collections import Counter

from smartdash.analysis.gaps import Gap, GapKind, Recorded, gaps
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.projects import Project
from smartdash.model.shared import FieldOfWork
from smartdash.model.workshops import (
    Consideration,
    Contribution,
    Event,
    IndicatorValue,
    Link,
    LinkKind,
    StateChange,
    StrategyElement,
)
from smartdash.store import Reader

_NAMES = {
    GapKind.GOAL_WITHOUT_INDICATOR: "gaps.goal_without_indicator",
    GapKind.MEASURE_WITHOUT_GOAL: "gaps.measure_without_goal",
    GapKind.INDICATOR_WITHOUT_VALUE: "gaps.indicator_without_value",
    GapKind.CONTRIBUTION_WITHOUT_ANSWER: "gaps.contribution_without_answer",
    GapKind.FIELD_WITHOUT_MEASURE: "gaps.field_without_measure",
}


def read_gaps(reader: Reader) -> list[Gap]:
    """Every gap of the scope, kind by kind, the oldest of a kind first."""
    return gaps(_recorded(reader))


def gap_name(kind: GapKind, say: Words) -> str:
    """What is missing, such as "Ziel ohne Indikator"."""
    return say(_NAMES[kind])


def _recorded(reader: Reader) -> Recorded:
    return Recorded(
        fields_of_work=reader.all(FieldOfWork),
        events=reader.all(Event),
        contributions=reader.all(Contribution),
        considerations=reader.all(Consideration),
        elements=reader.all(StrategyElement),
        changes=reader.all(StateChange),
        links=reader.all(Link),
        values=reader.all(IndicatorValue),
        projects=reader.all(Project),
    )


@figure("workshops.gaps", page="gaps")
def open_gaps(reader: Reader, say: Words) -> Draft:
    """How many gaps of each kind there are, and each of them with where it is closed."""
    recorded = _recorded(reader)
    found = gaps(recorded)
    if not (recorded.elements or recorded.contributions or recorded.fields_of_work):
        return Draft(say("gaps.nothing_recorded"), (), ())
    counts = Counter(gap.kind for gap in found)
    names = titles(recorded.fields_of_work)
    listed = ", ".join(f"{gap_name(kind, say)} {number(counts[kind], say.lang)}" for kind in GapKind)
    return Draft(
        message=_message(counts, say),
        columns=(
            TableColumn("kind", say("gaps.kind")),
            TableColumn("title", say("gaps.what")),
            column(StrategyElement, "field_of_work", say.lang),
            TableColumn("since", say("gaps.since"), "day"),
            TableColumn("closed_in", say("gaps.closed_in")),
            TableColumn("key", say("gaps.key")),
        ),
        rows=tuple(_row(gap, names.get(gap.field_of_work), say) for gap in found),
        unit=say("gaps.unit"),
        chart=lambda tokens: bar_chart([_bar(kind, counts[kind], tokens, say) for kind in GapKind], tokens),
        alt=say("gaps.alt", counts=listed),
        note=say("gaps.note"),
    )


def _message(counts: Counter[GapKind], say: Words) -> str:
    total = counts.total()
    if not total:
        return say("gaps.none")
    kind, most = counts.most_common(1)[0]
    name = gap_name(kind, say)
    if len(counts) == 1:
        return say("gaps.one_kind", n=total, name=name)
    return say("gaps.message", n=total, name=name, most=number(most, say.lang))


def _row(gap: Gap, field_of_work: str | None, say: Words) -> Row:
    return gap_name(gap.kind, say), gap.title, field_of_work, gap.since, _closed_in(gap.kind, say), gap.key


def _closed_in(kind: GapKind, say: Words) -> str:
    """The sheet on which the missing record is entered, with the kind of the link where it is one."""
    links = {
        GapKind.GOAL_WITHOUT_INDICATOR: LinkKind.MEASURES,
        GapKind.MEASURE_WITHOUT_GOAL: LinkKind.CONTRIBUTES,
    }
    if kind in links:
        return say("gaps.in_links", sheet=Link.sheet.label(say.lang), kind=links[kind].label(say.lang))
    sheets = {
        GapKind.INDICATOR_WITHOUT_VALUE: IndicatorValue.sheet,
        GapKind.CONTRIBUTION_WITHOUT_ANSWER: Consideration.sheet,
        GapKind.FIELD_WITHOUT_MEASURE: StrategyElement.sheet,
    }
    return say("gaps.in_sheet", sheet=sheets[kind].label(say.lang))


def _bar(kind: GapKind, count: int, tokens: Tokens, say: Words) -> Bar:
    value = number(count, say.lang) if count else say("gaps.no_gap")
    parts = (Part(count, tokens.actual_fill),) if count else ()
    return Bar(gap_name(kind, say), parts, value, {say("gaps.kind"): gap_name(kind, say), say("gaps.count"): value})
