"""Who pays which cost line in a year: what the plan states, and a computed split of the rest, exact to the cent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.budget import CENT, ZERO
from smartdash.analysis.controlled_rounding import rounded_table


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a source pays of a cost line in a year, in euro: as the plan states it, and what is computed.

    Without a source it is the gap: cost that nobody pays, negative where a line is paid more than it costs. Without a
    line it is money of a year that has no cost left to spread it over. So the cells of a line sum to its cost.
    """

    line: str | None
    year: int
    source: str | None
    stated: Decimal
    computed: Decimal

    @property
    def amount(self) -> Decimal:
        """Stated and computed together."""
        return self.stated + self.computed


def allocations(
    costs: Mapping[tuple[str, int], Decimal],
    funding: Mapping[tuple[str, int, str | None], Decimal],
    above: Mapping[str, Sequence[str]],
) -> list[Allocation]:
    """Every cell of line x year x source that is not zero, ordered by year, line and source.

    What the plan states for a line of its own counts. The rest of a source's amount is spread over the lines in
    proportion to their cost not yet paid: `cost(L, y) x amount(s, y) / sum of costs(y)`, rounded so that for each year
    the lines of a source sum to its amount and the sources of a line, with the gap, to its cost, both to the cent. What
    is stated for a line with lines below it is spread over those first.

    Args:
        costs: Euro by (cost line, year), of leaves.
        funding: Euro by (source, year, cost line; None where the plan does not say for which).
        above: For each cost line itself and all above it, from the bottom up (`trees.ancestors`).

    Raises:
        ValueError: an amount has fractions of a cent.
    """
    years = sorted({year for _, year in costs} | {year for _, year, _ in funding})
    found: list[Allocation] = []
    for year in years:
        year_costs = {line: _cents(amount) for (line, at), amount in sorted(costs.items()) if at == year and amount}
        year_funding = {(line, source): _cents(a) for (source, at, line), a in funding.items() if at == year and a}
        found += _of_year(year, year_costs, year_funding, above)
    return found


def _of_year(
    year: int,
    costs: Mapping[str, int],
    funding: Mapping[tuple[str | None, str], int],
    above: Mapping[str, Sequence[str]],
) -> list[Allocation]:
    stated: dict[tuple[str | None, str], int] = {}
    computed: dict[tuple[str | None, str], int] = defaultdict(int)
    left: dict[str | None, int] = defaultdict(int)
    left.update(costs)
    for group in _leaves_first({line for line, _ in funding}, costs, above):
        amounts = {source: amount for (line, source), amount in funding.items() if line == group}
        unpaid = {
            line: left[line]
            for line in costs
            if group not in costs and (group is None or group in above.get(line, ())) and left[line] * costs[line] > 0
        }
        if sum(unpaid.values()):
            for (line, source), amount in _spread(unpaid, amounts).items():
                computed[line, source] += amount
                left[line] -= amount
        else:
            stated |= {(group, source): amount for source, amount in amounts.items()}
            left[group] -= sum(amounts.values())
    cells = {place: (stated.get(place, 0), computed.get(place, 0)) for place in (*stated, *computed)}
    gaps = [Allocation(line, year, None, ZERO, _euro(amount)) for line, amount in left.items() if amount]
    found = [Allocation(line, year, source, _euro(a), _euro(b)) for (line, source), (a, b) in cells.items() if a or b]
    return sorted(found + gaps, key=_place)


def _place(item: Allocation) -> tuple[bool, str, bool, str]:
    return item.line is None, item.line or "", item.source is None, item.source or ""


def _leaves_first(
    groups: set[str | None], costs: Mapping[str, int], above: Mapping[str, Sequence[str]]
) -> list[str | None]:
    """What money is stated for: lines with cost of their own, then lines above others from below, then none."""

    def order(line: str | None) -> tuple[bool, bool, int, str]:
        return line is None, line not in costs, -len(above.get(line or "", ())), line or ""

    return sorted(groups, key=order)


def _spread(weights: Mapping[str, int], amounts: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """Amounts by source spread over lines in proportion to their weights, whose sum is not zero.

    What the lines cost beyond the amounts, or less, takes part as a column of its own, so that rows close as well.
    """
    lines, sources = sorted(weights), sorted(amounts)
    columns = [*(amounts[source] for source in sources), sum(weights.values()) - sum(amounts.values())]
    table = rounded_table([weights[line] for line in lines], columns)
    return {
        (line, source): cell
        for line, cells in zip(lines, table, strict=True)
        for source, cell in zip(sources, cells[:-1], strict=True)
    }


def _cents(amount: Decimal) -> int:
    cents = amount / CENT
    if cents != int(cents):
        raise ValueError(f"{amount} has fractions of a cent")
    return int(cents)


def _euro(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
