"""Whether the money of several programmes may be added."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from smartdash.analysis.portfolio_money import ProgrammeMoney, differing
from smartdash.model.money import FunderKind, PlanStatus


def plan(**values: Any) -> ProgrammeMoney:
    given: dict[str, Any] = {
        "programme": "p",
        "version": "v",
        "status": PlanStatus.APPROVAL,
        "gross": True,
        "years": (2025, 2027),
        "eligible": D(200),
        "cost": D(250),
        "funding": {FunderKind.OWN: D(50), None: D(30)},
        "demo": False,
    }
    return ProgrammeMoney(**{**given, **values})


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({}, []),
        ({"status": PlanStatus.AMENDMENT, "eligible": D(1)}, []),
        ({"gross": False}, ["prices"]),
        ({"gross": None}, ["prices_unknown"]),
        ({"years": (2025, 2028)}, ["years"]),
        ({"status": PlanStatus.APPLICATION, "demo": True}, ["standing", "fiction"]),
    ],
)
def test_amounts_are_added_only_on_the_same_base(other: dict[str, Any], reasons: list[str]) -> None:
    assert [str(reason) for reason in differing([plan(), plan(**other)])] == reasons


def test_a_share_is_of_the_eligible_cost() -> None:
    found = plan()
    assert (found.part(FunderKind.OWN), found.part(FunderKind.STATE), found.funded) == (D("0.25"), None, 80)
    assert plan(eligible=D(0)).part(FunderKind.OWN) is None
