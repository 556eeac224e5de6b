"""Raising impediments and bringing them on, from the form to the figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.figures.standings import read_impediments
from smartdash.locale import words
from smartdash.model.impediments import EscalationLevel, ImpedimentKind
from smartdash.store import Audience, Scope, Store

SAY = words("de")
DAY = date(2026, 8, 15)


def opened(open_page: OpenPage) -> AppTest:
    app = open_page("impediments", programme="musterstadt")
    app.session_state["impediment_forms"] = True
    return app.run()


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(f"{name}_"))


def send(app: AppTest, action: str) -> AppTest:
    label = SAY(f"impediments.action_{action}")
    return next(button for button in app.button if button.label == label).click().run()


def act(app: AppTest, action: str, key: str) -> AppTest:
    app = app.button_group(key="impediment_action").set_value(action).run()
    return widget(app, "selectbox", f"impediment_{action}").select(key).run()


def standing(store: Store, key: str) -> Any:
    with store.read(Scope("musterstadt", DAY)) as reader:
        return next(item for item in read_impediments(reader) if item.impediment.key == key)


def test_an_impediment_is_raised_escalated_resolved_and_comes_back(own_store: Store, open_page: OpenPage) -> None:
    app = opened(open_page)
    before = own_store.latest()
    app = send(app, "raise")
    assert SAY("impediments.needs_title") in texts(app)
    widget(app, "text_input", "impediment_form_title").input("Kein Raum für die Schulung")
    widget(app, "selectbox", "impediment_form_kind").select(ImpedimentKind.RESOURCES)
    widget(app, "multiselect", "impediment_form_blocks").set_value(["V02", "M11"])
    app = send(app, "raise")
    assert not app.exception
    assert own_store.latest() == before + 1
    raised = standing(own_store, "H-01")
    assert (raised.blocks, raised.level, raised.since) == (("V02", "M11"), EscalationLevel.TEAM, DAY)

    form = "impediment_form_H-01"
    app = act(app, "level", "H-01")
    assert not app.text_area, "a level inside the programme asks for no decision"
    app = widget(app, "button_group", f"{form}_level").set_value(EscalationLevel.STEERING).run()
    widget(app, "text_area", f"{form}_cause").input("Rathaus wird umgebaut")
    widget(app, "text_area", f"{form}_options").input("Raum mieten")
    app = send(app, "level")
    assert any("Handlungsoptionen" in error.value for error in app.error)
    assert standing(own_store, "H-01").level is EscalationLevel.TEAM
    widget(app, "text_area", f"{form}_options").input("Raum mieten; Schulung verschieben")
    widget(app, "text_input", f"{form}_addressee").input("Lenkungskreis")
    app = send(app, "level")
    escalated = standing(own_store, "H-01")
    assert (escalated.level, escalated.impediment.addressee) == (EscalationLevel.STEERING, "Lenkungskreis")

    app = send(act(app, "resolved", "H-01"), "resolved")
    assert standing(own_store, "H-01").resolved_on == DAY
    app = send(act(app, "reopened", "H-01"), "reopened")
    back = standing(own_store, "H-01")
    assert (back.open, back.reopened, back.since) == (True, 1, DAY)
    app = send(act(app, "resolved", "H-01"), "resolved")
    assert not standing(own_store, "H-01").open, "resolved a second time on the same day"
    assert not app.exception


def test_a_next_step_says_what_and_until_when(own_store: Store, open_page: OpenPage) -> None:
    app = act(opened(open_page), "step", "B07")
    app = send(app, "step")
    assert SAY("impediments.needs_step") in texts(app)
    widget(app, "text_input", "impediment_form_B07_step").input("Hersteller mahnen")
    widget(app, "date_input", "impediment_form_B07_due").set_value(date(2026, 9, 1))
    app = send(app, "step")
    found = standing(own_store, "B07")
    assert (found.next_step, found.due, found.days_late) == ("Hersteller mahnen", date(2026, 9, 1), None)
    assert found.owner_role == "Leitung Verkehrstechnik", "an empty answer changes nothing"
    assert not app.exception


@pytest.mark.parametrize(
    "address", [{"audience": "public"}, {"presentation": "1"}, {"as_of": "2026-03-01"}], ids=lambda one: next(iter(one))
)
def test_neither_the_public_nor_a_slide_nor_the_past_has_forms(
    sample_store: Store, open_page: OpenPage, address: dict[str, str]
) -> None:
    shown = texts(open_page("impediments", programme="musterstadt", **address))
    assert SAY("impediments.tend") not in shown


def test_the_public_sees_no_internal_impediment(sample_store: Store, open_page: OpenPage) -> None:
    internal = "Bieterfragen zum Betriebsmodell"
    with sample_store.read(Scope("musterstadt", DAY, audience=Audience.PUBLIC)) as reader:
        assert internal not in {item.impediment.title for item in read_impediments(reader)}
    with sample_store.read(Scope("musterstadt", DAY)) as reader:
        assert internal in {item.impediment.title for item in read_impediments(reader)}
