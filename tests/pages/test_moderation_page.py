"""The moderated meeting: a consensus stands beside the answers, is changed and taken back, and is nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from made_survey import response, survey, wave
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.locale import words
from smartdash.model.surveys import Consensus
from smartdash.store import Store

SAY = words("de")
ANSWERS = [response("it", f"k-{level}", "a1", level, comment=f"Wort {level}") for level in (1, 3, 5)]


def press(app: AppTest, message: str) -> AppTest:
    app = next(item for item in app.button if item.label == SAY(message)).click().run()
    assert not app.exception
    return app


def kept(store: Store) -> tuple[Sequence[Any], Sequence[Any]]:
    rows = store.current("p")
    return rows["response"], rows["consensus"]


def test_a_consensus_is_entered_changed_and_taken_back_beside_the_answers(
    empty_store: Store, open_page: OpenPage
) -> None:
    survey(empty_store, *ANSWERS, running=wave(-30, -5))
    before, none = kept(empty_store)
    app = open_page("survey", programme="p", unit="office")
    assert not app.exception
    assert none == ()
    assert not [key for key in _buttons(app) if "moderation.raters" in key], "single answers are in no file"
    app = press(app, "moderation.store")
    assert [item.value for item in app.error] == [SAY("moderation.level_needed")]
    app = answer(app, 3, "Gemeinsam gelesen")
    assert not app.error
    answers, [found] = kept(empty_store)
    assert answers == before, "no answer is touched"
    assert isinstance(found, Consensus)
    assert (found.unit, found.criterion, found.level, found.reason) == ("it", "a1", 3, "Gemeinsam gelesen")
    app = answer(app, 4, "Nach Vorlage des Katalogs")
    assert kept(empty_store)[1][0].level == 4
    assert any("3 → 4" in text for text in texts(app)), "the change is told in the versions"
    app = press(app, "moderation.take_back")
    assert not app.error
    assert kept(empty_store) == (before, ())


def _buttons(app: AppTest) -> list[str]:
    return [item.proto.id for item in app.get("download_button")]


def answer(app: AppTest, level: int, reason: str) -> AppTest:
    radio = next(item for item in app.radio if str(item.key).startswith("draft_moderation"))
    app = radio.set_value(level).run()
    area = next(item for item in app.text_area if str(item.key).startswith("draft_moderation"))
    area.input(reason)
    return press(app, "moderation.store")


def test_who_does_not_moderate_reads_no_answer_and_settles_nothing(empty_store: Store, open_page: OpenPage) -> None:
    survey(empty_store, *ANSWERS, running=wave(-30, -5))
    for unit in ("works", "it"):
        app = open_page("survey", programme="p", unit=unit)
        assert not app.exception
        shown = " ".join(texts(app))
        assert "Wort 5" not in shown, unit
        assert SAY("moderation.store") not in shown, unit
    app = open_page("survey", programme="p", unit="office", presentation="1")
    assert "Wort 5" in " ".join(texts(app)), "the meeting looks at it together"
    assert SAY("moderation.store") in texts(app)
