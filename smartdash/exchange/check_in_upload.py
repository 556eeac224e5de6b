"""From a filled list of check-ins to records, or to the faults by row and column; nothing is half understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from smartdash.analysis.check_ins import (
    Entry,
    corrected,
    made_check_in,
    needs_impediment,
    next_number,
    of_day,
    refuse_unfit,
)
from smartdash.analysis.condensing import Refusal
from smartdash.analysis.okr import KeyResultStanding
from smartdash.exchange.check_in_cells import NEEDED, FilledList, filled_lists
from smartdash.exchange.check_in_list import (
    ASKED,
    IMPEDIMENT,
    KEY,
    NEW_IMPEDIMENT,
    SEPARATOR,
    Known,
    declared,
    headings,
    new_column,
)
from smartdash.exchange.columns import RawColumn
from smartdash.exchange.files import Upload, load
from smartdash.exchange.problems import Problem, capped
from smartdash.exchange.refusals import refused_values
from smartdash.exchange.validation import check
from smartdash.locale import Language
from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import Record
from smartdash.model.impediments import Blockage, Impediment

_COLUMN_OF = {
    "check_in.scored": KEY,
    "check_in.day_outside": "reported_on",
    "check_in.zone_needed": "zone",
    "check_in.no_zone": "zone",
    "check_in.value_needed": "value",
    "check_in.no_value": "value",
    "check_in.confidence_needed": "confidence",
    "check_in.too_many_of_day": "number",
}
"""The column in which a refusal of the form is mended."""


@dataclass(frozen=True, slots=True)
class ListedCheckIn:
    """A row that was understood: the check-in, what it corrects (None: new), and what it says is in the way."""

    row: int
    standing: KeyResultStanding
    check_in: CheckIn
    before: CheckIn | None
    impediment: Impediment | None
    impediment_is_new: bool


@dataclass(frozen=True, slots=True)
class CheckInUpload:
    """A file that was read: its rows and all records to store, or its problems; `skipped` rows were left empty."""

    name: str
    sha256: str
    rows: tuple[ListedCheckIn, ...] = ()
    records: tuple[Record, ...] = ()
    skipped: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A filled row whose cells are all right: where it stands (from 0), and what it holds."""

    place: int
    values: Mapping[str, Any]
    impediment: str | None
    new: Impediment | None

    @property
    def number(self) -> int | None:
        return self.values.get("number")


class _Wrong(Exception):
    """A row that cannot be stored: the column in which it is mended, and the message."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def read_check_ins(upload: Upload, known: Known, keys: Iterator[str], lang: Language) -> CheckInUpload:
    """Read a filled list; either every row is right, or there are no records.

    Args:
        upload: Name and content of the file.
        known: What the programme holds.
        keys: Keys for new impediments.
        lang: The language of the values in messages.
    """
    contents = load(upload)
    found = filled_lists(contents.tables)
    problems = list(contents.problems)
    if not problems and len(found) != 1:
        message = "check_in_bulk.several_lists" if found else "check_in_bulk.no_list"
        values = {"columns": ", ".join(headings(lang)[name] for name in NEEDED)}
        problems = [Problem(contents.name, "", None, "", "", message, values)]
    if problems:
        return CheckInUpload(contents.name, contents.sha256, problems=tuple(problems))
    listed, skipped, problems = _read(found[0], known, keys, lang)
    if problems:
        ordered = capped(sorted(problems, key=lambda problem: problem.row or 0))
        return CheckInUpload(contents.name, contents.sha256, skipped=skipped, problems=ordered)
    # Two rows may name the same impediment for the same key result.
    records = {(record.sheet.name, record.key): record for one in listed for record in _records(one, known)}
    return CheckInUpload(contents.name, contents.sha256, tuple(listed), tuple(records.values()), skipped)


def _read(
    filled: FilledList, known: Known, keys: Iterator[str], lang: Language
) -> tuple[list[ListedCheckIn], int, list[Problem]]:
    """The rows as check-ins, how many were left empty, and all that is wrong."""
    places, skipped = filled.rows()
    columns = [filled.column(CheckIn, name, name, places) for name in (KEY, *ASKED) if name in filled.names]
    checked, faults = check(filled.raw(CheckIn, places, columns), known.programme.key)
    problems = [*filled.heading_problems(), *(_named(fault, filled, lang) for fault in faults)]
    listed: list[ListedCheckIn] = []
    for index, place in enumerate(places):
        new, faults = _new_impediment(filled, place, known, keys, lang)
        problems += faults
        if any(problem.row == place + 1 for problem in problems):
            continue
        named = str(filled.cell(place, IMPEDIMENT)).partition(SEPARATOR)[0].strip() or None
        row = _Row(place, {name: cells[index] for name, cells in checked.values.items()}, named, new)
        try:
            listed.append(_listed(row, known, [item.check_in for item in listed]))
        except Refusal as refusal:
            values = refused_values(refusal, lang)
            problems.append(filled.problem(place, _COLUMN_OF[refusal.message], refusal.message, values, lang=lang))
        except _Wrong as wrong:
            problems.append(filled.problem(place, wrong.column, wrong.message, lang=lang))
    return listed, skipped, problems


def _named(problem: Problem, filled: FilledList, lang: Language) -> Problem:
    """A key is made of key result, day and number here, so a key that comes twice is a row that comes twice."""
    if problem.message != "exchange.key_twice" or problem.row is None:
        return problem
    return filled.problem(problem.row - 1, KEY, "check_in_bulk.twice", problem.values, lang=lang)


def _new_impediment(
    filled: FilledList, place: int, known: Known, keys: Iterator[str], lang: Language
) -> tuple[Impediment | None, list[Problem]]:
    """The new impediment of a row, None where it names none, and what is wrong with its cells."""
    if not any(filled.cell(place, new_column(name)) != "" for name in NEW_IMPEDIMENT):
        return None, []
    names = [name for name in NEW_IMPEDIMENT if new_column(name) in filled.names]
    columns = [
        *(filled.column(Impediment, name, new_column(name), [place]) for name in names),
        RawColumn(declared(Impediment, "key"), "", [next(keys)], {}),
        filled.column(Impediment, "raised_on", "reported_on", [place]),
        filled.column(Impediment, "blocks", KEY, [place]),
    ]
    checked, faults = check(filled.raw(Impediment, [place], columns), known.programme.key)
    # Day and key result are columns of the check-in, whose faults are named there.
    faults = [fault for fault in faults if fault.values.get("field") not in ("raised_on", "blocks")]
    made = next(iter(checked.records), None)
    if isinstance(made, Impediment):
        return made, faults
    lacking = [name for name in NEW_IMPEDIMENT if name not in names]
    return None, [
        *faults,
        *(filled.problem(place, new_column(name), "check_in_bulk.column_missing", lang=lang) for name in lacking),
    ]


def _listed(row: _Row, known: Known, earlier: list[CheckIn]) -> ListedCheckIn:
    """The row as a check-in.

    Raises:
        Refusal: it does not fit its key result.
        _Wrong: its key result, number or impediment is not right.
    """
    values = row.values
    standing = next((item for item in known.standings if item.key_result.key == values[KEY]), None)
    if standing is None:
        raise _Wrong(KEY, "check_in_bulk.unknown_key_result")
    day = values["reported_on"]
    reports = of_day([*known.check_ins, *earlier], standing.key_result.key, day)
    before = next((report for report in reports if (report.number or 1) == (row.number or 1)), None)
    entry = _entry(values, standing, before)
    refuse_unfit(standing, entry, known.today)
    if before is None and row.number and next_number(reports, standing.key_result.key, day) != row.number:
        raise _Wrong("number", "check_in_bulk.number_gap")
    impediment = _impediment(row, standing, known)
    if impediment is None and needs_impediment(entry.confidence, before):
        raise _Wrong(IMPEDIMENT, "check_in.impediment_needed")
    demo = known.programme.demo
    report = corrected(before, entry) if before else made_check_in(standing, entry, row.number, demo=demo)
    return ListedCheckIn(row.place + 1, standing, report, before, impediment, row.new is not None)


def _entry(values: Mapping[str, Any], standing: KeyResultStanding, before: CheckIn | None) -> Entry:
    """What the row says; what a correction leaves empty stays, and the public sees what it saw of the last one."""
    kept = dict(before) if before else {}
    last = standing.check_in
    return Entry(
        values["reported_on"],
        values.get("value"),
        values.get("zone"),
        values.get("confidence"),
        forecast=kept.get("forecast") if values.get("forecast") is None else values["forecast"],
        comment=values.get("comment") or kept.get("comment"),
        public=before.public if before else bool(standing.key_result.public and last and last.public),
    )


def _impediment(row: _Row, standing: KeyResultStanding, known: Known) -> Impediment | None:
    """What the row says is in the way: a new impediment, an open one, or nothing.

    Raises:
        _Wrong: it names both, one that is not open, or a new one lacks its step, due date or role.
    """
    if row.new is None:
        if row.impediment is None:
            return None
        if row.impediment not in known.unsolved:
            raise _Wrong(IMPEDIMENT, "check_in_bulk.unknown_impediment")
        return known.unsolved[row.impediment].impediment
    if row.impediment:
        raise _Wrong(IMPEDIMENT, "check_in_bulk.two_impediments")
    for name in ("next_step", "due"):
        if getattr(row.new, name) is None:
            raise _Wrong(new_column(name), "check_in.step_needed")
    if not standing.owner_role:
        raise _Wrong(new_column("title"), "check_in_bulk.no_role")
    return row.new.model_copy(update={"owner_role": standing.owner_role, "demo": known.programme.demo})


def _records(one: ListedCheckIn, known: Known) -> list[Record]:
    """The check-in, and the new impediment or the blockage where an open one did not block this yet."""
    if one.impediment is None:
        return [one.check_in]
    if one.impediment_is_new:
        return [one.check_in, one.impediment]
    key, subject, programme = one.impediment.key, one.standing.key_result.key, known.programme
    if subject in known.unsolved[key].blocks:
        return [one.check_in]
    blockage = Blockage(programme=programme.key, key="", impediment=key, subject=subject, demo=programme.demo)
    return [one.check_in, blockage]
