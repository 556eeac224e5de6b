"""What may happen: risks and chances, and how they were assessed over time."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from smartdash.model.declare import Choice, Day, MadeKeyRecord, Pick, Record, Reference, Sheet, Text, Whole

_Step = Annotated[int, Field(ge=1, le=5)]


class RiskKind(Choice):
    """Whether what may happen does harm or good."""

    RISK = "risk", "Risiko", "risk"
    CHANCE = "chance", "Chance", "chance"


class Risk(Record):
    """Something that may happen to a project or the programme, with its first assessment and what is done about it."""

    sheet = Sheet(
        "risk",
        "Risiken und Chancen",
        "Risks and chances",
        "projects",
        "Was eintreten kann, wie wahrscheinlich und wie stark, und was dazu getan wird.",
        "What may happen, how likely, how strongly, and what is done about it.",
        reported_on="identified_on",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=300)]
    kind: Annotated[RiskKind, Pick("Art", "Kind")] = RiskKind.RISK
    about: Annotated[
        str | None,
        Reference(
            "Betrifft",
            "About",
            "Leer: das ganze Programm.",
            "Empty: the whole programme.",
            to=("project", "key_result", "milestone", "phase"),
            owner=True,
        ),
    ] = None
    identified_on: Annotated[date, Day("Erkannt am", "Identified on")]
    probability: Annotated[
        _Step, Whole("Eintritt", "Probability", "1 (unwahrscheinlich) bis 5 (fast sicher).", "1 (unlikely) to 5.")
    ]
    impact: Annotated[_Step, Whole("Auswirkung", "Impact", "1 (gering) bis 5 (sehr groß).", "1 (small) to 5 (huge).")]
    response: Annotated[str | None, Text("Umgang", "Response", long=True)] = None
    response_due: Annotated[date | None, Day("Umgang bis", "Response due")] = None
    owner_role: Annotated[str | None, Text("Zuständige Rolle", "Owner role"), Field(max_length=100)] = None
    closed_on: Annotated[date | None, Day("Erledigt am", "Closed on", reported=True)] = None


class RiskAssessment(MadeKeyRecord):
    """A later assessment of a risk or chance."""

    sheet = Sheet(
        "risk_assessment",
        "Risikobewertungen",
        "Risk assessments",
        "projects",
        "Spätere Einschätzungen eines Risikos oder einer Chance.",
        "Later assessments of a risk or chance.",
        reported_on="assessed_on",
        key_from=("risk", "assessed_on"),
    )
    risk: Annotated[str, Reference("Risiko oder Chance", "Risk or chance", to=("risk",), owner=True)]
    assessed_on: Annotated[date, Day("Bewertet am", "Assessed on")]
    probability: Annotated[_Step, Whole("Eintritt", "Probability")]
    impact: Annotated[_Step, Whole("Auswirkung", "Impact")]
    comment: Annotated[str | None, Text("Kommentar", "Comment", long=True)] = None
