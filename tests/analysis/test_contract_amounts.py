"""Contracts taken apart into net, tax and gross, and person-days against time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.contract_amounts import ContractUse, contract_amounts, contract_use
from smartdash.analysis.person_day_use import day_use
from smartdash.analysis.status import Status
from smartdash.model.spending import CommitmentStage, Contract, PersonDayBudget, PersonDayUse, VatRate

RATES = [
    VatRate(programme="p", key="a", valid_from=date(2007, 1, 1), valid_to=date(2020, 6, 30), percent=D(19)),
    VatRate(programme="p", key="b", valid_from=date(2020, 7, 1), valid_to=date(2020, 12, 31), percent=D(16)),
    VatRate(programme="p", key="c", valid_from=date(2021, 1, 1), percent=D(19)),
]
PRICED = date(2018, 10, 26)


def contract(gross: str, **values: Any) -> Contract:
    return Contract(programme="p", key="k", title="Konzept", gross=D(gross), **values)


@pytest.mark.parametrize(
    ("values", "priced_on", "net", "vat", "by_rate"),
    [
        # Braunschweig: only the gross value is printed; work ended in the months of the lower rate.
        ({"start": date(2019, 4, 1), "end": date(2020, 7, 31)}, PRICED, "54476.80", "10350.59",
         [(16, "63193.09"), (19, "64827.39")]),
        ({"delivered_on": date(2020, 7, 1)}, PRICED, "54476.80", "10350.59", [(16, "63193.09")]),
        ({"delivered_on": date(2020, 6, 30)}, PRICED, "54476.80", "10350.59", [(19, "64827.39")]),
        ({"stated_net": D("54476.80"), "delivered_on": date(2021, 1, 1)}, None, "54476.80", "10350.59",
         [(19, "64827.39")]),
        ({"stated_net": D("54476.81"), "delivered_on": PRICED}, PRICED, "54476.81", "10350.58", [(19, "64827.40")]),
        ({}, PRICED, "54476.80", "10350.59", []),
        ({"delivered_on": PRICED}, None, None, None, []),
        ({"delivered_on": PRICED}, date(2006, 12, 31), None, None, []),
    ],
)  # fmt: skip
def test_a_contract_is_taken_apart_by_the_rate_of_its_day(
    values: dict[str, Any], priced_on: date | None, net: str | None, vat: str | None, by_rate: list[tuple[int, str]]
) -> None:
    found = contract_amounts(contract("64827.39", **values), RATES, priced_on)
    assert (found.net, found.vat) == (net and D(net), vat and D(vat))
    assert found.by_rate == tuple((percent, D(gross)) for percent, gross in by_rate)
    assert found.fits_no_rate == (bool(by_rate) and "64827.39" not in dict(by_rate).values())
    assert [str(gross) for _, gross in found.deviating] == [gross for _, gross in by_rate if gross != "64827.39"]


@given(st.decimals(0, 10_000_000, places=2))
def test_net_and_tax_are_the_gross_value_and_net_gives_it_back(gross: D) -> None:
    found = contract_amounts(contract(str(gross), delivered_on=PRICED), RATES, PRICED)
    assert found.net is not None
    assert found.net + (found.vat or 0) == gross
    # Not every gross amount is that of a net amount in whole cents; then it is off by one.
    assert abs(found.by_rate[0][1] - gross) <= D("0.01")


def test_a_contract_is_paid_and_open_by_its_commitments() -> None:
    contract_of = {"o1": "k", "o2": "k", "o3": "k", "o4": None, "o5": "other"}
    bound, released = CommitmentStage.BOUND, CommitmentStage.RELEASED
    states = [
        ("o1", bound, D(100), D("30.10")),
        ("o2", bound, D(50), D(60)),
        ("o3", released, D(40), D(5)),
        ("o4", bound, D(999), D(0)),
        ("o5", CommitmentStage.RESERVED, D(7), D(0)),
    ]
    assert contract_use(contract_of, states) == {
        "k": ContractUse(D(150), D("95.10"), D("69.90")),
        "other": ContractUse(D(7), D(0), D(7)),
    }


BOUGHT = PersonDayBudget(
    programme="p", key="b", title="PT", start=date(2026, 3, 1), end=date(2026, 12, 31), days_per_month=D(4), rate=D(1)
)


@pytest.mark.parametrize(
    ("as_of", "reports", "worked", "due", "until", "status"),
    [
        (date(2026, 2, 1), [], None, 0, None, Status.PLANNED),
        (date(2026, 5, 10), [], None, 12, None, Status.UNKNOWN),
        (date(2026, 5, 10), [(4, 30, 8)], 8, 8, date(2026, 12, 31), Status.ON_TRACK),
        (date(2026, 5, 10), [(3, 31, 5), (4, 30, 4)], 9, 8, date(2026, 10, 31), Status.AT_RISK),
        (date(2026, 5, 10), [(4, 30, 0)], 0, 8, None, Status.ON_TRACK),
        (date(2026, 5, 10), [(4, 30, 41)], 41, 8, date(2026, 3, 31), Status.CRITICAL),
        (date(2027, 1, 1), [(12, 31, 40)], 40, 40, date(2026, 12, 31), Status.DONE),
        (date(2027, 1, 1), [(12, 31, 42)], 42, 40, date(2026, 11, 30), Status.CRITICAL),
    ],
)
def test_person_days_are_measured_against_the_months_bought(
    as_of: date, reports: list[tuple[int, int, int]], worked: int | None, due: int, until: date | None, status: Status
) -> None:
    uses = [
        PersonDayUse(programme="p", person_day_budget="b", reported_on=date(2026, month, day), days=D(days))
        for month, day, days in reports
    ]
    other = PersonDayUse(programme="p", person_day_budget="x", reported_on=date(2026, 3, 31), days=D(99))
    found = day_use(BOUGHT, [*uses, other], as_of)
    assert (found.planned, found.worked, found.due, found.until, found.status) == (40, worked, due, until, status)
    assert found.left == (None if worked is None else 40 - worked)
