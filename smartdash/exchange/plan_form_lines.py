"""From a pasted text or a table to the lines of a plan form: a code, a label, and the cells of years and total."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from smartdash.exchange.plan_form_words import is_total_heading
from smartdash.exchange.problems import Fault, Problem
from smartdash.exchange.tables import Table
from smartdash.exchange.validation import shown

CODE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*\.?")
SUM_CODE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*(?: ?\+ ?[0-9]{1,3}(?:\.[0-9]{1,3})*)+")
DASHES = frozenset("-–—−")
_LEADING = re.compile(rf"({SUM_CODE.pattern}|[0-9]{{1,3}}(?:\.[0-9]{{1,3}})+-\w+|{CODE.pattern})(?=\s|$)")
_YEAR = re.compile(r"(?:199[0-9]|20[0-9]{2}|2100)")
_YEAR_CELL = re.compile(
    rf"(?:Jahr|Haushaltsjahr|Ansatz|Plan|year)?\s*({_YEAR.pattern})(?:\s*[(\[]?(?:in )?(?:€|EUR|Euro)[)\]]?)?", re.I
)
_CURRENCY = frozenset(("€", "EUR", "Euro", "%"))
_NUMBERISH = re.compile(r"[+\-−–]?[0-9][\w.,'’]*[\-−–]?[€%]?")
_SHORT_CODE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+")
_EXACT = re.compile(r"[+\-−–]?[0-9][0-9.]*,[0-9]{2}[\-−–]?(?: ?(?:€|EUR|Euro|%))?")


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of a form; `years` only in a heading row, `cells` only where the line has amounts.

    A cell may be a `Fault`: its content cannot be used. `total` is what a heading row calls the totals, which then are
    the last cell of each row; empty where there are none.
    """

    sheet: str
    number: int
    code: str = ""
    label: str = ""
    cells: tuple[Any, ...] | None = None
    years: tuple[int, ...] = ()
    total: str = ""
    remark: str = ""


@dataclass(slots=True)
class Lines:
    """The lines of a form in their order, what is wrong with single ones, and whether they stood in cells."""

    file: str
    tabular: bool
    lines: list[FormLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0

    def wrong(self, line: FormLine, value: str, message: str, **values: str) -> None:
        """Note what is wrong with a line."""
        self.problems.append(Problem(self.file, line.sheet, line.number, "", value, message, values))


def text_lines(file: str, text: str) -> Lines:
    """The lines of a text as it is copied from a PDF; what stands before the first row of years is left out."""
    found = Lines(file, tabular=False)
    width = 0
    before: list[FormLine] = []
    for number, raw in enumerate(text.splitlines(), 1):
        tokens = _joined_currency(raw.split())
        if not tokens:
            continue
        heading = _years_of(tokens)
        if heading:
            years, total, label = heading
            if not width:
                kept = _plan_heading(before)
                found.lines += kept
                found.skipped = len(before) - len(kept)
            width = len(years) + bool(total)
            found.lines.append(FormLine("", number, label=label, years=years, total=total))
        elif width:
            _add_text_line(found, number, tokens, width)
        else:
            before.append(_coded(FormLine("", number), " ".join(tokens)))
    return found


def table_lines(tables: Iterable[Table]) -> Lines:
    """The lines of the sheets that have a row of years; title rows and blank rows above it are left out."""
    found = Lines("", tabular=True)
    for table in tables:
        found.file = table.file
        _add_table(found, table)
    return found


def _joined_currency(tokens: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for token in tokens:
        if token in _CURRENCY and joined and joined[-1][-1:].isdigit():
            joined[-1] += f" {token}"
        else:
            joined.append(token)
    return joined


def _years_of(tokens: Sequence[str]) -> tuple[tuple[int, ...], str, str] | None:
    """The years of a heading line, what the total after them is called, and the words before them."""
    total = tokens[-1] if is_total_heading(tokens[-1]) else ""
    rest = list(tokens[:-1] if total else tokens)
    years: list[int] = []
    while rest and _YEAR.fullmatch(rest[-1]):
        years.insert(0, int(rest.pop()))
    if len(years) + bool(total) < 2 or not years:
        return None
    return tuple(years), total, " ".join(rest)


def _plan_heading(before: Sequence[FormLine]) -> list[FormLine]:
    """The heading right above the first years, with the lines its label goes on in: "1 Kostenplanung"."""
    for back in (1, 2):
        if len(before) >= back and before[-back].code and before[-back].label:
            return list(before[-back:])
    return []


def _coded(line: FormLine, text: str) -> FormLine:
    match = _LEADING.match(text)
    if not match:
        return replace(line, label=text)
    return replace(line, code=match[1].replace(" ", "").removesuffix("."), label=text[match.end() :].strip())


def _add_text_line(found: Lines, number: int, tokens: Sequence[str], width: int) -> None:
    line = FormLine("", number)
    run = _trailing_numbers(tokens)
    if run != width:
        run = _meant(tokens, run, width)
    words, cells = tokens[: len(tokens) - run], tuple(tokens[len(tokens) - run :])
    if run == len(tokens) == width + 1 and CODE.fullmatch(tokens[0]):
        words, cells = tokens[:1], cells[1:]
    line = _coded(line, " ".join(words)) if words else line
    if not cells:
        found.lines.append(line)
    elif len(cells) == width:
        found.lines.append(replace(line, cells=cells))
    else:
        found.wrong(line, shown(" ".join(tokens)), "plan_form.wrong_count", n=str(len(cells)), expected=str(width))
        found.lines.append(replace(line, cells=()))


def _trailing_numbers(tokens: Sequence[str]) -> int:
    run = 0
    while run < len(tokens) and _is_numberish(tokens[-1 - run]):
        run += 1
    return run


def _is_numberish(token: str) -> bool:
    if token in DASHES:
        return True
    if token.count(".") > 1 and _SHORT_CODE.fullmatch(token):
        return False
    digits = sum(sign.isdigit() for sign in token)
    return _NUMBERISH.fullmatch(token.replace(" ", "")) is not None and 2 * digits >= len(token)


def _meant(tokens: Sequence[str], run: int, width: int) -> int:
    """How many of the last tokens are amounts, where there are not as many numbers at the end as there should be.

    A label may end with a number ("Smart City 2030"), and a single amount may be misspelt.
    """
    numbers = tokens[len(tokens) - run :]
    exact = [bool(_EXACT.fullmatch(token)) or token in DASHES for token in numbers]
    if run > width:
        surplus = run - width
        first = numbers[surplus]
        fits = all(exact[surplus:]) and not any(_EXACT.fullmatch(token) for token in numbers[:surplus])
        # "40 250,00" may be one amount with a space for the thousands.
        return width if fits and run < len(tokens) and not re.match(r"[0-9]{3}(?![0-9.])", first) else run
    alone = len(tokens) == width or (len(tokens) > width and not _is_numberish(tokens[-width - 1]))
    if run < width and alone and _EXACT.fullmatch(tokens[-width]):
        return width
    return 0 if not any(exact) and 2 * run < width else run


def _add_table(found: Lines, table: Table) -> None:
    columns: list[int] = []
    before: list[FormLine] = []
    for index, row in enumerate(table.rows):
        line = FormLine(table.name, index + 1)
        heading = _years_in(row)
        if heading:
            columns, years, total = heading
            if before:
                kept = _plan_heading(before)
                found.lines += kept
                found.skipped += len(before) - len(kept)
                before = []
            found.lines.append(replace(line, label=_words(row[: columns[0]]), years=years, total=total))
        elif not any(shown(cell) for cell in row) and not any(place == index for place, _ in table.broken):
            continue
        elif columns:
            _add_row(found, table, index, columns)
        else:
            before.append(_coded(line, _words(row)))
    if not columns:
        found.skipped += len(before)


def _years_in(row: Sequence[Any]) -> tuple[list[int], tuple[int, ...], str] | None:
    years = {place: year for place, cell in enumerate(row) if (year := _year_in(cell)) is not None}
    if not years:
        return None
    last = max(years)
    after = next((place for place in range(last + 1, len(row)) if shown(row[place])), None)
    total = shown(row[after]) if after is not None and is_total_heading(shown(row[after])) else ""
    others = [shown(cell) for cell in row[min(years) : last] if shown(cell) and _year_in(cell) is None]
    if len(years) + bool(total) < 2 or others:
        return None
    return [*years, *([after] if total and after is not None else [])], tuple(years.values()), total


def _year_in(cell: Any) -> int | None:
    if isinstance(cell, bool | date):
        return None
    text = str(int(cell)) if isinstance(cell, float | int) and float(cell).is_integer() else shown(cell)
    match = _YEAR_CELL.fullmatch(text)
    return int(match[1]) if match else None


def _add_row(found: Lines, table: Table, index: int, columns: Sequence[int]) -> None:
    row, line = table.rows[index], FormLine(table.name, index + 1)
    left = [cell for cell in row[: columns[0]] if shown(cell)]
    if left and isinstance(left[0], date):
        found.wrong(line, shown(left[0]), "plan_form.code_is_date")
        left = left[1:]
    line = _coded(line, _words(left))
    cells = tuple(table.broken.get((index, place), row[place] if place < len(row) else "") for place in columns)
    right = [shown(cell) for cell in row[columns[-1] + 1 :] if shown(cell)]
    if not any(isinstance(cell, Fault) or shown(cell) for cell in cells):
        found.lines.append(replace(line, label=" ".join((line.label, *right)).strip()))
        return
    count = sum(place < len(row) for place in columns) + sum(_is_numberish(text) for text in right)
    if count != len(columns):
        value = shown(" ".join(shown(cell) for cell in row))
        found.wrong(line, value, "plan_form.wrong_count", n=str(count), expected=str(len(columns)))
        cells = ()
    found.lines.append(replace(line, cells=cells, remark=" ".join(right)))


def _words(cells: Sequence[Any]) -> str:
    """The texts of cells in one; Excel keeps the code 1 as 1.0 and the code 1.1 as a number."""
    whole = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]
    return " ".join(" ".join(str(cell).split()) for cell in whole if shown(cell))
