"""The start of the server: who can reach it, the first request to each page, the first start of all."""

from __future__ import annotations

import re
import shutil
import socket
from pathlib import Path

import pytest
from app_server import ROOT, Server, copied, serve
from page_checks import PAGE_NAMES, Visitor, fault, heading, settled
from playwright.sync_api import expect

from smartdash.locale import words

pytestmark = pytest.mark.browser

SAY = words("de")
TITLES = [SAY(f"page.{name}") for name in PAGE_NAMES]

SECRET = """import streamlit as st

from smartdash.ui.page import open_page

open_page("secret")
st.write("Verschlusssache")
"""


def test_the_server_listens_on_this_machine_only(server: Server) -> None:
    # All of 127.0.0.0/8 is this machine: a server bound to every address would answer at 127.0.0.2 as well.
    with socket.create_connection(("127.0.0.1", server.port), timeout=5):
        pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", server.port), timeout=5)


@pytest.mark.parametrize("name", ["start", "budget", "capture", "data"])
def test_the_first_request_to_a_page_file_passes_through_the_router(
    name: str, samples: Path, tmp_path: Path, visitor: Visitor
) -> None:
    with serve(tmp_path, copied(samples, tmp_path)) as fresh:
        visit = visitor()
        visit.page.goto(f"{fresh.url}/{name}?programme=musterstadt")
        expect(heading(visit.page)).to_have_text(SAY(f"page.{name}"))
        settled(visit.page)
        assert visit.page.get_by_test_id("stSidebarNavLink").locator("p").all_inner_texts() == TITLES
        expect(visit.page.get_by_role("combobox", name=SAY("ui.programme"))).to_be_visible()
        assert fault(visit, fresh, "de") == []


def test_a_page_file_outside_the_navigation_is_never_shown(samples: Path, tmp_path: Path, visitor: Visitor) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for part in ("app.py", "pages", "smartdash", "static", ".streamlit", "data"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tree / part)
    (tree / "pages" / "secret.py").write_text(SECRET)
    with serve(tmp_path, copied(samples, tmp_path), root=tree) as fresh:
        for _ in range(2):
            visit = visitor()
            visit.page.goto(f"{fresh.url}/secret")
            expect(heading(visit.page)).to_have_text(SAY("page.start"))
            settled(visit.page)
            assert "Verschlusssache" not in visit.page.locator("body").inner_text()
            assert visit.page.get_by_test_id("stSidebarNavLink").locator("p").all_inner_texts() == TITLES


def test_the_first_start_shows_how_far_it_is_and_ends_on_the_programmes(tmp_path: Path, visitor: Visitor) -> None:
    with serve(tmp_path, tmp_path / "new" / "store.duckdb") as fresh:
        visit = visitor()
        visit.page.goto(fresh.url)
        expect(visit.page.get_by_test_id("stExpander").first).to_contain_text(
            re.compile(SAY("ui.first_start_step", number="[1-6]", count="6"))
        )
        expect(heading(visit.page)).to_have_text(SAY("page.start"), timeout=90_000)
        settled(visit.page)
        assert visit.page.locator("[class*='st-key-card_']").count() == 5
        expect(visit.page.get_by_text(SAY("ui.first_start"), exact=False)).to_have_count(0)
        assert fault(visit, fresh, "de") == []
        assert fresh.trouble() == ""
