"""What a rule found, in words: its name, its place, its verdict and the sentence with the numbers filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from smartdash.analysis.budget import as_decimal
from smartdash.analysis.rules import RuleResult
from smartdash.analysis.rules.results import Value
from smartdash.charts.tokens import STATUS_SIGNS, Status
from smartdash.locale import Words
from smartdash.locale.numbers import day, days, euro, number, percent
from smartdash.model.rule_packs import SumEquals
from smartdash.model.rule_parts import RuleScope, RuleSource, RuleStatus, Severity
from smartdash.store.rule_packs import rule_packs

_TOLD = ("duration_max", "deadline", "cash_age", "carry_over_expiry")
"""Types with a sentence of their own, whether the rule is kept or broken; their `state` or `case` chooses it."""

_SAME = ("label_unique", "share_matches_formula", "stale_base", "identical_series", "zero_in_active_phase")
"""Types whose breach has a sentence of its own; the others compare two sides."""

_SUMS = {"funding": "balance", "stated": "printed", "leaves": "on_parent"}
"""How the two sums of a rule that compares sums are told apart."""

_WEIGHT: Mapping[Severity, Status] = {
    Severity.ERROR: "critical",
    Severity.WARNING: "at_risk",
    Severity.INFO: "planned",
}


def standing(result: RuleResult) -> Status:
    """The status whose sign and colour a result has; a waived breach is nobody's finding any more, but no green."""
    if result.status is RuleStatus.VIOLATED:
        return "planned" if result.waiver else _WEIGHT[result.severity]
    if result.status is RuleStatus.OK:
        return "at_risk" if result.near else "on_track"
    return "unknown"


def verdict(result: RuleResult, say: Words) -> str:
    """Sign and word: "■ verletzt", "▲ Warnung", "○ Hinweis", "○ Ausnahme", "● eingehalten", "– nicht prüfbar"."""
    return f"{STATUS_SIGNS[standing(result)]} {say(f'rules.verdict_{_case(result)}')}"


def _case(result: RuleResult) -> str:
    if result.status is RuleStatus.VIOLATED:
        return "waived" if result.waiver else result.severity.value
    if result.status is RuleStatus.OK and result.severity is Severity.INFO:
        return "plain"
    return "near" if result.near and result.status is RuleStatus.OK else result.status.value


def rule_name(result: RuleResult, say: Words) -> str:
    """The title of the rule in its pack."""
    return result.definition.title(say.lang)


def place_name(result: RuleResult, phases: Mapping[str | None, str], say: Words) -> str:
    """Where the rule was judged: "gesamt", "2024", "Strategiephase", "Strategiephase, 2023", "Position 2.1.5"."""
    phase = phases.get(result.phase, result.phase or "")
    if result.scope is RuleScope.TOTAL or not result.place:
        return RuleScope.TOTAL.label(say.lang)
    if result.scope is RuleScope.PHASE:
        return phase
    if result.scope is RuleScope.PHASE_YEAR:
        return f"{phase}, {result.year}"
    if result.scope is RuleScope.LINE:
        return say("rules.line", code=result.place)
    if title := result.values.get("title"):
        return str(title)
    code, _, year = result.place.partition("/")
    return f"{code}, {year}" if year else code


def side(amount: Decimal | None, unit: str, say: Words) -> str:
    """One side of a rule in its unit: euro to the cent, or a number with its unit."""
    if unit == "€" or amount is None:
        return euro(amount, say.lang, cents=True)
    if unit == "days":
        return days(int(amount), say.lang)
    if unit == "months":
        return say("rules.months", n=int(amount))
    if unit == "%":
        return percent(amount / 100, say.lang, 0 if amount == amount.to_integral_value() else 2)
    return f"{number(amount, say.lang)}\u00a0{unit}"


def unit_name(unit: str, say: Words) -> str:
    """The unit of a side as a column names it."""
    return say(f"rules.unit_{unit}") if unit in ("days", "months") else unit


def room(result: RuleResult, say: Words) -> str:
    """What is left up to the limit, or by how much it is exceeded or missed; empty where nothing is compared."""
    if result.difference is None or result.type in _SAME:
        return ""
    amount = side(abs(result.difference), result.unit, say)
    if result.status is RuleStatus.OK and result.room_left is not None and result.room_left < 0:
        # What is settled has no limit to reach any more.
        return ""
    if result.room_left is None:
        return say("rules.apart", amount=amount) if result.difference else ""
    broken = result.status is RuleStatus.VIOLATED
    if not result.difference:
        return say("rules.at_limit")
    if result.unit == "days":
        return say("rules.late" if broken else "rules.days_left", amount=amount)
    if _sense(result) == "max":
        return say("rules.over" if broken else "rules.left", amount=amount)
    return say("rules.short" if broken else "rules.above", amount=amount)


def sentence(result: RuleResult, say: Words) -> str:
    """What was found, with both sides and the difference; where nothing could be judged, why."""
    if result.reason and result.status in (RuleStatus.UNKNOWN, RuleStatus.NOT_APPLICABLE):
        return say(f"rules.reason_{result.reason}", **_filled(result, say))
    if result.type in _SAME and result.status is RuleStatus.VIOLATED:
        case = result.values.get("case")
        name = f"{result.type}_{case}" if case else result.type
        return say(f"rules.{name}", n=len(str(result.values.get("lines", "")).split(", ")), **_filled(result, say))
    if result.left is None or result.right is None:
        return say(f"rules.nothing_{result.status}")
    if result.type in _TOLD:
        return say(f"rules.{_told(result)}", **_filled(result, say))
    text = sides(result, say)
    if {"factor", "whole"} <= result.values.keys():
        text += say("rules.basis", **_filled(result, say))
    told = room(result, say)
    text = f"{text}: {told}." if told else f"{text}."
    if "computed" in result.values:
        return f"{text} {say('rules.computed')}"
    if result.type == "overrun" and result.near:
        return f"{text} {say('rules.committed', **_filled(result, say))}"
    return text


def sides(result: RuleResult, say: Words) -> str:
    """Both sides as they may stand to each other: "530.000,00 € bei höchstens 356.666,67 €"; one where one is known."""
    if result.left is None or result.right is None:
        return "" if result.left is None else side(result.left, result.unit, say)
    if "vat" in result.values:
        return say("rules.taxed", **_filled(result, say))
    if result.room_left is None and result.left == result.right:
        return say("rules.same", **_filled(result, say))
    if isinstance(result.definition, SumEquals):
        return say(f"rules.{_SUMS[result.definition.compare]}", **_filled(result, say))
    return say(f"rules.compared_{_sense(result)}", **_filled(result, say))


def _sense(result: RuleResult) -> str:
    if result.room_left is None or result.difference is None:
        return "equal"
    return "max" if result.room_left == -result.difference else "min"


def _told(result: RuleResult) -> str:
    if result.values.get("case") == "too_long":
        return "carry_over_too_long"
    chosen = result.values.get("state")
    if result.type == "cash_age" and result.values.get("late"):
        chosen = "interest" if "interest" in result.values else "late"
    return f"{result.type}_{chosen}" if chosen else result.type


def _filled(result: RuleResult, say: Words) -> dict[str, Any]:
    values = {name: _value(value, say) for name, value in result.values.items()}
    if "payer" in values:
        values["payer"] = say(f"rules.payer_{values['payer']}")
    if "parameter" in values:
        values["parameter"] = parameter_title(result, say)
    return {
        **values,
        "left": side(result.left, result.unit, say),
        "right": side(result.right, result.unit, say),
        "year": str(result.year or ""),
    }


def source_text(source: RuleSource, say: Words) -> str:
    """Where a rule is written: document, clause, and the day somebody last looked."""
    where = ", ".join(part for part in (source.document, source.clause) if part)
    return say("rules.checked", source=where, day=day(source.checked_on, say.lang))


def parameter_title(result: RuleResult, say: Words) -> str:
    """What the parameter is called that a rule lacks; its name where the pack is no longer there."""
    name = str(result.values.get("parameter", ""))
    pack = rule_packs().get(result.rule.partition(".")[0])
    declared = pack.parameters if pack else ()
    return next((item.title(say.lang) for item in declared if item.name == name), name)


def _value(value: Value, say: Words) -> str:
    """Euro to the cent, a fraction as a percentage of at most two decimals or else as it is written, a day, a name."""
    if isinstance(value, Decimal):
        return euro(value, say.lang, cents=True)
    if isinstance(value, Fraction):
        share = value * 100
        exact = (share * 100).denominator == 1
        return side(as_decimal(share), "%", say) if exact else str(value)
    if isinstance(value, date):
        return day(value, say.lang)
    return str(value)
