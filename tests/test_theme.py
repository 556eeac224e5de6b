"""The look: one set of colours, enough contrast, German and English charts, pictures that hold their text."""

from __future__ import annotations

import re
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from altair.typing import ChartType
from PIL import Image
from streamlit import config as streamlit_config

from smartdash.charts.picture import png, svg
from smartdash.charts.theme import framed, screen_spec, theme_config
from smartdash.charts.tokens import (
    DARK,
    LIGHT,
    STATUS_SIGNS,
    Status,
    Tokens,
    contrast,
    status_colour,
    status_tint,
    text_on,
    tokens,
)

ROOT = Path(__file__).parent.parent
MODES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
GERMAN_MONTHS = {
    "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
}  # fmt: skip


def settings() -> dict[str, Any]:
    """Return the settings of the server."""
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def bars() -> alt.Chart:
    """Return monthly amounts that reach 1,705,000."""
    rows = pd.DataFrame(
        {
            "month": pd.date_range("2022-01-01", periods=12, freq="MS"),
            "amount": [1_705_000 * share / 12 for share in range(1, 13)],
            "kind": ["A", "B"] * 6,
        }
    )
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X("month:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=12, labelOverlap=False)),
            y=alt.Y("amount:Q", title=None, axis=alt.Axis(format=",.0f", values=[0, 1_705_000])),
            color=alt.Color("kind:N", title=None),
        )
    )
    return chart


def selectable() -> alt.Chart:
    """Return a chart with a selection and a plain parameter."""
    selection = alt.selection_point(name="kind", fields=["kind"])
    return bars().add_params(selection, alt.param(name="limit", value=3))


CHARTS: dict[str, ChartType] = {
    "plain": bars(),
    "layered": alt.layer(bars(), bars().mark_line()),
    "concatenated": alt.vconcat(bars(), bars()),
    "faceted": bars().facet("kind:N", columns=2),
    "rows": bars().encode(row="kind:N"),
    "with parameters": selectable(),
    "concatenated with parameters": alt.vconcat(selectable(), bars()),
}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#000000", 21.0),
        ("#777777", "#777777", 1.0),
        ("#767676", "#FFFFFF", 4.54),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == pytest.approx(expected, abs=0.005)


def test_a_chart_with_a_mistake_in_one_part_is_not_written_out() -> None:
    wrong = alt.Chart().mark_bar(opacity="half").encode(x=alt.X("x:Q"))
    with pytest.raises(alt.utils.schemapi.SchemaValidationError):
        framed(alt.layer(wrong), LIGHT, "de", title="T")


@MODES
def test_texts_and_marks_reach_the_promised_contrast(colours: Tokens) -> None:
    for ground in (colours.background, colours.surface):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.muted, ground) >= 4.5
        assert contrast(colours.brand, ground) >= 4.5
        assert contrast(colours.axis, ground) >= 3
        for colour in (*colours.category, colours.deviation_above, colours.deviation_below):
            assert contrast(colour, ground) >= 3, colour
    assert contrast(colours.action, "#FFFFFF") >= 4.5
    assert contrast(colours.action, colours.background) >= 3
    assert contrast(colours.plan_stroke, colours.background) >= 7
    assert contrast(colours.forecast_stroke, colours.forecast_fill) >= 4.5
    assert min(contrast(text_on(colours, fill), fill) for fill in colours.sequential) >= 4.5


@MODES
@pytest.mark.parametrize("status", get_args(Status))
def test_status_is_readable_on_page_and_tint(colours: Tokens, status: Status) -> None:
    colour = status_colour(colours, status)
    for ground in (colours.background, colours.surface, status_tint(colours, status)):
        assert contrast(colour, ground) >= 4.5, ground


def test_every_status_has_a_sign_of_its_own() -> None:
    assert set(STATUS_SIGNS) == set(get_args(Status))
    assert len(set(STATUS_SIGNS.values())) == len(STATUS_SIGNS)


def test_unknown_status_has_no_colour() -> None:
    with pytest.raises(KeyError):
        status_colour(LIGHT, "green")  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_page_colours_are_the_tokens(mode: Any) -> None:
    page, colours = settings()["theme"][mode], tokens(mode)
    expected: dict[str, Any] = {
        "primaryColor": colours.action,
        "backgroundColor": colours.background,
        "secondaryBackgroundColor": colours.surface,
        "textColor": colours.text,
        "linkColor": colours.brand,
        "borderColor": colours.border,
        "dataframeBorderColor": colours.border,
        "dataframeHeaderBackgroundColor": colours.surface,
        "dataframeHeaderTextColor": colours.muted,
        "chartCategoricalColors": list(colours.category),
        "chartSequentialColors": list(colours.sequential),
        "chartDivergingColors": list(colours.diverging),
        "sidebar": {
            "backgroundColor": colours.surface,
            "secondaryBackgroundColor": colours.background,
            "textColor": colours.text,
            "primaryColor": colours.action,
            "borderColor": colours.border,
        },
    }
    names = {"red": "crit", "orange": "warn", "yellow": "warn", "green": "ok", "blue": "done", "gray": "idle"}
    for name, token in names.items():
        expected[f"{name}Color"] = expected[f"{name}TextColor"] = getattr(colours, token)
        expected[f"{name}BackgroundColor"] = getattr(colours, f"{token}_tint")
    assert page == expected


def test_every_setting_exists_in_streamlit() -> None:
    def check(section: str, table: dict[str, Any]) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                check(f"{section}.{key}", value)
            else:
                streamlit_config.get_option(f"{section}.{key}")  # raises RuntimeError for an unknown name

    for section, table in settings().items():
        check(section, table)


def test_server_is_closed_and_quiet() -> None:
    found = settings()
    assert found["server"]["address"] == "127.0.0.1"
    assert found["browser"]["gatherUsageStats"] is False
    assert found["client"]["showErrorDetails"] == "none"
    assert found["client"]["toolbarMode"] in {"viewer", "minimal"}


def test_fonts_of_the_page_are_served_with_their_licence() -> None:
    for face in settings()["theme"]["fontFaces"]:
        assert (ROOT / face["url"].removeprefix("app/")).read_bytes()[:4] == b"wOF2"
    assert "SIL Open Font License" in (ROOT / "static" / "OFL.txt").read_text(encoding="utf-8")


def test_locale_travels_in_the_configuration() -> None:
    german, english = (theme_config(LIGHT, lang)["locale"] for lang in ("de", "en"))
    assert german["number"]["currency"] == ["", "\u00a0€"]
    assert german["number"]["percent"] == "\u00a0%"
    assert german["time"]["days"][0] == "Sonntag"
    assert german["time"]["months"][2] == "März"
    assert english["number"]["currency"] == ["€", ""]
    assert english["time"]["shortMonths"][0] == "Jan"


@pytest.mark.parametrize("name", CHARTS)
def test_export_holds_title_source_and_german_text(name: str) -> None:
    spec = framed(
        CHARTS[name], LIGHT, "de", title="Kosten im Rahmen", subtitle="Kosten in €", footer="Quelle: Haushaltsplan"
    )
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg(spec))
    assert {"Kosten im Rahmen", "Kosten in €", "Quelle: Haushaltsplan", "1.705.000", "Dez. 2022"} <= set(texts)
    assert {text.removesuffix(" 2022") for text in texts if text.endswith(" 2022")} == GERMAN_MONTHS


def text_heights(drawn: str) -> dict[str, float]:
    """Return how far from the top each text of an SVG stands."""
    heights: dict[str, float] = {}

    def walk(element: ElementTree.Element, offset: float) -> None:
        shift = re.search(r"translate\([^,)]+,([^)]+)\)", element.get("transform", ""))
        offset += float(shift.group(1)) if shift else 0
        if element.text and element.tag.endswith("text"):
            heights[element.text] = offset
        for child in element:
            walk(child, offset)

    walk(ElementTree.fromstring(drawn), 0)
    return heights


@pytest.mark.parametrize("name", ["plain", "concatenated", "faceted"])
def test_title_stands_above_legend_above_axis_above_source(name: str) -> None:
    heights = text_heights(svg(framed(CHARTS[name], LIGHT, "de", title="Kosten", footer="Quelle")))
    assert heights["Kosten"] < heights["B"] < heights["Dez. 2022"] < heights["Quelle"]


def test_english_export_has_english_numbers_and_months() -> None:
    drawn = svg(framed(bars(), LIGHT, "en", title="Costs"))
    assert "1,705,000" in drawn
    assert "Dec 2022" in drawn


def test_long_title_is_wrapped_and_a_value_keeps_its_unit() -> None:
    title = " ".join(["Die Kosten von 1.705.000\u00a0€ bleiben im Rahmen"] * 5)
    spec = framed(bars(), LIGHT, "de", title=title, width=400)
    lines = spec["vconcat"][0]["title"]["text"]
    assert " ".join(lines) == title
    assert len(lines) > 2
    assert Image.open(BytesIO(png(spec, scale=1))).width < 520


def test_width_of_the_browser_is_replaced_in_a_picture() -> None:
    spec = framed(bars().properties(width="container"), LIGHT, "de", title="Kosten")
    assert spec["vconcat"][0]["vconcat"][0]["width"] == 640


def test_configuration_of_the_chart_goes_before_the_theme() -> None:
    spec = screen_spec(bars().configure_axis(labelFontSize=20), LIGHT, "de")
    assert spec["config"]["axis"]["labelFontSize"] == 20
    assert spec["config"]["axis"]["labelColor"] == LIGHT.muted
    assert spec["config"]["view"]["continuousWidth"] == 640


@pytest.mark.parametrize(
    ("name", "fills"), [("plain", True), ("layered", True), ("concatenated", False), ("rows", False)]
)
def test_screen_chart_is_transparent_and_fills_its_container(name: str, fills: bool) -> None:
    spec = screen_spec(CHARTS[name], DARK, "de")
    assert spec["background"] == "transparent"
    assert (spec.get("width") == "container") is fills
    assert spec["config"]["locale"]["number"]["thousands"] == "."


def text_only(font: str) -> dict[str, Any]:
    """Return a specification that draws nothing but a text."""
    return {
        "data": {"values": [{}]},
        "mark": {"type": "text", "text": "Maßnahme ✓ 1.705.000 €", "font": font, "fontSize": 20, "color": "#000000"},
        "width": 300,
        "height": 40,
        "config": {"view": {"stroke": None}},
    }


def test_picture_shows_text_in_our_font() -> None:
    ours, other = (Image.open(BytesIO(png(text_only(font)))).convert("L") for font in ("Smartdash Sans", "sans-serif"))
    assert min(ours.tobytes()) < 64, "the picture holds no text"
    assert ours.tobytes() != other.tobytes()


def test_picture_scale_gives_more_points() -> None:
    once, thrice = (Image.open(BytesIO(png(text_only("Smartdash Sans"), scale=scale))).width for scale in (1, 3))
    assert thrice == pytest.approx(3 * once, abs=3)


@MODES
def test_export_has_the_ground_of_its_mode(colours: Tokens) -> None:
    picture = Image.open(BytesIO(png(framed(bars(), colours, "de", title="Kosten"), scale=1))).convert("RGB")
    assert f"#{picture.crop((1, 1, 2, 2)).tobytes().hex().upper()}" == colours.background


def test_no_chart_reads_from_the_network() -> None:
    spec = {"data": {"url": "https://example.org/data.json"}, "mark": "bar"}
    with pytest.raises(ValueError, match=r"(?i)url"):
        svg(spec)
