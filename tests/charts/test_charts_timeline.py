from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.schedule import Diamond, PhaseRow, phases_chart
from smartdash.charts.timeline import Span, instant, span_of, tick_days
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


def row(label: str, **given: Any) -> PhaseRow:
    parts = {"planned": None, "actual": None, "expected": None, "depth": 0, "diamonds": (), **given}
    return PhaseRow(label=label, note="● planmäßig", status="on_track", details={"Phase": label}, **parts)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_phases_show_plan_as_outline_actual_solid_and_expected_dashed(tokens: Tokens) -> None:
    days = (date(2022, 7, 1), date(2022, 7, 31))
    rows = [row("A", planned=days, actual=days), row("A.1", planned=days, expected=days, depth=1)]
    span = Span(date(2022, 7, 1), date(2022, 9, 1))
    chart = phases_chart(rows, span, date(2022, 8, 1), "Stand 01.08.2022", tokens)
    expected, actual, plan = layers(chart, "bar")
    assert [len(values(chart, layer)) for layer in (expected, actual, plan)] == [1, 1, 2]
    assert (plan["mark"]["fillOpacity"], plan["mark"]["stroke"]) == (0, tokens.plan_stroke)
    assert actual["mark"]["fill"] == tokens.actual_fill
    assert expected["mark"]["strokeDash"] == [4, 3]
    drawn = values(chart, plan)[0]
    assert (drawn["start"], drawn["end"]) == (instant(date(2022, 7, 1)), instant(date(2022, 8, 1)))
    assert texts(chart, "label") == {"A", "A.1", "Stand 01.08.2022"}


def test_dates_of_close_milestones_do_not_overlap_but_all_diamonds_are_drawn() -> None:
    days = [date(2022, 7, 1), date(2022, 7, 2), date(2022, 8, 15), date(2022, 8, 31)]
    diamonds = tuple(Diamond(day, day.isoformat(), False, {"Meilenstein": "M"}) for day in days)
    span = Span(date(2022, 7, 1), date(2022, 9, 1))
    chart = phases_chart([row("A", diamonds=diamonds)], span, date(2026, 1, 1), "heute", LIGHT)
    (points,) = layers(chart, "point")
    assert len(values(chart, points)) == 4
    assert texts(chart, "text") == {"2022-07-01", "2022-08-15", "2022-08-31"}
    assert "heute" not in texts(chart, "label")


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
