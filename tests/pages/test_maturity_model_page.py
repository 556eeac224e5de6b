"""The page about maturity models: a version is made, a foreign model is brought in or refused."""

from __future__ import annotations

from typing import Any

from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.locale import words
from smartdash.model.maturity import Criterion, MaturityModel
from smartdash.model.shared import Source
from smartdash.store import Store

SAY = words("de")
PROGRAMME = "potsdam-strategy-2022"
LEVELS = """\
model_id,model_version,dimension_id,dimension_de,dimension_en,level,level_name_de,level_name_en,descriptor_de,descriptor_en
fremd,1,WEG,Wege,Ways,0,Null,Zero,Nichts.,Nothing.
fremd,1,WEG,Wege,Ways,1,Eins,One,Etwas.,
"""
CRITERIA = "dimension_id,criterion_id,criterion_de,criterion_en,weight\nWEG,WEG1,Weg,Way,{weight}\n"


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(name))


def pressed(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_a_version_is_made_and_a_foreign_model_is_brought_in(own_store: Store, open_page: OpenPage) -> None:
    app = open_page("maturity_model", programme=PROGRAMME)
    app.session_state["model_hand_out"] = True
    app = app.run()
    assert widget(app, "text_input", "model_version_smartdash-default").value == "0.2"
    app = pressed(app, SAY("maturity_model.store_version"))
    assert any("„Reifegradmodell digitale Stadt, Fassung 0.2“ steht bereit." in text for text in texts(app))
    assert widget(app, "selectbox", "page_maturity_model").value == "smartdash-default-0.2"
    held = own_store.current(PROGRAMME)
    assert [item.key for item in held["maturity_model"]] == ["smartdash-default-0.2"]
    assert (len(held["dimension"]), len(held["criterion"]), len(held["level_descriptor"])) == (8, 24, 40)
    assert any("0.2" in text and "sind im Inhalt gleich" in text for text in texts(app))

    app.session_state["model_take_in"] = True
    app = app.run()
    files = [
        ("stufen.csv", LEVELS.encode(), "text/csv"),
        ("kriterien.csv", CRITERIA.format(weight=0).encode(), "text/csv"),
    ]
    app = widget(app, "file_uploader", "model_files").set_value(files).run()
    assert any("kriterien.csv › kriterien › Zeile 2 › weight" in text for text in texts(app))
    files[1] = ("kriterien.csv", CRITERIA.format(weight=2).encode(), "")
    app = widget(app, "file_uploader", "model_files").set_value(files).run()
    assert any(SAY("maturity_model.taken_en", n=1) in text for text in texts(app))
    app = pressed(app, SAY("maturity_model.store"))
    assert any(SAY("maturity_model.licence_asked") in text for text in texts(app))
    (licence,) = [item for item in app.text_input if item.label == "Lizenz"]
    licence.input("gekauft")
    app = widget(app, "toggle", "model_ask").set_value(False).run()
    app = pressed(app, SAY("maturity_model.store"))
    held = own_store.current(PROGRAMME)
    models = {item.key: item for item in held["maturity_model"] if isinstance(item, MaturityModel)}
    assert (models["fremd"].lowest, models["fremd"].highest, models["fremd"].licence) == (0, 1, "gekauft")
    assert "fremd/WEG1" in {item.key for item in held["criterion"] if isinstance(item, Criterion)}
    (source,) = [item for item in held["source"] if isinstance(item, Source) and item.key == "fremd/source"]
    assert (source.redistributable, models["fremd"].source) == (False, source.key)
    assert len(held["criterion"]) == 25

    bought = {"maturity_model": "fremd", "compared_with": "fremd"}
    public = open_page("maturity_model", programme=PROGRAMME, audience="public", **bought)
    assert not public.exception
    shown = texts(public)
    assert any(
        "Fassung 0.1 und Reifegradmodell digitale Stadt, Fassung 0.2 sind im Inhalt gleich" in text for text in shown
    )
    assert not any("fremd" in text for text in shown)
    assert public.button == []
