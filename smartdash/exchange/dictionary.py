"""The data dictionary: every field with what a user must know to fill it."""

from __future__ import annotations

from dataclasses import dataclass

from smartdash.exchange.selection import must_be_filled
from smartdash.locale import Language, words
from smartdash.model import RECORDS
from smartdash.model.declare import (
    AREAS,
    Choice,
    Day,
    DeclaredField,
    Flag,
    Money,
    Number,
    Pick,
    Record,
    Reference,
    Whole,
    fields,
)


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    """One field: where it stands, what it is called, and what it takes."""

    area: str
    sheet: str
    column: str
    field: str
    kind: str
    required: bool
    unit: str
    choices: str
    help: str


_KINDS = (
    (Money, "exchange.kind_money"),
    (Number, "exchange.kind_number"),
    (Whole, "exchange.kind_whole"),
    (Day, "exchange.kind_day"),
    (Flag, "exchange.kind_flag"),
    (Pick, "exchange.kind_pick"),
)


def dictionary(lang: Language) -> list[DictionaryRow]:
    """Return a row for every field of every record type, in sheet order."""
    return [_row(record, one, lang) for record in RECORDS.values() for one in fields(record)]


def _row(record: type[Record], one: DeclaredField, lang: Language) -> DictionaryRow:
    choices = [member.label(lang) for member in one.type] if issubclass(one.type, Choice) else []
    return DictionaryRow(
        area=AREAS[record.sheet.area].label(lang),
        sheet=record.sheet.label(lang),
        column=one.column.label(lang),
        field=f"{record.sheet.name}.{one.name}",
        kind=kind(one, lang),
        required=must_be_filled(record, one),
        unit=one.column.unit,
        choices=", ".join(choices),
        help=one.column.help(lang),
    )


def kind(one: DeclaredField, lang: Language) -> str:
    """Return what a column takes, in words: "Datum", "Schlüssel aus: Phasen"."""
    word = words(lang)
    if isinstance(one.column, Reference):
        targets = " / ".join(RECORDS[name].sheet.label(lang) for name in one.column.to)
        return word("exchange.kind_reference", target_labels=targets)
    return word(next((message for kind, message in _KINDS if isinstance(one.column, kind)), "exchange.kind_text"))
