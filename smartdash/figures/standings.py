"""How a programme stands, read from its scope: the results that figures of several areas share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.baselines import Move, Plan, first_plans, moves, plans_in_force
from smartdash.analysis.budget import current_plan
from smartdash.analysis.impediments import ImpedimentStanding, impediment_standings
from smartdash.analysis.okr import KeyResultStanding, RollUp, attainment, clamp, cycle_on, key_result_standings
from smartdash.analysis.projects import ProjectRecords, ProjectStanding, project_standings
from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding, milestone_standings, phase_standings
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.impediments import Blockage, Impediment, ImpedimentEvent
from smartdash.model.money import PlanVersion
from smartdash.model.okr import Alignment, Cycle, KeyResult, KeyResultMilestone, Objective, PhasedTarget
from smartdash.model.projects import Project, ProjectField, ProjectProgress, StatusReport
from smartdash.model.schedule import Baseline, BaselineDate, Milestone, MilestoneForecast, Phase
from smartdash.model.shared import Unit
from smartdash.model.workshops import Link
from smartdash.store import Reader
from smartdash.store.plan_queries import version_totals


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """The plan version in force with its planned cost and funding in euro (None: nothing is planned)."""

    version: PlanVersion
    cost: Decimal | None
    funding: Decimal | None


def read_plans(reader: Reader) -> dict[str, Plan]:
    """The plan of each milestone and phase that is in force on the as-of date, by key."""
    first = first_plans(reader.all(Milestone), reader.all(Phase))
    return plans_in_force(first, reader.all(Baseline), reader.all(BaselineDate), reader.scope.as_of)


def read_moves(reader: Reader) -> list[Move]:
    """What each baseline decided up to the as-of date moved, in the order they were decided in."""
    milestones, phases = reader.all(Milestone), reader.all(Phase)
    return moves(
        first_plans(milestones, phases),
        {**{item.key: item.title for item in milestones}, **{item.key: item.title for item in phases}},
        reader.all(Baseline),
        reader.all(BaselineDate),
    )


def read_milestones(reader: Reader) -> list[MilestoneStanding]:
    """Every milestone as it stands in the scope."""
    return milestone_standings(
        reader.all(Milestone),
        reader.all(MilestoneForecast),
        reader.scope.as_of,
        read_plans(reader),
        reader.all(StatusReport),
    )


def read_phases(reader: Reader, milestones: Sequence[MilestoneStanding]) -> list[PhaseStanding]:
    """Every phase as it stands in the scope, in tree order."""
    return phase_standings(
        reader.all(Phase), milestones, reader.scope.as_of, read_plans(reader), reader.all(StatusReport)
    )


def read_key_results(reader: Reader) -> list[KeyResultStanding]:
    """Every key result as it stands in the scope, by cycle, with its milestones, planned values and reports."""
    return key_result_standings(
        reader.all(KeyResult),
        reader.all(Objective),
        reader.all(Cycle),
        reader.all(CheckIn),
        reader.all(Score),
        reader.scope.as_of,
        reader.all(KeyResultMilestone),
        reader.all(PhasedTarget),
    )


def read_impediments(reader: Reader) -> list[ImpedimentStanding]:
    """Every impediment as it stands in the scope."""
    return impediment_standings(
        reader.all(Impediment), reader.all(ImpedimentEvent), reader.all(Blockage), reader.scope.as_of
    )


def read_projects(reader: Reader) -> list[ProjectStanding]:
    """Every project as it stands in the scope, with its status in each dimension, by title."""
    cycle = running_cycle(reader)
    return project_standings(
        sorted(reader.all(Project), key=lambda item: (item.title, item.key)),
        ProjectRecords(
            reader.all(ProjectProgress),
            reader.all(ProjectField),
            reader.all(StatusReport),
            reader.all(Alignment),
            reader.all(Link),
        ),
        read_key_results(reader),
        cycle.key if cycle else None,
        reader.scope.as_of,
    )


def running_cycle(reader: Reader) -> Cycle | None:
    """The cycle of the as-of date."""
    return cycle_on(reader.all(Cycle), reader.scope.as_of)


def cycle_progress(standings: Sequence[KeyResultStanding], cycle: Cycle | None) -> RollUp:
    """The progress of a cycle: the weighted mean of its objectives."""
    return attainment(
        (item, None if item.progress is None else clamp(item.progress))
        for item in standings
        if cycle and item.cycle.key == cycle.key
    )


def read_plan(reader: Reader) -> PlanTotals | None:
    """The totals of the plan version in force, or None without a plan."""
    version = current_plan(reader.all(PlanVersion), reader.scope.as_of)
    if version is None:
        return None
    return PlanTotals(version, *version_totals(reader).get(version.key, (None, None)))


def unit_names(reader: Reader) -> dict[str, str]:
    """The names of the units by key."""
    return {unit.key: unit.title for unit in reader.all(Unit)}
