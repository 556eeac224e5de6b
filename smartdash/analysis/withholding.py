"""Which results of a survey a reader may not see, because they would tell what fewer than three people said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

FEWEST_RATERS = 3
"""Results of fewer people are shown to nobody but their own unit and the moderation."""


def may_be_told(raters: Iterable[int]) -> bool:
    """Whether a result over units with these numbers of raters tells of nobody, or of enough people."""
    total = sum(raters)
    return total == 0 or total >= FEWEST_RATERS


def withheld_units(raters: Mapping[str, int], own: str | None = None) -> frozenset[str] | None:
    """The units whose results stay hidden, so that the total of all may be shown; None where it may not.

    A unit with fewer than three raters is hidden from others. What is hidden could be told from the total and the
    units that are shown, so units are hidden, those with the fewest raters first, until the hidden ones have three
    raters together. The reader's `own` unit is known to the reader, so it is never hidden and protects nobody.
    """
    others = {unit: number for unit, number in raters.items() if number and unit != own}
    if not may_be_told(others.values()):
        return None
    hidden = {unit for unit, number in others.items() if number < FEWEST_RATERS}
    if not hidden:
        return frozenset()
    for unit in sorted(others.keys() - hidden, key=lambda unit: (others[unit], unit)):
        if may_be_told(others[member] for member in hidden):
            break
        hidden.add(unit)
    return frozenset(hidden)
