"""Evaluators of rules about money that must be spent in time: drawn grant money, and carried-over appropriations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from smartdash.analysis.budget import ZERO, as_decimal, total_by
from smartdash.analysis.carried_money import CarriedMoney, carried_money
from smartdash.analysis.drawdowns import CashLot, cash_lots, grant_share
from smartdash.analysis.rules.facts import PlanFacts
from smartdash.analysis.rules.results import Outcome, Place, RuleInput, Value
from smartdash.analysis.time_limits import period_end
from smartdash.model.appropriations import BudgetCarryOver
from smartdash.model.grants import Drawdown
from smartdash.model.rule_parts import Parameter, Period, RuleScope, RuleStatus
from smartdash.model.rule_spending import CarryOverExpiry, CashAge


def cash_age(rule: CashAge, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Each drawdown that was paid out against the last day on which it may be spent.

    Left are the days from the payout to the day it was used up, or to the as-of date; right are the days there were.
    """
    found = []
    for source in facts.funders:
        mine = [item for item in facts.drawdowns if item.funding_source == source.key]
        if source.kind in rule.kinds and mine:
            share = source_share(source.key, facts) if rule.pro_rata else Fraction(1)
            found += [_aged(rule, lot, facts, declared) for lot in _lots(mine, share, facts, rule.window, declared)]
    place = Place(rule.deciding)
    return found or [Outcome(place, RuleStatus.NOT_APPLICABLE, unit="days", reason="no_drawdown")]


def _lots(
    drawdowns: Sequence[Drawdown], share: Fraction, facts: PlanFacts, window: Period, declared: Sequence[Parameter]
) -> list[CashLot]:
    """The drawdowns of one source as cash on hand, with the window of a rule."""
    payments = [(posting.booked_on, posting.amount) for posting in facts.postings]
    return cash_lots(drawdowns, payments, share, facts.as_of, lambda day: window_end(day, facts, window, declared))


def window_end(paid_on: date, facts: PlanFacts, window: Period, declared: Sequence[Parameter]) -> date | None:
    """The last day on which money paid out on a day may be spent; None where nobody has said how long that is."""
    period = facts.period(window, declared)
    return None if period is None else period_end(paid_on, *period)


def source_share(source: str, facts: PlanFacts) -> Fraction:
    """What a source pays of each payment: its share in the whole plan, a ratio of sums."""
    given = facts.given_by_source
    return grant_share(given.get(source, ZERO), sum(given.values(), ZERO))


def _aged(rule: CashAge, lot: CashLot, facts: PlanFacts, declared: Sequence[Parameter]) -> Outcome:
    place = Place(RuleScope.ITEM, lot.drawdown.key)
    values: dict[str, Value] = {"title": lot.drawdown.title, "amount": lot.drawdown.amount, "rest": lot.left}
    inputs = (RuleInput("left", lot.drawdown.key, None, lot.drawdown.amount),)
    if lot.use_by is None:
        values["parameter"] = rule.window.param or ""
        reason, age = "no_parameter", Fraction(lot.age)
        return Outcome(place, RuleStatus.UNKNOWN, age, unit="days", values=values, inputs=inputs, reason=reason)
    values |= {"use_by": lot.use_by, "late": lot.late}
    if lot.used_on is not None:
        values |= {"state": "used", "used_on": lot.used_on}
    rate = facts.number(rule.interest, declared) if rule.interest and lot.late else None
    if rate is not None:
        values["interest"] = lot.interest(as_decimal(rate) * 100)
    soon = facts.as_of >= lot.use_by - timedelta(days=rule.warn_days)
    right = Fraction((lot.use_by - lot.paid_on).days)
    status = RuleStatus.VIOLATED if lot.late else RuleStatus.OK
    near = status is RuleStatus.OK and bool(lot.left) and soon
    return Outcome(place, status, Fraction(lot.age), right, unit="days", values=values, inputs=inputs, near=near)


def carry_over_expiry(rule: CarryOverExpiry, facts: PlanFacts, declared: Sequence[Parameter]) -> list[Outcome]:
    """Each carry-over of the rule's kinds against the day it expires.

    Left are the days since it was carried over, right the days it lives. A recorded day later than the rule allows is
    a breach of its own.
    """
    paid = total_by(((posting.cost_line, posting.booked_on), posting.amount) for posting in facts.postings)
    # All kinds take part, because a payment uses up what expires first, of whatever kind.
    known = [_dated(rule, item) for item in facts.carry_overs]
    standings = carried_money(known, paid, facts.committed, facts.as_of)
    found = [_expiring(rule, item, facts) for item in standings if item.carry_over.kind in rule.kinds]
    place = Place(rule.deciding)
    return found or [Outcome(place, RuleStatus.NOT_APPLICABLE, unit="days", reason="no_carry_over")]


def _latest(rule: CarryOverExpiry, money: BudgetCarryOver) -> date | None:
    return date(money.from_year + rule.years, 12, 31) if rule.years and money.kind in rule.kinds else None


def _dated(rule: CarryOverExpiry, money: BudgetCarryOver) -> BudgetCarryOver:
    """A carry-over without a recorded day expires on the last one that the rule allows."""
    latest = None if rule.begun or money.expires_on else _latest(rule, money)
    return money.model_copy(update={"expires_on": latest}) if latest else money


def _begun(item: CarriedMoney, latest: date, facts: PlanFacts) -> bool:
    """Whether something was paid on the line up to a day, or is bound while that day is not over."""
    line = item.carry_over.cost_line
    paid = any(item.cost_line == line and item.booked_on <= latest and item.amount > 0 for item in facts.postings)
    return paid or (facts.as_of <= latest and item.bound > 0)


def _expiring(rule: CarryOverExpiry, item: CarriedMoney, facts: PlanFacts) -> Outcome:
    money = item.carry_over
    place = Place(RuleScope.ITEM, money.key, year=money.year, line=money.cost_line)
    values: dict[str, Value] = {"line": money.cost_line, "amount": money.amount, "rest": item.unspent}
    inputs = (RuleInput("left", money.key, money.year, money.amount),)
    latest = _latest(rule, money)
    expires = latest if rule.begun else min((day for day in (money.expires_on, latest) if day), default=None)
    if expires is None:
        return Outcome(place, RuleStatus.UNKNOWN, unit="days", values=values, inputs=inputs, reason="no_day")
    values |= {"expires": expires}
    right = Fraction((expires - money.carried_on).days)
    if not rule.begun and money.expires_on and money.expires_on > expires:
        values |= {"case": "too_long", "recorded": money.expires_on}
        left = Fraction((money.expires_on - money.carried_on).days)
        return Outcome(place, RuleStatus.VIOLATED, left, right, unit="days", values=values, inputs=inputs)
    settled = _begun(item, expires, facts) if rule.begun else not item.unspent
    lapsed = facts.as_of > expires and not settled
    if settled or lapsed:
        values["state"] = "lapsed" if lapsed else "begun" if rule.begun else "used"
    soon = facts.as_of >= expires - timedelta(days=rule.warn_days)
    status = RuleStatus.VIOLATED if lapsed else RuleStatus.OK
    left = Fraction((facts.as_of - money.carried_on).days)
    near = not lapsed and not settled and soon
    return Outcome(place, status, left, right, unit="days", values=values, inputs=inputs, near=near)
