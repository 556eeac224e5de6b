"""Figures about objectives and key results: the cycle of the as-of date, key result by key result."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.okr import KeyResultStanding, clamp, objective_progress
from smartdash.analysis.status import Status, thresholds
from smartdash.charts.okr import bullets
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.standings import read_key_results, running_cycle
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range, number, percent
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.okr import Cycle, KeyResult, KeyResultKind, Objective
from smartdash.store import Reader

_ORDER = (Status.DONE, Status.ON_TRACK, Status.AT_RISK, Status.CRITICAL, Status.UNKNOWN, Status.PLANNED)


@figure("okr.quarter", page="okr", needs=("key_result",))
def quarter(reader: Reader, say: Words) -> Draft:
    """The key results of the as-of date's cycle, grouped by objective."""
    cycle = running_cycle(reader)
    standings = [item for item in read_key_results(reader) if cycle and item.cycle.key == cycle.key]
    if cycle is None or not standings:
        title = cycle.title if cycle else EMPTY
        return Draft(say("okr.quarter.none", cycle=title), _quarter_columns(say), ())
    rows = tuple(_quarter_row(item, say) for item in standings)
    shown = _bullet_rows(standings, say)
    tooltips = [
        ("label", heading(KeyResult, "title", say)),
        ("progress", say("okr.progress")),
        ("expected_text", say("okr.expected")),
        ("pace", say("okr.pace")),
        ("value", heading(CheckIn, "value", say)),
        ("confidence", heading(CheckIn, "confidence", say)),
        ("status_text", say("okr.status")),
    ]
    message = _quarter_message(cycle, standings, say)
    return Draft(
        message=message,
        columns=_quarter_columns(say),
        rows=rows,
        unit=say("okr.quarter.unit", days=day_range(cycle.start, cycle.end, say.lang)),
        chart=lambda tokens: bullets(shown, tokens, tooltips),
        alt=say("okr.quarter.alt", message=message, n=len(standings)),
        note=_quarter_note(reader, cycle, say),
    )


def _quarter_note(reader: Reader, cycle: Cycle, say: Words) -> str:
    numbers = say("okr.quarter.note")
    as_of = reader.scope.as_of
    if cycle.start <= as_of <= cycle.end:
        return numbers
    return f"{say('okr.quarter.not_running', day=day(as_of, say.lang), cycle=cycle.title)} {numbers}"


def _quarter_message(cycle: Cycle, standings: Sequence[KeyResultStanding], say: Words) -> str:
    counts = {status: sum(item.status is status for item in standings) for status in _ORDER}
    total = number(len(standings), say.lang)
    present = [status for status in _ORDER if counts[status]]
    if present == [Status.UNKNOWN]:
        return say("okr.quarter.silent", n=len(standings), cycle=cycle.title)
    if len(present) == 1:
        return say("okr.quarter.all", n=len(standings), cycle=cycle.title, status=say(f"status.{present[0]}"))
    parts = [f"{number(counts[status], say.lang)} {say(f'status.{status}')}" for status in present]
    first = counts[present[0]]
    return say("okr.quarter.message", n=first, total=total, cycle=cycle.title, parts=listing(parts, say))


def _quarter_columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        column(Objective, "title", say.lang, name="objective"),
        column(KeyResult, "title", say.lang),
        column(KeyResult, "kind", say.lang),
        column(KeyResult, "commitment", say.lang),
        column(KeyResult, "baseline", say.lang, "number"),
        column(KeyResult, "target", say.lang, "number"),
        column(KeyResult, "band_low", say.lang, "number"),
        column(KeyResult, "band_high", say.lang, "number"),
        column(KeyResult, "measured_in", say.lang),
        column(CheckIn, "value", say.lang, "number"),
        TableColumn("progress", say("okr.progress"), "percent"),
        TableColumn("expected", say("okr.expected"), "percent"),
        TableColumn("pace", say("okr.pace"), "percent"),
        column(CheckIn, "confidence", say.lang, "whole"),
        column(CheckIn, "forecast", say.lang, "number"),
        column(Score, "value", say.lang, "number", name="score"),
        column(CheckIn, "reported_on", say.lang, "day"),
        TableColumn("silent_days", say("okr.silent_days"), "whole"),
        TableColumn("status", say("okr.status"), "status"),
    )


def _quarter_row(item: KeyResultStanding, say: Words) -> Row:
    result, report = item.key_result, item.check_in
    return (
        item.objective.title,
        result.title,
        result.kind.label(say.lang),
        result.commitment.label(say.lang),
        result.baseline,
        result.target,
        result.band_low,
        result.band_high,
        result.measured_in,
        report.value if report else None,
        item.progress,
        item.expected,
        item.pace,
        report.confidence if report else None,
        report.forecast if report else None,
        item.score,
        report.reported_on if report else None,
        item.silent_days,
        item.status.value,
    )


def _bullet_rows(standings: Sequence[KeyResultStanding], say: Words) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for objective in dict.fromkeys(item.objective.key for item in standings):
        own = [item for item in standings if item.objective.key == objective]
        rows.append({"heading": True, "label": own[0].objective.title, "details": _rolled(own, say)})
        rows += [_bullet(item, say) for item in own]
    return rows


def _rolled(standings: Sequence[KeyResultStanding], say: Words) -> str:
    rolled = objective_progress(standings)
    coverage = percent(rolled.coverage, say.lang, 0)
    enough = rolled.value is not None and rolled.coverage >= thresholds(standings[0].cycle.end).coverage
    if not enough:
        return say("okr.too_few", coverage=coverage)
    return say("okr.rolled", progress=percent(rolled.value, say.lang, 0), coverage=coverage)


def _bullet(item: KeyResultStanding, say: Words) -> dict[str, object]:
    report = item.check_in
    unit = item.key_result.measured_in or ""
    return {
        "heading": False,
        "label": item.key_result.title,
        "details": _details(item, say),
        "status": item.status.value,
        "status_text": f"{STATUS_SIGNS[item.status.value]} {say(f'status.{item.status}')}",
        "reached": None if item.progress is None else float(clamp(item.progress)),
        "expected": None if item.key_result.kind is KeyResultKind.BAND else float(item.expected),
        "progress": percent(item.progress, say.lang),
        "expected_text": percent(item.expected, say.lang),
        "pace": percent(item.pace, say.lang),
        "value": f"{number(report.value, say.lang)} {unit}".strip() if report else EMPTY,
        "confidence": number(report.confidence, say.lang) if report else EMPTY,
    }


def _details(item: KeyResultStanding, say: Words) -> str:
    if item.progress is None:
        return say("okr.no_report")
    reached = percent(item.progress, say.lang, 0)
    if item.key_result.kind is KeyResultKind.BAND and item.progress == 1:
        reached = say("okr.in_band")
    elif item.progress < 0:
        reached = say("okr.regress", progress=reached)
    elif item.progress > 1:
        reached = say("okr.exceeded", progress=reached)
    if item.score is not None:
        return say("okr.with_score", progress=reached, score=number(item.score, say.lang, 1))
    if item.check_in is None or item.check_in.confidence is None:
        return reached
    return say("okr.with_confidence", progress=reached, confidence=number(item.check_in.confidence, say.lang))
