"""Projects that may stand twice in an inventory, because their titles are alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from smartdash.model.projects import Project

ALIKE = 0.85
"""Titles from this ratio on may be the same project, if they also share unit or field of work."""
ALIKE_ANYWHERE = 0.95
"""Titles from this ratio on may be the same project wherever they belong."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_FILLERS = frozenset({"projekt", "massnahme", "das", "der", "die", "des", "ein", "eine", "einer", "fuer", "und", "von"})
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two projects that may be the same: how alike their titles are (0 to 1), and whether they share unit and field."""

    first: Project
    second: Project
    likeness: float
    same_unit: bool
    same_field: bool


@lru_cache(maxsize=10_000)
def normalised(title: str) -> str:
    """A title as its words in alphabetical order, without case, signs and words that say nothing."""
    spelled = re.sub(r"[\W_]+", " ", title.casefold().translate(_UMLAUTS))
    return " ".join(sorted(word for word in spelled.split() if word not in _FILLERS))


def likeness(first: str, second: str) -> float:
    """How alike two titles are, from 0 to 1; titles with different numbers are different parts of one thing.

    Ratio of matching characters (Ratcliff and Obershelp, as in Python's difflib) of the normalised titles.
    """
    one, other = sorted((normalised(first), normalised(second)))
    if not one or not other or sorted(_NUMBER.findall(one)) != sorted(_NUMBER.findall(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # Upper bounds, much cheaper than the ratio itself.
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def may_be_same(first: Project, second: Project) -> Pair | None:
    """Two projects as a pair that may be the same, or None where their titles are not alike enough."""
    alike = likeness(first.title, second.title)
    unit = first.unit is not None and first.unit == second.unit
    field = first.field_of_work is not None and first.field_of_work == second.field_of_work
    if alike >= ALIKE_ANYWHERE or (alike >= ALIKE and (unit or field)):
        return Pair(first, second, alike, unit, field)
    return None


def possible_duplicates(projects: Sequence[Project]) -> list[Pair]:
    """The pairs of projects that may be the same, the most alike first."""
    found = [pair for first, second in combinations(projects, 2) if (pair := may_be_same(first, second))]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.first.key, pair.second.key))
