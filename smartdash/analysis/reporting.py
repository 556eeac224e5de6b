"""What a status report says too little of, and how it moved since the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Literal

from smartdash.analysis.deviations import Agreement, compared
from smartdash.analysis.status import Status
from smartdash.model.projects import LEAST_OPTIONS, ReportDimension, StatusReport, TrafficLight, separate_options

Demand = Literal["measure", "measure_due", "cause", "options", "addressee", "deviation_reason"]

Pair = tuple[StatusReport | None, StatusReport]
"""The report before the last one, and the last one."""


def lacking(report: StatusReport, computed: Status | None, as_of: date) -> tuple[Demand, ...]:
    """What a report lacks before it may be published.

    Yellow needs a measure and its date; red the cause, two options and the addressee. A status that differs from the
    computed one (None: nothing is computed) needs a reason.
    """
    found: list[Demand] = []
    if report.light is TrafficLight.YELLOW:
        if not report.measure:
            found.append("measure")
        if not report.measure_due:
            found.append("measure_due")
    if report.light is TrafficLight.RED:
        if not report.cause:
            found.append("cause")
        if len(separate_options(report.options)) < LEAST_OPTIONS:
            found.append("options")
        if not report.addressee:
            found.append("addressee")
    if computed and compared(report, computed, as_of) is Agreement.UNEXPLAINED:
        found.append("deviation_reason")
    return tuple(found)


def latest_two(reports: Iterable[StatusReport]) -> dict[tuple[str | None, str | None, ReportDimension], Pair]:
    """The last two reports of each project or subject in each dimension."""
    found: dict[tuple[str | None, str | None, ReportDimension], list[StatusReport]] = defaultdict(list)
    for report in sorted(reports, key=lambda item: (item.reported_on, item.key)):
        found[report.project, report.subject, report.dimension].append(report)
    return {key: (own[-2] if len(own) > 1 else None, own[-1]) for key, own in found.items()}


def jumped(pair: Pair) -> bool:
    """Whether the status went from green to red without a report in between, which needs explaining."""
    before, last = pair
    return before is not None and before.light is TrafficLight.GREEN and last.light is TrafficLight.RED
