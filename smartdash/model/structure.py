"""Who steers, who decides and who is informed: roles, and the lines between bodies; never names of persons."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from smartdash.model.declare import Choice, Day, MadeKeyRecord, Pick, Record, Reference, Sheet, Text
from smartdash.model.shared import Rhythm, check_order


class LineKind(Choice):
    """What one body does towards another, or for the programme."""

    DECIDES = "decides", "entscheidet über", "decides on"
    STEERS = "steers", "steuert", "steers"
    CARRIES_OUT = "carries_out", "führt aus", "carries out"
    REPORTS_TO = "reports_to", "berichtet an", "reports to"
    INFORMS = "informs", "informiert", "informs"
    ADVISES = "advises", "berät", "advises"
    SUPPORTS = "supports", "unterstützt", "supports"


class Role(Record):
    """A function that somebody holds in a body; a role, not a person."""

    sheet = Sheet(
        "role",
        "Rollen",
        "Roles",
        "programme",
        "Funktionen im Programm, etwa Programmleitung; keine Namen.",
        "Functions in the programme, such as programme lead; no names.",
    )
    title: Annotated[str, Text("Name", "Name"), Field(max_length=200)]
    body: Annotated[
        str | None,
        Reference("Gehört zu", "Belongs to", to=("unit", "committee")),
    ] = None
    duty: Annotated[str | None, Text("Aufgabe", "Duty", long=True)] = None
    since: Annotated[date | None, Day("Besteht seit", "Exists since")] = None
    until: Annotated[date | None, Day("Bestand bis", "Existed until")] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.since, self.until, "until")
        return self


class ReportingLine(MadeKeyRecord):
    """What a body or role does towards another one, or for the programme as a whole."""

    sheet = Sheet(
        "reporting_line",
        "Berichtslinien",
        "Reporting lines",
        "programme",
        "Wer entscheidet, steuert, berichtet, informiert oder berät, und wie oft.",
        "Who decides, steers, reports, informs or advises, and how often.",
        key_from=("origin", "kind", "target", "since"),
    )
    origin: Annotated[str, Reference("Wer", "Who", to=("unit", "committee", "role"), owner=True)]
    kind: Annotated[LineKind, Pick("Tut was", "Does what")]
    target: Annotated[
        str | None,
        Reference(
            "Gegenüber wem",
            "Towards whom",
            "Leer: für das ganze Programm.",
            "Empty: for the whole programme.",
            to=("unit", "committee", "role"),
            owner=True,
        ),
    ] = None
    rhythm: Annotated[Rhythm | None, Pick("Wie oft", "How often")] = None
    subject: Annotated[str | None, Text("Worum es geht", "Subject", long=True)] = None
    since: Annotated[date | None, Day("Seit", "Since")] = None
    until: Annotated[date | None, Day("Bis", "Until")] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.since, self.until, "until")
        return self
