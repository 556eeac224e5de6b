"""What a list of projects tells: possible duplicates, deliveries between projects, and open risks and chances."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from smartdash.analysis.duplicates import possible_duplicates
from smartdash.analysis.handovers import HandoverState, handovers
from smartdash.analysis.risks import risk_standings
from smartdash.analysis.status import Status
from smartdash.model.projects import Project
from smartdash.model.risks import Risk, RiskAssessment
from smartdash.model.schedule import Dependency

AS_OF = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("first", "second", "shared", "found"),
    [
        ("Digitale Parkraumsteuerung", "Digitale Parkraum-Steuerung", True, True),
        ("Projekt: Offene Datenplattform", "Datenplattform, offene", False, True),
        ("Maßnahme Bürger-App", "Buerger App", False, True),
        ("Sensorik für Regenbecken", "Sensorik für Regenbecke", True, True),
        ("Intelligente Beleuchtung", "Intelligente Bewässerung", True, False),
        ("Bürgerkoffer Nord", "Bürgerkoffer Süd", True, False),
        ("Digitale Akte Stufe 1", "Digitale Akte Stufe 2", True, False),
        ("Projekt", "Maßnahme", True, False),
        ("Digitaler Bauantrag online", "Digitaler Bauantrag", False, False),
    ],
)
def test_alike_titles_may_be_duplicates(first: str, second: str, shared: bool, found: bool) -> None:
    one = Project(programme="p", key="a", title=first, unit="u")
    other = Project(programme="p", key="b", title=second, unit="u" if shared else "w")
    assert bool(possible_duplicates([one, other])) is found
    assert bool(possible_duplicates([other, one])) is found


@pytest.mark.parametrize(
    ("values", "state", "status"),
    [
        ({}, HandoverState.UNCONFIRMED, Status.AT_RISK),
        ({"needed_by": AS_OF}, HandoverState.UNCONFIRMED, Status.AT_RISK),
        ({"needed_by": AS_OF, "confirmed_on": AS_OF}, HandoverState.CONFIRMED, Status.ON_TRACK),
        ({"needed_by": AS_OF - timedelta(1), "confirmed_on": AS_OF}, HandoverState.OVERDUE, Status.AT_RISK),
        ({"needed_by": AS_OF - timedelta(32)}, HandoverState.OVERDUE, Status.CRITICAL),
        ({"needed_by": AS_OF - timedelta(32), "provided_on": AS_OF}, HandoverState.PROVIDED, Status.DONE),
        ({"provided_on": AS_OF + timedelta(1)}, HandoverState.UNCONFIRMED, Status.AT_RISK),
    ],
)
def test_a_delivery_is_overdue_until_it_is_provided(
    values: dict[str, Any], state: HandoverState, status: Status
) -> None:
    item = Dependency(programme="p", provider="unit", consumer="project", **values)
    (found,) = handovers([item], {"m"}, AS_OF)
    assert (found.state, found.status) == (state, status)


def test_the_schedule_keeps_its_own_dependencies_and_the_urgent_deliveries_stand_on_top() -> None:
    pairs = [("m1", "m2"), ("u", "sure"), ("u", "open"), ("u", "late"), ("m1", "v")]
    days: dict[str, dict[str, Any]] = {
        "sure": {"confirmed_on": AS_OF},
        "late": {"needed_by": AS_OF - timedelta(2)},
        "v": {"provided_on": AS_OF},
    }
    items = [Dependency(programme="p", provider=a, consumer=b, **days.get(b, {})) for a, b in pairs]
    found = handovers(items, {"m1", "m2"}, AS_OF)
    assert [item.dependency.consumer for item in found] == ["late", "open", "sure", "v"]


def risk(key: str = "r", **values: Any) -> Risk:
    given = {"title": key, "identified_on": AS_OF - timedelta(9), "probability": 2, "impact": 3}
    return Risk(programme="p", key=key, **{**given, **values})


def assessed(day: date, probability: int, impact: int) -> RiskAssessment:
    return RiskAssessment(programme="p", risk="r", assessed_on=day, probability=probability, impact=impact)


def test_a_risk_moves_from_its_last_but_one_to_its_last_assessment() -> None:
    later = [assessed(AS_OF, 5, 3), assessed(AS_OF - timedelta(3), 1, 1), assessed(AS_OF + timedelta(1), 5, 5)]
    (found,) = risk_standings([risk()], later, AS_OF)
    assert (found.place, found.before, found.moved, found.assessed_on) == ((5, 3), (1, 1), 14, AS_OF)
    (first,) = risk_standings([risk()], [], AS_OF)
    assert (first.place, first.before, first.moved) == ((2, 3), None, 0)


def test_closed_risks_are_left_out_and_overdue_responses_stand_on_top() -> None:
    risks = [
        risk("heavy", probability=5, impact=5),
        risk("closed", closed_on=AS_OF),
        risk("later", identified_on=AS_OF + timedelta(1)),
        risk("due", response_due=AS_OF),
        risk("overdue", response_due=AS_OF - timedelta(1), probability=1, impact=1),
    ]
    found = risk_standings(risks, [], AS_OF)
    assert [(item.risk.key, item.overdue) for item in found] == [("overdue", 1), ("heavy", None), ("due", None)]
