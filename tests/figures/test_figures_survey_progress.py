"""How a survey comes in: who is silent, who is done, who is reminded, and what leaves the house."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from made_stores import drawn, fill, shown

from smartdash.locale import Language
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.shared import Unit
from smartdash.model.surveys import Invitation, Response, SurveyWave
from smartdash.store import Audience, Store

RUNNING = date(2026, 5, 18)
UNITS = {"it": "IT-Amt", "bau": "Bauamt", "swm": "Stadtwerke", "oper": "Oper"}
PEOPLE = {"it": 2, "bau": 3, "swm": 3, "oper": 1}


def survey() -> list[Record]:
    """The IT office is done, the Bauamt half, the utilities have all begun, the opera is silent."""
    return [
        MaturityModel(programme="p", key="m", title_de="M", title_en="M", version="1"),
        Dimension(programme="p", key="d", maturity_model="m", title_de="D", title_en="D"),
        *(Criterion(programme="p", key=key, dimension="d", title_de=key, title_en=key) for key in ("c1", "c2")),
        *(Unit(programme="p", key=key, title=title) for key, title in UNITS.items()),
        *(
            SurveyWave(
                programme="p",
                key=str(year),
                title=f"Welle {year}",
                maturity_model="m",
                start=date(year, 5, 4),
                end=date(year, 5, 22),
            )
            for year in (2025, 2026, 2027)
        ),
        *(
            Invitation(
                programme="p", key="", survey_wave="2026", unit=unit, respondent=f"{unit}{n}", invited_on=RUNNING
            )
            for unit, count in PEOPLE.items()
            for n in range(count)
        ),
        *(
            Response(
                programme="p",
                key="",
                survey_wave="2026",
                unit=unit,
                respondent=f"{unit}{n}",
                criterion=criterion,
                answered_on=date(2026, 5, 10 + n),
                level=2,
            )
            for unit, n, asked in (
                ("it", 0, "12"),
                ("it", 1, "12"),
                ("bau", 0, "12"),
                ("swm", 0, "1"),
                ("swm", 1, "1"),
                ("swm", 2, "1"),
            )
            for criterion in (f"c{number}" for number in asked)
        ),
    ]


def test_who_has_answered_while_the_survey_runs(empty_store: Store) -> None:
    fill(empty_store, *survey())
    draft = shown(empty_store, "survey.progress", as_of=RUNNING).draft
    assert draft.rows == (
        ("Oper", "unknown", 1, 0, 0, 1, D(0), None),
        ("Bauamt", "at_risk", 3, 1, 1, 2, D(1) / 3, date(2026, 5, 10)),
        ("Stadtwerke", "on_track", 3, 3, 0, 0, D(1), date(2026, 5, 12)),
        ("IT-Amt", "done", 2, 2, 2, 0, D(1), date(2026, 5, 11)),
    )
    assert draft.message == (
        "„Welle 2026“: 6 von 9 Eingeladenen haben geantwortet (67\u00a0%), aus 3 von 4 Einheiten. "
        "Es bleiben 4 Tage bis zum 22.05.2026. Zu erinnern: Bauamt (2) und Oper (1)."
    )
    assert "1 eingeladen, 0 begonnen, 0 vollständig · noch keine Antwort" in drawn(draft)


@pytest.mark.parametrize(
    ("as_of", "state", "words"),
    [
        (date(2026, 5, 22), "unknown", "letzte Tag"),
        (date(2026, 5, 23), "critical", "Die Erhebung endete am 22.05.2026."),
    ],
)
def test_silence_is_grey_until_the_end_and_red_afterwards(
    empty_store: Store, as_of: date, state: str, words: str
) -> None:
    fill(empty_store, *survey())
    draft = shown(empty_store, "survey.progress", as_of=as_of).draft
    states = {row[0]: row[1] for row in draft.rows}
    assert (states["Oper"], states["IT-Amt"]) == (state, "done")
    assert states["Stadtwerke"] == ("on_track" if state == "unknown" else "at_risk")
    assert words in draft.message
    assert ("Zu erinnern" in draft.message) == (state == "unknown")


@pytest.mark.parametrize(("lang", "number"), [("de", "6 von 9"), ("en", "6 of 9")])
def test_the_public_sees_totals_only(empty_store: Store, lang: Language, number: str) -> None:
    fill(empty_store, *survey())
    figure = shown(empty_store, "survey.progress", lang, RUNNING, audience=Audience.PUBLIC)
    assert figure.draft.rows == (("Welle 2026", 4, 3, 9, 6, D(6) / 9),)
    assert number in figure.draft.message
    assert figure.draft.chart is None
    assert not any(title in figure.draft.message for title in UNITS.values())


def test_before_anybody_is_invited(empty_store: Store) -> None:
    fill(empty_store, *survey())
    draft = shown(empty_store, "survey.progress", as_of=date(2025, 5, 1)).draft
    assert draft.message == "„Welle 2025“: Noch ist niemand eingeladen. Die Erhebung beginnt am 04.05.2025."
    assert draft.rows == (("Welle 2025", 0, 0, 0, 0, None),)


def test_of_many_units_those_to_look_at_first_are_drawn(empty_store: Store) -> None:
    more = [f"amt{number:02}" for number in range(40)]
    units = [Unit(programme="p", key=key, title=key) for key in more]
    invited = [
        Invitation(programme="p", key="", survey_wave="2026", unit=key, respondent=key, invited_on=RUNNING)
        for key in more
    ]
    fill(empty_store, *survey(), *units, *invited)
    draft = shown(empty_store, "survey.progress", as_of=RUNNING).draft
    assert len(draft.rows) == 44
    assert "amt39" in drawn(draft)
    assert "Bauamt" not in drawn(draft)
    assert "Gezeichnet sind die 40 Einheiten" in draft.note
    assert "und 38 weitere Einheiten" in draft.message
