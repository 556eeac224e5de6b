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
    """The cut through the store that a page or report reads; without `revision`, the newest one."""

    programme: str
    as_of: date
    revision: int | None = None
    audience: Audience = Audience.INTERNAL
