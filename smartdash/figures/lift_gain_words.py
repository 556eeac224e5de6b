"""What the figure of the gains says: its sentence, and what limits it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smartdash.analysis.survey_scores import OVERALL
from smartdash.figures.lift_lines import LiftLine, Order, Rise
from smartdash.figures.lift_ranks import LiftRanks, range_text
from smartdash.figures.lift_words import DRAWN, drawn_note
from smartdash.figures.peer_data import ChosenGroup
from smartdash.figures.surveys import Survey, level_by, points, who_answered
from smartdash.locale import Words
from smartdash.locale.numbers import number


def gains_message(
    lines: Sequence[LiftLine],
    survey: Survey,
    aggregation: str,
    how: tuple[Rise, Order],
    found: LiftRanks | None,
    say: Words,
) -> str:
    """What lifts most, by how much, and to which rank; for the weakest link also that all else gains nothing.

    `how` says how far criteria rise, and by what the lines are ordered.
    """
    rise, order = how
    known = [line for line in lines if line.points is not None]
    if not known:
        withheld = any(line.lift.withheld for line in lines) or survey.scores.city[OVERALL].withheld
        return say("lifts.gains.withheld" if withheld else "lifts.gains.unknown")
    lifting = [line for line in known if line.points]
    if not lifting:
        return say("lifts.gains.weakest_tied" if aggregation == "weakest" else "lifts.gains.reached", n=len(known))
    first = lifting[0]
    now = level_by(survey.scores.city[OVERALL], aggregation)
    sentence = say(
        f"lifts.gains.{order}_{rise}",
        title=first.title,
        n=first.gain.units,
        points=number(first.points, say.lang, 2),
        before=number(points(now, survey.model), say.lang, 1),
        after=number(points(_raised(now, first.gain.overall), survey.model), say.lang, 1),
    )
    parts = [sentence, _rank(first, found, say)]
    tied = sum(line.points == first.points for line in lifting) - 1
    if tied and order == "gain":
        parts.append(say("lifts.gains.tied", n=tied))
    if aggregation == "weakest":
        parts.append(say("lifts.gains.weakest", n=len(known) - len(lifting)))
    return " ".join(part for part in parts if part)


def _raised(level: Decimal | None, gain: Decimal | None) -> Decimal | None:
    return None if level is None or gain is None else level + gain


def _rank(first: LiftLine, found: LiftRanks | None, say: Words) -> str:
    """Which rank the city has, and which it would have."""
    after = found.raised.get(first.lift.criterion) if found else None
    if found is None or found.now is None or after is None:
        return ""
    now, then, count = range_text(found.now, say), range_text(after, say), number(found.count, say.lang)
    if now is None or then is None:
        return ""
    if now == then:
        return say("lifts.gains.same_rank", rank=now, count=count)
    return say("lifts.gains.other_rank", before=now, after=then, count=count)


def gains_unit(rise: Rise, count: int | None, say: Words) -> str:
    """In what the bars count, and how the ranks beside them are drawn."""
    bars = say(f"lifts.gains.unit_{rise}")
    return bars if count is None else f"{bars}; {say('lifts.gains.unit_rank', count=number(count, say.lang))}"


def gains_note(survey: Survey, group: ChosenGroup, found: LiftRanks | None, count: int, drawn: int, say: Words) -> str:
    """How it is computed, with whom the rank is, who answered, and what is not shown."""
    # Fewer are drawn than fit where the others lift nothing.
    shown = say("lifts.gains.only_lifting", n=count) if 0 < drawn < min(DRAWN, count) else drawn_note(drawn, count, say)
    sentences = [say("lifts.gains.note"), say("lifts.gains.effort_note"), shown]
    if drawn:
        sentences.append(_rank_note(group, found, say))
    sentences.append(who_answered(survey.scores, say))
    if any(score.withheld for score in (*survey.scores.criteria.values(), *survey.scores.city.values())):
        sentences.append(say("maturity.withheld_note"))
    return " ".join(sentence for sentence in sentences if sentence)


def _rank_note(group: ChosenGroup, found: LiftRanks | None, say: Words) -> str:
    """With whom the rank is, or why there is none."""
    if group.own is None:
        return say("lifts.gains.no_city")
    if found is None:
        return say("lifts.gains.no_rank", group=group.name)
    if found.now is None:
        return say("ranks.own_left_out", city=group.own.title)
    return say("lifts.gains.rank_note", n=found.count, group=group.name)
