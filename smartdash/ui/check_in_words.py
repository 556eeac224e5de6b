"""Check-ins in words: as a line of a list, and what a save says."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.okr import KeyResultStanding
from smartdash.locale.numbers import EMPTY, day, number
from smartdash.model.check_ins import CheckIn
from smartdash.model.okr import KeyResult
from smartdash.ui.capture_reading import shortened
from smartdash.ui.view import View


def reported(report: CheckIn, result: KeyResult, view: View) -> str:
    """What a check-in says: its value with the unit or its zone, and the confidence."""
    unit = f" {result.measured_in}" if result.measured_in else ""
    known = f"{number(report.value, view.lang)}{unit}" if report.value is not None else ""
    if report.zone:
        known = report.zone.label(view.lang)
    confidence = EMPTY if report.confidence is None else number(report.confidence, view.lang)
    said = view.say("check_in.confidence_of", confidence=confidence)
    return f"{known}, {said}" if known else said


def report_line(report: CheckIn, result: KeyResult, view: View) -> str:
    """A check-in in a list: its day, its number on that day where it is not the first, and what it says."""
    of_day = view.say("check_in.number_of_day", number=str(report.number)) if report.number else ""
    return f"{day(report.reported_on, view.lang)}{of_day}: {reported(report, result, view)}"


def saved(report: CheckIn, result: KeyResult, left: Sequence[KeyResultStanding], view: View) -> str:
    """What was stored, and what is left to do for the role."""
    what = view.say("check_in.done", title=shortened(result.title), report=report_line(report, result, view))
    if not left:
        return f"{what} {view.say('check_in.all_done')}"
    titles = "; ".join(shortened(item.key_result.title) for item in left)
    return f"{what} {view.say('check_in.left', n=len(left), titles=titles)}"
