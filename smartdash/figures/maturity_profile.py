"""Figures about digital maturity: levels by dimension and by unit of the newest survey wave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from smartdash.analysis.maturity import COVERAGE_NEEDED, DimensionScore, dimension_scores
from smartdash.charts.maturity import profile as profile_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.surveys import Survey, level_name, read_surveys, shown_level, title
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day_range, number, percent
from smartdash.model.maturity import Dimension, LevelDescriptor
from smartdash.store import Reader


@figure("maturity.profile", page="maturity", needs=("response",))
def profile(reader: Reader, say: Words) -> Draft:
    """The level of each dimension in the newest wave, beside the one before and the target."""
    now, before = read_surveys(reader)
    if not now.readable(reader.scope.audience):
        return Draft(say("maturity.few", wave=now.wave.title), (), ())
    scores = dimension_scores(now.dimensions, now.criteria, now.responses)
    earlier: dict[str, Decimal | None] = {}
    if before and before.readable(reader.scope.audience):
        past = dimension_scores(before.dimensions, before.criteria, before.responses)
        earlier = {score.dimension.key: shown_level(score.level) for score in past}
    names = {(item.dimension, item.level): level_name(item, say) for item in reader.all(LevelDescriptor)}
    rows = tuple(_profile_row(score, earlier, names, say) for score in scores)
    shown = [_profile_bar(score, earlier, names, say) for score in scores]
    message = _profile_message(scores, earlier, before, names, say)
    tooltips = [("label", Dimension.sheet.label(say.lang)), ("details", say("maturity.level"))]
    return Draft(
        message=message,
        columns=_profile_columns(now, before if earlier else None, say),
        rows=rows,
        unit=say("maturity.profile.unit", lowest=str(now.model.lowest), highest=str(now.model.highest)),
        chart=lambda tokens: profile_chart(shown, (now.model.lowest, now.model.highest), tokens, tooltips),
        alt=say("maturity.profile.alt", message=message, n=len(scores)),
        note=_profile_note(now, before if earlier else None, scores, say),
    )


def _level_name(score: DimensionScore, names: Mapping[tuple[str, int], str]) -> str | None:
    """The name of the level that is reached: a level counts as reached from its whole number on."""
    shown = shown_level(score.level)
    return None if shown is None else names.get((score.dimension.key, int(shown)))


def _change(score: DimensionScore, earlier: Mapping[str, Decimal | None]) -> Decimal | None:
    now, before = shown_level(score.level), earlier.get(score.dimension.key)
    return None if now is None or before is None else now - before


def _profile_columns(now: Survey, before: Survey | None, say: Words) -> tuple[TableColumn, ...]:
    earlier = before.wave.title if before else EMPTY
    return (
        TableColumn("dimension", Dimension.sheet.label(say.lang)),
        TableColumn("level", say("maturity.level_of", wave=now.wave.title), "number"),
        TableColumn("name", say("maturity.level_name")),
        TableColumn("before", say("maturity.level_of", wave=earlier), "number"),
        TableColumn("change", say("maturity.change"), "number"),
        TableColumn("target", say("maturity.target"), "number"),
        TableColumn("coverage", say("maturity.coverage"), "percent"),
        TableColumn("units", say("maturity.units_counted"), "whole"),
    )


def _profile_row(
    score: DimensionScore,
    earlier: Mapping[str, Decimal | None],
    names: Mapping[tuple[str, int], str],
    say: Words,
) -> Row:
    return (
        title(score.dimension, say),
        shown_level(score.level),
        _level_name(score, names),
        earlier.get(score.dimension.key),
        _change(score, earlier),
        shown_level(score.target),
        score.coverage,
        score.units,
    )


def _profile_bar(
    score: DimensionScore,
    earlier: Mapping[str, Decimal | None],
    names: Mapping[tuple[str, int], str],
    say: Words,
) -> dict[str, object]:
    level, before, change = shown_level(score.level), earlier.get(score.dimension.key), _change(score, earlier)
    target = shown_level(score.target)
    if level is None:
        details = say("maturity.too_few", coverage=percent(score.coverage, say.lang, 0))
    else:
        parts = [f"{number(level, say.lang, 1)} {_level_name(score, names) or ''}".strip()]
        if change is not None:
            parts.append(say("maturity.before", change=_signed(change, say)))
        if target is not None:
            parts.append(say("maturity.with_target", target=number(target, say.lang, 1)))
        details = ", ".join(parts)
    return {
        "label": title(score.dimension, say),
        "details": details,
        "level": None if level is None else float(level),
        "before": None if before is None else float(before),
        "target": None if target is None else float(target),
    }


def _signed(change: Decimal, say: Words) -> str:
    text = number(change, say.lang, 1)
    return f"+{text}" if change > 0 else text


def _profile_message(
    scores: Sequence[DimensionScore],
    earlier: Mapping[str, Decimal | None],
    before: Survey | None,
    names: Mapping[tuple[str, int], str],
    say: Words,
) -> str:
    known = [score for score in scores if score.level is not None]
    if not known:
        return say("maturity.profile.none")
    highest = max(known, key=lambda score: score.level or Decimal(0))
    lowest = min(known, key=lambda score: score.level or Decimal(0))
    sentence = say(
        "maturity.profile.message",
        highest=title(highest.dimension, say),
        high=_with_name(highest, names, say),
        lowest=title(lowest.dimension, say),
        low=_with_name(lowest, names, say),
    )
    changes = [change for score in known if (change := _change(score, earlier)) is not None]
    if before is None or not changes:
        return sentence
    up, down = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    return say(
        "maturity.profile.change",
        sentence=sentence,
        wave=before.wave.title,
        total=number(len(changes), say.lang),
        up=number(up, say.lang),
        down=number(down, say.lang),
    )


def _with_name(score: DimensionScore, names: Mapping[tuple[str, int], str], say: Words) -> str:
    level, name = number(shown_level(score.level), say.lang, 1), _level_name(score, names)
    return f"{level}, {name}" if name else level


def _profile_note(now: Survey, before: Survey | None, scores: Sequence[DimensionScore], say: Words) -> str:
    coverage = sum((score.coverage for score in scores), Decimal(0)) / len(scores) if scores else None
    share = percent(coverage, say.lang, 0)
    invited = now.wave.units_invited
    values: dict[str, Any] = {
        "wave": now.wave.title,
        "days": day_range(now.wave.start, now.wave.end, say.lang),
        "units": number(len(now.units), say.lang),
        "coverage": share,
    }
    if invited is None:
        sentences = [say("maturity.answered", **values)]
    else:
        sentences = [say("maturity.answered_of", invited=number(invited, say.lang), **values)]
    sentences.append(say("maturity.rule", needed=percent(COVERAGE_NEEDED, say.lang, 0)))
    if before and before.units != now.units:
        sentences.append(say("maturity.other_units", n=len(before.units & now.units), wave=before.wave.title))
    return " ".join(sentences)
