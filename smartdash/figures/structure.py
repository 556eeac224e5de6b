"""Figures of the structure on a day: who decides, steers, carries out and is informed, and the lines between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.structure import Body, Function, Standing, Structure, exists, structure
from smartdash.charts.structure import OutlineRow, outline_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.structure_words import body_names, deed, function_text, kind_text
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range, number
from smartdash.model.committees import Committee
from smartdash.model.shared import Unit
from smartdash.model.spending import Staffing
from smartdash.model.structure import LineKind, ReportingLine, Role
from smartdash.store import Reader

_NAMED = 2


@dataclass(frozen=True, slots=True)
class _Picture:
    """What the figure of the bodies draws on: the structure of the day, the names by key, and positions by unit."""

    structure: Structure
    names: Mapping[str | None, str]
    staffing: Mapping[str, Staffing]
    say: Words


@figure("structure.bodies", page="structure", needs=("unit",))
def bodies(reader: Reader, say: Words) -> Draft:
    """Bodies and roles of the day by function, with their lines and how often they meet and report."""
    as_of, lang = reader.scope.as_of, say.lang
    lines = reader.all(ReportingLine)
    found = structure(reader.all(Unit), reader.all(Committee), reader.all(Role), lines, as_of)
    staffing = {row.unit: row for row in reader.all(Staffing)}
    picture = _Picture(found, body_names(reader), staffing, say)
    message = _message(found, len(lines), day(as_of, lang), say)
    joined = [(line.origin, line.target) for line in found.lines if line.target]
    drawn = [row for function in Function for row in _function_rows(function, picture)]
    return Draft(
        message=message,
        columns=(
            TableColumn("function", say("structure.function")),
            column(Unit, "title", lang),
            column(Unit, "kind", lang),
            TableColumn("part_of", say("structure.part_of")),
            column(Unit, "rhythm", lang),
            TableColumn("way_up", say("structure.way_up")),
            *(column(Staffing, name, lang, "number") for name in ("involved", "funded") if staffing),
            column(Unit, "since", lang, "day"),
            column(Unit, "until", lang, "day"),
        ),
        rows=tuple(
            _row(body, standing.function, picture)
            for standing in found.standings
            for body in (standing.body, *standing.roles)
        ),
        unit=say("structure.unit", day=day(as_of, lang)),
        chart=(lambda tokens: outline_chart(drawn, joined, tokens)) if drawn else None,
        alt=say("structure.alt", n=len(found.standings), groups=_groups(found, say)),
        note=_note(picture),
    )


def _function_rows(function: Function, picture: _Picture) -> list[OutlineRow]:
    """A heading and the bodies below it, or nothing where no body has the function."""
    standings = picture.structure.by_function(function)
    if not standings:
        return []
    rows = [OutlineRow("heading", function_text(function, picture.say), str(len(standings)))]
    for standing in standings:
        body = standing.body
        rows.append(OutlineRow("body", body.title, _when(body, picture.say), body.key, details=_details(body, picture)))
        rows += [_line(line, function, picture) for line in standing.acts if line.origin == body.key]
        if function is Function.NONE:
            rows += [_other_line(line, picture) for line in standing.other]
        for role in standing.roles:
            own = [line for line in standing.acts if line.origin == role.key]
            rows.append(
                OutlineRow("role", role.title, picture.say("structure.role"), role.key, details=_details(role, picture))
            )
            rows += [_line(line, function, picture, inner=True) for line in own]
    return rows


def _when(body: Body, say: Words) -> str:
    """How often a body meets, or, where that is not known, since when it exists."""
    if not isinstance(body, Role) and body.rhythm:
        return say("structure.meets", rhythm=body.rhythm.label(say.lang))
    if isinstance(body, Role):
        return say("structure.role")
    return day_range(body.since, body.until, say.lang) if body.since or body.until else ""


def _line(line: ReportingLine, function: Function, picture: _Picture, inner: bool = False) -> OutlineRow:
    rhythm = line.rhythm.label(picture.say.lang) if line.rhythm else ""
    # Below the heading of what a body does for the programme, what it is about says enough.
    known = line.target is None and line.kind.value == function.value and line.subject
    text = line.subject or "" if known else _sentence(line, picture)
    return OutlineRow("line", f"→ {text}", rhythm, inner=inner, details=_line_details(line, picture))


def _other_line(line: ReportingLine, picture: _Picture) -> OutlineRow:
    when = day_range(line.since, line.until, picture.say.lang)
    when = f"{when}: " if line.since or line.until else ""
    return OutlineRow("line", f"{when}{_sentence(line, picture)}", details=_line_details(line, picture))


def _sentence(line: ReportingLine, picture: _Picture) -> str:
    done = deed(line, picture.names, picture.say)
    return f"{done}: {line.subject}" if line.subject else done


def _details(body: Body, picture: _Picture) -> dict[str, str]:
    say, staff = picture.say, picture.staffing.get(body.key)
    details = {
        say("structure.name"): body.title,
        say("structure.kind"): kind_text(body, say),
        say("structure.way_up"): _way_up(body.key, picture) or EMPTY,
        say("structure.existence"): day_range(body.since, body.until, say.lang),
    }
    if isinstance(body, Role) and body.duty:
        details[say("structure.duty")] = body.duty
    if staff:
        details[say("structure.positions")] = number(staff.involved, say.lang)
    return details


def _line_details(line: ReportingLine, picture: _Picture) -> dict[str, str]:
    say = picture.say
    return {
        say("structure.name"): picture.names[line.origin],
        say("structure.does"): deed(line, picture.names, say),
        say("structure.subject"): line.subject or EMPTY,
        say("structure.how_often"): line.rhythm.label(say.lang) if line.rhythm else EMPTY,
        say("structure.existence"): day_range(line.since, line.until, say.lang),
    }


def _way_up(key: str, picture: _Picture) -> str:
    return " → ".join(picture.names[above] for above in picture.structure.ways_up.get(key, ()))


def _row(body: Body, function: Function, picture: _Picture) -> Row:
    above = body.body if isinstance(body, Role) else body.parent if isinstance(body, Unit) else None
    staff = picture.staffing.get(body.key)
    return (
        picture.say(f"structure.function_{function.value}"),
        body.title,
        kind_text(body, picture.say),
        picture.names.get(above),
        None if isinstance(body, Role) or not body.rhythm else body.rhythm.label(picture.say.lang),
        _way_up(body.key, picture) or None,
        *(((staff.involved, staff.funded) if staff else (None, None)) if picture.staffing else ()),
        body.since,
        body.until,
    )


def _message(found: Structure, recorded: int, today: str, say: Words) -> str:
    if not found.standings:
        return say("structure.nobody", day=today)
    if not recorded:
        return say("structure.no_lines", n=len(found.standings))
    if not found.lines:
        return say("structure.no_line_in_force", n=recorded, day=today)
    told = sum(standing.informed for standing in found.standings)
    # A line that informs without a target reaches somebody who is no body of the programme.
    outside = any(line.kind is LineKind.INFORMS and line.target is None for line in found.lines)
    deciding, steering = found.doing(LineKind.DECIDES), found.doing(LineKind.STEERS)
    parts = [
        say("structure.decide", n=len(deciding), names=_names(deciding, say))
        if deciding
        else say("structure.nobody_decides"),
        say("structure.steer", n=len(steering), names=_names(steering, say))
        if steering
        else say("structure.nobody_steers"),
    ]
    carrying = found.doing(LineKind.CARRIES_OUT)
    if carrying and not steering:
        parts.append(say("structure.carry_out", n=len(carrying), names=_names(carrying, say)))
    if told:
        parts.append(say("structure.are_informed", n=told))
    elif not outside:
        parts.append(say("structure.nobody_informed"))
    return f"{'; '.join(parts)}."


def _names(standings: Sequence[Standing], say: Words) -> str:
    """The names of a few bodies, or how many they are."""
    if len(standings) > _NAMED:
        return say("structure.bodies_count", n=len(standings))
    return listing([standing.body.title for standing in standings], say)


def _groups(found: Structure, say: Words) -> str:
    return "; ".join(
        f"{say(f'structure.function_{function.value}')}: {', '.join(item.body.title for item in members)}"
        for function in Function
        if (members := found.by_function(function))
    )


def _note(picture: _Picture) -> str:
    """Lines that lead to nobody, and lines that run in a circle."""
    found, say = picture.structure, picture.say
    notes = []
    if found.broken:
        broken = [f"{picture.names[line.origin]} {deed(line, picture.names, say)}" for line in found.broken]
        notes.append(say("structure.broken", n=len(broken), names=", ".join(broken)))
    circle = next((key for key, way in found.ways_up.items() if key in way), None)
    if circle:
        notes.append(say("structure.circle", way=f"{picture.names[circle]} → {_way_up(circle, picture)}"))
    return " ".join(notes)


@figure("structure.lines", page="structure", needs=("reporting_line",))
def lines(reader: Reader, say: Words) -> Draft:
    """Every line: who does what, towards whom, how often, about what, since and until when."""
    as_of, lang = reader.scope.as_of, say.lang
    names, kinds = body_names(reader), list(LineKind)
    recorded = sorted(
        reader.all(ReportingLine), key=lambda line: (kinds.index(line.kind), names[line.origin], line.since or date.min)
    )
    found = structure(reader.all(Unit), reader.all(Committee), reader.all(Role), recorded, as_of)
    in_force = {line.key for line in found.lines}
    regular = sum(line.rhythm is not None for line in found.lines)
    today = day(as_of, lang)
    if not in_force:
        message = say("structure.no_line_in_force", n=len(recorded), day=today)
    elif len(in_force) == len(recorded):
        message = say("structure.all_lines", n=len(recorded), day=today)
    else:
        message = say("structure.some_lines", n=len(in_force), all=str(len(recorded)), day=today)
    if in_force:
        rhythm = say("structure.with_rhythm", n=regular) if regular else say("structure.without_rhythm")
        message = f"{message} {rhythm}"
    return Draft(
        message=message,
        columns=(
            column(ReportingLine, "origin", lang),
            column(ReportingLine, "kind", lang),
            column(ReportingLine, "target", lang),
            column(ReportingLine, "rhythm", lang),
            column(ReportingLine, "subject", lang),
            column(ReportingLine, "since", lang, "day"),
            column(ReportingLine, "until", lang, "day"),
            TableColumn("in_force", say("structure.in_force"), "flag"),
        ),
        rows=tuple(
            (
                names[line.origin],
                line.kind.label(lang),
                names[line.target] if line.target else say("structure.programme"),
                line.rhythm.label(lang) if line.rhythm else None,
                line.subject,
                line.since,
                line.until,
                line.key in in_force,
            )
            for line in recorded
        ),
        note=say("structure.ended_end") if any(exists(line, as_of) for line in found.broken) else "",
    )
