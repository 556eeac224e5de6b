"""The keys of a maturity model's parts: short ones within the model, and ones of the model's own beside all others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from smartdash.analysis.maturity_models import WholeModel, local_key, prefix
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel

KeyOf = Callable[[type[Record], str], str]
"""From a record type and a key within the model to the key of a part."""


def parts(whole: WholeModel) -> tuple[Dimension | Criterion | LevelDescriptor, ...]:
    """Everything of a model but the model itself."""
    return (*whole.dimensions, *whole.criteria, *whole.levels)


def short_key(model: str, part: Dimension | Criterion | LevelDescriptor) -> str:
    """The key of a part within its model; that of a level text is made of what it describes."""
    if not isinstance(part, LevelDescriptor):
        return local_key(model, part.key)
    described = (part.dimension, part.criterion) if part.criterion else (part.dimension,)
    return "/".join([*(local_key(model, name) for name in described), str(part.level)])


def rekeyed(whole: WholeModel, model: MaturityModel, key_of: KeyOf, common: Mapping[str, Any]) -> WholeModel:
    """The content of `whole` as parts of `model`, under the keys that `key_of` makes, with fields all share."""
    old = whole.model.key

    def to(record: type[Record], key: str) -> str:
        return key_of(record, local_key(old, key))

    return WholeModel(
        model.model_copy(update=dict(common)),
        tuple(
            item.model_copy(update={**common, "key": to(Dimension, item.key), "maturity_model": model.key})
            for item in whole.dimensions
        ),
        tuple(
            item.model_copy(
                update={**common, "key": to(Criterion, item.key), "dimension": to(Dimension, item.dimension)}
            )
            for item in whole.criteria
        ),
        tuple(
            item.model_copy(
                update={
                    **common,
                    "key": key_of(LevelDescriptor, short_key(old, item)),
                    "dimension": to(Dimension, item.dimension),
                    "criterion": to(Criterion, item.criterion) if item.criterion else None,
                }
            )
            for item in whole.levels
        ),
    )


def own_keys(model: str) -> KeyOf:
    """Keys that begin with the model's, so that two models or two versions never share one."""
    return lambda record, short: f"{prefix(model)}{short}"


def within(whole: WholeModel, **common: Any) -> WholeModel:
    """The model with its parts under the keys that they have within it, as a file of it alone names them."""
    return rekeyed(whole, whole.model, lambda record, short: short, common)


def new_version(whole: WholeModel, key: str, version: str, **common: Any) -> WholeModel:
    """The model as a version of its own; nobody has validated it yet."""
    model = whole.model.model_copy(update={"key": key, "version": version, "validated": False})
    return rekeyed(whole, model, own_keys(key), common)


def versioned_key(key: str, version: str, new: str) -> str:
    """The key of a new version of a model: that of the version it comes from, with the new version at its end."""
    stem = key.removesuffix(f"-{_key_part(version)}")
    return f"{stem}-{_key_part(new)}"


def _key_part(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text.casefold()).strip("-.")
