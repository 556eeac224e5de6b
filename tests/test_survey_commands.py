"""Answer sheets on the command line: written for every invited person, taken in together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from survey_forms import fill_store, filled, response

from smartdash.__main__ import main
from smartdash.model.surveys import ResponseState
from smartdash.store import Store

OF_WAVE = ("--programme", "p", "--wave", "2026", "--unit", "bau")


def stored(store: Store) -> dict[tuple[str, str], int | None]:
    return {
        (one.respondent, one.criterion): one.level
        for one in store.current("p")["response"]
        if one.state is ResponseState.ANSWERED
    }


def test_sheets_are_written_and_filled_ones_taken_in(
    empty_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_store(empty_store, response("A1", level=1))
    sheets, archive = tmp_path / "sheets", tmp_path / "sheets.zip"
    assert main(["answer-sheets", *OF_WAVE, "--out", str(sheets)]) == 0
    names = ["bau_w7xv-pr4t.xlsx", "it_c3dh-f9jn.xlsx", "it_k4tm-x7rp.xlsx"]
    assert sorted(path.name for path in sheets.iterdir()) == names
    assert main(["answer-sheets", *OF_WAVE, "--out", str(archive), "--lang", "en"]) == 0
    (sheets / names[1]).write_bytes(filled({"A1": {"state": 3}, "B2": {"value": "12,5 %"}}, whose=1))
    (sheets / names[2]).write_bytes(filled({"A1": {"state": "4"}}))
    capsys.readouterr()

    assert main(["import-answers", *OF_WAVE, str(sheets)]) == 1
    told = capsys.readouterr().out
    assert f"{names[2]} › Antworten › Zeile 4 › Antwort: „4“ ist keine Stufe" in told
    assert stored(empty_store) == {("k4tm-x7rp", "A1"): 1}

    leaving = [*OF_WAVE, str(sheets), "--leave-out", names[2]]
    assert main(["import-answers", *leaving, "--dry-run"]) == 0
    assert len(empty_store.revisions("p")) == 1
    assert main(["import-answers", *leaving, "--author", "Bauamt"]) == 0
    told = capsys.readouterr().out
    assert "Amt für IT: 1 Bogen, 4 neu, 0 geändert" in told
    assert "1 Bogen ist leer und ändert nichts: bau_w7xv-pr4t.xlsx" in told
    assert stored(empty_store) == {("k4tm-x7rp", "A1"): 1, ("c3dh-f9jn", "A1"): 3, ("c3dh-f9jn", "B2"): None}
    written = empty_store.revisions("p")[0]
    assert (written.author, written.reason, written.origin) == (
        "Bauamt",
        "Antwortbögen: Frühjahr 2026",
        "2 Antwortbögen",
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["answer-sheets", "--programme", "p", "--wave", "2026", "--unit", "it"], "moderiert diese Erhebung nicht"),
        (["answer-sheets", "--programme", "p", "--wave", "2019", "--unit", "bau"], "Vorhanden: 2026"),
        (["import-answers", *OF_WAVE, "nichts.xlsx"], "nichts.xlsx"),
    ],
)
def test_wrong_use_is_said(
    empty_store: Store, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    fill_store(empty_store)
    assert main(arguments) == 2
    assert told in capsys.readouterr().err
