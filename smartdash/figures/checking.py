"""The checks of a programme: run over its scope, worded, and shown as a figure."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, TypeVar

from smartdash.analysis.allowances import allowance_standings
from smartdash.analysis.budget import person_days
from smartdash.analysis.checks import (
    Check,
    CheckStatus,
    Plan,
    check_person_days,
    check_plan,
    check_sources,
)
from smartdash.analysis.schedule_checks import check_allowances, check_baselines, check_reported, check_sub_steps
from smartdash.figures.catalogue import figure
from smartdash.figures.citation import citation
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.standings import read_milestones, read_moves, read_phases, read_plans
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, euro, number
from smartdash.model import RECORDS
from smartdash.model.money import CostAmount, CostLine, FundingAmount, FundingSource, PlanVersion, StatedTotal
from smartdash.model.rule_parts import Severity
from smartdash.model.schedule import Allowance, AllowanceUse, Milestone, Phase
from smartdash.model.shared import Source
from smartdash.model.spending import PersonDayBudget, VatRate
from smartdash.model.workshops import Event
from smartdash.store import Reader
from smartdash.store.counts import unsourced_keys

Item = TypeVar("Item", CostAmount, FundingAmount, StatedTotal)

_ORDER = (CheckStatus.VIOLATED, CheckStatus.UNKNOWN, CheckStatus.OK)
_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check with its sentence and the name of the document it is measured against."""

    check: Check
    message: str
    source: str


def run_checks(reader: Reader, say: Words) -> list[Finding]:
    """Every check of the scope's programme, violations first, the most severe on top."""
    rates = reader.all(VatRate)
    checks = [
        *_plan_checks(reader),
        *check_person_days([person_days(budget, rates) for budget in reader.all(PersonDayBudget)]),
        *_schedule_checks(reader),
        *check_sources(unsourced_keys(reader)),
    ]
    titles = {source.key: citation(source, say.lang) for source in reader.all(Source)}
    ordered = sorted(checks, key=lambda check: (_ORDER.index(check.status), _SEVERITIES.index(check.severity)))
    return [Finding(check, _sentence(check, say), titles.get(check.source or "", "")) for check in ordered]


def _plan_checks(reader: Reader) -> list[Check]:
    lines, funders = reader.all(CostLine), reader.all(FundingSource)
    costs, funding, stated = (
        _by_version(reader.all(CostAmount)),
        _by_version(reader.all(FundingAmount)),
        _by_version(reader.all(StatedTotal)),
    )
    return [
        check
        for version in reader.all(PlanVersion)
        for check in check_plan(
            Plan(version, lines, costs[version.key], funders, funding[version.key], stated[version.key])
        )
    ]


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


def _by_version(items: tuple[Item, ...]) -> dict[str, list[Item]]:
    grouped: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        grouped[item.plan_version].append(item)
    return grouped


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
    """Those that somebody should act on: violations that are more than information."""
    return [
        item for item in found if item.check.status is CheckStatus.VIOLATED and item.check.severity is not Severity.INFO
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
