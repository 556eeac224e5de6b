"""From a downloaded workbook to a changed figure, and what happens to a file with faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from app_server import Server, copied, serve
from page_checks import Visitor, fault, heading, opened, settled
from playwright.sync_api import Page, expect

from smartdash.exchange import export_workbook
from smartdash.locale import words
from smartdash.store import Store

pytestmark = pytest.mark.browser

SAY = words("de")
SCHWERIN = "schwerin-smart-city-2021"


@pytest.fixture(scope="module")
def office(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app whose store these tests may change."""
    folder = tmp_path_factory.mktemp("office")
    with serve(folder, copied(samples, folder)) as running:
        yield running


def test_an_amount_changed_in_excel_arrives_in_the_figure_and_the_log(
    office: Server, samples: Path, visitor: Visitor, tmp_path: Path
) -> None:
    visit, before = visitor(), Store(samples).latest()
    page = visit.page
    opened(page, office, "data", programme=SCHWERIN)
    _tab(page, "export")
    template = _download(page, SAY("data.template_button"), tmp_path)
    assert len(openpyxl.load_workbook(template, read_only=True).sheetnames) > 20
    changed = _changed(_download(page, SAY("data.export_xlsx"), tmp_path), tmp_path / "Haushalt 2025.xlsx", 1_050_000)

    _tab(page, "import")
    page.locator("input[type=file]").set_input_files(changed)
    store = page.get_by_role("button", name=SAY("data.store", programme=SCHWERIN))
    expect(store).to_be_visible()
    expect(page.get_by_role("tabpanel").get_by_test_id("stDataFrame")).to_be_visible()
    page.get_by_label(SAY("data.author")).fill("Kämmerei")
    page.get_by_label(SAY("data.reason")).fill("Nachtrag")
    store.click()
    expect(page.get_by_text(SAY("data.stored", revision=str(before + 1)))).to_be_visible()

    _tab(page, "log")
    log = page.get_by_role("tabpanel").get_by_test_id("stDataFrame")
    for text in ("Haushalt 2025.xlsx", "Kämmerei", "Nachtrag"):
        expect(log).to_contain_text(text)
    assert fault(visit, office, "de") == []

    page.get_by_test_id("stSidebarNavLink").filter(has_text=SAY("page.budget")).click()
    expect(heading(page)).to_have_text(SAY("page.budget"))
    expect(page.locator("h3").first).to_contain_text("19,2\u00a0Mio.\u00a0€")
    opened(page, office, "budget", programme=SCHWERIN, revision=str(before))
    expect(page.locator("h3").first).to_contain_text("18,2\u00a0Mio.\u00a0€")
    expect(page.get_by_text(SAY("ui.revision_band", revision=str(before)))).to_be_visible()
    assert office.trouble() == ""


def test_a_faulty_file_lists_its_faults_and_stores_nothing(
    office: Server, samples: Path, visitor: Visitor, tmp_path: Path
) -> None:
    store = Store(samples)
    chosen = next(programme for programme in store.programmes() if programme.key == SCHWERIN)
    good = tmp_path / "good.xlsx"
    good.write_bytes(export_workbook(store.current(SCHWERIN), programme=chosen, lang="de"))
    faulty = _changed(good, tmp_path / "faulty.xlsx", "sehr viel")
    no_workbook = tmp_path / "no_workbook.xlsx"
    no_workbook.write_bytes(b"PK\x03\x04 not a workbook")

    visit = visitor()
    page = visit.page
    opened(page, office, "data", programme=SCHWERIN)
    _tab(page, "log")
    before = page.get_by_role("tabpanel").get_by_test_id("stMarkdown").first.inner_text()
    _tab(page, "import")
    for file, fault_text in ((faulty, "sehr viel"), (no_workbook, "no_workbook.xlsx")):
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_role("tabpanel").get_by_test_id("stAlert")).to_contain_text(SAY("data.refused", n=1))
        expect(page.get_by_role("tabpanel").get_by_test_id("stDataFrame")).to_contain_text(fault_text)
        expect(page.get_by_role("button", name=SAY("data.store", programme=SCHWERIN))).to_have_count(0)
        settled(page)
        assert fault(visit, office, "de") == []
    _tab(page, "log")
    assert page.get_by_role("tabpanel").get_by_test_id("stMarkdown").first.inner_text() == before
    assert office.trouble() == ""


def _tab(page: Page, name: str) -> None:
    label = SAY(f"data.tab_{name}")
    page.get_by_role("tab", name=label).click()
    page.get_by_role("tabpanel", name=label).get_by_test_id("stMarkdown").first.wait_for()
    settled(page)


def _download(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def _changed(workbook: Path, target: Path, value: int | str) -> Path:
    """The workbook with another amount for the cost line 1.1.1 in 2021."""
    book = openpyxl.load_workbook(workbook)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows())
    row = next(row for row in rows if {"antrag-2021", "1.1.1", 2021} <= {cell.value for cell in row})
    next(cell for cell in row if cell.value == 50_000).value = value
    book.save(target)
    return target
