"""Reading a file whole: tables, columns, cells, rows, references; either all records or all problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from smartdash.exchange.columns import RawSheet, understand
from smartdash.exchange.files import Contents, Upload, load
from smartdash.exchange.memory import uncollected
from smartdash.exchange.oparl import read_oparl
from smartdash.exchange.oparl_records import Held
from smartdash.exchange.problems import Note, Problem, capped
from smartdash.exchange.references import Known, check_references
from smartdash.exchange.tables import Table
from smartdash.exchange.validation import Checked, check, shown
from smartdash.model.declare import PROGRAMME_PATTERN, REFERENCE, Record
from smartdash.store.changes import Origin


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: the records by type, or what is wrong with it; never both.

    `notes` say what of a file was left out or derived.
    """

    programme: str | None
    records: Mapping[str, Sequence[Record]]
    problems: tuple[Problem, ...]
    origin: Origin
    notes: tuple[Note, ...] = ()


@uncollected()
def read(
    source: Path | str | Upload,
    *,
    programme: str | None = None,
    known: Known | None = None,
    held: Callable[[str], Held] | None = None,
) -> Reading:
    """Return the records of a workbook, of CSV files or of OParl files, or else all problems.

    Several CSV or OParl files may stand in a folder or a zip.

    Args:
        source: A path, or a name with the file's bytes.
        programme: The key of the programme, needed where the file has no programme sheet.
        known: The keys that the store holds, so that references to them are understood.
        held: What a programme holds, so that OParl objects that are there already keep their keys.
    """
    contents = load(source)
    origin = Origin(contents.name, contents.sha256)
    if contents.documents:
        return _read_documents(contents, programme, held, origin)
    sheets, problems = _understood(contents.tables)
    problems = [*contents.problems, *problems]
    key, found = _programme(contents.name, sheets, programme)
    problems += found
    if not sheets and not problems:
        problems.append(Problem(contents.name, "", None, "", "", "exchange.nothing_in_it"))
    checked: dict[str, Checked] = {}
    for name, raw in sheets.items():
        # Where the programme is not known, the rows are still checked, so that all problems are listed at once.
        checked[name], found = check(raw, key or REFERENCE)
        problems += found
    if key is not None:
        problems += check_references(checked, key, known)
    if problems:
        return Reading(key, {}, capped(_in_order(problems)), origin)
    return Reading(key, {name: sheet.records for name, sheet in checked.items()}, (), origin)


def _read_documents(
    contents: Contents, programme: str | None, held: Callable[[str], Held] | None, origin: Origin
) -> Reading:
    """What OParl files say; they name no programme, so it has to be given."""
    problems: list[Problem] = []
    if programme is None:
        problems.append(Problem(contents.name, "", None, "", "", "exchange.no_programme"))
    elif not re.fullmatch(PROGRAMME_PATTERN, programme):
        problems.append(Problem(contents.name, "", None, "", programme, "exchange.bad_programme_key"))
    elif programme == REFERENCE:
        problems.append(Problem(contents.name, "", None, "", "", "exchange.not_shared"))
    key = None if problems or programme is None else programme
    # Where the programme is not known, the objects are still checked, so that all problems are listed at once.
    found = read_oparl(contents.documents, key or REFERENCE, held(key) if held and key else {})
    problems += found.problems
    if problems:
        return Reading(key, {}, capped(problems), origin)
    return Reading(key, found.records, (), origin, found.notes)


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Sheet by sheet, row by row, as somebody who corrects the file goes through it."""
    sheets = list(dict.fromkeys((problem.file, problem.sheet) for problem in problems))
    order = {sheet: place for place, sheet in enumerate(sheets)}
    return sorted(problems, key=lambda problem: (order[problem.file, problem.sheet], problem.row or 0))


def _understood(tables: Sequence[Table]) -> tuple[dict[str, RawSheet], list[Problem]]:
    sheets: dict[str, RawSheet] = {}
    problems: list[Problem] = []
    for table in tables:
        sheet, found = understand(table)
        problems += found
        if sheet is None:
            continue
        name = sheet.record.sheet.name
        if name in sheets:
            first = sheets[name]
            values = {"first": first.name if first.file == sheet.file else first.file, "record": name}
            problems.append(Problem(sheet.file, sheet.name, None, "", "", "exchange.sheet_twice", values))
        else:
            sheets[name] = sheet
    return sheets, problems


def _programme(file: str, sheets: Mapping[str, RawSheet], given: str | None) -> tuple[str | None, list[Problem]]:
    """The programme's key, from its sheet or as given; None with the problems where it is not clear."""
    raw = sheets.get("programme")
    if given is not None and not re.fullmatch(PROGRAMME_PATTERN, given):
        return None, [Problem(file, "", None, "", given, "exchange.bad_programme_key")]
    if raw is None or not raw.rows:
        if given is None:
            return None, [] if not sheets else [Problem(file, "", None, "", "", "exchange.no_programme")]
        return given, _not_shared(sheets) if given == REFERENCE else []
    if len(raw.rows) > 1:
        return None, [Problem(raw.file, raw.name, raw.rows[1], "", "", "exchange.one_programme")]
    column = next((one for one in raw.columns if one.field.name == "key"), None)
    key = shown(column.cells[0]) if column else ""
    if column is None or not key:
        return None, []
    row = raw.rows[0]
    if not re.fullmatch(PROGRAMME_PATTERN, key):
        return None, [Problem(raw.file, raw.name, row, column.heading, key, "exchange.bad_programme_key")]
    if given not in (None, key):
        values = {"given": given or ""}
        return None, [Problem(raw.file, raw.name, row, column.heading, key, "exchange.other_programme", values)]
    return key, _not_shared(sheets) if key == REFERENCE else []


def _not_shared(sheets: Mapping[str, RawSheet]) -> list[Problem]:
    return [
        Problem(sheet.file, sheet.name, None, "", "", "exchange.not_shared")
        for sheet in sheets.values()
        if not sheet.record.sheet.shared
    ]
