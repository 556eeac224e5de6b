"""Projects as they stand on a day: progress, dates, cost, and a computed beside a reported status in each dimension."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.deviations import LIGHTS, Agreement, compared
from smartdash.analysis.okr import KeyResultStanding, RollUp
from smartdash.analysis.project_status import Course, Dimension, judge_project
from smartdash.analysis.reports import newest
from smartdash.analysis.status import Status, worst
from smartdash.model.okr import Alignment
from smartdash.model.projects import (
    Project,
    ProjectField,
    ProjectProgress,
    ProjectStage,
    ReportDimension,
    StatusReport,
)
from smartdash.model.workshops import Link, LinkKind


@dataclass(frozen=True, slots=True)
class DimensionStanding:
    """One dimension of a project: the computed status and why, the newest reported one, and whether they agree.

    `agreement` is None where nothing is reported or nothing can be computed.
    """

    computed: Dimension
    report: StatusReport | None
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """A project on a day, with what was last reported of it.

    `fields` are its fields of work, its own first, each once. `expected_end` is the actual end, else the forecast, else
    the planned one, but never a day that has passed; `days_late` counts from the planned end. `overrun` is the cost
    above the budget as a share of it. `benefit` rolls up its key results of the running cycle. What is None is unknown.
    """

    project: Project
    fields: tuple[str, ...]
    progress: ProjectProgress | None
    course: Course
    key_results: tuple[str, ...]
    benefit: RollUp
    dimensions: Mapping[ReportDimension, DimensionStanding]

    @property
    def stage(self) -> ProjectStage | None:
        """The phase last reported; closed once it is over."""
        return ProjectStage.CLOSED if self.course.closed else self.course.stage

    @property
    def completion(self) -> Decimal | None:
        """The degree of completion last reported, as a share."""
        return self.course.completion

    @property
    def expected_end(self) -> date | None:
        """When it ends, as far as is known."""
        return self.course.expected_end

    @property
    def days_late(self) -> int | None:
        """Days from the planned to the expected end; None without a planned one."""
        return self.course.days_late

    @property
    def status(self) -> Status:
        """The computed overall status."""
        return self.dimensions[ReportDimension.OVERALL].computed.status

    @property
    def final_cost(self) -> Decimal | None:
        """What a closed project has cost in all."""
        return self.project.final_cost if self.course.closed else None

    @property
    def attainment(self) -> Decimal | None:
        """How far a closed project has reached its goal, as a share."""
        given = self.project.attainment if self.course.closed else None
        return None if given is None else given / 100


@dataclass(frozen=True, slots=True)
class ProjectRecords:
    """What project standings are made of besides the projects and their key results."""

    progress: Sequence[ProjectProgress] = ()
    fields: Sequence[ProjectField] = ()
    reports: Sequence[StatusReport] = ()
    alignments: Sequence[Alignment] = ()
    links: Sequence[Link] = ()


def project_standings(
    projects: Sequence[Project],
    records: ProjectRecords,
    key_results: Iterable[KeyResultStanding],
    cycle: str | None,
    as_of: date,
) -> list[ProjectStanding]:
    """Every project as it stands on a day, in the order given.

    Args:
        projects: The projects.
        records: What was reported of them and what they contribute to.
        key_results: The standings of all key results.
        cycle: The running cycle, whose key results the benefit is rolled up from.
        as_of: The day.
    """
    progress: dict[str, list[ProjectProgress]] = defaultdict(list)
    for report in sorted(records.progress, key=lambda item: (item.reported_on, item.key)):
        if report.reported_on <= as_of:
            progress[report.project].append(report)
    status = newest(
        (item for item in records.reports if item.project and item.reported_on <= as_of),
        lambda item: (item.project, item.dimension),
    )
    more: dict[str, list[str]] = defaultdict(list)
    for field in records.fields:
        more[field.project].append(field.field_of_work)
    known = {item.key_result.key: item for item in key_results}
    served = key_results_of(records.alignments, records.links, known)
    standings = []
    for project in projects:
        aligned = served.get(project.key, ())
        course = Course.of(project, progress[project.key], as_of)
        running = [known[key] for key in aligned if known[key].cycle.key == cycle]
        judged = judge_project(course, running, bool(aligned))
        own = [project.field_of_work] if project.field_of_work else []
        standings.append(
            ProjectStanding(
                project,
                tuple(dict.fromkeys([*own, *more[project.key]])),
                next(reversed(progress[project.key]), None),
                course,
                aligned,
                judged.benefit,
                {
                    item.dimension: _beside(item, status.get((project.key, item.dimension)), as_of)
                    for item in judged.dimensions
                },
            )
        )
    return standings


def _beside(computed: Dimension, report: StatusReport | None, as_of: date) -> DimensionStanding:
    return DimensionStanding(computed, report, compared(report, computed.status, as_of))


def reported_status(standing: DimensionStanding) -> Status | None:
    """The reported status of a dimension; unknown once the report is outdated, None where there is none."""
    if standing.report is None:
        return None
    return Status.UNKNOWN if standing.agreement is Agreement.OUTDATED else LIGHTS[standing.report.light]


def key_results_of(
    alignments: Iterable[Alignment], links: Iterable[Link], key_results: Container[str]
) -> dict[str, tuple[str, ...]]:
    """The keys of the key results that each project serves, by the project's key.

    A project contributes to a key result directly, or through a measure that both of them implement.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for alignment in alignments:
        found[alignment.origin].append(alignment.target)
    together: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.kind is LinkKind.IMPLEMENTED_BY:
            together[link.origin].append(link.target)
    for targets in together.values():
        for key in targets:
            found[key] += [target for target in targets if target != key]
    return {
        key: tuple(dict.fromkeys(target for target in targets if target in key_results))
        for key, targets in found.items()
    }


def by_field(standings: Iterable[ProjectStanding]) -> dict[str | None, list[ProjectStanding]]:
    """The projects of each field of work, None for those without one; a project in two fields stands in both.

    These groups overlap: a total is made of the standings themselves, never of the groups.
    """
    found: dict[str | None, list[ProjectStanding]] = defaultdict(list)
    for standing in standings:
        for field in standing.fields or (None,):
            found[field].append(standing)
    return dict(found)


def budget_total(standings: Iterable[ProjectStanding]) -> Decimal | None:
    """The budgets in euro, each project once however many fields it stands in; None where none is known."""
    known = {item.project.key: item.project.cost for item in standings if item.project.cost is not None}
    return sum(known.values(), Decimal(0)) if known else None


def worst_status(standings: Iterable[ProjectStanding]) -> Status:
    """The most severe computed overall status; unknown where there is no project."""
    return worst(item.status for item in standings)
