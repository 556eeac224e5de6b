"""Tables derived from the record declarations, and how values get into and out of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, TypeVar, get_args, get_type_hints

import pyarrow as pa
from pydantic.fields import FieldInfo

from smartdash.model import RECORDS
from smartdash.model.columns import RecordColumns
from smartdash.model.declare import Choice, Day, DeclaredField, Flag, Record, Reference, Whole, fields

R = TypeVar("R", bound=Record)

_REVISION_TABLES = """\
CREATE TABLE history.schema_version (
    number INTEGER PRIMARY KEY, title VARCHAR NOT NULL, done_at TIMESTAMP NOT NULL
);
CREATE TABLE history.revision (
    number INTEGER PRIMARY KEY, programme VARCHAR NOT NULL, written_at TIMESTAMP NOT NULL, author VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, origin VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    new INTEGER NOT NULL, changed INTEGER NOT NULL, retired INTEGER NOT NULL
);
"""


def quoted(name: str) -> str:
    """A table or column name as SQL identifier; names come from declarations, never from a user."""
    return '"' + name.replace('"', '""') + '"'


def table(record: str) -> str:
    """The table that keeps every version of a record type."""
    return f"history.{quoted(record)}"


@cache
def names(record: type[Record]) -> tuple[str, ...]:
    """The columns of a record type without programme: key, its own fields, source, visibility, demo."""
    return tuple(field.name for field in fields(record))


def listed(columns: Iterable[str], prefix: str = "") -> str:
    """Column names as SQL list, each with the table's prefix."""
    return ", ".join(prefix + quoted(column) for column in columns)


def newest(record: str, where: str = "true") -> str:
    """SELECT of the newest version of every key of a record type that `where` lets through, retired ones included.

    As an anti join with the rows that are no first versions it is fast: there are few of them, and the query around it
    reads only the keys it asks for.
    """
    kept = f"(SELECT * FROM {table(record)} WHERE {where})"
    return (
        f"SELECT kept.* FROM {kept} AS kept ANTI JOIN (SELECT programme, key, revision FROM {kept} "
        f"WHERE revision > (SELECT min(revision) FROM {kept})) AS later "
        "ON later.programme = kept.programme AND later.key = kept.key AND later.revision > kept.revision"
    )


def references(record: type[Record]) -> Iterator[tuple[str, Reference]]:
    """The fields of a record type that hold the key of another record."""
    for field in fields(record):
        if isinstance(field.column, Reference):
            yield field.name, field.column


def definition(records: Mapping[str, type[Record]] = RECORDS) -> str:
    """The SQL that makes an empty store of these record types."""
    return "CREATE SCHEMA history;\n" + _REVISION_TABLES + "".join(map(_table_definition, records.values()))


def fingerprint(records: Mapping[str, type[Record]] = RECORDS) -> str:
    """A hash that changes whenever the tables change."""
    return sha256(definition(records).encode()).hexdigest()


def _table_definition(record: type[Record]) -> str:
    columns = ["programme VARCHAR NOT NULL", "revision INTEGER NOT NULL", "retired BOOLEAN NOT NULL"]
    columns += [_column_definition(record, field) for field in fields(record)]
    body = ",\n    ".join([*columns, "PRIMARY KEY (programme, key, revision)"])
    return f"CREATE TABLE {table(record.sheet.name)} (\n    {body}\n);\n"


def _column_definition(record: type[Record], field: DeclaredField) -> str:
    parts = [quoted(field.name), _sql_type(record, field)]
    if field.required or field.default is not None:
        parts.append("NOT NULL")
    if field.default is not None:
        parts.append(f"DEFAULT {_literal(field.default)}")
    return " ".join(parts)


def _literal(value: Any) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def _sql_type(record: type[Record], field: DeclaredField) -> str:
    if field.type is Decimal:
        return f"DECIMAL(18,{places(record, field.name)})"
    return {Whole: "INTEGER", Day: "DATE", Flag: "BOOLEAN"}.get(type(field.column), "VARCHAR")


@cache
def places(record: type[Record], name: str) -> int:
    """The decimal places a field is declared with.

    Raises:
        TypeError: the declaration names none.
    """
    for info in _field_infos(get_type_hints(record, include_extras=True)[name]):
        for item in info.metadata:
            found = getattr(item, "decimal_places", None)
            if isinstance(found, int):
                return found
    raise TypeError(f"{record.__name__}.{name} is declared without decimal places")


def _field_infos(hint: Any) -> Iterator[FieldInfo]:
    yield from (item for item in getattr(hint, "__metadata__", ()) if isinstance(item, FieldInfo))
    for argument in get_args(hint):
        yield from _field_infos(argument)


@cache
def _arrow_schema(record: type[Record]) -> pa.Schema:
    plain = {Whole: pa.int32(), Day: pa.date32(), Flag: pa.bool_()}
    return pa.schema(
        [
            (
                field.name,
                pa.decimal128(18, places(record, field.name))
                if field.type is Decimal
                else plain.get(type(field.column), pa.string()),
            )
            for field in fields(record)
        ]
    )


def arrow(record: type[Record], records: Sequence[Record]) -> pa.Table:
    """Records of one type as an Arrow table with exact types; columns: `names(record)`."""
    schema = _arrow_schema(record)
    columns: Iterable[Sequence[Any]]
    if isinstance(records, RecordColumns):
        columns = map(records.column, schema.names)
    elif records:
        columns = zip(*map(itemgetter(*schema.names), map(vars, records)), strict=True)
    else:
        columns = ((),) * len(schema.names)
    arrays = [
        # Columns that nobody fills are common, and the conversion of each None is not free.
        pa.nulls(len(records), kind) if column.count(None) == len(column) else pa.array(column, kind)
        for column, kind in zip(columns, schema.types, strict=True)
    ]
    return pa.table(arrays, schema=schema)


def build(record: type[R], rows: Iterable[Sequence[Any]]) -> tuple[R, ...]:
    """Records of stored rows (programme, then `names(record)`), without validating them again."""
    columns = ("programme", *names(record))
    convert = {columns.index(name): function for name, function in _conversions(record).items()}
    built = []
    for row in rows:
        values = list(row)
        for position, function in convert.items():
            if values[position] is not None:
                values[position] = function(values[position])
        built.append(record.model_construct(None, **dict(zip(columns, values, strict=True))))
    return tuple(built)


@cache
def _conversions(record: type[Record]) -> Mapping[str, Callable[[Any], Any]]:
    found: dict[str, Callable[[Any], Any]] = {}
    for field in fields(record):
        if issubclass(field.type, Choice):
            found[field.name] = _member(field.type)
        elif field.type is Decimal and places(record, field.name) > 2:
            found[field.name] = _plain_decimal
    return found


def _member(choice: type[Choice]) -> Callable[[str], Choice]:
    members = {member.value: member for member in choice}
    return members.__getitem__


def _plain_decimal(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def natural(key: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that counts numbers inside a key as numbers: 1.2 before 1.10."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", key))


def in_order(records: Iterable[R]) -> tuple[R, ...]:
    """Records by their column `order` where the type has one (empty last), then by natural key."""

    def position(record: R) -> tuple[bool, int, tuple[tuple[int, int, str], ...]]:
        order = getattr(record, "order", None)
        return order is None, order or 0, natural(record.key)

    return tuple(sorted(records, key=position))
