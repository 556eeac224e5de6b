"""The answer sheet in Excel: what stands in it, what can be typed, and that it is read as it was meant."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from survey_forms import ASKED, FORM, MODEL, ROW, TODAY, filled, form, response

from smartdash.analysis.survey_questions import level_names
from smartdash.exchange.answer_sheet import FILLED_ON, SurveyForm, headings, identity_labels
from smartdash.exchange.answer_sheet_reading import SheetReading, read_answer_sheet
from smartdash.exchange.answer_sheet_workbook import TOP, answer_sheet
from smartdash.locale import LANGUAGES, Language, words
from smartdash.model.maturity import CriterionKind
from smartdash.model.surveys import Effort, Response, ResponseState

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
STATE = ResponseState


def read(content: bytes, survey: SurveyForm = FORM) -> SheetReading:
    return read_answer_sheet(("bogen.xlsx", content), survey, "de")


def answers(reading: SheetReading) -> dict[str, Response]:
    assert not reading.problems
    return {one.criterion: one for one in reading.responses}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cells_of_the_sheet(lang: Language) -> None:
    book = load_workbook(
        io.BytesIO(answer_sheet(form(response("A1", level=2)), FORM.invitations[0], lang, answered=True))
    )
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["sheet", "cell", "open", "value"])
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.value is not None or not cell.protection.locked:
                rows.writerow([sheet.title, cell.coordinate, "" if cell.protection.locked else "x", cell.value])
    assert written.getvalue() == (GOLDEN / f"answer_sheet.{lang}.csv").read_text(encoding="utf-8")


def test_the_looks_of_the_sheet() -> None:
    cover, sheet, lists = load_workbook(
        io.BytesIO(answer_sheet(FORM, FORM.invitations[0], "de", answered=True))
    ).worksheets
    assert (cover.protection.sheet, sheet.protection.sheet, lists.sheet_state) == (True, True, "hidden")
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("C3", "$1:$2", "landscape")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    assert sheet.oddHeader.center.text == words("de")("exchange.guide_demo")
    place = list(headings("de")).index("state") + 1
    rules = {cell: rule.formula1 for rule in sheet.data_validations.dataValidation for cell in str(rule.sqref).split()}
    offered = [
        [cell.value for cell in next(lists.iter_cols(int(number), int(number))) if cell.value]
        for number in range(1, lists.max_column + 1)
    ]
    assert rules[sheet.cell(ROW["A1"], place).coordinate] != rules[sheet.cell(ROW["A2"], place).coordinate]
    assert [*(level_names(MODEL, ASKED[0], "de").values()), "nicht zutreffend", "weiß nicht"] in offered
    assert ["nicht zutreffend", "weiß nicht"] in offered


def test_without_an_indicator_no_value_is_asked_for() -> None:
    levels = SurveyForm(**{**{name: getattr(FORM, name) for name in FORM.__slots__}, "questions": ASKED[:3]})
    cover, sheet, _ = load_workbook(
        io.BytesIO(answer_sheet(levels, FORM.invitations[0], "de", answered=False))
    ).worksheets
    assert "Wert" not in [cell.value for cell in sheet[TOP]]
    assert not any("Kennzahl" in str(cell.value) for cell in cover["A"])
    assert len(answers(read(filled({"A1": {"state": 2}}, survey=levels), levels))) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_filled_sheet_is_read_as_it_was_meant(lang: Language) -> None:
    content = filled(
        {
            "A1": {
                "state": level_names(MODEL, ASKED[0], lang)[2],
                "target_level": 3,
                "effort": Effort.LARGE.label(lang),
                "evidence": "=Beschluss",
                "evidence_link": "https://stadt.example/1",
                "evidence_date": date(2025, 3, 31),
                "comment": "=HYPERLINK(1)",
            },
            "B1": {"state": STATE.NOT_APPLICABLE.label(lang)},
            "B2": {"value": "12,5 %", "target_level": "2"},
        },
        lang,
        on=date(2026, 5, 11),
    )
    reading = read(content)
    found = answers(reading)
    assert (reading.new, reading.changed) == (4, 0)
    first = found["A1"]
    assert (first.state, first.level, first.target_level, first.effort) == (STATE.ANSWERED, 2, 3, Effort.LARGE)
    assert (first.evidence, first.evidence_link) == ("=Beschluss", "https://stadt.example/1")
    assert (first.evidence_date, first.comment) == (date(2025, 3, 31), "=HYPERLINK(1)")
    assert [found[key].state for key in ("A2", "B1", "B2")] == [STATE.MISSING, STATE.NOT_APPLICABLE, STATE.ANSWERED]
    assert (found["B2"].value, found["B2"].level, found["B2"].target_level) == (Decimal("12.5"), None, 2)
    assert {(one.respondent, one.unit, one.answered_on, one.demo) for one in found.values()} == {
        ("k4tm-x7rp", "it", date(2026, 5, 11), True)
    }


def test_a_sheet_returned_as_it_was_handed_out_brings_nothing() -> None:
    reading = read(filled({}))
    assert (reading.responses, reading.problems, reading.invitation) == ((), (), FORM.invitations[0])


def test_only_what_changed_has_another_day() -> None:
    survey = form(
        response("A1", level=2, source_place="Bogen 1", comment="alt"),
        response("A2", level=1),
        response("B1", state=STATE.MISSING),
        response("A1", respondent="c3dh-f9jn", level=3),
    )
    reading = read(filled({"A1": {"state": 3}, "A2": {"state": None}}, survey=survey), survey)
    found = answers(reading)
    assert (reading.new, reading.changed) == (1, 2)
    assert (found["A1"].level, found["A1"].comment, found["A1"].source_place) == (3, "alt", "Bogen 1")
    assert (found["A2"].state, found["A2"].level) == (STATE.MISSING, None)
    assert found["B1"] == survey.responses[2]
    assert [found[key].answered_on for key in ("A1", "A2", "B1")] == [TODAY, TODAY, date(2026, 5, 6)]


PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=40).map(
    str.strip
)


@st.composite
def given_answers(draw: Any) -> list[Response]:
    found = []
    for question in ASKED:
        states = [STATE.ANSWERED, STATE.DO_NOT_KNOW, STATE.MISSING]
        states += [STATE.NOT_APPLICABLE] if question.criterion.may_not_apply else []
        state = draw(st.sampled_from(states))
        values: dict[str, Any] = {"state": state}
        if state is STATE.ANSWERED and question.criterion.kind is CriterionKind.INDICATOR:
            values["value"] = draw(st.decimals(-(10**9), 10**9, places=draw(st.integers(0, 4))))
        elif state is STATE.ANSWERED:
            values["level"] = draw(st.integers(1, 3))
        found.append(
            response(
                question.criterion.key,
                **values,
                target_level=draw(st.none() | st.integers(1, 3)),
                effort=draw(st.none() | st.sampled_from(Effort)),
                evidence=draw(PRINTABLE) or None,
                evidence_date=draw(st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31))),
                comment=draw(PRINTABLE) or None,
            )
        )
    return found


@settings(max_examples=12)
@given(given_answers(), st.sampled_from(LANGUAGES))
def test_what_is_handed_out_and_what_is_filled_in_comes_back_the_same(given: list[Response], lang: Language) -> None:
    survey = form(*given)
    content = answer_sheet(survey, FORM.invitations[0], lang, answered=True)
    again = read(content, survey)
    assert (again.problems, again.responses, again.new, again.changed) == ((), tuple(given), 0, 0)
    as_new = [one.model_copy(update={"answered_on": TODAY, "demo": True}) for one in given]
    untouched = all(one == response(one.criterion, state=STATE.MISSING) for one in given)
    assert list(answers(read(content)).values()) == ([] if untouched else as_new)


def test_the_labels_of_the_identity_differ_in_both_languages() -> None:
    for lang in LANGUAGES:
        labels = identity_labels(lang)
        assert len(set(labels.values())) == len(labels)
        assert FILLED_ON in labels
