"""The rule engine on what is spent and on time: overruns, durations, deadlines, cash on hand, carry-overs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from rule_records import DAY, facts, pack, parameter, told

from smartdash.analysis.rules import evaluate
from smartdash.figures.rule_words import sentence
from smartdash.locale import words
from smartdash.model.appropriations import BudgetCarryOver
from smartdash.model.grants import Drawdown, ProofOfUse, RuleParameter
from smartdash.model.schedule import Phase
from smartdash.model.spending import Posting


def paid(line: str, amount: str, day: date = DAY) -> Posting:
    return Posting(programme="p", key=f"{line}{amount}{day}", cost_line=line, booked_on=day, amount=D(amount))


@pytest.mark.parametrize(
    ("postings", "found"),
    [
        ([], [("", "not_applicable", None)]),
        ([("staff", "120.00")], [("staff", "ok", "0.00"), ("", "ok", "80.00")]),
        ([("staff", "120.01")], [("staff", "violated", "-0.01"), ("", "ok", "79.99")]),
        ([("staff", "130.00"), ("staff", "-10.00")], [("staff", "ok", "0.00"), ("", "ok", "80.00")]),
        (
            [("staff", "110.00"), ("goods", "95.00")],
            [("staff", "ok", "10.00"), ("goods", "ok", "25.00"), ("", "violated", "-5.00")],
        ),
        ([("build", "0.01")], [("build", "violated", "-0.01"), ("", "ok", "199.99")]),
    ],
)
def test_a_line_may_overrun_by_a_fifth_if_the_whole_stays_within_the_plan(
    postings: list[tuple[str, str]], found: list[Any]
) -> None:
    rule = pack("overrun", {"line": "error", "total": "error"}, factor="6/5")
    plan = facts({"staff": "100.00", "goods": "100.00"}, postings=[paid(*item) for item in postings])
    assert told(evaluate([rule], plan)) == found


def test_open_commitments_beyond_the_plan_are_near_but_no_breach_yet() -> None:
    rule = pack("overrun", factor="1")
    plan = facts({"staff": "100.00"}, postings=[paid("staff", "60.00")], committed={("staff", 2026): D("40.01")})
    [found] = evaluate([rule], plan)
    assert (found.status.value, found.near, found.values["committed"]) == ("ok", True, D("40.01"))
    assert sentence(found, words("de")).endswith("Offene Aufträge von 40,01\u00a0€ gehen darüber hinaus.")


def phase(start: date, end: date, actual: bool = False) -> list[Phase]:
    kind = "actual" if actual else "planned"
    return [
        Phase.model_validate({"programme": "p", "key": "A", "title": "A", f"{kind}_start": start, f"{kind}_end": end})
    ]


@pytest.mark.parametrize(
    ("start", "end", "limit", "status", "left"),
    [
        (date(2024, 3, 1), date(2026, 2, 28), {"months": 24}, "ok", "24.00"),
        (date(2024, 3, 1), date(2026, 3, 1), {"months": 24}, "violated", "25.00"),
        (date(2024, 2, 29), date(2025, 2, 28), {"months": 12}, "ok", "12.00"),
        (date(2024, 1, 1), date(2025, 12, 31), {"months": 24}, "ok", "24.00"),
        (date(2024, 1, 1), date(2026, 12, 31), {"months": 24}, "unknown", None),
        (date(2024, 1, 1), date(2026, 12, 31), {"months": 12}, "violated", "13.00"),
        (date(2024, 1, 1), date(2024, 12, 31), {"months": 6}, "unknown", None),
        (date(2024, 1, 1), date(2024, 12, 31), {"param": "length"}, "unknown", None),
    ],
)
def test_how_long_a_phase_lasts(start: date, end: date, limit: Any, status: str, left: str | None) -> None:
    plan = facts({"staff": "1.00"}, phases=phase(start, end))
    [found] = evaluate([pack("duration_max", "phase", limit=limit)], plan)
    assert (told((found,))[0][1], found.left) == (status, None if left is None else D(left))


def test_reported_days_are_days_and_a_parameter_is_a_number_of_months() -> None:
    plan = facts({"staff": "1.00"}, phases=phase(date(2024, 1, 1), date(2026, 12, 31), actual=True))
    [found] = evaluate([pack("duration_max", "phase", limit={"months": 24})], plan)
    assert (found.status.value, found.left) == ("violated", D(36))
    known = replace(plan, parameters=[parameter("length", "36")])
    assert told(evaluate([pack("duration_max", "phase", limit={"param": "length"})], known)) == [("A", "ok", "0.00")]
    none = facts({"staff": "1.00"}, phases=[Phase(programme="p", key="A", title="A")])
    assert evaluate([pack("duration_max", "phase", limit={"months": 24})], none)[0].reason == "no_day"


def proof(due: date | None = None, done: date | None = None, end: date | None = None) -> ProofOfUse:
    values = {"programme": "p", "key": "n", "title": "N", "kind": "final", "due_on": due, "submitted_on": done}
    return ProofOfUse.model_validate({**values, "period_end": end})


@pytest.mark.parametrize(
    ("proofs", "known", "status", "room", "near"),
    [
        ([], [], "unknown", None, False),
        ([], [parameter("notice", day=date(2024, 1, 31))], "ok", "31.00", True),
        ([], [parameter("notice", day=date(2023, 12, 31))], "ok", "0.00", True),
        ([], [parameter("notice", day=date(2023, 12, 29))], "violated", "-1.00", False),
        ([], [parameter("notice", day=date(2025, 1, 1))], "ok", "366.00", False),
        ([proof()], [], "unknown", None, False),
        ([proof(due=date(2026, 6, 29))], [], "violated", "-1.00", False),
        ([proof(due=date(2026, 6, 29), done=date(2026, 6, 29))], [], "ok", "0.00", False),
        ([proof(due=date(2026, 6, 1), done=date(2026, 6, 2))], [], "violated", "-1.00", False),
        ([proof(due=date(2027, 6, 1))], [], "ok", "336.00", False),
    ],
)
def test_when_a_proof_of_use_is_due(
    proofs: list[ProofOfUse], known: list[RuleParameter], status: str, room: str | None, near: bool
) -> None:
    rule = pack("deadline", "item", proof="final", anchor="notice", within={"months": 30}, warn_days=31)
    [found] = evaluate([rule], facts({}, proofs=proofs, parameters=known))
    assert told((found,)) == [("n" if proofs else "", status, room)]
    assert found.near is near


def test_a_proof_is_due_a_period_after_its_own_and_counts_for_the_phase_it_ends_in() -> None:
    rule = pack("deadline", "item", proof="final", within={"months": 12}, warn_days=0)
    [found] = evaluate([rule], facts({}, proofs=[proof(end=date(2024, 2, 29))]))
    assert (found.values["due"], found.status.value, found.right) == (date(2025, 2, 28), "violated", D(365))
    phases = [
        *phase(date(2024, 1, 1), date(2024, 12, 31)),
        Phase(programme="p", key="B", title="B", planned_start=date(2025, 1, 1), planned_end=date(2026, 12, 31)),
    ]
    plan = facts({"staff": "1", "build": "1"}, phases=phases, proofs=[proof(end=date(2024, 2, 29))])
    of_phase = {
        number: evaluate(
            [pack("deadline", "item", proof="final", within={"months": 12}, warn_days=0, phase=number)], plan
        )[0].status.value
        for number in (1, 2)
    }
    assert of_phase == {1: "violated", 2: "not_applicable"}


def drawn(amount: str, day: date, key: str = "d") -> Drawdown:
    return Drawdown(programme="p", key=key, title="D", funding_source="federal", amount=D(amount), paid_on=day)


CASH = {"kinds": ["federal"], "window": {"months": 2}, "warn_days": 14}


@pytest.mark.parametrize(
    ("drawdown", "payment", "status", "near"),
    [
        (drawn("90.00", date(2026, 4, 30)), None, "ok", True),
        (drawn("90.00", date(2026, 4, 29)), None, "violated", False),
        (drawn("90.00", date(2026, 6, 1)), None, "ok", False),
        (drawn("90.00", date(2026, 4, 29)), paid("staff", "100.00"), "violated", False),
        (drawn("90.00", date(2026, 4, 29)), paid("staff", "100.00", date(2026, 6, 29)), "ok", False),
        (drawn("90.00", date(2026, 4, 29)), paid("staff", "99.99", date(2026, 6, 29)), "violated", False),
    ],
)
def test_drawn_money_is_spent_pro_rata_within_the_window(
    drawdown: Drawdown, payment: Posting | None, status: str, near: bool
) -> None:
    plan = facts(
        {"staff": "1000.00"},
        {"federal": "900.00", "own": "100.00"},
        drawdowns=[drawdown],
        postings=[payment] if payment else [],
    )
    [found] = evaluate([pack("cash_age", "item", **CASH)], plan)
    assert (*told((found,))[0][:2], found.near) == ("d", status, near)


def test_the_notices_window_goes_first_and_late_money_costs_interest_where_the_rate_is_known() -> None:
    rule = pack(
        "cash_age", "item", **{**CASH, "window": {"months": 2, "param": "window"}, "interest": {"param": "rate"}}
    )
    plan = facts({"staff": "1"}, {"federal": "1"}, drawdowns=[drawn("36500.00", date(2026, 5, 1))])
    assert evaluate([rule], plan)[0].status.value == "ok"
    known = replace(plan, parameters=[parameter("window", "42"), parameter("rate", "7.5")])
    [found] = evaluate([rule], known)  # to be used by 12 June, 18 days late
    assert (found.status.value, found.left, found.right, found.room_left) == ("violated", D(60), D(42), D(-18))
    assert (found.values["use_by"], found.values["interest"]) == (date(2026, 6, 12), D("135.00"))
    unknown = pack("cash_age", "item", **{**CASH, "window": {"param": "window"}})
    assert evaluate([unknown], plan)[0].reason == "no_parameter"


def rest(kind: str, year: int, expires: date | None = None) -> BudgetCarryOver:
    values = {"programme": "p", "cost_line": "staff", "from_year": year, "year": year + 1, "amount": D(50)}
    return BudgetCarryOver.model_validate(
        {**values, "kind": kind, "carried_on": date(year + 1, 2, 1), "expires_on": expires}
    )


def test_a_payment_uses_up_what_expires_first_of_whatever_kind() -> None:
    money = [rest("earmarked", 2025, date(2026, 3, 31)), rest("running", 2024, date(2026, 6, 20))]
    plan = facts({}, carry_overs=money, postings=[paid("staff", "60", date(2026, 3, 1))])
    [found] = evaluate([pack("carry_over_expiry", "item", kinds=["running"], warn_days=0)], plan)
    assert (found.status.value, found.values["rest"]) == ("violated", D(40))


@pytest.mark.parametrize(
    ("money", "rule", "postings", "status", "near"),
    [
        (rest("running", 2025), {"years": 1}, [], "ok", False),
        (rest("running", 2025, date(2026, 7, 10)), {"years": 1}, [], "ok", True),
        (rest("running", 2025, date(2026, 6, 30)), {"years": 1}, [], "ok", True),
        (rest("running", 2025, date(2026, 6, 29)), {"years": 1}, [], "violated", False),
        (rest("running", 2025, date(2026, 6, 29)), {"years": 1}, [paid("staff", "50", date(2026, 6, 1))], "ok", False),
        (rest("running", 2025, date(2027, 1, 1)), {"years": 1}, [], "violated", False),
        (rest("running", 2024), {"years": 1}, [], "violated", False),
        (rest("running", 2025), {}, [], "unknown", False),
        (rest("investment", 2025), {"years": 1}, [], "not_applicable", False),
        (rest("running", 2023), {"years": 2, "begun": True}, [], "violated", False),
        (rest("running", 2023), {"years": 2, "begun": True}, [paid("staff", "1", date(2025, 6, 1))], "ok", False),
        (rest("running", 2023), {"years": 2, "begun": True}, [paid("staff", "1", date(2023, 6, 1))], "ok", False),
        (rest("running", 2023), {"years": 2, "begun": True}, [paid("staff", "1", date(2026, 1, 2))], "violated", False),
        (rest("running", 2024), {"years": 1}, [paid("staff", "50", date(2026, 1, 2))], "violated", False),
        (rest("running", 2024), {"years": 1}, [paid("staff", "50", date(2025, 12, 31))], "ok", False),
    ],
)
def test_carried_over_money_is_spent_before_it_expires(
    money: BudgetCarryOver, rule: dict[str, Any], postings: list[Posting], status: str, near: bool
) -> None:
    made = pack("carry_over_expiry", "item", kinds=["running"], warn_days=30, **rule)
    [found] = evaluate([made], facts({}, carry_overs=[money], postings=postings))
    assert (told((found,))[0][1], found.near) == (status, near)
