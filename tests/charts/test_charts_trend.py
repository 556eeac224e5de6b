"""The trend chart: every report has its mark, every milestone its name, and no name covers another."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from smartdash.charts.timeline import Span
from smartdash.charts.tokens import DARK, LIGHT
from smartdash.charts.trend import TrendLine, TrendPoint, trend_chart

ACROSS = Span(date(2026, 1, 1), date(2026, 9, 1))
UP = Span(date(2026, 1, 1), date(2027, 1, 1))
DETAILS = {"Meilenstein": "M"}


def line(name: str, *reports: tuple[date, date], reached: date | None = None) -> TrendLine:
    points = tuple(TrendPoint(day, forecast, DETAILS) for day, forecast in reports)
    return TrendLine(name, "critical", points, TrendPoint(reached, reached, DETAILS) if reached else None)


def spec(*lines: TrendLine, across: Span = ACROSS, up: Span = UP) -> dict[str, Any]:
    drawn = [trend_chart(lines, across, up, "erreicht", tokens).to_dict() for tokens in (LIGHT, DARK)]
    assert len(drawn[0]["layer"]) == len(drawn[1]["layer"])
    return drawn[0]


def rows(found: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """The rows of all data sets that have a field, each once."""
    sets = [item for item in found["datasets"].values() if item and field in item[0]]
    return [dict(row) for row in {tuple(sorted(row.items())): row for item in sets for row in item}.values()]


MARCH, JULY, OCTOBER = date(2026, 3, 1), date(2026, 7, 1), date(2026, 10, 1)


def test_a_line_joins_its_reports_and_the_day_it_was_reached_on() -> None:
    found = spec(line("A", (MARCH, JULY), (JULY, OCTOBER)), line("B", (MARCH, JULY), reached=JULY))
    assert len(rows(found, "line")) == 4
    assert [row["reached"] for row in rows(found, "line") if row["line"] == "1"] == [False, True]
    assert {row["label"] for row in rows(found, "label")} == {"A", "B", "erreicht"}


def test_a_report_after_the_day_reached_stands_to_its_right() -> None:
    path = line("A", (MARCH, JULY), (date(2026, 7, 20), JULY), reached=JULY).path
    assert [point.reported_on for point in path] == [MARCH, JULY, date(2026, 7, 20)]


@pytest.mark.parametrize("count", [1, 5, 60])
def test_names_at_one_height_are_moved_apart_and_stay_in_the_plot(count: int) -> None:
    found = spec(*(line(f"M{index}", (MARCH, OCTOBER)) for index in range(count)))
    height = found["height"]
    bottom, top = ((day - date(1970, 1, 1)) / timedelta(milliseconds=1) for day in (UP.first, UP.last))
    levels = sorted((top - row["level"]) / (top - bottom) * height for row in rows(found, "label"))
    assert len(levels) == count + 1
    assert all(after - before > 15.9 for before, after in pairwise(levels))
    assert levels[0] >= 0
    assert levels[-1] <= height


def test_without_a_common_day_there_is_no_line_of_what_is_reached() -> None:
    later = Span(date(2027, 1, 1), date(2028, 1, 1))
    found = spec(line("A", (MARCH, date(2027, 7, 1))), up=later)
    assert {row["label"] for row in rows(found, "label")} == {"A"}
