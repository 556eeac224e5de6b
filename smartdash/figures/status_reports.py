"""Figures of reported statuses: the board of all projects, and the history of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.analysis.deviations import LIGHTS, Agreement
from smartdash.analysis.project_status import Dimension
from smartdash.analysis.projects import DimensionStanding, ProjectStanding, reported_status
from smartdash.analysis.reporting import jumped, latest_two
from smartdash.analysis.status import Status
from smartdash.charts.rows import ChartRow
from smartdash.charts.status_board import status_board
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.delays import status_text
from smartdash.figures.figure import ChartMaker, Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
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
    running = sorted(running_projects(reader), key=_urgency)
    jumps = _jumps(reader)
    labels = list(dict.fromkeys(item.project.title for item in running))
    reported = [one for one in ReportDimension if any(item.dimensions[one].report for item in running)]
    cells = [_cell(item, labels, item.dimensions[one], say) for item in running for one in reported]
    message = _board_message(running, say) if running else say("status_report.none_running")
    return Draft(
        message=message,
        columns=(
            column(StatusReport, "project", say.lang),
            column(StatusReport, "dimension", say.lang),
            TableColumn("computed", say("status_report.computed"), "status"),
            TableColumn("why", say("status_report.why")),
            TableColumn("reported", say("status_report.reported"), "status"),
            column(StatusReport, "reported_on", say.lang, "day"),
            TableColumn("remark", say("status_report.remark")),
        ),
        rows=tuple(
            _board_row(item, item.dimensions[one], (item.project.key, one) in jumps, say)
            for item in running
            for one in ReportDimension
        ),
        unit=say("status_report.board_unit", signs=_signs(say)),
        chart=_board_chart(labels, reported, cells, say) if cells else None,
        alt=say("status_report.board_alt", n=len(labels), message=message),
        note=_board_note(reported, say),
    )


def _urgency(item: ProjectStanding) -> tuple[int, int, bool, str]:
    """The most red first, then the most yellow, those that never reported last."""
    found = [reported_status(own) for own in item.dimensions.values()]
    silent = not any(own.report for own in item.dimensions.values())
    return (-found.count(Status.CRITICAL), -found.count(Status.AT_RISK), silent, item.project.title)


def _board_message(running: Sequence[ProjectStanding], say: Words) -> str:
    own = [list(item.dimensions.values()) for item in running]
    red = sum(any(reported_status(one) is Status.CRITICAL for one in found) for found in own)
    silent = sum(not any(one.report for one in found) for found in own)
    outdated = sum(one.agreement is Agreement.OUTDATED for found in own for one in found)
    parts = [say("status_report.board_message", n=red, total=number(len(running), say.lang))]
    if silent:
        parts.append(say("status_report.board_silent", n=silent))
    if outdated:
        parts.append(say("status_report.board_outdated", n=outdated))
    return " ".join(parts)


def _board_note(reported: Sequence[ReportDimension], say: Words) -> str:
    unused = [one.label(say.lang) for one in ReportDimension if one not in reported]
    note = say("status_report.board_note")
    return f"{note} {say('status_report.board_unused', names=listing(unused, say))}" if unused else note


def _board_chart(
    labels: Sequence[str], reported: Sequence[ReportDimension], cells: Sequence[ChartRow], say: Words
) -> ChartMaker:
    tooltips = [
        ("project", heading(StatusReport, "project", say)),
        ("dimension", heading(StatusReport, "dimension", say)),
        ("computed", say("status_report.computed")),
        ("why", say("status_report.why")),
        ("reported", say("status_report.reported")),
    ]
    names = [one.label(say.lang) for one in reported]
    return lambda tokens: status_board(labels, names, cells, tokens, tooltips)


def _signs(say: Words) -> str:
    return ", ".join(status_text(one, say) for one in (Status.CRITICAL, Status.AT_RISK, Status.ON_TRACK))


def running_projects(reader: Reader) -> list[ProjectStanding]:
    """The projects that are not closed."""
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


@figure("status.history", page="status_report", needs=("status_report",), options=("project",))
def history(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Every published report of one project, or of the programme itself, the newest first."""
    reports = reader.all(StatusReport)
    reported = {item.project for item in reports}
    projects = {item.key: item.title for item in reader.all(Project) if item.key in reported}
    whole = {"programme": say("status_report.programme")} if None in reported else {}
    option = choice("project", heading(StatusReport, "project", say), whole | projects or {"": EMPTY}, chosen)
    own = sorted(
        (item for item in reports if not item.subject and (item.project or "programme") == option.chosen),
        key=lambda item: (item.reported_on, -list(ReportDimension).index(item.dimension)),
        reverse=True,
    )
    lang = say.lang
    message = _history_message(own, option.values[option.chosen], say)
    return Draft(
        message=message,
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
        unit=say("status_report.history_unit", signs=_signs(say)),
        chart=_history_chart(own, say) if own else None,
        alt=message,
        options=(option,),
    )


def _history_message(own: Sequence[StatusReport], title: str, say: Words) -> str:
    if not own:
        return say("status_report.history_none", title=title)
    last = own[0]
    values = {"dimension": last.dimension.label(say.lang), "light": last.light.label(say.lang)}
    count = len({item.reported_on for item in own})
    return say("status_report.history_message", n=count, title=title, day=day(last.reported_on, say.lang), **values)


def _history_chart(own: Sequence[StatusReport], say: Words) -> ChartMaker:
    """A row per day of a report, the newest on top, and a column per dimension that was ever reported."""
    days_reported = list(dict.fromkeys(item.reported_on for item in own))
    dimensions = [one for one in ReportDimension if any(item.dimension is one for item in own)]
    reports = {(item.reported_on, item.dimension): item for item in own}
    cells = [
        {
            "row": row,
            "column": one.label(say.lang),
            "status": (LIGHTS[report.light] if report else Status.UNKNOWN).value,
            "deviates": False,
            "text": (report and report.text) or EMPTY,
            "measure": (report and report.measure) or EMPTY,
            "cause": (report and report.cause) or EMPTY,
        }
        for row, on in enumerate(days_reported)
        for one in dimensions
        for report in [reports.get((on, one))]
    ]
    tooltips = [(name, heading(StatusReport, name, say)) for name in ("text", "measure", "cause")]
    labels = [day(on, say.lang) for on in days_reported]
    names = [one.label(say.lang) for one in dimensions]
    return lambda tokens: status_board(labels, names, cells, tokens, tooltips)
