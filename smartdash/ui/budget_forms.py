"""Short forms on the budget page: record a forecast, reverse a posting, move a commitment."""

from __future__ import annotations

from smartdash.ui.budget_questions import (
    ask_forecast,
    ask_reversal,
    ask_step,
    choose_commitment,
    choose_line,
    choose_posting,
)
from smartdash.ui.budget_stock import read_stock
from smartdash.ui.entry_forms import EntryForm, EntryWords, entry_forms, offered
from smartdash.ui.view import View


def budget_forms(view: View) -> None:
    """Choose what to enter, fill it in, store it; the public sees none, nor does a programme without cost lines."""
    if not offered(view):
        return
    stock, say = read_stock(view), view.say
    if not stock.lines:
        return
    forms = {"forecast": EntryForm(say("actuals.form_forecast"), choose_line, ask_forecast)}
    if stock.postings:
        forms["reversal"] = EntryForm(say("actuals.form_reversal"), choose_posting, ask_reversal)
    if stock.states:
        forms["step"] = EntryForm(say("actuals.form_step"), choose_commitment, ask_step)
    words = EntryWords(say("actuals.enter"), say("actuals.what"), say("actuals.store"), say("actuals.done"))
    entry_forms(view, "budget", stock, forms, words)
