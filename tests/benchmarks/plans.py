"""Pages about money of a very large plan against those of Schwerin: opened for the first time, and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from smartdash.exchange.first_use import load_samples
from smartdash.model.declare import Record
from smartdash.model.money import (
    CostAmount,
    CostLine,
    FunderKind,
    FundingAmount,
    FundingSource,
    PlanStatus,
    PlanVersion,
    StatedSubject,
    StatedTotal,
)
from smartdash.model.shared import Programme, ProgrammeKind
from smartdash.store import Changes, Origin, Store
from tests.benchmarks.comparing import TURNS, page_comparison
from tests.browser.app_server import serve

_PAGES = ("budget", "cost_plan", "funding", "grant_rules", "scenarios")
_PROGRAMME, _SCHWERIN = "large", "schwerin-smart-city-2021"
_TOPS, _GROUPS, _LEAVES = 8, 12, 1896
"""Lines on the first level, on the second below each of them, and leaves below those: 2,000 in all."""
_YEARS = range(2026, 2036)
_VERSIONS = tuple(f"v{number}" for number in range(1, 6))


def plan_table(folder: Path) -> str:
    """The table of medians and ratios."""
    small, large = folder / "schwerin.duckdb", folder / "large.duckdb"
    for path in (small, large):
        for _ in load_samples(Store(path)):
            pass
    write_plan(Store(large))
    with ExitStack() as stack:
        return page_comparison(
            _PAGES,
            (_SCHWERIN, stack.enter_context(serve(folder, small))),
            (_PROGRAMME, stack.enter_context(serve(folder, large))),
            f"A plan of 2,000 lines × {len(_YEARS)} years × {len(_VERSIONS)} versions against Schwerin's, "
            f"median of {TURNS}; aim: at most 1.5 ×",
        )


def write_plan(store: Store) -> None:
    """A plan of 2,000 lines × 10 years × 5 versions whose costs equal its funding, with its printed totals."""
    records: dict[str, list[Record]] = defaultdict(list)
    for record in (Programme(programme=_PROGRAMME, key=_PROGRAMME, title="Großer Plan", municipality_name="Musterstadt",
                             kind=ProgrammeKind.PROGRAMME, demo=True), *_plan()):  # fmt: skip
        records[record.sheet.name].append(record)
    store.write(Changes(_PROGRAMME, records), author="benchmark", reason="large plan", origin=Origin("benchmark"))


def _plan() -> Iterator[Record]:
    parents = {f"{top}": None for top in range(1, _TOPS + 1)} | {
        f"{top}.{group}": f"{top}" for top, group in product(range(1, _TOPS + 1), range(1, _GROUPS + 1))
    }
    below = [key for key, parent in parents.items() if parent]
    leaves = {f"{below[n % len(below)]}.{n // len(below) + 1}": below[n % len(below)] for n in range(_LEAVES)}
    for key, parent in {**parents, **leaves}.items():
        yield CostLine(programme=_PROGRAMME, key=key, title=f"Position {key}", parent=parent)
    kinds = list(FunderKind)
    for number, kind in enumerate(kinds, 1):
        yield FundingSource(programme=_PROGRAMME, key=f"F{number}", title=f"Quelle {number}", kind=kind)
    for place, version in enumerate(_VERSIONS):
        yield PlanVersion(
            programme=_PROGRAMME,
            key=version,
            title=f"Fassung {place + 1}",
            status=PlanStatus.AMENDMENT if place else PlanStatus.APPLICATION,
            valid_from=date(2026, 1 + place, 1),
            supersedes=_VERSIONS[place - 1] if place else None,
        )
        yield from _amounts(place, version, leaves)


def _amounts(place: int, version: str, leaves: dict[str, str]) -> Iterator[Record]:
    totals: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for number, (leaf, parent) in enumerate(leaves.items()):
        for year in _YEARS:
            amount = Decimal(100_000 + (number * 7919 + year * 31 + (place * 101 if number % 9 == 0 else 0)) % 900_000)
            amount /= 100
            for key in (parent, parent.split(".")[0], ""):
                totals[key, year] += amount
            yield CostAmount(programme=_PROGRAMME, plan_version=version, cost_line=leaf, year=year, amount=amount)
    for (key, year), amount in totals.items():
        if key:
            yield StatedTotal(programme=_PROGRAMME, plan_version=version, code=key, label=f"Position {key}",
                              subject=StatedSubject.COST, cost_line=key, year=year, amount=amount)  # fmt: skip
            continue
        part = (amount / len(FunderKind)).quantize(Decimal("0.01"))
        for number in range(1, len(FunderKind) + 1):
            given = part if number > 1 else amount - part * (len(FunderKind) - 1)
            yield FundingAmount(programme=_PROGRAMME, plan_version=version, funding_source=f"F{number}", year=year,
                                amount=given)  # fmt: skip


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        print(plan_table(Path(place)))
