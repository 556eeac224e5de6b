"""Which results of a survey a reader may not see, because they would tell what fewer than three people said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

FEWEST_RATERS = 3
"""Results of fewer people are shown to nobody but their own unit and the moderation."""


def may_be_told(raters: Iterable[int]) -> bool:
    """Whether a result over units with these numbers of raters tells of nobody, or of enough people."""
    total = sum(raters)
    return total == 0 or total >= FEWEST_RATERS


def withheld_units(people: Mapping[str, Sequence[int]], own: str | None = None) -> frozenset[str] | None:
    """The units whose results stay hidden, so that the total of all may be shown; None where it may not.

    `people` are the numbers of people per unit that what is told rests on, one for each thing told. A unit that has
    fewer than three in one of them is hidden from others. What is hidden could be told from the total and the units
    that are shown, so units are hidden, those with the fewest people first, until the hidden ones have three people
    together. The reader's `own` unit is known to the reader, so it is never hidden and protects nobody.
    """
    others = {unit: numbers for unit, numbers in people.items() if any(numbers) and unit != own}
    if not all_may_be_told(others.values()):
        return None
    hidden = few_people(others)
    for unit in sorted(others.keys() - hidden, key=lambda unit: (others[unit], unit)):
        if all_may_be_told(others[member] for member in hidden):
            break
        hidden.add(unit)
    return frozenset(hidden)


def few_people(people: Mapping[str, Sequence[int]]) -> set[str]:
    """The units of which something rests on fewer than three people."""
    return {unit for unit, numbers in people.items() if any(0 < number < FEWEST_RATERS for number in numbers)}


def all_may_be_told(people: Iterable[Sequence[int]]) -> bool:
    """`may_be_told` for each of the things that units with these numbers of people tell."""
    return all(may_be_told(numbers) for numbers in zip(*people, strict=True))
