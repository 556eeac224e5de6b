"""Drop-downs and bounds: what Excel itself accepts in a cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from smartdash.exchange.names import LISTS
from smartdash.locale import Language, words
from smartdash.model import RECORDS
from smartdash.model.declare import Choice, Day, DeclaredField, Flag, Money, Number, Record, Reference, Whole, fields

_LAST_DAY = 73415  # 31.12.2100 as Excel counts days
_LARGEST = 10**15


def add_validations(book: Workbook, sheets: dict[str, Worksheet], lang: Language, last_rows: dict[str, int]) -> None:
    """Give every column its drop-down or bounds down to the last row.

    Lists stand on a hidden sheet, since Excel takes no more than 255 characters of them in the cell's own rule.
    """
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    names: dict[str, str] = {}
    for name, sheet in sheets.items():
        for place, one in enumerate(fields(RECORDS[name]), 1):
            rule = column_rule(RECORDS[name], one, lang, sheets, last_rows)
            if isinstance(one.column, Flag):
                rule = list_rule(book, lists, names, "Flag", _flags(lang), lang)
            elif issubclass(one.type, Choice):
                labels = [member.label(lang) for member in one.type]
                rule = list_rule(book, lists, names, f"{name}_{one.name}", labels, lang)
            if rule is not None:
                letter = get_column_letter(place)
                rule.add(f"{letter}2:{letter}{last_rows[name]}")
                sheet.add_data_validation(rule)


def _flags(lang: Language) -> list[str]:
    return [words(lang)("exchange.yes"), words(lang)("exchange.no")]


def list_rule(
    book: Workbook, lists: Worksheet, names: dict[str, str], name: str, labels: list[str], lang: Language
) -> DataValidation:
    """Return the drop-down of `labels`; the hidden sheet `lists` holds each list once, named in `names`."""
    together = "\n".join(labels)
    if together not in names:
        column = len(names) + 1
        for row, label in enumerate(labels, 1):
            lists.cell(row, column, label)
        letter = get_column_letter(column)
        names[together] = f"list_{name}"
        book.defined_names[names[together]] = DefinedName(
            names[together], attr_text=f"'{LISTS}'!${letter}$1:${letter}${len(labels)}"
        )
    return _validation(lang, "exchange.pick_from_list", type="list", formula1=names[together])


def column_rule(
    record: type[Record],
    one: DeclaredField,
    lang: Language,
    sheets: Collection[str],
    last_rows: Mapping[str, int],
) -> DataValidation | None:
    """Return the bounds of a column, or the keys of another of the `sheets`; None where anything may be typed."""
    column = one.column
    if isinstance(column, Reference) and len(column.to) == 1 and column.to[0] in sheets:
        target = column.to[0]
        place = f"'{RECORDS[target].sheet.label(lang)}'!$A$2:$A${last_rows[target]}"
        # The key may also stand in the store only, so Excel warns and does not refuse.
        return _validation(lang, "exchange.pick_from_list", type="list", formula1=place, errorStyle="warning")
    if isinstance(column, Day):
        bounds = {"operator": "between", "formula1": "1", "formula2": str(_LAST_DAY)}
        return _validation(lang, "exchange.enter_date", type="date", **bounds)
    if isinstance(column, Money | Number | Whole):
        low, high = _bounds(record, one.name)
        kind = "whole" if isinstance(column, Whole) else "decimal"
        bounds = {"operator": "between", "formula1": str(low), "formula2": str(high)}
        return _validation(lang, "exchange.enter_number", type=kind, **bounds)
    return None


def _validation(lang: Language, message: str, **rule: Any) -> DataValidation:
    return DataValidation(allow_blank=True, showErrorMessage=True, error=words(lang)(message), **rule)


def _bounds(record: type[Record], name: str) -> tuple[Any, Any]:
    low, high = -_LARGEST, _LARGEST
    for bound in record.model_fields[name].metadata:
        low = getattr(bound, "ge", getattr(bound, "gt", low))
        high = getattr(bound, "le", getattr(bound, "lt", high))
    return low, high
