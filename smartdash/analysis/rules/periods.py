"""Evaluators of rules about time: how long phases may take, and until when a proof of use has to be handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from smartdash.analysis.rules.amounts import grant_phases, no_phase
from smartdash.analysis.rules.facts import PlanFacts
from smartdash.analysis.rules.results import Outcome, Place, Value
from smartdash.analysis.time_limits import period_end, whole_months
from smartdash.model.grants import ProofOfUse
from smartdash.model.rule_parts import Parameter, RuleScope, RuleStatus
from smartdash.model.rule_spending import Deadline, DurationMax
from smartdash.model.schedule import Phase


def duration(rule: DurationMax, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """The months of each phase of the grant, or of all together, against the limit; begun months count as whole ones.

    Plans that name years only have phases from 1 January to 31 December. Such a day may be any day of its year, as
    long as nothing is reported: there is a shortest and a longest duration, and between them no verdict.
    """
    if unknown := no_phase(rule, facts):
        return unknown
    phases = [phase for phase in facts.phases if phase.key in grant_phases(rule, facts)]
    places = [(Place(RuleScope.PHASE, phase.key, phase=phase.key), [phase]) for phase in phases]
    judged = places if RuleScope.PHASE in rule.scope else []
    if RuleScope.TOTAL in rule.scope:
        judged = [*judged, (Place(RuleScope.TOTAL), phases)]
    if not phases:
        return [Outcome(Place(rule.deciding), RuleStatus.NOT_APPLICABLE, unit="months", reason="no_phases")]
    return [_lasting(rule, place, members, facts, declared) for place, members in judged]


def _lasting(
    rule: DurationMax, place: Place, phases: Sequence[Phase], facts: PlanFacts, declared: Sequence[Parameter]
) -> Outcome:
    starts = [start for phase in phases if (start := phase.actual_start or phase.planned_start)]
    ends = [end for phase in phases if (end := phase.actual_end or phase.planned_end)]
    if len(starts) < len(phases) or len(ends) < len(phases):
        return Outcome(place, RuleStatus.UNKNOWN, unit="months", reason="no_day")
    start, end = min(starts), max(ends)
    period = facts.period(rule.limit, declared)
    values: dict[str, Value] = {"start": start, "end": end}
    if period is None:
        values["parameter"] = rule.limit.param or ""
        return Outcome(place, RuleStatus.UNKNOWN, unit="months", values=values, reason="no_parameter")
    late = start if any(phase.actual_start == start for phase in phases) else _year_end(start)
    early = end if any(phase.actual_end == end for phase in phases) else _year_start(end)
    shortest = (late, max(late, early))
    limit = Fraction(period[0])
    if _fits((start, end), period):
        status, months = RuleStatus.OK, whole_months(start, end)
    elif not _fits(shortest, period):
        status, months = RuleStatus.VIOLATED, whole_months(*shortest)
    else:
        values |= {"shortest": whole_months(*shortest), "longest": whole_months(start, end)}
        return Outcome(place, RuleStatus.UNKNOWN, None, limit, unit="months", values=values, reason="to_the_year")
    return Outcome(place, status, Fraction(months), limit, unit="months", values=values)


def _fits(span: tuple[date, date], period: tuple[int, int]) -> bool:
    return span[1] <= period_end(span[0] - timedelta(days=1), *period)


def _year_end(start: date) -> date:
    """The latest day a start may mean: a 1 January may stand for its year."""
    return start.replace(month=12, day=31) if (start.month, start.day) == (1, 1) else start


def _year_start(end: date) -> date:
    """The earliest day an end may mean: a 31 December may stand for its year."""
    return end.replace(month=1, day=1) if (end.month, end.day) == (12, 31) else end


def deadline(rule: Deadline, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Each proof of use of the rule's kind against the day it is due; without a proof, the day it will be due.

    Left are the days from the day the time began to the day the proof was handed in, or to the as-of date; right are
    the days there were.
    """
    since = _anchor(rule, facts)
    proofs = [proof for proof in facts.proofs if proof.kind is rule.proof and _in_phase(rule, proof, facts)]
    if proofs:
        return [_due(rule, proof, since, facts, declared) for proof in proofs]
    if rule.anchor is None:
        return [Outcome(Place(rule.deciding), RuleStatus.NOT_APPLICABLE, unit="days", reason="no_proof")]
    return [_due(rule, None, since, facts, declared)]


def _anchor(rule: Deadline, facts: PlanFacts) -> date | None:
    given = facts.parameter(rule.anchor) if rule.anchor else None
    return given.day if given else None


def _in_phase(rule: Deadline, proof: ProofOfUse, facts: PlanFacts) -> bool:
    if rule.phase is None:
        return True
    own = {phase.key: phase for phase in facts.phases}
    spans = [own[key] for key in grant_phases(rule, facts)]
    ends = [
        (phase.actual_start or phase.planned_start or date.max, phase.actual_end or phase.planned_end or date.min)
        for phase in spans
    ]
    return proof.period_end is not None and any(first <= proof.period_end <= last for first, last in ends)


def _due(
    rule: Deadline, proof: ProofOfUse | None, since: date | None, facts: PlanFacts, declared: Sequence[Parameter]
) -> Outcome:
    place = Place(RuleScope.ITEM, proof.key if proof else "")
    start = since if rule.anchor else proof.period_end if proof else None
    period = facts.period(rule.within, declared) if rule.within else None
    due = proof.due_on if proof and proof.due_on else period_end(start, *period) if start and period else None
    values: dict[str, Value] = {"title": proof.title} if proof else {}
    if due is None:
        missing = rule.anchor or (rule.within.param if rule.within else None)
        values["parameter"] = missing or ""
        reason = "no_parameter" if missing else "no_day"
        return Outcome(place, RuleStatus.UNKNOWN, unit="days", values=values, reason=reason)
    done = proof.submitted_on if proof else None
    until = done or facts.as_of
    begun = start or due
    left, right = Fraction((until - begun).days), Fraction((due - begun).days)
    values |= {"due": due, "state": "done" if done else "open", "until": until}
    near = done is None and until >= due - timedelta(days=rule.warn_days)
    kept = until <= due
    status = RuleStatus.OK if kept else RuleStatus.VIOLATED
    return Outcome(place, status, left, right, unit="days", values=values, near=kept and near)
