"""How key results are put into words: what they reached, why their colour is what it is, and who works on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from smartdash.analysis.key_result_status import Reason, Rule
from smartdash.analysis.okr import KeyResultStanding
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, number, percent
from smartdash.model.okr import Cycle, KeyResult, KeyResultKind


def status_text(item: KeyResultStanding, say: Words) -> str:
    """Sign and word of a status."""
    return f"{STATUS_SIGNS[item.status.value]} {say(f'status.{item.status}')}"


def reached_text(item: KeyResultStanding, say: Words) -> str:
    """The progress in words; a step back, what is beyond the target, and a band that is kept are named."""
    if item.progress is None:
        return say("okr.no_report")
    reached = percent(item.progress, say.lang, 0)
    if item.key_result.kind is KeyResultKind.BAND and item.progress == 1:
        return say("okr.in_band")
    if item.progress < 0:
        return say("okr.regress", progress=reached)
    return say("okr.exceeded", progress=reached) if item.progress > 1 else reached


def value_text(item: KeyResultStanding, say: Words) -> str:
    """The value last reported in the key result's own measure: with its unit, its zone, or its milestones done."""
    if item.key_result.kind is KeyResultKind.MILESTONES:
        done = sum(
            bool(step.done_on and item.reported_on and step.done_on <= item.reported_on) for step in item.milestones
        )
        return say("okr.steps_done", done=number(done, say.lang), n=len(item.milestones))
    report = item.check_in
    if report is None:
        return EMPTY
    if report.zone:
        return report.zone.label(say.lang)
    return in_unit(report.value, item.key_result, say)


def in_unit(value: Decimal | None, key_result: KeyResult, say: Words) -> str:
    """A value with the unit that a key result is measured in; of milestones and zones in per cent."""
    if value is None:
        return EMPTY
    per_cent = key_result.kind in (KeyResultKind.MILESTONES, KeyResultKind.ZONES)
    unit = "%" if per_cent else key_result.measured_in or ""
    return f"{number(value, say.lang)} {unit}".strip()


def way_text(item: KeyResultStanding, say: Words) -> str:
    """From where to where a key result leads, in its own measure."""
    result = item.key_result
    if result.kind is KeyResultKind.CHANGE:
        target = number(result.target, say.lang)
        return say("okr.way", baseline=number(result.baseline, say.lang), value=value_text(item, say), target=target)
    if result.kind is KeyResultKind.BAND:
        limits = say("okr.limits", low=number(result.band_low, say.lang), high=number(result.band_high, say.lang))
        return say("okr.band_way", value=value_text(item, say), limits=limits)
    if result.kind is KeyResultKind.ZONES:
        return say("okr.zone_way", zone=value_text(item, say))
    return value_text(item, say)


def why(reason: Reason, say: Words) -> str:
    """Why a colour is what it is: the rule, its inputs, and the version of the thresholds."""
    value, limit, critical = (
        _amount(reason, amount, say) for amount in (reason.value, reason.at_risk, reason.critical)
    )
    sentence = say(f"okr.why_{reason.rule}", value=value, limit=limit, critical=critical)
    return f"{sentence} {say('okr.why_version', version=reason.version)}"


def _amount(reason: Reason, value: Decimal | None, say: Words) -> str:
    if reason.rule is Rule.SCORE:
        return number(value, say.lang, 2)
    if reason.rule is Rule.PACE and value is not None:
        return number(value * 100, say.lang, 0)
    if reason.rule in (Rule.REACHED, Rule.PROMISE):
        return percent(value, say.lang, 0)
    return number(value, say.lang)


def cycle_option(shown: Cycle, others: Iterable[Cycle], chosen: Mapping[str, str], say: Words) -> Option:
    """The choice of a cycle: the one of the as-of date, which is the default, then the newest first."""
    ordered = sorted(others, key=lambda item: item.start, reverse=True)
    return choice("cycle", Cycle.sheet.label(say.lang), {item.key: item.title for item in (shown, *ordered)}, chosen)
