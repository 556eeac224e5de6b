"""The figure about who pays, against the highest share that the rules allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO, as_decimal, share, total_by
from smartdash.analysis.rules import RuleResult
from smartdash.charts.funding import share_bars
from smartdash.charts.tokens import STATUS_SIGNS, Status
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.funding_limits import FundingLimit, FundingLimits, funding_limits
from smartdash.figures.funding_plan import FundingPlan, read_funding_plan
from smartdash.figures.headings import heading, listing
from smartdash.figures.plans import amount_tooltips, drawn_parts, named, no_plan, part_titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, euro, euro_short, number, percent
from smartdash.model.money import FundingAmount, FundingSource
from smartdash.store import Reader

_SMALLEST_LABELLED = Decimal("0.04")
_ALL = ""
"""Stands for all years."""

_Table = Mapping[tuple[str, str], Decimal]
"""Euro by (source, year or all)."""


@figure("budget.funding", page="funding", needs=("funding_amount",))
def funding(reader: Reader, say: Words) -> Draft:
    """Who pays: the share of each funding source inside the plan, per year and in total, and the limit of the rules."""
    plan = read_funding_plan(reader)
    if plan is None or not plan.inside:
        return no_plan(say)
    titles = part_titles(plan.inside)
    table = _amounts(plan)
    years = [*dict.fromkeys(year for _, year in sorted(table, key=lambda place: place[1]) if year), _ALL]
    wholes = total_by((year, amount) for (_, year), amount in table.items())
    limits = funding_limits(reader, plan.inside)
    bars = [_bar(year, limits.at.get(year), wholes[year], say) for year in years]
    shares = _shares(table, wholes, titles, years, say)
    message = _message(plan, table, wholes, limits, say)
    parts = list(dict.fromkeys(drawn_parts(titles, say).values()))
    return Draft(
        message=message,
        columns=(
            TableColumn("year", heading(FundingAmount, "year", say)),
            TableColumn("source", FundingSource.sheet.label(say.lang)),
            TableColumn("amount", heading(FundingAmount, "amount", say), "money"),
            TableColumn("share", say("budget.share_of_year"), "percent"),
            TableColumn("limit", say("funding.limit"), "money"),
            TableColumn("over", say("funding.over_limit"), "money"),
            TableColumn("room", say("funding.room"), "money"),
            TableColumn("status", say("funding.status"), "status"),
        ),
        rows=tuple(
            (
                year or say("budget.total"),
                titles[source.key],
                table[source.key, year],
                share(table[source.key, year], wholes[year]),
                *_limit_cells(limits.at.get(year) if source.kind in limits.kinds else None),
            )
            for year in years
            for source in plan.inside
            if (source.key, year) in table
        ),
        unit=say("budget.funding.unit", version=named(plan.version, say)),
        chart=lambda tokens: share_bars(bars, shares, parts, tokens, amount_tooltips("source", say)),
        alt=say("budget.funding.alt", message=message, n=len(years)),
        note=_note(plan, limits, say),
    )


def _amounts(plan: FundingPlan) -> dict[tuple[str, str], Decimal]:
    inside = {source.key for source in plan.inside}
    given = [(place, amount) for place, amount in plan.by_source_and_year().items() if place[0] in inside]
    yearly = {(source, str(year)): amount for (source, year), amount in given}
    return yearly | total_by(((source, _ALL), amount) for (source, _), amount in given)


def _limit_cells(limit: FundingLimit | None) -> Row:
    if limit is None:
        return (None, None, None, None)
    return limit.amount, limit.over, limit.room, _status(limit)


def _status(limit: FundingLimit) -> Status:
    """A breach is critical where the rule decides, else at risk; a limit that is kept is on track."""
    if not limit.over:
        return "on_track"
    return "critical" if limit.result.deciding else "at_risk"


def _bar(year: str, limit: FundingLimit | None, whole: Decimal, say: Words) -> dict[str, object]:
    name = year or say("budget.total")
    if limit is None or not whole:
        return {"label": name, "flag": "", "status": "", "limit": None}
    status, factor = _status(limit), _factor(limit, say)
    if limit.over:
        text = say("funding.is_over", amount=_to_the_cent(limit.over, say), factor=factor)
    elif limit.room:
        text = say("funding.is_below", amount=_to_the_cent(limit.room, say), factor=factor)
    else:
        text = say("funding.is_at", factor=factor)
    waived = f" · {say('funding.waived')}" if limit.result.waiver and limit.over else ""
    return {
        "label": name,
        "flag": f"{STATUS_SIGNS[status]} {text}{waived}",
        "status": status,
        "limit": min(float(limit.amount / whole), 1.0),
    }


def _to_the_cent(amount: Decimal, say: Words) -> str:
    """An amount with its cents where it has any, so that a breach of one cent is none of zero euro."""
    return euro(amount, say.lang, cents=amount != int(amount))


def _factor(limit: FundingLimit, say: Words) -> str:
    exact = as_decimal(limit.factor)
    return percent(exact, say.lang, 0 if exact * 100 == int(exact * 100) else 1)


def _shares(
    table: _Table, wholes: Mapping[str, Decimal], titles: Mapping[str, str], years: Sequence[str], say: Words
) -> list[dict[str, object]]:
    parts = drawn_parts(titles, say)
    found: list[dict[str, object]] = []
    for index, year in enumerate(years):
        start = ZERO
        for key, title in titles.items():
            amount = table.get((key, year), ZERO)
            part = share(amount, wholes[year])
            if not part:
                continue
            found.append(
                {
                    "bar": index,
                    "part": parts[key],
                    "source": title,
                    "year": year or say("budget.total"),
                    "start": float(start),
                    "end": float(start + part),
                    "text": number(part * 100, say.lang, 1) if part >= _SMALLEST_LABELLED else "",
                    "amount": f"{euro(amount, say.lang, cents=True)} ({percent(part, say.lang)})",
                }
            )
            start += part
    return found


def _message(plan: FundingPlan, table: _Table, wholes: Mapping[str, Decimal], limits: FundingLimits, say: Words) -> str:
    """Who pays how much of all, and in which years the limit is broken."""
    paying = sorted(plan.inside, key=lambda source: -table[source.key, _ALL])
    values: dict[str, Any] = {
        "first": paying[0].title,
        "share": percent(share(table[paying[0].key, _ALL], wholes[_ALL]), say.lang),
        "total": euro_short(wholes[_ALL], say.lang),
    }
    limit = _limit_sentence(plan, limits, say)
    if len(paying) == 1:
        return f"{say('budget.funding.one', **values)} {limit}".strip()
    values["second"] = paying[1].title
    values["second_share"] = percent(share(table[paying[1].key, _ALL], wholes[_ALL]), say.lang)
    if (broken := _broken(limits, say)) and limits.kinds == {paying[0].kind}:
        return say("budget.funding.over", **values, **broken)
    return f"{say('budget.funding.message', **values)} {limit}".strip()


def _limited(plan: FundingPlan, limits: FundingLimits, say: Words) -> str:
    return listing([say("funding.quoted", title=one.title) for one in plan.inside if one.kind in limits.kinds], say)


def _limit_sentence(plan: FundingPlan, limits: FundingLimits, say: Words) -> str:
    if not limits.at:
        return ""
    if broken := _broken(limits, say):
        return say("funding.limit_broken", source=_limited(plan, limits, say), **broken)
    factor = _factor(next(iter(limits.at.values())), say)
    return say("funding.limit_kept", source=_limited(plan, limits, say), factor=factor)


def _broken(limits: FundingLimits, say: Words) -> dict[str, Any]:
    """Where the limit is broken and by how much, in words; empty where it is kept."""
    broken = [limit for limit in limits.at.values() if limit.over]
    if not broken:
        return {}
    places = runs([int(limit.place) for limit in broken if limit.place])
    worst = max(broken, key=lambda limit: (not limit.place, limit.over))
    if worst.place:
        amount = say("funding.most_over", year=worst.place, amount=_to_the_cent(worst.over, say))
    else:
        amount = say("funding.over_in_total", amount=_to_the_cent(worst.over, say))
        places.append(say("funding.in_total"))
    return {"places": listing(places, say), "factor": _factor(worst, say), "amount": amount}


def runs(years: Sequence[int]) -> list[str]:
    """Years as text, those in a row as a range: "2021", "2024–2026"."""
    found: list[tuple[int, int]] = []
    for year in sorted(years):
        if found and found[-1][1] == year - 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return [str(first) if first == last else f"{first}–{last}" for first, last in found]


def _limit_note(result: RuleResult, say: Words) -> str:
    source = result.source
    return say(
        "funding.limit_note",
        rule=result.definition.title(say.lang),
        document=source.document,
        day=day(source.checked_on, say.lang),
    )


def _note(plan: FundingPlan, limits: FundingLimits, say: Words) -> str:
    """What the bars leave out, and which limit cannot be checked."""
    keys = {source.key for source in plan.outside}
    outside = sum((amount for (source, _, _), amount in plan.funding.items() if source in keys), ZERO)
    notes = [
        _limit_note(result, say) for result in {one.result.rule: one.result for one in limits.at.values()}.values()
    ]
    notes += [
        say("funding.limit_unknown", rule=result.definition.title(say.lang))
        for result in {result.rule: result for result in limits.unknown}.values()
    ]
    if outside:
        notes.append(say("budget.funding.outside", amount=euro(outside, say.lang, cents=True)))
    return " ".join(notes)
