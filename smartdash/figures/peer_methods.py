"""Maturity levels of a city and its peers by one method, as figures about peers read them.

Levels that a city gave itself, levels assessed from outside, and published indices never stand in one ranking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.peer_levels import newest_levels
from smartdash.analysis.peers import Standing, standing
from smartdash.analysis.survey_scores import OVERALL, Score
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option
from smartdash.figures.headings import heading
from smartdash.figures.peer_data import ChosenGroup
from smartdash.figures.surveys import title
from smartdash.locale import Words
from smartdash.model.maturity import Dimension, MaturityModel
from smartdash.model.peers import PeerMethod, PeerScore
from smartdash.store import Reader
from smartdash.store.survey_results import survey_scores, survey_waves


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of a group in one dimension (`OVERALL`: as a whole), and how the own city stands.

    `withheld` says that the own result exists but is not shown to this reader.
    """

    dimension: str
    values: Mapping[str, Decimal]
    standing: Standing
    target: Decimal | None
    observed_on: tuple[date, ...]
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class MethodLevels:
    """The levels of a group in one model by one method, dimension by dimension; as a whole comes first.

    There are none where nobody has any by the chosen method, or none that this reader may see.

    `own_wave` is the title of the survey that the own city's levels come from; empty where they come from elsewhere.
    """

    model: MaturityModel
    method: PeerMethod
    dimensions: tuple[Dimension, ...]
    levels: tuple[Levels, ...]
    own_wave: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class _Own:
    wave: str
    scores: Mapping[str, Score]


def levels_by_method(reader: Reader, found: ChosenGroup, say: Words, chosen: Mapping[str, str]) -> MethodLevels | None:
    """The levels by the chosen model and method; None where no city of the group has any."""
    others = {key for key in found.cities if found.own is None or key != found.own.key}
    scores = [item for item in reader.all(PeerScore) if item.municipality in found.cities]
    known = [item for item in scores if item.municipality in others]
    if not known:
        return None
    waves = survey_waves(reader)
    model_option = _model_choice(reader, known, waves[-1].maturity_model if waves else "", say, chosen)
    known = [item for item in known if item.maturity_model == model_option.chosen]
    used = {score.method.value for score in known} | {chosen.get("method", "")}
    methods = {item.value: item.label(say.lang) for item in PeerMethod if item.value in used}
    method_option = choice("method", heading(PeerScore, "method", say), methods, chosen)
    method = next(item for item in PeerMethod if item.value == method_option.chosen)
    model = next(item for item in reader.all(MaturityModel) if item.key == model_option.chosen)
    dimensions = tuple(item for item in reader.all(Dimension) if item.maturity_model == model.key)
    same = [wave for wave in waves if wave.maturity_model == model.key]
    own = None
    if method is PeerMethod.SURVEY and same and found.own:
        own = _Own(same[-1].title, survey_scores(reader, same[-1]).city)
    by_dimension = newest_levels(scores, model.key, method, found.cities)
    levels = tuple(
        _levels(key, by_dimension.get(key, {}), own, found.own.key if found.own else None)
        for key in (OVERALL, *(item.key for item in dimensions))
        if by_dimension.get(key, {}).keys() & others
    )
    options = (found.option, model_option, method_option)
    return MethodLevels(model, method, dimensions, levels, own.wave if own else "", options)


def _model_choice(
    reader: Reader, known: Sequence[PeerScore], preferred: str, say: Words, chosen: Mapping[str, str]
) -> Option:
    """The models that peers have levels in, the one of the own survey first, and the one that was chosen.

    A file is made anew of what may leave the house; it must not answer for another model or method than was asked for.
    """
    used = {item.maturity_model for item in known} | {chosen.get("model", "")}
    models = sorted(
        (model for model in reader.all(MaturityModel) if model.key in used), key=lambda item: item.key != preferred
    )
    titles = {model.key: f"{title(model, say)} {model.version}" for model in models}
    return choice("model", MaturityModel.sheet.label(say.lang), titles, chosen)


def _levels(key: str, scores: Mapping[str, PeerScore], own: _Own | None, city: str | None) -> Levels:
    """The levels of a dimension; the own survey stands in the place of what was reported of the own city."""
    values = {name: item.level for name, item in scores.items()}
    target, withheld = None, False
    if own and city:
        score = own.scores.get(key, Score())
        values.pop(city, None)
        target, withheld = score.target, score.withheld
        if score.mean is not None:
            values[city] = score.mean
    days = tuple(sorted({item.observed_on for name, item in scores.items() if name != city}))
    return Levels(key, values, standing(values, city, target=target), target, days, withheld)
