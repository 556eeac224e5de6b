"""The questions of each form about grant rules, and the records that their answers make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.rules import RuleResult
from smartdash.figures.headings import heading
from smartdash.figures.rule_words import place_name, rule_name
from smartdash.locale.numbers import day
from smartdash.model.declare import Record
from smartdash.model.grants import TOTAL, RulePackUse, RuleParameter, Waiver
from smartdash.model.rule_parts import Parameter, ParameterUnit, RuleStatus
from smartdash.store.rule_packs import EVERYWHERE
from smartdash.ui.capture_reading import shortened
from smartdash.ui.markdown import plain
from smartdash.ui.questions import Make, ask_day, choose_one, new_key, new_record, typed_number
from smartdash.ui.rule_stock import RuleStock
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, working_day

_STEM = "AN"
_LONG = 120


def ask_parameter(view: View, stock: RuleStock) -> Make:
    """Ask for a value or day that a rule needs; what is missing stands first."""
    say = view.say
    declared = _declared(stock)
    known = {parameter.name for parameter in stock.parameters}
    order = sorted(declared, key=lambda name: name in known)
    titles = {
        name: f"{declared[name].title(view.lang)} ({say('rules.given' if name in known else 'rules.missing')})"
        for name in order
    }
    name = choose_one(view, heading(RuleParameter, "name", say), titles, "rule_parameter_name", "ui.choose", order[0])
    asked = declared[name or order[0]]
    if explained := asked.explain_de if view.lang == "de" else asked.explain_en:
        st.caption(plain(explained))
    dated = asked.unit is ParameterUnit.DATE
    label = heading(RuleParameter, "day" if dated else "value", say)
    chosen: date | None = None
    typed: str | None = None
    if dated:
        chosen = ask_day(view, label, f"rule_parameter_day_{asked.name}", None)
    else:
        typed = st.text_input(f"{label} ({asked.unit.label(view.lang)})", key=fresh(f"rule_parameter_{asked.name}"))
    since = ask_day(view, heading(RuleParameter, "valid_from", say), "rule_parameter_from", None)
    note = st.text_input(heading(RuleParameter, "note", say), key=fresh("rule_parameter_note"))

    def make() -> list[Record]:
        if dated and chosen is None:
            raise Refusal("rules.day_needed")
        value = None if typed is None else typed_number(typed)
        given: dict[str, Any] = {"value": value, "day": chosen, "valid_from": since, "note": note.strip() or None}
        return [RuleParameter(**new_record(view), name=asked.name, **given)]

    return make


def _declared(stock: RuleStock) -> dict[str, Parameter]:
    """Every parameter of the packs that bind the programme, or of all packs where these ask for none."""
    declared = {parameter.name: parameter for pack in stock.binding for parameter in pack.parameters}
    return declared or {parameter.name: parameter for pack in stock.packs.values() for parameter in pack.parameters}


def ask_packs(view: View, stock: RuleStock) -> Make:
    """Ask which packs bind the programme; the rules of the plan itself always do."""
    say = view.say
    titles = {key: pack.title(view.lang) for key, pack in stock.packs.items() if key != EVERYWHERE}
    bound = {use.pack: use for use in stock.uses}
    chosen = st.multiselect(
        RulePackUse.sheet.label(view.lang),
        list(titles),
        default=[key for key in titles if key in bound],
        format_func=lambda key: titles[key],
        key=fresh("rule_packs"),
        placeholder=say("ui.choose"),
    )
    reason = st.text_input(heading(RulePackUse, "reason", say), max_chars=_LONG, key=fresh("rule_packs_why"))

    def make() -> list[Record]:
        # A pack that this version does not know stays: somebody has it in a newer one.
        kept = [use for key, use in bound.items() if key in chosen or key not in titles]
        new = [key for key in chosen if key not in bound]
        return [*kept, *(RulePackUse(**new_record(view), pack=key, reason=reason.strip() or None) for key in new)]

    return make


def ask_waiver(view: View, stock: RuleStock) -> Make:
    """Ask which breach is accepted, why, by whom and until when."""
    say, today = view.say, working_day(view)
    broken = breaches(stock)
    titles = {
        key: f"{rule_name(result, say)} · {place_name(result, stock.phases, say)}" for key, result in broken.items()
    }
    chosen = choose_one(view, say("rules.breach"), titles, "rule_breach", "ui.choose", next(iter(broken)))
    everywhere = st.toggle(say("rules.everywhere"), key=fresh("rule_everywhere"), help=say("rules.everywhere_help"))
    why = st.text_area(heading(Waiver, "reason", say), key=fresh("rule_waiver_why"))
    left, right = st.columns(2)
    with left:
        role = st.text_input(heading(Waiver, "approved_by", say), max_chars=_LONG, key=fresh("rule_waiver_role"))
        decision = choose_one(view, heading(Waiver, "decision", say), stock.papers, "rule_waiver_decision")
    with right:
        approved = st.date_input(
            heading(Waiver, "approved_on", say),
            value=today,
            max_value=today,
            format="DD.MM.YYYY",
            key=fresh("rule_waiver_day"),
        )
        until = ask_day(view, heading(Waiver, "valid_until", say), "rule_waiver_until", None)

    def make() -> list[Record]:
        if chosen is None:
            raise Refusal("rules.breach_needed")
        if not why.strip() or not role.strip():
            raise Refusal("rules.waiver_needs")
        if until is not None and until < approved:
            raise Refusal("rules.waiver_ends_before", day=approved)
        return [
            Waiver(
                **new_record(view, new_key(view, Waiver, _STEM)),
                rule=broken[chosen].rule,
                scope=None if everywhere else broken[chosen].place or TOTAL,
                reason=why.strip(),
                approved_by=role.strip(),
                approved_on=approved,
                decision=decision,
                valid_until=until,
            )
        ]

    return make


def breaches(stock: RuleStock) -> dict[str, RuleResult]:
    """What is broken and not accepted yet, by rule and place, the gravest first."""
    found = (item for item in stock.results if item.status is RuleStatus.VIOLATED and item.waiver is None)
    return {f"{item.rule} {item.place}": item for item in found}


def ask_end(view: View, stock: RuleStock) -> Make:
    """Ask which waiver ends, and with which day; it stays in the list."""
    say, today = view.say, working_day(view)
    running = {waiver.key: waiver for waiver in stock.open_waivers(today)}
    titles = {key: f"{key} · {shortened(waiver.reason)}" for key, waiver in running.items()}
    key = choose_one(view, Waiver.sheet.label(view.lang), titles, "rule_waiver", "ui.choose", next(iter(running)))
    waiver = running[key or next(iter(running))]
    st.caption(plain(say("rules.approved", role=waiver.approved_by, day=day(waiver.approved_on, view.lang))))
    last = st.date_input(
        say("rules.last_day"),
        value=max(waiver.approved_on, today - timedelta(days=1)),
        min_value=waiver.approved_on,
        format="DD.MM.YYYY",
        key=fresh(f"rule_waiver_last_{waiver.key}"),
    )
    return lambda: [waiver.model_copy(update={"valid_until": last})]


FORMS: Mapping[str, Callable[[View, RuleStock], Make]] = {
    "parameter": ask_parameter,
    "packs": ask_packs,
    "waive": ask_waiver,
    "end": ask_end,
}
"""Draws the questions of what can be done about rules."""
