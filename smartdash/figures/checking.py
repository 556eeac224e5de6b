"""The checks of a programme: run over its scope, worded, and shown as a figure."""

from __future__ import annotations

from collections import Counter
from typing import Any

from smartdash.analysis.allowances import allowance_standings
from smartdash.analysis.checks import (
    Check,
    CheckStatus,
    check_sources,
)
from smartdash.analysis.schedule_checks import check_allowances, check_baselines, check_reported, check_sub_steps
from smartdash.figures.catalogue import figure
from smartdash.figures.citation import citation
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.rule_checks import Finding, rule_findings
from smartdash.figures.standings import read_milestones, read_moves, read_phases, read_plans
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, euro, number
from smartdash.model import RECORDS
from smartdash.model.rule_parts import Severity
from smartdash.model.schedule import Allowance, AllowanceUse, Milestone, Phase
from smartdash.model.shared import Source
from smartdash.model.workshops import Event
from smartdash.store import Reader
from smartdash.store.counts import unsourced_keys

_ORDER = (CheckStatus.VIOLATED, CheckStatus.UNKNOWN, CheckStatus.OK)
_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def run_checks(reader: Reader, say: Words) -> list[Finding]:
    """Every check of the scope's programme, violations first, the most severe on top, what is waived after it."""
    checks = [*_schedule_checks(reader), *check_sources(unsourced_keys(reader))]
    titles = {source.key: citation(source, say.lang) for source in reader.all(Source)}
    found = [Finding(check, _sentence(check, say), titles.get(check.source or "", "")) for check in checks]
    return sorted([*rule_findings(reader, say), *found], key=_gravity)


def _gravity(item: Finding) -> tuple[int, bool, int]:
    return _ORDER.index(item.check.status), item.waived, _SEVERITIES.index(item.check.severity)


def _schedule_checks(reader: Reader) -> list[Check]:
    as_of, events = reader.scope.as_of, reader.all(Event)
    milestones = read_milestones(reader)
    standings = allowance_standings(reader.all(Allowance), events, reader.all(AllowanceUse), as_of)
    return [
        *check_sub_steps(reader.all(Phase), read_plans(reader)),
        *check_allowances(standings, events),
        *check_reported([*read_phases(reader, milestones), *milestones], as_of),
        *check_baselines(read_moves(reader), reader.all(Milestone), reader.all(Phase)),
    ]


def _sentence(check: Check, say: Words) -> str:
    """The sentence of a check with both sides filled in."""
    values: dict[str, Any] = dict(check.values)
    if check.rule == "has_source":
        values["sheet"] = RECORDS[check.scope].sheet.label(say.lang)
    for name in ("reported", "computed"):
        if name in values:
            values[name] = say(f"status.{values[name]}")
    for name, side in (("left", check.left), ("right", check.right), ("difference", check.difference)):
        if side is None:
            values[name] = EMPTY
        elif check.unit == "€":
            values[name] = euro(side, say.lang, cents=True)
        else:
            values[name] = f"{number(side, say.lang)}\u00a0{check.unit}" if check.unit else number(side, say.lang)
    place = f"{check.scope}, {check.period}" if check.period else check.scope
    return say(f"check.{check.rule}_{check.status}", place=place, **values)


def findings(found: list[Finding]) -> list[Finding]:
    """Those that somebody should act on: violations that are more than information, and that nobody has waived."""
    return [
        item
        for item in found
        if item.check.status is CheckStatus.VIOLATED and item.check.severity is not Severity.INFO and not item.waived
    ]


@figure("data.checks", page="data")
def checks(reader: Reader, say: Words) -> Draft:
    """What the checks of the programme found."""
    found = run_checks(reader, say)
    count = Counter(item.check.status for item in found)
    serious = len(findings(found))
    if serious:
        message = say("check.message_findings", n=serious, total=str(len(found)))
    elif count[CheckStatus.UNKNOWN]:
        message = say("check.message_unknown", n=count[CheckStatus.UNKNOWN], total=str(len(found)))
    else:
        message = say("check.message_ok", n=len(found)) if found else say("check.message_none")
    return Draft(
        message=message,
        columns=(
            TableColumn("status", say("check.status")),
            TableColumn("severity", say("check.severity")),
            TableColumn("message", say("check.finding")),
            TableColumn("left", say("check.left"), "number"),
            TableColumn("right", say("check.right"), "number"),
            TableColumn("difference", say("check.difference"), "number"),
            TableColumn("source", Source.sheet.label(say.lang)),
        ),
        rows=tuple(_row(item, say) for item in found),
        unit=say("check.unit"),
    )


_SIGNS = {CheckStatus.OK: "✓", CheckStatus.VIOLATED: "■", CheckStatus.UNKNOWN: "–"}


def _row(item: Finding, say: Words) -> Row:
    check = item.check
    return (
        f"{_SIGNS[check.status]} {say(f'check.status_{check.status}')}",
        say(f"check.severity_{check.severity}"),
        item.message,
        check.left,
        check.right,
        check.difference,
        item.source or None,
    )
