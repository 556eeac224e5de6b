"""Figures of reported statuses: the board of all projects, what deviates from the computed one, and the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.analysis.deviations import LIGHTS, Agreement
from smartdash.analysis.project_status import Dimension
from smartdash.analysis.projects import DimensionStanding, ProjectStanding, reported_status
from smartdash.analysis.reporting import jumped, latest_two
from smartdash.analysis.status import Status
from smartdash.charts.status_board import status_board
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.delays import status_text
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.standings import read_projects
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, number, percent
from smartdash.model.projects import Project, ReportDimension, StatusReport
from smartdash.store import Reader

_SHARES = ("overrun", "pace", "low_coverage")
"""The rules whose value is a share."""


@figure("status.board", page="status_report", needs=("project",))
def board(reader: Reader, say: Words) -> Draft:
    """Each project in each dimension: the computed and the reported status, silence, deviations and jumps."""
    found = [(item, dimension) for item in _running(reader) for dimension in ReportDimension]
    jumps = _jumps(reader)
    rows = tuple(
        _board_row(item, item.dimensions[dimension], (item.project.key, dimension) in jumps, say)
        for item, dimension in found
    )
    projects = list(dict.fromkeys(item.project.title for item, _ in found))
    cells = [_cell(item, projects, item.dimensions[dimension], say) for item, dimension in found]
    outdated = sum(item.dimensions[one].agreement is Agreement.OUTDATED for item, one in found)
    red = sum(reported_status(item.dimensions[one]) is Status.CRITICAL for item, one in found)
    message = say("status_report.board_message", n=len(projects), red=number(red, say.lang))
    if outdated:
        message += " " + say("status_report.board_outdated", n=outdated)
    return Draft(
        message=message if projects else say("status_report.none_running"),
        columns=(
            column(StatusReport, "project", say.lang),
            column(StatusReport, "dimension", say.lang),
            TableColumn("computed", say("status_report.computed"), "status"),
            TableColumn("why", say("status_report.why")),
            TableColumn("reported", say("status_report.reported"), "status"),
            column(StatusReport, "reported_on", say.lang, "day"),
            TableColumn("remark", say("status_report.remark")),
        ),
        rows=rows,
        unit=say("status_report.board_unit"),
        chart=(
            lambda tokens: status_board(
                projects,
                [dimension.label(say.lang) for dimension in ReportDimension],
                cells,
                tokens,
                [
                    ("project", heading(StatusReport, "project", say)),
                    ("dimension", heading(StatusReport, "dimension", say)),
                    ("computed", say("status_report.computed")),
                    ("why", say("status_report.why")),
                    ("reported", say("status_report.reported")),
                ],
            )
        )
        if projects
        else None,
        alt=say("status_report.board_alt", n=len(projects), message=message),
        note=say("status_report.board_note"),
    )


def _running(reader: Reader) -> list[ProjectStanding]:
    return [item for item in read_projects(reader) if not item.course.closed]


def _jumps(reader: Reader) -> set[tuple[str | None, ReportDimension]]:
    """The projects and dimensions whose last report went from green to red at once."""
    found = latest_two(reader.all(StatusReport))
    return {
        (project, dimension) for (project, subject, dimension), pair in found.items() if not subject and jumped(pair)
    }


def _board_row(item: ProjectStanding, own: DimensionStanding, jump: bool, say: Words) -> Row:
    reported = reported_status(own)
    parts = [_remark(own, say), say("status_report.jump") if jump else None]
    return (
        item.project.title,
        own.computed.dimension.label(say.lang),
        own.computed.status.value,
        rule_text(own.computed, say),
        reported.value if reported else None,
        own.report.reported_on if own.report else None,
        " ".join(part for part in parts if part) or None,
    )


def _remark(own: DimensionStanding, say: Words) -> str | None:
    """Silence, or how the reported status stands to the computed one where they differ."""
    if own.report is None:
        return say("status_report.never")
    if own.agreement is Agreement.OUTDATED:
        return say("status_report.silent_since", day=day(own.report.reported_on, say.lang))
    if own.agreement is Agreement.UNEXPLAINED:
        return say("status_report.unexplained")
    if own.agreement is Agreement.EXPLAINED:
        return say("status_report.explained", reason=own.report.deviation_reason or "")
    return None


def _cell(item: ProjectStanding, projects: Sequence[str], own: DimensionStanding, say: Words) -> dict[str, object]:
    reported = reported_status(own)
    return {
        "row": projects.index(item.project.title),
        "column": own.computed.dimension.label(say.lang),
        "status": (reported or Status.UNKNOWN).value,
        "computed_status": own.computed.status.value,
        "deviates": own.agreement in (Agreement.EXPLAINED, Agreement.UNEXPLAINED),
        "project": item.project.title,
        "dimension": own.computed.dimension.label(say.lang),
        "computed": status_text(own.computed.status, say),
        "why": rule_text(own.computed, say),
        "reported": status_text(reported, say) if reported else EMPTY,
    }


def rule_text(computed: Dimension, say: Words) -> str:
    """Why a dimension has its computed status, with the value that decided and the version of the thresholds."""
    reason = say(f"status_report.rule_{computed.rule.value}")
    if computed.value is None:
        return reason
    share = computed.rule.value in _SHARES
    value = percent(computed.value, say.lang, 0) if share else number(computed.value, say.lang)
    return say("status_report.rule_with_value", reason=reason, value=value, version=computed.version)


@figure("status.deviations", page="status_report", needs=("project", "status_report"))
def deviations(reader: Reader, say: Words) -> Draft:
    """Where a reported status is another one than the computed, with the reason or without."""
    found = [
        (item, own)
        for item in _running(reader)
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
    )


@figure("status.history", page="status_report", needs=("status_report",), options=("project",))
def history(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Every published report of one project, or of the programme itself, the newest first."""
    reports = reader.all(StatusReport)
    reported = {item.project for item in reports}
    titles = {item.key: item.title for item in reader.all(Project) if item.key in reported}
    whole = {"programme": say("status_report.programme")} if None in reported else {}
    option = choice("project", heading(StatusReport, "project", say), whole | titles or {"": EMPTY}, chosen)
    own = sorted(
        (item for item in reports if not item.subject and (item.project or "programme") == option.chosen),
        key=lambda item: (item.reported_on, -list(ReportDimension).index(item.dimension)),
        reverse=True,
    )
    lang = say.lang
    count = len({item.reported_on for item in own})
    return Draft(
        message=say("status_report.history_message", n=count, title=option.values[option.chosen]),
        columns=(
            column(StatusReport, "reported_on", lang, "day"),
            column(StatusReport, "dimension", lang),
            column(StatusReport, "light", lang, "status"),
            *(
                column(StatusReport, name, lang)
                for name in ("text", "measure", "cause", "options", "addressee", "deviation_reason")
            ),
        ),
        rows=tuple(
            (
                item.reported_on,
                item.dimension.label(lang),
                LIGHTS[item.light].value,
                item.text,
                item.measure,
                item.cause,
                item.options,
                item.addressee,
                item.deviation_reason,
            )
            for item in own
        ),
        unit=say("status_report.history_unit"),
        options=(option,),
    )
