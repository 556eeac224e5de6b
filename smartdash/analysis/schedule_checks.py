"""Checks of the schedule: sub-steps, allowances, reported statuses and decided dates agree with the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from smartdash.analysis.allowances import AllowanceStanding, Limit, excesses
from smartdash.analysis.baselines import Move, Plan, first_plans
from smartdash.analysis.checks import Check, CheckStatus, compared
from smartdash.analysis.deviations import LIGHTS, Agreement, agreement
from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status
from smartdash.model.rule_parts import Severity
from smartdash.model.schedule import Milestone, Phase
from smartdash.model.workshops import Event


def check_sub_steps(phases: Sequence[Phase], plans: Mapping[str, Plan] | None = None) -> list[Check]:
    """Sub-steps lie within the dates of the phase they belong to, by the plan in force (without it the first plan)."""
    by_key = {phase.key: phase for phase in phases}
    known = first_plans((), phases) if plans is None else plans
    checks = []
    for phase in phases:
        parent = by_key.get(phase.parent or "")
        if parent is None:
            continue
        own, whole = known[phase.key], known[parent.key]
        if not (own.start and own.end and whole.start and whole.end):
            continue
        checks.append(
            Check(
                "sub_step_inside",
                compared(whole.start <= own.start and own.end <= whole.end),
                Severity.WARNING,
                phase.key,
                values={"phase": phase.title, "parent": parent.title},
                source=phase.source,
            )
        )
    return checks


def check_allowances(standings: Sequence[AllowanceStanding], events: Sequence[Event]) -> list[Check]:
    """Allowances are not overdrawn or nearly so by what is used and planned, and no item breaks its limits."""
    checks = []
    for standing in standings:
        allowance = standing.allowance
        overdrawn = Check(
            "allowance",
            compared(standing.total <= allowance.cap),
            Severity.ERROR,
            allowance.key,
            left=standing.total,
            right=allowance.cap,
            values={"title": allowance.title},
            source=allowance.source,
        )
        checks.append(overdrawn)
        if standing.status is Status.AT_RISK:
            near = replace(overdrawn, rule="allowance_near", status=CheckStatus.VIOLATED, severity=Severity.WARNING)
            checks.append(near)
    for item in excesses([standing.allowance for standing in standings], events):
        long = item.limit is Limit.MINUTES
        checks.append(
            Check(
                "allowance_item" if long else "allowance_on_site",
                CheckStatus.VIOLATED,
                Severity.WARNING,
                item.event.key,
                left=Decimal(item.event.minutes or 0) if long else None,
                right=Decimal(item.minutes or 0) if long else None,
                unit="min" if long else "",
                values={"title": item.event.title, "allowance": item.allowance.title},
                source=item.allowance.source,
            )
        )
    return checks


def check_reported(standings: Iterable[MilestoneStanding | PhaseStanding], as_of: date) -> list[Check]:
    """A reported status agrees with the computed one, or says why it does not; reports too old are left out.

    `values` hold the codes of both statuses as `reported` and `computed`.
    """
    checks = []
    for standing in standings:
        found, report = agreement(standing, as_of), standing.reported
        if report is None or found in (None, Agreement.OUTDATED):
            continue
        subject = standing.milestone if isinstance(standing, MilestoneStanding) else standing.phase
        checks.append(
            Check(
                "reported_status",
                compared(found is not Agreement.UNEXPLAINED),
                Severity.WARNING,
                subject.key,
                values={
                    "title": subject.title,
                    "reported": LIGHTS[report.light].value,
                    "computed": standing.status.value,
                },
                source=report.source,
            )
        )
    return checks


def check_baselines(moves: Iterable[Move], milestones: Iterable[Milestone], phases: Iterable[Phase]) -> list[Check]:
    """A baseline gives no new date to what had been reached when it was decided."""
    reached = {
        **{item.key: item.actual for item in milestones},
        **{item.key: item.actual_end for item in phases},
    }
    return [
        Check(
            "baseline_open",
            compared(not ((day := reached.get(move.subject)) and day <= move.baseline.decided_on)),
            Severity.WARNING,
            f"{move.baseline.key} {move.subject}",
            values={"title": move.title, "baseline": move.baseline.title},
            source=move.baseline.source,
        )
        for move in moves
    ]
