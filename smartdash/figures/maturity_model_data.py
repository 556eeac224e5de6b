"""What the figures about a maturity model share: which model is looked at, and how its parts are named."""

from __future__ import annotations

from collections.abc import Mapping

from smartdash.analysis.maturity_models import WholeModel, local_key, whole_models
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option
from smartdash.figures.surveys import title
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.surveys import SurveyWave
from smartdash.store import Reader

MODEL = "maturity_model"
"""The option of every figure about one model."""
BEFORE = "compared_with"
"""The option of the figure about two: the model that the other one is compared with."""


def read_models(reader: Reader) -> tuple[WholeModel, ...]:
    """Every model of the scope; those that a wave was last asked by come first."""

    def read() -> tuple[WholeModel, ...]:
        found = whole_models(
            reader.all(MaturityModel), reader.all(Dimension), reader.all(Criterion), reader.all(LevelDescriptor)
        )
        last = {wave.maturity_model: wave.start for wave in sorted(reader.all(SurveyWave), key=lambda one: one.start)}
        used = sorted((one for one in found if one.model.key in last), key=lambda one: last[one.model.key])
        return (*reversed(used), *(one for one in found if one.model.key not in last))

    return reader.remembered("maturity models", read)


def model_option(models: tuple[WholeModel, ...], chosen: Mapping[str, str], say: Words) -> Option:
    """The choice of a model; the one that was last surveyed by first."""
    values = {one.model.key: model_title(one.model, say) for one in models}
    return choice(MODEL, say("maturity_model.model"), values, chosen)


def before_option(models: tuple[WholeModel, ...], model: WholeModel, chosen: Mapping[str, str], say: Words) -> Option:
    """The choice of the model that another is compared with: first those that share the most keys within them."""
    others = [one for one in by_likeness(models, model) if one is not model]
    values = {one.model.key: model_title(one.model, say) for one in others}
    return choice(BEFORE, say("maturity_model.compared_with"), values or {"": ""}, chosen)


def kept_inside(reader: Reader, models: tuple[WholeModel, ...], chosen: Mapping[str, str]) -> bool:
    """Whether a model was chosen that does not leave the house; a file of it must not show another one instead."""
    keys = {one.model.key for one in models}
    return reader.scope.leaves and any(chosen.get(name, "") not in {"", *keys} for name in (MODEL, BEFORE))


def by_likeness(models: tuple[WholeModel, ...], model: WholeModel) -> list[WholeModel]:
    """Models, first those that share the most dimensions and criteria with one by their keys within the model."""
    own = _short_keys(model)
    return sorted(models, key=lambda one: len(own & _short_keys(one)), reverse=True)


def earlier_version(models: tuple[WholeModel, ...], model: WholeModel) -> WholeModel | None:
    """The model that another one was probably made from: the one most like it, if they share anything."""
    own = _short_keys(model)
    return next((one for one in by_likeness(models, model) if own & _short_keys(one)), None)


def _short_keys(whole: WholeModel) -> set[str]:
    return {local_key(whole.model.key, item.key) for item in (*whole.dimensions, *whole.criteria)}


def model_of(models: tuple[WholeModel, ...], option: Option) -> WholeModel:
    """The model that an option names."""
    return next(one for one in models if one.model.key == option.chosen)


def model_title(model: MaturityModel, say: Words) -> str:
    """A model with its version, such as "Reifegradmodell digitale Stadt, Fassung 0.1"."""
    return say("maturity_model.titled", title=title(model, say), version=model.version)


def waves_of(reader: Reader, model: str) -> list[str]:
    """The titles of the waves that ask by a model, oldest first."""
    waves = sorted(reader.all(SurveyWave), key=lambda wave: wave.start)
    return [wave.title for wave in waves if wave.maturity_model == model]


def scale(model: MaturityModel, say: Words) -> str:
    """The scale of a model in words: "0 bis 7"."""
    return say("maturity_model.from_to", lowest=number(model.lowest, say.lang), highest=number(model.highest, say.lang))


def size(whole: WholeModel, say: Words) -> str:
    """How large a model is, in a sentence."""
    return say(
        "maturity_model.size",
        title=model_title(whole.model, say),
        dimensions=say("maturity_model.dimensions", n=len(whole.dimensions)),
        criteria=say("maturity_model.criteria", n=len(whole.criteria)),
        scale=scale(whole.model, say),
    )
