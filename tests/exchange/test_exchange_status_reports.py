"""Status reports from files: what a colour demands, and a draft that no figure knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from exchange_helpers import Rows, workbook

from smartdash.exchange import import_file
from smartdash.figures import CATALOGUE, make
from smartdash.locale import words
from smartdash.store import Scope, Store

SAY = words("de")
FIGURES = [
    key for key, entry in CATALOGUE.items() if entry.page in ("status_report", "projects", "situation", "timeline")
]
"""Figures of the pages that read status reports."""
PROGRAMME: Rows = [["key", "title", "municipality_name"], ["p", "P", "Musterstadt"]]
PROJECTS: Rows = [["Schlüssel", "Titel"], ["V1", "Busvorrang"]]
HEADINGS = ["Vorhaben", "Berichtstag", "Ampel", "Maßnahme", "Maßnahme bis", "Ursache", "Stand"]
GREEN = ["V1", "01.05.2026", "grün", "", "", "", "veröffentlicht"]
BARE = ["V1", "01.06.2026", "gelb", "", "01.08.2026", "", "veröffentlicht"]
DRAFT = ["V1", "01.06.2026", "rot", "", "", "Lizenz läuft aus", "Entwurf"]


def as_book(*reports: list[str]) -> tuple[str, bytes]:
    sheets = {"Programm": PROGRAMME, "Vorhaben": PROJECTS, "Statusberichte": [HEADINGS, *map(list, reports)]}
    return "berichte.xlsx", workbook(sheets)


def as_csv(*reports: list[str]) -> tuple[str, bytes]:
    return "status_report.csv", "\n".join(";".join(row) for row in (HEADINGS, *reports)).encode()


@pytest.mark.parametrize("upload", [as_book, as_csv])
def test_yellow_without_a_measure_keeps_the_file_out_and_names_row_and_column(
    tmp_path: Path, upload: Callable[..., tuple[str, bytes]]
) -> None:
    store = Store(tmp_path / "store.duckdb")
    import_file(store, as_book(), author="Büro")
    before = store.latest()
    result = import_file(store, upload(GREEN, BARE), programme="p", author="Büro")
    (problem,) = result.problems
    assert (problem.row, problem.column) == (3, "Ampel")
    assert "Zeile 3 › Ampel" in problem.place(SAY)
    assert problem.text(SAY) == "Gelb braucht eine Maßnahme und den Tag, bis zu dem sie greift."
    assert (result.revision, store.latest()) == (None, before)


def test_a_draft_from_a_file_is_stored_and_appears_in_no_figure(tmp_path: Path) -> None:
    def told(*reports: list[str]) -> tuple[Store, dict[str, object]]:
        store = Store(tmp_path / f"{len(reports)}.duckdb")
        assert import_file(store, as_book(*reports), author="Büro").revision is not None
        with store.read(Scope("p", date(2026, 6, 30))) as reader:
            drafts = {key: make(reader, key, "de").draft for key in FIGURES}
        return store, {key: (one.message, one.rows, one.tiles, one.note) for key, one in drafts.items()}

    _, without = told(GREEN)
    store, given = told(GREEN, DRAFT)
    assert [item.state.value for item in store.current("p")["status_report"]].count("draft") == 1
    assert given == without
