"""What every area refers to: programmes, units, fields of work, sources, context events, municipalities."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.declare import Choice, Day, Flag, Pick, Record, Reference, Sheet, Text, Whole


class ProgrammeKind(Choice):
    """What a programme sets out to produce."""

    STRATEGY = "strategy", "Strategie", "strategy"
    PROGRAMME = "programme", "Umsetzungsprogramm", "delivery programme"
    FRAMEWORK = "framework", "Rahmenkonzept", "framework concept"
    APPLICATION = "application", "Förderantrag", "grant application"


class UnitKind(Choice):
    """What an organisational unit is."""

    TOP = "top", "Verwaltungsspitze", "head of administration"
    DEPARTMENT = "department", "Dezernat / Geschäftsbereich", "department"
    OFFICE = "office", "Amt / Fachbereich", "office"
    TEAM = "team", "Team / Stabsstelle", "team"
    COMPANY = "company", "Städtisches Unternehmen", "municipal company"
    PARTNER = "partner", "Externer Partner", "external partner"


class Rhythm(Choice):
    """How often a body meets or a report is given."""

    WEEKLY = "weekly", "wöchentlich", "weekly"
    FORTNIGHTLY = "fortnightly", "alle zwei Wochen", "fortnightly"
    MONTHLY = "monthly", "monatlich", "monthly"
    QUARTERLY = "quarterly", "vierteljährlich", "quarterly"
    HALF_YEARLY = "half_yearly", "halbjährlich", "half-yearly"
    YEARLY = "yearly", "jährlich", "yearly"
    REGULAR = "regular", "regelmäßig", "regularly"
    AS_NEEDED = "as_needed", "bei Bedarf", "as needed"


def check_order(start: date | None, end: date | None, name: str) -> None:
    """Refuse an end before its start.

    Raises:
        PydanticCustomError: of type `end_before_start`, naming the end's field.
    """
    if start and end and end < start:
        raise PydanticCustomError("end_before_start", "{field} is before the start", {"field": name})


class Programme(Record):
    """A strategy, programme or application that is steered as one."""

    sheet = Sheet(
        "programme",
        "Programm",
        "Programme",
        "programme",
        "Das Programm selbst: genau eine Zeile.",
        "The programme itself: exactly one row.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    municipality: Annotated[str | None, Reference("Kommune", "Municipality", to=("municipality",), unit="AGS")] = None
    municipality_name: Annotated[str, Text("Name der Kommune", "Name of the municipality"), Field(max_length=100)]
    kind: Annotated[ProgrammeKind, Pick("Art", "Kind")] = ProgrammeKind.PROGRAMME
    summary: Annotated[str | None, Text("Kurzbeschreibung", "Summary", long=True)] = None
    start: Annotated[date | None, Day("Beginn", "Start")] = None
    end: Annotated[date | None, Day("Ende", "End")] = None
    default_as_of: Annotated[
        date | None,
        Day(
            "Stichtag beim Öffnen",
            "As-of date on opening",
            "Leer: heute. Nur für Programme, die immer an einem festen Tag gezeigt werden.",
            "Empty: today. Only for programmes that are always shown as of a fixed day.",
        ),
    ] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.start, self.end, "end")
        return self


class Unit(Record):
    """An organisational unit of the administration, a municipal company or a partner."""

    sheet = Sheet(
        "unit",
        "Organisationseinheiten",
        "Units",
        "programme",
        "Wer beteiligt ist: Ämter, Unternehmen, Partner.",
        "Who takes part: offices, companies, partners.",
    )
    title: Annotated[str, Text("Name", "Name"), Field(max_length=200)]
    kind: Annotated[UnitKind, Pick("Art", "Kind")] = UnitKind.OFFICE
    parent: Annotated[str | None, Reference("Gehört zu", "Part of", to=("unit",))] = None
    rhythm: Annotated[
        Rhythm | None, Pick("Sitzungsrhythmus", "Meeting rhythm", "Wie oft sie tagt.", "How often it meets.")
    ] = None
    since: Annotated[date | None, Day("Besteht seit", "Exists since")] = None
    until: Annotated[date | None, Day("Bestand bis", "Existed until")] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.since, self.until, "until")
        return self


class FieldOfWork(Record):
    """A field of work or of action with the state it aims at."""

    sheet = Sheet(
        "field_of_work",
        "Handlungsfelder",
        "Fields of work",
        "programme",
        "Arbeits- und Handlungsfelder mit ihrem Zielzustand.",
        "Fields of work and of action with their target state.",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    target_state: Annotated[str | None, Text("Zielzustand", "Target state", long=True)] = None
    order: Annotated[int | None, Whole("Reihenfolge", "Order")] = None


class Source(Record):
    """A document that facts are taken from."""

    sheet = Sheet(
        "source",
        "Quellen",
        "Sources",
        "programme",
        "Dokumente, aus denen die Angaben stammen.",
        "Documents the facts come from.",
        shared=True,
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=300)]
    number: Annotated[str | None, Text("Nummer", "Number", "Etwa die Drucksache.", "Such as the paper's number.")] = (
        None
    )
    issued: Annotated[date | None, Day("Datum", "Date")] = None
    publisher: Annotated[str | None, Text("Herausgeber", "Publisher")] = None
    url: Annotated[str | None, Text("Fundort im Netz", "Web address")] = None
    licence: Annotated[str | None, Text("Lizenz", "Licence")] = None
    redistributable: Annotated[
        bool,
        Flag(
            "Darf weitergegeben werden",
            "May be passed on",
            "Nein: Angaben aus dieser Quelle verlassen das Haus nicht.",
            "No: values of this source do not leave the house.",
        ),
    ] = True


class ContextEvent(Record):
    """Something outside the programme that explains a number, such as an election or a budget freeze."""

    sheet = Sheet(
        "context_event",
        "Kontextereignisse",
        "Context events",
        "programme",
        "Ereignisse von außen, die Zahlen erklären, etwa eine Haushaltssperre.",
        "Outside events that explain numbers, such as a budget freeze.",
        reported_on="happened_on",
    )
    title: Annotated[str, Text("Titel", "Title"), Field(max_length=200)]
    happened_on: Annotated[date, Day("Datum", "Date")]
    description: Annotated[str | None, Text("Erläuterung", "Description", long=True)] = None


class Municipality(Record):
    """A German municipality; its key is the eight-digit official key (AGS)."""

    sheet = Sheet(
        "municipality",
        "Kommunen",
        "Municipalities",
        "programme",
        "Kommunen mit amtlichem Gemeindeschlüssel und Einwohnerzahl.",
        "Municipalities with official key and population.",
        shared=True,
    )
    title: Annotated[str, Text("Name", "Name"), Field(max_length=100)]
    official_name: Annotated[str | None, Text("Amtlicher Name", "Official name")] = None
    state: Annotated[str, Text("Land", "State")]
    population: Annotated[int | None, Whole("Einwohner", "Population"), Field(ge=0)] = None
    population_date: Annotated[date | None, Day("Stichtag der Einwohnerzahl", "Date of the population")] = None
