"""Words around what lifts a city: the effort as the units see it, the level that comes next, groups of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from smartdash.analysis.survey_scores import SurveyScores
from smartdash.figures.surveys import level_name, said, shown_level
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import Criterion, LevelDescriptor, MaturityModel
from smartdash.model.surveys import Effort

DRAWN = 10
"""So many rows are drawn, the strongest first; the table has all of them."""


def effort_counts(efforts: Mapping[str, int], say: Words) -> str | None:
    """How many people call the effort what, such as "klein 2, mittel 9, groß 1"; None where nobody named it."""
    named = [f"{item.label(say.lang)} {number(efforts[item.value], say.lang)}" for item in Effort if efforts.get(item)]
    return ", ".join(named) or None


def most_named_effort(efforts: Mapping[str, int], say: Words) -> str:
    """What most people call the effort, the larger one of two equally often named; or that nobody named it."""
    total = sum(efforts.values())
    if not total:
        return say("lifts.no_effort")
    most = max(Effort, key=lambda item: (efforts.get(item, 0), list(Effort).index(item)))
    return say("lifts.most_named", effort=most.label(say.lang), n=total, count=number(efforts[most], say.lang))


def added_efforts(efforts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The counts of several criteria together."""
    added = dict.fromkeys((item.value for item in Effort), 0)
    for counts in efforts:
        for name, count in counts.items():
            added[name] += count
    return added


def gained_points(gain: Decimal | None, model: MaturityModel) -> Decimal | None:
    """A difference of levels in points of the scale from 0 to 100, with two decimals: gains are small."""
    if gain is None:
        return None
    return (gain / (model.highest - model.lowest) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def plus(points: Decimal | None, say: Words, digits: int = 2) -> str:
    """A gain with its sign and unit."""
    return say("lifts.plus", points=number(points, say.lang, digits))


def next_level(
    level: Decimal | None, dimension: str, criterion: Criterion | None, levels: Iterable[LevelDescriptor], say: Words
) -> str | None:
    """What the next described level above one means, in the words of the criterion or else of its dimension."""
    shown = shown_level(level)
    if shown is None:
        return None
    own = criterion.key if criterion else None
    above = [item for item in levels if item.dimension == dimension and item.level > shown]
    fitting = [item for item in above if item.criterion in (None, own)]
    found = min(fitting, key=lambda item: (item.level, item.criterion is None), default=None)
    if found is None:
        return None
    text = found.text_de if say.lang == "de" else found.text_en
    return say("lifts.next_level", level=number(found.level, say.lang), name=level_name(found, say), text=text)


def group_levels(scores: SurveyScores, dimension: str, say: Words) -> str | None:
    """The level of each group of units in a dimension, such as "Verwaltung 2,0, Städtische Unternehmen 2,3"."""
    parts = [
        f"{say(f'maturity.group.{group}')} {said(score, score.mean, say)}"
        for (group, place), score in scores.groups.items()
        if place == dimension and (score.withheld or score.mean is not None)
    ]
    return ", ".join(parts) or None


def drawn_note(drawn: int, count: int, say: Words) -> str:
    """That not all rows are drawn; empty where all are."""
    return say("lifts.drawn", n=drawn, count=number(count, say.lang)) if 0 < drawn < count else ""
