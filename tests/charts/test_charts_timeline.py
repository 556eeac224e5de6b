from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from smartdash.charts.lane_layout import Bars, Days, Lane, Mark
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.swimlanes import swimlanes_chart
from smartdash.charts.timeline import DayPatterns, Span, instant, noon, span_of, tick_days, ticks
from smartdash.charts.tokens import DARK, LIGHT, Tokens


def layers(chart: Any, mark: str) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]


def values(chart: Any, layer: dict[str, Any]) -> list[dict[str, Any]]:
    inline = layer["data"]
    if "values" in inline:
        return list(inline["values"])
    return list(chart.to_dict()["datasets"][inline["name"]])


def texts(chart: Any, field: str) -> set[str]:
    return {row[field] for layer in layers(chart, "text") for row in values(chart, layer) if field in row}


@pytest.mark.parametrize(
    ("days", "as_of", "expected"),
    [
        ([], date(2026, 1, 1), None),
        ([None], date(2026, 1, 1), None),
        ([date(2024, 2, 29)], date(2026, 1, 1), (date(2024, 2, 1), date(2024, 3, 1))),
        ([date(2022, 7, 1), date(2022, 10, 31)], date(2022, 8, 1), (date(2022, 7, 1), date(2022, 11, 1))),
        ([date(2022, 7, 1), date(2022, 10, 31)], date(2022, 11, 5), (date(2022, 7, 1), date(2022, 12, 1))),
        ([date(2022, 7, 1), date(2022, 10, 31)], date(2026, 1, 1), (date(2022, 7, 1), date(2022, 11, 1))),
        ([date(2022, 7, 1), date(2022, 12, 31)], date(2022, 6, 30), (date(2022, 6, 1), date(2023, 1, 1))),
    ],
    ids=["none", "unknown", "leap day", "as-of inside", "as-of soon after", "as-of years after", "as-of before"],
)
def test_the_span_is_in_whole_months_and_takes_in_a_near_as_of_date(
    days: list[date | None], as_of: date, expected: tuple[date, date] | None
) -> None:
    span = span_of(days, as_of)
    assert (span and (span.first, span.last)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2022, 7, 1), date(2022, 8, 1), [date(2022, 7, 1)]),
        (date(2022, 7, 1), date(2022, 11, 1), [date(2022, month, 1) for month in (7, 8, 9, 10)]),
        (date(2025, 1, 1), date(2027, 1, 1), [date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1), date(2026, 7, 1)]),
        (date(2021, 1, 1), date(2029, 1, 1), [date(year, 1, 1) for year in range(2021, 2029)]),
    ],
    ids=["one month", "four months", "two years", "eight years"],
)
def test_ticks_adapt_to_the_span_and_leave_room_for_the_last_label(
    first: date, last: date, expected: list[date]
) -> None:
    ticks, _ = tick_days(Span(first, last))
    assert ticks == expected


@pytest.mark.parametrize("months", range(1, 240, 7))
def test_labels_never_overlap_on_a_phone(months: int) -> None:
    index = 2021 * 12 + months
    span = Span(date(2021, 1, 1), date(index // 12, index % 12 + 1, 1))
    ticks, step = tick_days(span)
    places = [span.share(day) * 340 for day in ticks]
    width = 34 if step >= 12 else 58
    gaps = [later - earlier for earlier, later in zip(places, [*places[1:], 350], strict=True)]
    assert ticks
    assert len(ticks) == 1 or min(gaps) >= width


def test_a_day_is_drawn_where_it_is_in_every_time_zone() -> None:
    assert instant(date(2024, 3, 1)) - instant(date(2024, 2, 28)) == 2 * 86_400_000


PATTERNS = DayPatterns("%a|%-d.%-m.", "KW %-V|%-d.%-m.")


@pytest.mark.parametrize(
    ("first", "last", "pattern", "expected"),
    [
        (date(2024, 2, 26), date(2024, 3, 4), "%a|%-d.%-m.", [date(2024, 2, 26), date(2024, 2, 29), date(2024, 3, 3)]),
        (date(2026, 8, 1), date(2026, 9, 1), "KW %-V|%-d.%-m.", [date(2026, 8, 3), date(2026, 8, 10)]),
        (date(2026, 7, 1), date(2026, 10, 1), "%b %Y", [date(2026, 7, 1), date(2026, 8, 1)]),
        (date(2026, 1, 1), date(2027, 1, 1), "Q%q %Y", [date(2026, 1, 1), date(2026, 4, 1)]),
        (date(2020, 1, 1), date(2030, 1, 1), "%Y", [date(2020, 1, 1), date(2022, 1, 1)]),
    ],
    ids=["week with a leap day", "month", "quarter", "year", "decade"],
)
def test_each_zoom_names_what_it_is_read_by(first: date, last: date, pattern: str, expected: list[date]) -> None:
    days, found = ticks(Span(first, last, PATTERNS))
    assert found == pattern
    assert set(expected) <= set(days)


@pytest.mark.parametrize("length", range(1, 46))
def test_days_and_weeks_never_overlap_on_a_phone(length: int) -> None:
    span = Span(date(2026, 8, 1), date.fromordinal(date(2026, 8, 1).toordinal() + length), PATTERNS)
    days, pattern = ticks(span)
    places = [span.share(day) * 340 for day in days]
    width = 34 if "%a" in pattern else 48
    assert all(later - earlier >= width - 0.5 for earlier, later in pairwise(places))


def test_days_beyond_the_calendar_do_not_stretch_the_axis() -> None:
    span = span_of([date(206, 1, 1), date(9999, 12, 31)], date(2026, 1, 1))
    assert span == Span(date(1990, 1, 1), date(2100, 1, 1))


def lane(label: str, planned: Days | None = None, **given: Any) -> Lane:
    bars = Bars(
        planned, given.pop("actual", None), given.pop("expected", None), {"Phase": label}, given.pop("first", None)
    )
    return Lane(label, "● planmäßig", "on_track", bars=(bars,) if bars.known else (), **given)


def mark(day: date, text: str = "Ziel", last: date | None = None, **given: Any) -> Mark:
    return Mark(
        (day, last or day), given.pop("shape", "milestone"), given.pop("passed", False), text, "", {"Ziel": text}
    )


JULY = (date(2022, 7, 1), date(2022, 7, 31))
SUMMER = Span(date(2022, 7, 1), date(2022, 9, 1))


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_a_lane_shows_plan_as_outline_actual_solid_and_expected_dashed(tokens: Tokens) -> None:
    lanes = [lane("A", JULY, actual=JULY, first=(date(2022, 6, 1), date(2022, 7, 5))), lane("A.1", JULY, expected=JULY)]
    chart = swimlanes_chart(lanes, SUMMER, date(2022, 8, 1), "Stand 01.08.2022", tokens)
    first, expected, actual, plan = layers(chart, "bar")
    assert [len(values(chart, layer)) for layer in (first, expected, actual, plan)] == [1, 1, 1, 2]
    assert (plan["mark"]["fillOpacity"], plan["mark"]["stroke"]) == (0, tokens.plan_stroke)
    assert actual["mark"]["fill"] == tokens.actual_fill
    assert expected["mark"]["strokeDash"] == [4, 3]
    drawn = values(chart, plan)[0]
    assert (drawn["start"], drawn["end"]) == (instant(date(2022, 7, 1)), instant(date(2022, 8, 1)))
    assert values(chart, first)[0]["start"] == instant(date(2022, 7, 1)), "the first plan is cut at the edge"
    assert texts(chart, "label") == {"A", "A.1", "Stand 01.08.2022"}


def test_what_goes_on_beyond_the_edge_has_an_arrow_there() -> None:
    def arrows(*days: date) -> list[str]:
        chart = swimlanes_chart([lane("A", (days[0], days[1]))], SUMMER, None, "", LIGHT)
        shapes = [layer["mark"].get("shape", "") for layer in layers(chart, "point")]
        return [shape.removeprefix("triangle-") for shape in shapes]

    assert arrows(date(2022, 7, 1), date(2022, 8, 31)) == []
    assert arrows(date(2022, 6, 30), date(2022, 8, 31)) == ["left"]
    assert arrows(date(2020, 1, 1), date(2029, 12, 31)) == ["left", "right"]


def test_a_gate_has_a_second_outline_and_a_cancelled_session_a_sign_of_its_own() -> None:
    marks = (mark(date(2022, 7, 5)), mark(date(2022, 8, 5), shape="gate"), mark(date(2022, 8, 20), shape="cancelled"))
    chart = swimlanes_chart([Lane("A", marks=marks)], SUMMER, None, "", LIGHT)
    ring, points = layers(chart, "point")
    assert [row["start"] for row in values(chart, ring)] == [noon(date(2022, 8, 5))]
    assert len({row["shape"] for row in values(chart, points)}) == 2
    assert len(values(chart, points)) == 3


def test_several_days_are_a_bar_from_a_mark_on_the_first() -> None:
    event = mark(date(2022, 7, 30), last=date(2022, 8, 2), shape="event")
    chart = swimlanes_chart([Lane("A", marks=(event,))], SUMMER, None, "", LIGHT)
    (bar,), (point,) = layers(chart, "bar"), layers(chart, "point")
    assert values(chart, bar)[0]["end"] == instant(date(2022, 8, 3))
    assert values(chart, point)[0]["start"] == noon(date(2022, 7, 30))
    later = swimlanes_chart([Lane("A", marks=(event,))], Span(date(2022, 8, 1), date(2022, 9, 1)), None, "", LIGHT)
    assert [layer["mark"]["shape"] for layer in layers(later, "point")] == ["triangle-left"]


def test_sixty_lanes_keep_their_distance_and_repeat_the_axis_below() -> None:
    lanes = [lane(f"Phase {number}", JULY, marks=(mark(date(2022, 8, 5)),)) for number in range(60)]
    chart = swimlanes_chart(lanes, SUMMER, date(2022, 8, 1), "Stand", LIGHT)
    spec = chart.to_dict()
    (plan,) = layers(chart, "bar")
    tops = [row["top"] for row in values(chart, plan)]
    assert len(tops) == 60
    assert min(later - earlier for earlier, later in pairwise(tops)) >= 40
    assert spec["height"] > tops[-1]
    assert any("transform" in layer for layer in spec["layer"])
    assert len(str(spec)) < 100_000


def test_bars_stack_their_parts_and_leave_out_empty_ones() -> None:
    bars = [
        Bar("A", (Part(3, "#000000", "3"), Part(0, "#111111", "0"), Part(1, "")), "3 von 4", {"Titel": "A"}),
        Bar("B", (Part(0, "#000000"),), "0", {"Titel": "B"}, mark=5),
    ]
    chart = bar_chart(bars, LIGHT, {"fertig": "#000000", "offen": ""})
    (shapes,) = layers(chart, "bar")
    assert [(part["start"], part["end"], part["fill"]) for part in values(chart, shapes)] == [
        (0, 3, "#000000"),
        (3, 4, "transparent"),
    ]
    assert shapes["encoding"]["x"]["scale"]["domain"] == [0, 5]
    assert '"transparent": "offen"' in shapes["encoding"]["fill"]["legend"]["labelExpr"]
    assert texts(chart, "note") == {"3 von 4", "0"}
