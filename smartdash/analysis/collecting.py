"""From pasted lines or the rows of a list to contributions: what is text, cluster and votes, and what to look at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from smartdash.analysis.participation import Personal, personal_traces
from smartdash.model.declare import fields
from smartdash.model.workshops import Contribution, Event

_LONGEST_STEM = 50
_LONGEST_CLUSTER = 60
_BULLET = re.compile(r"^\s*(?:[-–—*•·◦‣▪☐✓]+\s*(?!\d)|\(?\d{1,3}[.)]\s+|[a-z][.)]\s+)")
_COUNT = re.compile(r"\d{1,9}(?:[.,]0)?")
# A cell with a line break or a quotation mark, as Excel puts it on the clipboard.
_QUOTED_CELL = re.compile(r'(?:^|(?<=[\t\n]))"((?:[^"]|"")*)"(?=[\t\n]|$)')


@dataclass(frozen=True, slots=True)
class Line:
    """One contribution as it was pasted.

    `personal`: what in it may name a person. `known`: the event has this text already. `unread`: votes that are no
    number and were left out.
    """

    text: str
    cluster: str | None
    votes: int | None
    personal: tuple[Personal, ...]
    known: bool
    unread: str | None = None


def new_keys(stem: str, taken: Collection[str]) -> Iterator[str]:
    """Keys made of a stem and a number that counts on from the highest one taken, such as "W12-07"."""
    stem = stem[:_LONGEST_STEM]
    pattern = re.compile(re.escape(stem) + r"-(\d+)")
    numbers = [int(found[1]) for key in taken if (found := pattern.fullmatch(key))]
    for number in count(max(numbers, default=0) + 1):
        yield f"{stem}-{number:02d}"


def pasted_rows(text: str) -> list[list[str]]:
    """The cells of pasted text, a row per line: text, cluster, votes.

    Cells are separated by tabs, as Excel copies them, or by semicolons. The last part of a line is its votes if it is a
    number, the one before its cluster, unless it is long or ends like a sentence.
    """
    joined = _QUOTED_CELL.sub(lambda found: found[1].replace('""', '"').replace("\n", " "), text.replace("\r\n", "\n"))
    return [line.split("\t") if "\t" in line else _parts(line) for line in joined.splitlines()]


def _parts(line: str) -> list[str]:
    head, separator, votes = line.rpartition(";")
    if not separator or not (_COUNT.fullmatch(votes.strip()) or not votes.strip()):
        head, votes = line, ""
    text, separator, cluster = head.rpartition(";")
    if not separator or len(cluster.strip()) > _LONGEST_CLUSTER or cluster.rstrip().endswith((".", "!", "?", ":")):
        text, cluster = head, ""
    return [text, cluster, votes]


def lines_from_rows(rows: Sequence[Sequence[object]], known: Collection[str]) -> list[Line]:
    """The contributions in rows of cells: text, cluster, votes, or in the order that a heading row names.

    Bullets and numbers before a text are taken off, rows without a text left out.

    Args:
        rows: Cells of pasted text or of a file.
        known: The texts that the event has already.
    """
    places, rows = _places(rows)
    seen = {_same(text) for text in known}
    lines = []
    for row in rows:
        text, cluster, votes = (_cell(row, place) for place in places)
        text = without_bullet(text)
        if not text:
            continue
        counted = int(re.split("[.,]", votes)[0]) if _COUNT.fullmatch(votes) else None
        unread = votes if votes and counted is None else None
        lines.append(Line(text, cluster or None, counted, personal_traces(text), _same(text) in seen, unread))
        seen.add(_same(text))
    return lines


def _places(rows: Sequence[Sequence[object]]) -> tuple[tuple[int | None, ...], Sequence[Sequence[object]]]:
    """Where text, cluster and votes stand, and the rows below the heading where there is one."""
    labels = {one.name: {one.name, one.column.de.casefold(), one.column.en.casefold()} for one in fields(Contribution)}
    heading = [str(cell).strip().casefold() for cell in rows[0]] if rows else []
    places = tuple(
        next((place for place, cell in enumerate(heading) if cell in labels[name]), None)
        for name in ("text", "cluster", "votes")
    )
    return ((0, 1, 2), rows) if places[0] is None else (places, rows[1:])


def _cell(row: Sequence[object], place: int | None) -> str:
    if place is None or place >= len(row) or row[place] is None:
        return ""
    return " ".join(str(row[place]).split())


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()


def contributions_from_lines(
    lines: Sequence[Line], event: Event, collected_on: date, *, public: bool, taken: Collection[str]
) -> tuple[Contribution, ...]:
    """Pasted lines as contributions to an event, with new keys."""
    return tuple(
        Contribution(
            programme=event.programme, key=key, text=line.text, event=event.key, collected_on=collected_on,
            cluster=line.cluster, votes=line.votes, public=public, demo=event.demo,
        )
        for line, key in zip(lines, new_keys(event.key, taken), strict=False)
    )  # fmt: skip


def without_bullet(text: str) -> str:
    """A line without the bullet or number before it."""
    return _BULLET.sub("", text, count=1).strip()
