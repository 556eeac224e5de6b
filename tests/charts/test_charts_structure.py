from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from smartdash.charts.structure import ExistenceRow, OutlineRow, existence_chart, outline_chart
from smartdash.charts.timeline import Span, instant
from smartdash.charts.tokens import DARK, LIGHT


def rows_of(chart: Any, mark: str) -> list[list[dict[str, Any]]]:
    spec = chart.to_dict()
    found = [layer["data"] for layer in spec["layer"] if layer["mark"]["type"] == mark]
    return [data["values"] if "values" in data else spec["datasets"][data["name"]] for data in found]


def body(key: str) -> OutlineRow:
    return OutlineRow("body", key, key=key, details={"Name": key})


def test_connectors_to_one_target_share_a_lane_and_each_has_one_arrow() -> None:
    rows = [OutlineRow("heading", "Steuert", "4"), *(body(key) for key in "abcd")]
    chart = outline_chart(rows, [("b", "a"), ("c", "a"), ("d", "c"), ("d", "d"), ("a", "elsewhere")], LIGHT)
    assert [len(points) for points in rows_of(chart, "point")] == [1, 1]
    lengths = sorted(len(rules) for rules in rows_of(chart, "rule"))
    assert lengths == [1, 1, 1, 2, 3]  # the heading's rule, two lanes, the stubs of both


def test_no_connector_crosses_a_heading_and_no_more_than_six_lanes_are_drawn() -> None:
    keys = [f"b{number}" for number in range(10)]
    rows = [OutlineRow("heading", "Steuert"), *(body(key) for key in keys)]
    pairs = [(origin, target) for origin in keys for target in keys]
    spec = outline_chart(rows, pairs, DARK).to_dict()
    assert len([layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]) == 6
    gutter = next(layer["encoding"]["x"]["value"] for layer in spec["layer"] if layer["mark"]["type"] == "text")
    places = [layer["encoding"]["x"]["value"] for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert max(places) < gutter < 340 / 4


def test_without_connectors_the_text_begins_at_the_edge() -> None:
    spec = outline_chart([OutlineRow("heading", "Steuert"), body("a")], [], LIGHT).to_dict()
    assert {layer["mark"]["type"] for layer in spec["layer"]} == {"rule", "text", "rect"}


def test_open_ends_reach_the_edge_and_the_state_decides_the_look() -> None:
    span = Span(date(2026, 1, 1), date(2027, 1, 1))
    details = {"Was": "x"}
    rows = [
        ExistenceRow("A", "", None, None, None, {}),
        ExistenceRow("→ alt", "", None, date(2026, 2, 28), "past", details, inner=True),
        ExistenceRow("→ jetzt", "", date(2026, 3, 1), None, "current", details, inner=True),
        ExistenceRow("B", "", date(2026, 9, 1), None, "coming", details),
    ]
    chart = existence_chart(rows, span, date(2026, 6, 30), "Stand", LIGHT)
    bars = [rows[0] for rows in rows_of(chart, "bar")]
    assert [(bar["start"], bar["end"]) for bar in bars] == [
        (instant(date(2026, 1, 1)), instant(date(2026, 3, 1))),
        (instant(date(2026, 3, 1)), instant(date(2027, 1, 1))),
        (instant(date(2026, 9, 1)), instant(date(2027, 1, 1))),
    ]
    assert all(first["bottom"] < then["top"] for first, then in pairwise(bars))
