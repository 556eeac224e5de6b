"""The figure of what is late or at risk in the schedule, who must act, and what it pushes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from smartdash.analysis.dependencies import Push, pushed
from smartdash.analysis.lateness import Late, late_items
from smartdash.analysis.schedule import DeliverableStanding, MilestoneStanding, PhaseStanding, deliverable_standings
from smartdash.analysis.status import Status
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn, Value
from smartdash.figures.standings import read_milestones, read_phases, unit_names
from smartdash.figures.timeline_words import has_dates, limits_note
from smartdash.locale import Words
from smartdash.model.committees import CommitteeSession, Consultation, ConsultationRole
from smartdash.model.projects import TrafficLight
from smartdash.model.schedule import Deliverable, DeliverableContent, Dependency
from smartdash.store import Reader

_NAMED = 3
"""So many successors are named in a line; the others are counted."""
_RARELY = ("days_late", "pushes", "decision", "reported")
"""Columns that stand only where there is a value."""


@figure("schedule.attention", page="timeline", needs=("phase",))
def late_or_at_risk(reader: Reader, say: Words) -> Draft:
    """What is late, at risk or silent, who must act, and which plans cannot be kept because of it."""
    as_of = reader.scope.as_of
    milestones = read_milestones(reader)
    phases = read_phases(reader, milestones)
    deliverables = deliverable_standings(reader.all(Deliverable), reader.all(DeliverableContent), as_of)
    pushes = pushed(reader.all(Dependency), milestones, phases, as_of)
    items = late_items(phases, milestones, deliverables, pushes, as_of)
    units, decisions = unit_names(reader), _decisions(reader)
    rows = [_row(item, units, decisions, say) for item in items]
    columns = [
        one for one in _columns(say) if one.name not in _RARELY or any(row[one.name] is not None for row in rows)
    ]
    message = _message(items, rows, say) if items else _nothing(milestones, phases, deliverables, say)
    return Draft(
        message=message,
        columns=tuple(columns),
        rows=tuple(tuple(row[one.name] for one in columns) for row in rows),
        unit=say("timeline.attention_unit"),
        alt=say("timeline.attention_alt", n=len(items), message=message),
        note=f"{limits_note(as_of, say)} {say('timeline.attention_note')}",
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("status", say("schedule.status"), "status"),
        TableColumn("title", say("timeline.what")),
        TableColumn("who", say("timeline.who_acts")),
        TableColumn("days_late", say("schedule.days_late"), "whole"),
        TableColumn("pushes", say("timeline.pushes")),
        TableColumn("decision", say("timeline.decision_at_risk"), "day"),
        TableColumn("planned", say("schedule.plan"), "day"),
        TableColumn("expected", say("timeline.expected"), "day"),
        TableColumn("kind", say("timeline.kind")),
        TableColumn("reported", say("timeline.reported")),
    )


def _decisions(reader: Reader) -> dict[str, date]:
    """For each paper the next session that is to decide on it."""
    sessions = {session.key: session for session in reader.all(CommitteeSession)}
    days: dict[str, list[date]] = defaultdict(list)
    for step in reader.all(Consultation):
        session = sessions[step.session]
        deciding = step.role is ConsultationRole.DECISION and not session.cancelled
        if deciding and session.held_on > reader.scope.as_of:
            days[step.paper].append(session.held_on)
    return {paper: min(found) for paper, found in days.items()}


def _row(item: Late, units: Mapping[str, str], decisions: Mapping[str, date], say: Words) -> dict[str, Value]:
    conflicts = [
        day for push in item.pushes if push.decision and (day := decisions.get(push.decision)) and day < push.earliest
    ]
    return {
        "status": item.status.value,
        "title": item.title,
        "who": _who(item, units),
        "days_late": item.days_late,
        "pushes": _pushes(item.pushes, say),
        "decision": min(conflicts, default=None),
        "planned": item.planned,
        "expected": item.expected,
        "kind": say(f"timeline.subject_{item.subject}"),
        "reported": item.reported.light.label(say.lang) if item.reported else None,
    }


def _who(item: Late, units: Mapping[str, str]) -> str | None:
    """The addressee of a red report, who must decide; else the role, else the unit."""
    if item.reported and item.reported.light is TrafficLight.RED and item.reported.addressee:
        return item.reported.addressee
    return item.role or units.get(item.unit or "")


def _pushes(pushes: Sequence[Push], say: Words) -> str | None:
    if not pushes:
        return None
    named = [
        say("timeline.push", title=push.title, days=say("schedule.plus_days", n=push.days)) for push in pushes[:_NAMED]
    ]
    more = len(pushes) - len(named)
    return "; ".join([*named, *([say("timeline.more_pushes", n=more)] if more else [])])


def _message(items: Sequence[Late], rows: Sequence[Mapping[str, Value]], say: Words) -> str:
    count = Counter(item.status for item in items)
    silent = count[Status.UNKNOWN]
    parts = []
    if late := len(items) - silent:
        parts.append(say("timeline.late", n=late, critical=str(count[Status.CRITICAL])))
    if silent:
        parts.append(say("timeline.silent", n=silent))
    acting = Counter(str(row["who"]) for row in rows if row["who"])
    if acting and len(items) > 1:
        who, often = acting.most_common(1)[0]
        parts.append(say("timeline.acting", who=who, often=str(often), n=len(items)))
    if pushing := max((item for item in items if item.pushes), key=lambda item: item.pushes[0].days, default=None):
        parts.append(
            say(
                "timeline.pushing",
                n=len(pushing.pushes),
                title=pushing.title,
                days=say("schedule.by_days", n=pushing.pushes[0].days),
            )
        )
    return " ".join(parts)


def _nothing(
    milestones: Sequence[MilestoneStanding],
    phases: Sequence[PhaseStanding],
    deliverables: Sequence[DeliverableStanding],
    say: Words,
) -> str:
    """Nothing is late, as far as there are dates that could tell."""
    undated = sum(not has_dates(item) for item in phases)
    if undated == len(phases) and not milestones and not any(item.deliverable.due for item in deliverables):
        return say("timeline.nothing_dated")
    sentence = say("timeline.nothing_late")
    return f"{sentence} {say('timeline.not_known', n=undated)}" if undated else sentence
