"""Reported facts: the last one of each subject."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Protocol, TypeVar


class Report(Protocol):
    """A fact as reported on a day."""

    @property
    def key(self) -> str:
        """The record's own key."""

    @property
    def reported_on(self) -> date:
        """The day the report speaks of."""


R = TypeVar("R", bound=Report)
S = TypeVar("S", bound=Hashable)


def newest(reports: Iterable[R], subject: Callable[[R], S]) -> dict[S, R]:
    """The last report of each subject by the day it speaks of; the higher key decides between two of one day."""
    return {subject(report): report for report in sorted(reports, key=lambda item: (item.reported_on, item.key))}
