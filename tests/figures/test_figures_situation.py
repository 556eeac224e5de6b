"""The situation of a programme and the portfolio, on records made here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from made_stores import PROGRAMME, fill, shown

from smartdash.figures import Figure, make
from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import REFERENCE, Record
from smartdash.model.money import CostAmount, CostLine, PlanStatus, PlanVersion
from smartdash.model.okr import Cycle, CycleState, KeyResult, Objective
from smartdash.model.schedule import Milestone, MilestoneForecast
from smartdash.model.shared import FieldOfWork, Programme
from smartdash.model.spending import Contract, Posting
from smartdash.store import Changes, Origin, Scope, Store

CYCLE = Cycle(
    programme="p", key="Q2", title="Q2 2026", start=date(2026, 4, 1), end=date(2026, 7, 1), state=CycleState.ACTIVE
)
FIELDS = [FieldOfWork(programme="p", key=key, title=f"Feld {key}") for key in ("A", "B")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.duckdb")


def objective(key: str, field: str, value: int | None) -> list[Record]:
    made: list[Record] = [
        Objective(programme="p", key=key, title=key, cycle="Q2", field_of_work=field),
        KeyResult(programme="p", key=f"{key}.1", title="x", objective=key, baseline=Decimal(0), target=Decimal(100)),
    ]
    if value is not None:
        report = date(2026, 5, 15)
        made.append(CheckIn(programme="p", key_result=f"{key}.1", reported_on=report, value=Decimal(value)))
    return made


def milestones() -> list[Record]:
    return [
        Milestone(programme="p", key="M1", title="M1", planned=date(2026, 3, 1), actual=date(2026, 3, 1)),
        Milestone(programme="p", key="M2", title="M2", planned=date(2026, 5, 1)),
        MilestoneForecast(programme="p", milestone="M2", reported_on=date(2026, 5, 1), forecast=date(2026, 8, 1)),
    ]


def plan() -> list[Record]:
    return [
        PlanVersion(programme="p", key="V1", title="Bescheid", status=PlanStatus.APPROVAL),
        CostLine(programme="p", key="1", title="Kosten"),
        CostAmount(programme="p", plan_version="V1", cost_line="1", year=2026, amount=Decimal("200000.00")),
        Posting(programme="p", key="B1", cost_line="1", booked_on=date(2026, 2, 1), amount=Decimal("60000.50")),
        Posting(programme="p", key="B2", cost_line="1", booked_on=date(2026, 2, 2), amount=Decimal("-10000.50")),
        Posting(programme="p", key="B3", cost_line="1", booked_on=date(2026, 8, 1), amount=Decimal("999.00")),
    ]


def values(figure: Figure) -> dict[str, object]:
    return {str(row[0]): row[1] for row in figure.draft.rows}


def test_a_bare_programme_has_no_numbers_to_name(store: Store) -> None:
    fill(store)
    figure = shown(store, "situation.numbers")
    assert figure.draft.message == "So steht „Programm“"
    assert figure.draft.rows == ()


def test_the_sentence_names_what_is_late_spent_and_reached(store: Store) -> None:
    fill(store, *milestones(), *plan(), CYCLE, *FIELDS, *objective("O1", "A", 40))
    figure = shown(store, "situation.numbers", as_of=date(2026, 5, 16))
    assert figure.draft.message == (
        "„Programm“: 1 von 2 Meilensteinen in Verzug, 25,0\u00a0% der geplanten Kosten ausgegeben "
        "und 40\u00a0% OKR-Fortschritt bei 49\u00a0% zu erwartenden."
    )
    raw = values(figure)
    assert raw["Geplante Kosten"] == Decimal("200000.00")
    assert raw["Ausgegeben"] == Decimal("50000.00"), "what is booked after the as-of date is not known yet"
    assert raw["Meilensteine in Verzug"] == 1


def test_contracts_stand_in_where_there_is_no_plan(store: Store) -> None:
    contracts = [
        Contract(programme="p", key=key, title=key, gross=Decimal(gross))
        for key, gross in (("a", "0.10"), ("b", "0.20"))
    ]
    fill(store, *contracts)
    figure = shown(store, "situation.numbers", "en")
    assert figure.draft.message == "“Programm”: Contract value €0.30."
    assert values(figure) == {"Contract value": Decimal("0.30")}


def test_attention_counts_and_names_who_acts(store: Store) -> None:
    fill(store, *milestones())
    figure = shown(store, "situation.attention")
    assert figure.draft.message == "1 Punkt ist verspätet oder gefährdet, davon 1 kritisch."
    assert figure.draft.rows[0][:5] == ("critical", "Meilenstein", "M2", date(2026, 5, 1), 92)


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([], "Nichts ist als verspätet oder gefährdet gemeldet."),
        (
            [Milestone(programme="p", key="M", title="M", planned=date(2026, 5, 1))],
            "Zu 1 fälligen Punkt liegt keine Meldung vor.",
        ),
    ],
)
def test_silence_is_neither_good_nor_bad(store: Store, records: list[Record], message: str) -> None:
    fill(store, *records)
    assert shown(store, "situation.attention").draft.message == message


def test_fields_show_progress_coverage_and_the_worst_status(store: Store) -> None:
    fill(store, CYCLE, *FIELDS, *objective("O1", "A", 60), *objective("O2", "B", 5), *objective("O3", "B", None))
    figure = shown(store, "situation.fields", as_of=date(2026, 5, 16))
    rows = {row[0]: row for row in figure.draft.rows}
    assert rows["Feld A"][2:6] == (Decimal("0.6"), Decimal(45) / 91, Decimal(1), 1)
    assert rows["Feld A"][7] == "on_track"
    assert rows["Feld B"][2] == Decimal("0.05"), "no data is not zero"
    assert rows["Feld B"][4] == Decimal("0.5")
    assert rows["Feld B"][7] == "critical"
    assert figure.draft.message == "1 von 2 Handlungsfeldern hat in Q2 2026 gefährdete Schlüsselergebnisse."


def test_fields_without_objectives_say_so(store: Store) -> None:
    fill(store, *FIELDS)
    figure = shown(store, "situation.fields")
    assert figure.draft.message == "2 Handlungsfelder; zum Fortschritt liegt keine Meldung vor."
    assert figure.draft.chart is None


def portfolio(store: Store, as_of: date) -> Figure:
    with store.read(Scope(REFERENCE, as_of)) as reader:
        return make(reader, "portfolio.programmes", "de")


def test_an_empty_portfolio_says_how_to_begin(store: Store) -> None:
    assert portfolio(store, date(2026, 6, 30)).draft.message.startswith("Noch kein Programm")


def test_the_portfolio_reads_each_programme_in_its_own_scope(store: Store) -> None:
    fill(store, *milestones(), *plan())
    other = Programme(
        programme="q", key="q", title="Anderes", municipality_name="Stadt", demo=True, default_as_of=date(2026, 4, 1)
    )
    store.write(Changes("q", {"programme": [other]}), author="t", reason="t", origin=Origin("form"))
    figure = portfolio(store, date(2026, 6, 30))
    names = [column.name for column in figure.draft.columns]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in figure.draft.rows}
    assert rows[PROGRAMME.title]["late_milestones"] == 1
    assert rows[PROGRAMME.title]["cost"] == Decimal("200000.00")
    assert rows["Anderes"]["cost"] is None
    assert rows["Anderes"]["as_of"] == date(2026, 4, 1), "its own date, which is earlier"
    assert portfolio(store, date(2026, 3, 1)).draft.rows[0][names.index("as_of")] == date(2026, 3, 1)
    assert "davon 1 mit echten Angaben" in figure.draft.message
    assert not figure.demo, "a portfolio that holds real programmes is not fiction as a whole"
