"""From the lines of a plan form to its rows: wrapped labels are joined, amounts read, sections told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import cents
from smartdash.exchange.cells import CONTROL
from smartdash.exchange.numbers import number_from_float, number_from_text
from smartdash.exchange.plan_form_lines import CODE, DASHES, FormLine, Lines
from smartdash.exchange.plan_form_words import begins_sum, is_computed, is_control, section_of
from smartdash.exchange.problems import Fault, Problem
from smartdash.exchange.validation import shown
from smartdash.locale.texts import shortened
from smartdash.model.money import StatedSubject

_LONGEST_LABEL = 300
_LONGEST_CODE = 30
_MOST_DIGITS = 16
_PADDED = re.compile(r"[+\-−–]?0[0-9]")


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row as printed: amounts by the form's years, None where a cell is empty; shares are in per cent.

    `heading`: a row without amounts that others belong to; where its totals follow in a row of the same code, its label
    is that row's `title`. `computed`: no document prints its totals, our own export
    has added them up.
    """

    sheet: str
    number: int
    code: str
    label: str
    kind: StatedSubject
    amounts: tuple[Decimal | None, ...] = ()
    total: Decimal | None = None
    heading: bool = False
    computed: bool = False
    title: str = ""

    @property
    def place_in_tree(self) -> tuple[int, ...]:
        """The numbers of the code, empty for sums and rows without one."""
        if self.kind not in (StatedSubject.COST, StatedSubject.FUNDING) or not CODE.fullmatch(self.code):
            return ()
        return tuple(map(int, self.code.split(".")))


@dataclass(slots=True)
class Rows:
    """What the lines of a form amount to."""

    lines: Lines
    rows: list[FormRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[FormLine] = field(default_factory=list)
    years: tuple[int, ...] = ()
    total: str = ""
    section: StatedSubject | None = None
    pending: FormLine | None = None
    loose: list[FormLine] = field(default_factory=list)


def assembled(lines: Lines) -> Rows:
    """The rows of a form, or what is wrong with its lines."""
    found = Rows(lines, problems=lines.problems)
    for line in lines.lines:
        if line.years:
            _take_years(found, line)
        elif line.cells is not None:
            _take_amounts(found, line)
        elif line.code:
            _close(found)
            found.pending = line
        else:
            _take_words(found, line)
    _close(found)
    found.left_out += found.loose
    _check_whole(found)
    return found


def _wrong(found: Rows, line: FormLine | FormRow, column: str, value: str, message: str, **values: str) -> None:
    found.problems.append(Problem(found.lines.file, line.sheet, line.number, column, value, message, values))


def _take_years(found: Rows, line: FormLine) -> None:
    _close(found)
    if not found.years:
        found.years, found.total = line.years, line.total
        if list(line.years) != sorted(set(line.years)):
            _wrong(found, line, "", ", ".join(map(str, line.years)), "plan_form.years_unordered")
    elif (line.years, bool(line.total)) != (found.years, bool(found.total)):
        expected = f"{found.years[0]}–{found.years[-1]}"
        _wrong(found, line, "", ", ".join(map(str, line.years)), "plan_form.other_years", expected=expected)
    found.section = section_of(line.label) or found.section


def _take_words(found: Rows, line: FormLine) -> None:
    named = section_of(line.label)
    if found.pending and not (named is StatedSubject.SHARE and found.lines.tabular):
        found.pending = replace(found.pending, label=f"{found.pending.label} {line.label}".strip())
        return
    _close(found)
    if named and not any(begins_sum(one.label) for one in found.loose):
        found.section = named
    else:
        found.loose.append(line)


def _take_amounts(found: Rows, line: FormLine) -> None:
    if not line.code and found.pending:
        label = f"{found.pending.label} {line.label}".strip()
        line = replace(found.pending, label=label, cells=line.cells, remark=line.remark, number=found.pending.number)
        found.pending = None
    _close(found)
    if not line.cells:
        return
    if not line.code:
        line = replace(line, label=_wrapped_sum(found, line.label))
        word = re.match(r"[^\W\d_][\w\-]*", line.label)
        if word is None:
            _wrong(found, line, "", shown(next(iter(line.cells or ()), "")), "plan_form.amounts_without_row")
            return
        line = replace(line, code=word[0])
    _add(found, line)


def _wrapped_sum(found: Rows, label: str) -> str:
    """The label of a row without a code, with the lines before it that it wraps over."""
    if not begins_sum(label):
        starts = [place for place, line in enumerate(found.loose) if begins_sum(line.label)]
        first = starts[-1] if starts else len(found.loose) if label else 0
        label = " ".join([*(line.label for line in found.loose[first:]), label]).strip()
        del found.loose[first:]
    return label


def _close(found: Rows) -> None:
    """What waited for its amounts is a heading; a number alone is the number of a page."""
    line, found.pending = found.pending, None
    if line is None or (not line.label and line.code.isdecimal()):
        return
    found.section = section_of(line.label) or found.section
    _add(found, line)


def _add(found: Rows, line: FormLine) -> None:
    found.left_out += found.loose
    found.loose = []
    named = section_of(line.label)
    if line.code.isdecimal() and named:
        found.section = named
    kind = StatedSubject.CONTROL if is_control(f"{line.code} {line.label}") else found.section or named
    if kind is None:
        _wrong(found, line, "", line.code, "plan_form.no_section")
        return
    if CONTROL.search(line.label):
        _wrong(found, line, "", shortened(line.label, 80), "exchange.control_character")
        return
    label = line.label
    if kind is StatedSubject.CONTROL or not re.match(r"[0-9]", line.code):
        label = line.label if line.label.startswith(line.code) else f"{line.code} {line.label}".strip()
    for text, limit in ((label, _LONGEST_LABEL), (line.code, _LONGEST_CODE)):
        if len(text) > limit:
            _wrong(found, line, "", shortened(text, 80), "exchange.too_long", limit=str(limit))
            return
    row = FormRow(line.sheet, line.number, line.code, label or line.code, kind)
    if line.cells is None:
        found.rows.append(replace(row, heading=True))
        return
    cells = [_amount(found, line, place, kind) for place in range(len(line.cells))]
    amounts, total = (cells[:-1], cells[-1]) if found.total else (cells, None)
    found.rows.append(replace(row, amounts=tuple(amounts), total=total, computed=is_computed(line.remark)))


def _amount(found: Rows, line: FormLine, place: int, kind: StatedSubject) -> Decimal | None:
    cells: tuple[Any, ...] = line.cells or ()
    cell = cells[place]
    column = str(found.years[place]) if place < len(found.years) else found.total
    try:
        amount = _number(cell, "%" if kind is StatedSubject.SHARE else "€")
        if amount is None:
            return None
        if kind is StatedSubject.SHARE and isinstance(cell, float):
            return cents(amount)
        if amount != cents(amount):
            raise Fault("exchange.too_many_decimals", limit="2")
        return cents(amount)
    except Fault as fault:
        value = "" if isinstance(cell, Fault) else shown(cell)
        _wrong(found, line, column, value, fault.message, **fault.values)
        return None


def _number(cell: Any, unit: str) -> Decimal | None:
    """The number of a cell, None where it is empty or holds a dash.

    Raises:
        Fault: it is no number, not a clear one, or has too many digits.
    """
    if isinstance(cell, Fault):
        raise cell
    if isinstance(cell, bool):
        raise Fault("exchange.not_a_number")
    if isinstance(cell, date):
        raise Fault("exchange.date_in_number")
    if isinstance(cell, float | int):
        amount = number_from_float(float(cell), 4 if unit == "%" else 2)
    else:
        text = str(cell).strip()
        if not text or text in DASHES:
            return None
        if CONTROL.search(text):
            raise Fault("exchange.control_character")
        if _PADDED.match(text):
            raise Fault("exchange.not_a_number")
        amount = number_from_text(text, unit)
    if amount.adjusted() >= _MOST_DIGITS:
        raise Fault("exchange.too_large")
    return amount


def _check_whole(found: Rows) -> None:
    """What only shows at the end: no years, no rows, a code twice, a row of a text that never got its amounts."""
    file = found.lines.file
    if not found.years:
        found.problems.append(Problem(file, "", None, "", "", "plan_form.no_years"))
        return
    if found.lines.tabular:
        _scale_shares(found)
    _join_headings(found)
    first: dict[str, FormRow] = {}
    above = {row.code[:place] for row in found.rows for place, sign in enumerate(row.code) if sign == "."}
    above |= {part for row in found.rows for part in row.code.split("+") if "+" in row.code}
    kept = []
    for row in found.rows:
        if row.code in first:
            _wrong(found, row, "", row.code, "plan_form.code_twice", first=str(first[row.code].number))
        first.setdefault(row.code, row)
        if not row.heading or row.code in above:
            kept.append(row)
        elif found.lines.tabular:
            found.left_out.append(FormLine(row.sheet, row.number, label=f"{row.code} {row.label}"))
        else:
            _wrong(found, row, "", shortened(row.label, 80), "plan_form.no_amounts", code=row.code)
    found.rows = kept
    if not any(row.place_in_tree and not row.heading for row in kept) and not found.problems:
        found.problems.append(Problem(file, "", None, "", "", "plan_form.no_rows"))


def _join_headings(found: Rows) -> None:
    """A heading whose totals follow below its lines ("1 Kostenplanung" … "1 Summe") is one row with them."""
    filled = {row.code for row in found.rows if not row.heading}
    titles: dict[str, str] = {}
    for row in found.rows:
        if row.heading and row.code in filled:
            titles.setdefault(row.code, row.label)
    found.rows = [
        replace(row, title=titles.get(row.code, "")) for row in found.rows if not row.heading or row.code not in titles
    ]


def _scale_shares(found: Rows) -> None:
    """A sheet may keep 90.4 % as 0.904; where no share of the form is above one, all are such fractions."""
    shares = [row for row in found.rows if row.kind is StatedSubject.SHARE and not row.heading]
    values = [value for row in shares for value in (*row.amounts, row.total) if value is not None]
    if not values or max(values) > 1:
        return
    found.rows = [
        replace(row, amounts=tuple(map(_hundredfold, row.amounts)), total=_hundredfold(row.total))
        if row in shares
        else row
        for row in found.rows
    ]


def _hundredfold(value: Decimal | None) -> Decimal | None:
    return None if value is None else cents(value * 100)
