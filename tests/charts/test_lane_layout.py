from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from smartdash.charts.lane_layout import Bars, Lane, Mark, bars_in, marks_in, place_bars, place_marks, rows_of
from smartdash.charts.packing import packed
from smartdash.charts.timeline import Span

YEAR = Span(date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("intervals", "rows"),
    [
        ([], []),
        ([(0, 1)], [0]),
        ([(0, 1), (1, 2)], [0, 0]),
        ([(0, 2), (1, 3)], [0, 1]),
        ([(0, 5), (1, 2), (2, 3), (4, 6)], [0, 1, 1, 1]),
        ([(3, 4), (0, 1)], [0, 0]),
        ([(0, 9), (1, 9), (2, 9)], [0, 1, 2]),
        ([(1, 1), (1, 1)], [0, 0]),
        ([(1, 1), (0, 2)], [0, 1]),
    ],
    ids=["none", "one", "touching", "overlapping", "first free row", "any order", "nested", "empty", "empty within"],
)
def test_what_overlaps_goes_to_rows_of_its_own(intervals: list[tuple[float, float]], rows: list[int]) -> None:
    assert packed(intervals) == rows


def test_no_two_of_one_row_overlap_and_there_are_no_more_rows_than_needed() -> None:
    intervals = sorted((float(index * 37 % 101), float(index * 37 % 101 + 3 + index % 17)) for index in range(200))
    rows = packed(intervals)
    for row in set(rows):
        inside = sorted(interval for interval, place in zip(intervals, rows, strict=True) if place == row)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(inside))
    most = max(sum(start <= at < end for start, end in intervals) for at, _ in intervals)
    assert max(rows) + 1 == most


def mark(day: date, text: str, last: date | None = None) -> Mark:
    return Mark((day, last or day), "event", True, text, day.isoformat()[5:], {})


def bars(first: date, last: date, text: str) -> Bars:
    return Bars((first, last), None, None, {}, text=text)


def test_texts_are_written_where_there_is_room_and_shortened_where_there_is_not() -> None:
    wide = [mark(date(2026, month, 1), "Auftakt") for month in (1, 6, 10)]
    assert [(item.row, item.text) for item in place_marks(wide, YEAR, 2)] == [(0, "Auftakt")] * 3
    close = [mark(date(2026, 3, day), "Ein Workshop mit Namen") for day in (1, 3, 5)]
    assert [item.text for item in place_marks(close, YEAR, 2)] == ["03-01", "03-03", "03-05"]
    many = [mark(date(2026, 3, 1) + timedelta(days=day), "Termin") for day in range(30)]
    assert {item.text for item in place_marks(many, YEAR, 2)} == {""}


def test_a_text_never_leaves_the_chart() -> None:
    name = "Der Rat beschließt die Verstetigung des Programms"
    first, last, middle = place_marks([mark(day, name) for day in (YEAR.first, YEAR.end, date(2026, 7, 1))], YEAR, 3)
    assert (first.side, last.side) == ("right", "left")
    assert middle.text.endswith("…")
    whole = place_bars([bars(date(2025, 1, 1), date(2028, 1, 1), name)], YEAR, 1)
    assert whole[0].side == "inside"


def test_bars_of_one_lane_stand_in_rows_by_their_first_day() -> None:
    late, early = bars(date(2026, 6, 1), date(2026, 12, 31), ""), bars(date(2026, 1, 1), date(2026, 8, 1), "")
    beyond = bars(date(2027, 1, 1), date(2027, 2, 1), "")
    shown = bars_in(Lane("A", bars=(late, beyond, early)), YEAR)
    assert shown == [early, late]
    assert [item.row for item in place_bars(shown, YEAR, 1)] == [0, 1]


def test_marks_on_one_day_hide_nothing() -> None:
    leap = date(2024, 2, 29)
    week = Span(date(2024, 2, 26), date(2024, 3, 4))
    marks = marks_in(Lane("A", marks=(mark(leap, "B"), mark(leap, "A"), mark(date(2024, 3, 4), "C"))), week)
    placed = place_marks(marks, week, 1)
    assert [item.row for item in placed] == [0, 1]
    assert rows_of([]) == 0
