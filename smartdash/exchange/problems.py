"""What is wrong with a file, where, and what would be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from smartdash.locale import Words
from smartdash.model import RECORDS
from smartdash.model.declare import Choice, fields

_PER_COLUMN = 20
_PER_FILE = 200
_CANDIDATES = 5000


class Fault(Exception):
    """One cell or one file cannot be used; carries the catalogue id and its values, not yet the place."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault with its place.

    `row` counts as the spreadsheet does (from 1), `column` is the heading as the file has it, `value` the cell's text.
    In `values`, "record" and "field" name a field of the model; its label and choices are added in the reader's
    language, and "n" is a count.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, words: Words) -> str:
        """Return what is wrong and what would be right, without the place."""
        values = {"value": self.value, **_in_language(self.values, words), **self.values}
        count = values.pop("n", None)
        return words(self.message, n=None if count is None else int(count), **values)

    def place(self, words: Words) -> str:
        """Return where: "liste.xlsx › Meilensteine › Zeile 4 › Termin (Plan)"."""
        row = "" if self.row is None else words("exchange.place_row", row=str(self.row))
        return " › ".join(part for part in (self.file, self.sheet, row, self.column) if part)


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader must know about a file that was read: a message with its count and values.

    `parts` are messages with a count each, listed in the place of {parts}.
    """

    message: str
    count: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[tuple[str, int], ...] = ()

    def text(self, words: Words) -> str:
        """Return the sentence."""
        parts = ", ".join(words(message, n=count) for message, count in self.parts)
        return words(self.message, n=self.count, **self.values, parts=parts)


def _in_language(values: Mapping[str, str], words: Words) -> dict[str, str]:
    if "record" not in values:
        return {}
    record = RECORDS[values["record"]]
    found = {
        "sheet_label": record.sheet.label(words.lang),
        "columns": ", ".join(one.column.label(words.lang) for one in fields(record)),
    }
    if "targets" in values:
        found["target_labels"] = " / ".join(
            RECORDS[name].sheet.label(words.lang) for name in values["targets"].split(",")
        )
    for one in fields(record):
        if one.name == values.get("field"):
            found["label"] = one.column.label(words.lang)
            if issubclass(one.type, Choice):
                found["choices"] = ", ".join(member.label(words.lang) for member in one.type)
    return found


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `name`, or None where none is close or there are too many to compare."""
    names = list(candidates)
    if len(names) > _CANDIDATES:
        return None
    by_case = {candidate.casefold(): candidate for candidate in names}
    found = get_close_matches(name.casefold(), by_case, 1, 0.6)
    return by_case[found[0]] if found else None


def capped(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems a reader can take in: 20 of a kind per column, 200 in all, then how many more there are."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    kept: list[Problem] = []
    for problem in problems:
        kind = (problem.file, problem.sheet, problem.column, problem.message)
        seen[kind] += 1
        if seen[kind] <= _PER_COLUMN and len(kept) < _PER_FILE:
            kept.append(problem)
    left = len(problems) - len(kept)
    if left:
        kept.append(Problem(problems[0].file, "", None, "", "", "exchange.more", {"n": str(left)}))
    return tuple(kept)
