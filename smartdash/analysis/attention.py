"""What is late or at risk, and who must act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartdash.analysis.deviations import LIGHTS
from smartdash.analysis.impediments import ImpedimentStanding, impediment_status
from smartdash.analysis.okr import KeyResultStanding
from smartdash.analysis.reports import newest
from smartdash.analysis.schedule import DeliverableStanding, MilestoneStanding, PhaseStanding
from smartdash.analysis.status import Status
from smartdash.model.projects import Project, StatusReport, TrafficLight


class Subject(StrEnum):
    """What kind of thing asks for attention."""

    PHASE = "phase"
    MILESTONE = "milestone"
    DELIVERABLE = "deliverable"
    KEY_RESULT = "key_result"
    IMPEDIMENT = "impediment"
    REPORT = "status_report"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that asks for attention: since when or until when, how many days late, who acts, and how.

    Without a title it is the programme itself.
    """

    subject: Subject
    title: str
    status: Status
    due: date | None
    days_late: int | None
    who: str | None
    step: str | None


_About = tuple[str | None, str | None]
"""The project, or the phase or milestone, that a report speaks of; without either it is the programme."""

_URGENT = (Status.CRITICAL, Status.AT_RISK, Status.UNKNOWN)


def attention(
    *,
    phases: Sequence[PhaseStanding],
    milestones: Sequence[MilestoneStanding],
    deliverables: Sequence[DeliverableStanding],
    key_results: Sequence[KeyResultStanding],
    impediments: Sequence[ImpedimentStanding],
    reports: Iterable[StatusReport],
    projects: Sequence[Project],
    units: dict[str, str],
    as_of: date,
) -> list[Item]:
    """Everything that is critical, at risk, or overdue without a report, the most severe first.

    `units` maps the keys of units to their names. Key results count only while their cycle runs.
    """
    items = [
        *_phases(phases, milestones, units),
        *_milestones(milestones, units),
        *_deliverables(deliverables, units, as_of),
        *_key_results(key_results, as_of),
        *_impediments(impediments, as_of),
        *_reports(reports, _open_titles(phases, milestones, projects)),
    ]
    urgent = [item for item in items if item.status in _URGENT]
    return sorted(urgent, key=lambda item: (_URGENT.index(item.status), -(item.days_late or 0), item.title))


def _phases(
    standings: Sequence[PhaseStanding], milestones: Sequence[MilestoneStanding], units: dict[str, str]
) -> list[Item]:
    """Phases that no milestone closes; the others are late with their milestone, which is listed itself."""
    closed = {item.milestone.phase for item in milestones if item.milestone.closes_phase}
    return [
        Item(
            Subject.PHASE,
            standing.phase.title,
            standing.status,
            standing.planned_end,
            standing.days_late,
            units.get(standing.phase.unit or ""),
            None,
        )
        for standing in standings
        if standing.phase.key not in closed
    ]


def _milestones(standings: Sequence[MilestoneStanding], units: dict[str, str]) -> list[Item]:
    return [
        Item(
            Subject.MILESTONE,
            standing.milestone.title,
            standing.status,
            standing.planned,
            standing.days_late,
            standing.milestone.owner_role or units.get(standing.milestone.unit or ""),
            None,
        )
        for standing in standings
    ]


def _deliverables(standings: Sequence[DeliverableStanding], units: dict[str, str], as_of: date) -> list[Item]:
    return [
        Item(
            Subject.DELIVERABLE,
            standing.deliverable.title,
            standing.status,
            standing.deliverable.due,
            (as_of - standing.deliverable.due).days if standing.deliverable.due else None,
            units.get(standing.deliverable.unit or ""),
            None,
        )
        for standing in standings
    ]


def _key_results(standings: Sequence[KeyResultStanding], as_of: date) -> list[Item]:
    return [
        Item(
            Subject.KEY_RESULT,
            standing.key_result.title,
            standing.status,
            standing.cycle.end,
            None,
            standing.key_result.owner_role or standing.objective.owner_role,
            None,
        )
        for standing in standings
        if standing.cycle.start <= as_of <= standing.cycle.end
    ]


def _impediments(standings: Sequence[ImpedimentStanding], as_of: date) -> list[Item]:
    return [
        Item(
            Subject.IMPEDIMENT,
            standing.impediment.title,
            impediment_status(standing, as_of),
            standing.due,
            standing.days_late,
            standing.owner_role,
            standing.next_step,
        )
        for standing in standings
    ]


def newest_reports(reports: Iterable[StatusReport]) -> list[StatusReport]:
    """The last report in each dimension of each project, phase and milestone, and of the programme itself."""
    return list(newest(reports, lambda report: (report.project, report.subject, report.dimension)).values())


def _open_titles(
    phases: Sequence[PhaseStanding], milestones: Sequence[MilestoneStanding], projects: Sequence[Project]
) -> dict[_About, str]:
    """The titles of what a report may speak of and is not done; the programme itself has none."""
    return {
        (None, None): "",
        **{(project.key, None): project.title for project in projects if not project.actual_end},
        **{(None, item.phase.key): item.phase.title for item in phases if item.status is not Status.DONE},
        **{(None, item.milestone.key): item.milestone.title for item in milestones if item.status is not Status.DONE},
    }


def _reports(reports: Iterable[StatusReport], titles: dict[_About, str]) -> list[Item]:
    return [
        Item(
            Subject.REPORT,
            titles[report.project, report.subject],
            LIGHTS[report.light],
            report.measure_due,
            None,
            report.addressee,
            report.options if report.light is TrafficLight.RED else report.measure,
        )
        for report in newest_reports(reports)
        if (report.project, report.subject) in titles
    ]
