"""A survey wave with its model and answers, as the figures about maturity read it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from smartdash.locale import Words
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


def shown_level(level: Decimal | None) -> Decimal | None:
    """A level as it is shown; changes are differences of shown levels, so that a reader can recompute them."""
    return None if level is None else level.quantize(Decimal("0.1"), ROUND_HALF_UP)


def title(record: Dimension | Criterion | MaturityModel, say: Words) -> str:
    """The title in the reader's language."""
    return record.title_de if say.lang == "de" else record.title_en


def level_name(item: LevelDescriptor, say: Words) -> str:
    """The name of a level in the reader's language."""
    return item.name_de if say.lang == "de" else item.name_en
