"""The edit grid: what it shows is what comes back, and what it cannot hold is refused as in a file."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from smartdash.exchange import read
from smartdash.exchange.first_use import DATA
from smartdash.exchange.grid import grid_csv, grid_rows
from smartdash.locale import Language
from smartdash.model import RECORDS
from smartdash.model.declare import Record, fields
from smartdash.model.okr import KeyResult
from smartdash.model.schedule import Milestone
from smartdash.model.shared import Source


def every_key(programme: str, record: str) -> set[str]:
    found: set[str] = set()
    for folder in (DATA / programme, DATA / "reference"):
        path = folder / f"{record}.csv"
        if path.exists():
            found |= keys(path)
    return found


def keys(path: Path) -> set[str]:
    reading = read(path, programme=path.parent.name)
    if reading.records:
        return {item.key for items in reading.records.values() for item in items}
    with path.open(encoding="utf-8") as file:
        return {row["key"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def musterstadt() -> dict[str, list[Record]]:
    reading = read(DATA / "musterstadt", known=every_key)
    assert not reading.problems
    return {name: list(items) for name, items in reading.records.items()}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_untouched_grid_comes_back_as_it_was(musterstadt: dict[str, list[Record]], lang: Language) -> None:
    for name, records in musterstadt.items():
        upload = (f"{name}.csv", grid_csv(RECORDS[name], grid_rows(records, RECORDS[name], lang)))
        own = None if name == "programme" else "musterstadt"
        reading = read(
            upload,
            programme=own,
            known=lambda _, target: {item.key for item in musterstadt.get(target, [])} | every_key("reference", target),
        )
        assert not reading.problems, (name, reading.problems[:2])
        assert list(reading.records[name]) == records


def test_numbers_show_the_decimal_sign_of_the_language() -> None:
    key_result = KeyResult(
        programme="p", key="k", title="t", objective="o", baseline=Decimal("-0.125"), target=Decimal(5)
    )
    place = [one.name for one in fields(KeyResult)].index("baseline")
    assert grid_rows([key_result], KeyResult, "de")[0][place] == "-0,1250"
    assert grid_rows([key_result], KeyResult, "en")[0][place] == "-0.1250"


@pytest.mark.parametrize("empty", [None, float("nan")])
def test_cells_never_filled_are_empty(empty: object) -> None:
    row = ["M", "Titel", *[empty] * (len(fields(Milestone)) - 2)]
    row[[one.name for one in fields(Milestone)].index("planned")] = date(2026, 1, 31)
    reading = read(("milestone.csv", grid_csv(Milestone, [row])), programme="p")
    (milestone,) = reading.records["milestone"]
    assert milestone == Milestone(programme="p", key="M", title="Titel", planned=date(2026, 1, 31))


@pytest.mark.parametrize("text", ["=1+1", "+49", "-", "@x", "'=x", "Zeile 1\nZeile 2"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    source = Source(programme="p", key="k", title=text)
    upload = ("source.csv", grid_csv(Source, grid_rows([source], Source, "de")))
    assert read(upload, programme="p").records["source"] == [source]


def test_a_wrong_cell_is_refused_with_its_row_and_column() -> None:
    row = ["M", "Titel", *[None] * (len(fields(Milestone)) - 2)]
    row[[one.name for one in fields(Milestone)].index("phase")] = "nirgends"
    row[[one.name for one in fields(Milestone)].index("planned")] = "irgendwann"
    reading = read(("milestone.csv", grid_csv(Milestone, [row])), programme="p", known=lambda _, __: set())
    assert {(problem.row, problem.column) for problem in reading.problems} == {(2, "planned"), (2, "phase")}
