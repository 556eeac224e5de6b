"""What the public must never see: marked in the data, and looked for on pages, in figures and in files."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from busy_store import kept_busy
from page_reading import OpenPage, texts

from smartdash.__main__ import main
from smartdash.charts.tokens import LIGHT
from smartdash.figures import CATALOGUE, Figure, make
from smartdash.model.declare import Record
from smartdash.store import Audience, Changes, Origin, Scope, Store
from smartdash.ui import router

MARK = "Verschlusssache"
PROGRAMME = "musterstadt"
DAY = date(2026, 8, 15)


@pytest.fixture(scope="module")
def marked(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Musterstadt with a mark in every closed consultation and every internal contribution; for reading only."""
    path = Path(shutil.copy(sample_file, tmp_path_factory.mktemp("marked") / "store.duckdb"))
    with kept_busy(path) as store:
        _mark(store)
        yield store


@pytest.fixture
def marked_store(marked: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The same, as the store that the app and the command line open."""
    monkeypatch.setenv("SMARTDASH_STORE", str(marked.path))
    return marked


def _mark(store: Store) -> None:
    current = store.current(PROGRAMME)
    closed = [record for record in current["consultation"] if not getattr(record, "open_session", True)]
    internal = [record for record in current["contribution"] if not record.public]
    assert closed
    assert internal
    changes: dict[str, list[Record]] = {
        "consultation": [record.model_copy(update={"outcome": MARK, "agenda_item": MARK}) for record in closed],
        "contribution": [
            record.model_copy(update={"text": f"{MARK} {record.key}", "cluster": MARK}) for record in internal
        ],
    }
    store.write(Changes(PROGRAMME, changes), author="a", reason="b", origin=Origin("form"))


def figures(store: Store, audience: Audience, only: str = "") -> Iterator[tuple[str, str]]:
    """Every figure, or those whose key begins with `only`, as text: table, chart, options and words.

    The figures of the areas that hold what is closed come with some values of their options as well.
    """
    for key in (key for key in CATALOGUE if key.startswith(only)):
        with store.read(Scope(PROGRAMME, DAY, audience=audience)) as reader:
            made = make(reader, key, "de")
            yield key, written(made)
            for option in made.draft.options if key.startswith(("workshops.", "committees.")) else ():
                for value in list(option.values)[1:3]:
                    chosen = make(reader, key, "de", {option.name: value})
                    yield f"{key} {option.name}={value}", written(chosen, chart=False)


def written(made: Figure, *, chart: bool = True) -> str:
    drawn = made.draft.chart(LIGHT).to_dict(validate=False) if chart and made.draft.chart else {}
    words: dict[str, Any] = {name: value for name, value in asdict(made.draft).items() if name != "chart"}
    return json.dumps([words, drawn], default=str, ensure_ascii=False)


def test_figures_keep_what_is_closed_from_the_public(marked_store: Store) -> None:
    for only in ("committees.consultations", "workshops.contributions"):
        assert any(MARK in text for _, text in figures(marked_store, Audience.INTERNAL, only)), "it would be found"
    assert [key for key, text in figures(marked_store, Audience.PUBLIC) if MARK in text] == []


@pytest.mark.parametrize("page", [name for names in router.PAGES.values() for name in names])
def test_pages_keep_what_is_closed_from_the_public(marked_store: Store, open_page: OpenPage, page: str) -> None:
    app = open_page(page, programme=PROGRAMME, audience="public")
    assert not app.exception
    shown = [*texts(app), *(str(frame.value.to_dict()) for frame in app.dataframe)]
    assert [text for text in shown if MARK in text] == []


def test_files_and_the_command_line_keep_what_is_closed_from_the_public(
    marked_store: Store, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    said = {}
    for audience in ("internal", "public"):
        for key in ("committees.consultations", "workshops.contributions"):
            assert main(["show", key, "--programme", PROGRAMME, "--audience", audience]) == 0
        said[audience] = capfd.readouterr().out
        for name in ("bundle.zip", "book.xlsx"):
            target = tmp_path / f"{audience}-{name}"
            assert main(["export", "--programme", PROGRAMME, "--audience", audience, "--out", str(target)]) == 0
            said[f"{audience} {name}"] = unpacked(target.read_bytes())
    assert {name for name, text in said.items() if MARK in text} == {
        "internal", "internal bundle.zip", "internal book.xlsx"
    }  # fmt: skip


def unpacked(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
