"""The figures of the page about maturity models: which there are, and what one consists of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from altair.typing import ChartType

from smartdash.analysis.budget import share
from smartdash.analysis.maturity_models import WholeModel, kinds
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures import maturity_model_checks, maturity_model_differences, maturity_model_levels
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.maturity_model_data import (
    MODEL,
    kept_inside,
    model_of,
    model_option,
    model_title,
    read_models,
    scale,
    size,
    waves_of,
)
from smartdash.figures.surveys import title
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import percent
from smartdash.model.maturity import Criterion, CriterionKind, Dimension, MaturityModel
from smartdash.model.shared import Source
from smartdash.model.surveys import SurveyWave
from smartdash.store import Reader

__all__ = ["maturity_model_checks", "maturity_model_differences", "maturity_model_levels"]

_ZERO = Decimal(0)


@figure("model.overview", page="maturity_model", needs=("maturity_model",))
def overview(reader: Reader, say: Words) -> Draft:
    """Every model with its scale and size, where it is used, and whether it is validated and may be passed on."""
    models, lang = read_models(reader), say.lang
    closed = {source.key for source in reader.all(Source) if not source.redistributable}
    used = sum(bool(waves_of(reader, one.model.key)) for one in models)
    return Draft(
        message=f"{say('maturity_model.overview', n=len(models))} {_used(used, say)}",
        columns=(
            TableColumn("title", say("maturity_model.model")),
            TableColumn("waves", SurveyWave.sheet.label(lang)),
            column(MaturityModel, "licence", lang),
            TableColumn("scale", say("maturity_model.scale")),
            TableColumn("dimensions", Dimension.sheet.label(lang), "whole"),
            TableColumn("criteria", Criterion.sheet.label(lang), "whole"),
            column(MaturityModel, "validated", lang, "flag"),
            TableColumn("redistributable", heading(Source, "redistributable", say), "flag"),
            column(MaturityModel, "key", lang),
        ),
        rows=tuple(
            (
                model_title(one.model, say),
                listing(waves_of(reader, one.model.key), say) or say("maturity_model.no_wave"),
                one.model.licence,
                scale(one.model, say),
                len(one.dimensions),
                len(one.criteria),
                one.model.validated,
                one.model.source not in closed,
                one.model.key,
            )
            for one in models
        ),
        unit=say("maturity_model.overview_unit"),
        cards=True,
    )


def _used(count: int, say: Words) -> str:
    return say("maturity_model.overview_used", n=count) if count else say("maturity_model.overview_unused")


@figure("model.structure", page="maturity_model", needs=("maturity_model", "dimension"), options=(MODEL,))
def structure(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The dimensions with their share of the weight, the criteria each is made of, and how they are answered."""
    models = read_models(reader)
    option = model_option(models, chosen, say)
    if kept_inside(reader, models, chosen):
        return Draft(say("maturity_model.stays_inside"), (), (), options=(option,))
    whole = model_of(models, option)
    weights = sum((item.weight for item in whole.dimensions), _ZERO)
    counted = kinds(whole.criteria)
    words = {kind: say(f"maturity_model.by_{kind.value}") for kind in CriterionKind if counted[kind]}

    def drawn(tokens: Tokens) -> ChartType:
        fills = {CriterionKind.LEVEL: tokens.actual_fill, CriterionKind.INDICATOR: tokens.category[1]}
        bars = [_bar(whole, item, share(item.weight, weights), fills, say) for item in whole.dimensions]
        return bar_chart(bars, tokens, {words[kind]: fills[kind] for kind in words} if len(words) > 1 else None)

    return Draft(
        message=_message(whole, weights, say),
        columns=_columns(say),
        rows=tuple(_row(whole, item, weights, say) for item in whole.criteria),
        unit=say("maturity_model.structure_unit"),
        chart=drawn if whole.dimensions else None,
        alt=say("maturity_model.structure_alt", n=len(whole.dimensions)),
        note=_note(reader, whole, say),
        options=(option,),
    )


def _message(whole: WholeModel, weights: Decimal, say: Words) -> str:
    told = size(whole, say)
    if not whole.dimensions:
        return told
    if len({item.weight for item in whole.dimensions}) == 1:
        return f"{told} {say('maturity_model.equal_weights')}" if len(whole.dimensions) > 1 else told
    most = max(whole.dimensions, key=lambda item: item.weight)
    most_share = percent(share(most.weight, weights), say.lang, 0)
    return f"{told} {say('maturity_model.most_weight', title=title(most, say), share=most_share)}"


def _note(reader: Reader, whole: WholeModel, say: Words) -> str:
    waves = waves_of(reader, whole.model.key)
    parts = [] if whole.model.validated else [say("maturity_model.not_validated")]
    parts.append(say("maturity_model.used_in", waves=listing(waves, say)) if waves else say("maturity_model.not_used"))
    return " ".join(parts)


def _bar(
    whole: WholeModel,
    dimension: Dimension,
    part: Decimal | None,
    fills: Mapping[CriterionKind, str],
    say: Words,
) -> Bar:
    criteria = whole.criteria_of(dimension.key)
    inside = sum((item.weight for item in criteria), _ZERO)
    size = float(part or 0)
    parts = tuple(Part(size * float(share(item.weight, inside) or 0), fills[item.kind]) for item in criteria)
    told = percent(part, say.lang, 1)
    return Bar(
        title(dimension, say),
        parts or (Part(size, ""),),
        told,
        {
            Dimension.sheet.label(say.lang): title(dimension, say),
            say("maturity_model.share"): told,
            Criterion.sheet.label(say.lang): listing([title(item, say) for item in criteria], say) or "–",
        },
        strong=True,
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        column(Criterion, "dimension", lang),
        TableColumn("criterion", Criterion.sheet.label(lang)),
        TableColumn("share", say("maturity_model.share"), "percent"),
        column(Criterion, "weight", lang, "number"),
        column(Criterion, "kind", lang),
        column(Criterion, "measured_in", lang),
        column(Criterion, "anchor_low", lang, "number"),
        column(Criterion, "anchor_high", lang, "number"),
        column(Criterion, "higher_is_better", lang, "flag"),
        column(Criterion, "may_not_apply", lang, "flag"),
        TableColumn("question", say("maturity_model.question")),
        column(Criterion, "evidence_hint", lang),
        column(Criterion, "key", lang),
    )


def _row(whole: WholeModel, criterion: Criterion, weights: Decimal, say: Words) -> Row:
    dimension = next(item for item in whole.dimensions if item.key == criterion.dimension)
    inside = sum((item.weight for item in whole.criteria_of(dimension.key)), _ZERO)
    measured = criterion.kind is CriterionKind.INDICATOR
    return (
        title(dimension, say),
        title(criterion, say),
        dimension.weight / weights * criterion.weight / inside,
        criterion.weight,
        criterion.kind.label(say.lang),
        criterion.measured_in,
        criterion.anchor_low,
        criterion.anchor_high,
        criterion.higher_is_better if measured else None,
        criterion.may_not_apply,
        criterion.question_de if say.lang == "de" else criterion.question_en,
        criterion.evidence_hint,
        criterion.key,
    )
