"""What the form of status reports works on: who may be reported on, what is computed, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import streamlit as st

from smartdash.analysis.status import Status
from smartdash.figures.standings import read_milestones, read_phases, read_projects
from smartdash.figures.status_reports import rule_text
from smartdash.locale import Language, words
from smartdash.model.projects import Project, ReportDimension, ReportState, StatusReport
from smartdash.model.schedule import Milestone, Phase
from smartdash.store import Reader, Scope
from smartdash.ui import opened
from smartdash.ui.view import View

_READINGS = 20


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: its title, the fields that name it, and the computed status and why by dimension."""

    title: str
    project: str | None
    subject: str | None
    computed: Mapping[ReportDimension, tuple[Status, str]]

    def status(self, dimension: ReportDimension) -> Status | None:
        """The computed status of a dimension, None where nothing is computed."""
        return self.computed[dimension][0] if dimension in self.computed else None


@dataclass(frozen=True, slots=True)
class ReportStock:
    """The subjects by key, and every report including drafts, as of `revision`."""

    revision: int
    subjects: Mapping[str, Subject]
    reports: Sequence[StatusReport]

    def of(self, subject: Subject) -> list[StatusReport]:
        """The reports about a subject, the oldest first."""
        own = [item for item in self.reports if (item.project, item.subject) == (subject.project, subject.subject)]
        return sorted(own, key=lambda item: item.reported_on)

    def start(self, subject: Subject, on: date) -> dict[ReportDimension, StatusReport]:
        """What a report of a day starts from: what is written for the day, a draft too, else what was said last."""
        own = self.of(subject)
        written = [item for item in own if item.reported_on == on]
        return {item.dimension: item for item in written or own if item.reported_on <= on}

    def last(self, subject: Subject, on: date) -> dict[ReportDimension, StatusReport]:
        """What was published last of each dimension up to a day."""
        return {
            item.dimension: item
            for item in self.of(subject)
            if item.reported_on <= on and item.state is ReportState.PUBLISHED
        }

    def drafts(self) -> list[StatusReport]:
        """The drafts, the oldest first."""
        found = [item for item in self.reports if item.state is ReportState.DRAFT]
        return sorted(found, key=lambda item: item.reported_on)


def read_reports(view: View) -> ReportStock:
    """What can be reported on in the chosen programme, read anew when the store has changed."""
    return _read(opened.store().stamp(), view.scope(), view.lang)


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope, lang: Language) -> ReportStock:
    with opened.store().read(scope) as reader:
        revision, subjects = reader.scope.revision or 0, _subjects(reader, lang)
    # A scope never shows a draft: the form is the one place where it is seen.
    reports = cast(tuple[StatusReport, ...], opened.store().current(scope.programme)[StatusReport.sheet.name])
    return ReportStock(revision, subjects, reports)


def _subjects(reader: Reader, lang: Language) -> dict[str, Subject]:
    """The programme, the projects, phases and milestones; the programme's own status is not computed."""
    say = words(lang)
    found = {"": Subject(say("status_report.programme"), None, None, {})}
    for item in read_projects(reader):
        computed = {name: (own.computed.status, rule_text(own.computed, say)) for name, own in item.dimensions.items()}
        title = f"{Project.sheet.label(lang)} · {item.project.title}"
        found[item.project.key] = Subject(title, item.project.key, None, computed)
    milestones = read_milestones(reader)
    for phase in read_phases(reader, milestones):
        title = f"{Phase.sheet.label(lang)} · {phase.phase.title}"
        found[phase.phase.key] = Subject(title, None, phase.phase.key, _by_dates(phase.status, lang))
    for milestone in milestones:
        title = f"{Milestone.sheet.label(lang)} · {milestone.milestone.title}"
        found[milestone.milestone.key] = Subject(
            title, None, milestone.milestone.key, _by_dates(milestone.status, lang)
        )
    return found


def _by_dates(status: Status, lang: Language) -> dict[ReportDimension, tuple[Status, str]]:
    why = words(lang)("status_report.by_dates")
    return dict.fromkeys((ReportDimension.OVERALL, ReportDimension.TIME), (status, why))
