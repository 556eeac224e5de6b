"""How charts look in the dark."""

from __future__ import annotations

import pytest
from app_server import Server
from page_checks import Visitor, charts, fault, opened, settled
from playwright.sync_api import expect

from smartdash.charts.tokens import tokens

pytestmark = pytest.mark.browser


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
