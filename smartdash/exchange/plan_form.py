"""The grant's own form layout, codes x years, from a workbook, a CSV file or a pasted text: whole or not at all."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePosixPath

from smartdash.exchange.csv_files import separated_rows
from smartdash.exchange.files import Upload, load
from smartdash.exchange.plan_form_lines import Lines, table_lines, text_lines
from smartdash.exchange.plan_form_rows import FormRow, assembled
from smartdash.exchange.problems import Fault, Note, Problem, capped
from smartdash.locale.texts import shortened
from smartdash.model.money import StatedSubject

MOST_CHARACTERS = 2_000_000
"""A pasted text or CSV file of more signs is no form that anybody could look through."""
MOST_BYTES = 20_000_000
_MOST_NAMED = 10
_TEXTS = (".csv", ".txt", ".tsv")
_YEAR = "(?:199[0-9]|20[0-9]{2}|2100)"
_BETWEEN_YEARS = re.compile(rf"\b{_YEAR}\b[^;,\t\n\d]{{0,12}}([;,\t])[^;,\t\n\d]{{0,12}}\b(?:{_YEAR})\b")


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A cost and financing plan as its form prints it.

    `rows` keep the order of the form; `total`: the form prints the sum of each row. `name` and `sha256` say where it
    comes from, `notes` what was left out.
    """

    name: str
    sha256: str
    years: tuple[int, ...]
    total: bool
    rows: tuple[FormRow, ...]
    notes: tuple[Note, ...] = ()

    def of(self, *kinds: StatedSubject) -> tuple[FormRow, ...]:
        """The rows of these kinds."""
        return tuple(row for row in self.rows if row.kind in kinds)

    def leaves(self, kind: StatedSubject) -> tuple[FormRow, ...]:
        """The rows of costs or of funding that no other row belongs to; sums are none."""
        coded = [row for row in self.of(kind) if row.place_in_tree]
        above = {row.place_in_tree[:length] for row in coded for length in range(1, len(row.place_in_tree))}
        return tuple(row for row in coded if row.place_in_tree not in above and not row.heading)

    def amounts(self, row: FormRow) -> Iterator[tuple[int | None, Decimal]]:
        """What a row prints, by year and, without a year, in total; empty cells are left out."""
        for year, amount in zip((*self.years, None), (*row.amounts, row.total), strict=True):
            if amount is not None:
                yield year, amount


def read_plan_form(source: Path | str | Upload) -> tuple[FormPlan | None, tuple[Problem, ...]]:
    """The plan in a workbook or in a CSV or text file; None with the problems if any row is wrong."""
    name, content = source if isinstance(source, tuple) else (Path(source).name, b"")
    if not isinstance(source, tuple):
        path = Path(source)
        if not path.is_file():
            return _refused(name, Fault("exchange.no_such_file"))
        if path.stat().st_size > MOST_BYTES:
            return _refused(name, Fault("exchange.too_large_file", limit=str(MOST_BYTES // 1_000_000)))
        content = path.read_bytes()
    if len(content) > MOST_BYTES:
        return _refused(name, Fault("exchange.too_large_file", limit=str(MOST_BYTES // 1_000_000)))
    sha256 = hashlib.sha256(content).hexdigest()
    if PurePosixPath(name).suffix.lower() in _TEXTS and not content.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")):
        try:
            return _read_text(name, sha256, _decoded(content))
        except Fault as fault:
            return _refused(name, fault)
    contents = load((name, content))
    if contents.problems:
        return None, contents.problems
    return _plan(name, sha256, table_lines(contents.tables))


def read_pasted(name: str, text: str) -> tuple[FormPlan | None, tuple[Problem, ...]]:
    """The plan in a text that was copied from a PDF or from a sheet; `name` is what the reader calls the text."""
    try:
        return _read_text(name, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), text)
    except Fault as fault:
        return _refused(name, fault)


def _refused(name: str, fault: Fault) -> tuple[None, tuple[Problem, ...]]:
    return None, (Problem(name, "", None, "", "", fault.message, fault.values),)


def _decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or, as older Excel writes it, in Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in content:
        raise Fault("exchange.utf_16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise Fault("exchange.not_utf_8", line=str(line)) from None


def _read_text(name: str, sha256: str, text: str) -> tuple[FormPlan | None, tuple[Problem, ...]]:
    """Read cells where a separator stands between the years, and else words.

    Raises:
        Fault: the text is empty, too long, or its quotes are not closed.
    """
    if not text.strip():
        raise Fault("exchange.empty_file")
    if len(text) > MOST_CHARACTERS:
        raise Fault("plan_form.too_long", limit=str(MOST_CHARACTERS // 1_000_000))
    cells = _BETWEEN_YEARS.search(text)
    if cells:
        return _plan(name, sha256, table_lines([separated_rows(name, "", text, cells[1])]))
    return _plan(name, sha256, text_lines(name, text))


def _plan(name: str, sha256: str, lines: Lines) -> tuple[FormPlan | None, tuple[Problem, ...]]:
    lines.file = name
    found = assembled(lines)
    if found.problems:
        return None, capped(found.problems)
    notes = [Note("plan_form.skipped", lines.skipped)] if lines.skipped else []
    for line in found.left_out[:_MOST_NAMED]:
        values = {"row": str(line.number), "text": shortened(line.label, 80)}
        notes.append(Note("plan_form.left_out", values=values))
    if len(found.left_out) > _MOST_NAMED:
        notes.append(Note("plan_form.left_out_more", len(found.left_out) - _MOST_NAMED))
    return FormPlan(name, sha256, found.years, bool(found.total), tuple(found.rows), tuple(notes)), ()
