"""Setting up a conference on its page: added with an agenda, its agenda edited, its own fields corrected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from conference_records import AGENDA, CONFERENCE, MATERIAL, TODAY, fill
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.figures import CATALOGUE
from smartdash.figures.conference_data import MINUTES
from smartdash.locale import LANGUAGES, Language, words
from smartdash.locale.numbers import day
from smartdash.model.conferences import AgendaItem, AgendaKind, Conference, ConferenceKind
from smartdash.store import Audience, Scope, Store
from smartdash.ui import opened
from smartdash.ui.conference_figures import PREPARATION

SAY = words("de")


def prepare(open_page: OpenPage, **address: str) -> AppTest:
    app = open_page("conference", programme="p", way="prepare", **address)
    assert not app.exception
    return app


def press(app: AppTest, message: str) -> AppTest:
    app = next(one for one in app.button if one.label == SAY(message)).click().run()
    assert not app.exception
    return app


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(one for one in app.get(kind) if f"conference_{name}_" in str(one.key))


def errors(app: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in app.error]


def kept(store: Store, record: type[Any]) -> list[Any]:
    return list(store.current("p")[record.sheet.name])


def turn(app: AppTest, form: str) -> AppTest:
    app = widget(app, "selectbox", "setup").select(form).run()
    assert not app.exception
    return app


def test_a_conference_is_added_with_an_agenda_and_opened(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, *MATERIAL)
    app = prepare(open_page)
    assert SAY("live.none") in texts(app)
    widget(app, "selectbox", "new_next").select("q1")
    app = press(app, "setup.store_new")
    assert errors(app) == [SAY("setup.next_too_early", cycle="Q1")]
    widget(app, "selectbox", "new_next").select("q2")
    widget(app, "text_input", "new_starts_at").input("25 Uhr")
    app = press(app, "setup.store_new")
    assert errors(app) == [SAY("setup.no_time", value="25 Uhr")]
    assert kept(empty_store, Conference) == []
    widget(app, "text_input", "new_starts_at").input("9:00")
    widget(app, "date_input", "new_held_on").set_value(TODAY + timedelta(7))
    widget(app, "number_input", "new_minutes").set_value(90)
    app = press(app, "setup.store_new")
    assert kept(empty_store, Conference) == [
        Conference(programme="p", key="q1-review", title="Rückblick Q1", kind=ConferenceKind.REVIEW, cycle="q1",
                   next_cycle="q2", held_on=TODAY + timedelta(7), starts_at="09:00")
    ]  # fmt: skip
    agenda = kept(empty_store, AgendaItem)
    assert sum(one.minutes for one in agenda) == 90
    assert [one.objective for one in agenda if one.kind is AgendaKind.OBJECTIVE] == ["o1", "o2"]
    assert AgendaKind.LAST_TIME not in {one.kind for one in agenda}, "there was none before"
    assert len(empty_store.revisions("p")) == 2, "the conference and its agenda are one revision"
    assert any(SAY("setup.done_new", n=len(agenda)) in text for text in texts(app))
    assert widget(app, "selectbox", "setup").value == "agenda", "its agenda can be edited at once"

    app = turn(app, "new")
    app = press(app, "setup.store_new")
    assert [one.key for one in kept(empty_store, Conference)] == ["q1-review", "q1-review-01"]
    assert app.selectbox(key="conference_choice_p").value == "q1-review-01"


def test_the_agenda_is_edited_as_one_revision_and_a_stale_edit_is_refused(
    empty_store: Store, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = AGENDA[0].model_copy(update={"key": "b1", "conference": "k2"})
    later = CONFERENCE.model_copy(update={"key": "k2", "held_on": TODAY + timedelta(7)})
    fill(empty_store, *MATERIAL, CONFERENCE, *AGENDA, later, other)
    app = prepare(open_page, conference="k1")

    def editor(frame: pd.DataFrame, **_: object) -> pd.DataFrame:
        if "a3" not in set(frame["key"]):
            return frame  # The page runs once more with what was stored.
        added = pd.DataFrame([{"place": 3.0, "minutes": 10, "subject": "other", "title": " Pause "}])
        return pd.concat([frame[frame["key"] != "a3"].assign(minutes=[5, 20, 5]), added])

    monkeypatch.setattr(st, "data_editor", editor)
    app = press(app, "setup.store")
    assert SAY("setup.length", minutes="40") in texts(press(app, "data.reload"))
    items = {one.key: one for one in kept(empty_store, AgendaItem)}
    assert items.pop("b1") == other, "the agenda of another conference stays"
    assert [(one.key, one.minutes, one.title) for one in sorted(items.values(), key=lambda one: one.order)] == [
        ("a1", 5, None), ("a2", 20, None), ("k1-01", 10, "Pause"), ("a4", 5, None),
    ]  # fmt: skip
    assert empty_store.revisions("p")[0].reason == "Tagesordnung geändert: Rückblick Q1"

    monkeypatch.setattr(st, "data_editor", lambda frame, **_: frame.assign(minutes=[1, 2, 3, 4]))
    app = prepare(open_page, conference="k1")
    before = len(empty_store.revisions("p"))
    fill(empty_store, items["a2"].model_copy(update={"minutes": 25}))
    app = press(app, "setup.store")
    assert "a2" in errors(app)[0]
    assert len(empty_store.revisions("p")) == before + 1

    monkeypatch.setattr(st, "data_editor", lambda frame, **_: frame.assign(subject=[None, "other", "other", "other"]))
    app = press(press(app, "data.reload"), "setup.store")
    assert errors(app) == [SAY("setup.needs_subject_and_minutes")]


def test_a_proposal_replaces_the_agenda_and_details_are_corrected(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, *MATERIAL, CONFERENCE, *AGENDA)
    app = turn(prepare(open_page), "propose")
    assert SAY("setup.replaces", n=4) in texts(app)
    widget(app, "number_input", "propose_k1_minutes").set_value(60)
    app = press(app, "setup.store_proposal")
    agenda = kept(empty_store, AgendaItem)
    assert (sum(one.minutes for one in agenda), {one.key for one in agenda} & {"a1", "a2", "a3", "a4"}) == (60, set())

    app = turn(app, "fields")
    assert widget(app, "selectbox", "fields_k1_cycle").disabled, "the agenda names objectives of the cycle"
    widget(app, "text_input", "fields_k1_place").input("Saal 1")
    app = press(app, "setup.store")
    assert kept(empty_store, Conference) == [CONFERENCE.model_copy(update={"place": "Saal 1"})]


def test_the_agenda_of_a_conference_that_has_begun_is_left_alone(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, *MATERIAL, CONFERENCE, AGENDA[0].model_copy(update={"done": True}), *AGENDA[1:])
    assert widget(prepare(open_page), "selectbox", "setup").options == [
        SAY("setup.form_fields"), SAY("setup.form_new"),
    ]  # fmt: skip


@pytest.mark.parametrize("address", [{"audience": "public"}, {"presentation": "1"}, {"revision": "1"}])
def test_nothing_is_set_up_by_the_public_on_the_projector_or_in_the_past(
    empty_store: Store, open_page: OpenPage, address: dict[str, str]
) -> None:
    fill(empty_store, *MATERIAL, CONFERENCE, *AGENDA)
    assert SAY("setup.what") not in texts(prepare(open_page, **address))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_figure_of_the_page_is_on_it_as_of_the_conference(
    empty_store: Store, open_page: OpenPage, lang: Language
) -> None:
    later = CONFERENCE.model_copy(update={"key": "k2", "held_on": TODAY + timedelta(7)})
    fill(empty_store, *MATERIAL, CONFERENCE, later, *(one.model_copy(update={"conference": "k2"}) for one in AGENDA))
    assert {*PREPARATION, *MINUTES} == {entry.key for entry in CATALOGUE.values() if entry.page == "conference"}
    scope = Scope("p", later.held_on, None, Audience.INTERNAL)
    for way, keys in {"prepare": PREPARATION, "minutes": MINUTES}.items():
        found = texts(open_page("conference", programme="p", way=way, conference="k2", lang=lang))
        for key in keys:
            made = opened.figure(scope, key, lang, (("conference", "k2"),))
            assert any(made.draft.message in text for text in found), key
            stand = words(lang)("figure.stand", as_of=day(later.held_on, lang), revision=str(made.revision))
            assert sum(text.endswith(stand) for text in found) == len(keys)
