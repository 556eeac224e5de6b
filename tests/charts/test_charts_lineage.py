from __future__ import annotations

import pytest

from smartdash.charts.flow_layout import Box, Ribbon, layout, shortened
from smartdash.charts.lineage import Line, flow_chart, outline_chart
from smartdash.charts.picture import svg
from smartdash.charts.theme import framed
from smartdash.charts.tokens import LIGHT

HOSTILE = 'Ein „Satz“ mit "Anführung", \\ und \u2028 Trenner; datum["x"]'


def box(key: str, column: int, size: int, title: str = "") -> Box:
    return Box(key, column, title or f"Titel {key}", "Notiz", size, LIGHT.axis, LIGHT.muted, {"Was": title or key})


def ribbon(origin: str, target: str, size: int, detail: str = "x") -> Ribbon:
    return Ribbon(origin, target, size, LIGHT.axis, {"Von": detail})


def test_ribbons_leave_and_meet_their_boxes_one_below_the_other() -> None:
    boxes = [box("a", 0, 3), box("b", 0, 1), box("x", 1, 2), box("y", 1, 2)]
    ribbons = [ribbon("b", "y", 1), ribbon("a", "y", 1), ribbon("a", "x", 2)]
    found = layout(boxes, ribbons, [2, 1], most_lines=2)
    place = {item.box.key: item for item in found.boxes}
    first, second, third = found.ribbons
    assert (third.start, third.end) == (place["a"].upper, place["x"].upper)
    assert second.start == pytest.approx(third.start + third.thickness)
    assert first.end == pytest.approx(second.end + second.thickness)
    assert second.start + second.thickness <= place["a"].lower + 0.1
    assert (first.left, first.right) == (0.05, 2)
    assert found.edges == (0, 2, 3)


def test_a_column_with_room_to_spare_spreads_down_to_the_given_height() -> None:
    found = layout([box("a", 0, 1), box("b", 0, 1)], [], [1], most_lines=1, lowest=400)
    assert found.height == 400
    upper, lower = found.boxes
    assert lower.upper - upper.upper == pytest.approx((400 - 28) / 2)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("kurz", ("kurz",)),
        ("eins zwei drei", ("eins zwei", "drei")),
        ("eins zwei drei vier fünf", ("eins zwei", "drei vier…")),
        ("Baustellenkalender", ("Baustellenkalender",)),
    ],
)
def test_long_titles_are_wrapped_and_cut_where_they_have_no_more_room(text: str, lines: tuple[str, ...]) -> None:
    assert shortened(text, 10, 2) == lines


def drawn(width: int) -> str:
    chart = flow_chart(
        [box("a", 0, 1, HOSTILE), box("b", 1, 1)],
        [ribbon("a", "b", 1, HOSTILE)],
        [("Beitrag", 1), ("Ziel", 1)],
        [Line("Gliederung", 0, LIGHT.axis, value="12")],
        LIGHT,
        {"Beiträge": LIGHT.axis},
        most_lines=3,
    )
    return svg(framed(chart, LIGHT, "de", title="Titel", width=width))


def test_a_broad_picture_shows_the_flows_and_a_narrow_one_the_outline() -> None:
    broad, narrow = drawn(900), drawn(340)
    assert "Titel b" in broad
    assert "Anführung" in broad
    assert "Gliederung" not in broad
    assert "Gliederung" in narrow
    assert "12" in narrow
    assert "Titel b" not in narrow


def test_an_outline_shows_each_line_once_at_every_width() -> None:
    chart = outline_chart([Line("Erstens", 0, "", note="Notiz"), Line("Zweitens", 1, LIGHT.axis)], LIGHT)
    for width in (340, 900):
        picture = svg(framed(chart, LIGHT, "de", title="Titel", width=width))
        assert picture.count(">Erstens<") == picture.count(">Zweitens<") == picture.count(">Notiz<") == 1
