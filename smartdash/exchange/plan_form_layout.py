"""A stored plan version as the rows of the grant's form: the way back, so that reading it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.budget import ZERO, inside_plan
from smartdash.analysis.checks import Plan, sums_of
from smartdash.analysis.plan_sums import PlanSums, Sums
from smartdash.analysis.trees import tree_order
from smartdash.exchange.plan_form import FormPlan
from smartdash.exchange.plan_form_lines import CODE
from smartdash.exchange.plan_form_rows import FormRow
from smartdash.exchange.problems import Fault
from smartdash.locale import Words
from smartdash.model.money import CostLine, FundingSource, StatedSubject


def form_of(plan: Plan, say: Words) -> FormPlan:
    """The rows that the form of a plan version has: lines, their totals as printed, sums, control row and shares.

    Where no document prints a total, it is computed and marked so. A line without amounts in this version is left out.

    Raises:
        Fault: the key of a line is no number such as 1.1.5, or the version has no amounts.
    """
    years = sorted({item.year for item in plan.costs} | {item.year for item in plan.funding})
    if not years:
        raise Fault("plan_form.no_stored_amounts")
    layout = _Layout(plan, tuple(years), sums_of(plan), say)
    rows = (*layout.tree(StatedSubject.COST), *layout.sums(StatedSubject.COST), *layout.money())
    for row in rows:
        if row.kind in (StatedSubject.COST, StatedSubject.FUNDING) and not (CODE.match(row.code) or row.amounts):
            raise Fault("plan_form.no_code", code=row.code)
    return FormPlan(plan.version.title, "", tuple(years), True, rows)


@dataclass(frozen=True, slots=True)
class _Layout:
    plan: Plan
    years: tuple[int, ...]
    computed: PlanSums
    say: Words

    def money(self) -> Iterator[FormRow]:
        """Funding: what pays for the plan, the control row, what stands outside, the sum, the shares."""
        outside = {item.key for item in self.plan.funders} - inside_plan(self.plan.funders)
        rows = list(self.tree(StatedSubject.FUNDING))
        yield from (row for row in rows if row.code not in outside)
        yield from self._others(StatedSubject.CONTROL) or self._computed_control()
        yield from (row for row in rows if row.code in outside)
        yield from self.sums(StatedSubject.FUNDING)
        yield from self._others(StatedSubject.SHARE)

    def tree(self, kind: StatedSubject) -> Iterator[FormRow]:
        """The lines or sources that have an amount or a printed total, in the order of their tree."""
        nodes: Sequence[CostLine] | Sequence[FundingSource]
        nodes = self.plan.lines if kind is StatedSubject.COST else self.plan.funders
        sums, stated = self._sums(kind), self._stated(kind)
        codes, keys = {code for code, _ in stated}, {node.key for node in nodes}
        used = [node for node in nodes if (node.key, None) in sums or node.key in codes]
        labels = {item.code: item.label for item in self.plan.stated if item.subject is kind}
        printed = bool(codes - keys)
        for node, depth, leaf in tree_order(used):
            label = labels.get(node.key, node.title)
            row = self._row(node.key, label, kind, stated if not leaf else {}, sums)
            if leaf:
                amounts = tuple(sums.get((node.key, year)) for year in self.years)
                known = (node.key, None) in stated
                total = stated[node.key, None] if known else sums.get((node.key, None))
                yield FormRow("", 0, node.key, label, kind, amounts, total, computed=not known)
            elif row.computed and not depth and printed and kind is StatedSubject.COST:
                yield FormRow("", 0, node.key, node.title, kind, heading=True)
            else:
                yield row

    def sums(self, kind: StatedSubject) -> list[FormRow]:
        """The printed sums that belong to no line, or else one of all lines where there is more than one at the top."""
        rows = self._others(kind)
        nodes = self.plan.lines if kind is StatedSubject.COST else self.plan.funders
        tops = {node.key for node in nodes if not node.parent}
        roots = [row.code for row in self.tree(kind) if row.code in tops]
        if rows or len(roots) < 2:
            return rows
        label = self.say("plan_form.all_costs" if kind is StatedSubject.COST else "plan_form.all_funding")
        return [self._row("+".join(roots), label, kind, {}, self._sums(kind), whole=True)]

    def _others(self, kind: StatedSubject) -> list[FormRow]:
        """The printed rows of a kind that stand for no single line."""
        keys = {node.key for node in (self.plan.lines if kind is StatedSubject.COST else self.plan.funders)}
        stated = self._stated(kind)
        labels = {item.code: item.label for item in self.plan.stated if item.subject is kind and item.code not in keys}
        return [self._row(code, label, kind, stated, {}) for code, label in labels.items()]

    def _computed_control(self) -> list[FormRow]:
        """Funding of the plan less its costs."""
        if not self.plan.costs or not self.plan.funding:
            return []
        cost, money = self.computed.cost, self.computed.inside
        columns = (*self.years, None)
        left: Sums = {(None, year): money.get((None, year), ZERO) - cost.get((None, year), ZERO) for year in columns}
        label = self.say("plan_form.control")
        return [self._row(label.split()[0], label, StatedSubject.CONTROL, {}, left, whole=True)]

    def _row(
        self,
        code: str,
        label: str,
        kind: StatedSubject,
        stated: Mapping[tuple[str, int | None], Decimal],
        sums: Sums,
        whole: bool = False,
    ) -> FormRow:
        """A row of totals as printed, or computed where none of them is."""
        columns = (*self.years, None)
        key, computed = None if whole else code, not any((code, year) in stated for year in columns)
        *amounts, total = (sums.get((key, year), ZERO) if computed else stated.get((code, year)) for year in columns)
        return FormRow("", 0, code, label, kind, tuple(amounts), total, computed=computed)

    def _stated(self, kind: StatedSubject) -> dict[tuple[str, int | None], Decimal]:
        return {(item.code, item.year): item.amount for item in self.plan.stated if item.subject is kind}

    def _sums(self, kind: StatedSubject) -> Sums:
        return self.computed.cost if kind is StatedSubject.COST else self.computed.funding
