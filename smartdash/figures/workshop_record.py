"""Figure of one event's record: what it was, what was said, what came of it, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartdash.analysis.elements import states
from smartdash.analysis.lineage import elements_of_contributions
from smartdash.analysis.participation import counted_participants, is_held, is_running, lasting, newest_considerations
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.tables import capital, column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range, number
from smartdash.model.shared import Unit
from smartdash.model.workshops import (
    Attendance,
    Consideration,
    ConsiderationOutcome,
    Contribution,
    ElementState,
    Event,
    Link,
    RecordState,
    StateChange,
    StrategyElement,
)
from smartdash.store import Audience, Reader

_CLUSTERS, _CONTRIBUTIONS = "cluster", "contribution"


@dataclass(frozen=True, slots=True)
class _Voice:
    """A contribution of the event with the elements it led to and how it was considered."""

    contribution: Contribution
    elements: frozenset[str]
    outcome: ConsiderationOutcome | None

    @property
    def is_open(self) -> bool:
        return not self.elements and self.outcome is None


@dataclass(frozen=True, slots=True)
class _Elements:
    """The strategy's elements by key: what they are called, and how far they have come."""

    titles: Mapping[str | None, str]
    states: Mapping[str, ElementState]

    def named(self, keys: frozenset[str], say: Words) -> str | None:
        """Elements with their states, those that came furthest first."""
        found = sorted(keys, key=lambda key: (-list(ElementState).index(self.states[key]), self.titles[key]))
        return "; ".join(self.one(key, self.states[key], say) for key in found) or None

    def one(self, key: str, state: ElementState, say: Words) -> str:
        """An element with a state."""
        return say("participation.element_state", title=self.titles[key], state=state.label(say.lang))

    def adopted(self, keys: frozenset[str]) -> int:
        """How many of some elements are adopted."""
        return sum(self.states[key] is ElementState.ADOPTED for key in keys)


@figure("workshops.record", page="workshops", needs=("event",), options=("event", "rows"))
def record(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The record of one event that has begun: its contributions by cluster, what came of them, what is open."""
    as_of = reader.scope.as_of
    held = sorted((event for event in reader.all(Event) if is_held(event, as_of)), key=lambda event: event.key)
    held.sort(key=lambda event: event.held_on, reverse=True)
    if not held:
        return Draft(message=say("participation.no_event_held"), columns=(), rows=())
    names = {event.key: f"{day(event.held_on, say.lang)} {event.title}" for event in held}
    option = choice("event", say("workshops.event"), names, chosen)
    event = next(event for event in held if event.key == option.chosen)
    facts = [_facts(event, reader, say), *_units(event, reader, say), _record_state(event, say)]
    found = reader.all(StrategyElement)
    elements = _Elements(titles(found), states(found, reader.all(StateChange)))
    facts += _changes(event, elements, reader, say)
    voices = _voices(event, found, reader)
    if not voices:
        public = reader.scope.audience is Audience.PUBLIC
        message = "participation.record_not_public" if public else "participation.record_empty"
        said = say(message, title=event.title, day=day(event.held_on, say.lang))
        return Draft(message=said, columns=(), rows=(), note=" ".join(facts), options=(option,))
    clusters = _clusters(voices)
    rows_by = {_CLUSTERS: say("participation.by_cluster"), _CONTRIBUTIONS: say("participation.by_contribution")}
    table = choice("rows", say("participation.table_by"), rows_by, chosen)
    build = _cluster_table if table.chosen == _CLUSTERS else _contribution_table
    columns, rows = build(clusters, elements, say)
    message = _message(event, voices, clusters, elements, say)
    if silent := sum(voice.is_open for voice in voices):
        facts.append(say("participation.open_points", n=silent))
    return Draft(
        message=message,
        columns=columns,
        rows=rows,
        unit=say("participation.record_unit"),
        chart=lambda tokens: bar_chart(
            [_bar(name, members, tokens, say) for name, members in clusters.items()],
            tokens,
            {say("participation.with_result"): tokens.actual_fill, say("participation.without_result"): ""},
        ),
        alt=say("participation.record_alt", n=len(clusters), message=message),
        note=" ".join(facts),
        options=(option, table),
    )


def _facts(event: Event, reader: Reader, say: Words) -> str:
    lang, as_of = say.lang, reader.scope.as_of
    participants = counted_participants(event, as_of)
    parts = [
        capital(event.kind.label(lang)),
        day_range(event.held_on, event.ends_on or event.held_on, lang),
        event.format.label(lang) if event.format else "",
        say("participation.minutes", minutes=number(event.minutes, lang)) if event.minutes else "",
        say("participation.people", n=participants) if participants is not None else "",
        say("participation.is_running") if is_running(event, as_of) else "",
    ]
    return f"{', '.join(part for part in parts if part)}."


def _units(event: Event, reader: Reader, say: Words) -> list[str]:
    names = titles(reader.all(Unit))
    present = sorted(names[item.unit] for item in reader.all(Attendance) if item.event == event.key)
    return [say("participation.present", names=listing(present, say))] if present else []


def _record_state(event: Event, say: Words) -> str:
    if event.record_state is RecordState.NONE:
        return say("participation.no_record")
    return say("participation.record_state", state=event.record_state.label(say.lang))


def _changes(event: Event, elements: _Elements, reader: Reader, say: Words) -> list[str]:
    """What reached a new state at the event."""
    changed = [item for item in reader.all(StateChange) if item.event == event.key]
    named = [elements.one(item.element, item.state, say) for item in changed]
    return [say("participation.changed_here", elements="; ".join(named))] if named else []


def _voices(event: Event, found: Sequence[StrategyElement], reader: Reader) -> list[_Voice]:
    every, links = reader.all(Contribution), reader.all(Link)
    considered = newest_considerations(reader.all(Consideration))
    led_to = elements_of_contributions(every, found, links)
    return [
        _Voice(
            contribution,
            lasting(led_to[contribution.key], links),
            considered[contribution.key].outcome if contribution.key in considered else None,
        )
        for contribution in every
        if contribution.event == event.key
    ]


def _clusters(voices: Sequence[_Voice]) -> dict[str | None, list[_Voice]]:
    """The contributions by cluster, most votes first, then most contributions; those without a cluster last."""
    groups: dict[str | None, list[_Voice]] = {}
    for voice in voices:
        groups.setdefault(voice.contribution.cluster, []).append(voice)
    for members in groups.values():
        members.sort(key=lambda voice: -(voice.contribution.votes or 0))
    order = sorted(
        groups, key=lambda name: (name is None, -(_votes(groups[name]) or 0), -len(groups[name]), name or "")
    )
    return {name: groups[name] for name in order}


def _votes(members: Sequence[_Voice]) -> int | None:
    counted = [voice.contribution.votes for voice in members if voice.contribution.votes is not None]
    return sum(counted) if counted else None


def _reached(members: Sequence[_Voice]) -> frozenset[str]:
    return frozenset(key for voice in members for key in voice.elements)


def _cluster_table(
    clusters: Mapping[str | None, Sequence[_Voice]], elements: _Elements, say: Words
) -> tuple[tuple[TableColumn, ...], tuple[Row, ...]]:
    lang = say.lang
    columns = (
        column(Contribution, "cluster", lang),
        TableColumn("contributions", say("workshops.contributions"), "whole"),
        column(Contribution, "votes", lang, "whole"),
        TableColumn("without_result", say("participation.without_result_column"), "whole"),
        TableColumn("elements", say("participation.elements_count"), "whole"),
        TableColumn("adopted", say("participation.elements_adopted"), "whole"),
        TableColumn("results", say("participation.results")),
    )
    rows = tuple(
        (
            name,
            len(members),
            _votes(members),
            sum(voice.is_open for voice in members),
            len(_reached(members)),
            elements.adopted(_reached(members)),
            elements.named(_reached(members), say),
        )
        for name, members in clusters.items()
    )
    return columns, rows


def _contribution_table(
    clusters: Mapping[str | None, Sequence[_Voice]], elements: _Elements, say: Words
) -> tuple[tuple[TableColumn, ...], tuple[Row, ...]]:
    lang = say.lang
    columns = (
        column(Contribution, "text", lang),
        column(Contribution, "cluster", lang),
        column(Contribution, "votes", lang, "whole"),
        TableColumn("results", say("participation.results")),
        column(Consideration, "outcome", lang),
    )
    rows = tuple(
        (
            voice.contribution.text,
            voice.contribution.cluster,
            voice.contribution.votes,
            elements.named(voice.elements, say),
            voice.outcome.label(lang) if voice.outcome else None,
        )
        for members in clusters.values()
        for voice in members
    )
    return columns, rows


def _bar(name: str | None, members: Sequence[_Voice], tokens: Tokens, say: Words) -> Bar:
    label, votes = name or say("workshops.no_cluster"), _votes(members)
    silent = sum(voice.is_open for voice in members)
    details = {
        say("workshops.cluster"): label,
        say("workshops.contributions"): number(len(members), say.lang),
        say("workshops.votes"): number(votes, say.lang),
        say("participation.without_result_column"): number(silent, say.lang),
    }
    parts = (
        Part(len(members) - silent, tokens.actual_fill, str(len(members) - silent)),
        Part(silent, "", str(silent)),
    )
    return Bar(label, parts, EMPTY if votes is None else say("workshops.votes_count", n=votes), details)


def _message(
    event: Event,
    voices: Sequence[_Voice],
    clusters: Mapping[str | None, Sequence[_Voice]],
    elements: _Elements,
    say: Words,
) -> str:
    named = sum(name is not None for name in clusters)
    count = say("participation.contributions_count", n=len(voices))
    if named:
        count = say("participation.in_clusters", n=named, contributions=count)
    brought = say("participation.brought", title=event.title, day=day(event.held_on, say.lang), contributions=count)
    reached = _reached(voices)
    if not reached:
        return f"{brought} {say('participation.no_result')}"
    result = say("participation.became", n=len(reached), adopted=number(elements.adopted(reached), say.lang))
    return f"{brought} {result}"
