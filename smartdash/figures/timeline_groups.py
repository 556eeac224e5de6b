"""Phases and milestones of the timeline in groups: by phase, by field of work, or by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from smartdash.analysis.schedule import MilestoneStanding, PhaseStanding
from smartdash.analysis.trees import ancestors, tree_order
from smartdash.charts.lane_layout import Lane
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option
from smartdash.figures.timeline_entries import Entry, Names, Section, milestone_line, milestone_mark, phase_entry
from smartdash.locale import Words
from smartdash.model.schedule import Milestone, Phase

_KEYS: Mapping[str, Callable[[Phase | Milestone], str | None]] = {
    "field": lambda item: item.field_of_work if isinstance(item, Phase) else None,
    "unit": lambda item: item.unit,
}


def group_option(chosen: Mapping[str, str], say: Words) -> Option:
    """What the phases can be grouped by: their own tree, the field of work, or the unit."""
    words = {
        "phase": say("timeline.group_phase"),
        "field": say("timeline.group_field"),
        "unit": say("timeline.group_unit"),
    }
    return choice("group", say("timeline.group"), words, chosen)


def phase_sections(
    group: str,
    standings: Sequence[PhaseStanding],
    milestones: Sequence[MilestoneStanding],
    names: Names,
    as_of: date,
    say: Words,
) -> list[Section]:
    """The sections of a grouping, in the order of the records, what belongs to none last.

    A sub-step without a field of work or unit of its own belongs where its phase belongs.
    """
    titles = {"field": names.fields, "unit": names.units}.get(group, {})
    headings = {**titles, None: say(f"timeline.without_{group}") if group in _KEYS else ""}
    inset = int(group in _KEYS)
    of_phase: dict[str | None, list[MilestoneStanding]] = defaultdict(list)
    loose: dict[str | None, list[MilestoneStanding]] = defaultdict(list)
    for item in milestones:
        if item.milestone.phase in names.phases:
            of_phase[item.milestone.phase].append(item)
        else:
            loose[_group(group, item.milestone, titles)].append(item)
    groups = _groups(group, [standing.phase for standing in standings], titles)
    by_key = {standing.phase.key: standing for standing in standings}
    sections = []
    for key, heading in headings.items():
        entries = [
            phase_entry(by_key[phase.key], depth + inset, of_phase[phase.key], names, as_of, say)
            for phase, depth, _ in tree_order(groups[key])
        ]
        if loose[key]:
            entries.append(_without_phase(loose[key], inset, names, say))
        if entries:
            sections.append(Section(heading, tuple(entries)))
    return sections


def _group(group: str, item: Phase | Milestone, titles: Mapping[str | None, str]) -> str | None:
    """The key of the group that something names itself, or None where the reader does not see that group."""
    key = _KEYS[group](item) if group in _KEYS else None
    return key if key in titles else None


def _groups(group: str, phases: Sequence[Phase], titles: Mapping[str | None, str]) -> dict[str | None, list[Phase]]:
    """The phases of each group, as their own or the nearest phase above says."""
    found: dict[str | None, list[Phase]] = defaultdict(list)
    own, chains = {phase.key: _group(group, phase, titles) for phase in phases}, ancestors(phases)
    for phase in phases:
        found[next((own[key] for key in chains[phase.key] if own[key]), None)].append(phase)
    return found


def _without_phase(milestones: Sequence[MilestoneStanding], depth: int, names: Names, say: Words) -> Entry:
    marks = tuple(milestone_mark(item, say) for item in milestones)
    lines = tuple(milestone_line(item, names, say) for item in milestones)
    return Entry(Lane(say("schedule.without_phase"), depth=depth, marks=marks), lines)
