"""The drawn money of each grant: who gives it, what is spent of it, and within which window it has to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from smartdash.analysis.budget import ZERO, as_decimal
from smartdash.analysis.drawdown_standing import DrawdownStanding, drawdown_standings
from smartdash.analysis.drawdowns import CashLot, CashPoint, cash_course, cash_lots
from smartdash.analysis.next_drawdown import DuePayment
from smartdash.analysis.rules import PlanFacts
from smartdash.analysis.rules.cash import source_share, window_end
from smartdash.figures.funding_plan import in_order
from smartdash.figures.rule_data import packs_in_use, plan_facts
from smartdash.model.money import FundingSource
from smartdash.model.rule_parts import Parameter
from smartdash.model.rule_spending import CashAge
from smartdash.model.spending import Commitment, CommitmentStage
from smartdash.store import Reader
from smartdash.store.queries import commitment_states

_FIRM = (CommitmentStage.PRE_BOUND, CommitmentStage.BOUND)


@dataclass(frozen=True, slots=True)
class GrantCash:
    """The money of one funding source, in euro.

    `share` is what it pays of each payment, None where the plan gives it nothing; without it nothing is known of what
    is spent: `course` and `lots` are empty. `window_end` is the last day of the window of money paid out on the as-of
    date, None where no rule says; `interest` the rate per year in per cent for late use, where known.
    """

    source: FundingSource
    share: Fraction | None
    planned: Decimal
    standings: Sequence[DrawdownStanding]
    course: Sequence[CashPoint]
    lots: Sequence[CashLot]
    window_end: date | None
    interest: Decimal | None

    @property
    def drawn(self) -> Decimal:
        """What was paid out, repayments taken off."""
        return sum((item.drawdown.amount for item in self.standings if item.drawdown.paid_on), ZERO)

    @property
    def requested(self) -> Decimal:
        """What was requested and not yet paid out."""
        waiting = (item.drawdown for item in self.standings if not item.drawdown.paid_on)
        return sum((item.amount for item in waiting if item.requested_on), ZERO)

    @property
    def on_hand(self) -> Decimal | None:
        """Drawn and not spent; negative where the municipality has paid in advance, None where that is not known."""
        if self.share is None:
            return None
        return self.course[-1].on_hand if self.course else ZERO


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a rule says about drawn money: whose, how long it may be kept, and what late use costs."""

    rule: CashAge
    parameters: Sequence[Parameter]


def read_grant_cash(reader: Reader) -> Sequence[GrantCash]:
    """The money of every source that has drawdowns, federal first; made once for all figures."""
    return reader.remembered("grant_cash", lambda: tuple(_read(reader)))


def _read(reader: Reader) -> list[GrantCash]:
    facts = plan_facts(reader)
    terms = [
        _Terms(rule, pack.parameters)
        for pack in packs_in_use(reader)
        for rule in pack.rules
        if isinstance(rule, CashAge)
    ]
    drawing = {item.funding_source for item in facts.drawdowns}
    sources = in_order([source for source in facts.funders if source.key in drawing])
    return [
        _cash(source, facts, next((one for one in terms if source.kind in one.rule.kinds), None)) for source in sources
    ]


def _cash(source: FundingSource, facts: PlanFacts, terms: _Terms | None) -> GrantCash:
    as_of = facts.as_of
    planned = facts.given_by_source.get(source.key, ZERO)
    share = source_share(source.key, facts) if planned else None
    if share and terms and not terms.rule.pro_rata:
        share = Fraction(1)

    def last(paid_on: date) -> date | None:
        return window_end(paid_on, facts, terms.rule.window, terms.parameters) if terms else None

    mine = [item for item in facts.drawdowns if item.funding_source == source.key]
    payments = [(posting.booked_on, posting.amount) for posting in facts.postings]
    lots = cash_lots(mine, payments, share, as_of, last) if share else []
    warn_days = terms.rule.warn_days if terms else 0
    rate = facts.number(terms.rule.interest, terms.parameters) if terms and terms.rule.interest else None
    return GrantCash(
        source,
        share,
        planned,
        drawdown_standings(mine, lots, as_of, warn_days),
        cash_course(mine, payments, share, as_of) if share else [],
        lots,
        last(as_of),
        None if rate is None else as_decimal(rate) * 100,
    )


def due_payments(reader: Reader) -> list[DuePayment]:
    """What is bound or pre-bound and not yet paid, by the day it is due; money that is only reserved is not owed."""
    states = {state.key: state for state in commitment_states(reader)}
    found = [
        DuePayment(item.title, item.due_on, max(states[item.key].amount - states[item.key].paid, ZERO))
        for item in reader.all(Commitment)
        if item.key in states and states[item.key].stage in _FIRM
    ]
    return sorted((item for item in found if item.amount), key=lambda item: (item.due_on or date.max, item.title))
