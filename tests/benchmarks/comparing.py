"""Pages of a very large programme against those of a usual one: opened for the first time, and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from statistics import median

from tests.benchmarks.pages import session
from tests.browser.app_server import Server

TURNS = 7
_WARM_UP = 1
_LAST_DAY = date(2026, 11, 25)


def page_comparison(pages: Sequence[str], small: tuple[str, Server], large: tuple[str, Server], heading: str) -> str:
    """A line per page with the median milliseconds of both programmes and their ratio; `heading` comes first."""
    measured = _measured(pages, dict((small, large)))
    names = [f"{kind} {what}" for kind in ("first", "again") for what in ("small ms", "large ms", "ratio")]
    lines = [heading, f"{'page':<16}" + "".join(f"{text:>16}" for text in names)]
    for page in pages:
        cells = []
        for kind in ("first", "again"):
            usual, huge = (measured[page, programme, kind] for programme, _ in (small, large))
            cells += [f"{usual * 1000:>16.0f}", f"{huge * 1000:>16.0f}", f"{huge / usual:>16.2f}"]
        lines.append(f"{page:<16}" + "".join(cells))
    return "\n".join(lines)


def _measured(pages: Sequence[str], servers: Mapping[str, Server]) -> dict[tuple[str, str, str], float]:
    """Median seconds by page, programme and "first" or "again".

    The first opening is a new visitor who asks for a day that nobody has asked for, so that nothing is kept for it.
    """
    found: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for turn in range(_WARM_UP + TURNS):
        day = _LAST_DAY - timedelta(days=turn)
        for page, (programme, server) in product(pages, servers.items()):
            with session(server, page, f"programme={programme}&as_of={day}") as visitor:
                first, again = visitor.rerun()[0], median(visitor.rerun()[0] for _ in range(3))
            if turn >= _WARM_UP:
                found[page, programme, "first"].append(first)
                found[page, programme, "again"].append(again)
    return {name: median(runs) for name, runs in found.items()}
