"""Figures of reported statuses that need an answer: what is red, and what deviates from the computed status."""

from __future__ import annotations

from collections import defaultdict

from smartdash.analysis.deviations import LIGHTS, Agreement, compared
from smartdash.analysis.reporting import latest_two
from smartdash.analysis.status import Status
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.status_reports import rule_text, running_projects
from smartdash.figures.tables import column, numbered, titles
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.projects import Project, ReportDimension, StatusReport, TrafficLight, separate_options
from smartdash.store import Reader


@figure("status.decisions", page="status_report", needs=("status_report",))
def decisions(reader: Reader, say: Words) -> Draft:
    """What is reported as red now: cause, options and who decides; dimensions with the same words stand together."""
    found: dict[tuple[str | None, str | None, str | None, str | None], list[StatusReport]] = defaultdict(list)
    for report in _red_now(reader):
        found[report.project, report.cause, report.options, report.addressee].append(report)
    names: dict[str | None, str] = {None: say("status_report.programme"), **titles(reader.all(Project))}
    lang = say.lang
    return Draft(
        message=say("status_report.decisions", n=len(found)) if found else say("status_report.no_decision"),
        columns=(
            column(StatusReport, "project", lang),
            column(StatusReport, "dimension", lang),
            column(StatusReport, "text", lang),
            column(StatusReport, "cause", lang),
            column(StatusReport, "options", lang),
            column(StatusReport, "addressee", lang),
            column(StatusReport, "reported_on", lang, "day"),
        ),
        rows=tuple(
            (
                names[project],
                listing([item.dimension.label(lang) for item in reports], say),
                next((item.text for item in reports if item.text), None),
                cause,
                numbered(separate_options(options)) or None,
                addressee,
                max(item.reported_on for item in reports),
            )
            for (project, cause, options, addressee), reports in found.items()
        ),
        unit=say("status_report.decisions_unit"),
        cards=True,
    )


def _red_now(reader: Reader) -> list[StatusReport]:
    """The red reports that are the last of their dimension and not outdated: the programme's, then the projects'."""
    running = [item.project.key for item in running_projects(reader)]
    order = {key: place for place, key in enumerate([None, *running])}
    last = [pair[1] for (_, subject, _), pair in latest_two(reader.all(StatusReport)).items() if not subject]
    red = [
        item
        for item in last
        if item.light is TrafficLight.RED
        and item.project in order
        and compared(item, Status.UNKNOWN, reader.scope.as_of) is not Agreement.OUTDATED
    ]
    return sorted(red, key=lambda item: (order[item.project], list(ReportDimension).index(item.dimension)))


@figure("status.deviations", page="status_report", needs=("project", "status_report"))
def deviations(reader: Reader, say: Words) -> Draft:
    """Where a reported status is another one than the computed, with the reason or without."""
    found = [
        (item, own)
        for item in running_projects(reader)
        for own in item.dimensions.values()
        if own.agreement in (Agreement.EXPLAINED, Agreement.UNEXPLAINED)
    ]
    bare = sum(own.agreement is Agreement.UNEXPLAINED for _, own in found)
    message = say("status_report.deviating", n=len(found), bare=number(bare, say.lang))
    return Draft(
        message=message if found else say("status_report.no_deviation"),
        columns=(
            column(StatusReport, "project", say.lang),
            column(StatusReport, "dimension", say.lang),
            TableColumn("computed", say("status_report.computed"), "status"),
            TableColumn("why", say("status_report.why")),
            TableColumn("reported", say("status_report.reported"), "status"),
            column(StatusReport, "reported_on", say.lang, "day"),
            column(StatusReport, "deviation_reason", say.lang),
        ),
        rows=tuple(
            (
                item.project.title,
                own.computed.dimension.label(say.lang),
                own.computed.status.value,
                rule_text(own.computed, say),
                LIGHTS[own.report.light].value if own.report else None,
                own.report.reported_on if own.report else None,
                (own.report.deviation_reason if own.report else None) or say("status_report.without_reason"),
            )
            for item, own in found
        ),
        unit=say("status_report.deviations_unit"),
        cards=True,
    )
