"""How far indicators have come towards their targets, goal by goal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.key_results import share_of_way
from smartdash.model.workshops import ElementLevel, IndicatorValue, Link, LinkKind, StrategyElement


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """An indicator with its values by day, and how far the newest one is on the way from baseline to target.

    `attainment` is the share of the way (1 = target; may be below 0 or above 1), None without a value, without a
    baseline or a target, or where both are the same.
    """

    indicator: StrategyElement
    values: tuple[IndicatorValue, ...]
    attainment: Decimal | None

    @property
    def newest(self) -> IndicatorValue | None:
        """The last value by the day it was measured."""
        return self.values[-1] if self.values else None


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """A goal with the indicators that measure it; None stands for indicators that measure no goal."""

    goal: StrategyElement | None
    indicators: tuple[IndicatorStanding, ...]


def attainment(indicator: StrategyElement, value: Decimal) -> Decimal | None:
    """The share of the way from baseline to target, as for key results; None where there is no way to measure."""
    baseline, target = indicator.baseline, indicator.target
    if baseline is None or target is None or baseline == target:
        return None
    return share_of_way(baseline, target, value)


def goal_standings(
    elements: Sequence[StrategyElement], links: Iterable[Link], values: Iterable[IndicatorValue]
) -> list[GoalStanding]:
    """Each goal with its indicators, in the order given; an indicator of several goals stands under each of them.

    Goals without an indicator are kept; indicators that measure none of the goals come last.
    """
    measured: dict[str, list[IndicatorValue]] = defaultdict(list)
    for value in sorted(values, key=lambda value: (value.measured_on, value.key)):
        measured[value.indicator].append(value)
    indicators = {
        element.key: _standing(element, measured[element.key])
        for element in elements
        if element.level is ElementLevel.INDICATOR
    }
    goals = [element for element in elements if element.level is ElementLevel.GOAL]
    known = {goal.key for goal in goals}
    pairs = {
        (link.target, link.origin)
        for link in links
        if link.kind is LinkKind.MEASURES and link.origin in indicators and link.target in known
    }
    standings = [
        GoalStanding(goal, tuple(found for key, found in indicators.items() if (goal.key, key) in pairs))
        for goal in goals
    ]
    linked = {key for _, key in pairs}
    alone = tuple(found for key, found in indicators.items() if key not in linked)
    return [*standings, GoalStanding(None, alone)] if alone else standings


def _standing(indicator: StrategyElement, values: Sequence[IndicatorValue]) -> IndicatorStanding:
    reached = attainment(indicator, values[-1].value) if values else None
    return IndicatorStanding(indicator, tuple(values), reached)
