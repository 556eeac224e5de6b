"""What draws on an allowance, what breaks its cap, and which items break a limit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.allowances import Limit, allowance_standings, excesses, limit_of
from smartdash.analysis.status import Status
from smartdash.model.schedule import Allowance, AllowanceUnit, AllowanceUse
from smartdash.model.workshops import Event, EventFormat, EventKind

AS_OF = date(2026, 8, 15)
BEFORE, AFTER = date(2026, 8, 1), date(2026, 9, 1)


def allowance(cap: str = "2", unit: str = "workshop", **values: Any) -> Allowance:
    return Allowance(programme="x", key="a", title="a", unit=AllowanceUnit(unit), cap=Decimal(cap), **values)


def event(day: date, minutes: int | None = None, of: str | None = "a", **values: Any) -> Event:
    given = {"key": f"e{day}", "title": "e", "kind": EventKind.WORKSHOP, **values}
    return Event(programme="x", held_on=day, minutes=minutes, allowance=of, **given)


def use(day: date, amount: str, of: str = "a") -> AllowanceUse:
    return AllowanceUse(programme="x", allowance=of, used_on=day, amount=Decimal(amount), description="u")


@pytest.mark.parametrize(
    ("unit", "events", "uses", "used", "planned", "left"),
    [
        ("workshop", [], [], "0", "0", "2"),
        ("workshop", [event(BEFORE, of="b"), event(BEFORE, of=None)], [use(BEFORE, "1", "b")], "0", "0", "2"),
        ("workshop", [event(AS_OF, 480), event(AFTER, 60)], [], "1", "1", "0"),
        ("interview", [event(BEFORE), event(BEFORE), event(AFTER)], [], "2", "1", "-1"),
        ("person_day", [event(BEFORE, 240), event(AFTER, 720)], [], "0.5", "1.5", "0"),
        ("person_day", [event(BEFORE)], [], "1", "0", "1"),
        ("person_day", [event(BEFORE, 120)], [use(AS_OF, "0.5"), use(AFTER, "1.25")], "0.75", "1.25", "0"),
        ("workshop", [], [use(date(2024, 2, 29), "3")], "3", "0", "-1"),
    ],
    ids=[
        "unused", "of others", "cap exactly used", "exceeded", "person-days", "person-day without duration",
        "events and uses", "leap day",
    ],
)  # fmt: skip
def test_an_allowance_is_used_up_to_the_day_and_planned_after_it(
    unit: str, events: list[Event], uses: list[AllowanceUse], used: str, planned: str, left: str
) -> None:
    (standing,) = allowance_standings([allowance(unit=unit)], events, uses, AS_OF)
    assert (standing.used, standing.planned, standing.left) == (Decimal(used), Decimal(planned), Decimal(left))


FIRST, SECOND, THIRD = date(2026, 7, 1), date(2026, 8, 20), date(2026, 10, 1)


@pytest.mark.parametrize(
    ("cap", "amounts", "status", "warns", "breaks"),
    [
        ("10", [], Status.UNKNOWN, None, None),
        ("10", ["4", "4.99"], Status.ON_TRACK, None, None),
        ("10", ["4", "5"], Status.AT_RISK, SECOND, None),
        ("10", ["9", "1"], Status.AT_RISK, FIRST, None),
        ("10", ["4", "5", "1.01"], Status.CRITICAL, SECOND, THIRD),
        ("10", ["11"], Status.CRITICAL, FIRST, FIRST),
        ("0", ["1"], Status.CRITICAL, FIRST, FIRST),
        ("1", ["1"], Status.AT_RISK, FIRST, None),
    ],
    ids=["nothing known", "below", "at 90 %", "exactly used", "above", "at once", "no cap", "one of one"],
)
def test_the_warning_comes_before_the_overrun_and_names_the_item(
    cap: str, amounts: list[str], status: Status, warns: date | None, breaks: date | None
) -> None:
    uses = [use(day, amount) for day, amount in zip((FIRST, SECOND, THIRD), amounts, strict=False)]
    (standing,) = allowance_standings([allowance(cap, "person_day")], [], uses, AS_OF)
    assert standing.status is status
    assert (standing.warns and standing.warns.day, standing.breaks and standing.breaks.day) == (warns, breaks)


def test_a_share_needs_a_cap_and_a_record() -> None:
    found = [
        allowance_standings([allowance(cap)], [], uses, AS_OF)[0].share
        for cap, uses in (("4", [use(BEFORE, "1")]), ("4", []), ("0", [use(BEFORE, "1")]))
    ]
    assert found == [Decimal("0.25"), None, None]


@pytest.mark.parametrize(
    ("values", "limit"),
    [
        ({}, None),
        ({"limit_minutes": 90}, 90),
        ({"full_day": True}, 480),
        ({"full_day": True, "limit_minutes": 360}, 360),
    ],
)
def test_a_full_day_is_eight_hours_unless_a_limit_is_stated(values: dict[str, Any], limit: int | None) -> None:
    assert limit_of(allowance(**values)) == limit


@pytest.mark.parametrize(
    ("limits", "held", "expected"),
    [
        ({"limit_minutes": 90}, {"minutes": 90}, []),
        ({"limit_minutes": 90}, {"minutes": 91}, [(Limit.MINUTES, 90)]),
        ({"full_day": True}, {"minutes": 481}, [(Limit.MINUTES, 480)]),
        ({"limit_minutes": 90}, {}, []),
        ({"digital": True}, {"format": EventFormat.ON_SITE}, [(Limit.DIGITAL, None)]),
        ({"digital": True}, {"format": EventFormat.HYBRID}, []),
        ({"digital": True}, {}, []),
        ({}, {"format": EventFormat.ON_SITE, "minutes": 999}, []),
        (
            {"digital": True, "limit_minutes": 60},
            {"format": EventFormat.ON_SITE, "minutes": 61},
            [(Limit.MINUTES, 60), (Limit.DIGITAL, None)],
        ),
        ({"limit_minutes": 60}, {"of": "b", "minutes": 61}, []),
    ],
)
def test_an_item_breaks_the_limits_of_its_own_allowance(
    limits: dict[str, Any], held: dict[str, Any], expected: list[tuple[Limit, int | None]]
) -> None:
    found = excesses([allowance(**limits)], [event(BEFORE, **held)])
    assert [(item.limit, item.minutes) for item in found] == expected


@given(
    st.lists(st.tuples(st.dates(FIRST, THIRD), st.decimals("0.01", 9, places=2)), max_size=9),
    st.randoms(use_true_random=False),
)
def test_used_planned_and_left_add_up_to_the_cap_in_any_order(amounts: list[tuple[date, Decimal]], chance: Any) -> None:
    uses = [
        AllowanceUse(programme="x", key=str(index), allowance="a", used_on=day, amount=amount)
        for index, (day, amount) in enumerate(amounts)
    ]
    (standing,) = allowance_standings([allowance("10")], [], uses, AS_OF)
    assert standing.used + standing.planned + standing.left == 10
    assert (standing.left < 0) == (standing.breaks is not None)
    chance.shuffle(uses)
    assert allowance_standings([allowance("10")], [], uses, AS_OF) == [standing]
