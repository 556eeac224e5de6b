"""A workshop from the first pasted line to a condensed measure that the lineage page shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_server import Server, copied, serve
from page_checks import Visitor, fault, opened, settled
from playwright.sync_api import Locator, Page, TimeoutError, expect

from smartdash.locale import words
from smartdash.store import Store

pytestmark = pytest.mark.browser

SAY = words("de")
_ATTEMPTS = 5
TITLE = "Sitzplätze am Fluss schaffen"


@pytest.fixture(scope="module")
def workshop(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app whose store this test may change."""
    folder = tmp_path_factory.mktemp("workshop")
    with serve(folder, copied(samples, folder)) as running:
        yield running


def test_three_pasted_lines_become_a_condensed_measure(workshop: Server, visitor: Visitor) -> None:
    visit = visitor()
    page = visit.page
    opened(page, workshop, "capture", programme="musterstadt")

    lines = page.get_by_role("textbox", name=SAY("capture.lines"))
    lines.fill("- Mehr Bänke am Fluss; ; 5\n- Sitzplätze an der Brücke\n- Radweg zur Schule; Verkehr")
    page.get_by_role("button", name=SAY("capture.preview")).click()
    store = page.get_by_role("button", name=SAY("capture.store_lines", n=3))
    expect(store).to_be_visible()
    page.get_by_role("textbox", name=SAY("data.author")).fill("Moderation")
    store.click()
    _done(page, SAY("capture.done_lines", n=3))

    _step(page, "order")
    _fill_last_clusters(page, "Aufenthalt", rows=(3, 2))
    page.get_by_role("button", name=SAY("data.save")).click()
    _done(page, SAY("capture.done_grid", n=2))

    _step(page, "condense")
    _choose(page, SAY("capture.cluster"), "Aufenthalt")
    page.get_by_role("button", name=SAY("capture.choose_all", n=2)).click()
    page.get_by_role("textbox", name=SAY("capture.element_title")).fill(TITLE)
    expect(page.get_by_role("textbox", name=SAY("data.author"))).to_have_value("Moderation")
    page.get_by_role("button", name=SAY("capture.store_merge")).click()
    _done(page, SAY("capture.done_merge", n=2, title=TITLE))

    _step(page, "states")
    _choose(page, SAY("capture.elements"), TITLE)
    page.get_by_role("button", name=SAY("capture.store_state")).click()
    _done(page, SAY("capture.done_state", n=1, state="verdichtet"))
    assert fault(visit, workshop, "de") == []

    back = {"workshops.lineage.focus": "measure-01", "workshops.lineage.direction": "back"}
    opened(page, workshop, "lineage", programme="musterstadt", **back)
    figure = page.locator("[class*='st-key-figure_workshops_lineage']")
    figure.locator("summary").click()
    table = figure.get_by_test_id("stDataFrame")
    for text in (TITLE, "Mehr Bänke am Fluss", "Sitzplätze an der Brücke", "verdichtet"):
        expect(table).to_contain_text(text)
    assert workshop.trouble() == ""


def test_the_page_of_an_older_revision_asks_nothing(workshop: Server, samples: Path, visitor: Visitor) -> None:
    visit = visitor(viewport={"width": 390, "height": 800})
    opened(visit.page, workshop, "capture", programme="musterstadt", revision=str(Store(samples).latest()))
    expect(visit.page.get_by_text(SAY("capture.not_older_revision"))).to_be_visible()
    expect(visit.page.get_by_role("textbox", name=SAY("capture.lines"))).to_have_count(0)
    assert fault(visit, workshop, "de") == []


def _step(page: Page, name: str) -> None:
    page.get_by_role("radio", name=SAY(f"capture.step_{name}")).click()
    settled(page)


def _done(page: Page, text: str) -> None:
    expect(page.get_by_test_id("stAlert").filter(has_text=text)).to_be_visible()
    settled(page)


def _choose(page: Page, label: str, option: str) -> None:
    """Narrow a list down by typing and take what is left."""
    field, offered = page.get_by_role("combobox", name=label), page.get_by_role("option").filter(has_text=option)
    expect(field).to_be_visible()
    settled(page)
    field.fill(option)
    for _ in range(_ATTEMPTS):
        if _appears(offered):
            break
        # A run of the page that came late has closed the list: whoever sits there types once more.
        settled(page)
        field.fill("")
        field.fill(option)
    expect(offered).to_have_count(1)
    page.keyboard.press("Enter")
    # A list of which something is left stays open, and hides the rest of the page from assistive technology.
    page.keyboard.press("Escape")
    settled(page)


def _appears(offered: Locator) -> bool:
    try:
        offered.wait_for(timeout=3000)
    except TimeoutError:
        return False
    return True


def _fill_last_clusters(page: Page, cluster: str, rows: tuple[int, ...]) -> None:
    """Type a cluster into rows of the grid, counted from its end, with the keyboard once it has the focus."""
    grid = page.get_by_test_id("stDataFrame")
    for number, row in enumerate(rows, 1):
        grid.click(position={"x": 60, "y": 55})
        page.keyboard.press("Control+ArrowDown")
        for _ in range(row - 1):
            page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        editor = page.locator("#portal textarea")
        editor.fill(cluster)
        editor.press("Enter")
        expect(page.get_by_text(SAY("capture.grid_pending", n=number))).to_be_visible()
        settled(page)
