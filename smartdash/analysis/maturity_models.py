"""A maturity model as a whole: what belongs to it, how its weights share out, and what of it is incomplete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from smartdash.model.maturity import Criterion, CriterionKind, Dimension, LevelDescriptor, MaturityModel

LONGEST_DESCRIBED = 10
"""Up to so many levels each one is described; on a longer scale a described level is the lowest of a band."""

_SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class WholeModel:
    """A maturity model with all that belongs to it, in its order."""

    model: MaturityModel
    dimensions: tuple[Dimension, ...]
    criteria: tuple[Criterion, ...]
    levels: tuple[LevelDescriptor, ...]

    @property
    def level_count(self) -> int:
        """The number of levels of the scale."""
        return self.model.highest - self.model.lowest + 1

    def criteria_of(self, dimension: str) -> tuple[Criterion, ...]:
        """The criteria of a dimension."""
        return tuple(item for item in self.criteria if item.dimension == dimension)

    def levels_of(self, dimension: str, criterion: str | None = None) -> tuple[LevelDescriptor, ...]:
        """The level texts of a dimension as a whole, or those of one of its criteria, lowest first."""
        found = (item for item in self.levels if (item.dimension, item.criterion) == (dimension, criterion))
        return tuple(sorted(found, key=lambda item: item.level))


def whole_models(
    models: Iterable[MaturityModel],
    dimensions: Iterable[Dimension],
    criteria: Iterable[Criterion],
    levels: Iterable[LevelDescriptor],
) -> tuple[WholeModel, ...]:
    """The models with what belongs to each; what belongs to none is left out."""
    dimensions, criteria, levels = tuple(dimensions), tuple(criteria), tuple(levels)
    return tuple(_whole(model, dimensions, criteria, levels) for model in models)


def _whole(
    model: MaturityModel,
    dimensions: Sequence[Dimension],
    criteria: Sequence[Criterion],
    levels: Sequence[LevelDescriptor],
) -> WholeModel:
    own = tuple(item for item in dimensions if item.maturity_model == model.key)
    keys = [item.key for item in own]
    return WholeModel(
        model,
        own,
        tuple(sorted((item for item in criteria if item.dimension in keys), key=lambda one: keys.index(one.dimension))),
        tuple(item for item in levels if item.dimension in keys),
    )


def prefix(model: str) -> str:
    """What the keys of a model's parts begin with, so that two models never share one."""
    return f"{model}{_SEPARATOR}"


def local_key(model: str, key: str) -> str:
    """The key of a dimension or criterion as it stands within its model, such as STR1; the same in all versions."""
    return key.removeprefix(prefix(model))


class FindingKind(StrEnum):
    """What is incomplete about a model."""

    NO_DIMENSIONS = "no_dimensions"
    NO_CRITERIA = "no_criteria"
    LEVEL_NOT_DESCRIBED = "level_not_described"
    LOWEST_NOT_DESCRIBED = "lowest_not_described"
    LEVEL_OFF_SCALE = "level_off_scale"
    SAME_TITLES = "same_titles"
    SAME_NAMES = "same_names"
    INDICATOR_WITHOUT_UNIT = "indicator_without_unit"
    NO_QUESTION_IN_ONE_LANGUAGE = "no_question_in_one_language"


SEVERE = frozenset(
    {
        FindingKind.NO_DIMENSIONS,
        FindingKind.NO_CRITERIA,
        FindingKind.LEVEL_NOT_DESCRIBED,
        FindingKind.LOWEST_NOT_DESCRIBED,
        FindingKind.LEVEL_OFF_SCALE,
    }
)
"""What keeps people from answering alike; the rest only costs comfort."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One incomplete thing: its kind, the dimension or criterion it is about (None: the model), and the levels."""

    kind: FindingKind
    about: Dimension | Criterion | None = None
    levels: tuple[int, ...] = ()


def findings(whole: WholeModel) -> list[Finding]:
    """What of a model is incomplete, dimension by dimension.

    A dimension needs criteria. Who answers needs a text for every level, up to ten of them, either of the dimension or
    of the criterion; on a longer scale the texts stand for bands, of which the first begins at the lowest level. An
    indicator is answered with a value, so it needs no level texts. Weights, anchors and the order of the scale cannot
    be wrong: the model's records refuse that.
    """
    found = [] if whole.dimensions else [Finding(FindingKind.NO_DIMENSIONS)]
    for dimension in whole.dimensions:
        found += _dimension_findings(whole, dimension)
    return found


def _dimension_findings(whole: WholeModel, dimension: Dimension) -> Iterator[Finding]:
    criteria = whole.criteria_of(dimension.key)
    if not criteria:
        yield Finding(FindingKind.NO_CRITERIA, dimension)
    if dimension.title_de == dimension.title_en:
        yield Finding(FindingKind.SAME_TITLES, dimension)
    own = whole.levels_of(dimension.key)
    leveled = [item for item in criteria if item.kind is CriterionKind.LEVEL]
    # Where each criterion has texts of its own, the dimension needs none.
    if any(not whole.levels_of(dimension.key, item.key) for item in leveled) or (own and leveled):
        yield from _level_findings(whole, dimension, own)
    for criterion in criteria:
        if texts := whole.levels_of(dimension.key, criterion.key):
            yield from _level_findings(whole, criterion, texts)
        yield from _criterion_findings(criterion)


def _level_findings(
    whole: WholeModel, about: Dimension | Criterion, texts: Sequence[LevelDescriptor]
) -> Iterator[Finding]:
    scale = range(whole.model.lowest, whole.model.highest + 1)
    described = {item.level for item in texts}
    if outside := tuple(sorted(described - set(scale))):
        yield Finding(FindingKind.LEVEL_OFF_SCALE, about, outside)
    if whole.level_count <= LONGEST_DESCRIBED:
        if absent := tuple(level for level in scale if level not in described):
            yield Finding(FindingKind.LEVEL_NOT_DESCRIBED, about, absent)
    elif scale[0] not in described:
        yield Finding(FindingKind.LOWEST_NOT_DESCRIBED, about, (scale[0],))
    if same := tuple(item.level for item in texts if item.text_de == item.text_en):
        yield Finding(FindingKind.SAME_NAMES, about, same)


def _criterion_findings(criterion: Criterion) -> Iterator[Finding]:
    if criterion.title_de == criterion.title_en:
        yield Finding(FindingKind.SAME_TITLES, criterion)
    if (criterion.question_de is None) != (criterion.question_en is None):
        yield Finding(FindingKind.NO_QUESTION_IN_ONE_LANGUAGE, criterion)
    if criterion.kind is CriterionKind.INDICATOR and criterion.measured_in is None:
        yield Finding(FindingKind.INDICATOR_WITHOUT_UNIT, criterion)


def kinds(criteria: Iterable[Criterion]) -> Counter[CriterionKind]:
    """How many criteria are answered with a level, and how many with an indicator's value."""
    return Counter(item.kind for item in criteria)
