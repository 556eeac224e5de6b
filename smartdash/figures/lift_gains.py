"""The figure of what lifts the city most: each criterion raised, with what it gains in score and in rank."""

from __future__ import annotations

from collections.abc import Mapping

from smartdash.analysis.lifts import AGGREGATIONS
from smartdash.analysis.rank_robustness import RankRange
from smartdash.charts.lifts import gain_bars
from smartdash.charts.rows import ChartRow
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.lift_gain_words import gains_message, gains_note, gains_unit
from smartdash.figures.lift_lines import LiftLine, Order, Rise, lift_lines
from smartdash.figures.lift_ranks import LiftRanks, lift_ranks, range_text
from smartdash.figures.lift_words import DRAWN, effort_counts, most_named_effort, plus
from smartdash.figures.peer_data import chosen_group
from smartdash.figures.peer_options import OPTION
from smartdash.figures.surveys import aggregation_choice, nobody_answered, read_survey, shown_level
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, number
from smartdash.model.maturity import Criterion
from smartdash.model.surveys import Response
from smartdash.store import Reader
from smartdash.store.survey_lifts import survey_lifts

_RISES: tuple[Rise, ...] = ("step", "target")
_ORDERS: tuple[Order, ...] = ("gain", "effort")


@figure(
    "improvements.lifts",
    page="improvements",
    needs=("survey_wave",),
    options=("survey_wave", "rise", "aggregation", "order", "survey_basis", OPTION),
)
def gains(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What each criterion would gain if it rose, the most first, and which rank the city would have then."""
    survey = read_survey(reader, chosen, say)
    if survey is None:
        return nobody_answered(say)
    wave, basis = survey.options
    rises = choice("rise", say("lifts.rise"), {name: say(f"lifts.rise_{name}") for name in _RISES}, chosen)
    orders = choice("order", say("lifts.order"), {name: say(f"lifts.order_{name}") for name in _ORDERS}, chosen)
    ways, group = aggregation_choice(chosen, say), chosen_group(reader, say, chosen)
    rise = next(name for name in _RISES if name == rises.chosen)
    order = next(name for name in _ORDERS if name == orders.chosen)
    aggregation = next(name for name in AGGREGATIONS if name == ways.chosen)
    found = survey_lifts(reader, survey.wave, survey.basis, aggregation)
    lines = lift_lines(survey, found, rise, order, say)
    drawn = [line for line in lines if line.points][:DRAWN]
    means = {lift.criterion: lift for lift in survey_lifts(reader, survey.wave, survey.basis, "mean")}
    ranks = lift_ranks(reader, survey, group, [means[line.lift.criterion] for line in drawn], rise) if drawn else None
    count = ranks.count if ranks and ranks.now else None
    message = gains_message(lines, survey, aggregation, (rise, order), ranks, say)
    return Draft(
        message=message,
        columns=_columns(ranks, say),
        rows=tuple(_row(line, ranks, say) for line in lines),
        unit=gains_unit(rise, count, say),
        chart=(lambda tokens: gain_bars([_drawn(line, ranks, say) for line in drawn], count, tokens, _tooltips(say)))
        if drawn
        else None,
        alt=say("lifts.gains.alt", message=message, n=len(drawn)) if drawn else "",
        note=gains_note(survey, group, ranks, len(lines), len(drawn), say),
        options=(wave, rises, ways, orders, basis, group.option),
    )


def _columns(ranks: LiftRanks | None, say: Words) -> tuple[TableColumn, ...]:
    ranked = TableColumn("rank", say("lifts.rank_after"), help=say("lifts.rank_help"))
    return (
        TableColumn("criterion", heading(Response, "criterion", say)),
        TableColumn("dimension", heading(Criterion, "dimension", say)),
        TableColumn("gain", say("lifts.gain_overall"), "number"),
        TableColumn("gain_dimension", say("lifts.gain_dimension"), "number"),
        *((ranked,) if ranks and ranks.now else ()),
        TableColumn("units", say("lifts.rising_units"), "whole"),
        TableColumn("rise", say("lifts.mean_rise"), "number"),
        TableColumn("effort", heading(Response, "effort", say)),
        TableColumn("per_effort", say("lifts.per_effort"), "number", help=say("lifts.per_effort_help")),
        TableColumn("remark", say("maturity.remark")),
    )


def _row(line: LiftLine, ranks: LiftRanks | None, say: Words) -> Row:
    ranked = (range_text(ranks.raised.get(line.lift.criterion), say),) if ranks and ranks.now else ()
    hidden = line.lift.withheld
    return (
        line.title,
        line.dimension_title,
        line.points,
        line.dimension_points,
        *ranked,
        None if hidden else line.gain.units,
        None if hidden else shown_level(line.gain.rise),
        effort_counts(line.efforts, say),
        line.per_effort,
        _remark(line, say),
    )


def _remark(line: LiftLine, say: Words) -> str | None:
    if line.lift.withheld:
        return say("maturity.withheld")
    if line.points is None:
        return say("lifts.no_level")
    if not line.gain.units:
        return say("lifts.reached")
    return None if line.points else say("lifts.nothing_gained")


def _drawn(line: LiftLine, ranks: LiftRanks | None, say: Words) -> ChartRow:
    after = ranks.raised.get(line.lift.criterion) if ranks and ranks.now else None
    ranked, points = range_text(after, say, shared=False), plus(line.points, say)
    effort = most_named_effort(line.efforts, say)
    return {
        "label": line.title,
        "value": ranked or points,
        "details": f"{points} · {effort}" if ranked else effort,
        "now": _place(ranks.now if ranks else None),
        "after": _place(after),
        "gain": float(line.points or 0),
        "dimension": line.dimension_title,
        "points": points,
        "within": plus(line.dimension_points, say),
        "rank": ranked or EMPTY,
        "units": number(line.gain.units, say.lang),
        "effort": effort_counts(line.efforts, say) or EMPTY,
    }


def _place(found: RankRange | None) -> tuple[int, int, int] | None:
    return None if found is None else (found.low, found.base, found.high)


def _tooltips(say: Words) -> list[tuple[str, str]]:
    return [
        ("label", heading(Response, "criterion", say)),
        ("dimension", heading(Criterion, "dimension", say)),
        ("points", say("lifts.gain_overall")),
        ("within", say("lifts.gain_dimension")),
        ("rank", say("lifts.rank_after")),
        ("units", say("lifts.rising_units")),
        ("effort", heading(Response, "effort", say)),
    ]
