"""The list of invitations to hand out: grouped by unit, each with the address of its questionnaire."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from survey_forms import FORM, WAVE

from smartdash.exchange.invitation_list import invitation_list, questionnaire_address


def test_the_list_has_a_row_per_pseudonym_unit_by_unit() -> None:
    listed = invitation_list(WAVE, FORM.invitations, FORM.units, "https://stadt.example/dash/", "de")
    assert [row[:2] for row in listed.rows] == [
        ["Amt für IT", "c3dh-f9jn"],
        ["Amt für IT", "k4tm-x7rp"],
        ["Bauamt", "w7xv-pr4t"],
    ]
    assert len(listed.headings) == len(listed.rows[0])


def test_the_address_opens_the_questionnaire_of_the_person() -> None:
    address = urlsplit(questionnaire_address("https://stadt.example/dash/", FORM.invitations[0], "en"))
    assert (address.netloc, address.path) == ("stadt.example", "/dash/questionnaire")
    assert parse_qs(address.query) == {
        "programme": ["p"],
        "wave": ["2026"],
        "answers_for": ["it"],
        "key": ["k4tm-x7rp"],
        "lang": ["en"],
    }
    assert "lang" not in questionnaire_address("", FORM.invitations[0], "de")
