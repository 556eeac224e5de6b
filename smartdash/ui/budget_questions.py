"""What the forms of the budget page ask: a forecast, the reversal of a posting, a commitment's next step."""

from __future__ import annotations

from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.figures.headings import heading
from smartdash.locale.numbers import day, euro
from smartdash.model.appropriations import CostForecast, ForecastMethod
from smartdash.model.declare import Record
from smartdash.model.spending import Commitment, CommitmentStage, CommitmentStep, Posting
from smartdash.ui.budget_stock import Stock
from smartdash.ui.markdown import plain
from smartdash.ui.questions import Make, ask_day, choose_one, new_key, new_record, typed_amount
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, working_day

_MOST_TEXT = 240


def choose_line(view: View, stock: Stock) -> str | None:
    """Choose the cost line that a forecast is made for."""
    return choose_one(view, heading(CostForecast, "cost_line", view.say), stock.titles(), "budget_line", "ui.choose")


def choose_posting(view: View, stock: Stock) -> str | None:
    """Choose the posting to reverse among those of a line; one that is reversed already is not offered."""
    booked = {item.cost_line for item in stock.postings.values()}
    titles = {key: title for key, title in stock.titles().items() if key in booked}
    line = choose_one(view, heading(Posting, "cost_line", view.say), titles, "budget_posting_line", "ui.choose")
    of_line = {key: _posting(view, item) for key, item in stock.postings.items() if item.cost_line == line}
    return choose_one(view, Posting.sheet.label(view.lang), of_line, f"budget_posting_{line}", "ui.choose")


def choose_commitment(view: View, stock: Stock) -> str | None:
    """Choose a commitment of which something is open."""
    titles = {
        key: f"{stock.commitments[key].title} · {state.stage.label(view.lang)} · "
        f"{euro(state.amount, view.lang, cents=True)}"
        for key, state in stock.states.items()
    }
    return choose_one(view, Commitment.sheet.label(view.lang), titles, "budget_commitment", "ui.choose")


def ask_forecast(view: View, stock: Stock, line: str | None) -> Make:
    """Ask what a line is expected to cost in a year, and how that is estimated."""
    say, now = view.say, working_day(view)
    if line:
        st.caption(_so_far(view, stock, line))
    year = st.selectbox(
        heading(CostForecast, "year", say),
        stock.years,
        index=stock.years.index(now.year) if now.year in stock.years else 0,
        key=fresh(f"budget_year_{line}"),
        placeholder=say("ui.choose"),
    )
    methods = list(ForecastMethod)
    method = st.selectbox(
        heading(CostForecast, "method", say),
        methods,
        format_func=lambda item: item.label(view.lang),
        key=fresh(f"budget_method_{line}"),
        placeholder=say("ui.choose"),
    )
    typed = st.text_input(
        f"{heading(CostForecast, 'amount', say)} (€)",
        key=fresh(f"budget_amount_{line}"),
        help=say("actuals.amount_help"),
    )
    reason = st.text_area(heading(CostForecast, "reason", say), height=68, key=fresh(f"budget_why_{line}"))

    def make() -> list[Record]:
        if line is None:
            raise Refusal("actuals.line_needed")
        amount = typed_amount(typed)
        if (amount is None) == (method is ForecastMethod.MANUAL):
            name = "actuals.amount_needed" if amount is None else "actuals.amount_unfit"
            raise Refusal(name, method=ForecastMethod.MANUAL)
        if method is ForecastMethod.PERSON_DAYS and line not in stock.with_days:
            raise Refusal("actuals.no_days", line=stock.titles()[line])
        return [
            CostForecast(
                **new_record(view),
                cost_line=line,
                year=year,
                forecast_on=now,
                method=method,
                amount=amount,
                reason=reason.strip() or None,
                public=stock.lines[line].public,
            )
        ]

    return make


def ask_reversal(view: View, stock: Stock, key: str | None) -> Make:
    """Ask for the day and the reason of a reversal, which posts the same amount with the opposite sign."""
    say, posting = view.say, stock.postings.get(key or "")
    if posting:
        amount = euro(-posting.amount, view.lang, cents=True)
        st.caption(plain(say("actuals.reversal_posts", amount=amount, line=stock.titles()[posting.cost_line])))
    on = ask_day(view, heading(Posting, "booked_on", say), f"budget_booked_{key}", working_day(view), past=True)
    reason = st.text_input(say("actuals.reversal_reason"), max_chars=_MOST_TEXT, key=fresh(f"budget_undo_{key}"))

    def make() -> list[Record]:
        if posting is None:
            raise Refusal("actuals.posting_needed")
        booked_on = on or working_day(view)
        if booked_on < posting.booked_on:
            raise Refusal("actuals.reversal_too_early", day=posting.booked_on)
        if not reason.strip():
            raise Refusal("actuals.reversal_reason_needed")
        made: dict[str, Any] = {
            "key": new_key(view, Posting, "S"),
            "booked_on": booked_on,
            "amount": -posting.amount,
            "text": say("actuals.reversal_text", reason=reason.strip()),
            "receipt": None,
            "reverses": posting.key,
            "source": None,
            "source_place": None,
        }
        return [posting.model_copy(update=made)]

    return make


def ask_step(view: View, stock: Stock, key: str | None) -> Make:
    """Ask to which stage a commitment moves on a day, and for its new amount where that changes."""
    say, state = view.say, stock.states.get(key or "")
    if state and key:
        since, paid = day(stock.changed[key], view.lang), euro(state.paid, view.lang, cents=True)
        st.caption(say("actuals.stage_so_far", stage=state.stage.label(view.lang), day=since, paid=paid))
    stage = st.segmented_control(
        heading(CommitmentStep, "stage", say),
        list(CommitmentStage),
        default=state.stage if state else None,
        format_func=lambda item: item.label(view.lang),
        key=fresh(f"budget_stage_{key}"),
    )
    typed = st.text_input(
        f"{heading(CommitmentStep, 'amount', say)} (€)",
        key=fresh(f"budget_new_amount_{key}"),
        help=say("actuals.unchanged_help"),
    )
    on = ask_day(
        view, heading(CommitmentStep, "changed_on", say), f"budget_changed_{key}", working_day(view), past=True
    )

    def make() -> list[Record]:
        if state is None or key is None:
            raise Refusal("actuals.commitment_needed")
        if stage is None:
            raise Refusal("actuals.stage_needed")
        amount, changed_on = typed_amount(typed), on or working_day(view)
        if stage is state.stage and amount in (None, state.amount):
            raise Refusal("actuals.nothing_moves")
        if changed_on < stock.changed[key]:
            raise Refusal("actuals.step_too_early", day=stock.changed[key])
        if amount is not None and amount < state.paid:
            raise Refusal("actuals.paid_more", paid=euro(state.paid, view.lang, cents=True))
        return [
            CommitmentStep(
                **new_record(view),
                commitment=key,
                changed_on=changed_on,
                stage=stage,
                amount=amount,
                public=stock.commitments[key].public,
            )
        ]

    return make


def _posting(view: View, item: Posting) -> str:
    parts = [day(item.booked_on, view.lang), euro(item.amount, view.lang, cents=True), item.text or item.key]
    return " · ".join(parts)


def _so_far(view: View, stock: Stock, line: str) -> str:
    """What is planned, paid, committed and expected of a line in the year of the as-of date."""
    use = stock.budget.at(line, view.as_of.year)
    return view.say(
        "actuals.line_so_far",
        year=str(view.as_of.year),
        plan=euro(use.plan, view.lang, cents=True),
        paid=euro(use.paid, view.lang, cents=True),
        open=euro(use.open, view.lang, cents=True),
        forecast=euro(use.forecast, view.lang, cents=True),
    )
