"""The grant's plan form on the page of the plan: pasted, compared, refused or accepted, stored as one revision."""

from __future__ import annotations

from typing import Any

from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.locale import words
from smartdash.model.grants import Waiver
from smartdash.model.money import CostAmount, CostKind, CostLine, PlanStatus, PlanVersion
from smartdash.store import Store

SAY = words("de")
PROGRAMME = "potsdam-programme-2024"
TEXT = """\
1 Kostenplanung
Kostenarten 2024 2025 Gesamt
1.1 Personalkosten 10,00 20,00 30,00
1.2 Externe Beratung 1,00 2,00 3,01
1 Summe 11,00 22,00 33,00
"""


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(name))


def pressed(app: AppTest) -> AppTest:
    app = next(button for button in app.button if button.label == SAY("plan_form.store")).click().run()
    assert not app.exception
    return app


def test_a_pasted_plan_is_compared_and_stored_only_when_its_deviation_is_accepted(
    own_store: Store, open_page: OpenPage
) -> None:
    app = open_page("cost_plan", programme=PROGRAMME)
    app.session_state["plan_form_open"] = True
    app.session_state["plan_form_way"] = "text"
    app = widget(app.run(), "text_area", "plan_form_text").input(TEXT.replace("3,01", "drei")).run()
    assert any("Eingefügter Text › Zeile 4 › Gesamt: „drei“ ist keine Zahl" in text for text in texts(app))
    app = widget(app, "text_area", "plan_form_text").input(TEXT).run()
    assert not app.exception
    assert any(SAY("plan_form.deviating", n=1) in text for text in texts(app))
    shown = [frame.value.to_string() for frame in app.dataframe]
    assert any("■ weicht ab: Gesamt" in text and "● stimmt" in text for text in shown)
    assert any("Gedruckt 3,01\u00a0€, errechnet 3,00\u00a0€, Abweichung 0,01\u00a0€." in text for text in shown)
    widget(app, "text_input", "plan_form_title").input("Entwurf für 2024")
    app = pressed(app)
    assert any(SAY("plan_form.not_accepted") in text for text in texts(app))
    assert not own_store.current(PROGRAMME)["plan_version"]

    widget(app, "checkbox", "plan_form_checked").set_value(True)
    widget(app, "text_input", "plan_form_author").input("Programmbüro")
    widget(app, "text_input", "plan_form_reason").input("So gedruckt")
    app = pressed(app)
    assert any(SAY("plan_form.done", title="Entwurf für 2024") in text for text in texts(app))
    held = own_store.current(PROGRAMME)
    (version,) = held["plan_version"]
    assert isinstance(version, PlanVersion)
    assert (version.key, version.status, version.public) == ("entwurf-fuer-2024", PlanStatus.WORKING, False)
    assert [item.amount for item in held["cost_amount"] if isinstance(item, CostAmount)] != []
    lines = {item.key: item.kind for item in held["cost_line"] if isinstance(item, CostLine)}
    assert lines == {"1": None, "1.1": CostKind.PERSONNEL, "1.2": CostKind.ADVICE}
    (waiver,) = held["waiver"]
    assert isinstance(waiver, Waiver)
    assert (waiver.rule, waiver.scope, waiver.approved_by) == ("plan.stated_totals", "1.2", "Programmbüro")
    assert waiver.reason == "Gedruckt 3,01\u00a0€, errechnet 3,00\u00a0€, Abweichung 0,01\u00a0€. So gedruckt"
    revision = own_store.revisions(PROGRAMME)[0]
    assert (revision.author, revision.reason) == ("Programmbüro", "So gedruckt")

    app = widget(app, "text_area", "plan_form_text").input(TEXT).run()
    app = widget(app, "selectbox", "plan_form_version").select("entwurf-fuer-2024").run()
    assert any(SAY("plan_form.nothing_new") in text for text in texts(app))


def test_the_public_and_the_past_are_offered_no_form(sample_store: Store, open_page: OpenPage) -> None:
    for address in ({"audience": "public"}, {"as_of": "2022-01-01"}, {"presentation": "1"}):
        app = open_page("cost_plan", programme="schwerin-smart-city-2021", **address)
        assert not app.exception
        assert not [item for item in app.get("download_button") if item.key == "plan_form_download"]
        assert not any(text == SAY("plan_form.open") for text in texts(app))
