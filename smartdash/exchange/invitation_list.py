"""The list of invitations to hand out: who answers for which unit under which pseudonym, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from smartdash.exchange.list_workbook import PrintedList
from smartdash.locale import Language, words
from smartdash.locale.numbers import day_range
from smartdash.model.declare import fields
from smartdash.model.surveys import Invitation, SurveyWave


def questionnaire_address(base: str, invitation: Invitation, lang: Language) -> str:
    """The address at which an invited person answers; `base` is the address of the app without a page."""
    asked = {
        "programme": invitation.programme,
        "wave": invitation.survey_wave,
        "answers_for": invitation.unit,
        "key": invitation.respondent,
    }
    return f"{base.rstrip('/')}/questionnaire?{urlencode(asked | ({'lang': lang} if lang != 'de' else {}))}"


def invitation_list(
    wave: SurveyWave, invitations: Sequence[Invitation], units: Mapping[str, str], base: str, lang: Language
) -> PrintedList:
    """A row per invitation, unit by unit; `units` are their names by key."""
    say = words(lang)
    labels = {one.name: one.column.label(lang) for one in fields(Invitation)}
    ordered = sorted(invitations, key=lambda one: (units[one.unit], one.invited_on, one.respondent))
    return PrintedList(
        name=Invitation.sheet.label(lang),
        title=say("survey.list_title", wave=wave.title),
        facts=[day_range(wave.start, wave.end, lang), say("survey.list_hint")],
        headings=[
            labels["unit"],
            labels["respondent"],
            say("survey.address"),
            labels["invited_on"],
            labels["reminded_on"],
        ],
        rows=[
            [
                units[one.unit],
                one.respondent,
                questionnaire_address(base, one, lang),
                one.invited_on,
                one.reminded_on,
            ]
            for one in ordered
        ],
        demo=wave.demo,
    )
