"""How pages look on a narrow screen and in the dark."""

from __future__ import annotations

import pytest
from app_server import Server
from page_checks import PAGE_NAMES, Visitor, charts, fault, opened, settled
from playwright.sync_api import expect

from smartdash.charts.tokens import tokens
from smartdash.figures import CATALOGUE

pytestmark = pytest.mark.browser

_OVERHANG = """() => Math.max(...[document.scrollingElement, ...document.querySelectorAll(
    '[data-testid=stMain], [data-testid=stAppViewContainer]')].map(node => node.scrollWidth - node.clientWidth))"""


def test_a_phone_shows_every_page_without_sideways_scrolling(server: Server, visitor: Visitor) -> None:
    visit = visitor(viewport={"width": 390, "height": 844})
    for name in PAGE_NAMES:
        opened(visit.page, server, name, programme="musterstadt")
        if any(entry.page == name for entry in CATALOGUE.values()):
            expect(visit.page.locator("[class*='st-key-figure_'] h3").first).to_be_visible()
        expect(visit.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
        settled(visit.page)
        assert visit.page.evaluate(_OVERHANG) <= 0, name
        chart = charts(visit.page).first
        if chart.count():
            assert chart.bounding_box()["width"] <= 390, name
        assert fault(visit, server, "de") == [], name


def test_charts_are_drawn_in_the_colours_of_the_dark_mode(server: Server, visitor: Visitor) -> None:
    visit = visitor(color_scheme="dark")
    opened(visit.page, server, "budget", programme="musterstadt")
    expect(charts(visit.page).first.locator("svg text").first).to_have_attribute("fill", tokens("dark").muted)
    settled(visit.page)
    fills = set(
        visit.page.locator("[data-testid=stVegaLiteChart] svg").first.evaluate(
            "svg => [...svg.querySelectorAll('[fill]')].map(node => node.getAttribute('fill').toUpperCase())"
        )
    )
    assert tokens("light").text.upper() not in fills
    background = visit.page.get_by_test_id("stApp").evaluate("node => getComputedStyle(node).backgroundColor")
    assert background == "rgb(14, 23, 32)"
    assert fault(visit, server, "de") == []
