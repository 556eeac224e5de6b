"""What each printed total of a plan form sums up, found from its code, its label and the tree of the other rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from smartdash.exchange.plan_form import FormPlan
from smartdash.exchange.plan_form_rows import FormRow
from smartdash.exchange.plan_form_words import is_outside
from smartdash.exchange.problems import Problem
from smartdash.model.money import StatedSubject

_CODES = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3})*(?![\w.,]*[0-9])")


@dataclass(frozen=True, slots=True)
class Summed:
    """What a printed total sums up, as `StatedTotal` says it."""

    cost_line: str | None = None
    funding_source: str | None = None
    includes_outside: bool = False


def outside_sources(form: FormPlan, known: Mapping[str, bool]) -> frozenset[str]:
    """The codes of funding rows that do not pay for the plan's costs.

    What the store says of a source (`known`) goes first, then the control row, which names what pays, then words.
    """
    named = {code for row in form.of(StatedSubject.CONTROL) for code in _CODES.findall(row.label)}
    rows = [row for row in form.of(StatedSubject.FUNDING) if row.place_in_tree]
    paying = named & {row.code for row in rows if not row.heading}
    found: set[str] = set()
    for row in rows:
        above = next((other for other in reversed(rows) if _is_below(row, other)), None)
        if row.code in known:
            outside = known[row.code]
        elif above and above.code in found:
            outside = True
        elif paying:
            outside = not any(_covers(code, row.code) or _covers(row.code, code) for code in paying)
        else:
            outside = is_outside(row.label)
        if outside:
            found.add(row.code)
    return frozenset(found)


def meanings(form: FormPlan, outside: frozenset[str]) -> tuple[dict[str, Summed], tuple[Problem, ...]]:
    """What each row with printed totals sums up, by code; or which row sums up what nobody can tell."""
    found: dict[str, Summed] = {}
    problems = []
    for row in form.rows:
        if row.heading:
            continue
        summed = _summed(form, row, outside)
        if summed is None:
            message = "plan_form.share_of_nothing" if row.kind is StatedSubject.SHARE else "plan_form.sum_of_some"
            problems.append(Problem(form.name, row.sheet, row.number, "", row.code, message, {"label": row.label}))
        else:
            found[row.code] = summed
    return found, tuple(problems)


def _summed(form: FormPlan, row: FormRow, outside: frozenset[str]) -> Summed | None:
    if row.kind is StatedSubject.CONTROL:
        return Summed()
    if row.kind is StatedSubject.SHARE:
        source = _share_source(form, row, outside)
        return None if source is None else Summed(funding_source=source)
    if row.place_in_tree:
        if row.kind is StatedSubject.COST:
            return Summed(cost_line=row.code)
        return Summed(funding_source=row.code, includes_outside=row.code in outside)
    parts = row.code.split("+") if "+" in row.code else _CODES.findall(row.label)
    return _sum_of(form, row, parts, outside)


def _sum_of(form: FormPlan, row: FormRow, parts: list[str], outside: frozenset[str]) -> Summed | None:
    """All costs, all money, the money of the plan, or all that stands below one row."""
    leaves = {leaf.code for leaf in form.leaves(row.kind)}
    inside = leaves - outside
    meant = {leaf for leaf in leaves if any(_covers(part, leaf) for part in parts)}
    if not parts:
        meant = leaves if row.kind is StatedSubject.COST or "gesamt" in row.label.casefold() else inside
    if row.kind is StatedSubject.COST and meant == leaves:
        return Summed()
    if row.kind is StatedSubject.FUNDING and meant in (leaves, inside):
        return Summed(includes_outside=meant == leaves and bool(outside))
    for other in form.of(row.kind):
        if (
            other.place_in_tree
            and not other.heading
            and {leaf for leaf in leaves if _covers(other.code, leaf)} == meant
        ):
            return _summed(form, other, outside)
    return None


def _share_source(form: FormPlan, row: FormRow, outside: frozenset[str]) -> str | None:
    """The source whose number the share has, or its last one (3.3.2 and 3.1.2), else the one in the same place."""
    sources = [leaf.code for leaf in form.leaves(StatedSubject.FUNDING) if leaf.code not in outside]
    number = row.code.partition("-")[0]
    if number in sources:
        return number
    last = number.split(".")[-1]
    alike = [code for code in sources if code.split(".")[-1] == last]
    if len(alike) == 1:
        return alike[0]
    shares = [share.code for share in form.of(StatedSubject.SHARE) if not share.heading]
    return sources[shares.index(row.code)] if len(shares) == len(sources) else None


def _covers(above: str, code: str) -> bool:
    return code == above or code.startswith(f"{above}.")


def _is_below(row: FormRow, other: FormRow) -> bool:
    return row.code != other.code and _covers(other.code, row.code) and not other.heading
