from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import altair as alt

from smartdash.charts.committees import (
    BodyRow,
    ConflictRow,
    SessionMark,
    SessionRow,
    bodies_chart,
    conflicts_chart,
    sessions_chart,
)
from smartdash.charts.picture import svg
from smartdash.charts.timeline import Span, instant
from smartdash.charts.tokens import LIGHT, status_colour

SPAN = Span(date(2026, 1, 1), date(2026, 7, 1))
AS_OF = date(2026, 3, 1)
DETAILS = {"Gremium (kurz)": "Rat"}


def layers(chart: alt.LayerChart, mark: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The mark of each layer of a kind with each of its rows."""
    spec: dict[str, Any] = chart.to_dict()
    for layer in spec["layer"]:
        if layer["mark"]["type"] == mark:
            for row in spec["datasets"][layer["data"]["name"]]:
                yield layer["mark"], row


def points(chart: alt.LayerChart) -> list[tuple[str, date, str]]:
    """Shape, day and fill of every mark."""
    days = {instant(day): day for day in (SPAN.first + timedelta(days=place) for place in range(200))}
    return [(mark["shape"], days[row["start"]], row["fill"]) for mark, row in layers(chart, "point")]


def texts(chart: alt.LayerChart) -> dict[str, str]:
    """Each text beside a mark with its alignment."""
    return {row["text"]: mark["align"] for mark, row in layers(chart, "text") if "text" in row}


def bars(chart: alt.LayerChart) -> list[str]:
    """The colour of each bar."""
    return [mark["color"] for mark, _ in layers(chart, "bar")]


def session(day: date, deadline: date | None, text: str, cancelled: bool = False) -> SessionRow:
    return SessionRow("Rat", "■ fehlt", "critical", deadline, day, text, cancelled, DETAILS)


def test_a_session_has_its_deadline_before_it_and_its_text_where_there_is_room() -> None:
    rows = [
        session(date(2026, 2, 10), date(2026, 2, 1), "früh"),
        session(date(2026, 6, 10), date(2026, 6, 1), "spät"),
        session(date(2026, 4, 1), None, "ohne Frist"),
        session(date(2026, 5, 1), date(2026, 4, 20), "abgesagt", cancelled=True),
    ]
    chart = sessions_chart(rows, SPAN, AS_OF, "Stand", LIGHT)
    assert sorted(points(chart)) == [
        ("circle", date(2026, 2, 10), LIGHT.background),
        ("circle", date(2026, 4, 1), LIGHT.background),
        ("circle", date(2026, 6, 10), LIGHT.background),
        ("cross", date(2026, 5, 1), LIGHT.muted),
        ("diamond", date(2026, 2, 1), status_colour(LIGHT, "critical")),
        ("diamond", date(2026, 6, 1), status_colour(LIGHT, "critical")),
    ]
    assert bars(chart) == [status_colour(LIGHT, "critical")] * 2
    assert texts(chart) == {"früh": "left", "spät": "right", "ohne Frist": "left", "abgesagt": "right"}
    assert chart.to_dict()["height"] == 4 * 46 + 20
    assert "Stand" in svg(chart.to_dict())


def test_bodies_are_solid_where_a_paper_was_dealt_with() -> None:
    marks = (
        SessionMark(date(2026, 2, 1), True, False, DETAILS),
        SessionMark(date(2026, 3, 1), False, False, DETAILS),
        SessionMark(date(2026, 4, 1), False, True, DETAILS),
    )
    chart = bodies_chart(
        [BodyRow("Beirat", "", False, ()), BodyRow("Rat", "still", True, marks)], SPAN, AS_OF, "S", LIGHT
    )
    assert sorted(points(chart)) == [
        ("circle", date(2026, 2, 1), LIGHT.actual_fill),
        ("circle", date(2026, 3, 1), LIGHT.background),
        ("cross", date(2026, 4, 1), LIGHT.muted),
    ]
    assert svg(chart.to_dict())


def test_a_clash_without_a_second_date_has_no_bar_and_without_any_only_its_name() -> None:
    days = ((date(2026, 2, 1), date(2026, 3, 1)), (date(2026, 2, 1), None), (None, None))
    rows = [
        ConflictRow(f"Phase {place}", "zu spät", "■", "critical", needed, found, f"text {place}", DETAILS)
        for place, (needed, found) in enumerate(days)
    ]
    chart = conflicts_chart(rows, SPAN, AS_OF, "Stand", LIGHT)
    assert [shape for shape, _, _ in sorted(points(chart))] == ["circle", "diamond", "diamond"]
    assert len(bars(chart)) == 1
    assert set(texts(chart)) == {"text 0", "text 1"}
    assert "Phase 2" in svg(chart.to_dict())
