"""Figure of the answers to public contributions: what became of each, why, and which are still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.participation import Answer, answers, personal_traces
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading, listing
from smartdash.figures.tables import capital, column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.shared import FieldOfWork, Unit
from smartdash.model.workshops import Consideration, ConsiderationOutcome, Contribution, Event, Link
from smartdash.store import Audience, Reader

_OUTCOMES = (*ConsiderationOutcome, None)
_BY_OUTCOME, _BY_FIELD, _BY_EVENT = "outcome", "field", "event"


@dataclass(frozen=True, slots=True)
class _Names:
    """What the keys that a contribution refers to are called."""

    fields_of_work: Mapping[str | None, str]
    units: Mapping[str | None, str]


@figure("workshops.answers", page="workshops", needs=("contribution",), options=("by",))
def public_answers(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Each contribution from an event for the public with its answer, or for how long it has been open."""
    as_of = reader.scope.as_of
    found = answers(reader.all(Contribution), reader.all(Event), reader.all(Consideration), reader.all(Link))
    names = _Names(titles(reader.all(FieldOfWork)), titles(reader.all(Unit)))
    if not found:
        return Draft(message=say("participation.no_public_contribution"), columns=(), rows=())
    internal = reader.scope.audience is Audience.INTERNAL
    values = {
        _BY_OUTCOME: heading(Consideration, "outcome", say),
        _BY_FIELD: heading(Contribution, "field_of_work", say),
        _BY_EVENT: heading(Contribution, "event", say),
    }
    option = choice("by", say("participation.by"), values, chosen)
    groups, mixed = _groups(found, option.chosen, names, say), option.chosen != _BY_OUTCOME
    message = _message(found, as_of, say)
    return Draft(
        message=message,
        columns=_columns(internal, say),
        rows=tuple(_row(answer, as_of, names, internal, say) for answer in found),
        unit=say(f"participation.answers_unit_{option.chosen}"),
        chart=lambda tokens: bar_chart(
            [_bar(name, members, mixed, tokens, say) for name, members in groups.items()],
            tokens,
            _legend(found, tokens, say) if mixed else None,
        ),
        alt=say("participation.answers_alt", n=len(groups), message=message),
        note=_note(found, say) if internal else "",
        options=(option,),
    )


def _columns(internal: bool, say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    public = (
        column(Contribution, "text", lang),
        column(Contribution, "event", lang),
        column(Event, "held_on", lang, "day"),
        column(Contribution, "field_of_work", lang),
        column(Consideration, "outcome", lang),
        column(Consideration, "reason", lang),
        column(Consideration, "considered_on", lang, "day"),
        column(Consideration, "unit", lang),
        TableColumn("open_days", say("participation.open_days"), "whole"),
    )
    if not internal:
        return public
    released = column(Contribution, "public", lang, "flag")
    return (*public, released, TableColumn("check", say("participation.check")))


def _row(answer: Answer, as_of: date, names: _Names, internal: bool, say: Words) -> Row:
    contribution, consideration = answer.contribution, answer.consideration
    public: Row = (
        contribution.text,
        answer.event.title,
        answer.event.held_on,
        names.fields_of_work.get(_field_of_work(answer)),
        _outcome(answer.outcome, say),
        consideration.reason if consideration else None,
        consideration.considered_on if consideration else None,
        names.units.get(consideration.unit) if consideration else None,
        answer.open_days(as_of),
    )
    if not internal:
        return public
    traces = ", ".join(say(f"participation.trace_{kind}") for kind in _traces(answer))
    return (*public, contribution.public, traces or None)


def _traces(answer: Answer) -> list[str]:
    """What may tell a person, in the contribution or in the reason of its answer."""
    reason = answer.consideration.reason if answer.consideration else None
    return sorted({*personal_traces(answer.contribution.text), *personal_traces(reason or "")})


def _field_of_work(answer: Answer) -> str | None:
    return answer.contribution.field_of_work or answer.event.field_of_work


def _outcome(outcome: ConsiderationOutcome | None, say: Words) -> str:
    return outcome.label(say.lang) if outcome else say("participation.open")


def _groups(found: Sequence[Answer], by: str, names: _Names, say: Words) -> dict[str, list[Answer]]:
    """The answers by what the chart's bars stand for; by field of work those with most open ones first."""
    groups: dict[str, list[Answer]] = {}
    if by == _BY_OUTCOME:
        for outcome in _OUTCOMES:
            members = [answer for answer in found if answer.outcome is outcome]
            if members:
                groups[capital(_outcome(outcome, say))] = members
        return groups
    for answer in found:
        name = answer.event.title
        if by == _BY_FIELD:
            name = names.fields_of_work.get(_field_of_work(answer)) or say("participation.no_field")
        groups.setdefault(name, []).append(answer)
    if by == _BY_EVENT:
        return groups
    unanswered = {name: sum(answer.outcome is None for answer in members) for name, members in groups.items()}
    return dict(sorted(groups.items(), key=lambda item: (-unanswered[item[0]], -len(item[1]), item[0])))


def _fills(tokens: Tokens) -> dict[ConsiderationOutcome | None, str]:
    return {
        ConsiderationOutcome.ADOPTED: tokens.sequential[9],
        ConsiderationOutcome.PARTLY: tokens.sequential[5],
        ConsiderationOutcome.NOT_ADOPTED: tokens.sequential[1],
        None: "",
    }


def _legend(found: Sequence[Answer], tokens: Tokens, say: Words) -> dict[str, str]:
    given = {answer.outcome for answer in found}
    return {_outcome(outcome, say): fill for outcome, fill in _fills(tokens).items() if outcome in given}


def _bar(name: str, members: Sequence[Answer], mixed: bool, tokens: Tokens, say: Words) -> Bar:
    """A group of answers; a `mixed` one by outcome, with how many of it are answered."""
    counts = Counter(answer.outcome for answer in members)
    parts = tuple(
        Part(counts[outcome], fill, str(counts[outcome]) if mixed else "") for outcome, fill in _fills(tokens).items()
    )
    details = {capital(_outcome(outcome, say)): number(counts[outcome], say.lang) for outcome in _OUTCOMES}
    value = number(len(members), say.lang)
    if mixed:
        value = say("workshops.answered_of", answered=number(len(members) - counts[None], say.lang), all=value)
    return Bar(name, parts, value, {say("participation.group"): name, **details})


def _message(found: Sequence[Answer], as_of: date, say: Words) -> str:
    counts = Counter(answer.outcome for answer in found)
    answered = len(found) - counts[None]
    waiting = _waiting(max(answer.open_days(as_of) or 0 for answer in found), say)
    if not answered:
        return say("participation.none_answered", n=len(found), waiting=waiting)
    parts = [
        say(f"participation.count_{outcome}", n=counts[outcome]) for outcome in ConsiderationOutcome if counts[outcome]
    ]
    outcomes = listing(parts, say)
    if answered == len(found):
        return say("participation.all_answered", n=answered, outcomes=outcomes)
    total = number(len(found), say.lang)
    return say("participation.some_answered", n=answered, all=total, outcomes=outcomes, waiting=waiting)


def _waiting(open_days: int, say: Words) -> str:
    return say("participation.for_days", n=open_days) if open_days else say("participation.since_today")


def _note(found: Sequence[Answer], say: Words) -> str:
    """What the office must look at before the list goes out."""
    notes = []
    if traced := sum(bool(_traces(answer)) for answer in found):
        notes.append(say("participation.check_first", n=traced))
    released = [answer for answer in found if answer.contribution.public and answer.event.public]
    if len(released) < len(found):
        notes.append(say("participation.not_released", n=len(found) - len(released)))
    if silent := sum(bool(answer.consideration and not answer.consideration.public) for answer in released):
        notes.append(say("participation.answer_not_released", n=silent))
    return " ".join(notes)
