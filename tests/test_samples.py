"""The bundles of real municipalities: valid, traceable to a source, and equal to the figures the documents print."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from smartdash.model import RECORDS
from smartdash.model.declare import REFERENCE, Record, Reference, fields

DATA = Path(__file__).parent.parent / "data"
STRATEGY = "potsdam-strategy-2022"
PROGRAMME = "potsdam-programme-2024"
BRAUNSCHWEIG = "braunschweig-framework-2018"
SCHWERIN = "schwerin-smart-city-2021"
CITIES = (STRATEGY, PROGRAMME, BRAUNSCHWEIG, SCHWERIN)
BUNDLES = pytest.mark.parametrize("bundle", [*CITIES, REFERENCE])
CENT = Decimal("0.01")


def raw(bundle: str, name: str) -> list[dict[str, str]]:
    path = DATA / bundle / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@cache
def load(bundle: str, name: str) -> tuple[Any, ...]:
    rows = ({cell: value for cell, value in row.items() if value} for row in raw(bundle, name))
    return tuple(RECORDS[name].model_validate({"programme": bundle, **row}) for row in rows)


def by_key(bundle: str, name: str) -> dict[str, Any]:
    return {record.key: record for record in load(bundle, name)}


def names(bundle: str) -> list[str]:
    return sorted(path.stem for path in (DATA / bundle).glob("*.csv"))


def only(bundle: str, name: str) -> Any:
    (record,) = load(bundle, name)
    return record


def add(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


@BUNDLES
def test_each_file_is_a_record_type_with_its_fields_in_order(bundle: str) -> None:
    assert names(bundle)
    for name in names(bundle):
        content = (DATA / bundle / f"{name}.csv").read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        header = list(raw(bundle, name)[0])
        assert header == [field.name for field in fields(RECORDS[name]) if field.name in header]
        for column in header:
            assert any(row[column] for row in raw(bundle, name)), f"{name}: {column} is empty throughout"


@BUNDLES
def test_keys_are_unique(bundle: str) -> None:
    for name in names(bundle):
        keys = [record.key for record in load(bundle, name)]
        assert len(keys) == len(set(keys)), name


@BUNDLES
def test_every_reference_resolves_in_the_bundle_or_in_the_reference_data(bundle: str) -> None:
    for name in names(bundle):
        for field in fields(RECORDS[name]):
            if not isinstance(field.column, Reference):
                continue
            known = {key for home in {bundle, REFERENCE} for to in field.column.to for key in by_key(home, to)}
            used = {getattr(record, field.name) for record in load(bundle, name)} - {None}
            assert used <= known, f"{name}.{field.name}"


CLOSED = {"verwaltungsausschuss/decides", "wirtschaftsausschuss/advises/verwaltungsausschuss"}
"""Lines that would tell the public of the closed step of Braunschweig's consultation."""


@BUNDLES
def test_every_row_names_its_source_is_public_and_is_no_demo(bundle: str) -> None:
    for name in names(bundle):
        for record in load(bundle, name):
            assert record.public is (record.key not in CLOSED), record.key
            assert not record.demo
            assert name == "source" or (record.source and record.source_place), f"{name}: {record.key}"


@pytest.mark.parametrize("bundle", CITIES)
def test_programme_is_named_like_its_folder_and_has_its_municipality(bundle: str) -> None:
    programme = only(bundle, "programme")
    assert programme.key == bundle
    assert by_key(REFERENCE, "municipality")[programme.municipality].title == programme.municipality_name


FACTS: list[tuple[str, str, str, str, Any]] = [
    *((STRATEGY, "phase", key, "planned_start", date(2022, 8, 1)) for key in "2345"),
    *((STRATEGY, "phase", key, "planned_end", date(2022, 10, 31)) for key in "2345"),
    (STRATEGY, "phase", "1", "planned_start", date(2022, 7, 1)),
    (STRATEGY, "phase", "1", "planned_end", date(2022, 7, 31)),
    (STRATEGY, "allowance", "interviews", "cap", 15),
    (STRATEGY, "allowance", "interviews", "limit_minutes", 90),
    (STRATEGY, "allowance", "interviews", "unit", "interview"),
    (STRATEGY, "allowance", "interviews", "phase", "1.1"),
    (STRATEGY, "allowance", "interviews", "digital", True),
    (STRATEGY, "allowance", "interviews", "full_day", False),
    (STRATEGY, "allowance", "workshops", "cap", 12),
    (STRATEGY, "allowance", "workshops", "unit", "workshop"),
    (STRATEGY, "allowance", "workshops", "phase", "2.1"),
    (STRATEGY, "allowance", "workshops", "limit_minutes", None),
    (STRATEGY, "allowance", "workshops", "full_day", True),
    (STRATEGY, "allowance", "workshops", "digital", True),
    (STRATEGY, "deliverable", "bericht-ausgangslage", "due", date(2022, 7, 31)),
    (STRATEGY, "deliverable", "beschlussvorlage", "due", date(2022, 10, 31)),
    (STRATEGY, "deliverable", "strategieentwurf", "due", None),
    (STRATEGY, "paper", "strategie-vorlage", "kind", "decision"),
    (STRATEGY, "paper", "strategie-vorlage", "basis", "beschlussvorlage"),
    (PROGRAMME, "programme", PROGRAMME, "start", date(2024, 1, 1)),
    (PROGRAMME, "programme", PROGRAMME, "end", date(2025, 12, 31)),
    (PROGRAMME, "phase", "vorprojekt", "actual_start", date(2023, 2, 1)),
    (PROGRAMME, "phase", "vorprojekt", "actual_end", date(2023, 11, 30)),
    (PROGRAMME, "project", "vorprojekt", "state", "completed"),
    (PROGRAMME, "paper", "23-SVV-1238", "number", "23/SVV/1238"),
    (PROGRAMME, "paper", "23-SVV-1238", "kind", "information"),
    (PROGRAMME, "paper", "23-SVV-1238", "issued", date(2023, 11, 16)),
    (PROGRAMME, "paper", "23-SVV-1238", "basis", "programmauftrag"),
    (PROGRAMME, "allowance", "personentage-2024", "cap", 60),
    (PROGRAMME, "allowance", "personentage-2024", "unit", "person_day"),
    (PROGRAMME, "committee", "ausschuss-ptd", "reports_regularly", True),
    (BRAUNSCHWEIG, "contract", "pd-rahmenkonzept", "gross", Decimal("64827.39")),
    (BRAUNSCHWEIG, "contract", "pd-rahmenkonzept", "start", date(2019, 4, 1)),
    (BRAUNSCHWEIG, "contract", "pd-rahmenkonzept", "end", date(2020, 7, 31)),
    (BRAUNSCHWEIG, "paper", "vorlage-2018", "issued", date(2018, 10, 26)),
    (BRAUNSCHWEIG, "milestone", "veroeffentlichung", "actual", date(2020, 9, 30)),
    (BRAUNSCHWEIG, "deliverable", "rahmenkonzept", "delivered", date(2020, 9, 30)),
    (BRAUNSCHWEIG, "unit", "stabsstelle-smart-city", "since", date(2020, 9, 30)),
    (BRAUNSCHWEIG, "role", "cdo", "since", date(2020, 9, 30)),
    (BRAUNSCHWEIG, "role", "cdo", "body", None),
    *((BRAUNSCHWEIG, "phase", key, "planned_start", None) for key in "123"),
    (SCHWERIN, "project", "online-servicekonto", "cost", 250_000),
    (SCHWERIN, "project", "buergerinformationssystem", "cost", 80_000),
    (SCHWERIN, "project", "klarschiff", "cost", 30_000),
    (SCHWERIN, "project", "city-wlan", "cost", 500_000),
    (SCHWERIN, "unit", "teamwork", "parent", "diz"),
    (SCHWERIN, "phase", "A", "decision", "strategie-beschluss"),
    (SCHWERIN, "paper", "strategie-beschluss", "kind", "decision"),
    (SCHWERIN, "project", "city-wlan", "follows", None),
    (SCHWERIN, "stated_total", "antrag-2021/3.3.3/2023", "amount", Decimal("89.81")),
    (SCHWERIN, "stated_total", "antrag-2021/3.3.2", "label", "Substitution des kommunalen Eigenanteils"),
    (SCHWERIN, "stated_total", "antrag-2021/3.3.3", "label", "Substitution des kommunalen Eigenanteils"),
    (REFERENCE, "municipality", "02000000", "title", "Hamburg"),
    (REFERENCE, "municipality", "03101000", "title", "Braunschweig"),
    (REFERENCE, "municipality", "12054000", "population_date", date(2022, 5, 15)),
    (REFERENCE, "observation", "broadband-fibre-1000/02000000/2021-06-30", "value", Decimal("81.60")),
    (REFERENCE, "observation", "broadband-all-1000/11000000/2021-06-30", "value", Decimal("94.02")),
    (REFERENCE, "observation", "chatbot-homepage/08221000/2025-12-31", "value", 1),
    (REFERENCE, "observation", "chatbot-service-portal/08221000/2025-12-31", "value", 0),
]


@pytest.mark.parametrize(("bundle", "name", "key", "field", "printed"), FACTS)
def test_fact_equals_the_document(bundle: str, name: str, key: str, field: str, printed: Any) -> None:
    assert getattr(by_key(bundle, name)[key], field) == printed


@pytest.mark.parametrize(
    ("bundle", "name", "field", "value", "count"),
    [
        (STRATEGY, "phase", "parent", None, 5),
        (STRATEGY, "phase", "parent", "1", 4),
        (STRATEGY, "phase", "parent", "2", 3),
        (STRATEGY, "deliverable_content", "deliverable", "strategieentwurf", 6),
        (STRATEGY, "unit", "kind", "company", 5),
        (PROGRAMME, "field_of_work", "programme", PROGRAMME, 6),
        (PROGRAMME, "strategy_element", "state", "agreed", 3),
        (PROGRAMME, "strategy_element", "state", "adopted", 0),
        (PROGRAMME, "person_day_budget", "rate", 1280, 2),
        (PROGRAMME, "person_day_budget", "stated_gross", Decimal("91392.00"), 1),
        (PROGRAMME, "person_day_budget", "end", date(2024, 12, 31), 2),
        (PROGRAMME, "cycle", "state", "preparation", 8),
        (SCHWERIN, "cost_amount", "plan_version", "antrag-2021", 18 * 8),
        (SCHWERIN, "funding_amount", "plan_version", "antrag-2021", 5 * 8),
        (SCHWERIN, "stated_total", "plan_version", "antrag-2021", 12 * 9 + 18 + 5),
        (SCHWERIN, "stated_total", "year", 2024, 12),
        (SCHWERIN, "project", "state", "planned", 4),
        (REFERENCE, "municipality", "programme", REFERENCE, 92),
        (REFERENCE, "observation", "indicator", "broadband-all-50", 92),
        (REFERENCE, "observation", "indicator", "chatbot-homepage", 89),
        (REFERENCE, "dimension", "maturity_model", "smartdash-default", 8),
        (REFERENCE, "criterion", "dimension", "GOV", 3),
        (REFERENCE, "level_descriptor", "dimension", "GOV", 5),
    ],
)
def test_number_of_rows_equals_the_document(bundle: str, name: str, field: str, value: Any, count: int) -> None:
    assert sum(getattr(record, field) == value for record in load(bundle, name)) == count


PHASES = [
    (STRATEGY, {"1": 4, "2": 3, "3": 2, "4": 1, "5": 0}),
    (PROGRAMME, {"vorprojekt": 0, "programm": 0}),
    (BRAUNSCHWEIG, {"1": 0, "2": 0, "3": 0}),
    (SCHWERIN, {"A": 0, "B": 0}),
]


@pytest.mark.parametrize(("bundle", "steps"), PHASES)
def test_phases_have_the_order_and_the_steps_of_the_document(bundle: str, steps: dict[str, int]) -> None:
    phases = sorted(load(bundle, "phase"), key=lambda phase: phase.order)
    assert [phase.key for phase in phases if not phase.parent] == list(steps)
    assert {key: sum(phase.parent == key for phase in phases) for key in steps} == steps
    # The documents date phases only: no step has a date of its own.
    assert not any(phase.planned_start or phase.planned_end for phase in phases if phase.parent)


CONTENTS = {
    "strategieentwurf": [
        "Ausgangslage und Herausforderungen",
        "Zukunftsaufgaben",
        "Strategieprozess und Vorgehen",
        "Vorbereitung und Auswahl der Maßnahmen",
        "Vision und Ziele",
        "Handlungsfelder",
    ],
    "workshopkonzept": ["Leitbilder", "Handlungsfelder", "Maßnahmen", "Ziele", "Indikatoren"],
    "beteiligungskonzept": ["Digitale Teilhabe", "Gerechtigkeit"],
    "beschlussvorlage": ["Ergebnisse der Phase 1", "Ergebnisse der Phase 2", "Ergebnisse der Phase 3"],
}
DELIVERED_IN = {
    "reifegrad-erhebung": "1.1",
    "kommunalvergleich": "1.1",
    "workshopkonzept": "1.2",
    "beteiligungskonzept": "1.3",
    "bericht-ausgangslage": "1.4",
    "workshop-dokumentation": "2.1",
    "strategieentwurf": "2.3",
    "beteiligung-dokumentation": "3.1",
    "beschlussvorlage": "4.1",
    "massnahmen-nach-foerderung": "5",
    "prozessdokumentation": None,
}


@pytest.mark.parametrize("deliverable", CONTENTS)
def test_required_contents_equal_the_document(deliverable: str) -> None:
    contents = sorted(load(STRATEGY, "deliverable_content"), key=lambda content: content.order)
    assert [row.title for row in contents if row.deliverable == deliverable] == CONTENTS[deliverable]


def test_each_deliverable_belongs_to_the_step_that_names_it() -> None:
    assert {row.key: row.phase for row in load(STRATEGY, "deliverable")} == DELIVERED_IN


LINES = {
    STRATEGY: """
        svv decides
        ag-smart-city carries_out
        auftragnehmer supports ag-smart-city 2022-07-01 2022-10-31
        fachbereiche supports ag-smart-city 2022-08-01 2022-10-31
        verwaltungsspitze informs auftragnehmer 2022-07-01 2022-07-31
        propotsdam informs auftragnehmer 2022-07-01 2022-07-31
        stadtwerke informs auftragnehmer 2022-07-01 2022-07-31
        ewp informs auftragnehmer 2022-07-01 2022-07-31
        verkehrsbetriebe informs auftragnehmer 2022-07-01 2022-07-31
        klinikum informs auftragnehmer 2022-07-01 2022-07-31
    """,
    PROGRAMME: """
        programmbuero steers 2024-01-01
        programmbuero reports_to ausschuss-ptd regular 2024-01-01
        digitalisierungsrat advises regular 2024-01-01
        beteiligungsrat advises regular 2024-01-01
        buero-ob informs svv
        buero-ob informs ausschuss-ptd
        externe-begleitung supports programmbuero 2024-01-01
        externe-begleitung supports quarterly 2024-01-01
        gb-9 supports
        beratung-vorprojekt supports 2023-02-01 2023-11-30
    """,
    BRAUNSCHWEIG: """
        rat decides 2015-12-31
        verwaltungsausschuss decides
        wirtschaftsausschuss advises verwaltungsausschuss
        lenkungskreis steers
        dezernentenkonferenz steers
        dezernate carries_out
        stabsstelle-wirtschaft supports
        rechnungspruefungsamt advises
        pd steers 2019-04-01 2020-07-31
        pd supports 2019-04-01 2020-07-31
        pd informs 2019-04-01 2020-07-31
        cdo steers 2020-09-30
        stabsstelle-smart-city supports cdo 2020-09-30
    """,
    SCHWERIN: """
        stadtvertretung decides
        buero-ob steers
        buero-ob steers teamwork
        dezernat-iii steers teamwork
        fd-stadtentwicklung steers teamwork
        dezernat-iii carries_out
        teamwork carries_out
        teamwork informs yearly
        diz supports teamwork
        beirat advises
        foerderverein supports teamwork
        it supports
        stadtwerke supports
        sis supports
        fachdienste supports teamwork
        eigenbetriebe supports teamwork
        stadtunternehmen supports teamwork
        technologiezentrum supports
        vhs supports
        kleingartenverband supports
    """,
}
"""Who does what, towards whom, how often, since and until, as the documents have it."""


@pytest.mark.parametrize("bundle", LINES)
def test_lines_between_bodies_equal_the_document(bundle: str) -> None:
    parts = (
        (line.origin, line.kind, line.target, line.rhythm, line.since, line.until)
        for line in load(bundle, "reporting_line")
    )
    written = [" ".join(str(part) for part in line if part) for line in parts]
    assert written == [line.strip() for line in LINES[bundle].strip().splitlines()]


@pytest.mark.parametrize("bundle", CITIES)
def test_roles_are_functions_and_no_body_meets_more_often_than_stated(bundle: str) -> None:
    titles = {role.title for role in load(bundle, "role")}
    assert titles <= {"Oberbürgermeister", "Beigeordnete", "Geschäftsführung", "Chief Digital Officer (CDO)"}
    # No document states the rhythm in which a body itself meets.
    assert not any(body.rhythm for name in ("unit", "committee") for body in load(bundle, name))


@pytest.mark.parametrize("bundle", CITIES)
def test_events_are_recorded_only_as_held_and_no_document_dates_one(bundle: str) -> None:
    assert load(bundle, "event") == ()


def test_measures_follow_the_models_that_the_application_names() -> None:
    followed = {project.key: project.follows for project in load(SCHWERIN, "project") if project.follows}
    models = by_key(SCHWERIN, "source")
    assert {measure: models[key].title for measure, key in followed.items()} == {
        "teamwork": "Geschäftsstelle Digitale Agenda der Stadt Ulm",
        "transformation": "Jena, Neulichterfelde und Speyer",
        "solidaritaet": "Engagement Landau, soziale städtische Plattform",
        "entschleunigung": "Offene Daten Bonn und mundraub",
    }
    assert all(models[key].source == "schwerin-bewerbung-2021" for key in followed.values())


def test_peer_group_has_the_size_of_the_source() -> None:
    assert sum(100_000 <= city.population <= 300_000 for city in load(REFERENCE, "municipality")) == 56


def test_official_keys_are_text_of_eight_digits() -> None:
    assert all(len(row["key"]) == 8 and row["key"].isdigit() for row in raw(REFERENCE, "municipality"))


def test_person_days_rate_and_tax_give_the_printed_amount() -> None:
    days = add(12 * budget.days_per_month for budget in load(PROGRAMME, "person_day_budget"))
    assert days == 60
    assert days * 1280 * (1 + by_key(REFERENCE, "vat_rate")["ust-2021"].percent / 100) == Decimal("91392.00")


def test_tax_rates_cover_each_day_since_2007_once() -> None:
    rates = [(rate.valid_from, rate.valid_to, rate.percent) for rate in load(REFERENCE, "vat_rate")]
    assert rates == [
        (date(2007, 1, 1), date(2020, 6, 30), 19),
        (date(2020, 7, 1), date(2020, 12, 31), 16),
        (date(2021, 1, 1), None, 19),
    ]


@pytest.mark.parametrize(
    ("bundle", "printed"),
    [
        (PROGRAMME, [("svv/2023-12-06", "notice", True), ("ausschuss-ptd/2024-01-09", "notice", True)]),
        (
            BRAUNSCHWEIG,
            [
                ("wirtschaftsausschuss/2018-11-02", "preparatory", True),
                ("verwaltungsausschuss/2018-12-11", "decision", False),
            ],
        ),
    ],
)
def test_consultation_sequence_equals_the_paper(bundle: str, printed: list[tuple[str, str, bool]]) -> None:
    steps = sorted(load(bundle, "consultation"), key=lambda step: step.order)
    assert [(step.session, step.role, step.open_session) for step in steps] == printed


@pytest.mark.parametrize(
    ("name", "owner", "prefix", "year", "printed"),
    [
        ("cost_amount", "cost_line", "", None, "18225000.00"),
        ("cost_amount", "cost_line", "1.", None, "2255000.00"),
        ("cost_amount", "cost_line", "2.", None, "15970000.00"),
        ("cost_amount", "cost_line", "1.1.5", 2022, "300000.00"),
        ("funding_amount", "funding_source", "", None, "18225000.00"),
        ("funding_amount", "funding_source", "3.1.1", None, "1647250.00"),
        ("funding_amount", "funding_source", "3.1.2", None, "102750.00"),
        ("funding_amount", "funding_source", "3.1.3", None, "16475000.00"),
        ("funding_amount", "funding_source", "3.1.1", 2023, "102500.00"),
    ],
)
def test_plan_sum_equals_the_document(name: str, owner: str, prefix: str, year: int | None, printed: str) -> None:
    rows = [row for row in load(SCHWERIN, name) if getattr(row, owner).startswith(prefix) and year in (None, row.year)]
    assert add(row.amount for row in rows) == Decimal(printed)


def test_planned_measures_are_in_the_plan_and_positions_add_up() -> None:
    planned = {project.key for project in load(SCHWERIN, "project") if project.state == "planned"}
    assert {line.project for line in load(SCHWERIN, "cost_line")} - {None} == planned
    assert add(row.involved for row in load(SCHWERIN, "staffing")) == Decimal("7.25")
    assert add(row.funded for row in load(SCHWERIN, "staffing")) == 5


def below(name: str, key: str | None) -> set[str]:
    """Return the leaves of the tree `name` under `key`, or all leaves."""
    parents = {record.key: record.parent for record in load(SCHWERIN, name)}
    leaves = set(parents) - set(parents.values())
    if key is None:
        return leaves
    return {leaf for leaf in leaves if key in ancestors(leaf, parents)}


def ancestors(key: str | None, parents: dict[str, str | None]) -> set[str]:
    found = set()
    while key is not None:
        found.add(key)
        key = parents[key]
    return found


def added_up(name: str, key: str | None, total: Record, outside: bool = True) -> Decimal:
    owner = {"cost_line": "cost_amount", "funding_source": "funding_amount"}[name]
    leaves = below(name, key)
    if not outside:
        leaves -= {record.key for record in load(SCHWERIN, name) if record.outside_plan}
    year = getattr(total, "year", None)
    return add(row.amount for row in load(SCHWERIN, owner) if getattr(row, name) in leaves and year in (None, row.year))


def recomputed(total: Any) -> Decimal:
    if total.subject == "cost":
        return added_up("cost_line", total.cost_line, total)
    funding = added_up("funding_source", total.funding_source, total, total.includes_outside)
    if total.subject == "control":
        return funding - added_up("cost_line", None, total)
    if total.subject == "share":
        return (100 * funding / added_up("funding_source", None, total, outside=False)).quantize(CENT, ROUND_HALF_UP)
    return funding


@pytest.mark.parametrize("code", sorted({row["code"] for row in raw(SCHWERIN, "stated_total")}))
def test_printed_totals_add_up_to_the_cent(code: str) -> None:
    totals = [total for total in load(SCHWERIN, "stated_total") if total.code == code]
    assert {total.key: recomputed(total) for total in totals} == {total.key: total.amount for total in totals}
