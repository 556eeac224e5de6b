"""The simulation of ranks: 2,000 runs over 56 cities and 9 indicators, as Potsdam's figures run it."""

from __future__ import annotations

import time
from decimal import Decimal
from random import Random
from statistics import median

from smartdash.analysis.rank_robustness import Yardstick, robustness

_SIZES = ((56, 9), (500, 20))
_REPEATS = 15


def rank_table() -> str:
    """The table of medians, with a group that is far larger than any beside it."""
    lines = [
        f"Ranks under 2,000 drawn weights, 3 normalisations and 2 aggregations, median of {_REPEATS}; "
        "aim: at most 200 ms for 56 × 9",
        f"{'cities × indicators':<28}{'ms':>8}",
    ]
    for cities, indicators in _SIZES:
        lines.append(f"{f'{cities} × {indicators}':<28}{_seconds(cities, indicators) * 1000:>8.0f}")
    return "\n".join(lines)


def _seconds(count: int, indicators: int) -> float:
    random = Random(1)
    cities = [f"c{place}" for place in range(count)]
    yardsticks = [
        Yardstick(f"y{place}", Decimal(1), place % 3 > 0, (Decimal(0), Decimal(100))) for place in range(indicators)
    ]
    values = {(city, item.key): Decimal(random.randrange(1001)) / 10 for city in cities for item in yardsticks}
    taken = []
    for _ in range(_REPEATS):
        begin = time.perf_counter()
        robustness(cities, yardsticks, values, own=cities[0])
        taken.append(time.perf_counter() - begin)
    return median(taken)


if __name__ == "__main__":
    print(rank_table())
