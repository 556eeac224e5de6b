"""A grown list of projects, from the upload to what is stored."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.locale import words
from smartdash.model.projects import Project, ProjectProgress, ProjectStage
from smartdash.store import Scope, Store

SAY = words("de")
DAY = date(2026, 8, 15)
HEAD = ["Nr.", "Maßnahme", "Amt", "Kosten T€", "Fertigstellung in %", "Phase", "geplanter Abschluss", "Bemerkung"]


def listed(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in (["Projektliste der Stadt"], [], HEAD, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(name))


def upload(app: AppTest, content: bytes) -> AppTest:
    widget(app, "file_uploader", "legacy_file").set_value(("alt.xlsx", content, "")).run()
    assert not app.exception
    return app


def test_a_list_is_taken_in_and_nothing_is_stored_before(own_store: Store, open_page: OpenPage) -> None:
    with own_store.read(Scope("musterstadt", DAY)) as reader:
        known = next(item for item in reader.all(Project) if item.key == "V02")
        unit = known.unit
    app = open_page("projects", programme="musterstadt")
    app.session_state["legacy_list"] = True
    app = upload(app.run(), listed())
    assert any("Unter der Kopfzeile" in text for text in texts(app))
    content = listed(
        [1, known.title.upper(), "", 77.5, 45, "Rollout", "Q4 2027", "x"],
        [2, "Seniorenlotsen mit Tablet", "Amt der Zukunft", 12, "30 %", "Konzeption", "2027", ""],
        [3, "Kaputt", "", "viel", "", "", "", ""],
    )
    app = upload(app, content)
    assert [box.value for box in app.selectbox if (box.key or "").startswith("legacy_column")] == [
        "", "title", "unit", "cost", "completion", "stage", "planned_end", "",
    ]  # fmt: skip
    assert not [button for button in app.button if "speichern" in button.label and "legacy" in (button.form_id or "")]
    next(box for box in app.selectbox if box.label == "Bemerkung").select("goal")
    app = widget(app, "selectbox", "legacy_name_unit").select(unit).run()
    app = widget(app, "toggle", "legacy_leave_out").set_value(True).run()
    assert not app.exception
    assert any("1 neu, 1 geändert, 0 unverändert, 0 zu klären, 1 mit Fehlern" in text for text in texts(app))
    before = own_store.current("musterstadt")["project"]
    assert len(before) == len({item.key for item in before})
    widget(app, "text_input", "legacy_list_author").input("Programmbüro")
    app = next(button for button in app.button if button.label == SAY("legacy.store", n=2)).click().run()
    assert not app.exception
    assert any(SAY("legacy.done", n=2) in text and SAY("legacy.done_without", n=1) in text for text in texts(app))
    after = {item.key: item for item in own_store.current("musterstadt")["project"]}
    assert len(after) == len(before) + 1
    assert isinstance(after["V02"], Project)
    assert (after["V02"].title, after["V02"].cost, after["V02"].planned_end) == (
        known.title,
        Decimal(77500),
        date(2027, 12, 31),
    )
    assert after["V02"].goal == "x"
    new = next(item for key, item in after.items() if key not in {one.key for one in before})
    assert isinstance(new, Project)
    assert (new.title, new.unit, new.cost, new.public, new.demo) == (
        "Seniorenlotsen mit Tablet",
        unit,
        Decimal(12000),
        False,
        True,
    )
    progress = {
        (item.project, item.reported_on): (item.stage, item.completion)
        for item in own_store.current("musterstadt")["project_progress"]
        if isinstance(item, ProjectProgress)
    }
    assert progress[new.key, DAY] == (ProjectStage.PLANNING, 30)
    assert progress["V02", DAY] == (ProjectStage.ROLLOUT, 45)
    written = own_store.record_history("musterstadt", "project", new.key)[0]
    assert (written.author, written.reason) == ("Programmbüro", SAY("legacy.reason", file="alt.xlsx"))
    assert (written.origin, written.sha256) == ("alt.xlsx", hashlib.sha256(content).hexdigest())
    app = upload(app, listed([1, "Noch eines", "", "", "", "", "", "Ein Ziel"]))
    assert next(box.value for box in app.selectbox if box.label == "Bemerkung") == "goal"
