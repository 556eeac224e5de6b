"""From a model's file to the records that the store keeps: under keys of the model's own, beside all other models."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from smartdash.analysis.maturity_model_changes import Change, ChangeKind, changes, measure_changes
from smartdash.analysis.maturity_model_keys import own_keys, parts, rekeyed, short_key, versioned_key
from smartdash.analysis.maturity_models import WholeModel, local_key, prefix, whole_models
from smartdash.exchange.maturity_model_reading import SHEETS, ModelFile
from smartdash.exchange.problems import Problem, capped
from smartdash.exchange.validation import fault_of
from smartdash.model.declare import REFERENCE, Record
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Source
from smartdash.model.surveys import SurveyWave
from smartdash.store import Changes, Reader
from smartdash.store.survey_results import turnout

LONGEST_MODEL_KEY = 40

_WORDS = ("title_de", "title_en", "version", "lowest", "highest", "licence", "validated")
_CHANGED_FIELD = {
    ChangeKind.SCALE: "highest",
    ChangeKind.ADDED: "key",
    ChangeKind.MOVED: "dimension",
    ChangeKind.REWEIGHTED: "weight",
    ChangeKind.MEASURED_OTHERWISE: "kind",
}


@dataclass(frozen=True, slots=True)
class HeldModels:
    """What a programme may use now: every model with the reference data's, its own sources, and what is in use.

    `used` are the models by which answers were given; their measure stays as it is.
    """

    programme: str
    demo: bool
    models: tuple[WholeModel, ...]
    sources: tuple[Source, ...]
    used: frozenset[str]

    def model(self, key: str) -> WholeModel | None:
        """The model with a key."""
        return next((whole for whole in self.models if whole.model.key == key), None)


@dataclass(frozen=True, slots=True)
class Placed:
    """A model as the store will keep it, with its source, and as it is kept now (None: it is new)."""

    whole: WholeModel
    source: Source
    before: WholeModel | None


def read_held(reader: Reader) -> HeldModels:
    """What the reader's programme holds of models and sources, and by which of them its units have answered."""
    programme = reader.programme
    models = whole_models(
        reader.all(MaturityModel), reader.all(Dimension), reader.all(Criterion), reader.all(LevelDescriptor)
    )
    sources = tuple(item for item in reader.all(Source) if item.programme == reader.scope.programme)
    used = frozenset(wave.maturity_model for wave in reader.all(SurveyWave) if turnout(reader, wave)[1])
    return HeldModels(reader.scope.programme, programme.demo if programme else False, models, sources, used)


def suggested(file: ModelFile, held: HeldModels, told: Mapping[str, Any] | None = None) -> tuple[MaturityModel, Source]:
    """The model and its source as the file has them, with fields of the model that somebody has `told` otherwise.

    A new version of a model that is there is a model of its own: its key gets the version added, unless one is told.
    What a file does not say of a model that is there stays as it is.
    """
    told = told or {}
    model = file.whole.model.model_copy(update=dict(told))
    key = model.key if "key" in told else model.key.replace("/", "-")
    there = held.model(key)
    if there is not None:
        untitled = model.title_de == file.whole.model.key
        titles = {"title_de": there.model.title_de, "title_en": there.model.title_en} if untitled else {}
        same = there.model.version == model.version
        licence = model.licence or (there.model.licence if same else None)
        model = model.model_copy(update={**titles, "licence": licence})
        if not same and "key" not in told:
            key = versioned_key(there.model.key, there.model.version, model.version)
    model = model.model_copy(update={"programme": held.programme, "demo": model.demo or held.demo, "key": key})
    kept = next((item for item in held.sources if item.key == _source_key(model)), None)
    source = kept or file.source or Source(programme=held.programme, key="source", title=model.title_de)
    return model, source.model_copy(update={"licence": model.licence or source.licence})


def _source_key(model: MaturityModel) -> str:
    return f"{prefix(model.key)}source"


def placed(
    file: ModelFile, model: MaturityModel, source: Source, held: HeldModels
) -> tuple[Placed | None, tuple[Problem, ...]]:
    """Put a file's model in its place under the key, version, title and scale of `model`, or say what is wrong.

    Its parts get keys that begin with the model's, or keep those they have in the store. A model of the reference data
    does not change, nor does the measure of one that answers were given by; both become a new version.
    """
    problems = _key_problems(file, model, held)
    before = held.model(model.key)
    try:
        model = MaturityModel.model_validate(model.model_dump())
    except ValidationError as error:
        fault = fault_of(error.errors(include_url=False, include_input=False)[0])
        problems.append(file.problem(file.whole.model, "highest", fault.message, **fault.values))
    problems += _level_problems(file, model)
    if problems:
        return None, capped(problems)
    origin = {"programme": model.programme, "key": _source_key(model), "source": None, "demo": model.demo}
    source = source.model_copy(update=origin)
    whole = _under_keys(file.whole, model, source, before)
    if before is not None and before.model.programme == REFERENCE != held.programme:
        if _differs(before, whole):
            return None, (file.problem(file.whole.model, "key", "maturity_model.reference_model"),)
        return Placed(before, source, before), ()
    if before is not None and model.key in held.used:
        found = [_in_use(file, change, model) for change in measure_changes(before, whole)]
        if found:
            return None, capped(found)
    return Placed(whole, source, before), ()


def _key_problems(file: ModelFile, model: MaturityModel, held: HeldModels) -> list[Problem]:
    there, own = held.model(model.key), file.whole.model
    if "/" in model.key or len(model.key) > LONGEST_MODEL_KEY or not re.fullmatch(r"\w[\w.\-+]*", model.key):
        values = {"key": model.key, "limit": str(LONGEST_MODEL_KEY)}
        return [file.problem(own, "key", "maturity_model.unfit_model_key", **values)]
    if there is not None and there.model.version != model.version:
        values = {
            "key": model.key,
            "version": there.model.version,
            "new": versioned_key(model.key, there.model.version, model.version),
        }
        return [file.problem(own, "version", "maturity_model.other_version", **values)]
    return []


def _level_problems(file: ModelFile, model: MaturityModel) -> list[Problem]:
    scale = {"lowest": str(model.lowest), "highest": str(model.highest)}
    return [
        file.problem(item, "level", "maturity_model.level_off_scale", **scale)
        for item in file.whole.levels
        if not model.lowest <= item.level <= model.highest
    ]


def _in_use(file: ModelFile, change: Change, model: MaturityModel) -> Problem:
    values = {"new": versioned_key(model.key, model.version, f"{model.version}-neu")}
    if change.kind is ChangeKind.REMOVED:
        sheet = file.sheets[change.part.sheet.name]
        key = local_key(model.key, change.part.key)
        return Problem(sheet.raw.file, sheet.raw.name, None, "", key, "maturity_model.in_use_removed", values)
    part = change.part
    own: Record = file.whole.model if isinstance(part, MaturityModel) else _in_file(file, part, model.key)
    return file.problem(own, _CHANGED_FIELD[change.kind], "maturity_model.in_use", **values)


def _in_file(file: ModelFile, part: Record, model: str) -> Record:
    short = local_key(model, part.key)
    own: Sequence[Record] = file.whole.dimensions if isinstance(part, Dimension) else file.whole.criteria
    return next(item for item in own if local_key(file.whole.model.key, item.key) == short)


def _differs(before: WholeModel, after: WholeModel) -> bool:
    same = all(getattr(before.model, name) == getattr(after.model, name) for name in _WORDS)
    return not same or bool(changes(before, after))


def _under_keys(whole: WholeModel, model: MaturityModel, source: Source, before: WholeModel | None) -> WholeModel:
    """The model with keys of its own; parts that the store has already keep theirs."""
    kept = {(part.sheet.name, short_key(model.key, part)): part.key for part in (parts(before) if before else ())}
    own = own_keys(model.key)
    common = {"programme": model.programme, "source": source.key, "demo": model.demo}
    return rekeyed(
        whole, model, lambda record, short: kept.get((record.sheet.name, short)) or own(record, short), common
    )


def to_store(place: Placed, held: HeldModels) -> Changes:
    """The changes that store the model: it is whole, so parts that it no longer has are retired, others stay."""
    others: list[Record] = [item for item in held.sources if item.key != place.source.key]
    for whole in held.models:
        if whole.model.key != place.whole.model.key:
            others += [part for part in (whole.model, *parts(whole)) if part.programme == held.programme]
    own: list[Record] = []
    if place.whole.model.programme == held.programme:
        own = [place.source, place.whole.model, *parts(place.whole)]
    records: Mapping[str, list[Record]] = {record.sheet.name: [] for record in SHEETS}
    for part in (*others, *own):
        records[part.sheet.name].append(part)
    return Changes(held.programme, records, complete=True)
