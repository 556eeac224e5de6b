"""Figure of what contributes to what: from the goals down to the projects, and the objectives without alignment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartdash.analysis.alignment import Place, network, outline, unaligned
from smartdash.charts.lineage import Line, outline_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.alignment_data import Element, read_elements
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.okr_words import cycle_option
from smartdash.figures.standings import running_cycle, unit_names
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, number
from smartdash.model.okr import Alignment, ContributingUnit, Cycle, KeyResult, Objective
from smartdash.model.projects import Project
from smartdash.model.workshops import StrategyElement
from smartdash.store import Reader

_FILLS = {StrategyElement.sheet.name: 9, Objective.sheet.name: 6, KeyResult.sheet.name: 4, Project.sheet.name: 2}
"""The step of the sequential colours that stands for each kind of element."""


@dataclass(frozen=True, slots=True)
class _Picture:
    """What is drawn: the elements, the lines of the outline, the keys of those that contribute to nothing, the units.

    `leads` and `helpers` are the unit in the lead and those that contribute, by objective.
    """

    cycle: Cycle
    elements: Mapping[str, Element]
    places: Sequence[Place]
    missing: Sequence[str]
    leads: Mapping[str, str]
    helpers: Mapping[str, Sequence[str]]


@figure("okr.alignment", page="okr", needs=("objective",), options=("cycle",))
def alignment(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What the objectives and key results of a cycle contribute to, and what contributes to them, across cycles."""
    objectives, results = reader.all(Objective), reader.all(KeyResult)
    used = {item.cycle for item in objectives}
    cycles = {item.key: item for item in reader.all(Cycle)}
    current = running_cycle(reader)
    if current is None:
        return Draft(say("alignment.no_objectives", cycle=EMPTY), _columns(say), ())
    others = [item for key, item in cycles.items() if key in used and key != current.key]
    option = cycle_option(current, others, chosen, say)
    cycle, elements = cycles[option.chosen], read_elements(reader, say)
    aligned = [item for item in reader.all(Alignment) if item.origin in elements and item.target in elements]
    own = [item for item in objectives if item.cycle == cycle.key]
    missing = [item.key for item in unaligned(own, results, aligned)]
    net = network(aligned, results)
    ends = {end for item in aligned for end in (item.origin, item.target)}
    inside = {
        key for key, item in elements.items() if item.cycle == cycle and (item.key == item.objective or key in ends)
    }
    reach = net.reach(inside)
    listed = [key for key in elements if key in reach and key not in missing] + missing
    picture = _Picture(
        cycle,
        elements,
        outline(net, listed),
        missing,
        _leads(reader),
        _helpers(reader),
    )
    message = _message(picture, len(own), say)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(item, picture, say) for item in picture.places),
        unit=_unit(picture, say),
        chart=(lambda tokens: outline_chart(_lines(picture, tokens, say), tokens)) if picture.places else None,
        alt=message,
        note=say("alignment.note"),
        options=(option,),
    )


def _leads(reader: Reader) -> dict[str, str]:
    names = unit_names(reader)
    return {item.key: names[item.unit] for item in reader.all(Objective) if item.unit in names}


def _helpers(reader: Reader) -> dict[str, list[str]]:
    names, found = unit_names(reader), dict[str, list[str]]()
    for item in reader.all(ContributingUnit):
        if item.unit in names:
            text = f"{names[item.unit]} ({item.role})" if item.role else names[item.unit]
            found.setdefault(item.objective, []).append(text)
    return found


def _message(picture: _Picture, total: int, say: Words) -> str:
    names, cycle = [picture.elements[key].title for key in picture.missing], picture.cycle.title
    if not total:
        return say("alignment.no_objectives", cycle=cycle)
    if not names:
        return say("alignment.all", n=total, cycle=cycle)
    if len(names) == total:
        return say("alignment.none", n=total, cycle=cycle)
    titles = listing([say("alignment.quoted", title=name) for name in names], say)
    return say("alignment.missing", n=len(names), total=number(total, say.lang), cycle=cycle, titles=titles)


def _unit(picture: _Picture, say: Words) -> str:
    """How many contribute, each counted once however often it is listed."""
    origins = {item.key for item in picture.places if item.alignment}
    counts = Counter(picture.elements[key].sheet for key in origins)
    parts = [
        f"{record.sheet.label(say.lang)}: {number(counts[record.sheet.name], say.lang)}"
        for record in (Objective, KeyResult, Project)
    ]
    return say("alignment.unit", counts=", ".join(parts))


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("depth", say("alignment.depth"), "whole"),
        TableColumn("title", say("alignment.what")),
        TableColumn("kind", say("alignment.kind")),
        TableColumn("cycle", heading(Objective, "cycle", say)),
        column(Alignment, "target", say.lang),
        column(Alignment, "explanation", say.lang),
        column(Objective, "unit", say.lang),
        TableColumn("contributing", ContributingUnit.sheet.label(say.lang)),
    )


def _row(place: Place, picture: _Picture, say: Words) -> Row:
    item = picture.elements[place.key]
    target = picture.elements[place.target].title if place.target else None
    if place.key in picture.missing and place.depth == 0:
        target = say("alignment.nothing")
    return (
        place.depth,
        item.title,
        item.kind,
        item.cycle.title if item.cycle else None,
        target,
        place.alignment.explanation if place.alignment else None,
        picture.leads.get(place.key),
        ", ".join(picture.helpers.get(place.key, ())) or None,
    )


def _lines(picture: _Picture, tokens: Tokens, say: Words) -> list[Line]:
    """The outline, with what contributes to nothing under a heading of its own at its end."""
    lines: list[Line] = []
    for place in picture.places:
        if picture.missing and place.key == picture.missing[0]:
            lines.append(Line(say("alignment.without", n=len(picture.missing)), 0, "", strong=True))
        lines.append(_line(place, picture, tokens, say))
    return lines


def _line(place: Place, picture: _Picture, tokens: Tokens, say: Words) -> Line:
    item = picture.elements[place.key]
    helpers = picture.helpers.get(place.key, ())
    parts = [item.kind]
    if item.cycle and item.cycle != picture.cycle:
        parts.append(item.cycle.title)
    if place.again:
        parts.append(say("alignment.again"))
    if place.alignment and place.alignment.explanation:
        parts.append(place.alignment.explanation)
    if helpers and not place.again:
        parts.append(say("alignment.with_units", units=", ".join(helpers)))
    return Line(
        item.title,
        min(place.depth, 4),
        tokens.sequential[_FILLS[item.sheet]],
        note=" · ".join(parts),
        most=3,
        strong=place.depth == 0,
    )
