"""How a record type is declared: columns with labels, the sheet they stand on, and the base record.

Everything else (table, Excel sheet, CSV file, validation, edit grid, data dictionary) is derived from these
declarations, so a field is named, described and bounded in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["de", "en"]

REFERENCE = "reference"
"""The programme key under which shared reference data (municipalities, maturity models, VAT rates) is kept."""

KEY_PATTERN = r"^[\w][\w.\-/+]*$"
PROGRAMME_PATTERN = r"^[a-z0-9][a-z0-9-]*$"
TIME_PATTERN = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"

Key = Annotated[str, Field(pattern=KEY_PATTERN, max_length=120)]
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=2)]
"""Euro and cent."""
Measure = Annotated[Decimal, Field(max_digits=18, decimal_places=4)]
"""A measured or counted value of any unit."""
ClockTime = Annotated[str, Field(pattern=TIME_PATTERN)]
"""A time of day: 09:00 or 09:00:30."""
Year = Annotated[int, Field(ge=1990, le=2100)]


class Choice(StrEnum):
    """One of a closed list of values, each with a German and an English label."""

    de: str
    en: str

    def __new__(cls, value: str, de: str, en: str) -> Self:
        """Make the member `value` with its labels."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.de = de
        member.en = en
        return member

    def label(self, lang: Language) -> str:
        """The word a user reads for this value."""
        return self.de if lang == "de" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """What a user reads about a field: labels, help and unit. Subclasses say what kind of value it holds."""

    de: str
    en: str
    help_de: str = ""
    help_en: str = ""
    unit: str = ""

    def label(self, lang: Language) -> str:
        """The column heading."""
        return self.de if lang == "de" else self.en

    def help(self, lang: Language) -> str:
        """One sentence on what to enter, or empty where the heading says it all."""
        return self.help_de if lang == "de" else self.help_en


@dataclass(frozen=True, slots=True)
class Text(Column):
    """Words; `long` asks for a wide cell."""

    long: bool = False


@dataclass(frozen=True, slots=True)
class Money(Column):
    """An exact amount in euro and cent."""

    unit: str = "€"


@dataclass(frozen=True, slots=True)
class Number(Column):
    """A measured or counted value."""


@dataclass(frozen=True, slots=True)
class Whole(Column):
    """A whole number, such as a year, a level or a count."""


@dataclass(frozen=True, slots=True)
class Day(Column):
    """A calendar day. `reported`: something that happened, so a date after the as-of date reads as empty."""

    reported: bool = False


@dataclass(frozen=True, slots=True)
class Flag(Column):
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Pick(Column):
    """One of the members of the field's `Choice`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Column):
    """The key of a record of one of the types `to`. `owner`: this record is shown only where the other one is."""

    to: tuple[str, ...]
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A group of record types that one task needs together."""

    name: str
    de: str
    en: str

    def label(self, lang: Language) -> str:
        """The name of the group."""
        return self.de if lang == "de" else self.en


AREAS = {
    area.name: area
    for area in (
        Area("programme", "Programm und Quellen", "Programme and sources"),
        Area("schedule", "Zeitplan", "Schedule"),
        Area("workshops", "Workshops und Beteiligung", "Workshops and participation"),
        Area("projects", "Vorhaben", "Projects"),
        Area("okr", "OKR", "OKR"),
        Area("money", "Budget und Förderung", "Budget and funding"),
        Area("maturity", "Reifegrad", "Maturity"),
        Area("committees", "Gremien", "Committees"),
    )
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a record type is written down.

    `name` is the table and the CSV file, `de` and `en` the worksheet. `reported_on` names the date that decides
    whether a reported fact was known on the as-of date. `key_from` names the fields that make the key where none
    is given. `shared` types may also stand under the programme `reference` and are then seen by all. `public_where`
    names a flag: rows where it is no are never seen by the public, whatever their own visibility says. `draft_where`
    names a field: rows where it is "draft" are seen by nobody who reads through a scope, only in their form.
    `confidential` rows have a `survey_wave` and a `unit`: only that unit and the one that moderates the wave see them.
    """

    name: str
    de: str
    en: str
    area: str
    purpose_de: str
    purpose_en: str
    reported_on: str | None = None
    key_from: tuple[str, ...] = ()
    shared: bool = False
    public_where: str | None = None
    draft_where: str | None = None
    confidential: bool = False

    def label(self, lang: Language) -> str:
        """The worksheet's name."""
        return self.de if lang == "de" else self.en

    def purpose(self, lang: Language) -> str:
        """One sentence on what the sheet holds."""
        return self.purpose_de if lang == "de" else self.purpose_en


@dataclass(frozen=True, slots=True)
class DeclaredField:
    """One field of a record type as everything derived needs it."""

    name: str
    column: Column
    type: type
    required: bool
    default: Any = None


class Record(BaseModel):
    """What every record has: where it belongs, its key, its source, who may see it, and whether it is fictional."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=False)
    sheet: ClassVar[Sheet]

    programme: Annotated[str, Field(pattern=PROGRAMME_PATTERN, max_length=60)]
    key: Annotated[
        Key,
        Text(
            "Schlüssel",
            "Key",
            "Kurzer, lesbarer Name ohne Leerzeichen, je Blatt nur einmal.",
            "Short readable name without spaces, once per sheet.",
        ),
    ]
    source: Annotated[
        str | None,
        Reference(
            "Quelle",
            "Source",
            "Dokument, aus dem die Angabe stammt.",
            "Document it comes from.",
            to=("source",),
        ),
    ] = None
    source_place: Annotated[
        str | None,
        Text("Fundstelle", "Place in source", "Seite, Abschnitt oder Zeile.", "Page, section or line."),
        Field(max_length=300),
    ] = None
    public: Annotated[
        bool,
        Flag("Öffentlich", "Public", "Nein: nur die Verwaltung sieht die Zeile.", "No: internal eyes only."),
    ] = True
    demo: Annotated[
        bool, Flag("Demo", "Demo", "Ja, wenn die Angabe erfunden ist.", "Yes where the content is fictional.")
    ] = False


class MadeKeyRecord(Record):
    """A record whose key is made of other fields (`sheet.key_from`) where none is given."""

    @model_validator(mode="before")
    @classmethod
    def _make_key(cls, values: Any) -> Any:
        if isinstance(values, dict) and not values.get("key"):
            return {**values, "key": natural_key(cls.sheet.key_from, values)}
        return values


def natural_key(key_from: tuple[str, ...], values: dict[str, Any]) -> str:
    """The key made of the fields `key_from`, joined by `/`; absent parts are left out."""
    parts = (values.get(name) for name in key_from)
    return "/".join(part.isoformat() if isinstance(part, date) else str(part) for part in parts if part is not None)


_COMMON = ("source", "source_place", "public", "demo")


@cache
def fields(record: type[Record]) -> tuple[DeclaredField, ...]:
    """The fields of a record type in sheet order: key, its own fields, then source, visibility and demo."""
    hints = get_type_hints(record, include_extras=True)
    names = [name for name in record.model_fields if name not in ("programme", "key", *_COMMON)]
    return tuple(_declared(record, name, hints[name]) for name in ("key", *names, *_COMMON))


def _declared(record: type[Record], name: str, hint: Any) -> DeclaredField:
    info = record.model_fields[name]
    column = next(item for item in _metadata(hint) if isinstance(item, Column))
    return DeclaredField(name, column, _plain(hint), info.is_required(), None if info.is_required() else info.default)


def _metadata(hint: Any) -> list[Any]:
    found = list(getattr(hint, "__metadata__", ()))
    if found:
        found += _metadata(get_args(hint)[0])
    return found


def _plain(hint: Any) -> type:
    """The bare Python type of an annotation such as `Annotated[Annotated[Decimal, …] | None, …]`."""
    while not isinstance(hint, type):
        arguments = [argument for argument in get_args(hint) if argument is not type(None)]
        hint = arguments[0]
    return hint
