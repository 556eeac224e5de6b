"""Figures of how plans hold together: decided changes of the plan, and what waits for what."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.baselines import Move
from smartdash.analysis.dependencies import DependencyStanding, dependency_standings, pushed
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.standings import read_milestones, read_moves, read_phases
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, days
from smartdash.model.committees import Committee, Paper
from smartdash.model.schedule import Baseline, BaselineDate, Dependency
from smartdash.model.shared import Unit
from smartdash.model.structure import Role
from smartdash.store import Reader


@figure("schedule.baselines", page="milestones", needs=("baseline",))
def baselines(reader: Reader, say: Words) -> Draft:
    """Each re-baselining with its decision and reason, and which dates it moved by how much."""
    lang, moved = say.lang, read_moves(reader)
    newest_first = sorted(reader.all(Baseline), key=lambda item: (item.decided_on, item.key), reverse=True)
    bodies = {**titles(reader.all(Committee)), **titles(reader.all(Unit)), **titles(reader.all(Role))}
    papers = {paper.key: paper.number or paper.title for paper in reader.all(Paper)}
    return Draft(
        message=_baseline_message(newest_first, moved, say),
        columns=(
            column(Baseline, "decided_on", lang, "day"),
            column(BaselineDate, "subject", lang),
            TableColumn("moved", say("milestones.moved"), "whole"),
            TableColumn("before", say("milestones.before"), "day"),
            column(BaselineDate, "planned_end", lang, "day"),
            TableColumn("start_moved", say("milestones.start_moved"), "whole"),
            column(Baseline, "title", lang),
            column(Baseline, "decided_by", lang),
            column(Baseline, "paper", lang),
            column(Baseline, "reason", lang),
        ),
        rows=tuple(
            (
                item.decided_on,
                *_moved(move),
                item.title,
                bodies.get(item.decided_by),
                papers.get(item.paper or ""),
                item.reason,
            )
            for item in newest_first
            for move in _of(item, moved)
        ),
        unit=say("milestones.baselines_unit"),
        note=say("milestones.baselines_note"),
    )


def _of(baseline: Baseline, moved: Sequence[Move]) -> Sequence[Move | None]:
    """What a baseline moved; one empty place where that is nothing, so that the decision itself has its row."""
    return [move for move in moved if move.baseline.key == baseline.key] or [None]


def _moved(move: Move | None) -> Row:
    return (move.title, move.end_days, move.before.end, move.after.end, move.start_days) if move else (None,) * 5


def _baseline_message(found: Sequence[Baseline], moved: Sequence[Move], say: Words) -> str:
    if not found:
        return say("milestones.no_baseline")
    last = found[0]
    later = [item for item in moved if item.baseline.key == last.key and (item.end_days or 0) > 0]
    sentence = say("milestones.baselines", n=len(found), title=last.title, day=day(last.decided_on, say.lang))
    if not later:
        return f"{sentence} {say('milestones.baseline_none_later')}"
    most = max(later, key=lambda item: item.end_days or 0)
    by = say("milestones.days_moved", n=most.end_days or 0)
    return f"{sentence} {say('milestones.baseline_later', n=len(later), title=most.title, days_moved=by)}"


@figure("schedule.dependencies", page="milestones", needs=("dependency",))
def dependencies(reader: Reader, say: Words) -> Draft:
    """What must be ready before what, confirmed or not, with the days to spare or the push."""
    lang, as_of = say.lang, reader.scope.as_of
    milestones = read_milestones(reader)
    phases = read_phases(reader, milestones)
    links = reader.all(Dependency)
    found = dependency_standings(links, milestones, phases, as_of)
    papers = titles(reader.all(Paper))
    chains = pushed(links, milestones, phases, as_of)
    return Draft(
        message=_dependency_message(found, say),
        columns=(
            column(Dependency, "provider", lang),
            column(Dependency, "consumer", lang),
            TableColumn("state", say("schedule.state")),
            column(Dependency, "lag_days", lang, "whole"),
            TableColumn("earliest", say("milestones.earliest"), "day"),
            TableColumn("planned", say("milestones.planned"), "day"),
            TableColumn("slack", say("milestones.slack"), "whole"),
            column(Dependency, "confirmed_on", lang, "day"),
            column(Dependency, "description", lang),
            TableColumn("decision", say("milestones.decision")),
            TableColumn("pushes", say("milestones.pushes")),
        ),
        rows=tuple(
            (
                item.provider,
                item.consumer,
                _state(item, say),
                item.dependency.lag_days,
                item.earliest,
                item.planned,
                item.slack,
                item.dependency.confirmed_on,
                item.dependency.description,
                papers.get(item.decision),
                "; ".join(
                    say("milestones.push", title=push.title, days=days(push.days, lang))
                    for push in chains.get(item.dependency.provider, ())
                )
                or None,
            )
            for item in found
        ),
        unit=say("milestones.dependencies_unit"),
        note=say("milestones.dependencies_note"),
    )


def _state(item: DependencyStanding, say: Words) -> str:
    confirmed = say("milestones.confirmed" if item.dependency.confirmed_on else "milestones.unconfirmed")
    if item.slack is None:
        return confirmed
    held = "milestones.push_state" if item.slack < 0 else "milestones.slack_state"
    return f"{say(held, n=abs(item.slack))}, {confirmed}"


def _dependency_message(found: Sequence[DependencyStanding], say: Words) -> str:
    if not found:
        return say("milestones.no_dependency")
    broken = [item for item in found if item.slack is not None and item.slack < 0]
    unconfirmed = sum(item.dependency.confirmed_on is None for item in found)
    if broken:
        worst = broken[0]
        sentence = say(
            "milestones.broken",
            n=len(broken),
            all=str(len(found)),
            provider=worst.provider,
            consumer=worst.consumer,
            days_moved=say("milestones.days_moved", n=-(worst.slack or 0)),
        )
    else:
        sentence = say("milestones.all_hold", n=len(found))
    return f"{sentence} {say('milestones.not_confirmed', n=unconfirmed)}" if unconfirmed else sentence
