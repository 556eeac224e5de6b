"""The figure: one message with its chart, the same values as a table, and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from altair.typing import ChartType

from smartdash.charts.tokens import Tokens
from smartdash.locale import Language

Kind = Literal["text", "day", "whole", "number", "percent", "money", "status", "flag"]
"""How a value is written: `percent` is a fraction of one, `money` euro to the cent, `status` a code
shown as sign and word."""

Value = str | date | Decimal | int | bool | None
Row = tuple[Value, ...]
ChartMaker = Callable[[Tokens], ChartType]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a figure's table: its name in code, its heading, how its values are written, what it means."""

    name: str
    label: str
    kind: Kind = "text"
    unit: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One key number as a tile: label, the number as the reader sees it, and what it relates to."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a figure offers, such as what it is grouped by.

    `name` stands in addresses and on the command line; `values` maps what may be chosen to the word for it, the
    default first; `chosen` is one of them.
    """

    name: str
    label: str
    values: Mapping[str, str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a builder makes of the data: the sentence with the number in it, the table, and how to draw it.

    `unit` says in what the chart counts, `alt` describes the chart to who cannot see it, `note` states a limit the
    reader must know. `tiles` are shown instead of a chart. `options` are the choices it was made with. With `cards`, a
    page shows each row as a card under its first value, because a table would cut off its long texts; with `matrix`
    its texts stand beside each other there, each under its column's heading. With `prose`, a page shows each row as a
    paragraph under its first value. `confined` says that something in it stays in the house.
    """

    message: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    chart: ChartMaker | None = None
    alt: str = ""
    note: str = ""
    tiles: tuple[Tile, ...] = ()
    options: tuple[Option, ...] = ()
    cards: bool = False
    matrix: bool = False
    prose: bool = False
    confined: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A draft with everything that makes it traceable: scope, sources, revision, and whether it is fictional.

    `public` says that what only the administration may see was left out.
    `confined` says that something in it stays in the house, so that it is made anew for a file.
    `missing` names the record types that have to be brought in before there is anything to show.
    """

    key: str
    title: str
    draft: Draft
    missing: tuple[str, ...]
    sources: tuple[str, ...]
    programme: str
    programme_title: str
    as_of: date
    revision: int
    public: bool
    demo: bool
    lang: Language
    confined: bool = False
