"""What the cells of a grown list mean: shares and percentages, thousands of euro, quarters and years as days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from smartdash.exchange.cells import convert
from smartdash.exchange.legacy_headings import money_factor, target_field, without_money_unit
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Fault
from smartdash.model.declare import Day, Money
from smartdash.model.projects import ProjectKind, ProjectStage, ProjectState

PERCENTAGES = ("completion", "attainment")
_PLANNED = ("planned_start", "planned_end")
_YEARS = range(1990, 2101)
_YEAR = re.compile(r"(?:Jahr\s+)?(\d{4})(?:\.0)?", re.I)
_HALF = re.compile(r"(?:H\s?([12])|([12])\.\s?(?:Halbjahr|Hj\.?))\s*[/.]?\s*(\d{4})", re.I)
_QUARTER = re.compile(r"(?:Q\s?([1-4])|([1-4])\.\s?(?:Quartal|Qu\.?)|(I{1,3}|IV)\.?\s?Quartal)\s*[/.]?\s*(\d{4})", re.I)
_MONTH = re.compile(r"(0?[1-9]|1[0-2])\s?[/.]\s?(\d{4})")
_NAMED_MONTH = re.compile(r"([A-Za-zä]{3,9})\.?\s+(\d{4})")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januar", "january"),
            ("feb", "februar", "february"),
            ("maerz", "mrz", "mar", "march"),
            ("apr", "april"),
            ("mai", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("okt", "oktober", "oct", "october"),
            ("nov", "november"),
            ("dez", "dezember", "dec", "december"),
        ),
        1,
    )
    for name in names
}
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_WORDS: dict[str, dict[str, Any]] = {
    "state": {
        "laufend": ProjectState.RUNNING, "inumsetzung": ProjectState.RUNNING, "inarbeit": ProjectState.RUNNING,
        "inbearbeitung": ProjectState.RUNNING, "begonnen": ProjectState.RUNNING, "gestartet": ProjectState.RUNNING,
        "aktiv": ProjectState.RUNNING, "inprogress": ProjectState.RUNNING, "active": ProjectState.RUNNING,
        "offen": ProjectState.PLANNED, "inplanung": ProjectState.PLANNED, "nichtbegonnen": ProjectState.PLANNED,
        "open": ProjectState.PLANNED, "notstarted": ProjectState.PLANNED,
        "fertig": ProjectState.COMPLETED, "erledigt": ProjectState.COMPLETED, "umgesetzt": ProjectState.COMPLETED,
        "beendet": ProjectState.COMPLETED, "done": ProjectState.COMPLETED, "finished": ProjectState.COMPLETED,
        "abgebrochen": ProjectState.STOPPED, "eingestellt": ProjectState.STOPPED, "gestoppt": ProjectState.STOPPED,
        "cancelled": ProjectState.STOPPED,
    },
    "stage": {
        "konzeption": ProjectStage.PLANNING, "konzept": ProjectStage.PLANNING, "inplanung": ProjectStage.PLANNING,
        "inumsetzung": ProjectStage.IMPLEMENTATION, "realisierung": ProjectStage.IMPLEMENTATION,
        "einfuehrung": ProjectStage.ROLLOUT, "imbetrieb": ProjectStage.OPERATION,
        "abgeschlossen": ProjectStage.CLOSED, "abschluss": ProjectStage.CLOSED,
    },
    "kind": {
        "vorhaben": ProjectKind.PROJECT, "einzelmassnahme": ProjectKind.MEASURE,
        "laufendeaufgabe": ProjectKind.PERMANENT, "projektidee": ProjectKind.IDEA,
    },
}  # fmt: skip
"""Words of grown lists that the choices of the model have no label for, folded as by `plain`."""


def read_column(name: str, heading: str, cells: Sequence[Any]) -> tuple[list[Any], dict[int, Fault], int]:
    """The values of a target's column (None where empty or wrong), the faults by index, and how many cells were vague.

    A cell is vague where it names a quarter, half-year, month or year in the place of a day. Units and fields of work
    stay the texts that they are.
    """
    column = target_field(name).column
    if name in PERCENTAGES:
        return *_percentages(name, cells), 0
    if isinstance(column, Money):
        return *_amounts(name, heading, cells), 0
    if isinstance(column, Day) and name in _PLANNED:
        periods = [period(cell) for cell in cells]
        days = ["" if span else cell for span, cell in zip(periods, cells, strict=True)]
        values, faults = convert(target_field(name), days)
        last = name == "planned_end"
        values = [span[last] if span else value for span, value in zip(periods, values, strict=True)]
        return values, faults, sum(span is not None for span in periods)
    if name in ("unit", "field_of_work"):
        return [_one_line(cell) or None for cell in cells], {}, 0
    known = _WORDS.get(name, {})
    words = [known.get(plain(cell), cell) if isinstance(cell, str) else cell for cell in cells]
    values, faults = convert(target_field(name), words)
    return [_one_line(value) if name in ("title", "key", "owner_role") else value for value in values], faults, 0


def _one_line(cell: Any) -> Any:
    """A text without line breaks and doubled spaces; a whole number (an office's number) as its digits."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if cell is None else " ".join(str(cell).split())


def _percentages(name: str, cells: Sequence[Any]) -> tuple[list[Any], dict[int, Fault]]:
    """Percentages; a column of numbers up to 1 with fractions holds shares, as Excel's percent format stores them.

    Where a column has no fraction, a bare 1 may be one per cent or the whole, and is refused.
    """
    numbers = [cell for cell in cells if isinstance(cell, float | int) and not isinstance(cell, bool)]
    small = bool(numbers) and all(0 <= value <= 1 for value in numbers)
    shares = small and any(0 < value < 1 for value in numbers)
    ones = {index for index, cell in enumerate(cells) if small and not shares and cell in (1, 1.0)}
    given = [round(cell * 100, 6) if shares and isinstance(cell, float | int) else cell for cell in cells]
    plainly = [
        re.sub(r"\s*(?:%|Prozent|per cent)\s*$", " %", cell) if isinstance(cell, str) else cell for cell in given
    ]
    values, faults = convert(target_field(name), plainly)
    faults |= {index: Fault("legacy.one_per_cent") for index in ones}
    return [None if index in ones else value for index, value in enumerate(values)], faults


def _amounts(name: str, heading: str, cells: Sequence[Any]) -> tuple[list[Any], dict[int, Fault]]:
    """Amounts in euro; the unit in a cell counts before that in the heading, and none at all is euro."""
    factors, texts = [], []
    for cell in cells:
        own = money_factor(cell) if isinstance(cell, str) else None
        factor = own or money_factor(heading) or Decimal(1)
        text = without_money_unit(cell) if isinstance(cell, str) and own else cell
        if isinstance(text, float):
            # Multiplied as the spreadsheet would, so that its noise beyond the cents is known as such.
            text, factor = text * float(factor), Decimal(1)
        if isinstance(text, str) and factor == 1 and _THOUSANDS.fullmatch(text.strip()):
            # An amount in euro has two decimals at most, so the point before three digits can only part thousands.
            text = text.replace(".", "")
        factors.append(factor)
        texts.append(text)
    values, faults = convert(target_field(name), texts)
    return [_in_euro(value, factor) for value, factor in zip(values, factors, strict=True)], faults


def _in_euro(value: Decimal | None, factor: Decimal) -> Decimal | None:
    if value is None:
        return None
    amount = value * factor
    return round(amount, 2) if amount == round(amount, 2) else amount


def period(cell: Any) -> tuple[date, date] | None:
    """The first and last day of the quarter, half-year, month or year that a cell names; None for all else."""
    text = str(cell).strip() if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""
    if found := _YEAR.fullmatch(text):
        return _span(int(found[1]), 1, 12)
    if found := _HALF.fullmatch(text):
        return _span(int(found[3]), int(found[1] or found[2]) * 6 - 5, 6)
    if found := _QUARTER.fullmatch(text):
        number = _ROMAN[found[3].upper()] if found[3] else int(found[1] or found[2])
        return _span(int(found[4]), number * 3 - 2, 3)
    if found := _MONTH.fullmatch(text):
        return _span(int(found[2]), int(found[1]), 1)
    if (found := _NAMED_MONTH.fullmatch(text)) and plain(found[1]) in _MONTHS:
        return _span(int(found[2]), _MONTHS[plain(found[1])], 1)
    return None


def _span(year: int, month: int, months: int) -> tuple[date, date] | None:
    if year not in _YEARS:
        return None
    following = year * 12 + month - 1 + months
    return date(year, month, 1), date(following // 12, following % 12 + 1, 1) - timedelta(days=1)
