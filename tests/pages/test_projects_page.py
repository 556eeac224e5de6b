"""The forms on the projects page: what is entered is stored, and what is missing is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.figures.standings import read_projects
from smartdash.locale import words
from smartdash.model.projects import Project, ProjectStage
from smartdash.model.risks import Risk
from smartdash.model.schedule import Dependency
from smartdash.store import Changes, Origin, Scope, Store

SAY = words("de")
DAY = date(2026, 8, 15)


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(name))


def send(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == SAY("projects.store")).click().run()


def test_progress_and_a_risk_are_entered_and_what_is_missing_is_refused(own_store: Store, open_page: OpenPage) -> None:
    app = send(open_page("projects", programme="musterstadt"))
    assert SAY("projects.project_needed") in texts(app)
    key = "V02"
    app = widget(app, "selectbox", "project_chosen").select(key).run()
    widget(app, "selectbox", f"project_progress_{key}_stage").select(ProjectStage.ROLLOUT)
    widget(app, "number_input", f"project_progress_{key}_completion").set_value(65)
    widget(app, "text_input", f"project_progress_{key}_cost").input("125.000,00")
    app = send(app)
    assert not app.exception
    with own_store.read(Scope("musterstadt", DAY)) as reader:
        found = next(item for item in read_projects(reader) if item.project.key == key)
    assert found.progress
    assert (found.progress.reported_on, found.progress.stage, found.progress.completion) == (
        DAY,
        ProjectStage.ROLLOUT,
        65,
    )
    assert found.course.forecast_cost == 125000
    app = app.selectbox(key="project_form").select("risk").run()
    widget(app, "text_input", "project_risk_None_title").input("Lieferant fällt aus")
    app = send(app)
    assert not app.exception
    assert any("Stufe von 1 bis 5" in error.value for error in app.error)
    widget(app, "button_group", "project_risk_None_probability").set_value(4)
    widget(app, "button_group", "project_risk_None_impact").set_value(5)
    app = send(app)
    with own_store.read(Scope("musterstadt", DAY)) as reader:
        assert ("Lieferant fällt aus", 4, 5) in {
            (item.title, item.probability, item.impact) for item in reader.all(Risk)
        }


def test_a_settled_delivery_is_not_overwritten_and_a_new_one_is_as_hidden_as_its_project(
    own_store: Store, open_page: OpenPage
) -> None:
    with own_store.read(Scope("musterstadt", DAY)) as reader:
        hidden = next(item for item in reader.all(Project) if item.key == "V03").model_copy(update={"public": False})
    common: dict[str, Any] = {"programme": "musterstadt", "demo": True, "provider": "V07"}
    settled = Dependency(**common, key="V07/V04", consumer="V04", provided_on=date(2026, 8, 1))
    changes = Changes("musterstadt", {"project": [hidden], "dependency": [settled]})
    own_store.write(changes, author="Programmbüro", reason="Test", origin=Origin("form"))
    app = open_page("projects", programme="musterstadt")
    app = app.selectbox(key="project_form").select("delivery").run()
    widget(app, "selectbox", "project_delivery_None_provider").select("V07")
    widget(app, "selectbox", "project_delivery_None_consumer").select("V04")
    app = send(app)
    assert any("01.08.2026" in error.value.replace("\\", "") for error in app.error)
    widget(app, "selectbox", "project_delivery_None_consumer").select("V03")
    app = send(app)
    assert not app.exception
    stored = {item.key: item for item in own_store.current("musterstadt")["dependency"]}
    assert stored["V07/V04"] == settled
    assert stored["V07/V03"].public is False
