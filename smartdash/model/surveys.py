"""Maturity surveys: waves, invitations, answers under a pseudonym, agreed levels, and the text of an analysis."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.declare import (
    Choice,
    Day,
    MadeKeyRecord,
    Measure,
    Number,
    Pick,
    Record,
    Reference,
    Sheet,
    Text,
    Whole,
)
from smartdash.model.shared import check_order


class ResponseState(Choice):
    """Whether a criterion was answered, and if not, why."""

    ANSWERED = "answered", "beantwortet", "answered"
    NOT_APPLICABLE = "not_applicable", "nicht zutreffend", "not applicable"
    DO_NOT_KNOW = "do_not_know", "weiß nicht", "do not know"
    MISSING = "missing", "ohne Antwort", "missing"


class Effort(Choice):
    """How much work it takes to rise by one level, as the unit itself sees it."""

    SMALL = "small", "klein", "small"
    MEDIUM = "medium", "mittel", "medium"
    LARGE = "large", "groß", "large"


class AnalysisLanguage(Choice):
    """The language an analysis is written in."""

    GERMAN = "de", "Deutsch", "German"
    ENGLISH = "en", "Englisch", "English"


Respondent = Annotated[
    str,
    Text("Kürzel", "Respondent", "Pseudonym, kein Name.", "A pseudonym, no name."),
    Field(max_length=20, pattern=r"^[\w-]+$"),
]


class SurveyWave(Record):
    """One round of a maturity survey."""

    sheet = Sheet(
        "survey_wave",
        "Erhebungen",
        "Survey waves",
        "maturity",
        "Runden der Reifegrad-Erhebung.",
        "Rounds of the maturity survey.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    maturity_model: Annotated[str, Reference("Modell", "Model", to=("maturity_model",), owner=True)]
    start: Annotated[date, Day("Beginn", "Start")]
    end: Annotated[date, Day("Ende", "End")]
    moderated_by: Annotated[
        str | None,
        Reference(
            "Moderation",
            "Moderated by",
            "Einheit, die alle Antworten sehen und klären darf.",
            "Unit that may see and settle all answers.",
            to=("unit",),
        ),
    ] = None
    units_invited: Annotated[
        int | None,
        Whole(
            "Eingeladene Einheiten",
            "Units invited",
            "Nur nötig, wo die Einladungen nicht einzeln erfasst sind.",
            "Needed only where invitations are not recorded one by one.",
        ),
        Field(ge=0),
    ] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.start, self.end, "end")
        return self


class Invitation(MadeKeyRecord):
    """A person invited to answer for a unit, known by a pseudonym only."""

    sheet = Sheet(
        "invitation",
        "Einladungen",
        "Invitations",
        "maturity",
        "Wer für welche Einheit antworten soll; das Kürzel ist ein Pseudonym.",
        "Who is to answer for which unit, under a pseudonym.",
        reported_on="invited_on",
        key_from=("survey_wave", "unit", "respondent"),
        confidential=True,
    )
    survey_wave: Annotated[str, Reference("Erhebung", "Survey wave", to=("survey_wave",), owner=True)]
    unit: Annotated[str, Reference("Organisationseinheit", "Unit", to=("unit",), owner=True)]
    respondent: Respondent
    invited_on: Annotated[date, Day("Eingeladen am", "Invited on")]
    reminded_on: Annotated[date | None, Day("Erinnert am", "Reminded on", reported=True)] = None


class Response(MadeKeyRecord):
    """One respondent's answer to one criterion; the respondent is a pseudonym."""

    sheet = Sheet(
        "response",
        "Antworten",
        "Responses",
        "maturity",
        "Antworten der Befragten; das Kürzel ist ein Pseudonym.",
        "Answers of the respondents, under a pseudonym.",
        reported_on="answered_on",
        key_from=("survey_wave", "unit", "respondent", "criterion"),
        confidential=True,
    )
    survey_wave: Annotated[str, Reference("Erhebung", "Survey wave", to=("survey_wave",), owner=True)]
    unit: Annotated[str, Reference("Organisationseinheit", "Unit", to=("unit",), owner=True)]
    respondent: Respondent
    criterion: Annotated[str, Reference("Kriterium", "Criterion", to=("criterion",), owner=True)]
    answered_on: Annotated[date, Day("Beantwortet am", "Answered on")]
    state: Annotated[ResponseState, Pick("Antwort", "Answer")] = ResponseState.ANSWERED
    level: Annotated[int | None, Whole("Stufe", "Level"), Field(ge=0)] = None
    value: Annotated[
        Measure | None,
        Number("Wert", "Value", "Statt der Stufe, wo nach einer Kennzahl gefragt ist.", "For indicators, not levels."),
    ] = None
    target_level: Annotated[int | None, Whole("Zielstufe", "Target level"), Field(ge=0)] = None
    effort: Annotated[Effort | None, Pick("Aufwand für eine Stufe mehr", "Effort for one level more")] = None
    evidence: Annotated[str | None, Text("Nachweis", "Evidence"), Field(max_length=300)] = None
    evidence_link: Annotated[str | None, Text("Fundort des Nachweises", "Link to evidence"), Field(max_length=300)] = (
        None
    )
    evidence_date: Annotated[date | None, Day("Datum des Nachweises", "Date of evidence")] = None
    comment: Annotated[str | None, Text("Kommentar", "Comment", long=True)] = None

    @model_validator(mode="after")
    def _level_with_answer(self) -> Self:
        check_answer(self.state, self.level, self.value)
        return self


class Consensus(MadeKeyRecord):
    """What the moderated meeting of a unit agreed on for a criterion; it stands beside the answers, never over them."""

    sheet = Sheet(
        "consensus",
        "Klärungen",
        "Consensus",
        "maturity",
        "Gemeinsam geklärte Stufe je Einheit und Kriterium, neben den Antworten.",
        "Level a unit agreed on per criterion, beside the answers.",
        reported_on="agreed_on",
        key_from=("survey_wave", "unit", "criterion"),
        confidential=True,
    )
    survey_wave: Annotated[str, Reference("Erhebung", "Survey wave", to=("survey_wave",), owner=True)]
    unit: Annotated[str, Reference("Organisationseinheit", "Unit", to=("unit",), owner=True)]
    criterion: Annotated[str, Reference("Kriterium", "Criterion", to=("criterion",), owner=True)]
    agreed_on: Annotated[date, Day("Geklärt am", "Agreed on")]
    state: Annotated[ResponseState, Pick("Antwort", "Answer")] = ResponseState.ANSWERED
    level: Annotated[int | None, Whole("Stufe", "Level"), Field(ge=0)] = None
    value: Annotated[
        Measure | None,
        Number("Wert", "Value", "Statt der Stufe, wo nach einer Kennzahl gefragt ist.", "For indicators, not levels."),
    ] = None
    target_level: Annotated[int | None, Whole("Zielstufe", "Target level"), Field(ge=0)] = None
    effort: Annotated[Effort | None, Pick("Aufwand für eine Stufe mehr", "Effort for one level more")] = None
    reason: Annotated[
        str, Text("Begründung", "Reason", "Ohne Namen von Personen.", "Without names of persons.", long=True)
    ]

    @model_validator(mode="after")
    def _level_with_answer(self) -> Self:
        check_answer(self.state, self.level, self.value)
        return self


class AnalysisText(MadeKeyRecord):
    """The words on a wave's results that go into a report, where somebody has edited the generated ones."""

    sheet = Sheet(
        "analysis_text",
        "Auswertungstexte",
        "Analysis texts",
        "maturity",
        "Überarbeiteter Text der Auswertung je Erhebung und Sprache.",
        "Edited text of the analysis per wave and language.",
        reported_on="written_on",
        key_from=("survey_wave", "language"),
    )
    survey_wave: Annotated[str, Reference("Erhebung", "Survey wave", to=("survey_wave",), owner=True)]
    language: Annotated[AnalysisLanguage, Pick("Sprache", "Language")]
    written_on: Annotated[date, Day("Geschrieben am", "Written on")]
    text: Annotated[str, Text("Text", "Text", long=True)]
    generated: Annotated[
        str,
        Text(
            "Erzeugter Text",
            "Generated text",
            "Wie er war, als er überarbeitet wurde.",
            "As it was when it was edited.",
            long=True,
        ),
    ]


def check_answer(state: ResponseState, level: int | None, value: Decimal | None) -> None:
    """Refuse an answer without exactly one of level and value, and a level or value without an answer.

    Raises:
        PydanticCustomError: of type `level_with_answer`.
    """
    given = (level is not None) + (value is not None)
    if given != (1 if state is ResponseState.ANSWERED else 0):
        raise PydanticCustomError("level_with_answer", "level and answer contradict", {"field": "level"})
