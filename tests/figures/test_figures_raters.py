"""The rater strips: what a unit and the moderation see, and that nobody else sees a single answer."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from made_reader import column
from made_survey import TODAY, fill, response, survey, wave

from smartdash.charts.tokens import LIGHT
from smartdash.figures import Figure, make
from smartdash.locale import words
from smartdash.model.surveys import Consensus, Response, ResponseState
from smartdash.store import Audience, Scope, Store
from smartdash.store.survey_results import survey_scores, survey_waves

SAY = words("de")
ENDED = wave(-30, -5)


def seen(store: Store, chosen: dict[str, str] | None = None, **scope: Any) -> Figure:
    with store.read(Scope("p", TODAY, **scope)) as reader:
        return make(reader, "moderation.raters", "de", chosen)


def answers(unit: str, criterion: str, *levels: int) -> list[Response]:
    return [response(unit, f"{unit}-{place}", criterion, level) for place, level in enumerate(levels)]


def agreed(unit: str, criterion: str, level: int) -> Consensus:
    values = {"survey_wave": "w", "unit": unit, "criterion": criterion, "level": level}
    return Consensus(programme="p", key="", agreed_on=TODAY, reason="Grund", **values)


def full(store: Store) -> None:
    """Two units: one disagrees on a1 (settled) and a2, the other strongly on b1; b2 is an indicator."""
    survey(
        store,
        *answers("it", "a1", 1, 3, 5),
        *answers("it", "a2", 2, 4),
        *answers("it", "b1", 3, 3, 3),
        *answers("works", "b1", 1, 5, 5),
        response("it", "it-0", "b2", value=Decimal(50)),
        response("it", "it-1", "b2", value=Decimal(0)),
        response("works", "works-0", "a1", state=ResponseState.NOT_APPLICABLE),
        agreed("it", "a1", 3),
        running=ENDED,
    )


def test_the_moderation_sees_all_units_and_the_strongest_disagreement_first(empty_store: Store) -> None:
    full(empty_store)
    draft = seen(empty_store, unit="office").draft
    rows = list(zip(column(draft, "unit"), column(draft, "criterion"), column(draft, "agreed"), strict=True))
    assert rows == [
        ("IT-Amt", "Frage b2", None),
        ("Stadtwerke", "Frage b1", None),
        ("IT-Amt", "Frage a2", None),
        ("IT-Amt", "Frage a1", "3"),
    ]
    assert column(draft, "levels")[0] == "1 · 5", "an indicator's values lie on the scale of levels"
    assert column(draft, "within_group")[1:] == [Decimal("-1.67"), None, Decimal("-1")]
    assert draft.message.startswith("3 Punkte sind zu klären, 1 ist geklärt")
    assert draft.chart
    drawn = json.dumps(draft.chart(LIGHT).to_dict())
    assert "works-0" not in drawn + str(draft.rows), "nobody is told by the pseudonym"
    assert "diamond" in drawn


def test_a_unit_sees_its_own_raters_only(empty_store: Store) -> None:
    full(empty_store)
    draft = seen(empty_store, {"unit": "works", "show": "all"}, unit="it").draft
    assert set(column(draft, "unit")) == {"IT-Amt"}
    assert [option.name for option in draft.options] == ["survey_wave", "unit", "show"]
    assert list(draft.options[1].values) == ["it"]


def test_nobody_else_sees_a_single_answer(empty_store: Store) -> None:
    full(empty_store)
    for scope in ({}, {"unit": "office", "for_export": True}, {"unit": "office", "audience": Audience.PUBLIC}):
        draft = seen(empty_store, **scope).draft
        assert (draft.rows, draft.chart) == ((), None), scope
        assert draft.message in (SAY("moderation.no_unit"), SAY("moderation.stays_inside"))
    fill(empty_store, wave(-90, -60, key="old", moderated_by=None))
    with empty_store.read(Scope("p", TODAY, unit="works")) as reader:
        assert {row.unit for row in reader.all(Response)} == {"works"}
        assert reader.all(Consensus) == ()


def test_while_a_wave_runs_its_answers_are_not_shown(empty_store: Store) -> None:
    survey(empty_store, *answers("it", "a1", 1, 5))
    assert seen(empty_store, unit="it").draft.message == SAY("moderation.no_wave")


def test_what_is_to_be_clarified_is_what_the_results_count_as_unclear(empty_store: Store) -> None:
    full(empty_store)
    draft = seen(empty_store, {"show": "all"}, unit="office").draft
    with empty_store.read(Scope("p", TODAY, unit="office")) as reader:
        [ended] = survey_waves(reader)
        scores = survey_scores(reader, ended)
    for key, title in (("it", "IT-Amt"), ("works", "Stadtwerke")):
        marked = [
            state
            for unit, state in zip(column(draft, "unit"), column(draft, "state"), strict=True)
            if unit == title and (SAY("moderation.is_open") in state or SAY("moderation.is_settled") in state)
        ]
        assert scores.cells[key, ""].unclear == len(marked)


def test_a_consensus_changes_no_answer_and_no_result_of_the_answers(empty_store: Store) -> None:
    def answered() -> Any:
        with empty_store.read(Scope("p", TODAY, unit="office")) as reader:
            [ended] = survey_waves(reader)
            scores = [survey_scores(reader, ended, basis) for basis in ("answers", "consensus")]
            return reader.all(Response), *(found.cells["it", "A"].mean for found in scores)

    full(empty_store)
    before, level, _ = answered()
    fill(empty_store, agreed("it", "a2", 5))
    assert answered() == (before, level, 4), "(3 + 5) / 2"
    assert level == 3
