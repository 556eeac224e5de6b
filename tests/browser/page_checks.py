"""What must hold of any page that somebody looks at, and how to wait until it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from app_server import ROOT, Server
from playwright.sync_api import Locator, Page, TimeoutError, expect

from smartdash.figures import CATALOGUE
from smartdash.locale import Language, words
from smartdash.ui.router import PAGES

PAGE_NAMES = [name for names in PAGES.values() for name in names]
PAGE_FILES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))

_IDS = {*words("de").messages, *CATALOGUE}
_ID = re.compile(r"[a-z]\w*(?:\.\w+)+")
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_TEXTS = """body => [body.innerText, ...[...body.querySelectorAll('svg text, [aria-label], [title]')].flatMap(
    node => [node.textContent, node.getAttribute('aria-label'), node.getAttribute('title')])].join(' ')"""

# `expect` looks seldom, up to a second apart; this looks all the time.
_DRAWN = """title => {
    const heading = document.querySelector('h1')?.textContent.replace(/\\s+/g, ' ').trim();
    const state = document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state');
    return (!title || heading === title) && state === 'notRunning' && !document.querySelector('[data-stale=true]')
        && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(
            chart => chart.querySelector('svg, canvas')?.checkVisibility());
}"""


@dataclass
class Visit:
    """One visitor: a page in a browser context of its own, and what it asked for or complained about."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


Visitor = Callable[..., Visit]
"""Makes a visitor; takes the options of a browser context."""


def opened(page: Page, server: Server, name: str, lang: Language = "de", **choices: str) -> None:
    """Go to a page by its address and wait until it is drawn under its own heading."""
    page.goto(server.address(name, lang=lang, **choices))
    _titled(page, words(lang)(f"page.{name}"))


def turned_to(page: Page, name: str, lang: Language = "de") -> None:
    """Go to another page through the navigation and wait until it is drawn under its own heading."""
    title = words(lang)(f"page.{name}")
    page.get_by_test_id("stSidebarNavLink").get_by_text(title, exact=True).click()
    _titled(page, title)


def _titled(page: Page, title: str) -> None:
    _wait(page, title)
    expect(heading(page)).to_have_text(title)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page's script has ended and every chart on it is drawn."""
    _wait(page)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    for chart in charts(page).all():
        expect(chart.locator("svg, canvas").first).to_be_visible()


def _wait(page: Page, title: str = "") -> None:
    """Wait until the page is drawn; what it lacks when the time is up is said by those who ask next."""
    with suppress(TimeoutError):
        page.wait_for_function(_DRAWN, arg=title)


def heading(page: Page) -> Locator:
    """The page's main heading."""
    return page.locator("h1")


def charts(page: Page) -> Locator:
    """The charts of the page."""
    return page.get_by_test_id("stVegaLiteChart")


def fault(visit: Visit, server: Server, lang: Language) -> list[str]:
    """What is wrong with the page in front of the visitor; empty where nothing is."""
    page = visit.page
    # A script in the page sets the attribute; wait for it as long as for anything else that is drawn.
    expect(page.locator("html")).to_have_attribute("lang", lang)
    text = page.locator("body").evaluate(_TEXTS)
    found = [f"raw key {key}" for key in _IDS.intersection(_ID.findall(text))]
    found += [f"unfilled {place}" for place in _PLACEHOLDER.findall(text)]
    found += [f"request to {host}" for host in visit.hosts - {f"127.0.0.1:{server.port}"}]
    found += [f"console: {error}" for error in visit.errors]
    if page.get_by_test_id("stException").count():
        found.append("exception on the page")
    return found
