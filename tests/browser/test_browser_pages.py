"""Every page of Musterstadt, on a wide screen in English and on a phone in German, whose words are longer.

Of the real programmes every page with a chart; what a page says is tested without a browser.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from app_server import Server
from page_checks import PAGE_NAMES, Visitor, charts, fault, opened, settled, turned_to
from playwright.sync_api import Locator, Page, expect

from smartdash.exchange.first_use import bundles
from smartdash.figures import CATALOGUE, make
from smartdash.locale import LANGUAGES, Language
from smartdash.model.declare import REFERENCE
from smartdash.store import Scope, Store

pytestmark = pytest.mark.browser

FULL = "musterstadt"
PROGRAMMES = [folder.name for folder in bundles() if folder.name != REFERENCE]

_OVERHANG = """() => Math.max(...[document.scrollingElement, ...document.querySelectorAll(
    '[data-testid=stMain], [data-testid=stAppViewContainer]')].map(node => node.scrollWidth - node.clientWidth))"""


@pytest.mark.parametrize("programme", [name for name in PROGRAMMES if name != FULL])
def test_each_chart_of_a_real_programme_is_drawn_and_has_its_table(
    programme: str, server: Server, samples: Path, visitor: Visitor
) -> None:
    visit = visitor()
    expected = _charts_by_page(samples, programme)
    opened(visit.page, server, PAGE_NAMES[0], programme=programme)
    for name in (name for name in PAGE_NAMES if expected[name]):
        turned_to(visit.page, name)
        _has_its_charts(visit.page, name, expected)
        assert fault(visit, server, "de") == [], name
    assert server.trouble() == ""


def test_every_page_is_drawn_without_a_fault_and_each_chart_has_its_table(
    server: Server, samples: Path, visitor: Visitor
) -> None:
    visit = visitor()
    expected = _charts_by_page(samples, FULL)
    opened(visit.page, server, PAGE_NAMES[0], "en", programme=FULL)
    for name in PAGE_NAMES:
        turned_to(visit.page, name, "en")
        _open(_has_its_charts(visit.page, name, expected))
        assert fault(visit, server, "en") == [], name
    assert server.trouble() == ""


def test_a_phone_shows_every_page_without_sideways_scrolling(server: Server, samples: Path, visitor: Visitor) -> None:
    visit = visitor(viewport={"width": 390, "height": 844})
    page, expected = visit.page, _charts_by_page(samples, FULL)
    for name in PAGE_NAMES:
        opened(page, server, name, programme=FULL)
        if any(entry.page == name for entry in CATALOGUE.values()):
            expect(page.locator("[class*='st-key-figure_'] h3").first).to_be_visible()
        expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
        _has_its_charts(page, name, expected)
        assert page.evaluate(_OVERHANG) <= 0, name
        chart = charts(page).first
        if chart.count():
            assert chart.bounding_box()["width"] <= 390, name
        assert fault(visit, server, "de") == [], name
    assert server.trouble() == ""


def _has_its_charts(page: Page, name: str, expected: dict[str, int]) -> Locator:
    """Wait until as many charts are drawn as there should be, and return their tables."""
    expect(charts(page)).to_have_count(expected[name])
    settled(page)
    tables = page.locator("[class*='st-key-table_']")
    assert tables.count() >= expected[name], name
    return tables


def _open(tables: Locator) -> None:
    # All at once: before each click of its own the browser would scroll there and wait until nothing moves.
    tables.locator("summary").evaluate_all("found => found.forEach(summary => summary.click())")
    for table in tables.all():
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
        if entry.key in ("data.checks", "maturity.radar"):  # on a tab of its own, and only to be downloaded
            continue
        key = REFERENCE if entry.page == "start" else programme
        with store.read(Scope(key, chosen.default_as_of or date.today())) as reader:
            numbers[entry.page] += make(reader, entry.key, "de").draft.chart is not None
    return numbers
