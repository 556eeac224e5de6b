from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from smartdash.exchange import export_bundle, export_workbook, read
from smartdash.exchange.cells import CONTROL
from smartdash.exchange.examples import examples
from smartdash.locale import Language
from smartdash.model import RECORDS
from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import Record
from smartdash.model.okr import KeyResult
from smartdash.model.schedule import Milestone
from smartdash.model.shared import Programme
from smartdash.spreadsheet import protect, unprotect

PROGRAMME = Programme(programme="muster", key="muster", title="Muster", municipality_name="Musterstadt")
LANGUAGES: list[Language] = ["de", "en"]
DANGEROUS = ["=1+1", "+1", "-2", "@SUM(A1)", "=HYPERLINK(\"x\")", "'=x", "''-x", "'x", "#REF!", "_x000D_", "5.0", "007",
             "1.1.5", "ja", "TRUE", "x\ny", "a;b,c\t\"d\"", "-"]  # fmt: skip


def read_back(content: bytes, name: str) -> Mapping[str, Sequence[Record]]:
    reading = read((name, content))
    assert not reading.problems, reading.problems
    return reading.records


def same(found: Mapping[str, Sequence[Record]], records: Mapping[str, Sequence[Record]]) -> bool:
    return {name: tuple(rows) for name, rows in found.items()} == {name: tuple(rows) for name, rows in records.items()}


def rewritten(content: bytes) -> bytes:
    """The workbook as another program saves it."""
    book = load_workbook(io.BytesIO(content))
    copy = io.BytesIO()
    book.save(copy)
    return copy.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_programme_with_every_record_type_comes_back_the_same(lang: Language) -> None:
    records = examples(lang)
    programme = records["programme"][0]
    assert isinstance(programme, Programme)
    content = export_workbook(records, programme=programme, lang=lang)
    assert set(records) == set(RECORDS)
    assert same(read_back(content, "export.xlsx"), records)
    assert same(read_back(rewritten(content), "export.xlsx"), records)
    assert same(read_back(export_bundle(records, programme=programme, lang=lang), "export.zip"), records)


def milestones(texts: Sequence[str]) -> dict[str, Sequence[Record]]:
    rows = [
        Milestone(programme="muster", key=f"m-{index}", title=text, planned=date(2024, 1, 1), owner_role=text)
        for index, text in enumerate(texts)
    ]
    return {"programme": [PROGRAMME], "milestone": rows}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_that_looks_like_something_else_stays_text(lang: Language) -> None:
    records = milestones(DANGEROUS)
    content = export_workbook(records, programme=PROGRAMME, lang=lang)
    assert same(read_back(content, "x.xlsx"), records)
    assert same(read_back(rewritten(content), "x.xlsx"), records)
    assert same(read_back(export_bundle(records, programme=PROGRAMME, lang=lang), "x.zip"), records)


def test_nothing_a_user_wrote_runs_as_a_formula() -> None:
    records = milestones(DANGEROUS)
    book = load_workbook(io.BytesIO(export_workbook(records, programme=PROGRAMME, lang="de")))
    cells = [cell for row in book["Meilensteine"].iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "d"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))
    with zipfile.ZipFile(io.BytesIO(export_bundle(records, programme=PROGRAMME, lang="de"))) as archive:
        rows = csv.reader(io.StringIO(archive.read("milestone.csv").decode("utf-8-sig"), newline=""))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@given(st.text(max_size=20))
def test_protection_is_undone_exactly(text: str) -> None:
    assert unprotect(protect(text)) == text
    assert not protect(text).startswith(("=", "+", "-", "@", "\t", "\r"))


TEXTS = st.text(min_size=1, max_size=30).filter(
    lambda text: text.strip() == text and bool(text.strip()) and not CONTROL.search(text) and "\r" not in text
)
MEASURES = st.decimals(min_value=-(10**13), max_value=10**13, places=4).map(lambda value: value + 0)
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXTS, MEASURES, DAYS), min_size=1, max_size=6, unique_by=lambda row: row[2]))
def test_any_text_number_and_date_survives(rows: list[tuple[str, Decimal, date]]) -> None:
    key_result: dict[str, Any] = {"programme": "muster", "key": "k", "title": "x", "objective": "o"}
    records: dict[str, Sequence[Record]] = {
        "programme": [PROGRAMME],
        "key_result": [KeyResult(**key_result, baseline=Decimal(0), target=Decimal(1))],
        "check_in": [
            CheckIn(programme="muster", key_result="k", reported_on=day, value=value, forecast=value, comment=text)
            for text, value, day in rows
        ],
    }
    assert same(read_back(export_workbook(records, programme=PROGRAMME, lang="de"), "x.xlsx"), records)
    assert same(read_back(export_bundle(records, programme=PROGRAMME, lang="de"), "x.zip"), records)


def test_what_no_file_can_hold_is_cleaned_when_it_goes_out() -> None:
    records = milestones(["Glocke\x07 und\r\nZeile"])
    for content, name in (
        (export_workbook(records, programme=PROGRAMME, lang="de"), "x.xlsx"),
        (export_bundle(records, programme=PROGRAMME, lang="de"), "x.zip"),
    ):
        milestone = read_back(content, name)["milestone"][0]
        assert isinstance(milestone, Milestone)
        assert milestone.title == "Glocke und\nZeile"


def test_an_area_brings_programme_and_sources_along() -> None:
    records = examples("de")
    programme = records["programme"][0]
    assert isinstance(programme, Programme)
    expected = ["programme", "source", *(name for name, record in RECORDS.items() if record.sheet.area == "okr")]
    for content, name in (
        (export_workbook(records, programme=programme, lang="de", area="okr"), "x.xlsx"),
        (export_bundle(records, programme=programme, lang="de", area="okr"), "x.zip"),
    ):
        assert sorted(read_back(content, name)) == sorted(expected)
    with pytest.raises(ValueError, match="unknown area"):
        export_bundle(records, programme=programme, lang="de", area="geld")


def test_a_text_too_long_for_a_cell_is_refused_not_cut() -> None:
    records = {"phase": [RECORDS["phase"](programme="muster", key="p", title="x", description="x" * 32_768)]}  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="does not fit"):
        export_workbook(records, programme=PROGRAMME, lang="de")
    assert same(
        read_back(export_bundle(records, programme=PROGRAMME, lang="de"), "x.zip"),
        {"programme": [PROGRAMME], **records},
    )
