"""Which columns of a grown list of projects mean which field: the heading row, and what its headings are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from smartdash.exchange.files import Contents
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Problem
from smartdash.exchange.tables import Table
from smartdash.exchange.workbooks import column_letters
from smartdash.model.declare import DeclaredField, Record, fields
from smartdash.model.projects import Project, ProjectProgress

MOST_ROWS = 2_000
"""A list of more rows is no list of projects that anybody could look through before it is stored."""
_HEADING_WITHIN = 30
"""The heading row is looked for in so many first rows: above it stand a title, a date, a legend."""

TARGETS: dict[str, type[Record]] = {
    **dict.fromkeys(
        (
            "title", "key", "goal", "unit", "field_of_work", "owner_role", "kind", "state", "planned_start",
            "planned_end", "actual_end", "cost", "final_cost", "attainment",
        ),
        Project,
    ),
    "stage": ProjectProgress,
    "completion": ProjectProgress,
}  # fmt: skip
"""The fields that a column may mean, with their record type, in the order of offering."""

_WORDS = {
    "title": "Projekt, Projektname, Projekttitel, Projektbezeichnung, Maßnahme, Maßnahmentitel, Vorhaben, Bezeichnung, "
    "Name, Titel, Thema, project, project name, measure, title",
    "key": "Schlüssel, Kennung, Kürzel, Projektnummer, Projekt-Nr., Projekt-ID, ID, key, project number, project id",
    "goal": "Ziel, Ziele, Projektziel, Zielsetzung, Ziel des Projekts, Zweck, goal, goals, objective, aim",
    "unit": "Amt, Federführung, Federführendes Amt, Fachbereich, FB, Dezernat, Organisationseinheit, OE, Einheit, "
    "Geschäftsbereich, Fachdienst, Abteilung, lead, lead unit, unit, department, office",
    "field_of_work": "Handlungsfeld, Arbeitsfeld, Themenfeld, Feld, Bereich, field of work, field of action, field",
    "owner_role": "Zuständig, Zuständigkeit, Zuständige Rolle, Verantwortlich, Verantwortung, Projektleitung, Rolle, "
    "responsible, owner, owner role, project lead",
    "kind": "Art, Typ, Projektart, Art des Vorhabens, kind, type",
    "state": "Status, Stand, Projektstatus, Bearbeitungsstand, Umsetzungsstand, state",
    "planned_start": "Beginn, Start, Projektbeginn, Projektstart, geplanter Beginn, Beginn Plan, Beginn geplant, "
    "von, start, planned start, begin",
    "planned_end": "Ende, Fertigstellung bis, geplanter Abschluss, geplantes Ende, Ende Plan, Abschluss, "
    "Abschluss geplant, Projektende, Termin, Fertigstellungstermin, Zieltermin, Umsetzung bis, bis, Laufzeit bis, "
    "geplante Fertigstellung, end, planned end, planned completion, due date, deadline",
    "actual_end": "Ende Ist, tatsächliches Ende, abgeschlossen am, beendet am, fertiggestellt am, Ist-Ende, "
    "actual end, completed on, finished on",
    "cost": "Budget, Kosten, Plankosten, geplante Kosten, Projektbudget, Mittel, Kosten Plan, Kostenschätzung, "
    "geplante Gesamtkosten, cost, costs, planned cost, estimated cost",
    "final_cost": "Gesamtkosten, Kosten Ist, Ist-Kosten, abgerechnete Kosten, tatsächliche Kosten, final cost, "
    "total cost, actual cost",
    "attainment": "Zielerreichung, Zielerreichungsgrad, erreichtes Ziel, attainment, goal attainment",
    "stage": "Phase, Projektphase, stage, project phase",
    "completion": "Fertigstellung, Fertigstellungsgrad, Fortschritt, Umsetzungsgrad, Realisierungsgrad, erledigt, "
    "completion, degree of completion, progress, complete",
}
_FACTORS = (
    (re.compile(r"\bT\s?€|\bTEUR\b|\bT\s?Euro\b|\bTsd\.?(?:\s?(?:€|EUR|Euro)|\b)|\bk\s?€|\bkEUR\b", re.I), 1_000),
    (re.compile(r"\bMio\.?(?:\s?(?:€|EUR|Euro)|\b)|\bMillionen\b", re.I), 1_000_000),
)
_EURO = re.compile(r"€|\bEUR\b|\bEuro\b", re.I)
_DECORATION = re.compile(r"\bin\b|\bder\b|\bdes\b|%|\bProzent\b|\bper cent\b|\bbrutto\b", re.I)


@dataclass(frozen=True, slots=True)
class LegacySheet:
    """A sheet with a heading row that was recognised; its merged cells and broken cells keep their places.

    `headings` are the texts of the heading row (its row number is `top` + 1); `rows` are the filled rows below it, each
    with the number a user sees.
    """

    table: Table
    top: int
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]

    def column_name(self, place: int) -> str:
        """What a column is called for the user: its heading, or else its letter."""
        return self.headings[place] or column_letters(place)


@cache
def target_field(name: str) -> DeclaredField:
    """The declared field of a target."""
    return next(one for one in fields(TARGETS[name]) if one.name == name)


def money_factor(text: str) -> Decimal | None:
    """How many euro one of the unit named in a text is: 1000 for "T€", 1 for "EUR"; None where none is named."""
    for pattern, factor in _FACTORS:
        if pattern.search(text):
            return Decimal(factor)
    return Decimal(1) if _EURO.search(text) else None


def without_money_unit(text: str) -> str:
    """A text without the units that `money_factor` knows."""
    for pattern, _ in _FACTORS:
        text = pattern.sub("", text)
    return _EURO.sub("", text).strip()


@cache
def _by_word() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in TARGETS:
        column = target_field(name).column
        for word in (name, column.de, column.en, *_WORDS[name].split(", ")):
            found.setdefault(_folded(word), name)
    return found


def _folded(heading: str) -> str:
    return plain(_DECORATION.sub(" ", without_money_unit(heading)))


def guess_field(heading: str) -> str | None:
    """The target that a heading means, by its words without units ("Budget in T€"), or None.

    A percentage of "Fertigstellung" is the degree of completion. What stands in brackets, and what follows a line
    break, explains the heading and is tried without.
    """
    for text in (heading, re.sub(r"[(\[].*?[)\]]", " ", heading), heading.split("\n")[0]):
        found = _by_word().get(_folded(text))
        if found:
            return found
    return None


def guess_fields(headings: Sequence[str]) -> dict[int, str]:
    """The targets by column, each at most once: the first column that means it has it."""
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        name = guess_field(heading)
        if name and name not in found.values():
            found[place] = name
    return found


def find_lists(contents: Contents) -> tuple[list[LegacySheet], list[Problem]]:
    """The sheets of a file with a list of projects, the one with most known headings first; or why there is none.

    A sheet without any known heading is no list and left out, as long as another one is.
    """
    if contents.problems:
        return [], list(contents.problems)
    sheets, problems = [], []
    for table in contents.tables:
        sheet, problem = _understood(table)
        if sheet:
            sheets.append(sheet)
        if problem:
            problems.append(problem)
    sheets.sort(key=lambda sheet: -len(guess_fields(sheet.headings)))
    if sheets or problems:
        return sheets, [] if sheets else problems
    return [], [Problem(contents.name, "", None, "", "", "legacy.no_table")]


def _understood(table: Table) -> tuple[LegacySheet | None, Problem | None]:
    found = [
        (len(guess_fields(_texts(row))), -index)
        for index, row in enumerate(table.rows[:_HEADING_WITHIN])
        if _filled(row)
    ]
    if not found:
        return None, None
    known, top = max(found)[0], -max(found)[1]
    if not known:
        return None, _problem(table, None, "legacy.no_heading", within=str(_HEADING_WITHIN))
    if top in table.merged_rows:
        return None, _problem(table, top, "legacy.merged_heading")
    headings = _texts(table.rows[top])
    rows = tuple(
        (index + 1, (*row, *[""] * (len(headings) - len(row))))
        for index, row in enumerate(table.rows[top + 1 :], top + 1)
        if _filled(row) or any(place == index for place, _ in table.broken)
    )
    if not rows:
        return None, _problem(table, top, "legacy.only_headings")
    if len(rows) > MOST_ROWS:
        return None, _problem(table, None, "legacy.too_many_rows", rows=str(len(rows)), most=str(MOST_ROWS))
    return LegacySheet(table, top, headings, rows), None


def _problem(table: Table, top: int | None, message: str, **values: str) -> Problem:
    return Problem(table.file, table.name, None if top is None else top + 1, "", "", message, values)


def _texts(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell).strip() for cell in row)


def _filled(row: Sequence[Any]) -> bool:
    return any(_texts(row))
