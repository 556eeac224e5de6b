"""A plan as its form prints it, made from records: lines of a text as a PDF gives them, and rows of cells."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from smartdash.exchange import read
from smartdash.exchange.plan_form import FormPlan
from smartdash.exchange.plan_form_layout import form_of
from smartdash.exchange.plan_form_records import Held
from smartdash.exchange.plan_form_rows import FormRow
from smartdash.locale import words
from smartdash.model.money import PlanVersion, StatedSubject

SAY = words("de")
SCHWERIN = "schwerin-smart-city-2021"
_BUNDLE = Path(__file__).parents[2] / "data" / SCHWERIN
_SECTIONS = {
    StatedSubject.COST: ("", "Kostenarten"),
    StatedSubject.FUNDING: ("3 Finanzierungsplanung", "Ifd.Nr. Finanzierungsmittel"),
}
SMALL = """\
Kostenarten 2024 2025 Gesamt
1.1 Personal 10,00 20,00 30,00
1.1.1 Personalkosten der
Stadt
10,00 20,00 30,00
1.2 Beratung (höchstens ein Drittel von 1.1) 0,50 – 0,50
1 Summe der Kosten 10,50 20,00 30,50
Finanzierungsmittel 2024 2025 Gesamt
3.1 Eigenmittel 1,05 2,00 3,05
3.2 Bundesmittel 9,45 18,00 27,45
Kontrollsumme 3.1+3.2 - 1 0,00 0,00 0,00
3.1+3.2 Gesamtfinanzierung 10,50 20,00 30,50
Finanzierungsanteile
3.3.1 Eigenanteil 10,00 10,00 10,00
3.3.2 Anteil des Bundes 90,00 90,00 90,00
"""


@cache
def schwerin() -> Held:
    """The plan of the bundle, as a store holds it."""
    records = {name: tuple(rows) for name, rows in read(_BUNDLE).records.items()}
    return Held(SCHWERIN, False, records)


@cache
def schwerin_form() -> FormPlan:
    """The rows of the form that the bundle's records come from."""
    held = schwerin()
    (version,) = held.all(PlanVersion)
    return form_of(held.plan(version), SAY)


def german(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def as_text(form: FormPlan, wrap: int = 58) -> str:
    """The form as text: long labels wrap, and then the amounts stand on a line of their own below an empty one."""
    head = " ".join((*map(str, form.years), "Gesamt"))
    lines, section = [" Kosten- und Finanzierungsplan", ""], None
    for row in form.rows:
        if row.kind is StatedSubject.SHARE and section is not row.kind:
            lines += ["Finanzierungsanteile", ""]
        elif row.heading or (row.kind is StatedSubject.FUNDING and section is not row.kind and row.place_in_tree):
            title, columns = _SECTIONS[row.kind]
            lines += [title or f"{row.code} Kostenplanung ({row.label})", "", f"{columns} {head}", ""]
        section = section if row.kind is StatedSubject.CONTROL else row.kind
        if row.heading:
            continue
        named = row.label if not row.code[0].isdigit() else f"{row.code} {row.label}"
        label, amounts = textwrap.wrap(named, wrap), " ".join(map(german, (*row.amounts, row.total)))
        lines += [*label, "", amounts, ""] if len(label) > 1 else [f"{label[0]} {amounts}", ""]
    return "\n".join(lines)


def as_cells(form: FormPlan) -> list[list[Any]]:
    """The form as a grown sheet: titles, blank rows, numbers beside texts such as "1.705.000,00 €"."""
    rows: list[list[Any]] = [["Kosten- und Finanzierungsplan"], [], ["Programm", "Muster"]]
    section = None
    for row in form.rows:
        if row.kind in _SECTIONS and (row.kind is not section or row.heading):
            title = f"{row.code} Kostenplanung ({row.label})" if row.heading else "3 Finanzierungsplanung"
            rows += [[], [title], ["lfd. Nr.", _SECTIONS[row.kind][1], *form.years, "Gesamt in €"]]
        if row.kind is StatedSubject.SHARE and section is not row.kind:
            rows.append(["Finanzierungsanteile"])
        section = section if row.kind is StatedSubject.CONTROL else row.kind
        if not row.heading:
            rows.append(_cells(row))
    return rows


def _cells(row: FormRow) -> list[Any]:
    label = row.label.removeprefix(row.code).strip() if not row.code[0].isdigit() else row.label
    numbers = [
        float(amount) if place % 2 else german(amount) for place, amount in enumerate(row.amounts) if amount is not None
    ]
    return [row.code, label, *numbers, f"{german(row.total)} {'%' if row.kind is StatedSubject.SHARE else '€'}"]
