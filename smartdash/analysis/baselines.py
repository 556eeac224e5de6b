"""The plan of dates in force: the first plan, and what decisions changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.model.schedule import Baseline, BaselineDate, Milestone, Phase


@dataclass(frozen=True, slots=True)
class Plan:
    """The dates something is measured against; a milestone has an end only."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Move:
    """What a baseline did to a milestone or phase: its dates before and after it.

    `start_days` and `end_days` count how far a date moved; below zero it moved to an earlier day, None: nothing to
    compare with.
    """

    baseline: Baseline
    subject: str
    title: str
    before: Plan
    after: Plan

    @property
    def start_days(self) -> int | None:
        """Days between the old and the new start."""
        return _days(self.before.start, self.after.start)

    @property
    def end_days(self) -> int | None:
        """Days between the old and the new end, or date of a milestone."""
        return _days(self.before.end, self.after.end)


def first_plans(milestones: Iterable[Milestone], phases: Iterable[Phase]) -> dict[str, Plan]:
    """The dates that stand on milestones and phases themselves, by key."""
    return {
        **{milestone.key: Plan(None, milestone.planned) for milestone in milestones},
        **{phase.key: Plan(phase.planned_start, phase.planned_end) for phase in phases},
    }


def plans_in_force(
    first: Mapping[str, Plan], baselines: Iterable[Baseline], dates: Sequence[BaselineDate], on: date
) -> dict[str, Plan]:
    """The plan of each milestone and phase on a day.

    A baseline is in force from the day it was decided on; of two decided on one day the one with the higher key comes
    after the other. It changes what it names and leaves everything else as it stood, also the start of a phase for
    which it gives an end only. Dates of subjects without a first plan are left out.

    Re-baselining takes a decision; without one the plan stays.
    """
    plans = dict(first)
    for move in moves(first, {}, [baseline for baseline in baselines if baseline.decided_on <= on], dates):
        plans[move.subject] = move.after
    return plans


def moves(
    first: Mapping[str, Plan],
    titles: Mapping[str, str],
    baselines: Iterable[Baseline],
    dates: Sequence[BaselineDate],
) -> list[Move]:
    """What each baseline changed, in the order they were decided in, subjects by key; `titles` names them."""
    plans, found = dict(first), []
    by_baseline: dict[str, list[BaselineDate]] = {}
    for item in sorted(dates, key=lambda each: each.subject):
        by_baseline.setdefault(item.baseline, []).append(item)
    for baseline in sorted(baselines, key=lambda each: (each.decided_on, each.key)):
        for item in by_baseline.get(baseline.key, ()):
            if before := plans.get(item.subject):
                after = Plan(item.planned_start or before.start, item.planned_end)
                plans[item.subject] = after
                found.append(Move(baseline, item.subject, titles.get(item.subject, item.subject), before, after))
    return found


def _days(before: date | None, after: date | None) -> int | None:
    return (after - before).days if before and after else None
