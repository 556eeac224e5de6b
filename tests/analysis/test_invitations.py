"""Invitations: pseudonyms that nobody had, how far each person is, who has to be reminded."""

from __future__ import annotations

import secrets
from datetime import date
from itertools import chain, cycle

from smartdash.analysis.invitations import new_invitations, new_respondents, standings, to_remind, wave_key
from smartdash.model.surveys import Invitation, SurveyWave

DAY = date(2026, 5, 4)
WAVE = SurveyWave(programme="p", key="2026", title="W", maturity_model="m", start=DAY, end=date(2026, 5, 22), demo=True)


def invitation(respondent: str, unit: str = "it") -> Invitation:
    return Invitation(programme="p", key="", survey_wave="2026", unit=unit, respondent=respondent, invited_on=DAY)


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


def test_how_far_each_person_is_and_who_is_silent() -> None:
    people = [invitation("a"), invitation("b"), invitation("b", "bau"), invitation("c")]
    found = standings(people, {("it", "a"): (2, DAY), ("it", "b"): (1, DAY)}, 2)
    assert [(one.answered, one.asked, one.last, one.open) for one in found] == [
        (2, 2, DAY, False),
        (1, 2, DAY, False),
        (0, 2, None, True),
        (0, 2, None, True),
    ]
    assert to_remind(found) == {"bau": [people[2]], "it": [people[3]]}


def test_the_key_of_a_wave_is_its_year() -> None:
    assert wave_key(DAY, set()) == "2026"
    assert wave_key(DAY, {"2026", "2026-2"}) == "2026-3"
