"""Which criteria of a survey a reader may not see, because they would tell what fewer than three people said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from smartdash.analysis.survey_cells import SurveyCells, Truth, Whole
from smartdash.analysis.withholding import FEWEST_RATERS


def hidden_criteria(cells: SurveyCells, dimension: int, parts: Iterable[Sequence[int]], own: str | None) -> set[str]:
    """The criteria of a dimension that stay hidden.

    A criterion is hidden where it rests on fewer than three people; where it could be told from it and the units that
    are shown what fewer than three people in hidden units said; and another one with these, since the dimension would
    tell what is missing.

    Args:
        cells: What the units said.
        dimension: The dimension's place.
        parts: The places of the hidden units, for each group of units of which a result is told.
        own: The reader's own unit, which is known to the reader and protects nobody.
    """
    columns = np.flatnonzero(cells.dimension_of == dimension)
    others = np.array([unit != own for unit in cells.units], dtype=np.bool_)
    raters = cells.raters[:, columns]
    heard = raters + cells.not_applicable[:, columns] + cells.do_not_know[:, columns]
    agreed = np.where(cells.agreed[:, columns], np.maximum(heard, 1), 0) if cells.settled else np.zeros_like(heard)
    told = raters[others].sum(axis=0)
    small = _few(told) | _few(heard[others].sum(axis=0))
    rows = [np.array(part, dtype=np.int64) for part in parts]
    shown: Truth = others.copy()
    for part in rows:
        shown[part] = False
    for part in rows:
        open_to = _could_be_any(raters[shown] > 0, raters[part].sum(axis=0) > 0)
        small |= (_few(raters[part].sum(axis=0)) & ~open_to) | _few(agreed[part].sum(axis=0))
    rest = np.flatnonzero(~small & (told > 0))
    if small.any() and rest.size:
        small[rest[told[rest].argmin()]] = True
    return {cells.criteria[column].key for column in columns[small]}


def _few(people: Whole) -> Truth:
    few: Truth = (people > 0) & (people < FEWEST_RATERS)
    return few


def _could_be_any(shown: Truth, hidden: Truth) -> Truth:
    """Per criterion, whether what hidden units said on it could be more, and as much less on another one.

    Of units that are shown the dimension is known, not the criterion: where one of them answered two criteria that
    hidden units answered as well, neither of these can be told from the totals of both.
    """
    together: Truth = shown.T.astype(np.int64) @ shown.astype(np.int64) > 0
    np.fill_diagonal(together, False)
    found: Truth = np.any(together & hidden[None, :], axis=1)
    return found
