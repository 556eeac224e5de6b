"""Oddities of a plan as such: labels that repeat, series that are identical, lines that rest while their phase runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.budget import ZERO

Series = Mapping[int, Decimal]
"""Amounts in euro by year; a year that is missing is zero."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled row of a document: its code, what stands above it, its label, and its value by column.

    Columns are years as text, "" for the total. Two rows are compared only in the columns that both have.
    """

    code: str
    above: str
    label: str
    values: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class RestingLines:
    """Lines of a phase that are zero in a year in which the phase is active, though they have amounts next to it."""

    phase: str
    year: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A leaf of the cost plan with the phase it belongs to and its amounts."""

    key: str
    phase: str
    amounts: Series


def repeated_labels(rows: Sequence[Labelled]) -> list[tuple[Labelled, ...]]:
    """Groups of rows that stand below the same heading under the same label although their values differ.

    The same label under different headings is no oddity: two phases may well have the same kinds of cost. Case and
    blanks at the ends make no difference. Rows with equal values are no oddity here; see `identical_series`.
    """
    groups: dict[tuple[str, str], list[Labelled]] = defaultdict(list)
    for row in rows:
        groups[row.above, row.label.strip().casefold()].append(row)
    return [tuple(group) for group in groups.values() if any(_differ(group[0], other) for other in group[1:])]


def _differ(first: Labelled, second: Labelled) -> bool:
    return any(first.values[column] != second.values[column] for column in first.values.keys() & second.values.keys())


def identical_series(amounts: Mapping[str, Series], min_years: int) -> list[tuple[str, ...]]:
    """Groups of lines with the very same amount in every year, with an amount in at least `min_years` of them.

    One amount that two lines share happens by chance; a whole series rarely does.
    """
    groups: dict[tuple[tuple[int, Decimal], ...], list[str]] = defaultdict(list)
    for key, series in amounts.items():
        groups[tuple(sorted((year, amount) for year, amount in series.items() if amount))].append(key)
    return [tuple(keys) for series, keys in groups.items() if len(keys) > 1 and len(series) >= max(min_years, 1)]


def resting_lines(lines: Iterable[PhaseLine], planned_years: Mapping[str, range]) -> list[RestingLines]:
    """Lines without an amount in a year in which their phase is active, by phase and year.

    A phase is active in a year where its planned dates touch the year or another of its lines has an amount. A line
    rests in such a year where it has none but has one in the year before or after: it begins late, ends early or
    pauses. A line that is zero for longer, or altogether, says nothing about this year. All resting lines of a phase
    and year are one oddity, so that a plan that begins in steps raises one hint and not one per line.
    """
    by_phase: dict[str, list[PhaseLine]] = defaultdict(list)
    for line in lines:
        by_phase[line.phase].append(line)
    found = []
    for phase, members in by_phase.items():
        spent = {year for line in members for year, amount in line.amounts.items() if amount}
        for year in sorted(spent | set(planned_years.get(phase, ()))):
            resting = tuple(line.key for line in members if _rests(line.amounts, year))
            if resting:
                found.append(RestingLines(phase, year, resting))
    return found


def _rests(amounts: Series, year: int) -> bool:
    if amounts.get(year, ZERO):
        return False
    return any(amounts.get(beside, ZERO) for beside in (year - 1, year + 1))
