"""From a plan form to the records of one plan version, beside what the programme holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from smartdash.analysis.budget import ZERO
from smartdash.analysis.checks import Plan
from smartdash.exchange.names import plain
from smartdash.exchange.plan_form import FormPlan
from smartdash.exchange.plan_form_meaning import Summed, meanings, outside_sources
from smartdash.exchange.plan_form_rows import FormRow
from smartdash.exchange.plan_form_words import cost_kind, funder_kind
from smartdash.exchange.problems import Problem
from smartdash.locale import Words
from smartdash.model.declare import Record
from smartdash.model.grants import Waiver
from smartdash.model.money import (
    CostAmount,
    CostKind,
    CostLine,
    FunderKind,
    FundingAmount,
    FundingSource,
    PlanVersion,
    StatedSubject,
    StatedTotal,
)
from smartdash.model.schedule import Phase

R = TypeVar("R", bound=Record)
K = TypeVar("K", CostKind, FunderKind)

_SECTION_TITLE = re.compile(r"(?:Kosten|Finanz|Cost)[\w-]*\s*\((.+)\)")


@dataclass(frozen=True, slots=True)
class Held:
    """What the programme holds now, by record type as `Store.current` gives it."""

    programme: str
    demo: bool
    records: Mapping[str, Sequence[Any]]

    def all(self, record: type[R]) -> tuple[R, ...]:
        """The records of a type."""
        return tuple(self.records.get(record.sheet.name, ()))

    def plan(self, version: PlanVersion) -> Plan:
        """A plan version as it is stored."""
        return Plan(
            version,
            self.all(CostLine),
            [item for item in self.all(CostAmount) if item.plan_version == version.key],
            self.all(FundingSource),
            [item for item in self.all(FundingAmount) if item.plan_version == version.key],
            [item for item in self.all(StatedTotal) if item.plan_version == version.key],
        )

    def waivers(self, version: str) -> list[Waiver]:
        """The waivers that hold for a plan version."""
        return [item for item in self.all(Waiver) if item.plan_version in (None, version)]


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of new lines and of new sources by code; None where it is not known."""

    costs: Mapping[str, CostKind | None] = field(default_factory=dict)
    funders: Mapping[str, FunderKind | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user says about a form: the version it is, the kinds of new lines (None: as guessed), what new ones are.

    `labels`: lines that are there already take the label that the form prints. `source`: the document of new records.
    """

    version: PlanVersion
    kinds: Kinds | None = None
    labels: bool = False
    source: str | None = None
    public: bool = False


def records_of(form: FormPlan, held: Held, answers: Answers, say: Words) -> tuple[Plan, tuple[Problem, ...]]:
    """The whole plan that the form says, with every line and source of the programme; or what cannot be understood.

    What is there already stays as it is, but for what the form says differently: amounts, printed totals, and with
    `answers.labels` the labels. A split of a source by cost line stays where its sum is the printed amount.
    """
    made = _Maker(form, held, answers, answers.kinds or guessed_kinds(form, held), say)
    outside = outside_sources(form, {item.key: item.outside_plan for item in held.all(FundingSource)})
    summed, problems = meanings(form, outside)
    if problems:
        return held.plan(answers.version), problems
    stored = held.plan(answers.version)
    return (
        Plan(
            answers.version,
            made.lines(),
            list(made.costs(stored)),
            made.sources(outside),
            list(made.funding(stored)),
            list(made.stated(stored, summed)),
        ),
        (),
    )


def new_rows(form: FormPlan, held: Held, kind: StatedSubject) -> list[FormRow]:
    """The rows of costs or of funding that the programme has no line or source for, without headings of funding."""
    there = {item.key for item in (held.all(CostLine) if kind is StatedSubject.COST else held.all(FundingSource))}
    return [
        row
        for row in form.of(kind)
        if row.place_in_tree and row.code not in there and not (row.heading and kind is StatedSubject.FUNDING)
    ]


def guessed_kinds(form: FormPlan, held: Held) -> Kinds:
    """The kinds of cost and of funders that the labels of new leaves name."""
    return Kinds(
        _guessed(form, held, StatedSubject.COST, cost_kind), _guessed(form, held, StatedSubject.FUNDING, funder_kind)
    )


def _guessed(
    form: FormPlan, held: Held, kind: StatedSubject, guess: Callable[[str, tuple[str, ...]], K | None]
) -> dict[str, K | None]:
    leaves = {leaf.code for leaf in form.leaves(kind)}
    labels = {row.code: row.label for row in form.of(kind)}
    return {
        row.code: guess(row.label, tuple(labels[code] for code in _above(row.code) if code in labels))
        for row in new_rows(form, held, kind)
        if row.code in leaves
    }


def form_title(row: FormRow) -> str:
    """What a line is called: its label, and of "Kostenplanung (Strategiephase)" what stands in brackets."""
    named = row.title or row.label
    match = _SECTION_TITLE.fullmatch(named) if row.heading or row.title else None
    return match[1] if match else named


def _above(code: str) -> Iterator[str]:
    while "." in code:
        code = code.rpartition(".")[0]
        yield code


@dataclass(frozen=True, slots=True)
class _Maker:
    form: FormPlan
    held: Held
    answers: Answers
    kinds: Kinds
    say: Words

    def _new(self, row: FormRow, year: int | str | None = "") -> dict[str, Any]:
        """What every new record has; with a source, the place in it is the row and the column of the form."""
        values: dict[str, Any] = {
            "programme": self.held.programme,
            "public": self.answers.public,
            "demo": self.held.demo,
        }
        if self.answers.source:
            column = self.say("budget.total") if year is None else str(year)
            place = "plan_form.place_row" if year == "" else "plan_form.place_cell"
            values |= {"source": self.answers.source, "source_place": self.say(place, row=row.code, column=column)}
        return values

    def lines(self) -> list[CostLine]:
        there = self._relabelled(self.held.all(CostLine), StatedSubject.COST)
        known = {line.key for line in there} | {row.code for row in self.form.of(StatedSubject.COST)}
        order = max((line.order or 0 for line in there), default=0)
        phases = self.held.all(Phase)
        labels = {row.code: row.label for row in self.form.of(StatedSubject.COST)}
        for row in new_rows(self.form, self.held, StatedSubject.COST):
            order += 1
            texts = [labels[code] for code in (row.code, *_above(row.code)) if code in labels]
            phase = next((one.key for one in phases if any(plain(one.title) in plain(text) for text in texts)), None)
            there.append(
                CostLine(
                    key=row.code,
                    title=form_title(row),
                    parent=next((code for code in _above(row.code) if code in known), None),
                    kind=self.kinds.costs.get(row.code),
                    phase=phase,
                    order=order,
                    **self._new(row),
                )
            )
        return there

    def sources(self, outside: frozenset[str]) -> list[FundingSource]:
        there = self._relabelled(self.held.all(FundingSource), StatedSubject.FUNDING)
        headings = {row.code for row in self.form.of(StatedSubject.FUNDING) if row.heading}
        known = {item.key for item in there} | {row.code for row in self.form.of(StatedSubject.FUNDING)} - headings
        order = max((item.order or 0 for item in there), default=0)
        for row in new_rows(self.form, self.held, StatedSubject.FUNDING):
            order += 1
            there.append(
                FundingSource(
                    key=row.code,
                    title=form_title(row),
                    parent=next((code for code in _above(row.code) if code in known), None),
                    kind=self.kinds.funders.get(row.code),
                    outside_plan=row.code in outside,
                    order=order,
                    **self._new(row),
                )
            )
        return there

    def _relabelled(self, records: Sequence[Any], kind: StatedSubject) -> list[Any]:
        titles = {row.code: form_title(row) for row in self.form.of(kind)} if self.answers.labels else {}
        return [
            record.model_copy(update={"title": titles[record.key]})
            if titles.get(record.key, record.title) != record.title
            else record
            for record in records
        ]

    def costs(self, stored: Plan) -> Iterator[CostAmount]:
        there = {(item.cost_line, item.year): item for item in stored.costs}
        for row, year, amount in self._cells(StatedSubject.COST):
            before = there.get((row.code, year))
            if before:
                yield before if before.amount == amount else before.model_copy(update={"amount": amount})
            else:
                values = {"plan_version": stored.version.key, "cost_line": row.code, "year": year, "amount": amount}
                yield CostAmount.model_validate(self._new(row, year) | values)

    def funding(self, stored: Plan) -> Iterator[FundingAmount]:
        for row, year, amount in self._cells(StatedSubject.FUNDING):
            there = [item for item in stored.funding if (item.funding_source, item.year) == (row.code, year)]
            whole = next((item for item in there if item.cost_line is None), None)
            if there and sum((item.amount for item in there), ZERO) == amount:
                yield from there
            elif whole:
                yield whole.model_copy(update={"amount": amount})
            else:
                values = {"plan_version": stored.version.key, "funding_source": row.code, "year": year}
                yield FundingAmount.model_validate(self._new(row, year) | values | {"amount": amount})

    def _cells(self, kind: StatedSubject) -> Iterator[tuple[FormRow, int, Decimal]]:
        for row in self.form.leaves(kind):
            for year, amount in self.form.amounts(row):
                if year is not None:
                    yield row, year, amount

    def stated(self, stored: Plan, summed: Mapping[str, Summed]) -> Iterator[StatedTotal]:
        there = {(item.code, item.year): item for item in stored.stated}
        leaves = {row.code for kind in (StatedSubject.COST, StatedSubject.FUNDING) for row in self.form.leaves(kind)}
        for row in self.form.rows:
            if row.heading or row.computed:
                continue
            meaning = summed[row.code]
            for year, amount in self.form.amounts(row):
                if row.code in leaves and year is not None:
                    continue
                values = {
                    "label": row.label,
                    "subject": row.kind,
                    "cost_line": meaning.cost_line,
                    "funding_source": meaning.funding_source,
                    "includes_outside": meaning.includes_outside,
                    "amount": amount,
                }
                before = there.get((row.code, year))
                if before:
                    differs = any(getattr(before, name) != value for name, value in values.items())
                    yield before.model_copy(update=values) if differs else before
                else:
                    place = {"plan_version": stored.version.key, "code": row.code, "year": year}
                    yield StatedTotal.model_validate(self._new(row, year) | place | values)
