"""Reading values of other cities from a list that a city has bought or was given: each row is right, or none is taken.

A list has a column with the official key or the name of the municipality and one with the value; a date and, for
levels of a maturity model, a dimension are optional. Other columns are left alone and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.exchange.answer_sheet_cells import content
from smartdash.exchange.cells import convert
from smartdash.exchange.check_in_list import declared
from smartdash.exchange.files import Upload, load
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Fault, Problem, capped, nearest
from smartdash.exchange.tables import Table
from smartdash.exchange.validation import shown
from smartdash.locale import LANGUAGES, Language, words
from smartdash.model.maturity import Dimension, MaturityModel
from smartdash.model.peers import Observation
from smartdash.model.shared import Municipality

COLUMNS = ("key", "name", "value", "day", "dimension")
"""The columns of a list by name, in the order of the template."""

_OTHER_WORDS = {
    "key": ("AGS", "Gemeindeschlüssel", "Amtlicher Gemeindeschlüssel", "Municipality key"),
    "name": ("Kommune", "Stadt", "Gemeinde", "Name", "Municipality", "City"),
    "value": ("Wert", "Punkte", "Punktzahl", "Stufe", "Index", "Value", "Points", "Score", "Level"),
    "day": ("Stand", "Datum", "Stichtag", "Date", "As of"),
    "dimension": ("Dimension",),
}
_MARK = "Demo"
"""The column by which a template of a fictional city says what it is."""
_KEY_LENGTH = 8
_HEADING_WITHIN = 20


@dataclass(frozen=True, slots=True)
class PeerValue:
    """A row that was understood; `day` and `dimension` are None where the list says nothing."""

    row: int
    city: Municipality
    value: Decimal
    day: date | None
    dimension: str | None = None


@dataclass(frozen=True, slots=True)
class PeerUpload:
    """A file that was read: its rows or its problems; `skipped` rows have no value, `unread` columns no meaning."""

    name: str
    sha256: str
    rows: tuple[PeerValue, ...] = ()
    skipped: int = 0
    unread: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _List:
    """A sheet whose row `top` (from 0) holds the headings; `places` says in which column a name stands."""

    table: Table
    top: int
    places: Mapping[str, int]

    def cell(self, row: int, name: str) -> Any:
        return content(self.table, row, self.places[name]) if name in self.places else ""

    def problem(self, row: int, name: str, message: str, values: Mapping[str, str] | None = None) -> Problem:
        """A fault at a column of a row (from 0)."""
        place = self.places[name]
        heading = str(content(self.table, self.top, place))
        value = shown(content(self.table, row, place))
        return Problem(self.table.file, self.table.name, row + 1, heading, value, message, values or {})


def headings(lang: Language) -> dict[str, str]:
    """The headings of the template by the name of the column."""
    return {name: words(lang)(f"peers.column_{name}") for name in COLUMNS}


def read_peer_values(
    upload: Upload,
    cities: Sequence[Municipality],
    model: MaturityModel | None = None,
    dimensions: Sequence[Dimension] = (),
) -> PeerUpload:
    """Read a list of values; either every row is right, or there are no rows.

    Args:
        upload: Name and content of the file.
        cities: The municipalities that may be named.
        model: The model that the values are levels of; None: they are values of an indicator.
        dimensions: The dimensions of the model.
    """
    contents = load(upload)
    found = [item for table in contents.tables if (item := _found(table))]
    problems = list(contents.problems)
    if not problems and len(found) != 1:
        message = "peers.several_lists" if found else "peers.no_list"
        problems = [Problem(contents.name, "", None, "", "", message)]
    if problems:
        return PeerUpload(contents.name, contents.sha256, problems=tuple(problems))
    listed = found[0]
    rows, skipped, problems = _read(listed, cities, model, dimensions)
    if not rows and not problems:
        problems = [Problem(contents.name, listed.table.name, None, "", "", "peers.no_values")]
    if problems:
        ordered = capped(sorted(problems, key=lambda problem: problem.row or 0))
        return PeerUpload(contents.name, contents.sha256, problems=ordered)
    return PeerUpload(contents.name, contents.sha256, tuple(rows), skipped, _unread(listed))


def _found(table: Table) -> _List | None:
    known = {plain(word): name for name, others in _OTHER_WORDS.items() for word in others}
    known |= {plain(heading): name for lang in LANGUAGES for name, heading in headings(lang).items()}
    for top, row in enumerate(table.rows[:_HEADING_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = known.get(plain(str(cell)))
            if name:
                places.setdefault(name, place)
        if "value" in places and ("key" in places or "name" in places):
            return _List(table, top, places)
    return None


def _unread(listed: _List) -> tuple[str, ...]:
    texts = [str(cell).strip() for cell in listed.table.rows[listed.top]]
    meant = listed.places.values()
    return tuple(text for place, text in enumerate(texts) if text and text != _MARK and place not in meant)


def _read(
    listed: _List, cities: Sequence[Municipality], model: MaturityModel | None, dimensions: Sequence[Dimension]
) -> tuple[list[PeerValue], int, list[Problem]]:
    """The rows, how many have no value, and all that is wrong."""
    places = [
        row
        for row in range(listed.top + 1, len(listed.table.rows))
        if listed.cell(row, "key") != "" or listed.cell(row, "name") != "" or listed.cell(row, "value") != ""
    ]
    broken = {row for row, place in listed.table.broken if place == listed.places["value"]}
    filled = [row for row in places if listed.cell(row, "value") != "" or row in broken]
    values, problems = _column(listed, filled, "value", "value")
    days, faults = _column(listed, filled, "day", "observed_on")
    problems += faults
    rows: list[PeerValue] = []
    seen: dict[tuple[str, date | None, str | None], int] = {}
    for row, value, day in zip(filled, values, days, strict=True):
        try:
            city = _city(listed, row, cities)
            dimension = _dimension(listed, row, dimensions) if model else None
            if value is None:
                continue
            _check_level(listed, row, value, model)
        except _Wrong as wrong:
            problems.append(listed.problem(row, wrong.column, wrong.message, wrong.values))
            continue
        first = seen.setdefault((city.key, day, dimension), row)
        if first != row:
            problems.append(listed.problem(row, _named(listed, row), "peers.city_twice", {"row": str(first + 1)}))
        rows.append(PeerValue(row + 1, city, value, day, dimension))
    return rows, len(places) - len(filled), problems


class _Wrong(Exception):
    """A cell that is not right: its column, the message and its values."""

    def __init__(self, column: str, message: str, **values: str) -> None:
        super().__init__(message)
        self.column, self.message, self.values = column, message, values


def _column(listed: _List, rows: Sequence[int], name: str, field: str) -> tuple[list[Any], list[Problem]]:
    """The values of a column in some rows as those of an observation's field, None where empty or wrong."""
    if name not in listed.places:
        return [None] * len(rows), []
    one = declared(Observation, field)
    values, faults = convert(one, [listed.cell(row, name) for row in rows])
    place = listed.places[name]
    damaged: dict[int, Fault] = {
        index: listed.table.broken[row, place] for index, row in enumerate(rows) if (row, place) in listed.table.broken
    }
    # Messages about a field name it by its record, as in any import.
    about = {"record": Observation.sheet.name, "field": field}
    return values, [
        listed.problem(rows[index], name, fault.message, {**about, **fault.values})
        for index, fault in {**faults, **damaged}.items()
    ]


def _named(listed: _List, row: int) -> str:
    """The column by which a row names its city."""
    return "key" if listed.cell(row, "key") != "" else "name" if "name" in listed.places else "key"


def _city(listed: _List, row: int, cities: Sequence[Municipality]) -> Municipality:
    """The municipality of a row, by its key or else by its name.

    Raises:
        _Wrong: there is none, or several, or key and name mean different ones.
    """
    key, name = str(listed.cell(row, "key")), str(listed.cell(row, "name"))
    by_name = [city for city in cities if plain(name) in _names(city)] if name else []
    if key:
        # A spreadsheet drops the zero that the keys of nine states begin with.
        whole = key.zfill(_KEY_LENGTH) if key.isdigit() else key
        city = next((item for item in cities if item.key == whole), None)
        if city is None:
            raise _Wrong("key", "peers.unknown_key")
        if by_name and city not in by_name:
            raise _Wrong("name", "peers.key_and_name_differ", city=city.title)
        return city
    if len(by_name) == 1:
        return by_name[0]
    if by_name:
        raise _Wrong("name", "peers.name_of_several", cities=", ".join(city.key for city in by_name))
    if not name:
        raise _Wrong(_named(listed, row), "peers.no_city")
    like = nearest(name, (city.title for city in cities))
    if like:
        raise _Wrong("name", "peers.unknown_city_like", like=like)
    raise _Wrong("name", "peers.unknown_city")


def _names(city: Municipality) -> set[str]:
    return {plain(name) for name in (city.title, city.official_name) if name}


def _dimension(listed: _List, row: int, dimensions: Iterable[Dimension]) -> str | None:
    """The dimension of a row by its key or title; None where the level is one of the whole.

    Raises:
        _Wrong: the model has no such dimension.
    """
    text = str(listed.cell(row, "dimension"))
    if not text:
        return None
    for item in dimensions:
        if plain(text) in map(plain, (item.key, item.key.rpartition(".")[2], item.title_de, item.title_en)):
            return item.key
    raise _Wrong("dimension", "peers.unknown_dimension")


def _check_level(listed: _List, row: int, value: Decimal, model: MaturityModel | None) -> None:
    if model and not model.lowest <= value <= model.highest:
        raise _Wrong("value", "peers.level_outside", lowest=str(model.lowest), highest=str(model.highest))
