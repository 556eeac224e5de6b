"""The figure about a city's level in each dimension: among its peers, before, and against its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.peer_levels import peer_levels
from smartdash.analysis.survey_scores import OVERALL
from smartdash.charts.maturity_levels import LevelMark, LevelRow, MarkKind, level_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.maturity_lines import ProfileLine, profile_lines
from smartdash.figures.maturity_profile_words import profile_message, profile_note
from smartdash.figures.peer_data import chosen_group
from smartdash.figures.peer_options import OPTION
from smartdash.figures.surveys import nobody_answered, read_survey, said_change, shown_level, why_none
from smartdash.locale import Words
from smartdash.locale.numbers import day, number
from smartdash.model.maturity import Criterion
from smartdash.model.peers import PeerScore
from smartdash.store import Reader


@figure("maturity.profile", page="maturity", needs=("survey_wave",), options=("survey_wave", "survey_basis", OPTION))
def profile(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The level of each dimension beside other cities' levels, the wave before and the target."""
    survey = read_survey(reader, chosen, say)
    if survey is None:
        return nobody_answered(say)
    group = chosen_group(reader, say, chosen)
    cities = {key: city.title for key, city in group.cities.items() if city != group.own}
    peers = peer_levels(reader.all(PeerScore), survey.model.key, cities)
    lines = profile_lines(reader, survey, peers, say)
    city = reader.programme.municipality_name if reader.programme else ""
    message = profile_message(lines, city, say)
    levels = (survey.model.lowest, survey.model.highest)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(line, say) for line in lines),
        unit=_unit(lines, levels, say),
        chart=lambda tokens: level_chart([_drawn(line, cities, say) for line in lines], levels, tokens),
        alt=say("maturity.profile.alt", message=message, n=len(lines) - 1),
        note=profile_note(lines, survey, group.name, say),
        options=(*survey.options, group.option),
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("dimension", heading(Criterion, "dimension", say)),
        TableColumn("level", say("maturity.level"), "number"),
        TableColumn("points", say("maturity.points"), "number"),
        TableColumn("name", say("maturity.level_name")),
        TableColumn("before", say("maturity.before"), "number"),
        TableColumn("change", say("maturity.change"), "number"),
        TableColumn("target", say("maturity.target"), "number"),
        TableColumn("lower", say("maturity.lower"), "number", help=say("maturity.bounds_help")),
        TableColumn("upper", say("maturity.upper"), "number", help=say("maturity.bounds_help")),
        TableColumn("middle", say("maturity.peer_median"), "number"),
        TableColumn("lower_quartile", say("maturity.peer_lower"), "number"),
        TableColumn("upper_quartile", say("maturity.peer_upper"), "number"),
        TableColumn("cities", say("maturity.peer_cities"), "whole"),
        TableColumn("coverage", say("maturity.coverage"), "percent"),
        TableColumn("units", say("maturity.units_counted"), "whole"),
        TableColumn("raters", say("maturity.raters"), "whole"),
        TableColumn("remark", say("maturity.remark")),
    )


def _row(line: ProfileLine, say: Words) -> Row:
    score, peers = line.score, line.peers
    quartiles = peers.quartiles if peers and peers.quartiles else (None, None)
    return (
        line.title,
        line.level,
        line.points,
        line.name,
        line.before,
        line.change,
        line.target,
        shown_level(score.lower),
        shown_level(score.upper),
        line.middle,
        shown_level(quartiles[0]),
        shown_level(quartiles[1]),
        len(peers.scores) if peers else None,
        score.coverage,
        None if score.withheld else score.units,
        None if score.withheld else score.raters,
        None if line.level is not None else why_none(score, say),
    )


def _unit(lines: Sequence[ProfileLine], levels: tuple[int, int], say: Words) -> str:
    """The scale, and the signs that are drawn."""
    drawn = {
        "bounds": any(_bounds(line) for line in lines),
        "before": any(line.before is not None for line in lines),
        "target": any(line.target is not None for line in lines),
        "peers": any(line.peers for line in lines),
        "median": any(line.middle is not None for line in lines),
        "quartiles": any(line.peers and line.peers.quartiles for line in lines),
    }
    signs = [say("maturity.sign_own"), *(say(f"maturity.sign_{name}") for name, there in drawn.items() if there)]
    return say("maturity.profile.unit", lowest=str(levels[0]), highest=str(levels[1]), signs=", ".join(signs))


def _bounds(line: ProfileLine) -> tuple[float, float] | None:
    """What is possible with the answers that are missing; None where it reads as one level."""
    lower, upper = shown_level(line.score.lower), shown_level(line.score.upper)
    return None if lower is None or upper is None or lower == upper else (float(lower), float(upper))


def _drawn(line: ProfileLine, cities: Mapping[str, str], say: Words) -> LevelRow:
    own = {
        heading(Criterion, "dimension", say): line.title,
        say("maturity.level"): f"{number(line.level, say.lang, 1)} {line.name or ''}".strip(),
        say("maturity.points"): number(line.points, say.lang, 1),
    }
    places: tuple[tuple[MarkKind, Decimal | None], ...] = (
        ("target", line.target),
        ("before", line.before),
        ("own", line.level),
    )
    marks = [LevelMark(kind, float(level), own) for kind, level in places if level is not None]
    peers = line.peers
    for score in peers.scores.values() if peers else ():
        details = {
            heading(PeerScore, "municipality", say): cities[score.municipality],
            say("maturity.level"): number(shown_level(score.level), say.lang, 1),
            say("maturity.observed"): day(score.observed_on, say.lang),
        }
        marks.append(LevelMark("peer", float(score.level), details))
    quartiles = peers.quartiles if peers else None
    return LevelRow(
        label=line.title,
        value=number(line.level, say.lang, 1) if line.level is not None else "",
        details=_details(line, say),
        marks=tuple(marks),
        band=(float(quartiles[0]), float(quartiles[1])) if quartiles else None,
        tick=None if line.middle is None else float(line.middle),
        bounds=_bounds(line),
        strong=line.key == OVERALL,
    )


def _details(line: ProfileLine, say: Words) -> str:
    if line.level is None:
        return why_none(line.score, say)
    parts = [say("maturity.with_points", points=number(line.points, say.lang, 1))]
    if line.change is not None:
        parts.append(say("maturity.with_before", change=said_change(line.change, say)))
    if line.target is not None:
        parts.append(say("maturity.with_target", target=number(line.target, say.lang, 1)))
    if line.middle is not None:
        parts.append(say("maturity.with_median", median=number(line.middle, say.lang, 1)))
    return " · ".join(parts)
