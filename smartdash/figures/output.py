"""A figure in the formats the command line prints and the pages offer for download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.charts.theme import framed
from smartdash.charts.tokens import LIGHT, STATUS_SIGNS, Tokens
from smartdash.figures.figure import Figure, TableColumn, Value
from smartdash.locale import Language, words
from smartdash.locale.numbers import EMPTY, day, euro, number, percent
from smartdash.locale.texts import shortened
from smartdash.spreadsheet import protect

_WIDEST = 48


def written(value: Value, column: TableColumn, lang: Language) -> str:
    """A value as a reader sees it: German or English numbers and dates, `–` where there is none."""
    if value is None or value == "":
        return EMPTY
    if column.kind == "status":
        return f"{STATUS_SIGNS[value]} {words(lang)(f'status.{value}')}"  # type: ignore[index]
    if column.kind == "flag":
        return words(lang)("common.yes" if value else "common.no")
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, str):
        return value
    exact = Decimal(value)
    if column.kind == "money":
        return euro(exact, lang, cents=True)
    if column.kind == "percent":
        return percent(exact, lang)
    text = number(exact, lang)
    return f"{text}\u00a0{column.unit}" if column.unit else text


def source_line(figure: Figure, most: int | None = None) -> str:
    """Where the figure comes from: its sources (only `most` by name), the as-of date and the revision of the store."""
    say = words(figure.lang)
    message = "figure.public_stand" if figure.public else "figure.stand"
    stand = say(message, as_of=day(figure.as_of, figure.lang), revision=str(figure.revision))
    if not figure.sources:
        return say("figure.no_source", stand=stand)
    named = figure.sources[:most]
    sources = "; ".join(named)
    if further := len(figure.sources) - len(named):
        sources = say("figure.more_sources", sources=sources, n=further)
    return say("figure.source_line", sources=sources, stand=stand)


def chosen_line(figure: Figure) -> str:
    """What was chosen for the figure's options: "Gruppiert nach: Amt · Zeitraum: 2026"; empty where it has none."""
    return " · ".join(f"{option.label}: {option.values[option.chosen]}" for option in figure.draft.options)


def as_json(figure: Figure) -> dict[str, Any]:
    """The figure as plain data; amounts and other decimals are numbers, dates are ISO text."""
    return {
        "key": figure.key,
        "title": figure.title,
        "message": figure.draft.message,
        "unit": figure.draft.unit,
        "programme": figure.programme,
        "as_of": figure.as_of.isoformat(),
        "revision": figure.revision,
        "demo": figure.demo,
        "sources": list(figure.sources),
        "note": figure.draft.note,
        "options": {option.name: option.chosen for option in figure.draft.options},
        "missing": list(figure.missing),
        "columns": [
            {"name": column.name, "label": column.label, "kind": column.kind, "unit": column.unit}
            for column in figure.draft.columns
        ],
        "rows": [
            {column.name: plain_value(value) for column, value in zip(figure.draft.columns, row, strict=True)}
            for row in figure.draft.rows
        ],
    }


def plain_value(value: Any) -> Any:
    """A value as JSON holds it: decimals as numbers, dates as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def as_csv(figure: Figure) -> str:
    """The table as CSV with headings, raw numbers and ISO dates, and a `demo` column where it is fictional."""
    demo = ["Demo"] if figure.demo else []
    head = [column.label for column in figure.draft.columns]
    return csv_text(head + demo, ([*row, *demo] for row in figure.draft.rows))


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV that no spreadsheet takes for formulas: ISO dates, nothing for None, lists joined by commas."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    if isinstance(value, str):
        # A spreadsheet would begin a new row at a lone carriage return.
        return protect(value).replace("\r\n", "\n").replace("\r", "\n")
    return value.isoformat() if isinstance(value, date) else str(value)


def as_text(figure: Figure) -> str:
    """The figure for a terminal: message, table with aligned columns, note and source line."""
    say = words(figure.lang)
    head = [figure.title, figure.draft.message, *filter(None, [chosen_line(figure)])]
    if figure.demo:
        head.insert(0, say("figure.demo"))
    table = [[column.label for column in figure.draft.columns]] + [
        [_clip(written(value, column, figure.lang)) for value, column in zip(row, figure.draft.columns, strict=True)]
        for row in figure.draft.rows
    ]
    lines = aligned(table, [column.kind in ("money", "number", "whole", "percent") for column in figure.draft.columns])
    if lines:
        widths = [max(len(line[place]) for line in table) for place in range(len(figure.draft.columns))]
        lines.insert(1, "  ".join("-" * width for width in widths))
    tail = [text for text in (figure.draft.note, source_line(figure)) if text]
    return "\n".join([*head, "", *lines, *([""] if lines else []), *tail])


def aligned(table: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """The lines of a table of texts with columns of one width each, flush right where `right` says so."""
    widths = [max(len(line[place]) for line in table) for place in range(len(right))]
    return [
        "  ".join(
            text.rjust(width) if flush else text.ljust(width)
            for text, width, flush in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in table
        if line
    ]


def _clip(text: str) -> str:
    return shortened(" ".join(text.split()), _WIDEST)


def picture_spec(figure: Figure, tokens: Tokens = LIGHT, width: int | None = None) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification with title, unit line, Demo mark and source line.

    Raises:
        ValueError: the figure has no chart.
    """
    if figure.draft.chart is None:
        raise ValueError(f"the figure {figure.key} has no chart")
    subtitle = " · ".join(filter(None, [figure.draft.unit, chosen_line(figure)]))
    if figure.demo:
        subtitle = f"{words(figure.lang)('figure.demo')} – {subtitle}"
    return framed(
        figure.draft.chart(tokens),
        tokens,
        figure.lang,
        title=figure.draft.message,
        subtitle=f"{figure.programme_title}: {subtitle}",
        footer=source_line(figure),
        width=width,
    )
