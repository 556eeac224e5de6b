"""What the forms about scenarios work on: the plan in force, its lines, and what is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from smartdash.analysis.trees import tree_order
from smartdash.figures.scenario_data import Base, read_base
from smartdash.figures.scenario_options import Assumed
from smartdash.model.scenarios import Scenario, ScenarioPrice
from smartdash.store import Scope
from smartdash.ui import opened

_READINGS = 20


@dataclass(frozen=True, slots=True)
class Stock:
    """The plan in force as of `revision`, the lines with cost in or below them by key, and every saved scenario."""

    revision: int
    base: Base
    lines: Mapping[str, str]
    scenarios: tuple[Scenario, ...]
    prices: tuple[ScenarioPrice, ...]

    @property
    def on_top(self) -> dict[str, Scenario]:
        """The scenarios on top of the plan in force, by key."""
        return {item.key: item for item in self.scenarios if item.plan_version == self.base.version.key}

    @property
    def years(self) -> list[int]:
        """The years of the plan."""
        return list(self.base.planned.years)

    def assumed(self, key: str) -> Assumed:
        """A saved scenario with its prices."""
        scenario = next(item for item in self.scenarios if item.key == key)
        return Assumed(scenario, tuple(price for price in self.prices if price.scenario == key))


def read_stock(scope: Scope) -> Stock | None:
    """What there is to work on; None where the scope has no plan with cost."""
    return _read(opened.store().stamp(), scope)


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope) -> Stock | None:
    with opened.store().read(scope) as reader:
        base = read_base(reader)
        if base is None:
            return None
        scenarios, prices = reader.all(Scenario), reader.all(ScenarioPrice)
        revision = reader.scope.revision or 0
    used = {above for (line, _), amount in base.plan.costs.items() if amount for above in base.chains.get(line, ())}
    lines = {line.key: f"{line.key} {line.title}" for line, _, _ in tree_order(base.plan.lines) if line.key in used}
    return Stock(revision, base, lines, tuple(scenarios), tuple(prices))
