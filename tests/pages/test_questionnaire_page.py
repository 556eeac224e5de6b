"""The questionnaire: only the own answers are seen, nothing typed is lost, and each dimension is stored on its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from made_survey import TODAY, fill, invitation, response, survey, wave
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.analysis.guessing import MOST_WRONG
from smartdash.locale import words
from smartdash.locale.numbers import day
from smartdash.model.surveys import Effort, Response, ResponseState
from smartdash.store import Store
from smartdash.ui import key_attempts

SAY = words("de")
LINK = {"programme": "p", "wave": "w", "answers_for": "it", "key": "k-1"}


def widget(app: AppTest, kind: str, criterion: str, field: str) -> object:
    ending = f" {criterion}_{field}"
    return next(item for item in getattr(app, kind) if str(item.key).endswith(ending))


def choose(app: AppTest, criterion: str, field: str, value: object) -> AppTest:
    kind = "radio" if field == "answer" and criterion != "b2" else "button_group"
    return widget(app, kind, criterion, field).set_value(value).run()  # type: ignore[attr-defined, no-any-return]


def press(app: AppTest, message: str) -> AppTest:
    app = next(item for item in app.button if item.label == SAY(message)).click().run()
    assert not app.exception
    return app


def go(app: AppTest, dimension: str) -> AppTest:
    app = app.selectbox(key="questionnaire_dimension").set_value(dimension).run()
    assert not app.exception
    return app


def kept(store: Store) -> Mapping[tuple[str, str], Response]:
    rows = store.current("p")["response"]
    return {(row.respondent, row.criterion): row for row in rows if isinstance(row, Response)}


def test_a_link_opens_the_own_answers_and_nobody_elses(empty_store: Store, open_page: OpenPage) -> None:
    others = (response("it", "k-2", "a1", 5, comment="Geheimnis"), response("works", "k-1", "a1", 4, comment="Fremd"))
    own = response("it", "k-1", "a1", 2, comment="Eigenes", public=False)
    survey(empty_store, invitation("it", "k-1"), invitation("it", "k-2"), invitation("works", "k-1"), own, *others)
    app = open_page("questionnaire", **LINK)
    assert not app.exception
    shown = " ".join(texts(app))
    assert "Geheimnis" not in shown
    assert "Fremd" not in shown
    assert widget(app, "radio", "a1", "answer").value == 2  # type: ignore[attr-defined]
    assert widget(app, "text_area", "a1", "comment").value == "Eigenes"  # type: ignore[attr-defined]
    assert "Anfang in A" in shown, "the levels are said in words"
    assert "key" not in app.query_params, "who sees the address afterwards cannot answer"
    assert "unit" not in app.query_params, "answering for a unit is not reading for it"
    assert SAY("questionnaire.progress", done="1", n=4) in texts(app), "nothing is called unsaved"
    offered = [widget(app, "radio", criterion, "answer").options for criterion in ("a1", "a2")]  # type: ignore[attr-defined]
    assert [SAY("questionnaire.not_applicable") in options for options in offered] == [True, False]


def test_what_was_typed_is_there_after_another_dimension_and_is_stored_in_one_revision(
    empty_store: Store, open_page: OpenPage
) -> None:
    survey(empty_store, invitation("it", "k-1"))
    app = choose(open_page("questionnaire", **LINK), "a1", "answer", 3)
    app = choose(app, "a1", "effort", Effort.LARGE)
    app = choose(app, "a2", "answer", ResponseState.DO_NOT_KNOW)
    widget(app, "text_area", "a1", "comment").input("noch nicht gespeichert")  # type: ignore[attr-defined]
    app = go(go(app, "B"), "A")
    assert SAY("questionnaire.unsaved", n=2) in " ".join(texts(app))
    assert widget(app, "text_area", "a1", "comment").value == "noch nicht gespeichert"  # type: ignore[attr-defined]
    app = press(app, "questionnaire.store_and_next")
    assert not app.error
    assert app.selectbox(key="questionnaire_dimension").value == "B"
    found = kept(empty_store)
    first, second = found["k-1", "a1"], found["k-1", "a2"]
    assert (first.level, first.effort, first.comment) == (3, Effort.LARGE, "noch nicht gespeichert")
    assert (first.unit, first.survey_wave, first.answered_on) == ("it", "w", TODAY)
    assert second.state is ResponseState.DO_NOT_KNOW
    [stored, _] = empty_store.revisions("p")
    assert stored.author == SAY("questionnaire.author"), "who answered when is nobody's business"
    assert len(found) == 2, "what is open is not stored"


def test_an_indicator_takes_a_value_or_a_reason_and_not_both(empty_store: Store, open_page: OpenPage) -> None:
    survey(empty_store, invitation("it", "k-1"))
    app = go(open_page("questionnaire", **LINK), "B")
    assert any("50 %" in text.replace("\u00a0", " ") for text in texts(app)), "the anchors are said"
    widget(app, "text_input", "b2", "number").input("37,5")  # type: ignore[attr-defined]
    app = press(choose(app, "b2", "answer", ResponseState.NOT_APPLICABLE), "questionnaire.store")
    assert app.error
    assert not kept(empty_store)
    app = press(choose(app, "b2", "answer", None), "questionnaire.store")
    assert not app.error
    assert kept(empty_store)["k-1", "b2"].value == Decimal("37.5")


def test_an_answer_of_another_window_is_not_overwritten_unseen(empty_store: Store, open_page: OpenPage) -> None:
    survey(empty_store, invitation("it", "k-1"))
    app = choose(open_page("questionnaire", **LINK), "a1", "answer", 3)
    fill(empty_store, response("it", "k-1", "a1", 5))
    app = press(app, "questionnaire.store_and_next")
    assert app.error
    assert kept(empty_store)["k-1", "a1"].level == 5
    assert app.selectbox(key="questionnaire_dimension").value == "A"
    assert widget(app, "radio", "a1", "answer").value == 3  # type: ignore[attr-defined]


def test_unit_and_pseudonym_have_to_match_an_invitation(empty_store: Store, open_page: OpenPage) -> None:
    survey(empty_store, invitation("it", "k-1"))
    app = open_page("questionnaire", programme="p")
    for unit, typed, opens in (("it", "k-9", False), ("works", "k-1", False), ("it", "K-1", True)):
        app.selectbox(key="questionnaire_unit").set_value(unit)
        app.text_input(key="questionnaire_key").input(typed)
        app = press(app, "questionnaire.open_it")
        assert bool(app.radio) is opens, (unit, typed)
        assert [item.value for item in app.error] == ([] if opens else [SAY("questionnaire.unknown")])


def test_after_many_wrong_keys_for_a_unit_nobody_gets_in_for_a_while(
    empty_store: Store, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey(empty_store, invitation("it", "k-1"), invitation("works", "k-1"))
    clock = [1000.0]
    monkeypatch.setattr(key_attempts, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    for _ in range(MOST_WRONG - 1):
        key_attempts.attempt(("p", "w", "it"), lambda: None)
    app = open_page("questionnaire", **(LINK | {"key": "wrong"}))
    assert [item.value for item in app.error] == [SAY("questionnaire.unknown")]
    for seconds, minutes in ((0, 10), (541, 1)):
        clock[0] = 1000 + seconds
        app = open_page("questionnaire", **LINK)
        assert [item.value for item in app.error] == [SAY("questionnaire.wait", n=minutes)]
        assert not app.radio
    assert open_page("questionnaire", **(LINK | {"answers_for": "works"})).radio, "others need not wait"
    clock[0] += 60
    assert open_page("questionnaire", **LINK).radio


def test_where_nobody_can_answer_a_sentence_says_why(empty_store: Store, open_page: OpenPage) -> None:
    others = (wave(1, 9, key="next", title="Winter"), wave(-9, -1, key="last", title="Sommer"))
    survey(empty_store, invitation("it", "k-1"), *others)
    begins, ended = (day(TODAY + timedelta(days), "de") for days in (1, -1))
    for address, sentence in (
        ({"wave": "next"}, SAY("questionnaire.not_begun", title="Winter", day=begins)),
        ({"wave": "last"}, SAY("questionnaire.ended", title="Sommer", day=ended)),
        ({"audience": "public"}, SAY("capture.not_public")),
        ({"presentation": "1"}, SAY("questionnaire.not_in_presentation")),
        ({"as_of": str(TODAY - timedelta(1))}, SAY("capture.not_in_past", day=day(TODAY, "de"))),
    ):
        app = open_page("questionnaire", **(LINK | address))
        assert not app.radio, address
        assert sentence in texts(app), address
