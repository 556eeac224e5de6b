"""The lines of what lifts a city: each criterion with its gain as it is shown, in the order that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from smartdash.analysis.lifts import Gain, Lift, gain_per_effort
from smartdash.figures.lift_words import gained_points
from smartdash.figures.surveys import Survey, title
from smartdash.locale import Words

Rise = Literal["step", "target"]
"""By one level, or up to the target; fields of `Lift`."""

Order = Literal["gain", "effort"]
"""By what is gained, or by what is gained per effort."""


@dataclass(frozen=True, slots=True)
class LiftLine:
    """A criterion with what its rise gains, in points of the scale from 0 to 100 as they are shown.

    `per_effort` is the gain for each point of effort, None where nobody named the effort or nothing is gained.
    """

    title: str
    dimension_title: str
    lift: Lift
    gain: Gain
    points: Decimal | None
    dimension_points: Decimal | None
    efforts: Mapping[str, int]
    per_effort: Decimal | None


def lift_lines(survey: Survey, lifts: Iterable[Lift], rise: Rise, order: Order, say: Words) -> list[LiftLine]:
    """A line per criterion: the most gain first, what is withheld or has no level last."""
    dimensions = {item.key: title(item, say) for item in survey.scores.dimensions}
    criteria = {item.key: title(item, say) for item in survey.scores.criteria_asked}
    lines = []
    for lift in lifts:
        gain = lift.step if rise == "step" else lift.target
        efforts = survey.scores.efforts[lift.criterion]
        lines.append(
            LiftLine(
                criteria[lift.criterion],
                dimensions[lift.dimension],
                lift,
                gain,
                gained_points(gain.overall, survey.model),
                gained_points(gain.dimension, survey.model),
                efforts,
                gained_points(gain_per_effort(gain, efforts), survey.model),
            )
        )
    return sorted(lines, key=lambda line: _place(line, order))


def _place(line: LiftLine, order: Order) -> tuple[Decimal, ...]:
    nothing = Decimal(-1)
    overall = nothing if line.gain.overall is None else line.gain.overall
    within = nothing if line.gain.dimension is None else line.gain.dimension
    if order == "gain":
        return -overall, -within
    return (-(nothing if line.per_effort is None else line.per_effort), -overall)
