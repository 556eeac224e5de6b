"""A budget by line and year: sums up the tree, what is available, carried-over money, and what is expected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.budget_columns import Recorded, budget
from smartdash.analysis.budget_use import Budget, Use, levels, within
from smartdash.analysis.carried_money import CarriedMoney, carried_money
from smartdash.analysis.cost_forecasts import DayStock, Expected, Spent, burn, expected_costs, runway
from smartdash.analysis.status import Status
from smartdash.model.appropriations import (
    Appropriation,
    BudgetCarryOver,
    BudgetTransfer,
    CarryOverKind,
    CostForecast,
    ForecastMethod,
)
from smartdash.model.money import CostLine
from smartdash.model.spending import CommitmentStage, PersonDayBudget, VatRate

TODAY = date(2026, 8, 15)
TREE = {"1": None, "1.1": "1", "1.1.1": "1.1", "1.1.2": "1.1", "1.2": "1", "2": None}
LEAVES = ("1.1.1", "1.1.2", "1.2", "2")
MONEY = st.decimals("-1e6", "1e6", places=2)
POSITIVE = st.decimals("0", "1e6", places=2)
COLUMNS = tuple(Use.__dataclass_fields__)


def lines(tree: dict[str, str | None] | None = None) -> list[CostLine]:
    return [CostLine(programme="p", key=key, title=key, parent=parent) for key, parent in (tree or TREE).items()]


def carry(amount: str, year: int = 2026, expires: date | None = date(2026, 12, 31), line: str = "a") -> BudgetCarryOver:
    fields: dict[str, Any] = {"kind": CarryOverKind.RUNNING, "carried_on": date(year, 2, 1), "expires_on": expires}
    return BudgetCarryOver(programme="p", cost_line=line, from_year=year - 1, year=year, amount=D(amount), **fields)


def forecast(
    method: ForecastMethod, amount: str | None = None, year: int = 2026, on: date = date(2026, 7, 1)
) -> CostForecast:
    value = None if amount is None else D(amount)
    return CostForecast(programme="p", key="", cost_line="a", year=year, forecast_on=on, method=method, amount=value)


def expected(
    *records: CostForecast,
    plan: str = "0",
    paid: dict[date, D] | None = None,
    committed: str = "0",
    year: int = 2026,
    as_of: date = TODAY,
    days: tuple[DayStock, ...] = (),
) -> Expected:
    place = ("a", year)
    spent = Spent(as_of, {place: D(plan)}, {"a": paid or {}}, {place: D(committed)}, {"a": days})
    return expected_costs(records, spent)[place]


def recorded(**given: Any) -> Recorded:
    empty: dict[str, Any] = {"plan": {}, "appropriations": (), "carried": (), "transfers": ()}
    return Recorded(**{**empty, "paid": {}, "open": {}, "expected": {}, **given})


def test_available_is_what_the_budget_law_says() -> None:
    use = Use(
        granted=D(100),
        carried=D(20),
        moved=D(-5),
        blocked=D(10),
        lapsed=D(3),
        paid=D("40.01"),
        bound=D(15),
        pre_bound=D(4),
        reserved=D(2),
    )
    assert (use.limit, use.open, use.available) == (D(102), D(21), D("40.99"))


@pytest.mark.parametrize(
    ("plan", "expected_cost", "variance", "share"),
    [
        ("100", "110", "10", "0.1"),
        ("100", "90", "-10", "-0.1"),
        ("0", "5", "5", None),
        ("0", "0", "0", None),
        ("100", "-20", "-120", "-1.2"),
    ],
)
def test_the_variance_is_forecast_less_plan(plan: str, expected_cost: str, variance: str, share: str | None) -> None:
    use = Use(plan=D(plan), forecast=D(expected_cost))
    assert (use.variance, use.variance_share) == (D(variance), None if share is None else D(share))


@given(st.builds(Use, **dict.fromkeys(COLUMNS, POSITIVE)))
def test_the_parts_of_a_limit_add_up_to_it_or_to_what_is_used_beyond_it(use: Use) -> None:
    parts = use.parts()
    assert parts.paid + parts.bound + parts.reserved + parts.free == max(use.limit, use.used)
    assert parts.free >= 0


@given(st.lists(st.tuples(st.sampled_from(LEAVES), st.sampled_from((2025, 2026)), st.sampled_from(COLUMNS), MONEY)))
def test_leaves_sum_to_their_parents_and_years_to_the_whole_in_every_column(
    entries: list[tuple[str, int, str, D]],
) -> None:
    columns: dict[str, dict[tuple[str, int], D]] = {name: {} for name in COLUMNS}
    for line, year, name, amount in entries:
        columns[name][line, year] = amount
    made = Budget(columns, frozenset(), frozenset())
    by_line = {item.line.key: item for item in made.by_line(lines())}
    for name in COLUMNS:
        values = {key: getattr(item.use, name) for key, item in by_line.items()}
        assert values["1"] == values["1.1"] + values["1.2"]
        assert values["1.1"] == values["1.1.1"] + values["1.1.2"]
        whole = getattr(made.use(), name)
        assert values["1"] + values["2"] == whole
        assert sum((getattr(use, name) for use in made.by_year().values()), D(0)) == whole
        assert sum((getattr(item.use, name) for item in by_line.values() if item.leaf), D(0)) == whole


def test_years_have_no_gap_and_an_empty_budget_has_none() -> None:
    made = Budget({"plan": {("1.2", 2024): D(1), ("2", 2026): D(2)}}, frozenset(), frozenset())
    assert {year: use.plan for year, use in made.by_year().items()} == {2024: D(1), 2025: D(0), 2026: D(2)}
    assert made.by_year(within(lines(), "1"))[2024].plan == 1
    assert made.by_year(within(lines(), "1"))[2026].plan == 0
    assert {item.line.key: item.use.plan for item in made.by_line(lines(), 2026)}["1"] == 0
    assert Budget({}, frozenset(), frozenset()).years() == []
    assert Budget({}, frozenset(), frozenset()).use() == Use()


@pytest.mark.parametrize(
    ("tree", "depth", "shown"),
    [
        (TREE, 1, ["1", "2"]),
        (TREE, 2, ["1", "1.1", "1.2", "2"]),
        (TREE, 9, list(TREE)),
        ({"0": None, "1": "0", "1.1": "1", "2": "0"}, 1, ["0", "1", "2"]),
        ({"0": None}, 1, ["0"]),
        ({"0": None, "1": "0", "2": "1"}, 1, ["0", "1", "2"]),
    ],
)
def test_levels_begin_where_the_tree_divides(tree: dict[str, str | None], depth: int, shown: list[str]) -> None:
    found = Budget({}, frozenset(), frozenset()).by_line(lines(tree))
    assert [item.line.key for item in levels(found, depth)] == shown


def test_without_an_appropriation_the_plan_may_be_spent_and_transfers_close() -> None:
    moved: dict[str, Any] = {"year": 2026, "transferred_on": TODAY, "reason": "r"}
    made = budget(
        recorded(
            plan={("a", 2026): D(100), ("b", 2026): D(50)},
            appropriations=[Appropriation(programme="p", key="", cost_line="a", year=2026, amount=D(0), blocked=None)],
            transfers=[
                BudgetTransfer(programme="p", key="1", from_line="b", to_line="a", amount=D(30), **moved),
                BudgetTransfer(programme="p", key="2", to_line="a", amount=D(7), **moved),
            ],
            open={("a", 2026, CommitmentStage.RESERVED): D(5), ("a", 2026, CommitmentStage.PRE_BOUND): D(1)},
        )
    )
    by_line = {item.line.key: item.use for item in made.by_line(lines({"a": None, "b": None}))}
    assert (by_line["a"].granted, by_line["a"].moved, by_line["a"].available) == (D(0), D(37), D(31))
    assert (by_line["b"].granted, by_line["b"].moved, by_line["b"].available) == (D(50), D(-30), D(20))
    assert made.appropriated == {("a", 2026)}


def test_carried_money_is_in_its_new_year_and_in_all_years_only_once() -> None:
    money = CarriedMoney(carry("40"), {}, D(0), TODAY)
    made = budget(recorded(plan={("a", 2025): D(100), ("a", 2026): D(10)}, carried=[money]))
    assert {year: use.limit for year, use in made.by_year().items()} == {2025: D(60), 2026: D(50)}
    assert made.use().limit == 110


@pytest.mark.parametrize(
    ("as_of", "carried", "lapsed"),
    [
        (date(2026, 12, 31), {2025: D(-100), 2026: D(100)}, {2026: D(0)}),
        (date(2027, 1, 1), {2025: D(-100), 2026: D(60), 2027: D(40)}, {2027: D(0)}),
        (date(2027, 12, 31), {2025: D(-100), 2026: D(60), 2027: D(40)}, {2027: D(0)}),
        (date(2028, 1, 1), {2025: D(-100), 2026: D(60), 2027: D(40)}, {2027: D(15)}),
        (date(2030, 1, 1), {2025: D(-100), 2026: D(60), 2027: D(40)}, {2027: D(15)}),
    ],
)
def test_money_that_lives_for_years_goes_on_with_what_is_left_of_it(
    as_of: date, carried: dict[int, D], lapsed: dict[int, D]
) -> None:
    paid = {("a", date(2026, 3, 1)): D(60), ("a", date(2027, 3, 1)): D(25), ("a", date(2028, 3, 1)): D(9)}
    known = {place: amount for place, amount in paid.items() if place[1] <= as_of}
    money = carried_money([carry("100", expires=date(2027, 12, 31))], known, {}, as_of)
    columns = budget(recorded(carried=money)).columns
    assert {year: amount for (_, year), amount in columns["carried"].items()} == carried
    assert {year: amount for (_, year), amount in columns["lapsed"].items()} == lapsed


def test_commitments_of_a_later_year_claim_money_that_lives_until_then() -> None:
    living = carry("100", expires=date(2027, 12, 31))
    committed = {("a", 2026): D(30), ("a", 2027): D(50), ("a", 2028): D(99)}
    assert carried_money([living], {}, committed, date(2026, 8, 1))[0].bound == 30
    assert carried_money([living], {}, committed, date(2027, 8, 1))[0].bound == 80


@pytest.mark.parametrize(
    ("as_of", "days_left", "lapsed", "status"),
    [
        (date(2026, 12, 31), 0, "0", Status.CRITICAL),
        (date(2027, 1, 1), -1, "40", Status.CRITICAL),
        (date(2026, 11, 30), 31, "0", Status.CRITICAL),
        (date(2026, 11, 29), 32, "0", Status.AT_RISK),
        (date(2026, 9, 30), 92, "0", Status.AT_RISK),
        (date(2026, 9, 29), 93, "0", Status.ON_TRACK),
    ],
)
def test_money_expires_after_its_last_day(as_of: date, days_left: int, lapsed: str, status: Status) -> None:
    (found,) = carried_money([carry("100")], {("a", date(2026, 3, 1)): D(60)}, {}, as_of)
    assert (found.unspent, found.days_left, found.lapsed, found.status) == (D(40), days_left, D(lapsed), status)


def test_the_leap_day_is_a_day_to_spend_on() -> None:
    last = date(2028, 2, 29)
    item = carry("10", year=2028, expires=last)
    assert carried_money([item], {}, {}, last)[0].days_left == 0
    assert carried_money([item], {("a", last): D(4)}, {}, date(2028, 3, 1))[0].lapsed == 6


@pytest.mark.parametrize(
    ("paid", "spent"),
    [
        ({}, ("0", "0")),
        ({date(2025, 12, 31): D(500)}, ("0", "0")),
        ({date(2026, 1, 1): D("30.01")}, ("30.01", "0")),
        ({date(2026, 2, 1): D(70)}, ("50", "20")),
        ({date(2026, 2, 1): D(70), date(2026, 7, 1): D(70)}, ("50", "90")),
        ({date(2026, 2, 1): D(200), date(2026, 3, 1): D(-60)}, ("50", "90")),
        ({date(2026, 2, 1): D(60), date(2026, 3, 1): D(-15)}, ("45", "0")),
        ({date(2026, 2, 1): D(10), date(2026, 3, 1): D(-25), date(2026, 4, 1): D(40)}, ("25", "0")),
    ],
)
def test_what_expires_first_is_spent_first(paid: dict[date, D], spent: tuple[str, str]) -> None:
    first, later = carry("50", expires=date(2026, 6, 30)), carry("90", 2026, None)
    later = later.model_copy(update={"key": "a/2024", "from_year": 2024})
    found = carried_money([later, first], {("a", day): amount for day, amount in paid.items()}, {}, TODAY)
    assert tuple(item.spent for item in found) == tuple(map(D, spent))
    assert [item.status for item in found][1] is (Status.DONE if spent[1] == "90" else Status.UNKNOWN)


def test_open_commitments_claim_what_expires_first_while_it_lives() -> None:
    first = carry("50", expires=date(2026, 8, 31))
    later = carry("90", expires=date(2026, 12, 31)).model_copy(update={"key": "b", "from_year": 2024})
    found = carried_money([first, later], {("a", date(2026, 3, 1)): D(20)}, {("a", 2026): D(100)}, TODAY)
    assert [(item.bound, item.free, item.status) for item in found] == [
        (D(30), D(0), Status.AT_RISK),
        (D(70), D(20), Status.ON_TRACK),
    ]
    gone = carried_money([first], {}, {("a", 2026): D(100)}, date(2026, 9, 1))
    assert (gone[0].bound, gone[0].lapsed) == (D(0), D(50))


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), MONEY)), POSITIVE.filter(bool), POSITIVE)
def test_never_more_is_spent_than_there_was(payments: list[tuple[date, D]], amount: D, committed: D) -> None:
    paid = {("a", day): value for day, value in payments}
    (found,) = carried_money([carry(str(amount))], paid, {("a", 2026): committed}, TODAY)
    assert 0 <= found.spent <= amount
    assert found.spent + found.bound + found.free == amount
    assert found.free >= 0


PAID = {date(2026, 5, 1): D(30), date(2026, 6, 1): D(60), date(2026, 7, 1): D(90), date(2026, 8, 1): D(20)}
"""60 a month in the last three full months, 20 in the begun one: 200 in all."""


@pytest.mark.parametrize(
    ("record", "plan", "committed", "amount", "method"),
    [
        (None, "500", "50", "500", None),
        (None, "100", "50", "250", None),
        (None, "0", "0", "200", None),
        (forecast(ForecastMethod.MANUAL, "123.45"), "500", "50", "123.45", ForecastMethod.MANUAL),
        (forecast(ForecastMethod.COMMITTED), "500", "50", "250", ForecastMethod.COMMITTED),
        (forecast(ForecastMethod.PLAN), "500", "50", "500", ForecastMethod.PLAN),
        (forecast(ForecastMethod.PLAN), "240", "50", "250", ForecastMethod.PLAN),
        # Five months at 60, of which August has paid 20; open commitments are paid out of it.
        (forecast(ForecastMethod.LINEAR), "0", "50", "480", ForecastMethod.LINEAR),
        (forecast(ForecastMethod.LINEAR), "0", "400", "600", ForecastMethod.LINEAR),
        (forecast(ForecastMethod.PERSON_DAYS), "300", "0", "300", None),
    ],
)
def test_each_method_adds_its_rest(
    record: CostForecast | None, plan: str, committed: str, amount: str, method: ForecastMethod | None
) -> None:
    found = expected(*filter(None, [record]), plan=plan, paid=PAID, committed=committed)
    assert (found.amount, found.method) == (D(amount), method)
    assert found.rest == found.amount - 200 - D(committed)


@pytest.mark.parametrize(("year", "amount"), [(2025, "7"), (2026, "90"), (2027, "90")])
def test_without_a_record_a_past_year_costs_what_was_used_and_another_at_least_its_plan(year: int, amount: str) -> None:
    found = expected(plan="90", committed="7", year=year)
    assert (found.amount, found.method, found.record) == (D(amount), None, None)


@pytest.mark.parametrize(
    ("made_on", "amount"), [(date(2025, 12, 31), "7"), (date(2026, 1, 1), "11"), (date(2026, 8, 15), "11")]
)
def test_a_forecast_made_before_its_year_ended_is_overtaken_by_what_was_used(made_on: date, amount: str) -> None:
    record = forecast(ForecastMethod.MANUAL, "11", year=2025, on=made_on)
    found = expected(record, plan="90", committed="7", year=2025)
    assert (found.amount, found.record is None) == (D(amount), amount == "7")


def test_the_newest_forecast_counts_and_a_method_without_its_data_is_no_forecast() -> None:
    old, new = (
        forecast(ForecastMethod.MANUAL, amount, on=day) for amount, day in (("1", date(2026, 1, 1)), ("2", TODAY))
    )
    assert expected(new, old).amount == 2
    silent = expected(forecast(ForecastMethod.LINEAR), plan="10")
    assert (silent.amount, silent.method, silent.record is None) == (D(10), None, False)


@pytest.mark.parametrize(
    ("year", "worked", "gross"),
    [
        # Two days a month from July 2026 to February 2027 at 100 net, 19 %.
        (2025, "0", "0"),
        (2026, "0", "1428.00"),
        (2026, "3.5", "1011.50"),
        (2026, "13", "0"),
        (2027, "3.5", "476.00"),
        (2027, "13", "357.00"),
    ],
)
def test_the_days_still_to_be_worked_are_paid_gross(year: int, worked: str, gross: str) -> None:
    fields: dict[str, Any] = {"start": date(2026, 7, 1), "end": date(2027, 2, 28)}
    bought = PersonDayBudget(programme="p", key="b", title="B", days_per_month=D(2), rate=D(100), **fields)
    rate = VatRate(programme="p", key="r", valid_from=date(2021, 1, 1), percent=D(19))
    record = forecast(ForecastMethod.PERSON_DAYS, year=year)
    assert expected(record, year=year, days=(DayStock(bought, D(worked), (rate,)),)).amount == D(gross)
    unknown = expected(record, year=year, plan="9", days=(DayStock(bought, D(worked), ()),))
    assert unknown.method is (None if D(gross) else ForecastMethod.PERSON_DAYS)


@given(
    st.sampled_from([method for method in ForecastMethod if method is not ForecastMethod.MANUAL]),
    st.lists(POSITIVE, min_size=8, max_size=8),
    POSITIVE,
    POSITIVE,
)
def test_a_forecast_never_falls_below_what_is_paid_and_committed(
    method: ForecastMethod, amounts: list[D], plan: D, committed: D
) -> None:
    paid = {date(2026, month, 1): amount for month, amount in enumerate(amounts, 1)}
    found = expected(forecast(method), plan=str(plan), paid=paid, committed=str(committed))
    assert found.rest >= 0
    assert found.amount >= sum(amounts)


@pytest.mark.parametrize(
    ("as_of", "pace"),
    [
        (date(2026, 8, 15), "60"),
        (date(2026, 8, 30), "60"),
        (date(2026, 8, 31), "56.66666666666666666666666667"),
        (date(2026, 5, 31), "10"),
        (date(2026, 4, 30), None),
        (date(2028, 2, 29), "0"),
    ],
)
def test_the_pace_is_that_of_full_months(as_of: date, pace: str | None) -> None:
    assert burn(PAID, as_of) == (None if pace is None else D(pace))


@pytest.mark.parametrize(
    ("available", "pace", "expected_months"),
    [("120", "60", "2"), ("0", "60", "0"), ("-5", "60", "0"), ("5", "0", None), ("5", "-1", None), ("5", None, None)],
)
def test_the_runway_says_nothing_where_nothing_is_spent(
    available: str, pace: str | None, expected_months: str | None
) -> None:
    found = runway(D(available), None if pace is None else D(pace))
    assert found == (None if expected_months is None else D(expected_months))
