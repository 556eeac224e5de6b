"""Invitations: pseudonyms that nobody had, how far each person is, who has to be reminded."""

from __future__ import annotations

import secrets
from datetime import date
from itertools import chain, cycle
from typing import Any

from smartdash.analysis.invitations import new_invitations, new_respondents, standings, to_remind, wave_key
from smartdash.model.surveys import Invitation, Response, ResponseState, SurveyWave

DAY = date(2026, 5, 4)
WAVE = SurveyWave(programme="p", key="2026", title="W", maturity_model="m", start=DAY, end=date(2026, 5, 22), demo=True)


def invitation(respondent: str, unit: str = "it") -> Invitation:
    return Invitation(programme="p", key="", survey_wave="2026", unit=unit, respondent=respondent, invited_on=DAY)


def response(respondent: str, criterion: str, day: int = 5, **more: Any) -> Response:
    values = more or {"level": 2}
    return Response(
        programme="p",
        key="",
        survey_wave="2026",
        unit="it",
        respondent=respondent,
        criterion=criterion,
        answered_on=date(2026, 5, day),
        **values,
    )


def test_pseudonyms_are_short_readable_and_new() -> None:
    made = new_respondents(300, [], secrets.choice)
    assert len(set(made)) == 300
    assert all(len(one) == 9 and one[4] == "-" for one in made)
    assert not set("".join(made)) & set("0o1il2z5s6b8gquaey")


def test_a_pseudonym_that_was_given_is_never_given_again() -> None:
    drawn = chain("c" * 8, "d" * 8, cycle("f"))
    assert new_respondents(2, ["dddd-dddd"], lambda signs: next(drawn)) == ["cccc-cccc", "ffff-ffff"]


def test_so_many_are_invited_of_each_unit() -> None:
    made = new_invitations(WAVE, {"it": 2, "bau": 0, "swm": 1}, DAY, [], secrets.choice)
    assert [one.unit for one in made] == ["it", "it", "swm"]
    assert {(one.survey_wave, one.invited_on, one.reminded_on, one.demo) for one in made} == {("2026", DAY, None, True)}


def test_how_far_each_person_is() -> None:
    given = [
        response("a", "c1", 6),
        response("a", "c2", 9, state=ResponseState.DO_NOT_KNOW),
        response("b", "c1", 7),
        response("b", "c2", 8, state=ResponseState.MISSING),
        response("b", "old", 8),
        response("c", "c1", 5, state=ResponseState.MISSING),
    ]
    people = [invitation(name) for name in "abcd"]
    found = standings(people, given, {"c1", "c2"})
    assert [(one.answered, one.last, one.complete, one.open) for one in found] == [
        (2, date(2026, 5, 9), True, False),
        (1, date(2026, 5, 7), False, False),
        (0, None, False, True),
        (0, None, False, True),
    ]
    assert to_remind(found) == {"it": people[2:]}


def test_an_answer_counts_for_its_own_unit_and_wave_only() -> None:
    [found] = standings([invitation("a", "bau")], [response("a", "c1")], {"c1"})
    assert found.open


def test_the_key_of_a_wave_is_its_year() -> None:
    assert wave_key(DAY, set()) == "2026"
    assert wave_key(DAY, {"2026", "2026-2"}) == "2026-3"
