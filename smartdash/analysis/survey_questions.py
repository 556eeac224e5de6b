"""What a survey asks: the criteria of a model in their order, each with its levels in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from smartdash.locale import Language
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel

SEPARATOR = " · "
"""Between the number and the name of a level."""


@dataclass(frozen=True, slots=True)
class Question:
    """A criterion with its dimension, and what the levels mean for it, lowest first."""

    dimension: Dimension
    criterion: Criterion
    levels: tuple[LevelDescriptor, ...]

    @property
    def own_levels(self) -> bool:
        """Whether the levels are described for this criterion, not for its whole dimension."""
        return any(level.criterion for level in self.levels)


def questions(
    model: str,
    dimensions: Iterable[Dimension],
    criteria: Sequence[Criterion],
    descriptors: Iterable[LevelDescriptor],
) -> tuple[Question, ...]:
    """The questions of a model, dimension by dimension; a criterion without levels of its own has its dimension's.

    Args:
        model: The model's key.
        dimensions: In the order in which they are asked, as a reader gives them; others' are left out.
        criteria: In their order.
        descriptors: What the levels mean.
    """
    levels: dict[str, list[LevelDescriptor]] = defaultdict(list)
    for one in sorted(descriptors, key=lambda one: one.level):
        levels[one.criterion or one.dimension].append(one)
    return tuple(
        Question(dimension, criterion, tuple(levels[criterion.key] or levels[dimension.key]))
        for dimension in dimensions
        if dimension.maturity_model == model
        for criterion in criteria
        if criterion.dimension == dimension.key
    )


def level_names(model: MaturityModel, question: Question, lang: Language) -> dict[int, str]:
    """Every level of the model as it is offered for an answer, lowest first: {3: "3 · Geregelt"}.

    On a scale longer than its descriptions, a level has the name of the highest described level that it reaches.
    """
    names = {one.level: one.name_de if lang == "de" else one.name_en for one in question.levels}
    offered: dict[int, str] = {}
    name = ""
    for level in range(model.lowest, model.highest + 1):
        name = names.get(level, name)
        offered[level] = f"{level}{SEPARATOR}{name}" if name else str(level)
    return offered
