"""The office's page of a survey: who may work on it, reminders, withdrawals, a new wave, and filled sheets."""

from __future__ import annotations

from typing import Any

import pytest
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest
from survey_forms import PROGRAMME, TODAY, fill_store, filled, response

from smartdash.locale import words
from smartdash.model.surveys import Invitation, Response, SurveyWave
from smartdash.store import Changes, Origin, Store

SAY = words("de")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANSWERED, SILENT, OTHER = "c3dh-f9jn", "k4tm-x7rp", "w7xv-pr4t"


@pytest.fixture
def survey_store(empty_store: Store) -> Store:
    fill_store(empty_store, response("A1", respondent=ANSWERED, level=1))
    return empty_store


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(name))


def pressed(app: AppTest, label: str, **values: Any) -> AppTest:
    app = next(button for button in app.button if button.label == SAY(label, **values)).click().run()
    assert not app.exception
    return app


def invitations(store: Store) -> dict[str, Invitation]:
    return {one.respondent: one for one in store.current("p")["invitation"] if isinstance(one, Invitation)}


def test_only_the_moderation_sees_who_is_invited(survey_store: Store, open_page: OpenPage) -> None:
    app = open_page("survey", programme="p", unit="it")
    shown = [*texts(app), *(frame.value.to_string() for frame in app.dataframe)]
    assert any(SAY("survey.other_moderates", unit="Bauamt") in text for text in shown)
    assert not any(key in text for text in shown for key in (ANSWERED, SILENT, OTHER))
    app = pressed(app, "survey.read_as", unit="Bauamt")
    assert any(ANSWERED in frame.value.to_string() for frame in app.dataframe)


def test_who_is_silent_is_reminded_and_an_unused_invitation_withdrawn(survey_store: Store, open_page: OpenPage) -> None:
    app = open_page("survey", programme="p", unit="bau")
    widget(app, "multiselect", "survey_remind_units").set_value(["it"])
    app = pressed(app, "survey.remind")
    assert {key: one.reminded_on for key, one in invitations(survey_store).items()} == {
        ANSWERED: None,
        SILENT: TODAY,
        OTHER: None,
    }
    offered = widget(app, "selectbox", "survey_withdrawn")
    assert not any(ANSWERED in option for option in offered.options)
    offered.set_value(f"2026/bau/{OTHER}")
    app = pressed(app, "survey.withdraw")
    assert set(invitations(survey_store)) == {ANSWERED, SILENT}
    assert any(OTHER in text and "zurückgezogen" in text for text in texts(app))


def test_a_new_wave_is_opened(survey_store: Store, open_page: OpenPage) -> None:
    app = pressed(open_page("survey", programme="p", unit="bau"), "survey.new_wave")
    assert any(SAY("survey.wave_incomplete") in text for text in texts(app))
    widget(app, "text_input", "survey_wave_title").input("Herbst 2026")
    app = pressed(app, "survey.new_wave")
    waves = [one for one in survey_store.current("p")["survey_wave"] if isinstance(one, SurveyWave)]
    [made] = [one for one in waves if one.key != "2026"]
    assert (made.key, made.title, made.start, made.moderated_by) == ("2026-2", "Herbst 2026", TODAY, "bau")
    assert (made.maturity_model, made.demo) == ("m", True)


def test_filled_sheets_are_previewed_and_stored_together(survey_store: Store, open_page: OpenPage) -> None:
    app = open_page("survey", programme="p", unit="bau")
    app.session_state["survey_step"] = "import"
    app = app.run()
    sheets = [
        ("gut.xlsx", filled({"A1": {"state": 2}}), XLSX),
        ("falsch.xlsx", filled({"A1": {"state": 9}}, whose=2), XLSX),
    ]
    app = app.file_uploader[0].set_value(sheets).run()
    assert any("falsch.xlsx › Antworten › Zeile 4 › Antwort" in text for text in texts(app))
    assert not any(SAY("survey.store", n=4) == button.label for button in app.button)
    app = widget(app, "multiselect", "survey_upload_left_out").set_value(["falsch.xlsx"]).run()
    app = pressed(app, "survey.store", n=4)
    held = [one for one in survey_store.current("p")["response"] if isinstance(one, Response)]
    assert {(one.respondent, one.level) for one in held if one.criterion == "A1"} == {(ANSWERED, 1), (SILENT, 2)}


def test_the_grid_of_an_older_revision_offers_no_answers(empty_store: Store, open_page: OpenPage) -> None:
    """Before there was a survey nobody moderated one, but the grid holds the newest rows."""
    empty_store.write(Changes("p", {"programme": [PROGRAMME]}), author="t", reason="t", origin=Origin("form"))
    fill_store(empty_store, response("A1", respondent=ANSWERED, level=1))
    app = open_page("data", programme="p", unit="it", revision="1")
    app.session_state["data_tab"] = SAY("data.tab_edit")
    offered = widget(app.run(), "selectbox", "edit_sheet").options
    assert SurveyWave.sheet.label("de") in offered
    assert Response.sheet.label("de") not in offered
