"""What the check-in form works on: how each key result stands, every check-in, and who answers for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from smartdash.analysis.check_ins import is_due, is_open
from smartdash.analysis.key_results import in_time
from smartdash.analysis.okr import KeyResultStanding
from smartdash.figures.standings import read_key_results
from smartdash.model.check_ins import CheckIn
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.view import View

_READINGS = 20


@dataclass(frozen=True, slots=True)
class CheckInStock:
    """The key results and their check-ins as of `revision`."""

    revision: int
    standings: Sequence[KeyResultStanding]
    check_ins: Sequence[CheckIn]

    def open_items(self, day: date) -> list[KeyResultStanding]:
        """The key results that a check-in can be made of."""
        return [item for item in self.standings if is_open(item, day)]

    def of_role(self, role: str, day: date, *, due: bool) -> list[KeyResultStanding]:
        """The open key results of a role ("" for those without one), or only those that are due."""
        own = [item for item in self.open_items(day) if (item.owner_role or "") == role]
        return [item for item in own if is_due(item, day)] if due else own

    def roles(self, day: date) -> list[str]:
        """The roles with open key results by name, "" last for those that nobody answers for."""
        found = {item.owner_role or "" for item in self.open_items(day)}
        return sorted(found, key=lambda role: (not role, role.casefold()))

    def history(self, key_result: str) -> list[CheckIn]:
        """The check-ins of a key result, the last one first."""
        return in_time(report for report in self.check_ins if report.key_result == key_result)[::-1]


def read_check_ins(view: View) -> CheckInStock:
    """What the form works on in the chosen programme, read anew when the store has changed."""
    return _read(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope) -> CheckInStock:
    with opened.store().read(scope) as reader:
        return CheckInStock(reader.scope.revision or 0, read_key_results(reader), reader.all(CheckIn))
