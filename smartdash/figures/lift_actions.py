"""The figure of what is to be done: the way from the actual level to the target, the heaviest gap first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.lifts import weight_shares
from smartdash.analysis.peer_levels import PeerLevels, peer_levels
from smartdash.analysis.survey_scores import OVERALL, Score
from smartdash.charts.maturity_levels import LevelMark, LevelRow, level_chart
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.lift_words import (
    DRAWN,
    added_efforts,
    drawn_note,
    effort_counts,
    gained_points,
    group_levels,
    most_named_effort,
    next_level,
)
from smartdash.figures.peer_data import ChosenGroup, chosen_group
from smartdash.figures.peer_options import OPTION
from smartdash.figures.surveys import Survey, nobody_answered, read_survey, shown_level, title, who_answered, why_none
from smartdash.locale import Words
from smartdash.locale.numbers import day_range, number
from smartdash.model.maturity import Criterion, LevelDescriptor
from smartdash.model.peers import PeerScore
from smartdash.model.surveys import Response
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class Action:
    """A criterion, or a dimension, with what is missing to its target; levels are as shown.

    `weighted` is what the gap counts overall in levels; `middle` the median of the other cities in the dimension.
    """

    title: str
    dimension: str
    dimension_title: str
    score: Score
    actual: Decimal | None
    target: Decimal | None
    weighted: Decimal | None
    middle: Decimal | None
    efforts: Mapping[str, int]
    next_level: str | None

    @property
    def gap(self) -> Decimal | None:
        """What is missing, not below zero; None where the level or the target is not known."""
        return None if self.actual is None or self.target is None else max(self.target - self.actual, Decimal(0))


@figure(
    "improvements.actions",
    page="improvements",
    needs=("survey_wave",),
    options=("survey_wave", "survey_basis", "by", OPTION),
)
def actions(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """From the actual level to the target, beside the median of other cities, with the effort and the next level."""
    survey = read_survey(reader, chosen, say)
    if survey is None:
        return nobody_answered(say)
    names = {"criterion": heading(Response, "criterion", say), "dimension": heading(Criterion, "dimension", say)}
    by, group = choice("by", say("lifts.by"), names, chosen), chosen_group(reader, say, chosen)
    peers = peer_levels(
        reader.all(PeerScore), survey.model.key, group.cities.keys() - {group.own.key if group.own else ""}
    )
    made = _by_criterion if by.chosen == "criterion" else _by_dimension
    found = sorted(
        made(survey, peers, reader.all(LevelDescriptor), say), key=lambda item: -(item.weighted or Decimal(-1))
    )
    drawn = [item for item in found if item.gap][:DRAWN]
    levels = survey.model.lowest, survey.model.highest
    message = _message(found, by.chosen, say)
    return Draft(
        message=message,
        columns=_columns(by.chosen, say),
        rows=tuple(_row(place, item, survey, by.chosen, say) for place, item in enumerate(found, 1)),
        unit=say("lifts.actions.unit", lowest=str(levels[0]), highest=str(levels[1])),
        chart=(lambda tokens: level_chart([_drawn(item, say) for item in drawn], levels, tokens)) if drawn else None,
        alt=say("lifts.actions.alt", message=message, n=len(drawn)) if drawn else "",
        note=_note(survey, peers, group, len(found), len(drawn), say),
        options=(*survey.options, by, group.option),
    )


def _by_criterion(
    survey: Survey, peers: Mapping[str, PeerLevels], levels: Sequence[LevelDescriptor], say: Words
) -> list[Action]:
    scores = survey.scores
    shares = weight_shares(scores.dimensions, scores.criteria_asked)
    names = {item.key: title(item, say) for item in scores.dimensions}
    return [
        _action(
            title(item, say),
            (item.dimension, names[item.dimension]),
            scores.criteria[item.key],
            shares[item.key],
            peers,
            scores.efforts[item.key],
            next_level(scores.criteria[item.key].mean, item.dimension, item, levels, say),
        )
        for item in scores.criteria_asked
    ]


def _by_dimension(
    survey: Survey, peers: Mapping[str, PeerLevels], levels: Sequence[LevelDescriptor], say: Words
) -> list[Action]:
    scores = survey.scores
    shares = weight_shares(scores.dimensions, scores.criteria_asked)
    return [
        _action(
            title(item, say),
            (item.key, title(item, say)),
            scores.city[item.key],
            sum((shares[one.key] for one in scores.criteria_asked if one.dimension == item.key), Decimal(0)),
            peers,
            added_efforts(scores.efforts[one.key] for one in scores.criteria_asked if one.dimension == item.key),
            next_level(scores.city[item.key].mean, item.key, None, levels, say),
        )
        for item in scores.dimensions
    ]


def _action(
    name: str,
    dimension: tuple[str, str],
    score: Score,
    share: Decimal,
    peers: Mapping[str, PeerLevels],
    efforts: Mapping[str, int],
    following: str | None,
) -> Action:
    actual, target = shown_level(score.mean), shown_level(score.target)
    weighted = None if actual is None or target is None else max(target - actual, Decimal(0)) * share
    middle = shown_level(peers[dimension[0]].middle) if dimension[0] in peers else None
    return Action(name, *dimension, score, actual, target, weighted, middle, efforts, following)


def _columns(by: str, say: Words) -> tuple[TableColumn, ...]:
    """What a meeting needs comes first: what, how far, how much work, and what the next level asks for."""
    dimension = TableColumn("dimension", heading(Criterion, "dimension", say))
    what = TableColumn("criterion", heading(Response, "criterion", say)) if by == "criterion" else dimension
    return (
        TableColumn("place", say("lifts.place"), "whole"),
        what,
        TableColumn("actual", say("lifts.actual"), "number"),
        TableColumn("target", say("maturity.target"), "number"),
        TableColumn("gap", say("lifts.gap"), "number"),
        TableColumn("effort", heading(Response, "effort", say)),
        TableColumn("next_level", say("lifts.next_level_heading")),
        TableColumn("groups", say("lifts.groups")),
        *((dimension,) if by == "criterion" else ()),
        TableColumn("middle", say("lifts.middle"), "number"),
        TableColumn("weighted", say("lifts.weighted"), "number", help=say("lifts.weighted_help")),
        TableColumn("remark", say("maturity.remark")),
    )


def _row(place: int, item: Action, survey: Survey, by: str, say: Words) -> Row:
    return (
        place,
        item.title,
        item.actual,
        item.target,
        item.gap,
        effort_counts(item.efforts, say),
        item.next_level if item.gap else None,
        group_levels(survey.scores, item.dimension, say),
        *((item.dimension_title,) if by == "criterion" else ()),
        item.middle,
        gained_points(item.weighted, survey.model),
        _remark(item, say),
    )


def _remark(item: Action, say: Words) -> str | None:
    if item.actual is None:
        return why_none(item.score, say)
    if item.target is None:
        return say("lifts.no_target")
    return None if item.gap else say("lifts.reached")


def _drawn(item: Action, say: Words) -> LevelRow:
    actual, target, gap = (number(level, say.lang, 1) for level in (item.actual, item.target, item.gap))
    details = {
        heading(Response, "criterion", say): item.title,
        heading(Criterion, "dimension", say): item.dimension_title,
        say("lifts.actual"): actual,
        say("maturity.target"): target,
        say("lifts.middle"): number(item.middle, say.lang, 1),
        say("lifts.effort_short"): effort_counts(item.efforts, say) or "",
    }
    places = (float(item.actual or 0), float(item.target or 0))
    return LevelRow(
        label=item.title,
        value=say("lifts.missing", gap=gap),
        details=say("lifts.actions.details", actual=actual, target=target, effort=most_named_effort(item.efforts, say)),
        marks=(LevelMark("target", places[1], details), LevelMark("own", places[0], details)),
        tick=None if item.middle is None else float(item.middle),
        way=places,
    )


def _message(found: Sequence[Action], by: str, say: Words) -> str:
    """What weighs most, and how many are below their target."""
    known = [item for item in found if item.gap is not None]
    below = [item for item in known if item.gap]
    if not known:
        withheld = any(item.score.withheld for item in found)
        return say("lifts.actions.withheld" if withheld else "lifts.actions.unknown")
    if not below:
        return say(f"lifts.actions.reached_{by}", n=len(known))
    most = below[0]
    sentence = say(
        f"lifts.actions.message_{by}",
        title=most.title,
        actual=number(most.actual, say.lang, 1),
        target=number(most.target, say.lang, 1),
        below=number(len(below), say.lang),
        n=len(known),
    )
    tied = sum(item.weighted == most.weighted for item in below) - 1
    return f"{sentence} {say('lifts.actions.tied', n=tied)}" if tied else sentence


def _note(
    survey: Survey, peers: Mapping[str, PeerLevels], group: ChosenGroup, count: int, drawn: int, say: Words
) -> str:
    sentences = [say("lifts.actions.note"), drawn_note(drawn, count, say)]
    sentences.append(_compared(peers, group, say))
    sentences.append(who_answered(survey.scores, say))
    if any(score.withheld for score in (*survey.scores.criteria.values(), *survey.scores.groups.values())):
        sentences.append(say("maturity.withheld_note"))
    return " ".join(sentence for sentence in sentences if sentence)


def _compared(peers: Mapping[str, PeerLevels], group: ChosenGroup, say: Words) -> str:
    told = [score for key, levels in peers.items() if key != OVERALL for score in levels.scores.values()]
    if not told:
        return say("maturity.profile.no_peers", group=group.name)
    days = sorted(score.observed_on for score in told)
    cities = {score.municipality for score in told}
    return say("lifts.peers", n=len(cities), group=group.name, days=day_range(days[0], days[-1], say.lang))
