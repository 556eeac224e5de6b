"""A read plan beside the stored one: which totals deviate, what changes per line and year, what would be stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from smartdash.analysis.budget import total_by
from smartdash.analysis.checks import Check, CheckStatus, Plan, check_plan
from smartdash.exchange.names import plain
from smartdash.exchange.plan_form import FormPlan
from smartdash.exchange.plan_form_records import Held, form_title
from smartdash.locale import Words
from smartdash.locale.numbers import euro, number
from smartdash.model.declare import Record
from smartdash.model.grants import TOTAL, Waiver
from smartdash.model.money import CostAmount, CostLine, FundingAmount, FundingSource, PlanVersion, StatedTotal
from smartdash.store import Changes

_RULES = {
    "stated_total": "plan.stated_totals",
    "costs_equal_funding": "plan.costs_equal_funding",
    "leaves_only": "plan.leaves_only",
}
"""The rule of the pack `plan` that says the same as a check."""
_SHARES = "plan.printed_shares"

Cell = tuple[type[Record], str, int | None]
"""What an amount stands for: costs, funding or a printed total; the code; the year, or None for the total."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """An amount that differs between two plans; None where one has none."""

    record: type[Record]
    code: str
    title: str
    year: int | None
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class LabelChange:
    """A line that is there already and is called something else in the form."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepts the deviations, as a role, why, and on which day."""

    role: str
    reason: str
    day: date


def deviations(plan: Plan) -> list[Check]:
    """Every printed total, share and equation of a plan that does not hold or cannot be recomputed."""
    return [check for check in check_plan(plan) if check.status is not CheckStatus.OK]


def cell_changes(before: Plan, after: Plan) -> list[CellChange]:
    """The amounts that differ between two plans, in the order of the newer one."""
    old, new = _cells(before), _cells(after)
    titles = _titles(before) | _titles(after)
    return [
        CellChange(cell[0], cell[1], titles.get(cell[:2], ""), cell[2], old.get(cell), new.get(cell))
        for cell in (*new, *(cell for cell in old if cell not in new))
        if old.get(cell) != new.get(cell)
    ]


def _cells(plan: Plan) -> dict[Cell, Decimal]:
    pairs: Iterable[tuple[Cell, Decimal]] = chain(
        (((CostAmount, item.cost_line, item.year), item.amount) for item in plan.costs),
        (((FundingAmount, item.funding_source, item.year), item.amount) for item in plan.funding),
        (((StatedTotal, item.code, item.year), item.amount) for item in plan.stated),
    )
    return total_by(pairs)


def _titles(plan: Plan) -> dict[tuple[type[Record], str], str]:
    named: Iterable[tuple[tuple[type[Record], str], str]] = chain(
        (((CostAmount, line.key), line.title) for line in plan.lines),
        (((FundingAmount, item.key), item.title) for item in plan.funders),
        (((StatedTotal, item.code), item.label) for item in plan.stated),
    )
    return dict(named)


def label_changes(form: FormPlan, held: Held) -> list[LabelChange]:
    """The lines and sources whose label differs from their title and from every label a document printed for them."""
    titles = {item.key: item.title for item in held.all(CostLine)}
    titles |= {item.key: item.title for item in held.all(FundingSource)}
    printed = {(item.code, plain(item.label)) for item in held.all(StatedTotal)}
    return [
        LabelChange(row.code, titles[row.code], form_title(row))
        for row in form.rows
        if row.place_in_tree
        and row.code in titles
        and plain(form_title(row)) != plain(titles[row.code])
        and (row.code, plain(row.label)) not in printed
    ]


def waiver_place(check: Check) -> tuple[str, str]:
    """The rule and the scope that a waiver of a deviation names, as the rules of the pack `plan` do."""
    rule = _SHARES if check.rule == "stated_total" and check.unit == "%" else _RULES[check.rule]
    code = check.values.get("code", check.values.get("line", ""))
    return rule, "/".join(part for part in (code, check.period) if part) or TOTAL


def unaccepted(plan: Plan, held: Held) -> list[Check]:
    """The deviations that nobody has accepted yet as they are: new ones, and those whose amounts have changed."""
    stored = next((item for item in held.all(PlanVersion) if item.key == plan.version.key), None)
    known = {_signature(check) for check in deviations(held.plan(stored))} if stored else set()
    waived = {(item.rule, item.scope) for item in held.waivers(plan.version.key)}
    return [check for check in deviations(plan) if _signature(check) not in known or waiver_place(check) not in waived]


def _signature(check: Check) -> tuple[object, ...]:
    return check.rule, check.scope, check.period, check.left, check.right


def deviation_text(check: Check, say: Words) -> str:
    """The two sides of a deviation, what is printed and what comes out or costs and funding, with the difference."""
    left, right, difference = (_amount(value, check.unit, say) for value in (check.left, check.right, check.difference))
    return say(f"plan_form.sides_{check.rule}", left=left, right=right, difference=difference)


def deviation_place(check: Check, say: Words) -> str:
    """Where a total deviates: its code and label or the equation, and the column."""
    column = check.period or say("budget.total")
    if check.rule == "stated_total":
        label = check.values["label"]
        name = label if label.startswith(check.values["code"]) else f"{check.values['code']} {label}"
    else:
        name = say(f"plan_form.rule_{check.rule}", line=check.values.get("line", ""))
    return say("plan_form.cell", row=name, column=column)


def change_text(change: CellChange, say: Words) -> str:
    """An amount that changes, with what it was and what it becomes."""
    where = say(
        "plan_form.cell",
        row=f"{change.code} {change.title}",
        column=say("budget.total") if change.year is None else str(change.year),
    )
    before, after = (euro(amount, say.lang, cents=True) for amount in (change.before, change.after))
    return say("plan_form.changes", where=where, before=before, after=after)


def _amount(value: Decimal | None, unit: str, say: Words) -> str:
    return euro(value, say.lang, cents=True) if unit == "€" else f"{number(value, say.lang, 2)}\u00a0{unit}"


WHOLE: tuple[type[Record], ...] = (PlanVersion, CostLine, CostAmount, FundingSource, FundingAmount, StatedTotal, Waiver)
"""The record types of which `to_store` gives all there are."""


def to_store(plan: Plan, held: Held, acceptance: Acceptance | None, say: Words) -> Changes:
    """Every record of the types that a form touches: those of the version as the form says, all others as they are.

    A waiver of a total that agrees again is taken away, so that it cannot hide another deviation later.
    """
    key = plan.version.key
    parts: tuple[type[CostAmount | FundingAmount | StatedTotal], ...] = (CostAmount, FundingAmount, StatedTotal)
    versions = [*(item for item in held.all(PlanVersion) if item.key != key), plan.version]
    records: list[Record] = [*versions, *plan.lines, *plan.costs, *plan.funders, *plan.funding, *plan.stated]
    records += [item for kind in parts for item in held.all(kind) if item.plan_version != key]
    waivers = {item.key: item for item in held.all(Waiver)}
    found = {waiver_place(check) for check in deviations(plan)}
    for waiver in held.waivers(key):
        if (
            waiver.plan_version
            and waiver.rule in (*_RULES.values(), _SHARES)
            and (waiver.rule, waiver.scope) not in found
        ):
            del waivers[waiver.key]
    if acceptance:
        waivers |= {waiver.key: waiver for waiver in _waivers(plan, held, acceptance, say)}
    by_type: dict[str, list[Record]] = {kind.sheet.name: [] for kind in WHOLE}
    for record in (*records, *waivers.values()):
        by_type[record.sheet.name].append(record)
    return Changes(held.programme, by_type, complete=True)


def _waivers(plan: Plan, held: Held, acceptance: Acceptance, say: Words) -> Iterable[Waiver]:
    there = {(item.rule, item.scope): item.key for item in held.waivers(plan.version.key) if item.plan_version}
    for check in unaccepted(plan, held):
        rule, scope = waiver_place(check)
        yield Waiver(
            programme=held.programme,
            key=there.get((rule, scope)) or _key(plan.version.key, rule, scope),
            rule=rule,
            scope=scope,
            plan_version=plan.version.key,
            reason=f"{deviation_text(check, say)} {acceptance.reason}",
            approved_by=acceptance.role,
            approved_on=acceptance.day,
            decision=plan.version.decision,
            source=plan.version.source,
            public=plan.version.public,
            demo=held.demo,
        )


def _key(*parts: str) -> str:
    return "/".join(parts)
