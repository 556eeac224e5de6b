"""A text of an example row, in both languages."""

from __future__ import annotations

from typing import NamedTuple


class InBoth(NamedTuple):
    """A text in both languages."""

    de: str
    en: str
