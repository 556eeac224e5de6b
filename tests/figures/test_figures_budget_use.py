"""The figures of the budget page: what may be spent, what became of it, and what is expected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_reader import column
from made_stores import drawn, fill, layer_rows, shown

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures import make
from smartdash.figures.figure import Draft
from smartdash.model.appropriations import Appropriation, BudgetCarryOver, CarryOverKind, CostForecast, ForecastMethod
from smartdash.model.declare import Record
from smartdash.model.money import CostAmount, CostLine, PlanStatus, PlanVersion
from smartdash.model.spending import Commitment, CommitmentStage, CommitmentStep, Posting
from smartdash.store import Scope, Store

KEYS = ("use", "years", "status", "lines", "carry_overs", "commitments", "forecasts")
SCHWERIN = "schwerin-smart-city-2021"


def costs() -> list[Record]:
    """Two top lines; 1.1: 1,000.00 in 2025 and 500.10 in 2026; 2: 499.90 in 2026."""
    tree = {"1": None, "1.1": "1", "2": None}
    amounts = [("1.1", 2025, "1000.00"), ("1.1", 2026, "500.10"), ("2", 2026, "499.90")]
    return [
        PlanVersion(programme="p", key="v", title="Plan", status=PlanStatus.APPROVAL),
        *(CostLine(programme="p", key=key, title=f"Zeile {key}", parent=parent) for key, parent in tree.items()),
        *(
            CostAmount(programme="p", key="", plan_version="v", cost_line=line, year=year, amount=D(amount))
            for line, year, amount in amounts
        ),
    ]


def posting(key: str, line: str, day: date, amount: str, commitment: str | None = None) -> Posting:
    return Posting(programme="p", key=key, cost_line=line, booked_on=day, amount=D(amount), commitment=commitment)


def commitment(key: str, line: str, amount: str, stage: CommitmentStage, due: date | None = None) -> Commitment:
    values: dict[str, Any] = {"title": key, "committed_on": date(2025, 2, 1), "stage": stage, "year": 2026}
    return Commitment(programme="p", key=key, cost_line=line, amount=D(amount), due_on=due, **values)


def step(key: str, day: date, stage: CommitmentStage, amount: str | None = None) -> CommitmentStep:
    value = None if amount is None else D(amount)
    return CommitmentStep(programme="p", key="", commitment=key, changed_on=day, stage=stage, amount=value)


def forecast(line: str, day: date, method: ForecastMethod, amount: str | None = None) -> CostForecast:
    value = None if amount is None else D(amount)
    return CostForecast(
        programme="p", key="", cost_line=line, year=2026, forecast_on=day, method=method, amount=value, reason="Grund"
    )


def use() -> list[Record]:
    """Paid 1,200.00 - 50.00 in 2025; an order of 300.00 in 2026 is paid with 100.00; 20.00 are reserved."""
    return [
        *costs(),
        commitment("order", "1.1", "300.00", CommitmentStage.BOUND, date(2026, 5, 31)),
        commitment("idea", "2", "20.00", CommitmentStage.RESERVED),
        commitment("done", "2", "10.00", CommitmentStage.BOUND),
        posting("a", "1.1", date(2025, 3, 1), "1200.00"),
        posting("b", "1.1", date(2025, 4, 1), "-50.00"),
        posting("c", "1.1", date(2026, 1, 5), "100.00", "order"),
        posting("d", "2", date(2026, 1, 6), "15.00", "done"),
        posting("later", "2", date(2026, 7, 1), "999.00"),
    ]


def values(draft: Draft, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(column(draft, name) for name in names), strict=True))


def chosen(store: Store, key: str, as_of: date = date(2026, 6, 30), programme: str = "p", **options: str) -> Draft:
    with store.read(Scope(programme, as_of)) as reader:
        return make(reader, key, "de", options).draft


def test_what_may_be_spent_counts_credits_and_what_is_open_up_to_the_day(empty_store: Store) -> None:
    fill(empty_store, *use())
    draft = shown(empty_store, "budget.use").draft
    assert values(draft, "year", "plan", "granted", "paid", "bound", "reserved", "available", "share") == [
        ("2025", D("1000.00"), D("1000.00"), D("1150.00"), D(0), D(0), D("-150.00"), D("1.15")),
        ("2026", D("1000.00"), D("1000.00"), D("115.00"), D("200.00"), D("20.00"), D("665.00"), D("0.335")),
        ("Gesamt", D("2000.00"), D("2000.00"), D("1265.00"), D("200.00"), D("20.00"), D("515.00"), D("0.7425")),
    ]
    assert "665\u00a0€ sind frei" in draft.message
    assert "150\u00a0€ zu viel" in chosen(empty_store, "budget.use", year="2025").message
    assert "In allen Jahren" in chosen(empty_store, "budget.use", year="all").message


def test_appropriations_take_the_place_of_the_plan_and_the_figure_says_where_there_is_none(empty_store: Store) -> None:
    fill(empty_store, *use())
    assert "nicht erfasst" in shown(empty_store, "budget.use").draft.note
    granted = Appropriation(programme="p", key="", cost_line="1.1", year=2026, amount=D("600.00"), blocked=D("40.05"))
    fill(empty_store, granted)
    draft = shown(empty_store, "budget.use").draft
    assert values(draft, "granted", "blocked", "available")[1] == (D("1099.90"), D("40.05"), D("724.85"))
    assert draft.note.endswith("so bei einzelnen Positionen in 2026.")


def test_payments_without_a_plan_are_no_share_of_anything(empty_store: Store) -> None:
    line = CostLine(programme="p", key="1", title="Zeile 1")
    fill(empty_store, line, posting("a", "1", date(2026, 1, 1), "10.00"))
    draft = shown(empty_store, "budget.use").draft
    assert values(draft, "plan", "paid", "available", "share")[-1] == (None, D("10.00"), None, None)
    assert draft.message.endswith("ein Plan ist nicht erfasst.")
    assert not shown(empty_store, "budget.status").draft.rows


def test_a_year_shows_its_variance_with_its_sign_and_colour(empty_store: Store) -> None:
    records = [*use(), forecast("2", date(2026, 6, 1), ForecastMethod.MANUAL, "449.90")]
    fill(empty_store, *records)
    draft = shown(empty_store, "budget.years").draft
    assert values(draft, "year", "forecast", "variance", "variance_share") == [
        ("2025", D("1150.00"), D("150.00"), D("0.15")),
        ("2026", D("950.00"), D("-50.00"), D("-0.05")),
        ("Gesamt", D("2100.00"), D("100.00"), D("0.05")),
    ]
    assert draft.message == (
        "Das Jahr 2026 kostet voraussichtlich 950\u00a0€, 50\u00a0€ weniger als geplant (−5,0\u00a0%). "
        "Von 2025 bis 2026 sind es 2,1\u00a0T€, 100\u00a0€ mehr als geplant (+5,0\u00a0%)."
    )
    chart = drawn(draft)
    assert f'"variance": "+0,2", "ink": "{LIGHT.crit}"' in chart
    assert f'"variance": "−0,1", "ink": "{LIGHT.ok}"' in chart
    assert [row["year"] for row in layer_rows(draft, 0)] == ["2026"], "the year of the day is marked"
    assert [row[0] for row in chosen(empty_store, "budget.years", part="2").rows] == ["2025", "2026", "Gesamt"]
    assert chosen(empty_store, "budget.years", part="2").rows[0][1:4] == (0, 0, 0)


def test_without_postings_the_plan_tells_its_story(empty_store: Store) -> None:
    fill(empty_store, *costs())
    draft = shown(empty_store, "budget.years", as_of=date(2025, 6, 1)).draft
    assert draft.rows == (
        ("2025", D("1000.00"), None, D("1000.00")),
        ("2026", D("500.10"), D("499.90"), D("1000.00")),
        ("Gesamt", D("1500.10"), D("499.90"), D("2000.00")),
    )
    assert draft.message == (
        "Der Plan sieht für 2025 bis 2026 insgesamt 2,0\u00a0T€ vor, am meisten 2025 mit 1,0\u00a0T€. "
        "Bis Ende 2025 braucht er davon 1,0\u00a0T€ (50\u00a0%); Zahlungen sind nicht gemeldet."
    )
    lines = shown(empty_store, "budget.lines").draft
    assert [name.name for name in lines.columns] == ["code", "title", "plan"]
    assert "nicht gemeldet" in lines.note
    assert shown(empty_store, "budget.use").missing == ("posting",)


@pytest.mark.parametrize(
    ("depth", "codes"), [("top", ["1", "2"]), ("two", ["1", "1.1", "2"]), ("all", ["1", "1.1", "2"])]
)
def test_lines_open_level_by_level_and_name_what_costs_more(empty_store: Store, depth: str, codes: list[str]) -> None:
    fill(empty_store, *use())
    draft = chosen(empty_store, "budget.lines", date(2026, 7, 1), depth=depth)
    rows = dict(zip(column(draft, "code"), values(draft, "plan", "paid", "forecast", "variance"), strict=True))
    assert list(rows) == codes
    # 2025 cost 150.00 more than planned, and 2026 may still cost all its plan.
    assert rows["1"] == (D("1500.10"), D("1250.00"), D("1650.10"), D("150.00"))
    assert rows["2"] == (D("499.90"), D("1014.00"), D("1034.00"), D("534.10"))
    assert draft.message.startswith("2 von 2 Positionen kosten voraussichtlich mehr als geplant, am meisten „Zeile 2“")


def test_overdrawn_lines_come_first_and_nothing_silent_is_green(empty_store: Store) -> None:
    untouched = [
        CostLine(programme="p", key="0", title="Ruht"),
        CostAmount(programme="p", key="", plan_version="v", cost_line="0", year=2026, amount=D("70.00")),
    ]
    fill(empty_store, *use(), *untouched)
    draft = shown(empty_store, "budget.status", as_of=date(2026, 7, 1)).draft
    assert values(draft, "status", "code", "available") == [
        ("critical", "2", D("-534.10")),
        ("on_track", "1.1", D("200.10")),
        ("planned", "0", D("70.00")),
    ]
    assert draft.message.startswith("Eine von 3 Positionen ist überzogen (2026): „Zeile 2“ um 534\u00a0€.")
    assert "■ 534\u00a0€ überzogen" in drawn(draft)
    assert "○ nichts gebucht" in drawn(draft)


def test_a_reversal_and_its_posting_cancel_everywhere(empty_store: Store) -> None:
    fill(empty_store, *use())
    before = [shown(empty_store, f"budget.{key}").draft.rows for key in ("use", "years", "status", "commitments")]
    wrong = posting("wrong", "1.1", date(2026, 5, 4), "77.77", "order")
    reversal = wrong.model_copy(update={"key": "undone", "amount": D("-77.77"), "reverses": "wrong"})
    fill(empty_store, wrong, reversal)
    after = [shown(empty_store, f"budget.{key}").draft.rows for key in ("use", "years", "status", "commitments")]
    assert after == before


@pytest.mark.parametrize(
    ("as_of", "message", "flag", "status"),
    [
        (date(2026, 6, 30), "Nur noch heute dürfen 300", "▲ nur noch heute", "at_risk"),
        (date(2026, 6, 29), "In einem Tag, nach dem 30.06.2026, verfallen 300", "▲ noch 1\u00a0Tag", "at_risk"),
        (date(2026, 7, 1), "Verfallen sind 300\u00a0€ von 400\u00a0€", "■ verfallen nach dem 30.06.2026", "critical"),
    ],
)
def test_carried_money_says_when_it_expires(
    empty_store: Store, as_of: date, message: str, flag: str, status: str
) -> None:
    carried: dict[str, Any] = {"kind": CarryOverKind.RUNNING, "carried_on": date(2026, 2, 1)}
    rest = BudgetCarryOver(
        programme="p", key="", cost_line="1.1", from_year=2025, year=2026, amount=D("400.00"),
        expires_on=date(2026, 6, 30), **carried,
    )  # fmt: skip
    fill(empty_store, *use(), commitment("more", "1.1", "100.00", CommitmentStage.BOUND), rest)
    draft = shown(empty_store, "budget.carry_overs", as_of=as_of).draft
    assert draft.message.startswith(message)
    assert flag in drawn(draft)
    assert values(draft, "status", "spent", "unspent") == [(status, D("100.00"), D("300.00"))]


def test_commitments_show_their_stage_their_steps_and_what_is_overdue(empty_store: Store) -> None:
    steps = [
        step("idea", date(2026, 3, 1), CommitmentStage.PRE_BOUND, "25.00"),
        step("idea", date(2026, 4, 1), CommitmentStage.BOUND),
        step("done", date(2026, 4, 1), CommitmentStage.RELEASED),
    ]
    fill(empty_store, *use(), *steps)
    draft = shown(empty_store, "budget.commitments").draft
    assert values(draft, "status", "title", "stage", "amount", "paid", "open") == [
        ("at_risk", "order", "gebunden", D("300.00"), D("100.00"), D("200.00")),
        ("unknown", "idea", "gebunden", D("25.00"), D("0"), D("25.00")),
    ]
    history = "vorgemerkt 01.02.2025, 20,00\u00a0€ → vorgebunden 01.03.2026, 25,00\u00a0€ → gebunden 01.04.2026"
    assert column(draft, "steps")[1] == history
    assert draft.message == "225\u00a0€ Obligo sind offen: 225\u00a0€ gebunden. Ein Posten ist überfällig (200\u00a0€)."
    assert column(chosen(empty_store, "budget.commitments", stage="closed"), "title") == ["done"]
    assert column(chosen(empty_store, "budget.commitments", stage="bound"), "title") == ["order", "idea"]
    assert not chosen(empty_store, "budget.commitments", stage="reserved").rows


@pytest.mark.parametrize("stage", [CommitmentStage.RESERVED, CommitmentStage.PRE_BOUND, CommitmentStage.BOUND])
def test_commitments_of_one_stage_are_shown_alone(empty_store: Store, stage: CommitmentStage) -> None:
    fill(empty_store, *use(), step("idea", date(2026, 3, 1), stage))
    found = {
        name: column(chosen(empty_store, "budget.commitments", stage=name), "title")
        for name in ("reserved", "pre_bound", "bound")
    }
    assert [name for name, titles in found.items() if "idea" in titles] == [stage.value]


def test_a_forecast_is_compared_with_what_the_one_before_said_on_its_day(empty_store: Store) -> None:
    records = [
        forecast("2", date(2026, 1, 31), ForecastMethod.COMMITTED),
        forecast("2", date(2026, 6, 1), ForecastMethod.MANUAL, "510.00"),
        forecast("1.1", date(2026, 6, 1), ForecastMethod.MANUAL, "290.00"),
    ]
    fill(empty_store, *use(), *records)
    draft = shown(empty_store, "budget.forecasts").draft
    # On 31 January 15.00 were paid and 20.00 reserved.
    assert values(draft, "forecast", "variance", "before", "change", "rest") == [
        (D("510.00"), D("10.10"), D("35.00"), D("475.00"), D("475.00")),
        (D("290.00"), D("-210.10"), None, None, D("-10.00")),
    ]
    assert draft.message == (
        "Eine von 2 Prognosen liegt über dem Plan: „2 Zeile 2“ 2026 um 10\u00a0€. "
        "Eine liegt unter dem, was schon bezahlt und gebunden ist."
    )


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_the_sample_programme_shows_every_figure_in_both_languages(sample_store: Store, key: str, lang: Any) -> None:
    figure = shown(sample_store, f"budget.{key}", lang, programme="musterstadt")
    assert figure.demo
    assert not figure.missing
    assert all(len(row) == len(figure.draft.columns) for row in figure.draft.rows)
    if figure.draft.chart:
        assert figure.draft.chart(LIGHT).to_dict() != figure.draft.chart(DARK).to_dict()


def test_an_empty_store_misses_every_figure(empty_store: Store) -> None:
    fill(empty_store)
    assert all(shown(empty_store, f"budget.{key}").missing for key in KEYS)


def test_schwerin_closes_to_the_cent_and_cites_nothing_that_it_does_not_use(sample_store: Store) -> None:
    years = shown(sample_store, "budget.years", programme=SCHWERIN)
    assert years.draft.rows[-1] == ("Gesamt", D("2255000.00"), D("15970000.00"), D("18225000.00"))
    assert len(years.sources) == 1
