"""Every command of the command line: what it prints, in which form, and its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from smartdash.__main__ import main
from smartdash.figures import CATALOGUE, make
from smartdash.figures.output import as_json
from smartdash.locale import Language, words
from smartdash.store import Audience, Scope, Store

SCHWERIN = "schwerin-smart-city-2021"
Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("sample_store")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs one command and returns its exit code, its output and its errors."""

    def run_command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
        sys.stdout.flush()
        return code, *capfd.readouterr()

    return run_command


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_programmes(run: Run) -> None:
    code, table, _ = run("programmes")
    assert code == 0
    assert [SCHWERIN in line for line in table.splitlines()].count(True) == 1
    assert table.splitlines()[0].split() == ["Schlüssel", "Titel", "Kommune", "Beginn", "Ende", "Demo"]
    listed = json.loads(run("programmes", "--format", "json")[1])
    assert len(listed) == 5
    schwerin = next(item for item in listed if item["key"] == SCHWERIN)
    assert (schwerin["municipality"], schwerin["start"], schwerin["demo"]) == ("Schwerin", "2021-01-01", False)
    assert [item["key"] for item in listed if item["demo"]] == ["musterstadt"]
    assert [row["key"] for row in rows_of(run("programmes", "--format", "csv")[1])] == [item["key"] for item in listed]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_figures(run: Run, lang: str) -> None:
    code, text, _ = run("figures", "--format", "json", "--lang", lang)
    assert code == 0
    listed = json.loads(text)
    assert {item["key"] for item in listed} == set(CATALOGUE)
    assert all(item["title"] == words(lang)(f"figure.{item['key']}") for item in listed)
    assert all(item["key"] in run("figures", "--lang", lang)[1] for item in listed)


def test_figure_as_json(run: Run) -> None:
    code, text, _ = run("show", "budget.years", "--programme", SCHWERIN, "--as-of", "2026-01-31", "--format", "json")
    assert code == 0
    figure = json.loads(text)
    wanted = {"key", "title", "message", "unit", "as_of", "revision", "demo", "sources", "columns", "rows"}
    assert wanted <= set(figure)
    assert (figure["key"], figure["as_of"], figure["demo"]) == ("budget.years", "2026-01-31", False)
    assert any("SC21-NJCNP" in source for source in figure["sources"])
    names = [column["name"] for column in figure["columns"]]
    assert all(list(row) == names for row in figure["rows"])
    assert 3810000 in {value for row in figure["rows"] for value in row.values() if isinstance(value, int | float)}


def test_figure_as_table_and_csv(run: Run) -> None:
    german = run("show", "budget.years", "--programme", SCHWERIN)[1]
    english = run("show", "budget.years", "--programme", SCHWERIN, "--lang", "en")[1]
    assert "3.810.000,00 €" in german
    assert "€3,810,000.00" in english
    assert german.rstrip().splitlines()[-1].startswith("Quelle: Bewerbung Modellprojekte Smart Cities")
    code, text, _ = run("show", "budget.years", "--programme", SCHWERIN, "--format", "csv")
    assert code == 0
    assert any("3810000.00" in row.values() for row in rows_of(text))
    demo = run("show", "budget.years", "--programme", "musterstadt", "--format", "csv")[1]
    assert {row["Demo"] for row in rows_of(demo)} == {"Demo"}
    assert run("show", "budget.years", "--programme", "musterstadt")[1].startswith("Demo: fiktive Daten")


def test_figure_as_picture(run: Run, tmp_path: Path) -> None:
    code, drawing, _ = run("show", "budget.years", "--programme", "musterstadt", "--format", "svg")
    assert code == 0
    assert drawing.startswith("<svg")
    assert "Demo: fiktive Daten" in drawing
    target = tmp_path / "years.png"
    assert run("show", "budget.years", "--programme", SCHWERIN, "--format", "png", "--out", str(target))[:2] == (0, "")
    assert target.read_bytes().startswith(b"\x89PNG")


def test_figure_without_chart_has_no_picture(run: Run) -> None:
    code, text, error = run("show", "data.checks", "--programme", SCHWERIN, "--format", "svg")
    assert (code, text) == (1, "")
    assert "data.checks" in error


def test_figure_of_all_programmes_needs_no_programme(run: Run) -> None:
    code, text, _ = run("show", "portfolio.programmes", "--format", "json")
    assert code == 0
    assert len(json.loads(text)["rows"]) == 5


@pytest.mark.parametrize("key", ["budget.years", "okr.quarter", "situation.attention", "schedule.phases"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_page_and_command_line_show_the_same(run: Run, sample_store: Store, key: str, lang: Language) -> None:
    programme = next(item for item in sample_store.programmes() if item.key == "musterstadt")
    assert programme.default_as_of
    with sample_store.read(Scope(programme.key, programme.default_as_of, None, Audience.INTERNAL)) as reader:
        shown = as_json(make(reader, key, lang))
    printed = json.loads(run("show", key, "--programme", "musterstadt", "--lang", lang, "--format", "json")[1])
    assert printed == json.loads(json.dumps(shown))
    assert printed["rows"]


def test_public_audience_hides_what_is_internal(run: Run) -> None:
    totals = {}
    for audience in ("internal", "public"):
        _, text, _ = run(
            "show", "budget.use", "--programme", "musterstadt", "--audience", audience, "--format", "json"
        )  # fmt: skip
        totals[audience] = json.loads(text)["rows"][-1]
    changed = {name for name, value in totals["internal"].items() if totals["public"][name] != value}
    # One reservation of 62,000 euro is for the office only.
    assert 62000 in {totals["internal"][name] - totals["public"][name] for name in changed}


def test_as_of_shows_the_older_state(run: Run) -> None:
    early, late = (
        json.loads(run("show", "budget.use", "--programme", "musterstadt", "--as-of", day, "--format", "json")[1])
        for day in ("2025-06-30", "2026-06-30")
    )
    assert early["rows"] != late["rows"]
    assert early["as_of"] == "2025-06-30"


def test_check(run: Run) -> None:
    code, text, _ = run("check", "--programme", SCHWERIN)
    assert code == 1
    assert re.match("[1-9][0-9]* von ", text.splitlines()[-1])
    code, text, _ = run("check", "--programme", SCHWERIN, "--format", "json")
    found = json.loads(text)
    assert code == 1
    assert "kfw436-2021.advice_third" in {item["rule"] for item in found if item["status"] == "violated"}
    assert found
    names = {"rule", "status", "scope", "period", "left", "right", "difference", "severity", "message", "source"}
    assert all(set(item) == names for item in found)
    assert {item["status"] for item in found} <= {"ok", "violated", "unknown"}


def test_log(run: Run) -> None:
    code, text, _ = run("log", "--format", "json")
    assert code == 0
    revisions = json.loads(text)
    assert [item["number"] for item in revisions] == [7, 6, 5, 4, 3, 2, 1]
    assert run("log")[1].splitlines()[1].startswith("7 ")
    own = json.loads(run("log", "--programme", SCHWERIN, "--format", "json")[1])
    assert [item["programme"] for item in own] == [SCHWERIN]
    assert len(rows_of(run("log", "--format", "csv")[1])) == 7


def test_dictionary(run: Run) -> None:
    code, text, _ = run("dictionary", "--format", "json")
    assert code == 0
    fields = json.loads(text)
    assert len(fields) > 200
    assert len({item["sheet"] for item in fields}) > 20
    assert "Schlüssel" in run("dictionary")[1]
    assert run("dictionary", "--lang", "en")[1] != run("dictionary")[1]


def test_template(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "leer.xlsx"
    assert run("template", "--out", str(target)) == (0, f"{target}\n", "")
    whole = openpyxl.load_workbook(target).sheetnames
    assert {"Programm", "Planansätze"} <= set(whole)
    assert run("template", "--area", "money", "--out", str(target))[0] == 0
    assert "Planansätze" in openpyxl.load_workbook(target).sheetnames
    assert len(openpyxl.load_workbook(target).sheetnames) < len(whole)


def test_export_as_bundle(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "schwerin.zip"
    assert run("export", "--programme", SCHWERIN, "--out", str(target))[0] == 0
    assert any(name.endswith("cost_amount.csv") for name in zipfile.ZipFile(target).namelist())


def test_the_public_version_holds_nothing_that_is_internal(run: Run, sample_store: Store, tmp_path: Path) -> None:
    whole, public = tmp_path / "alles.zip", tmp_path / "offen.zip"
    assert run("export", "--programme", "musterstadt", "--out", str(whole))[0] == 0
    assert run("export", "--programme", "musterstadt", "--audience", "public", "--out", str(public))[0] == 0
    hidden = {
        record.key
        for name in ("consultation", "contribution", "commitment")
        for record in sample_store.current("musterstadt")[name]
        if not record.public or getattr(record, "open_session", None) is False
    }
    assert len(hidden) > 10
    assert hidden <= keys_in(whole)
    assert not hidden & keys_in(public)
    assert "contribution.csv" in zipfile.ZipFile(public).namelist()


def keys_in(bundle: Path) -> set[str]:
    with zipfile.ZipFile(bundle) as archive:
        tables = [archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")]
    return {cell for table in tables for row in csv.reader(io.StringIO(table)) for cell in row}


def test_an_older_state_is_exported_for_the_public_only(run: Run, tmp_path: Path) -> None:
    code, _, error = run(
        "export", "--programme", SCHWERIN, "--as-of", "2022-01-01", "--out", str(tmp_path / "never.xlsx")
    )  # fmt: skip
    assert code == 2
    assert "--audience public" in error
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "no.figure", "--programme", SCHWERIN], "budget.years"),
        (["show", "budget.years", "--programme", "atlantis"], SCHWERIN),
        (["show", "budget.years"], SCHWERIN),
        (["check", "--programme", "atlantis"], SCHWERIN),
        (["check"], "--programme"),
        (["export", "--programme", "atlantis", "--out", "never.xlsx"], SCHWERIN),
        (["import", "gibt-es-nicht.xlsx"], "gibt-es-nicht.xlsx"),
        (["show", "budget.years", "--programme", SCHWERIN, "--as-of", "morgen"], "--as-of"),
        (["show", "budget.years", "--programme", SCHWERIN, "--revision", "eins"], "--revision"),
        (["show", "budget.years", "--programme", SCHWERIN, "--audience", "press"], "--audience"),
        (["show", "budget.years", "--programme", SCHWERIN, "--format", "docx"], "--format"),
        (["show", "schedule.phases", "--programme", SCHWERIN, "--set", "group"], "--set"),
        (["show", "schedule.phases", "--programme", SCHWERIN, "--set", "colour=red"], "group"),
        (["show", "schedule.phases", "--programme", SCHWERIN, "--set", "group=colour"], "unit"),
        (["programmes", "--lang", "fr"], "--lang"),
        (["programmes", "--colour"], "--colour"),
        (["figure"], "figure"),
        ([], "COMMAND"),
    ],
)
def test_wrong_use(run: Run, arguments: list[str], said: str) -> None:
    code, text, error = run(*arguments)
    assert (code, text) == (2, "")
    assert said in error
    assert "Traceback" not in error


def test_a_revision_that_does_not_exist_is_refused(run: Run) -> None:
    code, _, error = run("show", "budget.years", "--programme", SCHWERIN, "--revision", "99")
    assert code == 2
    assert error == "Revision 99 gibt es nicht; die neueste ist 7.\n"


def test_a_damaged_store_is_named(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "kaputt.duckdb"
    broken.write_bytes(os.urandom(4096))
    code, text, error = run("programmes", "--store", str(broken))
    assert (code, text) == (1, "")
    assert str(broken) in error
    assert "beschädigt" in error


def call(*arguments: str, store: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SMARTDASH_STORE": str(store), "PYTHONIOENCODING": "ascii"}
    return subprocess.run(
        [sys.executable, "-m", "smartdash", *arguments],
        capture_output=True, encoding="utf-8", env=environment, timeout=60, check=False,
    )  # fmt: skip


def test_as_a_program(sample_file: Path, tmp_path: Path) -> None:
    store = shutil.copy(sample_file, tmp_path / "store.duckdb")
    done = call("show", "budget.years", "--programme", SCHWERIN, store=store)
    assert (done.returncode, done.stderr) == (0, "")
    assert "18.225.000,00 €" in done.stdout


def test_wrong_use_as_a_program(tmp_path: Path) -> None:
    done = call("show", "no.figure", store=tmp_path / "store.duckdb")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no.figure" in done.stderr
