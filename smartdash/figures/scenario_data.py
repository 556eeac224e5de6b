"""What the figures of scenarios start from: a plan version, its limits, and the scenarios on top of it, computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from smartdash.analysis.scenario_limits import Limits, limits, plan_money
from smartdash.analysis.scenarios import Money, PlanMoney, ScenarioPlan, scenario_plan
from smartdash.figures.plans import version_in_force
from smartdash.figures.rule_data import packs_in_use, planned_facts
from smartdash.figures.scenario_words import assumption_texts, title_of
from smartdash.locale import Words
from smartdash.model.money import PlanVersion
from smartdash.model.rule_parts import RuleBase
from smartdash.model.scenarios import Scenario, ScenarioPrice
from smartdash.model.schedule import Phase
from smartdash.store import Reader

STANDARD_RATES = (Decimal(65), Decimal(90))
"""The funding rates of the smart-city model projects, without and with budgetary hardship (NRW.BANK, KfW 436)."""

STANDARD_DELAY = 6
"""Months by which the standard question moves a plan."""

NEVER = date.max
"""The day on which a scenario was saved that nobody has saved."""

Kind = Literal["plan", "saved", "computed", "tried"]


@dataclass(frozen=True, slots=True)
class Base:
    """A plan version with its money, what that comes to, the limits on it, and what rules, phases and lines are called.

    `chains`: for each cost line itself and everything above it.
    """

    version: PlanVersion
    plan: PlanMoney
    planned: ScenarioPlan
    limits: Limits
    rules: Mapping[str, RuleBase]
    phases: Mapping[str, str]
    lines: Mapping[str, str]
    chains: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Variant:
    """The plan, or a scenario on top of it, with what it comes to."""

    key: str
    title: str
    kind: Kind
    found: ScenarioPlan
    scenario: Scenario | None = None
    prices: tuple[ScenarioPrice, ...] = ()

    def change(self, base: Base, year: int | None = None) -> Money:
        """How a year, or all years together, differ from the plan."""
        if year is None:
            return self.found.total - base.planned.total
        return self.found.years.get(year, Money()) - base.planned.years.get(year, Money())


def read_base(reader: Reader, version: PlanVersion | None = None) -> Base | None:
    """A plan version (None: the one in force) as scenarios start from it; None where it plans no cost."""
    judged = version or version_in_force(reader)
    if judged is None:
        return None
    return reader.remembered(("scenarios.base", judged.key), lambda: (_read(reader, judged),))[0]


def _read(reader: Reader, version: PlanVersion) -> Base | None:
    facts = planned_facts(reader, version)
    if not any(facts.costs.values()):
        return None
    packs, plan = packs_in_use(reader), plan_money(facts)
    return Base(
        version,
        plan,
        scenario_plan(plan),
        limits(packs, facts),
        {f"{pack.key}.{rule.key}": rule for pack in packs for rule in pack.rules},
        {phase.key: phase.title for phase in reader.all(Phase)},
        {line.key: line.title for line in facts.lines},
        facts.line_chains,
    )


def the_plan(base: Base, say: Words) -> Variant:
    """The plan itself, to be compared with."""
    return Variant("plan", say("scenarios.kind_plan"), "plan", base.planned)


def saved(reader: Reader, base: Base) -> list[Variant]:
    """The scenarios that somebody has saved on top of a plan version, the oldest first."""
    return list(reader.remembered(("scenarios.saved", base.version.key), lambda: tuple(_saved(reader, base))))


def _saved(reader: Reader, base: Base) -> list[Variant]:
    prices: dict[str, list[ScenarioPrice]] = defaultdict(list)
    for price in reader.all(ScenarioPrice):
        prices[price.scenario].append(price)
    on_top = [item for item in reader.all(Scenario) if item.plan_version == base.version.key]
    return [
        computed(base, item, prices[item.key], "saved", item.title)
        for item in sorted(on_top, key=lambda item: (item.saved_on, item.key))
    ]


def standard(reader: Reader, base: Base, say: Words) -> list[Variant]:
    """The standard questions to a plan, which nobody has to save: the other funding rate, its limits kept, and both.

    The rate is the one of `STANDARD_RATES` that is farther from the plan's own.
    """
    asked = ("scenarios.standard", base.version.key, say.lang)
    return list(reader.remembered(asked, lambda: tuple(_standard(base, say))))


def _standard(base: Base, say: Words) -> list[Variant]:
    own_rate = planned_rate(base)
    rate = max(STANDARD_RATES, key=lambda known: abs(known - own_rate))
    asked: list[dict[str, Any]] = [{"funding_rate": rate}]
    if base.limits.caps:
        asked += [{"enforce_caps": True}, {"funding_rate": rate, "enforce_caps": True}]
    scenarios = [question(base, f"computed-{place}", **assumed) for place, assumed in enumerate(asked, 1)]
    return [computed(base, item, (), "computed", title_of(assumption_texts(item, (), {}, say))) for item in scenarios]


def planned_rate(base: Base) -> Decimal:
    """The share in per cent that the plan's own grant has in the eligible cost."""
    total = base.planned.total
    return total.grant / total.eligible * 100 if total.eligible else Decimal(0)


def question(base: Base, key: str, **assumed: Any) -> Scenario:
    """A scenario that nobody has saved."""
    version = base.version
    fixed: dict[str, Any] = {
        "programme": version.programme,
        "plan_version": version.key,
        "demo": version.demo,
        "title": key,
    }
    return Scenario(key=key, saved_on=NEVER, **fixed, **assumed)


def computed(base: Base, scenario: Scenario, prices: Iterable[ScenarioPrice], kind: Kind, title: str) -> Variant:
    """A scenario with what it comes to."""
    known = tuple(prices)
    return Variant(
        scenario.key, title, kind, scenario_plan(base.plan, scenario, known, base.limits.caps), scenario, known
    )


def all_years(variants: Sequence[Variant]) -> list[int]:
    """Every year in which one of them has money."""
    return sorted({year for item in variants for year in item.found.years})
