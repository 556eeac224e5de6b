"""A link shows a colleague the same thing; the presentation can be entered and left."""

from __future__ import annotations

import pytest
from app_server import Server
from page_checks import Visitor, charts, fault, heading, opened, settled
from playwright.sync_api import Page, expect

from smartdash.locale import words

pytestmark = pytest.mark.browser

GERMAN, ENGLISH = words("de"), words("en")
SCHWERIN = "schwerin-smart-city-2021"


def test_a_link_shows_a_colleague_the_same(server: Server, visitor: Visitor) -> None:
    visit = visitor()
    page = visit.page
    opened(page, server, "budget", programme="musterstadt")
    choice = page.get_by_role("combobox", name=GERMAN("ui.programme"))
    choice.scroll_into_view_if_needed()  # scrolling would close the list again
    page.wait_for_timeout(300)
    choice.click()
    page.get_by_role("option", name="Smart City Schwerin", exact=True).click()
    expect(page.locator("h5")).to_have_text("Smart City Schwerin")
    page.get_by_role("spinbutton", name="day, Stichtag").click()
    page.keyboard.type("31122024")
    heading(page).click()
    expect(page.get_by_text(GERMAN("ui.as_of_band", day="31.12.2024"))).to_be_visible()
    page.get_by_role("radio", name="English").click()
    expect(heading(page)).to_have_text(ENGLISH("page.budget"))
    page.get_by_text(ENGLISH("ui.presentation"), exact=True).click()
    expect(page.get_by_role("button", name=ENGLISH("ui.leave_presentation"))).to_be_visible()
    settled(page)

    colleague = visitor()
    colleague.page.goto(page.url)
    expect(heading(colleague.page)).to_have_text(ENGLISH("page.budget"))
    expect(colleague.page.locator("h3")).to_have_text(page.locator("h3").all_inner_texts())
    settled(colleague.page)
    for one in (page, colleague.page):
        assert "as_of=2024-12-31" in one.url
        expect(one.locator("h5")).to_have_text("Smart City Schwerin")
        expect(one.get_by_text(ENGLISH("ui.as_of_band", day="31 Dec 2024"))).to_be_visible()
        expect(one.get_by_test_id("stSidebar")).to_be_hidden()
    assert fault(colleague, server, "en") == []


def test_choices_stay_from_page_to_page(server: Server, visitor: Visitor) -> None:
    page = visitor().page
    opened(page, server, "budget", "en", programme=SCHWERIN, as_of="2024-12-31")
    page.get_by_test_id("stSidebarNavLink").filter(has_text=ENGLISH("page.timeline")).click()
    expect(heading(page)).to_have_text(ENGLISH("page.timeline"))
    settled(page)
    assert "/timeline?" in page.url
    for part in (f"programme={SCHWERIN}", "as_of=2024-12-31", "lang=en"):
        assert part in page.url


def test_a_card_leads_to_the_situation_of_its_programme(server: Server, visitor: Visitor) -> None:
    page = visitor().page
    opened(page, server, "start", programme="musterstadt")
    page.locator(f".st-key-open_{SCHWERIN} button").click()
    expect(heading(page)).to_have_text(GERMAN("page.situation"))
    expect(page.locator("h5")).to_have_text("Smart City Schwerin")
    settled(page)
    assert f"/situation?programme={SCHWERIN}" in page.url


def test_the_presentation_hides_the_side_bar_enlarges_and_can_be_left(server: Server, visitor: Visitor) -> None:
    visit = visitor()
    page = visit.page
    opened(page, server, "budget", programme="musterstadt", presentation="1")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    large = _text_size(page)
    assert fault(visit, server, "de") == []
    page.get_by_role("button", name=GERMAN("ui.leave_presentation")).click()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    settled(page)
    assert "presentation" not in page.url
    assert large >= 1.4 * _text_size(page)
    assert charts(page).count() > 0


def _text_size(page: Page) -> float:
    size = page.locator("h3").first.evaluate("node => getComputedStyle(node).fontSize")
    return float(size.removesuffix("px"))
