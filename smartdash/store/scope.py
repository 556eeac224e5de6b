"""What a reader may see: one programme, as of a day, at a revision, for an audience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Audience(StrEnum):
    """Who reads: everybody, or the administration."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Scope:
    """The cut through the store that a page or report reads; without `revision`, the newest one.

    `unit` is the organisational unit that reads, to which its own answers in a survey belong, and which may moderate
    surveys. `for_export`: what is read leaves the house as a file or on the command line, so nothing that may not be
    passed on is in it.
    """

    programme: str
    as_of: date
    revision: int | None = None
    audience: Audience = Audience.INTERNAL
    unit: str | None = None
    for_export: bool = False

    @property
    def leaves(self) -> bool:
        """Whether what is read is seen outside the house, so that confidential rows stay behind."""
        return self.for_export or self.audience is not Audience.INTERNAL

    @property
    def reading_unit(self) -> str | None:
        """The unit whose own confidential rows may be read; none where they would leave the house."""
        return None if self.leaves else self.unit
