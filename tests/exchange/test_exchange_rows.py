# ruff: noqa: E501 (a table of cases reads best with one case per line)
from __future__ import annotations

from typing import Any

import pytest
from exchange_helpers import messages, only, read_sheets

from smartdash.locale import words

KEY_RESULT = ["key", "title", "objective", "kind", "baseline", "target", "band_low", "band_high", "tolerance"]
REPORT = ["project", "reported_on", "light", "measure", "measure_due", "cause", "options", "addressee"]
MODEL = ["key", "title_de", "title_en", "version", "lowest", "highest"]
RESPONSE = ["survey_wave", "unit", "respondent", "criterion", "answered_on", "state", "level"]


@pytest.mark.parametrize(
    ("sheet", "headings", "row", "message", "column"),
    [
        ("phase", ["key", "title", "planned_start", "planned_end"], ["p", "x", "2.1.2024", "1.1.2024"], "end_before_start", "planned_end"),
        ("status_report", REPORT, ["", "1.1.2024", "gelb", "tun", "", "", "", ""], "yellow_needs_measure", "light"),
        ("status_report", REPORT, ["", "1.1.2024", "rot", "", "", "weil", "nur eine", "Rat"], "red_needs_decision", "light"),
        ("key_result", KEY_RESULT, ["k", "x", "o", "change", 1, "", "", "", ""], "change_needs_values", "target"),
        ("key_result", KEY_RESULT, ["k", "x", "o", "change", 1, 1, "", "", ""], "target_is_baseline", "target"),
        ("key_result", KEY_RESULT, ["k", "x", "o", "band", "", "", 1, 2, ""], "band_needs_limits", "band_low"),
        ("key_result", KEY_RESULT, ["k", "x", "o", "band", "", "", 2, 1, 1], "band_upside_down", "band_low"),
        ("maturity_model", MODEL, ["m", "x", "x", "1", 5, 5], "levels_upside_down", "highest"),
        ("response", RESPONSE, ["w", "u", "p-1", "c", "1.1.2024", "answered", ""], "level_with_answer", "level"),
        ("response", RESPONSE, ["w", "u", "Frau Muster", "c", "1.1.2024", "answered", 1], "bad_signs", "respondent"),
        ("criterion", ["key", "dimension", "title_de", "title_en", "kind"], ["c", "d", "x", "y", "Kennzahl"], "indicator_needs_anchors", ""),
        ("phase", ["key", "title"], ["mit Leerzeichen", "x"], "bad_key", "key"),
        ("phase", ["key", "title"], ["k" * 121, "x"], "too_long", "key"),
        ("phase", ["key", "title"], ["p", "x" * 201], "too_long", "title"),
        ("event", ["key", "title", "kind", "held_on", "minutes"], ["e", "x", "Workshop", "1.1.2024", 0], "more_than", "minutes"),
        ("event", ["key", "title", "kind", "held_on", "participants"], ["e", "x", "Workshop", "1.1.2024", -1], "at_least", "participants"),
        ("cost_amount", ["plan_version", "cost_line", "year", "amount"], ["a", "1", 2101, 1], "at_most", "year"),
        ("check_in", ["key_result", "reported_on", "value", "confidence"], ["k", "1.1.2024", 1, 11], "at_most", "confidence"),
    ],
)  # fmt: skip
def test_rules_of_the_model_are_told_in_our_words_at_their_field(
    sheet: str, headings: list[str], row: list[Any], message: str, column: str
) -> None:
    problem = only(read_sheets({sheet: [headings, row]}))
    assert (problem.message, problem.row, problem.column) == (f"exchange.{message}", 2, column)
    assert problem.text(words("de")) != problem.text(words("en"))


def test_a_wrong_cell_is_not_blamed_twice() -> None:
    row = ["", "1.1.2024", "gelb", "tun", "31.02.2024", "", "", ""]
    assert messages(read_sheets({"status_report": [REPORT, row]})) == ["no_such_day"]


def test_choices_are_listed_in_the_language_of_the_reader() -> None:
    problem = only(read_sheets({"status_report": [REPORT[:3], ["", "1.1.2024", "lila"]]}))
    assert "grün, gelb, rot" in problem.text(words("de"))
    assert "green, yellow, red" in problem.text(words("en"))


def test_a_key_that_stands_twice_names_both_rows() -> None:
    problem = only(read_sheets({"phase": [["key", "title"], ["p", "a"], ["q", "b"], ["p", "c"]]}))
    assert (problem.row, problem.values["first"], problem.values["key"]) == (4, "2", "p")


def test_a_made_key_that_stands_twice_is_found_too() -> None:
    rows = [["m", "1.1.2024", "1.2.2024"], ["m", "2024-01-01", "1.3.2024"]]
    reading = read_sheets({"milestone_forecast": [["milestone", "reported_on", "forecast"], *rows]})
    assert messages(reading) == ["key_twice"]
    assert reading.problems[0].values["key"] == "m/2024-01-01"


def test_a_missing_key_is_made_of_the_fields_that_name_the_row() -> None:
    reading = read_sheets(
        {"milestone_forecast": [["key", "milestone", "reported_on", "forecast"], ["", "m", "1.1.2024", "1.2.2024"]]}
    )
    assert reading.records["milestone_forecast"][0].key == "m/2024-01-01"


PHASES = [["key", "title", "parent"], ["p-1", "a", ""], ["p-2", "b", "p-1"]]


@pytest.mark.parametrize(
    ("sheet", "stored", "message", "nearest"),
    [
        ("p-1", set(), None, None),
        ("p-7", {"p-7"}, None, None),
        ("phasex", {"phase-x"}, "missing_reference_near", "phase-x"),
        ("zzz", {"p-7"}, "missing_reference", None),
    ],
)
def test_references_are_looked_up_in_the_file_and_in_the_store(
    sheet: str, stored: set[str], message: str | None, nearest: str | None
) -> None:
    rows = [["key", "title", "planned", "phase"], ["m", "x", "1.1.2024", sheet]]
    reading = read_sheets(
        {"phase": PHASES, "milestone": rows}, known=lambda _, name: stored if name == "phase" else set()
    )
    if message is None:
        assert not reading.problems
    else:
        problem = only(reading)
        assert (problem.message, problem.sheet, problem.column) == (f"exchange.{message}", "milestone", "phase")
        assert problem.values.get("nearest") == nearest
        assert "Phasen" in problem.text(words("de"))


@pytest.mark.parametrize("blocks", ["kr", "vorhaben", "ms"])
def test_a_reference_to_several_types_may_meet_any_of_them(blocks: str) -> None:
    known = {"key_result": {"kr"}, "project": {"vorhaben"}, "milestone": {"ms"}}
    rows = [["key", "title", "kind", "raised_on", "blocks"], ["h", "x", "legal", "1.1.2024", blocks]]
    assert not read_sheets({"impediment": rows}, known=lambda _, name: known.get(name, set())).problems


@pytest.mark.parametrize(
    ("parents", "circle"),
    [
        ({"a": "a"}, "a → a"),
        ({"a": "b", "b": "c", "c": "a", "d": "a"}, "a → b → c → a"),
        ({"a": "", "b": "a", "c": "b"}, None),
    ],
)
@pytest.mark.parametrize("sheet", ["phase", "unit", "cost_line", "funding_source"])
def test_trees_have_no_circles(sheet: str, parents: dict[str, str], circle: str | None) -> None:
    rows = [["key", "title", "parent"], *([key, "x", parent] for key, parent in parents.items())]
    reading = read_sheets({sheet: rows})
    assert [problem.values.get("circle") for problem in reading.problems] == ([circle] if circle else [])
