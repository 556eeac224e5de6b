from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from smartdash.exchange import export_workbook, read, template
from smartdash.exchange.examples import examples
from smartdash.locale import Language
from smartdash.model import RECORDS
from smartdash.model.declare import AREAS
from smartdash.model.shared import Programme


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def exported(lang: Language, *, demo: bool = True) -> Workbook:
    programme = examples(lang)["programme"][0].model_copy(update={"demo": demo})
    assert isinstance(programme, Programme)
    return opened(export_workbook(examples(lang), programme=programme, lang=lang))


def column(book: Workbook, sheet: str, heading: str) -> list[object]:
    cells = next(cells for cells in book[sheet].iter_cols() if str(cells[0].value).startswith(heading))
    return [cell for cell in cells[1:] if cell.value is not None]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_sheets_stand_in_order_behind_the_guide(lang: Language) -> None:
    labels = [record.sheet.label(lang) for record in RECORDS.values()]
    assert exported(lang).sheetnames == ["Anleitung" if lang == "de" else "Guide", *labels, "_lists"]
    book = opened(template(lang=lang))
    assert book.sheetnames[1:-2] == labels
    assert book.sheetnames[-2:] == ["Beispiel" if lang == "de" else "Example", "_lists"]
    assert book["_lists"].sheet_state == "hidden"


@pytest.mark.parametrize("area", AREAS)
def test_a_template_of_an_area_has_its_sheets_and_imports_as_empty(area: str) -> None:
    content = template(lang="de", area=area, programme="muster")
    names = [
        record.sheet.de
        for record in RECORDS.values()
        if record.sheet.area == area or record.sheet.name in ("programme", "source")
    ]
    assert opened(content).sheetnames[1:-2] == names
    reading = read(("vorlage.xlsx", content), programme="muster")
    assert not reading.problems
    assert not any(reading.records.values())


def test_values_are_numbers_and_dates_in_german_formats() -> None:
    book = exported("de")
    (first, _) = column(book, "Buchungen", "Betrag")
    assert (first.value, first.number_format) == (9916.67, '#,##0.00\\ "€"')  # type: ignore[attr-defined]
    (day, _) = column(book, "Buchungen", "Buchungstag")
    assert (day.is_date, day.number_format) == (True, "dd.mm.yyyy")  # type: ignore[attr-defined]
    (key, _) = column(book, "Buchungen", "Schlüssel")
    assert (key.data_type, key.number_format, key.quotePrefix) == ("s", "@", False)  # type: ignore[attr-defined]
    assert [cell.value for cell in column(book, "Buchungen", "Art")] == ["Rechnung", "Gutschrift"]  # type: ignore[attr-defined]


def test_headings_are_marked_explained_and_repeated() -> None:
    book = exported("de")
    sheet = book["Meilensteine"]
    headings = {str(cell.value): cell for cell in sheet[1]}
    assert "Termin (Plan)" in headings
    assert "Erreicht am" in headings
    assert headings["Entscheidungspunkt"].comment is not None
    assert "ohne Beschluss" in headings["Entscheidungspunkt"].comment.text
    assert headings["Titel *"].font.bold
    assert headings["Titel *"].fill.start_color.rgb == "000F4C81"
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.auto_filter.ref


def test_demo_data_says_so_on_every_page_and_real_data_does_not() -> None:
    for demo in (True, False):
        book = exported("de", demo=demo)
        marks = [book[name].oddHeader.center.text for name in book.sheetnames if name != "_lists"]
        assert set(marks) == ({"Demo – fiktive Daten"} if demo else {None})
        guide = [cell.value for cell in book["Anleitung"]["A"]]
        assert ("Demo – fiktive Daten" in guide) == demo


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_drop_down_leads_to_cells_that_hold_its_choices(lang: Language) -> None:
    book = opened(template(lang=lang))
    lists = {name: target.attr_text for name, target in book.defined_names.items()}
    seen = 0
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.formula1) < 255
            if rule.type == "list":
                place = lists.get(rule.formula1, rule.formula1)
                found = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", place)
                assert found, place
                assert found[1] in book.sheetnames
                if found[1] == "_lists":
                    cells = book["_lists"][f"{found[2]}{found[3]}:{found[4]}{found[5]}"]
                    assert all(cell.value for row in cells for cell in row)
                seen += 1
    assert seen > 100


def test_choices_of_the_template_are_understood_by_the_import() -> None:
    book = opened(template(lang="en"))
    sheet = book["Status reports"]
    place = {str(cell.value).rstrip(" *"): index for index, cell in enumerate(sheet[1], 1)}
    sheet.cell(2, place["Reported on"], date(2024, 1, 1))
    sheet.cell(2, place["Status"], "green")
    content = io.BytesIO()
    book.save(content)
    reading = read(("x.xlsx", content.getvalue()), programme="muster")
    assert not reading.problems
    assert reading.records["status_report"][0].key == "overall/2024-01-01"


def test_examples_fill_every_sheet_and_are_marked_as_fiction() -> None:
    for lang in ("de", "en"):
        rows = examples(lang)
        assert set(rows) == set(RECORDS)
        assert all(records and all(record.demo for record in records) for records in rows.values())
    reading = read(
        ("b.xlsx", export_workbook(examples("de"), programme=_programme(), lang="de")), known=lambda *_: set()
    )
    assert not reading.problems


def _programme() -> Programme:
    programme = examples("de")["programme"][0]
    assert isinstance(programme, Programme)
    return programme


def test_an_amount_with_more_digits_than_excel_keeps_is_written_as_text() -> None:
    amount = Decimal("1234567890123456.78")
    records = dict(examples("de")) | {"posting": [examples("de")["posting"][0].model_copy(update={"amount": amount})]}
    content = export_workbook(records, programme=_programme(), lang="de")
    assert column(opened(content), "Buchungen", "Betrag")[0].data_type == "s"  # type: ignore[attr-defined]
    assert read(("x.xlsx", content)).records["posting"][0].amount == amount
