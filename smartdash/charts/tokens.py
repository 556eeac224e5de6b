"""Colour tokens of the light and the dark mode, and the contrast formula that they are checked with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Mode = Literal["light", "dark"]
Status = Literal["on_track", "at_risk", "critical", "done", "planned", "unknown"]

FONT = "Smartdash Sans"

STATUS_SIGNS: Mapping[Status, str] = MappingProxyType(
    {"on_track": "●", "at_risk": "▲", "critical": "■", "done": "✓", "planned": "○", "unknown": "–"}
)
"""The sign of each status; the shapes differ so that a status also reads in a black-and-white copy."""

_STATUS_TOKENS: Mapping[Status, str] = MappingProxyType(
    {
        "on_track": "ok",
        "at_risk": "warn",
        "critical": "crit",
        "done": "done",
        "planned": "idle",
        "unknown": "idle",
    }
)


@dataclass(frozen=True)
class Tokens:
    """The colours of one mode as "#RRGGBB".

    `border` is decorative; `axis`, `category` and the status colours carry meaning and reach 3:1 on `background`.
    `action` is the ground of a button whose text is white in both modes (4.5:1).
    A `..._tint` is the fill under a text in the colour of the same name (4.5:1). Plan is drawn as an outline in
    `plan_stroke`, actual as solid `actual_fill`, forecast as `forecast_fill` with a dashed `forecast_stroke`.
    `sequential` (10) and `diverging` (10) run from low to high; a text in the colour `text_on` returns is readable
    on every step of `sequential`.
    """

    background: str
    surface: str
    border: str
    axis: str
    text: str
    muted: str
    brand: str
    action: str
    category: tuple[str, ...]
    ok: str
    ok_tint: str
    warn: str
    warn_tint: str
    crit: str
    crit_tint: str
    done: str
    done_tint: str
    idle: str
    idle_tint: str
    plan_stroke: str
    actual_fill: str
    forecast_fill: str
    forecast_stroke: str
    deviation_below: str
    deviation_above: str
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]


LIGHT = Tokens(
    background="#FFFFFF",
    surface="#F3F6F9",
    border="#D3DBE3",
    axis="#6B7885",
    text="#14212D",
    muted="#4B5A68",
    brand="#0F4C81",
    action="#0F4C81",
    category=("#0F4C81", "#D1600A", "#4D9783", "#4A1640", "#8D73D1", "#5F6B74"),
    ok="#1A7A45",
    ok_tint="#E6F4EC",
    warn="#9A5B00",
    warn_tint="#FFF1D9",
    crit="#B4232A",
    crit_tint="#FCE8E8",
    done="#0F4C81",
    done_tint="#E5EEF7",
    idle="#5F6F7E",
    idle_tint="#EEF1F4",
    plan_stroke="#14212D",
    actual_fill="#0F4C81",
    forecast_fill="#CFE0F0",
    forecast_stroke="#0F4C81",
    deviation_below="#0F4C81",
    deviation_above="#D1600A",
    sequential=(
        "#E5EEF7", "#CDDBEA", "#B5C8DD", "#9EB6D0", "#87A4C3",
        "#7092B6", "#4D79A6", "#3B6A9A", "#275B8E", "#0F4C81",
    ),
    diverging=(
        "#8F3F00", "#AB6842", "#C59172", "#DFBBA4", "#F8E6D6",
        "#DCE8F4", "#A8BFD7", "#7798BB", "#46729E", "#0F4C81",
    ),
)  # fmt: skip

DARK = Tokens(
    background="#0E1720",
    surface="#182430",
    border="#2D3C4A",
    axis="#8494A3",
    text="#EAF0F5",
    muted="#AEBBC7",
    brand="#7DB8EC",
    action="#3476B4",
    category=("#7DB8EC", "#F5A04C", "#B4FBFA", "#B07280", "#6983DD", "#FEE296"),
    ok="#5CCB8C",
    ok_tint="#15382A",
    warn="#F2B84B",
    warn_tint="#3D2E10",
    crit="#FF8A85",
    crit_tint="#452022",
    done="#7DB8EC",
    done_tint="#17324B",
    idle="#A9B7C4",
    idle_tint="#26333F",
    plan_stroke="#EAF0F5",
    actual_fill="#7DB8EC",
    forecast_fill="#17324B",
    forecast_stroke="#7DB8EC",
    deviation_below="#7DB8EC",
    deviation_above="#F5A04C",
    sequential=(
        "#1D3144", "#2F4559", "#41596F", "#526D86", "#7F9BB3",
        "#8DA9C1", "#9AB8CF", "#A8C6DD", "#B6D4EC", "#C4E3FA",
    ),
    diverging=(
        "#F5A04C", "#C38243", "#946439", "#67482E", "#3D2E22",
        "#1D3144", "#33506A", "#4A7193", "#6394BF", "#7DB8EC",
    ),
)  # fmt: skip


def tokens(mode: Mode) -> Tokens:
    """Return the colour tokens of a mode."""
    return LIGHT if mode == "light" else DARK


def status_colour(tokens: Tokens, status: Status) -> str:
    """Return the colour of a status; raises KeyError for an unknown status."""
    return str(getattr(tokens, _STATUS_TOKENS[status]))


def status_tint(tokens: Tokens, status: Status) -> str:
    """Return the fill under a text in the colour of the status; raises KeyError for an unknown status."""
    return str(getattr(tokens, f"{_STATUS_TOKENS[status]}_tint"))


def text_on(tokens: Tokens, fill: str) -> str:
    """Return the text or the background colour, whichever is easier to read on `fill`."""
    return max((tokens.text, tokens.background), key=lambda colour: contrast(colour, fill))


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio (1 to 21) of two colours "#RRGGBB".

    Source: WCAG 2.2, definitions "contrast ratio" and "relative luminance": (L1 + 0.05) / (L2 + 0.05), L1 the lighter.
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
