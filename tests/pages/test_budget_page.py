"""The forms on the budget page: forecasts, reversals and steps are stored, and what does not fit is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.figures.budget_data import BudgetData, read_budget
from smartdash.locale import words
from smartdash.model.appropriations import ForecastMethod
from smartdash.model.spending import CommitmentStage, Posting
from smartdash.store import Scope, Store

SAY = words("de")
DAY = date(2026, 8, 15)
LINE = "1.2.6.6"
PLACE = (LINE, 2026)


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(name))


def send(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == SAY("actuals.store")).click().run()


def refused(app: AppTest, message: str, **values: Any) -> bool:
    assert not app.exception
    return SAY(message, **values) in [error.value.replace("\\", "").replace("\u2060", "") for error in app.error]


def stored(store: Store) -> tuple[BudgetData, dict[str, Posting]]:
    with store.read(Scope("musterstadt", DAY)) as reader:
        return read_budget(reader), {item.key: item for item in reader.all(Posting)}


def test_what_is_entered_moves_the_budget_and_what_does_not_fit_is_refused(
    own_store: Store, open_page: OpenPage
) -> None:
    before, _ = stored(own_store)
    app = send(open_page("budget", programme="musterstadt"))
    assert refused(app, "actuals.line_needed")

    app = widget(app, "selectbox", "budget_line").select(LINE).run()
    app = send(app)
    assert refused(app, "actuals.amount_needed", method=ForecastMethod.MANUAL.label("de"))
    widget(app, "selectbox", f"budget_method_{LINE}").select(ForecastMethod.PERSON_DAYS)
    app = send(app)
    assert any("Personentage" in error.value for error in app.error)
    widget(app, "selectbox", f"budget_method_{LINE}").select(ForecastMethod.MANUAL)
    widget(app, "text_input", f"budget_amount_{LINE}").input("229.400,05")
    app = send(app)
    assert SAY("actuals.done") in " ".join(texts(app))
    forecast = stored(own_store)[0].expected[PLACE]
    assert (forecast.amount, forecast.record and forecast.record.forecast_on) == (D("229400.05"), DAY)

    app = app.selectbox(key="budget_form").select("reversal").run()
    app = widget(app, "selectbox", "budget_posting_line").select(LINE).run()
    key = widget(app, "selectbox", f"budget_posting_{LINE}").options
    newest = max(
        (item for item in stored(own_store)[1].values() if item.cost_line == LINE), key=lambda one: one.booked_on
    )
    assert len(key) == sum(item.cost_line == LINE for item in stored(own_store)[1].values())
    app = widget(app, "selectbox", f"budget_posting_{LINE}").select(newest.key).run()
    app = send(app)
    assert refused(app, "actuals.reversal_reason_needed")
    widget(app, "text_input", f"budget_undo_{newest.key}").input("Doppelt gebucht")
    app = send(app)
    after, postings = stored(own_store)
    (reversal,) = [item for item in postings.values() if item.reverses == newest.key]
    assert (reversal.amount, reversal.booked_on, reversal.text) == (-newest.amount, DAY, "Storno: Doppelt gebucht")
    assert after.budget.columns["paid"][PLACE] == before.budget.columns["paid"][PLACE] - newest.amount

    app = app.selectbox(key="budget_form").select("step").run()
    app = widget(app, "selectbox", "budget_commitment").select("OB-14").run()
    assert refused(send(app), "actuals.nothing_moves")
    widget(app, "button_group", "budget_stage_OB-14").set_value(CommitmentStage.BOUND)
    widget(app, "text_input", "budget_new_amount_OB-14").input("5100")
    app = send(app)
    bound, _ = stored(own_store)
    gained = bound.budget.columns["bound"]["1.2.2", 2026] - before.budget.columns["bound"]["1.2.2", 2026]
    assert gained == D("5100.00")
    assert bound.budget.columns["reserved"].get(("1.2.2", 2026), D(0)) == 0
