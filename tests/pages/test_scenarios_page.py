"""The page about scenarios: what is tried out is computed at once and stored only when somebody saves it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.locale import words
from smartdash.model.money import CostAmount, FundingAmount
from smartdash.model.scenarios import Scenario, ScenarioPrice
from smartdash.store import Audience, Scope, Store
from smartdash.ui.markdown import plain

SAY = words("de")
PROGRAMME = "schwerin-smart-city-2021"
ADVICE = "2.1.5"


def widget(app: AppTest, kind: str, name: str) -> Any:
    key = f"scenario_{PROGRAMME}_{name}"
    return next(item for item in app.get(kind) if (item.key or "").startswith(key))


def form(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(f"scenario_{name}"))


def press(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def stored(store: Store, record: type[Any], audience: Audience = Audience.INTERNAL) -> list[Any]:
    with store.read(Scope(PROGRAMME, date(2026, 11, 25), audience=audience)) as reader:
        return list(reader.all(record))


def test_a_try_out_is_saved_changed_and_withdrawn(own_store: Store, open_page: OpenPage) -> None:
    plan = [stored(own_store, record) for record in (CostAmount, FundingAmount)]
    app = open_page("scenarios", programme=PROGRAMME)
    assert SAY("scenarios.save") not in [button.label for button in app.button], "there is nothing to save"
    app = press(app, "Quote 65\u00a0%")
    assert "### Sinkt die Förderquote auf 65\u00a0%, zahlt die Kommune 4,6\u00a0Mio.\u00a0€ mehr." in texts(app)
    assert stored(own_store, Scenario) == []

    widget(app, "multiselect", "lines").select(ADVICE).run()
    app = widget(app, "text_input", f"percent_{ADVICE}").input("viel").run()
    assert [error.value for error in app.error] == [plain(SAY("scenarios.no_percent", value="viel"))]
    widget(app, "text_input", f"percent_{ADVICE}").input("+4,5 %").run()
    app = press(app, SAY("scenarios.save"))
    assert [error.value for error in app.error] == [plain(SAY("scenarios.name_needed"))]
    form(app, "text_input", "_title").input("Es wird eng")
    form(app, "text_input", "None_author").input("Kämmerei")
    app = press(app, SAY("scenarios.save"))

    (saved,), (price,) = stored(own_store, Scenario), stored(own_store, ScenarioPrice)
    assert (saved.title, saved.funding_rate, saved.saved_by, saved.demo) == ("Es wird eng", D(65), "Kämmerei", False)
    assert (price.scenario, price.cost_line, price.percent) == (saved.key, ADVICE, D("4.5"))
    assert stored(own_store, Scenario, Audience.PUBLIC) == [], "only where somebody says so"
    assert any("Es wird eng" in done.value for done in app.success)

    app = press(app, SAY("scenarios.back_to_plan"))
    app = widget(app, "selectbox", "saved").select(saved.key).run()
    assert widget(app, "multiselect", "lines").value == [ADVICE]
    assert widget(app, "text_input", f"percent_{ADVICE}").value == "4,5"
    widget(app, "multiselect", "lines").unselect(ADVICE).run()
    app = press(app, SAY("scenarios.change"))
    assert stored(own_store, ScenarioPrice) == []
    assert [item.title for item in stored(own_store, Scenario)] == ["Es wird eng"]
    app = press(app, SAY("scenarios.retire"))
    assert stored(own_store, Scenario) == []
    assert [stored(own_store, record) for record in (CostAmount, FundingAmount)] == plan, "never mixed with the plan"


def test_the_public_may_try_out_but_not_save(sample_store: Store, open_page: OpenPage) -> None:
    app = press(open_page("scenarios", programme=PROGRAMME, audience="public"), "Quote 65\u00a0%")
    assert any("4,6\u00a0Mio.\u00a0€ mehr" in text for text in texts(app))
    assert SAY("scenarios.save") not in [button.label for button in app.button]


def test_a_presentation_shows_only_what_is_compared(sample_store: Store, open_page: OpenPage) -> None:
    app = open_page("scenarios", programme=PROGRAMME, presentation="1")
    assert not app.slider
    assert any(text.startswith("### Sinkt die Förderquote") for text in texts(app))
