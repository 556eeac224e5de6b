"""Every page of Musterstadt in both languages, and every page with a chart of the others, as a visitor sees it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from app_server import Server
from page_checks import PAGE_NAMES, Visitor, charts, fault, opened, settled, turned_to
from playwright.sync_api import Locator, expect

from smartdash.exchange.first_use import bundles
from smartdash.figures import CATALOGUE, make
from smartdash.locale import LANGUAGES, Language
from smartdash.model.declare import REFERENCE
from smartdash.store import Scope, Store

pytestmark = pytest.mark.browser

PROGRAMMES = [folder.name for folder in bundles() if folder.name != REFERENCE]


@pytest.mark.parametrize(
    ("programme", "lang"), [*((programme, "de") for programme in PROGRAMMES), ("musterstadt", "en")]
)
def test_every_page_is_drawn_without_a_fault_and_each_chart_has_its_table(
    programme: str, lang: Language, server: Server, samples: Path, visitor: Visitor
) -> None:
    visit = visitor()
    expected = _charts_by_page(samples, programme)
    opened(visit.page, server, PAGE_NAMES[0], lang, programme=programme)
    # What a page says is tested without a browser; of the real programmes only the pages with a chart are drawn here.
    for name in PAGE_NAMES if programme == "musterstadt" else [name for name in PAGE_NAMES if expected[name]]:
        turned_to(visit.page, name, lang)
        expect(charts(visit.page)).to_have_count(expected[name])
        settled(visit.page)
        tables = visit.page.locator("[class*='st-key-table_']")
        assert tables.count() >= expected[name], name
        if (programme, lang) == ("musterstadt", "de"):
            _open(tables)
        assert fault(visit, server, lang) == [], name
    assert server.trouble() == ""


def _open(tables: Locator) -> None:
    for table in tables.all():
        table.locator("summary").click()
        table.get_by_test_id("stDataFrame").wait_for()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_task_of_the_data_page_opens(lang: Language, server: Server, visitor: Visitor) -> None:
    visit = visitor()
    opened(visit.page, server, "data", lang, programme="musterstadt")
    tabs = visit.page.get_by_role("tab")
    assert tabs.count() == 7
    for tab in tabs.all():
        tab.click()
        visit.page.get_by_role("tabpanel", name=tab.inner_text()).locator("> *").first.wait_for()
        settled(visit.page)
        assert fault(visit, server, lang) == [], tab.inner_text()


def _charts_by_page(samples: Path, programme: str) -> dict[str, int]:
    """How many charts each page should draw, by the figures made without a browser."""
    store = Store(samples)
    chosen = next(item for item in store.programmes() if item.key == programme)
    numbers = dict.fromkeys(PAGE_NAMES, 0)
    for entry in CATALOGUE.values():
        if entry.key == "data.checks":  # stands on a tab of its own
            continue
        key = REFERENCE if entry.page == "start" else programme
        with store.read(Scope(key, chosen.default_as_of or date.today())) as reader:
            numbers[entry.page] += make(reader, entry.key, "de").draft.chart is not None
    return numbers
