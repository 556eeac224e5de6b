"""A survey of a few questions of every kind, and its answer sheets filled by a test."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from smartdash.analysis.survey_questions import questions
from smartdash.exchange.answer_sheet import SurveyForm, headings
from smartdash.exchange.answer_sheet_workbook import TOP, answer_sheet
from smartdash.locale import Language
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, CriterionKind, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Programme, Unit
from smartdash.model.surveys import Invitation, Response, SurveyWave
from smartdash.store import Changes, Origin, Store

TODAY = date(2026, 5, 20)
PROGRAMME = Programme(programme="p", key="p", title="Größe & Übermut", municipality_name="Stadt", demo=True)
BASIC: dict[str, Any] = {"programme": "p"}
WAVE = SurveyWave(
    **BASIC, key="2026", title="Frühjahr 2026", maturity_model="m", start=date(2026, 5, 4), end=date(2026, 5, 22)
)
MODEL = MaturityModel(**BASIC, key="m", title_de="Modell", title_en="Model", version="0.1", lowest=1, highest=3)
NAMES = {1: ("Vereinzelt", "Ad hoc"), 2: ("Begonnen", "Emerging"), 3: ("Geregelt", "Defined")}


def _criterion(key: str, dimension: str, **more: Any) -> Criterion:
    return Criterion(
        **BASIC, key=key, dimension=dimension, title_de=f"{key} deutsch", title_en=f"{key} English", **more
    )


def _levels(dimension: str, criterion: str | None = None) -> list[LevelDescriptor]:
    return [
        LevelDescriptor(
            **BASIC,
            dimension=dimension,
            criterion=criterion,
            level=level,
            name_de=german,
            name_en=english,
            text_de=f"So ist Stufe {level}.",
            text_en=f"This is level {level}.",
        )
        for level, (german, english) in NAMES.items()
    ]


ASKED = questions(
    "m",
    [Dimension(**BASIC, key=key, maturity_model="m", title_de=f"Dim {key}", title_en=f"Dim {key}") for key in "AB"],
    [
        _criterion("A1", "A", question_de="=Wie steht es?", question_en="=How is it?", evidence_hint="Beschluss"),
        _criterion("A2", "A", may_not_apply=False),
        _criterion("B1", "B"),
        _criterion(
            "B2",
            "B",
            kind=CriterionKind.INDICATOR,
            measured_in="%",
            anchor_low=Decimal(0),
            anchor_high=Decimal(80),
            higher_is_better=False,
        ),
    ],
    [*_levels("A"), *_levels("B"), *_levels("B", "B1")],
)
ROW = {"A1": TOP + 2, "A2": TOP + 3, "B1": TOP + 5, "B2": TOP + 6}
"""Where the criteria stand: each dimension has a band above them."""


def invitation(respondent: str, unit: str = "it") -> Invitation:
    return Invitation(**BASIC, key="", survey_wave="2026", unit=unit, respondent=respondent, invited_on=WAVE.start)


def response(criterion: str, respondent: str = "k4tm-x7rp", **values: Any) -> Response:
    whose = {"survey_wave": "2026", "unit": "it", "respondent": respondent, "criterion": criterion}
    return Response(**BASIC, key="", **whose, **{"answered_on": date(2026, 5, 6), **values})


FORM = SurveyForm(
    PROGRAMME,
    WAVE,
    MODEL,
    ASKED,
    {"it": "Amt für IT", "bau": "Bauamt"},
    [invitation("k4tm-x7rp"), invitation("c3dh-f9jn"), invitation("w7xv-pr4t", "bau")],
    [],
    TODAY,
)


def form(*responses: Response) -> SurveyForm:
    return replace(FORM, responses=responses)


def filled(
    cells: Mapping[str, Mapping[str, Any]],
    lang: Language = "de",
    survey: SurveyForm = FORM,
    whose: int = 0,
    on: Any = None,
) -> bytes:
    """The sheet as handed out, with cells filled by criterion and column."""
    book = load_workbook(io.BytesIO(answer_sheet(survey, survey.invitations[whose], lang, answered=True)))
    columns = [name for name in headings(lang) if name != "value" or survey.measured]
    for criterion, row in cells.items():
        for name, value in row.items():
            put(book.worksheets[1], ROW[criterion], columns.index(name) + 1, value)
    if on is not None:
        put(book.worksheets[0], day_row(book.worksheets[0]), 2, on)
    return saved(book)


def put(sheet: Worksheet, row: int, place: int, value: Any) -> None:
    """Type into a cell; a text that begins like a formula stays text, except for a sum."""
    cell = sheet.cell(row, place)
    cell.value = value
    if isinstance(value, str) and not value.startswith("=SUM"):
        cell.data_type = "s"


def saved(book: Any) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def day_row(cover: Worksheet) -> int:
    return next(row for row in range(1, 30) if cover.cell(row, 1).value in ("Ausgefüllt am", "Filled in on"))


def fill_store(store: Store, *more: Record) -> None:
    """Write the survey, moderated by the Bauamt, with its invitations; what is in `more` takes the place of it."""
    units = [Unit(**BASIC, key=key, title=title) for key, title in FORM.units.items()]
    dimensions = list(dict.fromkeys(one.dimension for one in ASKED))
    levels = list(dict.fromkeys(level for one in ASKED for level in one.levels))
    wave = WAVE.model_copy(update={"moderated_by": "bau"})
    programme = PROGRAMME.model_copy(update={"default_as_of": TODAY})
    records = [programme, MODEL, *dimensions, *(one.criterion for one in ASKED), *levels, *units, wave]
    by_type: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in (*records, *FORM.invitations, *more):
        by_type[record.sheet.name][record.key] = record
    changes = Changes("p", {name: list(found.values()) for name, found in by_type.items()})
    store.write(changes, author="test", reason="test", origin=Origin("form"))
