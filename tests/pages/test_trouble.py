"""What the pages say with an empty, damaged or busy store and at an odd address; and that choices stay."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest
import streamlit as st
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.__main__ import main
from smartdash.locale import LANGUAGES, Language, words
from smartdash.store import Store
from smartdash.ui import opened, router

ROOT = Path(__file__).resolve().parents[2]
PAGES = [name for names in router.PAGES.values() for name in names]
SCHWERIN = "schwerin-smart-city-2021"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_store_says_how_to_begin(empty_store: Store, open_page: OpenPage, lang: Language) -> None:
    for page in PAGES:
        app = open_page(page, lang=lang)
        assert not app.exception, page
        assert not app.error, page
        assert app.title[0].value == words(lang)(f"page.{page}")
        if page == "data":
            assert words(lang)("data.import_intro") in texts(app)
        else:
            assert [info.value for info in app.info] == [words(lang)("ui.empty_store")], page


@pytest.fixture
def broken_store(request: pytest.FixtureRequest, sample_file: Path, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "kaputt.duckdb"
    whole = sample_file.read_bytes()
    path.write_bytes(
        {"noise": os.urandom(20_000), "half": whole[: len(whole) // 2], "text": b"Haushalt 2026\n"}[request.param]
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMARTDASH_STORE", str(path))
        yield path


@pytest.mark.parametrize("broken_store", ["noise", "half", "text"], indirect=True)
@pytest.mark.parametrize("page", ["start", "budget", "data"])
def test_a_damaged_store_is_one_plain_message(broken_store: Path, open_page: OpenPage, page: str) -> None:
    app = open_page(page)
    assert not app.exception
    assert len(app.error) == 1
    said = texts(app)
    assert any(str(broken_store) in text and "beschädigt" in text for text in said)
    assert not any("Traceback" in text for text in said)


@pytest.fixture
def other_program(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the store open until its input ends."""
    path = shutil.copy(sample_file, tmp_path / "store.duckdb")
    monkeypatch.setenv("SMARTDASH_STORE", str(path))
    script = (
        "import sys; from smartdash.store import Store\n"
        "with Store(sys.argv[1]).session(): print('open', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert holder.stdout
    assert holder.stdout.readline() == "open\n"
    yield holder
    holder.communicate()


def test_a_busy_store_says_so_and_comes_back(
    other_program: subprocess.Popen[str], open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "Store", partial(Store, wait=0.3))
    app = open_page("budget", programme=SCHWERIN, lang="en")
    assert not app.exception
    assert [error.value for error in app.error] != []
    assert "0.3 seconds" in app.error[0].value
    other_program.communicate()
    monkeypatch.setattr(opened, "Store", partial(Store, wait=20))
    st.cache_resource.clear()
    app.run()
    assert not app.exception
    assert not app.error
    assert app.title[0].value == words("en")("page.budget"), "the choices are kept"


@pytest.fixture
def changed_store(own_store: Store, tmp_path: Path) -> Store:
    """Schwerin with one amount of 2021 raised by 5,000 euro in a later revision."""
    path = tmp_path / "neu.xlsx"
    assert main(["export", "--programme", SCHWERIN, "--out", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["Planansätze"].iter_rows() if row[0].value == "antrag-2021/1.1.1/2021")
    assert row[4].value == 50000
    row[4].value = 1_055_000
    book.save(path)
    assert main(["import", str(path)]) == 0
    return own_store


def test_a_revision_in_the_address_shows_what_was_known(changed_store: Store, open_page: OpenPage) -> None:
    newest = changed_store.latest()
    now = open_page("budget", programme=SCHWERIN)
    then = open_page("budget", programme=SCHWERIN, revision=str(newest - 1))
    assert any("19,2\u00a0Mio.\u00a0€" in text for text in texts(now))
    assert not any("19,2\u00a0Mio.\u00a0€" in text for text in texts(then))
    assert any("18,2\u00a0Mio.\u00a0€" in text for text in texts(then))
    assert words("de")("ui.revision_band", revision=str(newest - 1)) in " ".join(texts(then))


def test_an_as_of_date_in_the_address_shows_what_was_reported(sample_store: Store, open_page: OpenPage) -> None:
    app = open_page("budget", programme="musterstadt", as_of="2025-06-30")
    said = texts(app)
    assert words("de")("ui.as_of_band", day="30.06.2025") in " ".join(said)
    assert any("Stand 30.06.2025" in text for text in said)
    assert not any("Stand 15.08.2026" in text for text in said)
    assert any("Stand 15.08.2026" in text for text in texts(open_page("budget", programme="musterstadt")))


@pytest.mark.parametrize(
    "address",
    [
        {"programme": "atlantis"},
        {"programme": "'; DROP TABLE revision; --"},
        {"programme": SCHWERIN, "as_of": "morgen"},
        {"programme": SCHWERIN, "as_of": "2026-02-30"},
        {"programme": SCHWERIN, "as_of": "0001-01-01"},
        {"programme": SCHWERIN, "as_of": "9999-12-31"},
        {"programme": SCHWERIN, "revision": "-1"},
        {"programme": SCHWERIN, "revision": "eins"},
        {"programme": SCHWERIN, "revision": "9" * 40},
        {"programme": SCHWERIN, "audience": "press"},
        {"programme": SCHWERIN, "lang": "fr"},
        {"programme": SCHWERIN, "presentation": "vielleicht"},
        {"unknown": "1"},
    ],
)
def test_an_invalid_address_is_ignored(sample_store: Store, open_page: OpenPage, address: dict[str, str]) -> None:
    app = open_page("situation", **address)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == "Lage"


def test_a_date_far_back_is_shown(sample_store: Store, open_page: OpenPage) -> None:
    app = open_page("budget", programme=SCHWERIN, as_of="2012-05-01")
    assert not app.exception
    assert app.date_input(key="view_as_of").value == date(2012, 5, 1)


def test_a_revision_that_does_not_exist_is_named(sample_store: Store, open_page: OpenPage) -> None:
    newest = sample_store.latest()
    app = open_page("situation", programme=SCHWERIN, revision="99")
    assert not app.exception
    assert any(f"Revision 99 gibt es nicht; die neueste ist {newest}." in text for text in texts(app))
    app.number_input(key="view_revision").set_value(newest).run()
    assert not app.error


def test_presentation_hides_what_the_audience_need_not_see(sample_store: Store, open_page: OpenPage) -> None:
    shown = open_page("budget", programme=SCHWERIN, presentation="1")
    assert not shown.exception
    assert words("de")("ui.leave_presentation") in [button.label for button in shown.button]
    assert not shown.get("download_button")
    assert any("Stand " in text for text in texts(shown)), "the source stays"
    shown.button[0].click().run()
    assert shown.get("download_button")
    assert words("de")("ui.leave_presentation") not in [button.label for button in shown.button]


def test_the_language_is_switched_on_the_page(sample_store: Store, open_page: OpenPage) -> None:
    app = open_page("timeline", programme="musterstadt")
    assert app.title[0].value == words("de")("page.timeline")
    app.button_group(key="view_lang").set_value("en").run()
    assert not app.exception
    assert app.title[0].value == words("en")("page.timeline")
    assert app.selectbox(key="view_programme").value == "musterstadt"


def test_choices_survive_a_change_of_page(sample_store: Store, open_page: OpenPage) -> None:
    app = open_page("timeline", programme=SCHWERIN, lang="en", audience="public", as_of="2025-06-30")
    app.switch_page("pages/budget.py").run()
    assert not app.exception
    assert app.title[0].value == words("en")("page.budget")
    assert app.selectbox(key="view_programme").value == SCHWERIN
    assert app.date_input(key="view_as_of").value == date(2025, 6, 30)
    assert words("en")("ui.public_band") in " ".join(texts(app))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reached_without_the_router_is_whole(sample_store: Store, open_page: OpenPage, page: str) -> None:
    app = AppTest.from_file(ROOT / "pages" / f"{page}.py", default_timeout=60).run()
    assert not app.exception
    assert app.selectbox(key="view_programme").value, "the side bar is there"
    assert len(app.title) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("tab", ["import", "export", "edit", "checks", "log", "dictionary"])
def test_each_tab_of_the_data_page(sample_store: Store, open_page: OpenPage, lang: Language, tab: str) -> None:
    app = open_page("data", programme=SCHWERIN, lang=lang)
    app.session_state["data_tab"] = words(lang)(f"data.tab_{tab}")
    app.run()
    assert not app.exception
    assert not app.error
    telling = {
        "import": "data.import_intro",
        "export": "data.template_text",
        "edit": "data.save",
        "checks": "figure.data.checks",
    }
    if tab in telling:
        assert any(words(lang)(telling[tab]) in text for text in texts(app))
    else:
        assert app.dataframe


def test_the_public_reaches_no_upload_grid_or_log(sample_store: Store, open_page: OpenPage) -> None:
    app = open_page("data", programme="musterstadt", audience="public")
    assert [tab.label for tab in app.tabs] == [
        words("de")(f"data.tab_{name}") for name in ("overview", "export", "checks", "dictionary")
    ]


def test_the_public_is_offered_the_public_version_only(sample_store: Store, open_page: OpenPage) -> None:
    offered = {}
    for audience in ("internal", "public"):
        app = open_page("data", programme="musterstadt", audience=audience)
        app.session_state["data_tab"] = words("de")("data.tab_export")
        app.run()
        assert not app.exception
        offered[audience] = {text.removeprefix("#### ") for text in texts(app)} & set(EXPORTS)
    assert offered == {"internal": set(EXPORTS), "public": {words("de")("data.public_export")}}


EXPORTS = [words("de")(f"data.{name}") for name in ("template", "export", "public_export")]


def test_a_fault_of_a_whole_file_names_no_row() -> None:
    def page() -> None:
        from smartdash.exchange.problems import Problem
        from smartdash.locale import words
        from smartdash.ui.importing import problem_table

        message = "exchange.damaged_zip"
        faults = [Problem("a.csv", "", None, "", "", message), Problem("b.csv", "", 4, "", "", message)]
        problem_table(faults, words("de"))

    app = AppTest.from_function(page).run()
    assert list(app.dataframe[0].value["row"]) == ["", "4"]
