"""The look of every chart: Vega-Lite configuration, and complete specifications for export and for the browser.

The configuration is written into each specification. Altair's own theme registry is not used: it belongs to the whole
process, while language and mode belong to one reader.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt
from altair.typing import ChartType
from babel import Locale

from smartdash.charts.tokens import FONT, Tokens
from smartdash.locale import Language

Spec = dict[str, Any]

BASE_SIZE = 13
DEFAULT_WIDTH = 640

# Smartdash Sans is on average 0.45 as wide as high; a little more, so that a wrapped line never passes the edge.
_CHARACTER_WIDTH = 0.48
_TOP_LEVEL_ONLY = ("$schema", "autosize", "background", "config", "datasets", "padding", "usermeta")
_LEGEND_CHANNELS = ("color", "fill", "stroke", "opacity", "shape", "size", "strokeDash")


def theme_config(tokens: Tokens, lang: Language) -> Spec:
    """Return the Vega-Lite `config` of a mode and a language.

    The number and time locale travel in it, so that browser and export write `$,.0f` as "1.705.000 €" or "€1,705,000",
    `.1%` as "90,4 %" or "90.4%" and `%b %Y` as "Okt. 2022" or "Oct 2022".
    """
    return {
        "locale": {"number": _number_locale(lang), "time": _time_locale(lang)},
        "font": FONT,
        "background": tokens.background,
        "padding": {"left": 4, "top": 4, "right": 12, "bottom": 4},
        "view": {"stroke": None, "continuousWidth": DEFAULT_WIDTH, "continuousHeight": 300},
        **_text_config(tokens),
        **_axis_config(tokens),
        **_mark_config(tokens),
    }


def framed(
    chart: ChartType,
    tokens: Tokens,
    lang: Language,
    *,
    title: str,
    subtitle: str = "",
    footer: str = "",
    width: int | None = None,
) -> Spec:
    """Return the specification of a picture to export: the chart with its title, unit line and source line.

    Works for single, layered, faceted and concatenated charts. Long texts are wrapped.

    Args:
        chart: The chart without a title of its own.
        tokens: The colours, the same that the chart was made with.
        lang: The language of numbers and dates on the axes.
        title: The message of the chart as a sentence.
        subtitle: What is shown, and in which unit.
        footer: Source and as-of date, below the chart.
        width: Width of the plot in pixels; a chart of several plots keeps the widths of its plots.
    """
    inner = chart.to_dict()
    spec = {key: inner.pop(key) for key in _TOP_LEVEL_ONLY if key in inner}
    spec["config"] = _merged(theme_config(tokens, lang), _own_config(chart))
    # The sizing of the browser ("container", "fit-x") has no meaning in a picture.
    spec.pop("autosize", None)
    shared, own = _split_parameters(inner.pop("params", []))
    if shared:
        spec["params"] = shared
    if own:
        inner["params"] = own
    if _is_single_view(inner) and (width is not None or inner.get("width", "container") == "container"):
        inner["width"] = width or DEFAULT_WIDTH
    plot_width = width or inner.get("width", DEFAULT_WIDTH)
    text_width = plot_width if isinstance(plot_width, int | float) else DEFAULT_WIDTH
    header: Spec = {"text": _lines(title, BASE_SIZE + 4, text_width)}
    if subtitle:
        header["subtitle"] = _lines(subtitle, BASE_SIZE, text_width)
    # Independent scales keep a legend with its chart; shared ones would draw it above the title.
    resolve = {"scale": dict.fromkeys(_LEGEND_CHANNELS, "independent")}
    spec["vconcat"] = [{"vconcat": [inner], "title": header, "resolve": resolve}]
    spec["resolve"] = resolve
    if footer:
        spec["title"] = _footer(footer, tokens, text_width)
    return spec


def screen_spec(chart: ChartType, tokens: Tokens, lang: Language) -> Spec:
    """Return the specification for the browser: transparent, and as wide as its container where it is one plot.

    It is not held against the schema of Vega-Lite, which takes longer than all the rest: a visitor could do nothing.
    """
    spec = chart.to_dict(validate=False)
    spec["config"] = _merged(theme_config(tokens, lang), _own_config(chart))
    spec["config"]["background"] = "transparent"
    spec["background"] = "transparent"
    if _is_single_view(spec):
        spec["width"] = "container"
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec


def _number_locale(lang: Language) -> Spec:
    if lang == "de":
        return {
            "decimal": ",",
            "thousands": ".",
            "grouping": [3],
            "currency": ["", "\u00a0€"],
            "percent": "\u00a0%",
            "minus": "\u2212",
        }
    return {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""], "minus": "\u2212"}


def _time_locale(lang: Language) -> Spec:
    names = Locale("de", "DE") if lang == "de" else Locale("en", "GB")
    months, weekdays = names.months["format"], names.days["format"]
    # Babel counts the week from Monday, d3 from Sunday.
    sunday_first = (6, 0, 1, 2, 3, 4, 5)
    return {
        "dateTime": "%A, %-d. %B %Y, %H:%M" if lang == "de" else "%A, %-d %B %Y, %H:%M",
        "date": "%d.%m.%Y" if lang == "de" else "%-d %b %Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": [weekdays["wide"][index] for index in sunday_first],
        "shortDays": [weekdays["abbreviated"][index] for index in sunday_first],
        "months": [months["wide"][index] for index in range(1, 13)],
        "shortMonths": [months["abbreviated"][index] for index in range(1, 13)],
    }


def _text_config(tokens: Tokens) -> Spec:
    return {
        "title": {
            "font": FONT,
            "fontSize": BASE_SIZE + 4,
            "fontWeight": 600,
            "color": tokens.text,
            "anchor": "start",
            "frame": "bounds",
            "offset": 14,
            "subtitleFont": FONT,
            "subtitleFontSize": BASE_SIZE,
            "subtitleColor": tokens.muted,
            "subtitlePadding": 5,
        },
        "header": {
            "labelFont": FONT,
            "labelFontSize": BASE_SIZE,
            "labelColor": tokens.text,
            "titleFont": FONT,
            "titleFontSize": BASE_SIZE,
            "titleColor": tokens.muted,
        },
        "legend": {
            "orient": "top",
            "direction": "horizontal",
            "labelFont": FONT,
            "labelFontSize": BASE_SIZE,
            "labelColor": tokens.text,
            "labelLimit": 320,
            "title": None,
            "titleFont": FONT,
            "titleFontSize": BASE_SIZE,
            "titleColor": tokens.muted,
            "symbolType": "square",
            "symbolSize": 130,
            "columnPadding": 18,
            "offset": 10,
        },
        "text": {"font": FONT, "fontSize": BASE_SIZE, "color": tokens.text},
    }


def _axis_config(tokens: Tokens) -> Spec:
    return {
        "axis": {
            "labelFont": FONT,
            "labelFontSize": BASE_SIZE,
            "labelColor": tokens.muted,
            "labelPadding": 6,
            "titleFont": FONT,
            "titleFontSize": BASE_SIZE,
            "titleFontWeight": 400,
            "titleColor": tokens.muted,
            "titlePadding": 10,
            "domainColor": tokens.axis,
            "tickColor": tokens.axis,
            "gridColor": tokens.border,
            "gridWidth": 1,
        },
        "axisX": {"grid": False, "labelAngle": 0, "zindex": 1},
        "axisY": {"domain": False, "ticks": False},
        "axisBand": {"ticks": False},
        "axisQuantitative": {"tickCount": 4},
    }


def _mark_config(tokens: Tokens) -> Spec:
    return {
        "range": {
            "category": list(tokens.category),
            "ordinal": list(tokens.sequential),
            "ramp": list(tokens.sequential),
            "heatmap": list(tokens.sequential),
            "diverging": list(tokens.diverging),
        },
        # The outline in the colour of the ground is the white joint between stacked parts.
        "bar": {"fill": tokens.actual_fill, "stroke": tokens.background, "strokeWidth": 1},
        "line": {"stroke": tokens.actual_fill, "strokeWidth": 2.5},
        "point": {"fill": tokens.actual_fill, "filled": True, "size": 70},
        "rule": {"color": tokens.axis},
    }


def _footer(text: str, tokens: Tokens, width: float) -> Spec:
    return {
        "text": _lines(text, BASE_SIZE - 2, width),
        "orient": "bottom",
        "fontSize": BASE_SIZE - 2,
        "fontWeight": 400,
        "color": tokens.muted,
    }


def _lines(text: str, size: int, width: float) -> list[str]:
    # A no-break space must keep a value at its unit; textwrap breaks at ordinary white space only.
    return wrap(text, max(20, int(width / (size * _CHARACTER_WIDTH))), break_long_words=False)


def _own_config(chart: ChartType) -> Spec:
    """Return what the chart itself configures, without what a registered Altair theme would add."""
    own: Any = getattr(chart, "config", alt.Undefined)
    if own is alt.Undefined:
        return {}
    return dict(own) if isinstance(own, dict) else dict(own.to_dict())


def _merged(base: Spec, over: Spec) -> Spec:
    """Return `base` with the values of `over` laid on top, key by key at every depth."""
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def _split_parameters(parameters: list[Spec]) -> tuple[list[Spec], list[Spec]]:
    """Return (parameters that Vega-Lite takes at the top level only, parameters that stay with their plot)."""
    shared = [entry for entry in parameters if "select" not in entry or "views" in entry]
    return shared, [entry for entry in parameters if entry not in shared]


def _is_single_view(spec: Spec) -> bool:
    encoding = spec.get("encoding", {})
    return ("mark" in spec or "layer" in spec) and not {"row", "column", "facet"} & set(encoding)
