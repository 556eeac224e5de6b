"""Funding that belongs to another state of the costs: it is an exact share of a base that is not the planned cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from smartdash.analysis.budget import ZERO, cents

Part = Literal["own", "grant"]
"""What the exact share is: own money and what replaces it, or the grant."""

_CENT = 100


@dataclass(frozen=True, slots=True)
class OtherBase:
    """Funding that is exactly the `share` of `base` instead of `cost`, all in euro; `year` is None for all years.

    `lines` are the cost lines whose amount is the difference: lines that the base lacks where it is smaller than the
    cost, lines that the cost lacks in this year but has in another where it is larger. In total they may be empty; then
    the differences of the single years add up to the difference.
    """

    year: int | None
    part: Part
    share: Fraction
    amount: Decimal
    base: Decimal
    cost: Decimal
    lines: tuple[str, ...]

    @property
    def difference(self) -> Decimal:
        """Planned cost minus the base that the funding fits."""
        return self.cost - self.base


def other_bases(
    costs: Mapping[str, Mapping[int, Decimal]],
    own: Mapping[int, Decimal],
    grant: Mapping[int, Decimal],
    rates: Sequence[Fraction],
) -> list[OtherBase]:
    """The years, and the total, whose funding fits an exact rate on another cost base.

    A year counts only where (a) its funding fits none of the rates on its own cost, rounded to the cent; (b) the base
    that it fits is a whole number of cents; and (c) the difference is explained by a cost line. Without (c) nearly
    every amount would fit some base, as 10 % of a base is a whole number of cents for any amount.

    Args:
        costs: The leaves of the cost plan by key, each with its amounts by year.
        own: Own money and what replaces it, by year.
        grant: The grant by year.
        rates: The rates of funding to try, as fractions of one.
    """
    years = sorted({year for series in costs.values() for year in series} | {*own, *grant})
    found, open_years = [], 0
    for year in years:
        amounts = {key: series.get(year, ZERO) for key, series in costs.items()}
        parts: dict[Part, Decimal] = {"own": own.get(year, ZERO), "grant": grant.get(year, ZERO)}
        hints = [
            replace(hint, year=year, lines=lines)
            for hint in _other(parts, sum(amounts.values(), ZERO), rates)
            if (lines := _explaining(costs, amounts, hint.difference))
        ]
        found += hints[:1]
        open_years += not hints and not _fits(parts, sum(amounts.values(), ZERO), rates)
    return [*found, *_total(costs, own, grant, rates, [] if open_years else found)]


def _total(
    costs: Mapping[str, Mapping[int, Decimal]],
    own: Mapping[int, Decimal],
    grant: Mapping[int, Decimal],
    rates: Sequence[Fraction],
    years: Sequence[OtherBase],
) -> list[OtherBase]:
    """The hint for all years together, explained by a line's total or by the hints of the single years."""
    totals = {key: sum(series.values(), ZERO) for key, series in costs.items()}
    parts: dict[Part, Decimal] = {"own": sum(own.values(), ZERO), "grant": sum(grant.values(), ZERO)}
    for hint in _other(parts, sum(totals.values(), ZERO), rates):
        lines = tuple(key for key, amount in totals.items() if amount and amount == hint.difference)
        by_year = sum((item.difference for item in years), ZERO)
        same = all((item.part, item.share) == (hint.part, hint.share) for item in years)
        if lines or (years and same and by_year == hint.difference):
            return [replace(hint, lines=lines)]
    return []


def _other(parts: Mapping[Part, Decimal], cost: Decimal, rates: Sequence[Fraction]) -> list[OtherBase]:
    """Every base other than the cost that a part of the funding is an exact share of; none where it fits the cost."""
    if _fits(parts, cost, rates):
        return []
    shares = [(part, share) for rate in rates for part, share in _shares(rate) if share and parts[part] > 0]
    found = []
    for part, share in shares:
        base = Fraction(parts[part]) / share
        if (base * _CENT).denominator == 1:
            exact = Decimal(int(base * _CENT)).scaleb(-2)
            found.append(OtherBase(None, part, share, parts[part], exact, cost, ()))
    return found


def _fits(parts: Mapping[Part, Decimal], cost: Decimal, rates: Sequence[Fraction]) -> bool:
    """Whether the funding is what a rate gives on the cost itself, rounded to the cent."""
    return any(
        parts[part] == cents(cost * share.numerator / share.denominator)
        for rate in rates
        for part, share in _shares(rate)
    )


def _shares(rate: Fraction) -> tuple[tuple[Part, Fraction], tuple[Part, Fraction]]:
    return ("own", 1 - rate), ("grant", rate)


def _explaining(
    costs: Mapping[str, Mapping[int, Decimal]], amounts: Mapping[str, Decimal], difference: Decimal
) -> tuple[str, ...]:
    """The lines that were added to the cost since (it is larger than the base), or taken out of this year (smaller)."""
    if difference > 0:
        return tuple(key for key, amount in amounts.items() if amount == difference)
    return tuple(key for key, series in costs.items() if not amounts[key] and -difference in series.values())
