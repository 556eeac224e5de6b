"""The plan as a table: coded lines and funding sources by year, with the sums made of the leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smartdash.analysis.budget import ZERO, eligible_lines, share
from smartdash.analysis.plan_sums import PlanSums, Sums, recomputed
from smartdash.analysis.trees import ancestors, tree_order
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.plan_choice import CodedLine, coded_lines, depth_option, version_option
from smartdash.figures.plans import named, no_plan
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import euro, euro_short, percent
from smartdash.model.money import CostLine, FundingSource, PlanVersion, StatedSubject, StatedTotal
from smartdash.store import Reader
from smartdash.store.plan_queries import cost_sums, plan_sums, stated_totals
from smartdash.store.schema import natural

Nodes = Sequence[CodedLine] | Sequence[tuple[FundingSource, int, bool]]

_INDENT = "\u2003"
_SUBJECTS = (StatedSubject.COST, StatedSubject.FUNDING)


@dataclass(frozen=True, slots=True)
class _Table:
    """What the table is made of: years, sums, and by line or source whether it is eligible and what is printed else."""

    years: Sequence[int]
    sums: PlanSums
    eligible: Mapping[str, bool | None]
    printed: Mapping[str | None, str]

    @property
    def tells_eligible(self) -> bool:
        return not all(self.eligible.values())


@figure("cost_plan.tree", page="cost_plan", needs=("cost_amount",), options=("version", "depth"))
def tree(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The lines of a version by year, as deep as chosen, and below them who pays."""
    versions = version_option(reader, chosen, say)
    lines = coded_lines(reader)
    depth = depth_option(lines, chosen, say)
    shown = [item for item in lines if item[1] < int(depth.chosen)]
    sources = tree_order(sorted(reader.all(FundingSource), key=lambda source: natural(source.key)))
    sums = plan_sums(reader, versions.chosen, [line.key for line, _, _ in shown])
    if not sums.cost:
        return no_plan(say)
    table = _Table(
        sorted({year for key, year in (*sums.cost, *sums.funding) if key is None and year is not None}),
        sums,
        _eligible(lines),
        _printed(sums, stated_totals(reader, versions.chosen), say),
    )
    version = next(one for one in reader.all(PlanVersion) if one.key == versions.chosen)
    every = [
        *_rows(shown, sums.cost, table),
        *_whole(shown, say("versions.total_cost"), sums.cost, table),
        *_eligible_row(reader, version, table, say),
        *_rows(sources, sums.funding, table),
        *_whole(sources, say("versions.total_funding"), sums.inside, table),
    ]
    return Draft(
        message=_message(version, lines, sums.cost, say),
        columns=_columns(table, say),
        rows=tuple(every),
        unit=say("versions.tree_unit", version=named(version, say)),
        note=_note(table, say),
        options=(versions, depth),
    )


def _eligible(lines: Sequence[CodedLine]) -> dict[str, bool | None]:
    """Whether a line is eligible with all that is below it; None where only a part of it is."""
    every = [line for line, _, _ in lines]
    chains, eligible = ancestors(every), eligible_lines(every)
    flags: dict[str, set[bool]] = defaultdict(set)
    for line, _, leaf in lines:
        for key in chains[line.key] if leaf else ():
            flags[key].add(line.key in eligible)
    return {key: found.pop() if len(found) == 1 else None for key, found in flags.items()}


def _printed(sums: PlanSums, stated: Iterable[StatedTotal], say: Words) -> dict[str | None, str]:
    """What the document prints where it differs from the sum of the leaves, in words by line or source."""
    differing: dict[str | None, list[str]] = defaultdict(list)
    for item in stated:
        key = item.cost_line if item.subject is StatedSubject.COST else item.funding_source
        sides = sums.cost if item.subject is StatedSubject.COST else sums.funding
        if item.subject not in _SUBJECTS or (key, None) not in sides:
            continue
        if item.amount != recomputed(sums, item):
            year = str(item.year) if item.year else say("budget.total")
            differing[key].append(f"{year}: {euro(item.amount, say.lang, cents=True)}")
    return {key: "; ".join(texts) for key, texts in differing.items()}


def _columns(table: _Table, say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("code", say("versions.code")),
        column(CostLine, "title", say.lang),
        *(TableColumn(str(year), str(year), "money") for year in table.years),
        TableColumn("total", say("budget.total"), "money"),
        *([column(CostLine, "eligible", say.lang, "flag")] if table.tells_eligible else []),
        *([TableColumn("printed", say("versions.printed_differs"))] if table.printed else []),
    )


def _rows(nodes: Nodes, sums: Sums, table: _Table) -> Iterator[Row]:
    for node, level, _ in nodes:
        if (node.key, None) in sums:
            yield _row(node.key, _INDENT * level + node.title, (node.key, sums), table)


def _whole(nodes: Nodes, title: str, sums: Sums, table: _Table) -> Iterator[Row]:
    """The sum of all, unless a single line above all others says it already."""
    tops = [node.key for node, level, _ in nodes if level == 0]
    if (None, None) in sums and not (len(tops) == 1 and sums.get((tops[0], None)) == sums[None, None]):
        yield _row("", title, (None, sums), table)


def _row(code: str, title: str, place: tuple[str | None, Sums], table: _Table) -> Row:
    key, sums = place
    return (
        code,
        title,
        *(sums.get((key, year)) for year in (*table.years, None)),
        *([table.eligible.get(code)] if table.tells_eligible else []),
        *([table.printed.get(key if code else None)] if table.printed else []),
    )


def _eligible_row(reader: Reader, version: PlanVersion, table: _Table, say: Words) -> Iterator[Row]:
    """What of the cost counts towards the grant, where not all of it does."""
    if table.tells_eligible:
        sums = cost_sums(reader, version.key, (), eligible=True)
        yield _row("", say("versions.total_eligible"), (None, sums), table)


def _message(version: PlanVersion, lines: Sequence[CodedLine], sums: Sums, say: Words) -> str:
    """The whole, and the largest of the topmost lines that tell it apart."""
    total = sums[None, None]
    for depth in range(1 + max(level for _, level, _ in lines)):
        tops = [line for line, level, _ in lines if level == depth and (line.key, None) in sums]
        if len(tops) > 1:
            break
    values: dict[str, Any] = {"version": version.title, "total": euro_short(total, say.lang)}
    if not tops or total <= ZERO:
        return say("versions.tree_plain", **values)
    largest = max(tops, key=lambda line: sums[line.key, None])
    part = sums[largest.key, None]
    return say(
        "versions.tree_message",
        **values,
        title=largest.title,
        amount=euro_short(part, say.lang),
        share=percent(share(part, total), say.lang),
    )


def _note(table: _Table, say: Words) -> str:
    parts = [say("versions.sums_of_leaves")]
    if not table.tells_eligible:
        parts.append(say("versions.all_eligible"))
    if table.sums.inside != table.sums.funding:
        parts.append(say("versions.funding_inside"))
    return " ".join(parts)
