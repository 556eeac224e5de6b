"""Figures of what is to be delivered and of what may be used for it: deliverables, their contents, allowances."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smartdash.analysis.schedule import (
    AllowanceStanding,
    DeliverableStanding,
    allowance_standings,
    deliverable_standings,
)
from smartdash.analysis.status import Status
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import ChartMaker, Draft, TableColumn
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, number
from smartdash.model.schedule import Allowance, Deliverable, DeliverableContent, Phase
from smartdash.model.shared import Unit
from smartdash.model.workshops import Event
from smartdash.store import Reader

_OVERDUE = (Status.AT_RISK, Status.CRITICAL, Status.UNKNOWN)


@figure("schedule.deliverables", page="deliverables", needs=("deliverable",))
def deliverables(reader: Reader, say: Words) -> Draft:
    """Deliverables with due date, delivery, and how many of their required contents are covered."""
    lang, contents = say.lang, reader.all(DeliverableContent)
    standings = deliverable_standings(reader.all(Deliverable), contents, reader.scope.as_of)
    units, phases = titles(reader.all(Unit)), titles(reader.all(Phase))
    reported = any(content.covered_on for content in contents)
    rows = tuple(
        (
            item.deliverable.title,
            phases.get(item.deliverable.phase),
            item.deliverable.due,
            item.deliverable.delivered,
            item.covered if reported and item.required else None,
            item.required or None,
            item.status.value,
            units.get(item.deliverable.unit),
        )
        for item in standings
    )
    charted = [item for item in standings if item.required]
    notes = []
    if contents and not reported:
        notes.append(say("schedule.contents_unreported", n=len(contents)))
    if len(charted) < len(standings):
        notes.append(say("schedule.contents_missing", n=len(standings) - len(charted)))
    return Draft(
        message=_message(standings, say),
        columns=(
            column(Deliverable, "title", lang),
            column(Deliverable, "phase", lang),
            column(Deliverable, "due", lang, "day"),
            column(Deliverable, "delivered", lang, "day"),
            TableColumn("covered", say("schedule.covered"), "whole"),
            TableColumn("required", say("schedule.required"), "whole"),
            TableColumn("status", say("schedule.status"), "status"),
            column(Deliverable, "unit", lang),
        ),
        rows=rows,
        unit=say("schedule.coverage_unit" if reported else "schedule.required_unit") if charted else "",
        chart=_coverage(charted, reported, say) if charted else None,
        alt=say(
            "schedule.coverage_alt" if reported else "schedule.required_alt",
            n=len(charted),
            covered=str(sum(item.covered for item in charted)),
            required=str(sum(item.required for item in charted)),
        )
        if charted
        else "",
        note=" ".join(notes),
    )


def _message(standings: Sequence[DeliverableStanding], say: Words) -> str:
    total = len(standings)
    delivered = sum(item.status is Status.DONE for item in standings)
    overdue = sum(item.status in _OVERDUE for item in standings)
    if delivered == total:
        return say("schedule.all_delivered", n=total)
    if not delivered:
        sentence = say("schedule.none_delivered", n=total)
    else:
        sentence = say("schedule.delivered", n=delivered, all=str(total))
    return f"{sentence} {say('schedule.overdue', n=overdue)}" if overdue else sentence


def _coverage(standings: Sequence[DeliverableStanding], reported: bool, say: Words) -> ChartMaker:
    def value(item: DeliverableStanding) -> str:
        if reported:
            return say("schedule.covered_of", covered=str(item.covered), required=str(item.required))
        return say("schedule.contents_count", n=item.required)

    def bar(item: DeliverableStanding, tokens: Tokens) -> Bar:
        covered = item.covered if reported else 0
        details = {
            say("schedule.deliverable"): item.deliverable.title,
            say("schedule.covered"): str(item.covered) if reported else EMPTY,
            say("schedule.required"): str(item.required),
        }
        parts = (Part(covered, tokens.actual_fill), Part(item.required - covered, ""))
        return Bar(item.deliverable.title, parts, value(item), details)

    return lambda tokens: bar_chart([bar(item, tokens) for item in standings], tokens)


@figure("schedule.contents", page="deliverables", needs=("deliverable_content",))
def contents(reader: Reader, say: Words) -> Draft:
    """The required contents of each deliverable and since when each is covered."""
    names, found = titles(reader.all(Deliverable)), reader.all(DeliverableContent)
    place = {key: index for index, key in enumerate(names)}
    ordered = sorted(found, key=lambda content: place[content.deliverable])
    covered = sum(content.covered_on is not None for content in found)
    if covered == 0:
        message = say("schedule.contents_unreported", n=len(found))
    elif covered == len(found):
        message = say("schedule.contents_done", n=covered)
    else:
        message = say("schedule.contents_covered", n=covered, all=str(len(found)))
    return Draft(
        message=message,
        columns=(
            column(DeliverableContent, "deliverable", say.lang),
            column(DeliverableContent, "title", say.lang),
            column(DeliverableContent, "covered_on", say.lang, "day"),
        ),
        rows=tuple((names[content.deliverable], content.title, content.covered_on) for content in ordered),
    )


@figure("schedule.allowances", page="deliverables", needs=("allowance",))
def allowances(reader: Reader, say: Words) -> Draft:
    """What of each allowance is used, planned and left."""
    lang, events = say.lang, reader.all(Event)
    standings = allowance_standings(reader.all(Allowance), events, reader.scope.as_of)
    phases = titles(reader.all(Phase))
    recorded = {event.allowance for event in events}
    rows = tuple(
        (
            item.allowance.title,
            phases.get(item.allowance.phase),
            item.allowance.unit.label(lang),
            item.allowance.cap,
            *(
                _shortened(amount) if item.allowance.key in recorded else None
                for amount in (item.used, item.planned, item.left)
            ),
            item.allowance.limit_minutes,
            item.allowance.full_day,
            item.allowance.digital,
        )
        for item in standings
    )
    used = [item for item in standings if item.allowance.key in recorded]
    message = _allowance_message(standings, used, say)
    notes = [
        say("schedule.unrecorded", n=len(standings) - len(used)) if 0 < len(used) < len(standings) else "",
        _too_long(standings, [event for event in events if event.held_on <= reader.scope.as_of], say),
    ]
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
            column(Allowance, "limit_minutes", lang, "whole"),
            column(Allowance, "full_day", lang, "flag"),
            column(Allowance, "digital", lang, "flag"),
        ),
        rows=rows,
        unit=say("schedule.allowances_unit"),
        chart=lambda tokens: bar_chart([_allowance_bar(item, item in used, tokens, say) for item in standings], tokens),
        alt=say("schedule.allowances_alt", n=len(standings), message=message),
        note=" ".join(filter(None, notes)),
    )


def _shortened(amount: Decimal) -> Decimal:
    """An amount with at most two decimals, without trailing zeros."""
    rounded = amount.quantize(Decimal("0.01"))
    return Decimal(int(rounded)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _allowance_message(standings: Sequence[AllowanceStanding], used: Sequence[AllowanceStanding], say: Words) -> str:
    exceeded = [item for item in standings if item.left < 0]
    if exceeded:
        worst = min(exceeded, key=lambda item: item.left)
        amount = number(_shortened(-worst.left), say.lang)
        return say("schedule.exceeded", n=len(exceeded), title=worst.allowance.title, amount=amount)
    if not used:
        return say("schedule.allowances_unused", caps=_listed([_cap(item.allowance, say) for item in standings], say))
    tightest = max(used, key=lambda item: (item.used + item.planned) / (item.allowance.cap or 1))
    values = {
        "title": tightest.allowance.title,
        "used": number(_shortened(tightest.used), say.lang),
        "cap": number(tightest.allowance.cap, say.lang),
        "planned": number(_shortened(tightest.planned), say.lang),
        "left": number(_shortened(tightest.left), say.lang),
    }
    message = "schedule.tightest_planned" if tightest.planned else "schedule.tightest"
    return say("schedule.exhausted" if tightest.left == 0 else message, n=None, **values)


def _cap(allowance: Allowance, say: Words) -> str:
    if allowance.cap == 1:
        return f"{number(allowance.cap, say.lang)} {say(f'schedule.one_{allowance.unit.value}')}"
    return f"{number(allowance.cap, say.lang)} {allowance.unit.label(say.lang)}"


def _listed(items: Sequence[str], say: Words) -> str:
    return f" {say('schedule.and')} ".join(filter(None, (", ".join(items[:-1]), items[-1])))


def _allowance_bar(standing: AllowanceStanding, recorded: bool, tokens: Tokens, say: Words) -> Bar:
    """Used and planned as shares of the cap, so that allowances of different units stand on one scale.

    Where no event refers to the allowance, nothing is known of its use.
    """
    whole = standing.allowance.cap or Decimal(1)
    values = {
        "used": number(_shortened(standing.used), say.lang),
        "planned": number(_shortened(standing.planned), say.lang),
        "cap": number(standing.allowance.cap, say.lang),
    }
    free = max(standing.left, Decimal(0))
    message = "schedule.used_planned" if standing.planned else "schedule.used_of"
    return Bar(
        label=standing.allowance.title,
        parts=(
            Part(float(standing.used / whole), tokens.actual_fill),
            Part(float(standing.planned / whole), tokens.forecast_fill),
            Part(float(free / whole), ""),
        ),
        value=say(message if recorded else "schedule.at_most", n=None, **values),
        details={
            say("schedule.allowance"): standing.allowance.title,
            say("schedule.used"): values["used"] if recorded else EMPTY,
            say("schedule.planned"): values["planned"] if recorded else EMPTY,
            say("schedule.left"): number(_shortened(standing.left), say.lang) if recorded else EMPTY,
            say("schedule.cap"): values["cap"],
        },
        mark=float(standing.allowance.cap / whole),
    )


def _too_long(standings: Sequence[AllowanceStanding], events: Sequence[Event], say: Words) -> str:
    limits = {item.allowance.key: item.allowance.limit_minutes for item in standings}
    longer = [
        say("schedule.longer", title=event.title, minutes=str(event.minutes), limit=str(limit))
        for event in events
        if event.minutes and (limit := limits.get(event.allowance or "")) and event.minutes > limit
    ]
    return say("schedule.too_long", n=len(longer), events="; ".join(longer)) if longer else ""
