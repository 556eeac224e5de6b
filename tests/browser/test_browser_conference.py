"""A whole conference: one moderates, two follow, the connection breaks, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from app_server import Server, serve
from conference_records import AGENDA, CONFERENCE, MATERIAL, TODAY, fill
from page_checks import Visit, Visitor, fault, settled
from playwright.sync_api import Locator, Page, expect

from smartdash.locale import words
from smartdash.store import Store

pytestmark = pytest.mark.browser

SAY = words("de")
DECISION = "Der Dienst öffnet eine Stunde früher"
ASSIGNMENT = "Öffnungszeiten bekannt machen"
BLOCKED = "Schnittstelle fehlt"
PARKED = "Neuer Standort"
NOTES = "Es fehlt noch"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = Store(tmp_path_factory.mktemp("conference") / "store.duckdb")
    fill(made, CONFERENCE, *AGENDA, *MATERIAL)
    return made


@pytest.fixture(scope="module")
def hall(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app that holds nothing but the conference."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMARTDASH_SAMPLES", "no")
        with serve(tmp_path_factory.mktemp("hall"), store.path) as running:
            yield running


def test_a_conference_from_the_first_item_to_the_next_quarter(hall: Server, store: Store, visitor: Visitor) -> None:
    moderator, followers = visitor(), [visitor(), visitor(viewport={"width": 390, "height": 800})]
    page = moderator.page
    for visit in (moderator, *followers):
        visit.page.goto(hall.address("conference", programme="p", way="run"))
        expect(visit.page.get_by_text(SAY("live.between"))).to_be_visible()
    _press(page, SAY("live.take_over"))
    _press(page, SAY("live.begin"))
    _all_see(followers, SAY("live.place", place="1", total="4", kind="Eröffnung"))
    _press(page, SAY("live.finish_and_next"))
    _all_see(followers, SAY("live.place", place="2", total="4", kind="Objective"))
    expect(followers[0].page.locator(".smartdash-clock b")).to_contain_text("14:")

    _score(page, store, "kr1", "0,6", cause="Zulieferung fehlte")
    _score(page, store, "kr2", "0,8")
    _all_see(followers, "Zulieferung fehlte")
    _write(page, "text_decision", DECISION)
    _store(page, store, "decision_a2")
    _all_see(followers, DECISION)

    _kind(page, "assignment")
    _write(page, "text_assignment", ASSIGNMENT)
    _write(page, "role_assignment", "Leitung Bürgerservice")
    _kind(page, "note")
    _write(page, "notes", NOTES)
    _lose_the_connection(moderator, hall)
    page = moderator.page
    _kind(page, "note")
    expect(_field(page, "notes")).to_have_value(NOTES)
    _kind(page, "assignment")
    expect(_field(page, "text_assignment")).to_have_value(ASSIGNMENT)
    expect(_field(page, "role_assignment")).to_have_value("Leitung Bürgerservice")
    for follower in followers:
        expect(follower.page.get_by_text(ASSIGNMENT)).to_have_count(0)
        assert ASSIGNMENT not in follower.page.content(), "a draft is nobody else's"
    _type_day(page, "due_assignment", TODAY + timedelta(14))
    _store(page, store, "assignment_a2")
    _all_see(followers, ASSIGNMENT)

    _kind(page, "impediment")
    page.get_by_role("textbox", name="Titel").fill(BLOCKED)
    page.get_by_role("textbox", name="Titel").press("Tab")
    settled(page)
    page.get_by_role("combobox", name="Art").fill("Abhängigkeit")
    page.keyboard.press("Enter")
    settled(page)
    page.locator("[class*='st-key-desk_k1_blocks_a2']").get_by_text("Ergebnis kr1").click()
    settled(page)
    _store(page, store, "live_impediment")
    _all_see(followers, BLOCKED)

    _press_in(page, "judge_o1", "behalten")
    _store(page, store, "outcome_o1")
    _press(page, SAY("live.finish_and_next"))
    _score(page, store, "kr3", "1")
    _press_in(page, "judge_o2", "beenden")
    _field(page, "why_o2").fill("Das Ziel ist erreicht.")
    _field(page, "why_o2").press("Tab")
    settled(page)
    _store(page, store, "outcome_o2")
    _press(page, SAY("live.finish_and_next"))
    _kind(page, "parked")
    _write(page, "text_parked", PARKED)
    _store(page, store, "parked_a4")
    _all_see(followers, PARKED)

    expect(page.get_by_text(SAY("live.nothing_open"))).to_be_visible()
    page.locator(".st-key-conference_prepare button").click()
    expect(page.get_by_text(SAY("live.nothing_to_prepare"))).to_be_visible()
    page.locator(".st-key-conference_close button").click()
    closed = SAY("live.closed", day=f"{TODAY:%d.%m.%Y}")
    _all_see([moderator, *followers], closed)
    for visit in (moderator, *followers):
        assert fault(visit, hall, "de") == []
    assert hall.trouble() == ""
    _is_stored(store)


def _is_stored(store: Store) -> None:
    current = store.current("p")
    assert {one.key_result: one.value for one in current["score"]} == {
        "kr1": Decimal("0.6"), "kr2": Decimal("0.8"), "kr3": Decimal(1),
    }  # fmt: skip
    assert [one.text for one in current["decision"]] == [DECISION]
    assert [(one.text, one.role, one.due) for one in current["assignment"]] == [
        (ASSIGNMENT, "Leitung Bürgerservice", TODAY + timedelta(14))
    ]
    assert [(one.title, one.blocks, one.raised_on) for one in current["impediment"]] == [(BLOCKED, "kr1", TODAY)]
    assert [one.text for one in current["parked_topic"]] == [PARKED]
    carried = [one for one in current["objective"] if one.cycle == "q2"]
    assert [one.predecessor for one in carried] == ["o1"]
    assert sorted(str(one.predecessor) for one in current["key_result"] if one.objective == carried[0].key) == [
        "kr1", "kr2",
    ]  # fmt: skip
    assert {one.author for one in store.revisions("p")[:-1]} == {"Programmbüro"}
    assert all(one.reason for one in store.revisions("p"))


def _lose_the_connection(moderator: Visit, hall: Server) -> None:
    """The moderator's page goes, and comes back in a new session at the same address."""
    page = moderator.page
    address = page.url
    assert "moderation=" in address
    page.context.set_offline(True)
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.get_by_role("button", name=SAY("live.finish_and_next"))).to_be_visible()
    settled(page)


def _all_see(visits: list[Visit], text: str) -> None:
    for visit in visits:
        expect(visit.page.get_by_text(text).locator("visible=true").first).to_be_visible()


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def _press_in(page: Page, place: str, text: str) -> None:
    page.locator(f".st-key-{place}").get_by_text(text, exact=True).click()
    settled(page)


def _field(page: Page, name: str) -> Locator:
    return page.locator(f"[class*='st-key-desk_k1_{name}']").locator("input, textarea").first


def _write(page: Page, name: str, text: str) -> None:
    """Type without leaving the field: a pause is enough to keep it."""
    _field(page, name).fill(text)
    page.wait_for_timeout(700)
    settled(page)


def _type_day(page: Page, name: str, day: object) -> None:
    field = page.locator(f"[class*='st-key-desk_k1_{name}']")
    field.locator("[data-type='day']").click()
    page.keyboard.type(f"{day:%d%m%Y}")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    settled(page)


def _kind(page: Page, name: str) -> None:
    page.locator(".st-key-conference_note").get_by_role("radio", name=SAY(f"live.kind_{name}")).click()
    settled(page)


def _store(page: Page, store: Store, name: str) -> None:
    """Press the button and wait for the revision: a second press too early would interrupt the run that writes it."""
    before = len(store.revisions("p"))
    page.locator(f"[class*='st-key-store_{name}'] button").click()
    until = time.monotonic() + 20
    while len(store.revisions("p")) == before and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert len(store.revisions("p")) > before, f"{name} was not stored"
    settled(page)


def _score(page: Page, store: Store, key_result: str, value: str, cause: str = "") -> None:
    _press_in(page, f"judge_{key_result}", value)
    if cause:
        _press_in(page, f"judge_{key_result}", cause)
        _write(page, f"reason_{key_result}", "Daten kamen spät.")
    _store(page, store, f"score_{key_result}")
