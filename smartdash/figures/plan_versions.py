"""The versions of the cost plan: which is in force, what it replaced, and the decision each rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.analysis.plan_changes import by_day, predecessor
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import STATUS_SIGNS, Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.committee_data import read_committees
from smartdash.figures.decisions import Decided, decided
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.plans import money_scale, named, version_in_force
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, euro, euro_short, number
from smartdash.model.money import PlanStatus, PlanVersion
from smartdash.store import Reader
from smartdash.store.plan_queries import version_totals

Totals = Mapping[str, tuple[Decimal | None, Decimal | None]]
"""Cost and funding by the key of the version."""

_APPROVED = (PlanStatus.APPROVAL, PlanStatus.AMENDMENT)


@figure("cost_plan.versions", page="cost_plan", needs=("plan_version",))
def versions(reader: Reader, say: Words) -> Draft:
    """Every version with its decision, cost and funding; which is in force on the as-of date."""
    found, current = by_day(reader.all(PlanVersion)), version_in_force(reader)
    totals, committees = version_totals(reader), read_committees(reader)
    decisions = {version.key: decided(version.decision, committees, say) for version in found}
    message = _message(found, current, totals, decisions, reader.scope.as_of, say)
    largest = max((amount or Decimal(0) for pair in totals.values() for amount in pair), default=Decimal(0))
    unit, divisor, digits = money_scale(largest, say)

    def drawn(version: PlanVersion, tokens: Tokens) -> Bar:
        cost, funding = totals.get(version.key, (None, None))
        value = number(None if cost is None else cost / divisor, say.lang, digits)
        valid = say("versions.from_day", day=day(version.valid_from, say.lang)) if version.valid_from else ""
        return Bar(
            label=" · ".join(part for part in (named(version, say), valid) if part),
            parts=(Part(float(cost or 0), tokens.actual_fill if version == current else ""),),
            value=_value(version, value, say) if version == current else value,
            details={
                PlanVersion.sheet.label(say.lang): version.title,
                say("versions.cost"): euro(cost, say.lang, cents=True),
                say("versions.funding"): euro(funding, say.lang, cents=True),
                heading(PlanVersion, "decision", say): decisions[version.key].in_one_line(say),
            },
            mark=None if funding is None else float(funding),
            strong=version == current,
        )

    titles = {version.key: version.title for version in found}
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(version, version == current, totals, decisions, titles, say) for version in found),
        unit=say("versions.versions_unit", unit=unit),
        chart=(lambda tokens: bar_chart([drawn(version, tokens) for version in found], tokens)) if totals else None,
        alt=say("versions.versions_alt", n=len(found), message=message),
        note=say("versions.versions_note", day=day(reader.scope.as_of, say.lang)),
    )


def _value(version: PlanVersion, value: str, say: Words) -> str:
    """The cost of the version that counts; an application counts, but is not in force."""
    if version.status not in _APPROVED:
        return say("versions.counts_value", value=value)
    return say("versions.in_force_value", sign=STATUS_SIGNS["done"], value=value)


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        column(PlanVersion, "title", lang),
        column(PlanVersion, "status", lang),
        column(PlanVersion, "valid_from", lang, "day"),
        TableColumn("in_force", say("versions.in_force"), "flag"),
        TableColumn("cost", say("versions.cost"), "money"),
        TableColumn("funding", say("versions.funding"), "money"),
        TableColumn("difference", say("versions.uncovered"), "money"),
        column(PlanVersion, "gross", lang, "flag"),
        column(PlanVersion, "supersedes", lang),
        column(PlanVersion, "decision", lang),
        TableColumn("outcome", say("committees.outcome")),
        TableColumn("committee", say("versions.committee")),
        TableColumn("decided_on", say("versions.session_on"), "day"),
        TableColumn("sitting", say("versions.sitting")),
    )


def _row(
    version: PlanVersion,
    in_force: bool,
    totals: Totals,
    decisions: Mapping[str, Decided],
    titles: Mapping[str, str],
    say: Words,
) -> Row:
    cost, funding = totals.get(version.key, (None, None))
    decision = decisions[version.key]
    return (
        version.title,
        version.status.label(say.lang),
        version.valid_from,
        in_force,
        cost,
        funding,
        None if cost is None or funding is None else cost - funding,
        version.gross,
        titles.get(version.supersedes or ""),
        decision.paper or None,
        decision.outcome,
        decision.committee,
        decision.held_on,
        decision.sitting,
    )


def _message(
    found: list[PlanVersion],
    current: PlanVersion | None,
    totals: Totals,
    decisions: Mapping[str, Decided],
    as_of: date,
    say: Words,
) -> str:
    if current is None:
        return say("versions.none_in_force", day=day(as_of, say.lang))
    cost = totals.get(current.key, (None, None))[0]
    amount = EMPTY if cost is None else euro_short(cost, say.lang)
    values: dict[str, Any] = {"day": day(as_of, say.lang), "version": named(current, say), "amount": amount}
    if current.valid_from and current.valid_from > as_of:
        first = say("versions.not_yet", **values, since=day(current.valid_from, say.lang))
    elif current.status in _APPROVED:
        before = predecessor(current, found)
        first = say("versions.replaces", **values, before=before.title) if before else say("versions.valid", **values)
    else:
        first = say("versions.not_approved", **values)
    decision = decisions[current.key]
    if not decision.paper:
        return f"{first} {say('versions.without_decision', text=decision.outcome)}"
    return f"{first} {say('versions.with_decision', text=decision.in_one_line(say))}"
