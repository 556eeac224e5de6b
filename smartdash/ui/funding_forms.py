"""Short forms on the funding page: a step of a drawdown, a step of a proof of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.figures.headings import heading
from smartdash.locale.numbers import number
from smartdash.model.grants import Drawdown, ProofKind, ProofOfUse
from smartdash.ui import opened
from smartdash.ui.entry_forms import EntryForm, EntryWords, entry_forms, offered
from smartdash.ui.funding_stock import Stock, read_stock
from smartdash.ui.questions import Make, ask_day, choose_one, new_key, new_record, typed_amount
from smartdash.ui.view import View
from smartdash.ui.writing import fresh

R = TypeVar("R", Drawdown, ProofOfUse)

_LONGEST_TITLE = 200
_DRAWDOWN_STEPS, _PROOF_STEPS = ("requested_on", "paid_on"), ("submitted_on", "accepted_on")
"""What has happened, in this order."""


def funding_forms(view: View) -> None:
    """Choose what to enter, fill it in, store it; the public sees none, nor does a programme without a grant."""
    if not offered(view):
        return
    stock, say = read_stock(view), view.say
    if not stock.sources:
        return
    forms = {
        "drawdown": EntryForm(say("funding.form_drawdown"), _choose_drawdown, _ask_drawdown),
        "proof": EntryForm(say("funding.form_proof"), _choose_proof, _ask_proof),
    }
    words = EntryWords(say("funding.enter"), say("funding.what"), say("funding.store"), say("funding.done"))
    entry_forms(view, "funding", stock, forms, words)


def _choose_drawdown(view: View, stock: Stock) -> str | None:
    titles = {key: item.title for key, item in stock.drawdowns.items()}
    return choose_one(view, Drawdown.sheet.label(view.lang), titles, "funding_drawdown_chosen", "funding.new_drawdown")


def _choose_proof(view: View, stock: Stock) -> str | None:
    titles = {key: item.title for key, item in stock.proofs.items()}
    return choose_one(view, ProofOfUse.sheet.label(view.lang), titles, "funding_proof_chosen", "funding.new_proof")


def _ask_drawdown(view: View, stock: Stock, subject: str | None) -> Make:
    """Ask for the amount and the days of a drawdown; of a new one also what it is."""
    known, name = stock.drawdowns.get(subject or ""), f"funding_drawdown_{subject}"
    named = {} if known else _ask_name(view, stock, Drawdown, name)
    amount = st.text_input(
        f"{heading(Drawdown, 'amount', view.say)} (€)",
        value=number(known.amount, view.lang, 2) if known else "",
        key=fresh(f"{name}_amount"),
    )
    days = _ask_days(view, known, Drawdown, name, ("planned_on", *_DRAWDOWN_STEPS, "use_by"))

    def make() -> list[Any]:
        euro = typed_amount(amount)
        if not euro:
            raise Refusal("funding.amount_needed")
        if not any(days[field] for field in ("planned_on", *_DRAWDOWN_STEPS)):
            raise Refusal("funding.day_needed")
        given = {**days, "amount": euro}
        if known:
            return [_moved(view, known, given, _DRAWDOWN_STEPS)]
        if named["funding_source"] is None:
            raise Refusal("funding.source_needed")
        _check_order(view, Drawdown, days, _DRAWDOWN_STEPS)
        return [Drawdown(**_new(view, Drawdown, "AB"), **_titled(named), **given)]

    return make


def _ask_proof(view: View, stock: Stock, subject: str | None) -> Make:
    """Ask for the days of a proof of use; of a new one also what it is."""
    known, name = stock.proofs.get(subject or ""), f"funding_proof_{subject}"
    named = {} if known else _ask_name(view, stock, ProofOfUse, name)
    kind: Any = None
    if known is None:
        kind = st.segmented_control(
            heading(ProofOfUse, "kind", view.say),
            list(ProofKind),
            default=ProofKind.INTERIM,
            required=True,
            format_func=lambda item: item.label(view.lang),
            key=fresh(f"{name}_kind"),
        )
    days = _ask_days(view, known, ProofOfUse, name, ("due_on", *_PROOF_STEPS))

    def make() -> list[Any]:
        if known:
            return [_moved(view, known, days, _PROOF_STEPS)]
        _check_order(view, ProofOfUse, days, _PROOF_STEPS)
        return [ProofOfUse(**_new(view, ProofOfUse, "NW"), **_titled(named), kind=kind, **days)]

    return make


def _ask_name(view: View, stock: Stock, record: type[R], name: str) -> dict[str, Any]:
    title = st.text_input(heading(record, "title", view.say), max_chars=_LONGEST_TITLE, key=fresh(f"{name}_title"))
    label = heading(record, "funding_source", view.say)
    return {"title": title, "funding_source": choose_one(view, label, stock.sources, f"{name}_source")}


def _ask_days(view: View, known: R | None, record: type[R], name: str, asked: Sequence[str]) -> dict[str, Any]:
    """Ask for the days; those of what has happened are not after the working day."""
    past = (*_DRAWDOWN_STEPS, *_PROOF_STEPS)
    return {
        field: ask_day(
            view,
            heading(record, field, view.say),
            f"{name}_{field}",
            getattr(known, field) if known else None,
            past=field in past,
        )
        for field in asked
    }


def _titled(named: Mapping[str, Any]) -> Mapping[str, Any]:
    if not named["title"].strip():
        raise Refusal("capture.title_needed")
    return named


def _new(view: View, record: type[R], stem: str) -> dict[str, Any]:
    return new_record(view, new_key(view, record, stem))


def _moved(view: View, known: R, given: Mapping[str, Any], steps: tuple[str, str]) -> R:
    """The record as it is stored, with what was changed in the form.

    The form shows what was known on the working day; days that are stored for later stay where nobody touched them.
    """
    changed = {field: value for field, value in given.items() if value != getattr(known, field)}
    newest = opened.store().record_history(known.programme, known.sheet.name, known.key)[0]
    stored = known.model_copy(update=dict(newest.values))
    moved = stored.model_copy(update=changed)
    _check_order(view, type(known), dict(moved), steps)
    return moved


def _check_order(view: View, record: type[R], days: Mapping[str, Any], steps: tuple[str, str]) -> None:
    first, second = (days[field] for field in steps)
    if first and second and second < first:
        labels = [heading(record, field, view.say) for field in steps]
        raise Refusal("funding.wrong_order", first=labels[0], second=labels[1])
