"""Writing a status report: a draft nobody else sees, what publishing demands, and a correction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.figures import make
from smartdash.locale import words
from smartdash.model.projects import StatusReport, TrafficLight
from smartdash.store import Scope, Store

SAY = words("de")
DAY = date(2026, 8, 15)
ABOUT = "V03"


def opened(open_page: OpenPage) -> AppTest:
    app = open_page("status_report", programme="musterstadt")
    app.session_state["status_report_form"] = True
    return app.run().selectbox(key="status_report_about").select(ABOUT).run()


def widget(app: AppTest, kind: str, field: str, dimension: str = "content") -> Any:
    beginning = f"status_report_{ABOUT}_None_{DAY}_{dimension}_{field}_"
    return next(item for item in app.get(kind) if (item.key or "").startswith(beginning))


def asked(app: AppTest, dimension: str = "content") -> set[str]:
    """The fields that the form asks for about a dimension."""
    beginning = f"status_report_{ABOUT}_None_{DAY}_{dimension}_"
    found = [item.key or "" for kind in ("text_area", "text_input", "date_input") for item in app.get(kind)]
    return {key.removeprefix(beginning).rpartition("_")[0] for key in found if key.startswith(beginning)}


def send(app: AppTest, message: str) -> AppTest:
    return next(button for button in app.button if button.label == SAY(message)).click().run()


def shown(store: Store) -> tuple[list[StatusReport], str]:
    """The reports of the day that the scope shows, and the history as a figure shows it."""
    with store.read(Scope("musterstadt", DAY)) as reader:
        reports = [item for item in reader.all(StatusReport) if item.reported_on == DAY and item.project == ABOUT]
        return reports, str(make(reader, "status.history", "de", {"project": ABOUT}).draft.rows)


def test_a_draft_is_seen_in_its_form_only_and_published_when_complete(own_store: Store, open_page: OpenPage) -> None:
    app = opened(open_page)
    for dimension in ("overall", "time", "money", "staff", "benefit"):
        widget(app, "button_group", "light", dimension).set_value(None)
    app = widget(app, "button_group", "light").set_value(TrafficLight.YELLOW).run()
    assert asked(app) == {"text", "measure", "measure_due", "deviation_reason"}
    app = widget(app, "button_group", "light").set_value(TrafficLight.RED).run()
    assert asked(app) == {"text", "cause", "options", "addressee", "deviation_reason"}
    widget(app, "text_area", "cause").input("Lizenz läuft aus")
    widget(app, "text_area", "options").input("verlängern")
    app = send(app, "status_report.publish")
    assert any("Handlungsoptionen" in error.value for error in app.error)
    app = send(app, "status_report.keep")
    assert not app.exception
    reports, history = shown(own_store)
    assert not reports
    assert "Lizenz läuft aus" not in history
    assert any("Formularwerkstatt, 15.08.2026" in text for text in texts(app)), "the form lists the draft"
    assert widget(app, "text_area", "cause").value == "Lizenz läuft aus"

    widget(app, "text_area", "options").input("verlängern; wechseln")
    widget(app, "text_input", "addressee").input("Lenkungskreis")
    widget(app, "text_area", "deviation_reason").input("Betrifft den Inhalt")
    app = send(app, "status_report.publish")
    (report,), history = shown(own_store)
    assert (report.light, report.addressee) == (TrafficLight.RED, "Lenkungskreis")
    assert "Lizenz läuft aus" in history

    widget(app, "text_area", "cause").input("Lizenz ist ausgelaufen")
    before = own_store.latest()
    app = send(app, "status_report.correct")
    assert own_store.latest() == before + 1
    (report,), _ = shown(own_store)
    assert report.cause == "Lizenz ist ausgelaufen"
    assert not app.exception


@pytest.mark.parametrize("address", [{"audience": "public"}, {"presentation": "1"}], ids=["public", "presentation"])
def test_neither_the_public_nor_a_slide_has_the_form(
    sample_store: Store, open_page: OpenPage, address: dict[str, str]
) -> None:
    found = texts(open_page("status_report", programme="musterstadt", **address))
    assert SAY("status_report.write") not in found
