"""The forms on the funding page: steps of drawdowns and proofs are stored, days stored for later stay."""

from __future__ import annotations

from datetime import date
from typing import Any

from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.locale import words
from smartdash.store import Store

SAY = words("de")


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(name))


def send(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == SAY("funding.store")).click().run()


def test_steps_of_drawdowns_and_proofs_are_entered(own_store: Store, open_page: OpenPage) -> None:
    before = {item.key: item for item in own_store.current("musterstadt")["drawdown"]}
    app = widget(open_page("funding", programme="musterstadt"), "selectbox", "funding_drawdown_chosen")
    app = app.select("AB-06").run()
    widget(app, "date_input", "funding_drawdown_AB-06_planned_on").set_value(date(2026, 9, 20))
    app = send(app)
    assert not app.exception
    assert not app.error
    stored = {item.key: item for item in own_store.current("musterstadt")["drawdown"]}
    assert stored["AB-06"] == before["AB-06"].model_copy(update={"planned_on": date(2026, 9, 20)})
    app = send(app)
    assert SAY("funding.amount_needed") in texts(app)
    widget(app, "text_input", "funding_drawdown_None_amount").input("50.000,00")
    widget(app, "text_input", "funding_drawdown_None_title").input("Land, 4. Abruf")
    widget(app, "selectbox", "funding_drawdown_None_source").select("3.4")
    widget(app, "date_input", "funding_drawdown_None_requested_on").set_value(date(2026, 8, 12))
    widget(app, "date_input", "funding_drawdown_None_paid_on").set_value(date(2026, 8, 11))
    app = send(app)
    assert any("liegt vor" in error.value for error in app.error)
    widget(app, "date_input", "funding_drawdown_None_paid_on").set_value(None)
    app = send(app)
    assert not app.error
    added = [item for item in own_store.current("musterstadt")["drawdown"] if item.key not in before]
    assert [(item.title, item.funding_source, item.requested_on, item.demo) for item in added] == [
        ("Land, 4. Abruf", "3.4", date(2026, 8, 12), True)
    ]  # fmt: skip
    app = app.selectbox(key="funding_form").select("proof").run()
    app = widget(app, "selectbox", "funding_proof_chosen").select("NW-03").run()
    widget(app, "date_input", "funding_proof_NW-03_submitted_on").set_value(date(2026, 8, 14))
    app = send(app)
    assert not app.error
    proofs = {item.key: item for item in own_store.current("musterstadt")["proof_of_use"]}
    assert proofs["NW-03"].submitted_on == date(2026, 8, 14)
