"""Figures of a conference before and while it is held: its agenda, the pre-read, what was assigned last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.analysis.conference_points import AssignmentState, assignments_since, decisions_since
from smartdash.analysis.status import Status
from smartdash.analysis.working_days import pre_read_day
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.conference_data import chosen_conference, item_title, nothing, subject_titles
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.standings import read_impediments, read_key_results
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, number
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.conferences import AgendaItem, Assignment, Conference, Decision
from smartdash.model.okr import KeyResult, Objective
from smartdash.store import Reader

_STATES = {
    AssignmentState.OVERDUE: Status.CRITICAL,
    AssignmentState.OPEN: Status.PLANNED,
    AssignmentState.DONE: Status.DONE,
}
_SEVERE = (Status.CRITICAL, Status.AT_RISK, Status.UNKNOWN)


@figure("conference.agenda", page="conference", needs=("conference",), options=("conference",))
def agenda(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The agenda of a conference: minutes planned and spent, and what is done."""
    conference, option = chosen_conference(reader, say, chosen)
    names = titles(reader.all(Objective))
    items = [item for item in reader.all(AgendaItem) if item.conference == conference.key]
    if not items:
        return Draft(nothing(reader, say, "conference.no_agenda", conference), (), (), options=(option,))
    begun = any(item.done or item.begun_at or item.spent_seconds for item in items)
    message = _agenda_message(conference, items, say, begun=begun)
    bars = [
        (
            item,
            item_title(item, names, say),
            say("conference.minutes_of", spent=number(item.spent_seconds // 60, say.lang), n=item.minutes)
            if begun
            else say("conference.minutes_planned", n=item.minutes),
        )
        for item in items
    ]
    return Draft(
        message=message,
        columns=(
            column(AgendaItem, "order", say.lang, "whole"),
            column(AgendaItem, "title", say.lang),
            column(AgendaItem, "minutes", say.lang, "whole"),
            TableColumn("spent", say("conference.spent"), "whole", "min"),
            column(AgendaItem, "done", say.lang, "flag"),
            column(AgendaItem, "notes", say.lang),
        ),
        rows=tuple(
            (item.order, name, item.minutes, item.spent_seconds // 60, item.done, item.notes) for item, name, _ in bars
        ),
        unit=say("conference.agenda_unit" if begun else "conference.agenda_unit_planned"),
        chart=lambda tokens: bar_chart(
            [
                Bar(
                    name,
                    _minutes(item, tokens, begun=begun),
                    text,
                    {say("conference.item"): name, heading(AgendaItem, "minutes", say): text},
                    mark=item.minutes if begun else None,
                )
                for item, name, text in bars
            ],
            tokens,
        ),
        alt=say("conference.alt", message=message),
        options=(option,),
    )


def _agenda_message(conference: Conference, items: Sequence[AgendaItem], say: Words, *, begun: bool) -> str:
    planned = number(sum(item.minutes for item in items), say.lang)
    if not begun:
        return say("conference.agenda_planned", n=len(items), title=conference.title, planned=planned)
    return say(
        "conference.agenda_message",
        n=len(items),
        title=conference.title,
        done=number(sum(item.done for item in items), say.lang),
        planned=planned,
        spent=number(sum(item.spent_seconds for item in items) // 60, say.lang),
    )


def _minutes(item: AgendaItem, tokens: Tokens, *, begun: bool) -> tuple[Part, ...]:
    """The bar of an item: what it took, or what is planned where the conference has not begun."""
    if begun:
        return (Part(item.spent_seconds / 60, tokens.actual_fill),) if item.spent_seconds else ()
    return (Part(item.minutes, ""),) if item.minutes else ()


@figure("conference.pre_read", page="conference", needs=("conference", "key_result"), options=("conference",))
def pre_read(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What everybody reads before a conference: its key results, the objectives with red ones first."""
    conference, option = chosen_conference(reader, say, chosen)
    found = [item for item in read_key_results(reader) if item.cycle.key == conference.cycle]
    if not found:
        return Draft(nothing(reader, say, "conference.no_key_results", conference), (), (), options=(option,))
    order = {status: place for place, status in enumerate(_SEVERE)}
    worst = {
        key: min(order.get(item.status, len(_SEVERE)) for item in found if item.objective.key == key)
        for key in {item.objective.key for item in found}
    }
    places = {key: place for place, key in enumerate(dict.fromkeys(item.objective.key for item in found))}
    found.sort(
        key=lambda item: (worst[item.objective.key], places[item.objective.key], order.get(item.status, len(_SEVERE)))
    )
    impediments = [item for item in read_impediments(reader) if item.open]
    return Draft(
        message=say(
            "conference.pre_read_message",
            n=len(found),
            due=day(pre_read_day(conference.held_on), say.lang),
            red=number(sum(item.status is Status.CRITICAL for item in found), say.lang),
            silent=number(sum(item.status is Status.UNKNOWN for item in found), say.lang),
        ),
        columns=(
            column(Objective, "title", say.lang, name="objective"),
            column(KeyResult, "title", say.lang),
            TableColumn("status", say("okr.status"), "status"),
            TableColumn("progress", say("okr.progress"), "percent"),
            TableColumn("expected", say("okr.expected"), "percent"),
            TableColumn("pace", say("okr.pace"), "percent"),
            column(CheckIn, "confidence", say.lang, "whole"),
            TableColumn("forecast", say("conference.forecast"), "percent"),
            column(Score, "value", say.lang, "number", name="score"),
            TableColumn("silent_days", say("okr.silent_days"), "whole"),
            TableColumn("impediments", say("conference.open_impediments")),
        ),
        rows=tuple(
            (
                item.objective.title,
                item.key_result.title,
                item.status.value,
                item.progress,
                item.expected,
                item.pace,
                item.check_in.confidence if item.check_in else None,
                item.forecast,
                item.score,
                item.silent_days,
                "; ".join(one.impediment.title for one in impediments if item.key_result.key in one.blocks) or None,
            )
            for item in found
        ),
        unit=say("conference.pre_read_unit"),
        note=say("conference.pre_read_note"),
        options=(option,),
    )


@figure("conference.last_time", page="conference", needs=("conference",), options=("conference",))
def last_time(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What was decided and assigned since the conference before: overdue, open, done."""
    conference, option = chosen_conference(reader, say, chosen)
    conferences, about = reader.all(Conference), subject_titles(reader)
    given = assignments_since(conference, conferences, reader.all(Assignment), reader.scope.as_of)
    decided = decisions_since(conference, conferences, reader.all(Decision))
    if not (given or decided):
        return Draft(nothing(reader, say, "conference.nothing_before", conference), (), (), options=(option,))
    counts = {state: sum(item.state is state for item in given) for state in AssignmentState}
    assignments = tuple(
        (
            say("live.kind_assignment"),
            item.assignment.text,
            about.get(item.assignment.about),
            item.assignment.role,
            item.assignment.given_on,
            item.assignment.due,
            item.days_late or None,
            say(f"conference.{item.state}"),
            _STATES[item.state].value,
        )
        for item in given
    )
    decisions = tuple(
        (say("live.kind_decision"), item.text, about.get(item.about), None, item.decided_on, *(None,) * 4)
        for item in decided
    )
    return Draft(
        message=say(
            "conference.last_time_message",
            n=len(given),
            done=number(counts[AssignmentState.DONE], say.lang),
            open=number(counts[AssignmentState.OPEN], say.lang),
            overdue=number(counts[AssignmentState.OVERDUE], say.lang),
            decisions=number(len(decided), say.lang),
        ),
        columns=(
            TableColumn("kind", say("conference.kind")),
            TableColumn("text", say("conference.text")),
            column(Decision, "about", say.lang),
            column(Assignment, "role", say.lang),
            TableColumn("date", say("conference.date"), "day"),
            column(Assignment, "due", say.lang, "day"),
            TableColumn("days_late", say("conference.days_late"), "whole"),
            TableColumn("state", say("conference.state")),
            TableColumn("status", say("okr.status"), "status"),
        ),
        rows=(*assignments, *decisions),
        options=(option,),
    )
