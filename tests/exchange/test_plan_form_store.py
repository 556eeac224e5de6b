"""A plan form beside the store: the way there and back, deviations refused or accepted with a reason."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from plan_form_texts import SAY, SCHWERIN, as_text, schwerin, schwerin_form

from smartdash.__main__ import main
from smartdash.exchange.plan_form import read_pasted, read_plan_form
from smartdash.exchange.plan_form_comparison import cell_changes, to_store
from smartdash.exchange.plan_form_layout import form_of
from smartdash.exchange.plan_form_records import Answers, Held, records_of
from smartdash.exchange.plan_form_workbook import form_workbook
from smartdash.figures.rule_data import rule_results
from smartdash.model.grants import Waiver
from smartdash.model.money import CostAmount, FundingAmount, PlanStatus, PlanVersion, StatedTotal
from smartdash.model.rule_parts import RuleStatus
from smartdash.store import Scope, Store

DAY = date(2026, 11, 25)
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs one command and returns its exit code and its output."""

    def run_command(*arguments: str) -> tuple[int, str]:
        code = main(arguments)
        sys.stdout.flush()
        return code, capfd.readouterr().out

    return run_command


def held_of(store: Store, programme: str) -> Held:
    return Held(programme, programme == "musterstadt", store.current(programme))


def test_what_is_written_as_a_form_changes_nothing_when_it_is_read(sample_store: Store) -> None:
    compared = 0
    for programme in (SCHWERIN, "musterstadt"):
        held = held_of(sample_store, programme)
        for version in held.all(PlanVersion):
            content = form_workbook(form_of(held.plan(version), SAY), programme, "de", demo=held.demo)
            form, problems = read_plan_form(("plan.xlsx", content))
            assert problems == ()
            assert form is not None
            plan, problems = records_of(form, held, Answers(version), SAY)
            assert problems == ()
            assert cell_changes(held.plan(version), plan) == []
            assert sample_store.compare(to_store(plan, held, None, SAY)).empty, version.key
            compared += 1
    assert compared >= 4


def test_a_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    form = schwerin_form()
    rows = (replace(form.rows[0], label="=cmd|' /C calc'!A1"), *form.rows[1:])
    (tmp_path / "plan.xlsx").write_bytes(form_workbook(replace(form, rows=rows), "p", "de", demo=False))
    cells = [cell for row in load_workbook(tmp_path / "plan.xlsx").active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=")] == ["s"]


def test_a_split_by_line_stays_where_its_sum_is_the_printed_amount() -> None:
    held, form = schwerin(), schwerin_form()
    (version,) = held.all(PlanVersion)
    one = next(item for item in held.all(FundingAmount) if item.amount > 100)
    parts = [
        FundingAmount.model_validate({**one.model_dump(), "key": "", "cost_line": line, "amount": amount})
        for line, amount in (("1.1.1", one.amount - 100), ("1.1.2", Decimal(100)))
    ]
    split = [*(item for item in held.all(FundingAmount) if item.key != one.key), *parts]
    held = Held(SCHWERIN, False, {**held.records, "funding_amount": split})
    plan, _ = records_of(form, held, Answers(version), SAY)
    assert {item.key for item in parts} <= {item.key for item in plan.funding}
    assert cell_changes(held.plan(version), plan) == []


def test_a_deviation_is_refused_then_stored_with_its_reason_and_forgotten_when_it_is_gone(
    own_store: Store, run: Run, tmp_path: Path
) -> None:
    wrong = as_text(schwerin_form()).replace("50.000,00 240.000,00", "50.000,01 240.000,00", 1)
    path = tmp_path / "nachtrag.txt"
    path.write_text(wrong, encoding="utf-8")
    command: tuple[str, ...] = (
        "import-plan",
        str(path),
        "--programme",
        SCHWERIN,
        "--version",
        "nachtrag",
        "--status",
        "amendment",
    )
    command = (*command, "--supersedes", "antrag-2021", "--author", "Fördermittelstelle")
    code, output = run(*command)
    assert code == 1
    assert "1.1 Personal- und Sachkosten (Strategiephase), Spalte 2021: Gedruckt 195.000,00\u00a0€" in output
    assert "Spalte 2021: bisher 50.000,00\u00a0€, neu 50.000,01\u00a0€" in output
    assert "nachtrag" not in {item.key for item in held_of(own_store, SCHWERIN).all(PlanVersion)}

    assert run(*command, "--accept-differences", "So im Bescheid gedruckt", "--dry-run")[0] == 0
    assert len(held_of(own_store, SCHWERIN).all(PlanVersion)) == 1
    assert run(*command, "--accept-differences", "So im Bescheid gedruckt")[0] == 0
    revision = own_store.revisions(SCHWERIN)[0]
    assert (revision.author, revision.reason, revision.origin) == (
        "Fördermittelstelle",
        "So im Bescheid gedruckt",
        "nachtrag.txt",
    )
    version = next(item for item in held_of(own_store, SCHWERIN).all(PlanVersion) if item.key == "nachtrag")
    assert (version.status, version.supersedes) == (PlanStatus.AMENDMENT, "antrag-2021")
    waivers = held_of(own_store, SCHWERIN).all(Waiver)
    assert len(waivers) == 9
    assert all(one.plan_version == "nachtrag" and one.reason.endswith("So im Bescheid gedruckt") for one in waivers)
    # Every total that the rules find to deviate is waived, and stays visible as such.
    with own_store.read(Scope(SCHWERIN, DAY)) as reader:
        results = [one for one in rule_results(reader, version) if one.rule in {item.rule for item in waivers}]
    broken = [one for one in results if one.status is RuleStatus.VIOLATED]
    assert len(broken) == 9
    assert all(one.waiver for one in broken)

    code, output = run(*command)
    assert (code, "Nichts zu tun" in output) == (0, True)
    path.write_text(as_text(schwerin_form()), encoding="utf-8")
    assert run(*command)[0] == 0
    held = held_of(own_store, SCHWERIN)
    assert held.all(Waiver) == ()
    assert cell_changes(held.plan(held.all(PlanVersion)[0]), held.plan(version)) == []


def test_a_row_that_is_gone_is_retired_in_its_version_only(own_store: Store) -> None:
    held = held_of(own_store, SCHWERIN)
    (version,) = held.all(PlanVersion)
    text = as_text(schwerin_form())
    start = text.index("1.1.7 ")
    form, _ = read_pasted("Text", text[:start] + text[text.index("1.2 Erste") :])
    assert form is not None
    plan, _ = records_of(form, held, Answers(version), SAY)
    gone = [one for one in cell_changes(held.plan(version), plan) if one.after is None]
    assert {(one.record, one.code) for one in gone} == {(CostAmount, "1.1.7"), (StatedTotal, "1.1.7")}
    changes = to_store(plan, held, None, SAY)
    assert own_store.compare(changes).types["cost_amount"].retired == 8
    assert own_store.compare(changes).types["cost_line"].touched == 0


def test_the_commands_name_what_is_wrong(own_store: Store, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    export = ("export-plan", "--programme", SCHWERIN, "--out", str(target))
    assert run(*export, "--version", "antrag-2021") == (0, f"{target}\n")
    assert run(*export, "--version", "x")[0] == 2
    assert run("import-plan", str(target), "--programme", SCHWERIN, "--version", "mit Leerzeichen")[0] == 2
    assert run("import-plan", str(tmp_path / "x"), "--programme", SCHWERIN, "--version", "y")[0] == 2
    (tmp_path / "leer.txt").write_text("Kosten 2024 2025\n1.1 Posten 1,00\n", encoding="utf-8")
    code, output = run("import-plan", str(tmp_path / "leer.txt"), "--programme", SCHWERIN, "--version", "y")
    assert (code, "leer.txt › Zeile 2: Hier steht 1 Betrag statt 2" in output) == (1, True)
    code, output = run("import-plan", str(target), "--programme", SCHWERIN, "--version", "neu", "--dry-run")
    assert (code, SAY("plan_form.all_agree") in output) == (0, True)
    assert re.search(r"Planfassungen +1 +0 +0 +1", output)
    code, output = run("import-plan", str(target), "--programme", SCHWERIN, "--version", "neu", "--decision", "x")
    assert code == 1
