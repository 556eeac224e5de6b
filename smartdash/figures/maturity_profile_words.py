"""What the figure about a city's maturity profile says: its sentence, and what limits it."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.survey_scores import OVERALL
from smartdash.figures.maturity_lines import ProfileLine
from smartdash.figures.surveys import Survey, title, wave_before, who_answered
from smartdash.locale import Words
from smartdash.locale.numbers import day_range, number


def profile_message(lines: Sequence[ProfileLine], city: str, say: Words) -> str:
    """The level overall, the highest and the lowest dimension, and how many of them lie above the peers' median."""
    whole, *dimensions = lines
    known = [line for line in dimensions if line.level is not None]
    if not known:
        withheld = any(line.score.withheld for line in dimensions)
        return say("maturity.profile.withheld" if withheld else "maturity.profile.none")
    parts = []
    if whole.level is not None:
        level, points = number(whole.level, say.lang, 1), number(whole.points, say.lang, 1)
        parts.append(say("maturity.profile.overall", city=city, level=level, points=points))
    highest, lowest = (pick(known, key=lambda line: line.level or 0) for pick in (max, min))
    if highest.level != lowest.level:
        parts.append(
            say(
                "maturity.profile.message",
                highest=highest.title,
                high=_with_name(highest, say),
                lowest=lowest.title,
                low=_with_name(lowest, say),
            )
        )
    elif whole.level is None:
        parts.append(say("maturity.profile.level", title=highest.title, level=_with_name(highest, say)))
    compared = [(line.level, line.middle) for line in known if line.level is not None and line.middle is not None]
    if compared:
        above = sum(level > middle for level, middle in compared)
        parts.append(
            say("maturity.profile.above", above=number(above, say.lang), n=len(compared))
            if above
            else say("maturity.profile.none_above", n=len(compared))
        )
    return " ".join(parts)


def _with_name(line: ProfileLine, say: Words) -> str:
    level = number(line.level, say.lang, 1)
    return f"{level}, {line.name}" if line.name else level


def profile_note(lines: Sequence[ProfileLine], survey: Survey, group: str, say: Words) -> str:
    """That it is a self-assessment, by how many, with whom it is compared, and what is not shown."""
    sentences = [who_answered(survey.scores, say)]
    if not survey.model.validated:
        sentences.append(say("maturity.not_validated", model=title(survey.model, say)))
    if survey.basis == "consensus":
        sentences.append(say("maturity.agreed_note", n=survey.scores.city[OVERALL].agreed))
    sentences.append(_compared(lines, group, say))
    before = wave_before(survey.waves, survey.wave)
    if before and not any(line.before is not None for line in lines):
        sentences.append(say("maturity.profile.other_units", wave=before.title))
    if any(line.score.withheld for line in lines):
        sentences.append(say("maturity.withheld_note"))
    return " ".join(sentences)


def _compared(lines: Sequence[ProfileLine], group: str, say: Words) -> str:
    found = [score for line in lines if line.peers for score in line.peers.scores.values()]
    if not found:
        return say("maturity.profile.no_peers", group=group)
    days = sorted(score.observed_on for score in found)
    return say(
        "maturity.profile.peers",
        n=len({score.municipality for score in found}),
        group=group,
        days=day_range(days[0], days[-1], say.lang),
    )
