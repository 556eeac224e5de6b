"""The cells of a survey made from tables of levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from smartdash.analysis.seen_scores import seen_scores
from smartdash.analysis.survey_cells import NONE, SurveyCells, parts
from smartdash.analysis.survey_scores import SurveyScores
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.surveys import SurveyWave

Number = int | float | str | None


def cells(
    levels: Sequence[Sequence[Number]],
    targets: Sequence[Sequence[Number]] | Number = None,
    *,
    dimensions: Mapping[str, Number] | None = None,
    weights: Mapping[str, Number] | None = None,
    raters: Sequence[Sequence[int]] | int = 3,
    efforts: Sequence[int] = (0, 0, 0),
    scale: tuple[int, int] = (1, 5),
) -> SurveyCells:
    """A row of levels per unit ("u0", "u1", …), a column per criterion ("A0", "A1", "B0", …); "-": does not apply.

    `dimensions` gives each dimension's weight in the order of the columns, `weights` each criterion's (its key's first
    letter is its dimension); without it there is one dimension "A".
    """
    width = len(levels[0])
    weights = weights or {f"A{place}": 1 for place in range(width)}
    dimensions = dimensions or dict.fromkeys(dict.fromkeys(key[0] for key in weights), 1)
    shape = (len(levels), width)
    applies = np.array([[level != "-" for level in row] for row in levels]).reshape(shape)
    level = np.array([[_parts(one) for one in row] for row in levels], dtype=np.int64).reshape(shape)
    aims = [[targets] * width] * len(levels) if isinstance(targets, int | float | str | None) else targets
    people = np.where(level == NONE, 0, np.broadcast_to(np.array(raters), shape)).astype(np.int64)
    names, zeros = list(dimensions), np.zeros(shape, dtype=np.int64)
    places = np.array([names.index(key[0]) for key in weights], dtype=np.int64)
    target = np.array([[_parts(one) for one in row] for row in aims], dtype=np.int64).reshape(shape)
    aiming = np.where(target == NONE, 0, people)
    by_dimension, aimed = (
        np.stack([table[:, places == place].max(axis=1, initial=0) for place in range(len(names))], axis=1)
        for table in (people, aiming)
    )
    return SurveyCells(
        wave=SurveyWave(
            programme="p", key="w", title="W", maturity_model="m", start=date(2026, 5, 1), end=date(2026, 5, 31)
        ),
        model=MaturityModel(
            programme="p", key="m", title_de="M", title_en="M", version="1", lowest=scale[0], highest=scale[1]
        ),
        dimensions=tuple(
            Dimension(programme="p", key=key, maturity_model="m", title_de=key, title_en=key, weight=_decimal(weight))
            for key, weight in dimensions.items()
        ),
        criteria=tuple(
            Criterion(programme="p", key=key, dimension=key[0], title_de=key, title_en=key, weight=_decimal(weight))
            for key, weight in weights.items()
        ),
        units=tuple(f"u{row}" for row in range(len(levels))),
        dimension_of=places,
        weight=np.array([parts(_decimal(weight)) for weight in weights.values()], dtype=np.int64),
        level=level,
        target=target,
        applies=applies,
        raters=people,
        not_applicable=zeros,
        do_not_know=zeros,
        missing=zeros,
        evidenced=zeros,
        unclear=zeros > 0,
        agreed=zeros > 0,
        efforts=np.broadcast_to(np.array(efforts, dtype=np.int64), (*shape, 3)),
        people=by_dimension,
        heard=by_dimension,
        aimed=aimed,
        aiming=aiming,
        settled=False,
        everyone=by_dimension.max(axis=1, initial=0),
    )


def all_scores(found: SurveyCells, groups: Mapping[str, Sequence[str]] | None = None, **reader: Any) -> SurveyScores:
    """The scores as the moderation sees them, or as a `reader` does: `own`, `everything`."""
    reader = reader or {"own": None, "everything": True}
    return seen_scores(found, groups or {"administration": found.units}, **reader)


def _parts(level: Number) -> int:
    return NONE if level is None or level == "-" else parts(_decimal(level))


def _decimal(value: Number) -> Decimal:
    return Decimal(str(value))
