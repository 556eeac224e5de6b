"""What the figures about a survey share: the choice of wave, aggregation and basis, and how a level is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from smartdash.analysis.survey_scores import OVERALL, Score
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option
from smartdash.locale import Words
from smartdash.locale.numbers import number, percent
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.surveys import Response, SurveyWave
from smartdash.store import Audience, Reader

FEWEST_RATERS = 3
"""Answers of fewer people are not shown to the public: they could be traced to a person."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A wave with its model, dimensions and criteria, and the answers given in it."""

    wave: SurveyWave
    model: MaturityModel
    dimensions: tuple[Dimension, ...]
    criteria: tuple[Criterion, ...]
    responses: tuple[Response, ...]

    @property
    def units(self) -> set[str]:
        """The units that took part."""
        return {response.unit for response in self.responses}

    def readable(self, audience: Audience) -> bool:
        """Whether enough people answered for the audience to see a level."""
        return audience is not Audience.PUBLIC or len({item.respondent for item in self.responses}) >= FEWEST_RATERS


def read_surveys(reader: Reader) -> tuple[Survey, Survey | None]:
    """The newest wave with answers, and the one before it that used the same model."""
    responses = reader.all(Response)
    answered = {response.survey_wave for response in responses}
    waves = sorted((wave for wave in reader.all(SurveyWave) if wave.key in answered), key=lambda wave: wave.end)
    newest = waves[-1]
    models = {model.key: model for model in reader.all(MaturityModel)}
    dimensions = tuple(item for item in reader.all(Dimension) if item.maturity_model == newest.maturity_model)
    criteria = reader.all(Criterion)

    def survey(wave: SurveyWave) -> Survey:
        own = tuple(response for response in responses if response.survey_wave == wave.key)
        return Survey(wave, models[wave.maturity_model], dimensions, criteria, own)

    same = [wave for wave in waves[:-1] if wave.maturity_model == newest.maturity_model]
    return survey(newest), survey(same[-1]) if same else None


AGGREGATIONS = ("mean", "geometric", "weakest")
"""How levels are brought together; fields of `Score`, the default first."""


def wave_choice(waves: Sequence[SurveyWave], chosen: Mapping[str, str], say: Words) -> Option:
    """The option "wave" over waves with the oldest first, as `survey_waves` returns them; the newest is the default."""
    return choice("wave", say("maturity.wave"), {wave.key: wave.title for wave in reversed(waves)}, chosen)


def chosen_wave(waves: Sequence[SurveyWave], option: Option) -> SurveyWave:
    """The wave that the option "wave" names."""
    return next(wave for wave in waves if wave.key == option.chosen)


def wave_before(waves: Sequence[SurveyWave], wave: SurveyWave) -> SurveyWave | None:
    """The newest wave before one that used the same model; `waves` with the oldest first."""
    earlier = waves[: [item.key for item in waves].index(wave.key)]
    return next((item for item in reversed(earlier) if item.maturity_model == wave.maturity_model), None)


def aggregation_choice(chosen: Mapping[str, str], say: Words) -> Option:
    """The option "aggregation": weighted mean (the default), geometric mean, or weakest link."""
    values = {name: say(f"maturity.aggregation_{name}") for name in AGGREGATIONS}
    return choice("aggregation", say("maturity.aggregation"), values, chosen)


def basis_choice(chosen: Mapping[str, str], say: Words) -> Option:
    """The option "basis": the answers alone (the default), or what a moderated meeting agreed on where it did."""
    values = {name: say(f"maturity.basis_{name}") for name in ("answers", "consensus")}
    return choice("basis", say("maturity.basis"), values, chosen)


def level_by(score: Score, aggregation: str) -> Decimal | None:
    """The level by one of `AGGREGATIONS`."""
    return {"mean": score.mean, "geometric": score.geometric, "weakest": score.weakest}[aggregation]


def shown_level(level: Decimal | None) -> Decimal | None:
    """A level as it is shown; changes are differences of shown levels, so that a reader can recompute them."""
    return None if level is None else level.quantize(Decimal("0.1"), ROUND_HALF_UP)


def points(level: Decimal | None, model: MaturityModel) -> Decimal | None:
    """A level as a score from 0 (lowest level) to 100 (highest), as it is shown: one decimal, rounded half up.

    The levels of models with different scales compare only as scores.
    """
    if level is None:
        return None
    return ((level - model.lowest) / (model.highest - model.lowest) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def said(score: Score, level: Decimal | None, say: Words) -> str:
    """A level of a score in a table or on a mark, or why there is none."""
    return number(shown_level(level), say.lang, 1) if level is not None else why_none(score, say)


def why_none(score: Score, say: Words) -> str:
    """Why a score has no level: withheld, nothing applies, or too little is answered."""
    if score.withheld:
        return say("maturity.withheld")
    if score.coverage is None:
        return say("maturity.not_applicable")
    return say("maturity.too_few", coverage=percent(score.coverage, say.lang, 0))


def dimension_title(key: str, dimensions: Sequence[Dimension], say: Words) -> str:
    """The title of a dimension by its key; `OVERALL` stands for all of them."""
    if key == OVERALL:
        return say("maturity.overall")
    return next(title(dimension, say) for dimension in dimensions if dimension.key == key)


def title(record: Dimension | Criterion | MaturityModel, say: Words) -> str:
    """The title in the reader's language."""
    return record.title_de if say.lang == "de" else record.title_en


def level_name(item: LevelDescriptor, say: Words) -> str:
    """The name of a level in the reader's language."""
    return item.name_de if say.lang == "de" else item.name_en
