"""The scope as SQL: one view per record type that holds only what the scope may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smartdash.model import RECORDS
from smartdash.model.declare import REFERENCE, Day, DeclaredField, Record, fields
from smartdash.store.schema import newest, quoted, references


def owners(record: type[Record]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields whose target must be visible for the record to be visible, with the target types."""
    for name, column in references(record):
        if column.owner:
            yield name, column.to


def whole(name: str) -> str:
    """The view of a confidential type that holds what is said in all units; only `survey_answers` reads it."""
    return f"whole_{name}"


def whole_view(name: str) -> str:
    """CREATE statement of `whole(name)`: as `view`, but with the confidential rows of every unit."""
    return _view(whole(name), RECORDS[name], _conditions(RECORDS[name]))


def view(name: str) -> str:
    """CREATE statement of the scope's view of a record type.

    It reads the variables scope_programme, scope_revision, scope_as_of, scope_public (only public rows),
    scope_closed (the programme itself is hidden), scope_kept (sources whose values stay in the house), scope_unit (the
    unit that reads) and scope_waves (the survey waves that this unit moderates). The views of the types in `owners`
    have to exist.
    """
    record = RECORDS[name]
    conditions = list(_conditions(record))
    if record.sheet.confidential:
        conditions.append(
            f"(unit = getvariable('scope_unit') OR list_contains({_listed('waves')}, survey_wave))",
        )
    return _view(name, record, conditions)


def _view(name: str, record: type[Record], conditions: Iterable[str]) -> str:
    columns = ", ".join(["programme", *(_column(field) for field in fields(record))])
    kept = f"SELECT * FROM ({newest(record.sheet.name, _place(record))}) WHERE NOT retired"
    if record.sheet.shared:
        kept += f" QUALIFY row_number() OVER (PARTITION BY key ORDER BY programme = '{REFERENCE}') = 1"
    return f"CREATE TEMP VIEW {quoted(name)} AS SELECT {columns} FROM ({kept}) WHERE {' AND '.join(conditions)}"


def _place(record: type[Record]) -> str:
    programme = "programme = getvariable('scope_programme')"
    if record.sheet.shared:
        programme = f"({programme} OR programme = '{REFERENCE}')"
    return f"{programme} AND revision <= getvariable('scope_revision')"


def _column(field: DeclaredField) -> str:
    name = quoted(field.name)
    if isinstance(field.column, Day) and field.column.reported:
        return f"CASE WHEN {name} <= getvariable('scope_as_of') THEN {name} END AS {name}"
    return name


def _listed(name: str) -> str:
    """A variable that holds keys; an empty list of DuckDB has no type of its own."""
    return f"CAST(getvariable('scope_{name}') AS VARCHAR[])"


def _conditions(record: type[Record]) -> Iterator[str]:
    yield "(public OR NOT getvariable('scope_public'))"
    if record.sheet.public_where:
        flag = quoted(record.sheet.public_where)
        yield f"({flag} IS DISTINCT FROM false OR NOT getvariable('scope_public'))"
    if record.sheet.draft_where:
        yield f"{quoted(record.sheet.draft_where)} IS DISTINCT FROM 'draft'"
    yield f"(programme = '{REFERENCE}' OR NOT getvariable('scope_closed'))"
    yield f"(source IS NULL OR NOT list_contains({_listed('kept')}, source))"
    if record.sheet.reported_on:
        yield f"{quoted(record.sheet.reported_on)} <= getvariable('scope_as_of')"
    for field, targets in owners(record):
        found = " OR ".join(f"{quoted(field)} IN (SELECT key FROM {quoted(target)})" for target in targets)
        yield f"({quoted(field)} IS NULL OR {found})"
