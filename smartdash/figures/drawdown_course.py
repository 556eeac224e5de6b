"""Drawn and spent money of a grant as lines over time, with what is expected after the as-of date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from smartdash.analysis.budget import ZERO, as_decimal
from smartdash.analysis.next_drawdown import DuePayment
from smartdash.charts.drawdowns import CashCourse, Place, Window
from smartdash.figures.grant_cash import GrantCash
from smartdash.figures.plans import money_scale
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day, euro, number
from smartdash.model.grants import Drawdown, ProofOfUse

_AHEAD = timedelta(days=92)
"""How far beyond the last movement deadlines are drawn; the figure of the proofs has them all."""
_LINES = 4


def drawn_course(
    grant: GrantCash,
    payments: Sequence[DuePayment],
    proofs: Sequence[ProofOfUse],
    as_of: date,
    words: Mapping[str, str],
    say: Words,
) -> CashCourse:
    """The lines of a grant; `words` say by drawdown how it stands."""
    spent = [(point.day, point.spent) for point in grant.course]
    drawn = _summed(
        [(item.drawdown.paid_on, item.drawdown.amount) for item in grant.standings if item.drawdown.paid_on], ZERO
    )
    reached = spent[-1][1] if spent else ZERO
    expected: list[tuple[date, Decimal]] = []
    if grant.share is not None:
        share = as_decimal(grant.share)
        due = [(max(item.due_on, as_of), item.amount * share) for item in payments if item.due_on]
        expected = _summed(due, reached)
    coming = [item.drawdown for item in grant.standings if not item.drawdown.paid_on]
    planned = _summed(
        [(max(moment, as_of), item.amount) for item in coming if (moment := item.requested_on or item.planned_on)],
        grant.drawn,
    )
    last = max([moment for moment, _ in (*spent, *drawn, *expected, *planned)], default=as_of) + _AHEAD
    deadlines = [
        (proof.due_on, proof.title)
        for proof in proofs
        if proof.due_on and proof.due_on <= last and proof.funding_source in (None, grant.source.key)
    ]
    return CashCourse(
        spent=_placed(spent, as_of),
        drawn=_placed(drawn, as_of),
        expected=_ahead(expected, reached, as_of),
        planned=_ahead(planned, grant.drawn, as_of),
        windows=_windows(grant, as_of, words, say),
        deadlines=sorted(deadlines),
    )


def _summed(steps: Sequence[tuple[date, Decimal]], start: Decimal) -> list[tuple[date, Decimal]]:
    """The sum reached on each day, from `start` on."""
    found = []
    for moment, amount in sorted(steps):
        start += amount
        found.append((moment, start))
    return found


def _placed(points: Sequence[tuple[date, Decimal]], as_of: date) -> list[Place]:
    """A line from zero up to the as-of date."""
    if not points:
        return []
    return [(points[0][0], 0.0), *((moment, float(amount)) for moment, amount in points), (as_of, float(points[-1][1]))]


def _ahead(points: Sequence[tuple[date, Decimal]], reached: Decimal, as_of: date) -> list[Place]:
    """A line from the as-of date on."""
    return [(as_of, float(reached)), *((moment, float(amount)) for moment, amount in points)] if points else []


def _windows(grant: GrantCash, as_of: date, words: Mapping[str, str], say: Words) -> list[Window]:
    """The windows of the drawdowns, each from what was drawn before; none where no window is known."""
    standing_of = {item.drawdown.key: item for item in grant.standings}
    windows, before = [], ZERO
    for lot in grant.lots:
        item = standing_of[lot.drawdown.key]
        if lot.use_by and lot.use_by >= lot.paid_on:
            details = {
                Drawdown.sheet.label(say.lang): lot.drawdown.title,
                column(Drawdown, "amount", say.lang).label: euro(lot.drawdown.amount, say.lang, cents=True),
                column(Drawdown, "use_by", say.lang).label: day(lot.use_by, say.lang),
                say("funding.left"): euro(lot.left, say.lang, cents=True),
                say("funding.standing"): words[lot.drawdown.key],
            }
            top = before + lot.drawdown.amount
            windows.append(Window(lot.paid_on, lot.use_by, float(before), float(top), item.status.value, details))
        before += lot.drawdown.amount
    return windows


def grid_levels(highest: Decimal, say: Words) -> tuple[dict[float, str], str]:
    """Round levels from zero to at most the highest amount, as text by euro, and the unit they are written in."""
    unit, size, _ = money_scale(highest, say)
    if not highest:
        return {0.0: number(ZERO, say.lang)}, unit
    raw = highest / _LINES
    power = Decimal(1).scaleb(raw.adjusted())
    step = next(power * factor for factor in (1, 2, Decimal("2.5"), 5, 10) if power * factor >= raw)
    count = int((highest / step).to_integral_value(ROUND_CEILING))
    levels = [step * place for place in range(count + 1)]
    digits = max(0, -(step / size).normalize().as_tuple().exponent)  # type: ignore[operator]
    return {float(level): number(level / size, say.lang, digits) for level in levels}, unit
