"""The figures of risks and chances: the matrix with movements, and the list with what is done about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from smartdash.analysis.risks import Place, RiskStanding, risk_standings
from smartdash.charts.risks import risk_matrix
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.okr import KeyResult
from smartdash.model.projects import Project
from smartdash.model.risks import Risk, RiskAssessment, RiskKind
from smartdash.model.schedule import Milestone, Phase
from smartdash.store import Reader

_SIDE = range(1, 6)


@figure("projects.risks", page="projects", needs=("risk",))
def risks(reader: Reader, say: Words) -> Draft:
    """The open risks in the matrix of probability and impact."""
    return _drawn(reader, say, RiskKind.RISK)


@figure("projects.chances", page="projects", needs=("risk",))
def chances(reader: Reader, say: Words) -> Draft:
    """The open chances in the mirrored matrix: the impact grows to the left."""
    return _drawn(reader, say, RiskKind.CHANCE)


def _drawn(reader: Reader, say: Words, kind: RiskKind) -> Draft:
    every = risk_standings(reader.all(Risk), reader.all(RiskAssessment), reader.scope.as_of)
    standings = [item for item in every if item.risk.kind is kind]
    columns = _columns(say)
    if not standings:
        return Draft(say(f"projects.no_{kind.value}"), columns, ())
    subjects = {
        key: title
        for record in (Project, KeyResult, Milestone, Phase)
        for key, title in titles(reader.all(record)).items()
    }
    mirrored = kind is RiskKind.CHANCE
    cells, moves = _cells(standings, mirrored), _moves(standings, mirrored)
    axes = (heading(Risk, "impact", say), heading(Risk, "probability", say))
    tooltips = [("label", heading(Risk, "title", say))]
    message = _message(standings, kind, say)
    return Draft(
        message=message,
        columns=columns,
        rows=tuple(
            (
                place,
                item.risk.title,
                item.place[0],
                item.place[1],
                _movement(item, say),
                item.overdue,
                item.risk.response,
                item.risk.response_due,
                item.risk.owner_role,
                subjects.get(item.risk.about, say("projects.whole_programme")),
                item.assessed_on,
            )
            for place, item in enumerate(standings, 1)
        ),
        unit=say("projects.risk_unit"),
        chart=lambda tokens: risk_matrix(cells, moves, axes, tokens, tooltips),
        alt=say("projects.risk_alt", message=message),
        note=say("projects.risk_note"),
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        TableColumn("number", say("projects.number"), "whole"),
        column(Risk, "title", lang),
        column(Risk, "probability", lang, "whole"),
        column(Risk, "impact", lang, "whole"),
        TableColumn("movement", say("projects.movement")),
        TableColumn("overdue", say("projects.days_overdue"), "whole"),
        column(Risk, "response", lang),
        column(Risk, "response_due", lang, "day"),
        column(Risk, "owner_role", lang),
        column(Risk, "about", lang),
        column(RiskAssessment, "assessed_on", lang, "day"),
    )


def _across(place: Place, mirrored: bool) -> int:
    return 6 - place[1] if mirrored else place[1]


def _cells(standings: Sequence[RiskStanding], mirrored: bool) -> list[dict[str, object]]:
    inside: dict[Place, list[tuple[int, str]]] = defaultdict(list)
    for order, item in enumerate(standings, 1):
        inside[item.place].append((order, item.risk.title))
    return [
        {
            "x": _across((probability, impact), mirrored),
            "y": probability,
            "shown": impact,
            "weight": probability * impact,
            "text": " ".join(str(order) for order, _ in inside[probability, impact]),
            "label": "; ".join(f"{order} {title}" for order, title in inside[probability, impact]),
        }
        for probability in _SIDE
        for impact in _SIDE
    ]


def _moves(standings: Sequence[RiskStanding], mirrored: bool) -> list[dict[str, object]]:
    return [
        {
            "x": _across(item.before, mirrored),
            "y": item.before[0],
            "to_x": _across(item.place, mirrored),
            "to_y": item.place[0],
        }
        for item in standings
        if item.before and item.before != item.place
    ]


def _movement(item: RiskStanding, say: Words) -> str | None:
    if item.before is None:
        return None
    if item.moved:
        return say("projects.moved_up" if item.moved > 0 else "projects.moved_down")
    return say("projects.not_moved")


def _message(standings: Sequence[RiskStanding], kind: RiskKind, say: Words) -> str:
    overdue = sum(item.overdue is not None for item in standings)
    top = max(standings, key=lambda item: item.weight)
    parts = [
        say(f"projects.open_{kind.value}", n=len(standings)),
        say("projects.heaviest", title=top.risk.title, weight=number(top.weight, say.lang)),
    ]
    if overdue:
        parts.append(say("projects.overdue_responses", n=overdue))
    return " ".join(parts)
