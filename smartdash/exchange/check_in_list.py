"""The workbook in which several check-ins are filled in at once: what is known is locked, the rest is empty."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Border, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from smartdash.analysis.impediments import ImpedimentStanding
from smartdash.analysis.okr import KeyResultStanding
from smartdash.charts.tokens import LIGHT
from smartdash.exchange import looks
from smartdash.exchange.choice_lists import column_rule, list_rule
from smartdash.exchange.list_workbook import write_cell
from smartdash.exchange.names import LISTS
from smartdash.locale import Language, words
from smartdash.locale.numbers import day, number, percent
from smartdash.locale.texts import shortened
from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import Choice, DeclaredField, Record, fields
from smartdash.model.impediments import Impediment
from smartdash.model.okr import KeyResult, KeyResultKind
from smartdash.model.shared import Programme

KEY = "key_result"
IMPEDIMENT = "impediment"
NEW_IMPEDIMENT = ("title", "kind", "next_step", "due")
"""What a new impediment needs; the role is that of the key result."""
CONTEXT = ("objective", "title", "unit", "last", "target")
ASKED = ("reported_on", "number", "value", "zone", "confidence", "forecast", "comment")
SEPARATOR = " · "
"""Between the key and the title of an impediment in the drop-down."""

_NEW = "new_"
_TITLE_LENGTH = 60
_LOCKED = PatternFill("solid", start_color=LIGHT.idle_tint[1:])
_LINE = Side(style="thin", color=LIGHT.border[1:])
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WIDE = {"objective": 32, "title": 40, "target": 24, "last": 20, "comment": 40, IMPEDIMENT: 30}


@dataclass(frozen=True, slots=True)
class Known:
    """What a list is made from and compared with: the programme as of the day on which is reported."""

    programme: Programme
    standings: Sequence[KeyResultStanding]
    check_ins: Sequence[CheckIn]
    impediments: Sequence[ImpedimentStanding]
    today: date

    @property
    def unsolved(self) -> dict[str, ImpedimentStanding]:
        """The open impediments by key."""
        return {standing.impediment.key: standing for standing in self.impediments if standing.open}


def declared(record: type[Record], name: str) -> DeclaredField:
    """A field of a record type by its name."""
    return next(one for one in fields(record) if one.name == name)


def new_column(name: str) -> str:
    """The column that holds a field of a new impediment."""
    return f"{_NEW}{name}"


def headings(lang: Language) -> dict[str, str]:
    """The headings in their order by the name of the column."""
    say = words(lang)

    def label(record: type[Record], name: str) -> str:
        return declared(record, name).column.label(lang)

    new = say("check_in_bulk.new_impediment")
    return {
        KEY: label(KeyResult, "key"),
        "objective": label(KeyResult, "objective"),
        "title": label(CheckIn, "key_result"),
        "unit": label(KeyResult, "measured_in"),
        "last": say("check_in_bulk.last"),
        "target": label(KeyResult, "target"),
        **{name: label(CheckIn, name) for name in ASKED},
        IMPEDIMENT: say("check_in_bulk.open_impediment"),
        **{new_column(name): f"{new}: {label(Impediment, name)}" for name in NEW_IMPEDIMENT},
    }


def check_in_workbook(items: Sequence[KeyResultStanding], known: Known, lang: Language) -> bytes:
    """Return the workbook with a row per key result; the upload understands its headings in both languages.

    Only what is asked for can be typed into; the sheet has no password. Text stays text, also where it begins like a
    formula.

    Raises:
        ValueError: a text is longer than a cell can hold.
    """
    say, book = words(lang), Workbook()
    sheet = book.active
    sheet.title = CheckIn.sheet.label(lang)
    demo = known.programme.demo
    write_cell(
        sheet.cell(1, 1), say("check_in_bulk.list_title", programme=known.programme.title)
    ).font = looks.TITLE_FONT
    lines = [say(f"check_in_bulk.guide_{step}") for step in range(1, 4)]
    for row, line in enumerate([*lines, *([say("exchange.guide_demo")] if demo else [])], 2):
        write_cell(sheet.cell(row, 1), line)
    if demo:
        sheet.cell(len(lines) + 2, 1).font = looks.DEMO_FONT
    top = len(lines) + 4
    columns = headings(lang)
    for place, (name, heading) in enumerate(columns.items(), 1):
        looks.as_heading(write_cell(sheet.cell(top, place), heading))
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE.get(name, 16)
    for row, item in enumerate(items, top + 1):
        _write_row(sheet, row, item, known.today, columns, lang)
    _validate(book, sheet, (top + 1, max(top + len(items), top + 1)), known, columns, lang)
    sheet.freeze_panes = sheet.cell(top + 1, 4)
    looks.print_setup(sheet, lang, demo, repeat_heading=False)
    sheet.print_title_rows = f"{top}:{top}"
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.enable()
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_row(
    sheet: Worksheet, row: int, item: KeyResultStanding, today: date, columns: Mapping[str, str], lang: Language
) -> None:
    result = item.key_result
    filled: dict[str, Any] = {
        KEY: result.key,
        "objective": item.objective.title,
        "title": result.title,
        "unit": result.measured_in,
        "last": _last(item, lang),
        "target": _target(item, lang),
        "reported_on": today,
    }
    # Where nothing may stand for this kind of key result, nothing can be typed.
    barred = {"zone"} if result.kind is not KeyResultKind.ZONES else {"value"}
    barred |= {"value"} if result.kind is KeyResultKind.MILESTONES else set()
    for place, name in enumerate(columns, 1):
        cell = sheet.cell(row, place)
        if filled.get(name) is not None:
            write_cell(cell, filled[name])
        cell.alignment, cell.border = looks.WRAPPED, _FRAME
        if name in (KEY, *CONTEXT) or name in barred:
            cell.fill = _LOCKED
        else:
            _open(cell, name)


def _open(cell: Cell, name: str) -> None:
    cell.protection = Protection(locked=False)
    if (declaration := _declaration(name)) is not None:
        cell.number_format = looks.number_format(declaration[1])


def _last(item: KeyResultStanding, lang: Language) -> str | None:
    report = item.check_in
    if report is None:
        return None
    if report.zone:
        shown = report.zone.label(lang)
    else:
        shown = percent(item.progress, lang, 0) if report.value is None else number(report.value, lang)
    return f"{shown} ({day(report.reported_on, lang)})"


def _target(item: KeyResultStanding, lang: Language) -> str | None:
    result = item.key_result
    if result.kind is KeyResultKind.BAND:
        return words(lang)("check_in.between", low=number(result.band_low, lang), high=number(result.band_high, lang))
    if result.kind is KeyResultKind.ZONES:
        return result.zone_target
    return percent(1, lang, 0) if result.kind is KeyResultKind.MILESTONES else number(result.target, lang)


def _validate(
    book: Workbook, sheet: Worksheet, rows: tuple[int, int], known: Known, columns: Mapping[str, str], lang: Language
) -> None:
    """Give the open columns their drop-downs and bounds."""
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    names: dict[str, str] = {}
    titles = [
        f"{key}{SEPARATOR}{shortened(standing.impediment.title, _TITLE_LENGTH)}"
        for key, standing in known.unsolved.items()
    ]
    for place, name in enumerate(columns, 1):
        rule = None
        if name == IMPEDIMENT and titles:
            rule = list_rule(book, lists, names, name, titles, lang)
        elif (declaration := _declaration(name)) is not None:
            record, one = declaration
            if issubclass(one.type, Choice):
                rule = list_rule(book, lists, names, name, [member.label(lang) for member in one.type], lang)
            else:
                rule = column_rule(record, one, lang, (), {})
        if rule is not None:
            letter = get_column_letter(place)
            rule.add(f"{letter}{rows[0]}:{letter}{rows[1]}")
            sheet.add_data_validation(rule)


def _declaration(name: str) -> tuple[type[Record], DeclaredField] | None:
    """The record type and field that a column to fill in stands for; None where it stands for none."""
    if name in ASKED:
        return CheckIn, declared(CheckIn, name)
    if name.startswith(_NEW):
        return Impediment, declared(Impediment, name.removeprefix(_NEW))
    return None
