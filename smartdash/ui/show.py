"""A figure on a page: message, chart, table, source line and downloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from smartdash.charts.picture import png, svg
from smartdash.charts.tokens import tokens
from smartdash.figures import Figure
from smartdash.figures.figure import TableColumn, Value
from smartdash.figures.output import as_csv, picture_spec, source_line, written
from smartdash.locale.numbers import EMPTY
from smartdash.model import RECORDS
from smartdash.model.declare import AREAS
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.options import chosen_options, offer_options
from smartdash.ui.view import View

_NUMERIC = ("money", "number", "whole", "percent")
_ROW_HEIGHT = 35
_MOST_ROWS = 14
_MOST_SOURCES = 2
_MOST_BESIDE = 5
"""So many texts of a matrix stand beside each other; on a phone they stand one below the other."""
_LONG = 20
"""Characters from which on a text needs a column of some width."""


def show(view: View, key: str, programme: str | None = None) -> None:
    """Show a figure of the catalogue for the chosen scope, or what it misses."""
    scope = view.scope(programme)
    made = opened.figure(scope, key, view.lang, chosen_options(key))
    if made.missing:
        show_missing(view, [made])
    else:
        draw(view, scope, made)


def draw(view: View, scope: Scope, made: Figure, chosen: opened.Chosen | None = None) -> None:
    """Draw a figure that has data: message, chart, table and source line.

    With `chosen`, the page has chosen the values of its options, and the figure offers none.
    """
    # Streamlit's own buttons at charts and tables offer files; the style hides them at confined figures.
    name = f"{'confined_' if made.confined else ''}{made.key.replace('.', '_')}"
    with st.container(border=True, key=f"figure_{name}"):
        st.markdown(f"### {plain(made.draft.message)}")
        st.caption(" · ".join(plain(text) for text in (made.title, made.draft.unit) if text))
        if chosen is None:
            offer_options(made)
            chosen = chosen_options(made.key)
        if made.draft.tiles:
            _tiles(made)
        spec = opened.chart(scope, made.key, view.lang, view.mode, chosen)
        if spec:
            st.vega_lite_chart(spec, theme=None, width="stretch", alt=made.draft.alt or made.draft.message)
        if made.draft.note:
            st.caption(plain(made.draft.note))
        if made.draft.rows:
            if spec or made.draft.tiles:
                _table_on_demand(view, made)
            elif made.draft.matrix:
                _matrix(made)
            elif made.draft.prose:
                _prose(made)
            elif made.draft.cards:
                _cards(made)
            else:
                table(made)
        _foot(view, scope, made, chosen)


def show_missing(view: View, figures: Sequence[Figure]) -> None:
    """Which figures have no data yet, on which sheets it belongs, and how to bring it in."""
    say = view.say
    with st.container(border=True, key=f"missing_{figures[0].key.replace('.', '_')}"):
        st.markdown(f"### {say('ui.missing')}")
        for made in figures:
            sheets = ", ".join(RECORDS[name].sheet.label(view.lang) for name in made.missing)
            st.markdown(f"- **{plain(made.title)}**: {plain(say('ui.missing_sheets', sheets=sheets))}")
        names = [name for made in figures for name in made.missing]
        areas = dict.fromkeys(AREAS[RECORDS[name].sheet.area].label(view.lang) for name in names)
        st.caption(say("ui.bring_in", areas=", ".join(areas)))
        if not view.presentation:
            st.page_link("pages/data.py", label=say("ui.to_data"), icon=":material/arrow_forward:")


def _tiles(made: Figure) -> None:
    with st.container(horizontal=True):
        for tile in made.draft.tiles:
            with st.container(border=True, width=240, height="stretch", gap=None):
                st.caption(plain(tile.label))
                st.markdown(f"#### {plain(tile.value)}")
                st.caption(plain(tile.note) if tile.note else "\u00a0")


def _prose(made: Figure) -> None:
    """Each row as a paragraph under its first value."""
    for title, text in made.draft.rows:
        st.markdown(f"**{plain(str(title))}**  \n{plain(str(text))}")


def _cards(made: Figure) -> None:
    """Each row as a card: its first value as heading, its texts in lines of their own, days and numbers below."""
    (_, *columns), cells = made.draft.columns, made.draft.rows
    for title, *values in cells:
        given = [
            (f"**{plain(column.label)}:** {plain(written(value, column, made.lang))}", column.kind == "text")
            for column, value in zip(columns, values, strict=True)
            if value is not None
        ]
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"#### {plain(str(title))}")
            for line, text in given:
                if text:
                    st.markdown(line)
            if short := [line for line, text in given if not text]:
                st.caption(" · ".join(short))


def _matrix(made: Figure) -> None:
    """Each row as a card: its first value as heading, its texts beside each other under the headings of the columns."""
    (_, *columns), cells = made.draft.columns, made.draft.rows
    for title, *values in cells:
        given = [pair for pair in zip(columns, values, strict=True) if pair[1] is not None]
        lines = -(-len(given) // _MOST_BESIDE)
        beside = -(-len(given) // lines)
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"#### {plain(str(title))}")
            for first in range(0, len(given), beside):
                for place, (column, value) in zip(st.columns(beside), given[first : first + beside], strict=False):
                    with place, st.container(gap=None):
                        st.caption(plain(column.label))
                        st.markdown(plain(written(value, column, made.lang)))


def _table_on_demand(view: View, made: Figure) -> None:
    """The table behind an expander; its rows travel to the browser only when somebody opens it."""
    holder = st.expander(view.say("ui.table"), icon=":material/table:", key=f"table_{made.key}", on_change="rerun")
    if holder.open:
        with holder:
            table(made)


def table(made: Figure) -> None:
    """The table of a figure, written in the figure's language and sorted by its raw values."""
    columns = made.draft.columns
    values = {column.name: [row[place] for row in made.draft.rows] for place, column in enumerate(columns)}
    mixed = {name for name, cells in values.items() if len({isinstance(cell, str) for cell in cells if cell}) > 1}
    frame = pd.DataFrame(
        {
            column.name: [
                written(cell, column, made.lang) if column.name in mixed else _raw(cell) for cell in values[column.name]
            ]
            for column in columns
        }
    )
    texts: dict[Any, Any] = {column.name: _Writer(column, made) for column in columns if column.name not in mixed}
    st.dataframe(
        frame.style.format(texts, na_rep=EMPTY),
        hide_index=True,
        width="stretch",
        # The height of a row grows with the letters of the presentation.
        height="content" if len(frame) <= _MOST_ROWS else (_MOST_ROWS + 1) * _ROW_HEIGHT + 3,
        column_config={column.name: _column_config(column, values[column.name]) for column in columns},
        placeholder=EMPTY,
        alt=made.title,
    )


class _Writer:
    """Writes the values of a column as `written` does; pandas hands it raw values."""

    def __init__(self, column: TableColumn, made: Figure) -> None:
        self.column = column
        self.lang = made.lang

    def __call__(self, value: Any) -> str:
        if value is None or value != value:
            return EMPTY
        if isinstance(value, float):
            value = Decimal(int(value)) if value.is_integer() else Decimal(str(value))
        return written(value, self.column, self.lang)


def _raw(value: Value) -> Any:
    """A value as pandas can sort it: amounts as floats, for the eye only; the writer rounds them to the cent."""
    return float(value) if isinstance(value, Decimal) else value


def _column_config(column: TableColumn, values: Sequence[Value]) -> Any:
    label = f"{column.label} ({column.unit})" if column.unit and column.kind == "money" else column.label
    if column.kind in _NUMERIC:
        return st.column_config.Column(label, alignment="right", help=column.help or None)
    # Streamlit would make a column of mostly empty cells too narrow for the few long texts in it.
    sparse = None in values and any(isinstance(value, str) and len(value) > _LONG for value in values)
    return st.column_config.Column(label, width="medium" if sparse else None, help=column.help or None)


def _foot(view: View, scope: Scope, made: Figure, chosen: opened.Chosen) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(source_line(made, _MOST_SOURCES)), width="stretch")
        if view.presentation:
            return
        if len(made.sources) > _MOST_SOURCES:
            with st.popover(view.say("ui.sources"), icon=":material/menu_book:", type="tertiary", width="content"):
                st.markdown("\n".join(f"- {plain(source)}" for source in made.sources))
        # What only the house may see is not offered as an empty file.
        file = opened.figure(replace(scope, for_export=True), made.key, view.lang, chosen) if made.confined else made
        if not file.draft.rows and not file.draft.chart:
            return
        with st.popover(view.say("ui.download"), icon=":material/download:", type="tertiary", width="content"):
            _downloads(view, scope, file, chosen, confined=made.confined)


def _downloads(view: View, scope: Scope, made: Figure, chosen: opened.Chosen, *, confined: bool) -> None:
    """The figure as files, made anew of what may leave the house; `confined`: which is not all that is seen."""

    def leaving() -> Figure:
        return opened.figure(replace(scope, for_export=True), made.key, view.lang, chosen)

    if confined:
        st.caption(view.say("ui.confined_download"))
    name = f"{made.programme}_{made.key.replace('.', '-')}_{made.as_of:%Y-%m-%d}" + ("_demo" if made.demo else "")
    if made.draft.rows:
        st.download_button(
            view.say("ui.as_csv"),
            data=lambda: ("\ufeff" + as_csv(leaving())).encode(),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"csv_{made.key}",
            on_click="ignore",
            width="stretch",
        )
    if made.draft.chart:
        st.download_button(
            view.say("ui.as_png"),
            data=lambda: png(picture_spec(leaving(), tokens("light"), width=900), scale=2),
            file_name=f"{name}.png",
            mime="image/png",
            key=f"png_{made.key}",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            view.say("ui.as_svg"),
            data=lambda: svg(picture_spec(leaving(), tokens("light"), width=900)).encode(),
            file_name=f"{name}.svg",
            mime="image/svg+xml",
            key=f"svg_{made.key}",
            on_click="ignore",
            width="stretch",
        )
