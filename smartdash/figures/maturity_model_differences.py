"""The figure that sets two maturity models, or two versions of one, beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from altair.typing import ChartType

from smartdash.analysis.budget import share
from smartdash.analysis.maturity_model_changes import MEASURE, Change, ChangeKind, changes
from smartdash.analysis.maturity_models import WholeModel, local_key
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.maturity_model_data import (
    BEFORE,
    MODEL,
    before_option,
    kept_inside,
    model_of,
    model_option,
    model_title,
    read_models,
)
from smartdash.figures.surveys import level_name, title
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, number, percent
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.store import Reader


@figure("model.differences", page="maturity_model", needs=("maturity_model", "dimension"), options=(MODEL, BEFORE))
def differences(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What one model has that the other has not, weighs or measures otherwise, and words otherwise."""
    models = read_models(reader)
    option = model_option(models, chosen, say)
    if kept_inside(reader, models, chosen):
        return Draft(say("maturity_model.stays_inside"), (), (), options=(option,))
    whole = model_of(models, option)
    other = before_option(models, whole, chosen, say)
    if len(models) == 1:
        return Draft(say("maturity_model.only_one", model=model_title(whole.model, say)), (), (), options=(option,))
    before = model_of(models, other)
    found = changes(before, whole)
    old, new = _shares(before), _shares(whole)

    def drawn(tokens: Tokens) -> ChartType:
        return bar_chart([_bar(item, whole, old, new, tokens, say) for item in whole.dimensions], tokens)

    return Draft(
        message=difference_message(before, whole, found, say),
        columns=(
            TableColumn("change", say("maturity_model.change")),
            TableColumn("about", say("maturity_model.about")),
            TableColumn("before", model_title(before.model, say)),
            TableColumn("after", model_title(whole.model, say)),
        ),
        rows=tuple(_row(item, before, whole, say) for item in found),
        unit=say("maturity_model.differences_unit", after=whole.model.version, before=before.model.version),
        chart=drawn,
        alt=say("maturity_model.differences_alt", n=len(whole.dimensions)),
        note=say("maturity_model.differences_note"),
        options=(option, other),
    )


def difference_message(before: WholeModel, after: WholeModel, found: list[Change], say: Words) -> str:
    """How two models differ, in one sentence, and whether results by them can be compared."""
    new, old = model_title(after.model, say), model_title(before.model, say)
    if not found:
        return say("maturity_model.no_difference", after=new, before=old)
    counts = Counter(item.kind for item in found)
    parts = [say(f"maturity_model.count_{kind.value}", n=counts[kind]) for kind in ChangeKind if counts[kind]]
    ending = "not_comparable" if any(item.kind in MEASURE for item in found) else "only_words"
    told = say("maturity_model.difference", after=new, before=old, parts=listing(parts, say))
    return f"{told} {say(f'maturity_model.{ending}')}"


def _shares(whole: WholeModel) -> dict[str, Decimal | None]:
    """Each dimension's share of the weight, by its key within the model."""
    weights = sum((item.weight for item in whole.dimensions), Decimal(0))
    return {local_key(whole.model.key, item.key): share(item.weight, weights) for item in whole.dimensions}


def _bar(
    dimension: Dimension,
    whole: WholeModel,
    old: Mapping[str, Decimal | None],
    new: Mapping[str, Decimal | None],
    tokens: Tokens,
    say: Words,
) -> Bar:
    key = local_key(whole.model.key, dimension.key)
    was, now = old.get(key), new[key]
    told = say("maturity_model.share_change", before=percent(was, say.lang, 1), after=percent(now, say.lang, 1))
    if was == now:
        told = percent(now, say.lang, 1)
    elif was is None:
        told = say("maturity_model.share_new", after=percent(now, say.lang, 1))
    return Bar(
        title(dimension, say),
        (Part(float(now or 0), tokens.actual_fill),),
        told,
        {Dimension.sheet.label(say.lang): title(dimension, say), say("maturity_model.share"): told},
        mark=None if was is None else float(was),
        strong=was != now,
    )


def _row(change: Change, before: WholeModel, after: WholeModel, say: Words) -> Row:
    removed = change.kind in (ChangeKind.REMOVED, ChangeKind.LEVEL_REMOVED)
    added = change.kind in (ChangeKind.ADDED, ChangeKind.LEVEL_ADDED)
    was = change.part if removed else change.before
    now = None if removed else change.part
    return (
        say(f"maturity_model.kind_{change.kind.value}"),
        _about(change, say),
        None if added or was is None else _told(change.kind, was, before, say),
        None if now is None else _told(change.kind, now, after, say),
    )


def _about(change: Change, say: Words) -> str:
    part = change.part
    if isinstance(part, LevelDescriptor):
        name = title(change.about, say) if change.about else EMPTY
        return say("maturity_model.level_of", level=number(part.level, say.lang), about=name)
    if isinstance(part, MaturityModel):
        return say("maturity_model.scale")
    return f"{title(part, say)} ({say(f'maturity_model.is_{part.sheet.name}')})"


def _told(
    kind: ChangeKind, part: MaturityModel | Dimension | Criterion | LevelDescriptor, whole: WholeModel, say: Words
) -> str:
    """What a part says of the thing that differs."""
    if isinstance(part, MaturityModel):
        return say(
            "maturity_model.from_to", lowest=number(part.lowest, say.lang), highest=number(part.highest, say.lang)
        )
    if isinstance(part, LevelDescriptor):
        return f"{level_name(part, say)}: {part.text_de if say.lang == 'de' else part.text_en}"
    if kind is ChangeKind.REWEIGHTED:
        return number(part.weight, say.lang)
    if kind is ChangeKind.MEASURED_OTHERWISE and isinstance(part, Criterion):
        return _measure(part, say)
    if kind is ChangeKind.MOVED and isinstance(part, Criterion):
        return next(title(item, say) for item in whole.dimensions if item.key == part.dimension)
    if kind is ChangeKind.REWORDED and isinstance(part, Criterion):
        question = part.question_de if say.lang == "de" else part.question_en
        return " – ".join(text for text in (title(part, say), question, part.evidence_hint) if text)
    return title(part, say)


def _measure(criterion: Criterion, say: Words) -> str:
    """How a criterion is answered: its kind, its anchors, and whether it may not apply."""
    words = [criterion.kind.label(say.lang)]
    if criterion.anchor_low is not None and criterion.anchor_high is not None:
        span = say(
            "maturity_model.from_to",
            lowest=number(criterion.anchor_low, say.lang),
            highest=number(criterion.anchor_high, say.lang),
        )
        words.append(f"{span} {criterion.measured_in or ''}".strip())
        if not criterion.higher_is_better:
            words.append(say("maturity_model.lower_is_better"))
    if criterion.may_not_apply:
        words.append(heading(Criterion, "may_not_apply", say))
    return ", ".join(words)
