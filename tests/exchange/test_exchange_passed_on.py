"""Files that leave the house hold no single answers and no values that may not be passed on."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from smartdash.exchange import export_bundle, export_workbook, import_file
from smartdash.exchange.passed_on import kept_back, passed_on
from smartdash.model.declare import Record
from smartdash.model.peers import Indicator, Observation
from smartdash.model.shared import Municipality, Source
from smartdash.model.surveys import AnalysisLanguage, AnalysisText
from smartdash.store import Store
from tests.figures.made_stores import PROGRAMME, fill
from tests.figures.made_surveys import model, units, wave


def bought(key: str, source: str | None) -> list[Record]:
    return [
        Indicator(programme="p", key=key, title_de="G", title_en="G", measured_in="Punkte", source=source),
        Observation(
            programme="p",
            indicator=key,
            municipality="99001000",
            observed_on=date(2026, 3, 1),
            value=Decimal("41.7"),
            source=source,
        ),
    ]


def analysis(language: AnalysisLanguage, *, public: bool) -> AnalysisText:
    return AnalysisText(
        programme="p",
        key=f"w2026/{language.value}",
        survey_wave="w2026",
        language=language,
        written_on=date(2026, 6, 2),
        text="Das Amt steht bei 3.",
        generated="Alt.",
        public=public,
    )


def held(store: Store) -> Store:
    fill(
        store,
        Source(programme="p", key="index", title="Gekaufter Index", redistributable=False),
        Municipality(programme="p", key="99001000", title="A", state="S"),
        *bought("gekauft", "index"),
        *bought("offen", None),
        *model(),
        *units(),
        *wave(2026, {"amt": {"A1": (2, 3, 4)}}),
        analysis(AnalysisLanguage.GERMAN, public=False),
        analysis(AnalysisLanguage.ENGLISH, public=True),
    )
    return store


def test_what_stays_and_what_leaves(empty_store: Store) -> None:
    current = held(empty_store).current("p")
    kept = {name: {row.key for row in rows} for name, rows in kept_back(current).items()}
    assert kept.keys() == {"response", "indicator", "observation", "analysis_text"}
    assert kept["indicator"] == {"gekauft"}
    leaving = passed_on(current)
    assert [row.key for row in leaving["indicator"]] == ["offen"]
    assert [row.key for row in leaving["source"]] == ["index"]
    assert leaving["response"] == []
    assert [row.key for row in leaving["analysis_text"]] == ["w2026/en"]


def test_neither_kind_of_file_holds_them_and_both_say_so(empty_store: Store) -> None:
    current = held(empty_store).current("p")
    count = sum(map(len, kept_back(current).values()))
    options = {"programme": PROGRAMME, "lang": "de", "kept": count}
    with zipfile.ZipFile(io.BytesIO(export_bundle(passed_on(current), **options))) as bundle:  # type: ignore[arg-type]
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert not any("amt0" in text or "gekauft/" in text for text in texts.values())
    assert f"{count} Zeilen verlassen das Haus nicht" in texts["README.txt"]
    book = load_workbook(io.BytesIO(export_workbook(passed_on(current), **options)))  # type: ignore[arg-type]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any("amt0" in text or "gekauft" in text for text in cells)
    assert any(f"{count} Zeilen verlassen das Haus nicht" in text for text in cells)


def test_a_complete_import_of_an_export_retires_nothing_that_stayed(empty_store: Store, tmp_path: Path) -> None:
    store = held(empty_store)
    file = tmp_path / "p.zip"
    file.write_bytes(export_bundle(passed_on(store.current("p")), programme=PROGRAMME, lang="de"))
    result = import_file(store, file, author="Amt", complete=True)
    assert (result.problems, result.revision) == ((), None)
    other = tmp_path / "q.zip"
    without = {**passed_on(store.current("p")), "observation": []}
    without["indicator"] = [row for row in without["indicator"] if row.key != "offen"]
    without["unit"] = [row for row in without["unit"] if row.key != "uni"]
    other.write_bytes(export_bundle(without, programme=PROGRAMME, lang="de"))
    result = import_file(store, other, author="Amt", complete=True)
    assert result.problems == ()
    current = store.current("p")
    assert {row.key for row in current["observation"]} >= {"gekauft/99001000/2026-03-01"}
    assert len(current["response"]) == 3
    assert len(current["analysis_text"]) == 2
    assert "uni" not in {row.key for row in current["unit"]}
