"""Many answer sheets at once: handed out as one file, and taken in together or not at all."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from smartdash.exchange.answer_sheet import SurveyForm
from smartdash.exchange.answer_sheet_reading import SheetReading, read_answer_sheet
from smartdash.exchange.answer_sheet_workbook import answer_sheet
from smartdash.exchange.files import Upload, safe_entries
from smartdash.exchange.problems import Fault, Problem
from smartdash.exchange.tables import DAMAGED_ZIP
from smartdash.locale import Language
from smartdash.model.surveys import Invitation, Response, ResponseState
from smartdash.store import Origin

SHEETS = (".xlsx", ".xlsm")
"""The endings of sheets."""
_MOST_SHEETS = 5000
_OPENED = (1980, 1, 1, 0, 0, 0)
"""The day in the directory of an archive, so that the same sheets make the same file."""


@dataclass(frozen=True, slots=True)
class UnitPreview:
    """What the sheets of a unit bring: answers that are new, changed and unchanged, and all of them by state."""

    unit: str
    sheets: int
    new: int
    changed: int
    unchanged: int
    states: Counter[ResponseState]


@dataclass(frozen=True, slots=True)
class Batch:
    """The files taken in together: what they store, or what is wrong with them; never both.

    `empty` are the files that were returned as they were handed out; they store nothing.
    """

    responses: tuple[Response, ...]
    units: tuple[UnitPreview, ...]
    empty: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def touched(self) -> int:
        """How many answers differ from what is stored."""
        return sum(unit.new + unit.changed for unit in self.units)


def sheet_name(invitation: Invitation) -> str:
    """The name of the file of an invited person's sheet."""
    return f"{invitation.unit}_{invitation.respondent}.xlsx".replace("/", "-")


def sheet_archive(form: SurveyForm, invitations: Iterable[Invitation], lang: Language, *, answered: bool) -> bytes:
    """The sheets of several people as one zip; `answered` as for a single sheet.

    Raises:
        ValueError: a text is longer than a cell can hold.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in invitations:
            info = zipfile.ZipInfo(sheet_name(one), _OPENED)
            archive.writestr(info, answer_sheet(form, one, lang, answered=answered))
    return content.getvalue()


def read_answer_sheets(uploads: Iterable[Upload], form: SurveyForm, lang: Language) -> tuple[SheetReading, ...]:
    """Read every sheet of several files, some of which may be zips of sheets; each has a name of its own."""
    readings: list[SheetReading] = []
    names: Counter[str] = Counter()
    for name, content in uploads:
        try:
            sheets = list(_sheets(name, content))
        except Fault as fault:
            readings.append(SheetReading(name, problems=(_of_file(name, fault),)))
            continue
        for sheet, inside in sheets:
            names[sheet] += 1
            own = sheet if names[sheet] == 1 else f"{sheet} ({names[sheet]})"
            readings.append(read_answer_sheet((own, inside), form, lang))
    return tuple(readings)


def origin_of(uploads: Sequence[Upload], several: str) -> Origin:
    """Where the answers come from: the one file, or `several` with the hash of all of them together."""
    if len(uploads) == 1:
        return Origin(uploads[0][0], hashlib.sha256(uploads[0][1]).hexdigest())
    found = hashlib.sha256()
    for name, content in uploads:
        found.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\0".encode())
    return Origin(several, found.hexdigest())


def _of_file(name: str, fault: Fault) -> Problem:
    return Problem(name, "", None, "", "", fault.message, fault.values)


def _sheets(name: str, content: bytes) -> Iterator[Upload]:
    """The file itself, or the sheets in it where it is a zip.

    Raises:
        Fault: the zip is damaged, unsafe or too large, or holds no sheet or something else.
    """
    if PurePosixPath(name).suffix.lower() != ".zip":
        yield name, content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = safe_entries(archive)
            if len(entries) > _MOST_SHEETS:
                raise Fault("answer_sheet.too_many_sheets", limit=str(_MOST_SHEETS))
            if strange := next((path for path, _ in entries if path.suffix.lower() not in SHEETS), None):
                raise Fault("answer_sheet.strange_file", name=str(strange))
            if not entries:
                raise Fault("answer_sheet.no_sheets")
            for path, info in entries:
                yield f"{name} › {path}", archive.read(info)
    except DAMAGED_ZIP:
        raise Fault("exchange.damaged_zip") from None


def taken_together(readings: Sequence[SheetReading], left_out: Collection[str] = ()) -> Batch:
    """The files but those left out, as one write; a person's sheet that is there twice is a problem of the second."""
    first: dict[str, str] = {}
    problems: list[Problem] = []
    taken: list[SheetReading] = []
    for reading in readings:
        if reading.file in left_out:
            continue
        problems += reading.problems
        taken.append(reading)
        if reading.invitation and first.setdefault(reading.invitation.key, reading.file) != reading.file:
            values = {"first": first[reading.invitation.key]}
            who = reading.invitation.respondent
            problems.append(Problem(reading.file, "", None, "", who, "answer_sheet.sheet_twice", values))
    empty = tuple(reading.file for reading in taken if not reading.responses and not reading.problems)
    if problems:
        return Batch((), (), empty, tuple(problems))
    return Batch(tuple(one for reading in taken for one in reading.responses), _previews(taken), empty, ())


def _previews(readings: Iterable[SheetReading]) -> tuple[UnitPreview, ...]:
    by_unit: dict[str, list[SheetReading]] = defaultdict(list)
    for reading in readings:
        if reading.invitation and reading.responses:
            by_unit[reading.invitation.unit].append(reading)
    return tuple(
        UnitPreview(
            unit,
            len(own),
            new := sum(one.new for one in own),
            changed := sum(one.changed for one in own),
            sum(len(one.responses) for one in own) - new - changed,
            Counter(response.state for one in own for response in one.responses),
        )
        for unit, own in sorted(by_unit.items())
    )
