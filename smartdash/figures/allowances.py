"""The figure of the allowances: what is used, planned and left, and what is about to break a cap or a limit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smartdash.analysis.allowances import (
    AllowanceStanding,
    Excess,
    Item,
    Limit,
    allowance_standings,
    excesses,
    limit_of,
)
from smartdash.analysis.status import Status, thresholds
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens, status_colour
from smartdash.figures.catalogue import figure
from smartdash.figures.delays import LATE, status_text
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, number, percent
from smartdash.model.schedule import Allowance, AllowanceUse, Phase
from smartdash.model.workshops import Event
from smartdash.store import Reader


@figure("schedule.allowances", page="deliverables", needs=("allowance",))
def allowances(reader: Reader, say: Words) -> Draft:
    """What of each allowance is used, planned and left, and which item breaks its cap or a limit."""
    lang, as_of, events = say.lang, reader.scope.as_of, reader.all(Event)
    found = reader.all(Allowance)
    standings = allowance_standings(found, events, reader.all(AllowanceUse), as_of)
    phases = titles(reader.all(Phase))
    warning = thresholds(as_of).allowance_at_risk
    message, over = _message(standings, warning, say), excesses(found, events)
    return Draft(
        message=message,
        columns=(
            column(Allowance, "title", lang),
            column(Allowance, "phase", lang),
            column(Allowance, "unit", lang),
            column(Allowance, "cap", lang, "number"),
            TableColumn("used", say("schedule.used"), "number"),
            TableColumn("planned", say("schedule.planned"), "number"),
            TableColumn("left", say("schedule.left"), "number"),
            TableColumn("share", say("schedule.share"), "percent"),
            TableColumn("status", say("schedule.status"), "status"),
            TableColumn("breaks_on", say("schedule.breaks_on"), "day"),
            TableColumn("breaks_with", say("schedule.breaks_with")),
            TableColumn("over_limit", say("schedule.over_limit")),
            column(Allowance, "limit_minutes", lang, "whole"),
            column(Allowance, "full_day", lang, "flag"),
            column(Allowance, "digital", lang, "flag"),
        ),
        rows=tuple(_row(item, phases.get(item.allowance.phase), over, say) for item in standings),
        unit=say("schedule.allowances_unit"),
        chart=lambda tokens: bar_chart([_bar(item, tokens, say) for item in standings], tokens),
        alt=say("schedule.allowances_alt", n=len(standings), message=message),
        note=_note(standings, over, warning, say),
    )


def _recorded(standing: AllowanceStanding) -> bool:
    """Whether anything is known of its use; without it nothing is said, not even zero."""
    return standing.status is not Status.UNKNOWN


def _row(standing: AllowanceStanding, phase: str | None, over: Sequence[Excess], say: Words) -> Row:
    allowance, recorded = standing.allowance, _recorded(standing)
    amounts = (standing.used, standing.planned, standing.left)
    item = standing.breaks or standing.warns
    broken = dict.fromkeys(one.event.title for one in over if one.allowance.key == allowance.key)
    return (
        allowance.title,
        phase,
        allowance.unit.label(say.lang),
        allowance.cap,
        *(_shortened(amount) if recorded else None for amount in amounts),
        standing.share,
        standing.status.value,
        item.day if item else None,
        _name(item, say) if item else None,
        "; ".join(broken) or None,
        limit_of(allowance),
        allowance.full_day,
        allowance.digital,
    )


def _shortened(amount: Decimal) -> Decimal:
    """An amount with at most two decimals, without trailing zeros."""
    rounded = amount.quantize(Decimal("0.01"))
    return Decimal(int(rounded)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _message(standings: Sequence[AllowanceStanding], warning: Decimal, say: Words) -> str:
    used = [item for item in standings if _recorded(item)]
    exceeded = [item for item in used if item.breaks]
    if exceeded:
        worst = min(exceeded, key=lambda item: item.left)
        amount = number(_shortened(-worst.left), say.lang)
        sentence = say("schedule.exceeded", n=len(exceeded), title=worst.allowance.title, amount=amount)
        return f"{sentence} {_culprit(worst, say)}"
    if not used:
        return say("schedule.allowances_unused", caps=_listed([_cap(item.allowance, say) for item in standings], say))
    tightest = max(used, key=lambda item: item.share or Decimal(0))
    values = {
        "title": tightest.allowance.title,
        "used": number(_shortened(tightest.used), say.lang),
        "cap": number(tightest.allowance.cap, say.lang),
        "planned": number(_shortened(tightest.planned), say.lang),
        "left": number(_shortened(tightest.left), say.lang),
    }
    message = "schedule.tightest_planned" if tightest.planned else "schedule.tightest"
    if tightest.left == 0:
        message = "schedule.exhausted" if tightest.planned else "schedule.used_up"
    sentence = say(message, n=None, **values)
    if tightest.status is not Status.AT_RISK or tightest.warns is None:
        return sentence
    item, when = _name(tightest.warns, say), day(tightest.warns.day, say.lang)
    return f"{sentence} {say('schedule.warned_by', item=item, day=when, share=percent(warning, say.lang, 0))}"


def _culprit(standing: AllowanceStanding, say: Words) -> str:
    """What breaks the cap, and when."""
    item = standing.breaks
    return say("schedule.broken_by", item=_name(item, say), day=day(item.day, say.lang)) if item else ""


def _name(item: Item, say: Words) -> str:
    return item.title or say("schedule.unnamed_use")


def _cap(allowance: Allowance, say: Words) -> str:
    if allowance.cap == 1:
        return f"{number(allowance.cap, say.lang)} {say(f'schedule.one_{allowance.unit.value}')}"
    return f"{number(allowance.cap, say.lang)} {allowance.unit.label(say.lang)}"


def _listed(items: Sequence[str], say: Words) -> str:
    return f" {say('schedule.and')} ".join(filter(None, (", ".join(items[:-1]), items[-1])))


def _bar(standing: AllowanceStanding, tokens: Tokens, say: Words) -> Bar:
    """Used and planned as shares of the cap, so that allowances of different units stand on one scale."""
    whole, recorded = standing.allowance.cap or Decimal(1), _recorded(standing)
    values = {
        "used": number(_shortened(standing.used), say.lang),
        "planned": number(_shortened(standing.planned), say.lang),
        "cap": number(standing.allowance.cap, say.lang),
    }
    free = max(standing.left, Decimal(0))
    message = "schedule.used_planned" if standing.planned else "schedule.used_of"
    warned = standing.status in LATE
    word = status_text(standing.status, say) if warned else ""
    first = standing.used >= standing.planned
    return Bar(
        label=standing.allowance.title,
        parts=(
            Part(float(standing.used / whole), tokens.actual_fill, word if first else ""),
            Part(float(standing.planned / whole), tokens.forecast_fill, "" if first else word),
            Part(float(free / whole), ""),
        ),
        value=say(message if recorded else "schedule.at_most", n=None, **values),
        details={
            say("schedule.allowance"): standing.allowance.title,
            say("schedule.used"): values["used"] if recorded else EMPTY,
            say("schedule.planned"): values["planned"] if recorded else EMPTY,
            say("schedule.left"): number(_shortened(standing.left), say.lang) if recorded else EMPTY,
            say("schedule.cap"): values["cap"],
            say("schedule.status"): status_text(standing.status, say),
        },
        mark=float(standing.allowance.cap / whole),
        value_colour=status_colour(tokens, standing.status.value) if warned else "",
    )


def _note(standings: Sequence[AllowanceStanding], found: Sequence[Excess], warning: Decimal, say: Words) -> str:
    silent = sum(not _recorded(item) for item in standings)
    near = [
        say("schedule.near", title=item.allowance.title, item=_name(item.warns, say), day=day(item.warns.day, say.lang))
        for item in standings
        if item.status is Status.AT_RISK and item.warns
    ]
    longer = [
        say("schedule.longer", title=item.event.title, minutes=str(item.event.minutes), limit=str(item.minutes))
        for item in found
        if item.limit is Limit.MINUTES
    ]
    on_site = [say("schedule.quoted", title=item.event.title) for item in found if item.limit is Limit.DIGITAL]
    share = percent(warning, say.lang, 0)
    notes = [
        say("schedule.unrecorded", n=silent) if 0 < silent < len(standings) else "",
        say("schedule.near_cap", n=len(near), share=share, items="; ".join(near)) if len(near) > 1 else "",
        say("schedule.too_long", n=len(longer), events="; ".join(longer)) if longer else "",
        say("schedule.on_site", n=len(on_site), events=", ".join(on_site)) if on_site else "",
    ]
    return " ".join(filter(None, notes))
