"""The office's way with a workbook: export, change, check, import, look, look back."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from smartdash.__main__ import main
from smartdash.store import Store

SCHWERIN = "schwerin-smart-city-2021"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command and returns its exit code and what it printed."""

    def run_command(*arguments: str) -> tuple[int, str]:
        code = main(arguments)
        return code, capsys.readouterr().out

    return run_command


@pytest.fixture
def workbook(own_store: Store, tmp_path: Path, run: Run) -> Path:
    """Schwerin as a workbook, as the command line exports it."""
    path = tmp_path / "schwerin.xlsx"
    assert run("export", "--programme", SCHWERIN, "--out", str(path)) == (0, f"{path}\n")
    return path


def edit(path: Path, sheet: str, key: str, heading: str, value: object) -> None:
    """Write a value into the row of a key."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    headings = [cell.value for cell in page[1]]
    row = next(row for row in page.iter_rows(min_row=2) if row[0].value == key)
    row[headings.index(heading)].value = value
    book.save(path)


def delete(path: Path, sheet: str, key: str) -> None:
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    page.delete_rows(next(row[0].row for row in page.iter_rows(min_row=2) if row[0].value == key))
    book.save(path)


def year_total(run: Run, year: int, *more: str) -> float:
    """What the figure of planned cost per year says for a year."""
    _, text = run("show", "budget.years", "--programme", SCHWERIN, "--format", "json", *more)
    row = next(row for row in json.loads(text)["rows"] if str(next(iter(row.values()))) == str(year))
    return float(list(row.values())[-1])


AMOUNT = ("Planansätze", "antrag-2021/1.1.1/2021", "Betrag (€) *")


def test_change_an_amount_and_look_back(workbook: Path, own_store: Store, run: Run) -> None:
    before = own_store.latest()
    assert year_total(run, 2021) == 245000
    edit(workbook, *AMOUNT, 55000)
    code, text = run("import", str(workbook), "--author", "Programmbüro", "--reason", "Nachmeldung")
    assert code == 0
    assert f"Revision {before + 1}" in text
    changed = next(line.split() for line in text.splitlines() if line.startswith("Planansätze"))
    assert changed[1:] == ["0", "1", "0", "143", "0"]
    assert year_total(run, 2021) == 250000
    assert year_total(run, 2021, "--revision", str(before)) == 245000
    newest = json.loads(run("log", "--format", "json")[1])[0]
    assert (newest["number"], newest["author"], newest["reason"]) == (before + 1, "Programmbüro", "Nachmeldung")
    assert "schwerin.xlsx" in newest["origin"]
    assert (newest["new"], newest["changed"], newest["retired"]) == (0, 1, 0)


def test_import_without_a_change_writes_nothing(workbook: Path, own_store: Store, run: Run) -> None:
    before = own_store.latest()
    for _ in range(2):
        code, text = run("import", str(workbook))
        assert code == 0
        assert text.splitlines()[-1] == "Nichts zu tun: Der Speicher enthält das alles schon."
    assert own_store.latest() == before
    edit(workbook, *AMOUNT, 55000)
    assert run("import", str(workbook))[0] == 0
    assert "Nichts zu tun" in run("import", str(workbook))[1]
    assert own_store.latest() == before + 1


def test_dry_run_writes_nothing(workbook: Path, own_store: Store, run: Run) -> None:
    before = own_store.latest()
    edit(workbook, *AMOUNT, 55000)
    code, text = run("import", str(workbook), "--dry-run")
    assert code == 0
    assert text.splitlines()[-1] == "Nur geprüft, nichts gespeichert."
    assert own_store.latest() == before
    assert year_total(run, 2021) == 245000


def test_a_missing_row_stays_unless_the_file_is_complete(workbook: Path, own_store: Store, run: Run) -> None:
    before = own_store.latest()
    delete(workbook, AMOUNT[0], AMOUNT[1])
    code, text = run("import", str(workbook))
    assert code == 0
    assert "--complete" in text
    assert own_store.latest() == before
    assert year_total(run, 2021) == 245000
    assert run("import", str(workbook), "--complete")[0] == 0
    assert year_total(run, 2021) == 195000
    assert year_total(run, 2021, "--revision", str(before)) == 245000
    assert json.loads(run("log", "--format", "json")[1])[0]["retired"] == 1


def test_check_names_one_wrong_cent(workbook: Path, run: Run) -> None:
    def off() -> dict[tuple[str, str], dict[str, Any]]:
        code, text = run("check", "--programme", SCHWERIN, "--format", "json")
        assert code == 1, "the plan breaks rules of its grant"
        plan = [item for item in json.loads(text) if item["rule"].startswith("plan.")]
        return {(item["rule"], item["scope"]): item for item in plan if item["status"] == "violated"}

    before = off()
    edit(workbook, *AMOUNT, 50000.01)
    assert run("import", str(workbook))[0] == 0
    new = {place: item for place, item in off().items() if place not in before}
    assert {rule for rule, _ in new} == {"plan.costs_equal_funding", "plan.stated_totals"}
    assert {abs(item["difference"]) for item in new.values()} == {0.01}
    assert any("2021" in item["period"] and "0,01" in item["message"] for item in new.values())
    assert all("SC21-NJCNP" in item["source"] for item in new.values())
    assert "0,01\u00a0€" in run("check", "--programme", SCHWERIN)[1]


@pytest.mark.parametrize(
    ("heading", "value", "column"),
    [
        ("Betrag (€) *", "viel", "Betrag (€) *"),
        ("Betrag (€) *", None, "Betrag (€) *"),
        ("Betrag (€) *", 1.005, "Betrag (€) *"),
        ("Jahr *", 1789, "Jahr *"),
        ("Kostenposition *", "9.9.9", "Kostenposition *"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_stored(
    workbook: Path, own_store: Store, run: Run, heading: str, value: object, column: str
) -> None:
    before = own_store.latest()
    edit(workbook, AMOUNT[0], AMOUNT[1], heading, value)
    edit(workbook, "Kostenpositionen", "1", "Bezeichnung *", "Geändert")
    code, text = run("import", str(workbook))
    assert code == 1
    assert any(
        line.startswith(f"schwerin.xlsx › Planansätze › Zeile 2 › {column.rstrip(' *')}") for line in text.splitlines()
    ), text
    assert text.splitlines()[-1] == "1 Fehler. Es wurde nichts gespeichert."
    assert own_store.latest() == before


def test_a_wrong_cell_in_english(workbook: Path, run: Run) -> None:
    edit(workbook, *AMOUNT, "viel")
    code, text = run("import", str(workbook), "--lang", "en")
    assert code == 1
    assert "schwerin.xlsx › Planansätze › row 2 › Betrag" in text


@pytest.mark.parametrize("name", ["kein.xlsx", "kein.zip", "kein.csv", "kein.pdf"])
def test_a_file_of_noise_is_refused(own_store: Store, run: Run, tmp_path: Path, name: str) -> None:
    before = own_store.latest()
    path = tmp_path / name
    path.write_bytes(bytes(range(256)) * 8)
    code, text = run("import", str(path), "--programme", SCHWERIN)
    assert code == 1
    assert text.startswith(name)
    assert own_store.latest() == before


def test_bundle_round_trip(own_store: Store, run: Run, tmp_path: Path) -> None:
    path, folder = tmp_path / "schwerin.zip", tmp_path / "entpackt"
    assert run("export", "--programme", SCHWERIN, "--out", str(path))[0] == 0
    with zipfile.ZipFile(path) as bundle:
        bundle.extractall(folder)
    before = own_store.latest()
    for source in (path, folder):
        code, text = run("import", str(source))
        assert code == 0, text
        assert "Nichts zu tun" in text
    assert own_store.latest() == before


def test_workbook_in_a_store_without_samples(
    workbook: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMARTDASH_STORE", str(tmp_path / "fresh.duckdb"))
    monkeypatch.setenv("SMARTDASH_SAMPLES", "no")
    assert json.loads(run("programmes", "--format", "json")[1]) == []
    assert run("import", str(workbook))[0] == 0, "the municipality is part of the reference data"
    assert [item["key"] for item in json.loads(run("programmes", "--format", "json")[1])] == [SCHWERIN]
    assert year_total(run, 2021) == 245000
