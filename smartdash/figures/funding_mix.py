"""The figure of who pays which cost line in which year, as the plan states it or computed pro rata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO, share, total_by
from smartdash.analysis.pro_rata import Allocation, allocations
from smartdash.analysis.trees import ancestors, tree_order
from smartdash.charts.rows import heat_table
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.funding_plan import FundingPlan, read_funding_plan
from smartdash.figures.headings import heading, listing
from smartdash.figures.plans import named, no_plan, part_titles
from smartdash.locale import Words
from smartdash.locale.numbers import euro, number, percent
from smartdash.model.money import CostAmount, CostLine, FundingSource
from smartdash.store import Reader

_MOST_ROWS = 40
"""A larger plan is shown by the level of its tree that has at most so many lines."""
_ALL = ""
"""Stands for all lines or all years."""
_NO_LINE = "none"
_GAP = "gap"
_GAP_SIGN, _COMPUTED_SIGN = "▲", "≈"

_Place = tuple[str, str]
"""(line or all, year or all)."""


@dataclass(frozen=True, slots=True)
class _Mix:
    """Euro by place (cost) and by place and source (stated, computed), and the places that have any of these.

    `_GAP` is the source that nobody is. `only_stated`: what is computed is left out.
    """

    cost: Mapping[_Place, Decimal]
    stated: Mapping[tuple[_Place, str], Decimal]
    computed: Mapping[tuple[_Place, str], Decimal]
    stated_places: frozenset[_Place]
    computed_places: frozenset[_Place]
    only_stated: bool

    def amount(self, place: _Place, source: str) -> Decimal | None:
        """What a source pays there, the gap of nobody; None where only what is stated is shown, and nothing is."""
        stated, computed = self.stated.get((place, source), ZERO), self.computed.get((place, source), ZERO)
        if not self.only_stated or place[0] == _ALL or source == _GAP:
            return stated + computed
        return stated if place in self.stated_places else None

    def share(self, place: _Place, source: str) -> Decimal | None:
        """What a source pays there as a share of the cost."""
        amount = self.amount(place, source)
        return None if amount is None else share(amount, self.cost.get(place, ZERO))

    def is_computed(self, place: _Place, source: str) -> bool:
        """Whether an amount is computed at least in part; what a source gives for all lines the plan states itself."""
        return not self.only_stated and place[0] != _ALL and bool(self.computed.get((place, source)))


@figure("funding.mix", page="funding", needs=("cost_amount", "funding_amount"), options=("source", "basis"))
def mix(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The share of a source in the cost of each line and year, computed where the plan does not state it."""
    plan = read_funding_plan(reader)
    if plan is None or not any(plan.costs.values()) or not plan.inside:
        return no_plan(say)
    titles = part_titles(plan.inside)
    shown = _shown_lines(plan)
    costs = _split_costs(plan, shown)
    cells = allocations(costs, plan.inside_funding(), ancestors(plan.lines))
    gapped = sorted({item.year for item in cells if item.source is None})
    sources = {**titles, **({_GAP: say("funding.gap")} if gapped else {})}
    by_source = choice("source", FundingSource.sheet.label(say.lang), sources, chosen)
    bases = {"computed": say("funding.mix.computed"), "stated": say("funding.mix.stated")}
    basis = choice("basis", say("funding.mix.basis"), bases, chosen)
    found = _summed(costs, cells, shown, basis.chosen == "stated")
    years = [*(str(year) for year in sorted({year for _, year in plan.costs} | {item.year for item in cells})), _ALL]
    rows = _labels(plan, shown, {item.line for item in cells if item.line not in shown}, say)
    message = _message(found, by_source.chosen, sources[by_source.chosen], years[:-1], say)
    headings = {year: _year_heading(year, gapped, say) for year in years}
    drawn = [{"label": label, "heading": above} for _, label, above in rows]
    squares = list(_squares(found, rows, headings, by_source.chosen, say))
    tooltips = [
        ("label", CostLine.sheet.label(say.lang)),
        ("year", heading(CostAmount, "year", say)),
        ("details", sources[by_source.chosen]),
    ]
    return Draft(
        message=f"{message} {_basis_sentence(found, say)}{_gap_sentence(cells, say)}",
        columns=_columns(sources, say),
        rows=tuple(_table(found, rows, years, list(sources), say)),
        unit=say("funding.mix.unit", source=sources[by_source.chosen], version=named(plan.version, say)),
        chart=lambda tokens: heat_table(drawn, list(headings.values()), squares, tokens, tooltips),
        alt=say("funding.mix.alt", message=message),
        note=say("funding.mix.note") + (f" {say('funding.mix.grouped')}" if set(shown) != set(shown.values()) else ""),
        options=(by_source, basis),
    )


def _shown_lines(plan: FundingPlan) -> dict[str, str]:
    """For each line with cost the line it is shown under: itself, or what stands above it in a large plan."""
    above = ancestors(plan.lines)
    with_cost = sorted({line for line, _ in plan.costs})
    depth = max(len(above[line]) for line in with_cost)
    while depth > 1 and len({above[line][-depth:][0] for line in with_cost}) > _MOST_ROWS:
        depth -= 1
    return {line: above[line][-depth:][0] for line in with_cost}


def _split_costs(plan: FundingPlan, shown: Mapping[str, str]) -> Mapping[tuple[str, int], Decimal]:
    """The cost by the lines that money is split over: those shown, or single ones where the plan states money for any.

    Without money stated for a line below those shown, a split over what is shown leaves the same gaps.
    """
    if any(shown.get(line or "", line) != line for _, _, line in plan.funding):
        return plan.costs
    return total_by(((shown[line], year), amount) for (line, year), amount in plan.costs.items())


def _labels(
    plan: FundingPlan, shown: Mapping[str, str], without_cost: set[str | None], say: Words
) -> list[tuple[str, str, bool]]:
    """The rows as (key, label, heading): lines in the order of the tree, money without a line, all lines."""
    above = ancestors(plan.lines)
    kept = {*shown.values(), *(line for line in without_cost if line)}
    headings = {line for key in kept for line in above.get(key, ())[1:]} - kept
    ordered = [line for line, _, _ in tree_order(plan.lines) if line.key in kept | headings]
    rows = [(line.key, f"{line.key} {line.title}", line.key in headings) for line in ordered]
    if None in without_cost:
        rows.append((_NO_LINE, say("funding.mix.no_line"), False))
    return [*rows, (_ALL, say("funding.mix.all_lines"), False)]


def _summed(
    costs: Mapping[tuple[str, int], Decimal], cells: Sequence[Allocation], shown: Mapping[str, str], only_stated: bool
) -> _Mix:
    def places(line: str | None, year: int) -> set[_Place]:
        row = shown.get(line or "", line or _NO_LINE)
        return {(row, str(year)), (row, _ALL), (_ALL, str(year)), (_ALL, _ALL)}

    spread = [(place, item) for item in cells for place in places(item.line, item.year)]
    paid = [(place, item) for place, item in spread if item.source]
    return _Mix(
        total_by((place, amount) for (line, year), amount in costs.items() for place in places(line, year)),
        total_by(((place, item.source or _GAP), item.stated) for place, item in spread),
        total_by(((place, item.source or _GAP), item.computed) for place, item in spread),
        frozenset(place for place, item in paid if item.stated),
        frozenset(place for place, item in paid if item.computed),
        only_stated,
    )


def _year_heading(year: str, gapped: Sequence[int], say: Words) -> str:
    name = year or say("funding.mix.all_years")
    return f"{name} {_GAP_SIGN}" if year in map(str, gapped) else name


def _squares(
    found: _Mix, rows: Sequence[tuple[str, str, bool]], headings: Mapping[str, str], source: str, say: Words
) -> Iterator[dict[str, object]]:
    places = [(index, line, label) for index, (line, label, above) in enumerate(rows) if not above]
    for index, line, label in places:
        for year, name in headings.items():
            place = (line, year)
            part = found.share(place, source)
            sign = _COMPUTED_SIGN if part is not None and found.is_computed(place, source) else ""
            yield {
                "row": index,
                "column": name,
                "text": sign + number(None if part is None else part * 100, say.lang, 1),
                "share": None if part is None else float(abs(part)),
                "label": label,
                "year": year or say("budget.total"),
                "details": say(
                    "funding.mix.details",
                    amount=euro(found.amount(place, source), say.lang, cents=True),
                    cost=euro(found.cost.get(place, ZERO), say.lang, cents=True),
                    basis=_basis(found, place, say),
                ),
            }


def _basis(found: _Mix, place: _Place, say: Words) -> str:
    """Whether the amounts of a place are stated, computed, or both."""
    stated, computed = place in found.stated_places, place in found.computed_places
    if not found.cost.get(place) and not stated:
        return say("funding.mix.no_cost")
    if place[0] == _ALL or (stated and (found.only_stated or not computed)):
        return say("funding.mix.is_stated")
    if found.only_stated or not computed:
        return say("funding.mix.is_not_stated")
    return say("funding.mix.is_mixed" if stated else "funding.mix.is_computed")


def _columns(sources: Mapping[str, str], say: Words) -> tuple[TableColumn, ...]:
    paid = [(f"source_{key}", title) for key, title in sources.items() if key != _GAP]
    return (
        TableColumn("line", CostLine.sheet.label(say.lang)),
        TableColumn("year", heading(CostAmount, "year", say)),
        TableColumn("cost", say("funding.cost"), "money"),
        *(TableColumn(name, title, "money") for name, title in paid),
        TableColumn("gap", say("funding.gap"), "money", help=say("funding.gap_help")),
        *(TableColumn(f"{name}_share", say("funding.share_of", source=title), "percent") for name, title in paid),
        TableColumn("basis", say("funding.mix.basis")),
    )


def _table(
    found: _Mix, rows: Sequence[tuple[str, str, bool]], years: Sequence[str], sources: Sequence[str], say: Words
) -> Iterator[Row]:
    paid = [source for source in sources if source != _GAP]
    for line, label, _ in (row for row in rows if not row[2]):
        for place in ((line, year) for year in years):
            if found.cost.get(place) or place in found.stated_places:
                yield (
                    label,
                    place[1] or say("budget.total"),
                    found.cost.get(place, ZERO),
                    *(found.amount(place, source) for source in paid),
                    found.amount(place, _GAP),
                    *(found.share(place, source) for source in paid),
                    _basis(found, place, say),
                )


def _message(found: _Mix, source: str, title: str, years: Sequence[str], say: Words) -> str:
    """What the source pays of all, and in which years least and most."""
    if source == _GAP:
        amount = found.amount((_ALL, _ALL), _GAP)
        return say("funding.mix.gap", amount=euro(amount, say.lang, cents=True))
    shares = {year: part for year in years if (part := found.share((_ALL, year), source)) is not None}
    low, high = min(shares, key=lambda year: shares[year]), max(shares, key=lambda year: shares[year])
    values: dict[str, Any] = {"source": title, "share": percent(found.share((_ALL, _ALL), source), say.lang)}
    if percent(shares[low], say.lang) == percent(shares[high], say.lang):
        return say("funding.mix.same", **values)
    return say(
        "funding.mix.message",
        low=percent(shares[low], say.lang),
        low_year=low,
        high=percent(shares[high], say.lang),
        high_year=high,
        **values,
    )


def _basis_sentence(found: _Mix, say: Words) -> str:
    """How much of the split between lines is computed."""
    cells = {place for place, amount in found.cost.items() if amount and _ALL not in place}
    computed = len(cells & found.computed_places)
    if not computed:
        return say("funding.mix.all_stated")
    if computed == len(cells):
        return say("funding.mix.none_stated")
    return say("funding.mix.some_computed", n=computed, all=number(len(cells), say.lang))


def _gap_sentence(cells: Sequence[Allocation], say: Words) -> str:
    """Years whose cost and funding differ, with the difference to the cent."""
    gaps = total_by((item.year, item.computed) for item in cells if item.source is None)
    named_gaps = [
        say(
            "funding.mix.uncovered" if amount > 0 else "funding.mix.beyond" if amount else "funding.mix.shifted",
            year=str(year),
            amount=euro(abs(amount), say.lang, cents=True),
        )
        for year, amount in gaps.items()
    ]
    return f" {say('funding.mix.differ', gaps=listing(named_gaps, say))}" if named_gaps else ""
