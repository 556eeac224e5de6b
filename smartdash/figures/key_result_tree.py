"""The rows that the tree of a cycle draws: groups, objectives with their roll-up, and key results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from smartdash.analysis.okr import KeyResultStanding, clamp, covered, objective_progress
from smartdash.figures.okr_words import in_unit, reached_text, status_text, way_text, why
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, number, percent
from smartdash.model.okr import KeyResultKind

_Group = Callable[[KeyResultStanding], str | None]


def tree_rows(
    standings: Sequence[KeyResultStanding],
    group: _Group,
    names: Mapping[str | None, str],
    units: Mapping[str, str],
    contributing: Mapping[str, Sequence[str]],
    say: Words,
) -> list[dict[str, object]]:
    """Group by group and objective by objective, as `charts.key_results.key_result_tree` takes them.

    Args:
        standings: The key results of a cycle.
        group: The group that a key result belongs to.
        names: The groups in their order with their names; those without a key result are left out.
        units: The names of the units.
        contributing: The names of the units that contribute to each objective.
        say: The messages.
    """
    rows: list[dict[str, object]] = []
    for key, name in names.items():
        members = [item for item in standings if group(item) == key]
        if members:
            rows.append({"level": "group", "label": name})
        for objective in dict.fromkeys(item.objective.key for item in members):
            own = [item for item in members if item.objective.key == objective]
            rows.append(_objective(own, units, contributing.get(objective, ()), say))
            rows += [result_row(item, say) for item in own]
    return rows


def _objective(
    own: Sequence[KeyResultStanding], units: Mapping[str, str], contributing: Sequence[str], say: Words
) -> dict[str, object]:
    objective = own[0].objective
    lead = [objective.owner_role, units.get(objective.unit or "")]
    people = [say("okr.lead", lead=", ".join(filter(None, lead)))] if any(lead) else []
    if contributing:
        people.append(say("okr.contributing", units=", ".join(contributing)))
    return {
        "level": "objective",
        "label": objective.title,
        "details": _rolled(own, say),
        "people": " · ".join(people),
    }


def _rolled(own: Sequence[KeyResultStanding], say: Words) -> str:
    rolled = objective_progress(own)
    coverage = percent(rolled.coverage, say.lang, 0)
    value = covered(rolled, own[0].cycle.end)
    if value is None:
        return say("okr.too_few", coverage=coverage)
    return say("okr.rolled", progress=percent(value, say.lang, 0), coverage=coverage)


def result_row(item: KeyResultStanding, say: Words) -> dict[str, object]:
    """A key result as the tree draws it, with the texts of its tooltip."""
    result, report = item.key_result, item.check_in
    confidence = report.confidence if report else None
    tags = [
        result.commitment.label(say.lang),
        result.timing.label(say.lang) if result.timing else "",
        way_text(item, say),
    ]
    return {
        "level": "result",
        "label": result.title,
        "details": _details(item, say),
        "tags": " · ".join(tag for tag in tags if tag),
        "status": item.status.value,
        "status_text": status_text(item, say),
        "reached": _place(item.progress),
        # A band has no line to follow, and after the final score nothing is expected any more.
        "expected": None if result.kind is KeyResultKind.BAND or item.score is not None else float(item.expected),
        "forecast": _place(item.forecast),
        "fitted": _place(item.fitted),
        "progress": reached_text(item, say),
        "expected_text": percent(item.expected, say.lang),
        "pace": points_text(item.pace, say),
        "way": way_text(item, say),
        "confidence": number(confidence, say.lang),
        "course": [
            (_through(item, point.day), point.confidence) for point in item.points if point.confidence is not None
        ],
        "forecast_text": in_unit(report.forecast, result, say) if report else EMPTY,
        "fitted_text": percent(item.fitted, say.lang, 0),
        "score": number(item.score, say.lang, 2),
        "why": why(item.reason, say),
        "reported": day(item.reported_on, say.lang),
    }


def _place(share: Decimal | None) -> float | None:
    return None if share is None else float(clamp(share))


def _through(item: KeyResultStanding, reported: date) -> float:
    length = (item.cycle.end - item.cycle.start).days or 1
    return (reported - item.cycle.start).days / length


def points_text(pace: Decimal | None, say: Words) -> str:
    """A difference of two shares in percentage points."""
    return EMPTY if pace is None else say("okr.points", points=number(pace * 100, say.lang, 0))


def _details(item: KeyResultStanding, say: Words) -> str:
    reached = reached_text(item, say)
    if item.score is not None:
        return say("okr.with_score", progress=reached, score=number(item.score, say.lang, 2))
    if item.progress is None or item.key_result.kind is KeyResultKind.BAND:
        return reached
    return say("okr.with_expected", progress=reached, expected=percent(item.expected, say.lang, 0))
