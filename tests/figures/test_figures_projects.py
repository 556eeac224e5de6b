from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made_reader import MadeReader, build, column
from made_stores import drawn

from smartdash.charts.tokens import DARK
from smartdash.figures.handovers import dependencies
from smartdash.figures.project_gaps import gaps
from smartdash.figures.projects import inventory, matrix
from smartdash.figures.risks import chances, risks
from smartdash.locale import LANGUAGES, Language, words
from smartdash.model.declare import Record
from smartdash.model.projects import Project, ProjectField, ProjectKind, ProjectProgress, ProjectState
from smartdash.model.risks import Risk, RiskAssessment, RiskKind
from smartdash.model.schedule import Dependency, Milestone
from smartdash.model.shared import FieldOfWork, Unit

AS_OF = date(2026, 6, 30)


def project(key: str, **values: Any) -> Project:
    return Project(programme="x", key=key, title=f"Vorhaben {key}", **values)


RECORDS: list[Record] = [
    FieldOfWork(programme="x", key="f", title="Feld F"),
    FieldOfWork(programme="x", key="g", title="Feld G"),
    Unit(programme="x", key="u", title="Amt U"),
    project(
        "late",
        unit="u",
        field_of_work="f",
        cost=Decimal(100),
        state=ProjectState.RUNNING,
        planned_start=date(2026, 1, 1),
        planned_end=date(2026, 7, 31),
        owner_role="Leitung",
    ),
    ProjectProgress(
        programme="x", project="late", reported_on=date(2026, 6, 1), completion=80, forecast_end=date(2026, 9, 30)
    ),
    ProjectField(programme="x", project="late", field_of_work="g"),
    project("bare", cost=Decimal(50)),
    project("task", kind=ProjectKind.PERMANENT, cost=Decimal(0)),
    Milestone(programme="x", key="m", title="M", planned=AS_OF),
    Dependency(programme="x", provider="u", consumer="late", needed_by=date(2026, 6, 1)),
    Risk(programme="x", key="r", title="Risiko", identified_on=date(2026, 1, 1), probability=2, impact=5),
    RiskAssessment(programme="x", risk="r", assessed_on=date(2026, 3, 1), probability=4, impact=5),
    Risk(
        programme="x",
        key="c",
        title="Chance",
        kind=RiskKind.CHANCE,
        identified_on=date(2026, 1, 1),
        probability=2,
        impact=5,
    ),
]


def listed(lang: Language = "de", **chosen: str) -> Any:
    return inventory(MadeReader(AS_OF, *RECORDS), words(lang), chosen)  # type: ignore[arg-type]


def test_the_inventory_counts_each_project_once_and_shows_both_its_fields() -> None:
    draft = listed()
    assert draft.message.startswith("3 Vorhaben: 1 kritisch")
    assert "150" in draft.message
    assert column(draft, "status") == ["planned", "critical", "planned"]
    assert column(draft, "field_of_work")[1] == "Feld F; Feld G"
    assert column(draft, "days_late")[1] == 61


@pytest.mark.parametrize(
    ("chosen", "keys"),
    [
        ({"field": "g"}, ["late"]),
        ({"field": "none"}, ["bare", "task"]),
        ({"kind": "permanent"}, ["task"]),
        ({"unit": "u", "status": "critical"}, ["late"]),
        ({"unit": "u", "kind": "permanent"}, []),
    ],
)
def test_facets_narrow_the_inventory(chosen: dict[str, str], keys: list[str]) -> None:
    draft = listed(**chosen)
    assert column(draft, "title") == [f"Vorhaben {key}" for key in keys]
    if not keys:
        assert draft.message == "Kein Vorhaben passt zur Auswahl; insgesamt gibt es 3."


def test_facets_show_how_many_projects_stand_behind_each_value() -> None:
    field = next(item for item in listed().options if item.name == "field")
    assert list(field.values.values()) == ["alle (3)", "Feld F (1)", "Feld G (1)", "ohne Angabe (2)"]


def test_the_matrix_shows_a_project_in_both_fields_and_says_so() -> None:
    draft = build(matrix, AS_OF, *RECORDS)
    assert draft.message == "3 Vorhaben in 2 Handlungsfeldern. Die meisten stehen unter „ohne Angabe“: 2."
    assert column(draft, "all") == ["■ 1", "■ 1", "○ 2"]
    assert draft.note.startswith("1 Vorhaben steht in mehreren Feldern")


def test_gaps_name_what_is_missing_and_ask_a_permanent_task_for_no_end() -> None:
    draft = build(gaps, AS_OF, *RECORDS)
    found = dict(zip(column(draft, "title"), column(draft, "gap"), strict=True))
    assert found["Vorhaben late"] == "kein Schlüsselergebnis"
    assert "kein geplantes Ende" in found["Vorhaben bare"]
    assert "kein geplantes Ende" not in found["Vorhaben task"]


def test_a_delivery_names_both_sides_and_its_delay() -> None:
    draft = build(dependencies, AS_OF, *RECORDS)
    assert draft.rows[0][:3] == ("at_risk", "Amt U → Vorhaben late", "überfällig")
    assert column(draft, "overdue") == [29]


def test_risks_show_their_place_and_movement_and_chances_are_mirrored() -> None:
    draft = build(risks, AS_OF, *RECORDS)
    assert draft.rows[0][:5] == (1, "Risiko", 4, 5, "↑ gestiegen")
    assert '"to_x": 5, "to_y": 4' in drawn(draft)
    mirrored = drawn(build(chances, AS_OF, *RECORDS))
    assert '"x": 1, "y": 2, "shown": 5, "weight": 10, "text": "1"' in mirrored


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_speaks_both_languages_and_has_something_to_say_without_records(lang: Language) -> None:
    for builder in (gaps, dependencies, risks, chances):
        assert build(builder, AS_OF, lang=lang).message
        full = build(builder, AS_OF, *RECORDS, lang=lang)
        assert full.rows
        assert full.chart is None or full.chart(DARK).to_dict()
    assert build(matrix, AS_OF, *RECORDS, lang=lang).rows
    assert listed(lang).rows
