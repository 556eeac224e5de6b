"""How each paper passes through the committees; the other figures of the page stand in modules of their own."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.committees import PaperStanding
from smartdash.analysis.committees import Step as Turn
from smartdash.charts.committees import PaperSteps, Step, consultations_chart
from smartdash.charts.timeline import span_of
from smartdash.figures import committee_bodies, committee_conflicts, papers, sessions
from smartdash.figures.catalogue import figure
from smartdash.figures.committee_data import limits, read_committees, result_text
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.tables import capital, column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range
from smartdash.model.committees import CommitteeSession, Consultation, Paper
from smartdash.store import Reader

__all__ = ["committee_bodies", "committee_conflicts", "consultations", "papers", "sessions"]


@figure("committees.consultations", page="committees", needs=("consultation",))
def consultations(reader: Reader, say: Words) -> Draft:
    """The consultation sequence of each paper, passed and coming, the newest first."""
    as_of, lang = reader.scope.as_of, say.lang
    found = read_committees(reader)
    standings = sorted((item for item in found.standings if item.steps), key=_newest_first)
    drawn = [PaperSteps(item.paper.title, tuple(_step(item, step, say) for step in item.steps)) for item in standings]
    turns = [(item, step) for item in standings for step in item.steps]
    span = span_of((step.session.held_on for _, step in turns), as_of)
    if span is None:
        raise ValueError("a session has no date")
    message, stand = _message(turns, found.public, say), say("committees.as_of", day=day(as_of, lang))
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(
            (
                item.paper.title,
                item.paper.number,
                step.committee.title,
                step.session.held_on,
                step.consultation.agenda_item,
                step.consultation.role.label(lang),
                step.consultation.open_session,
                step.result.label(lang) if step.result else None,
                step.outcome,
                _state(step, say),
            )
            for item, step in turns
        ),
        unit=say("committees.unit"),
        chart=lambda tokens: consultations_chart(drawn, span, as_of, stand, tokens),
        alt=say(
            "committees.alt",
            n=len(drawn),
            steps=say("committees.step_count", n=len(turns)),
            span=day_range(span.first, span.end, lang),
            message=message,
        ),
        note=limits(found, span, say),
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        column(Consultation, "paper", lang),
        column(Paper, "number", lang),
        column(CommitteeSession, "committee", lang),
        column(CommitteeSession, "held_on", lang, "day"),
        column(Consultation, "agenda_item", lang),
        column(Consultation, "role", lang),
        column(Consultation, "open_session", lang, "flag"),
        column(Consultation, "result", lang),
        column(Consultation, "outcome", lang),
        TableColumn("state", say("committees.state")),
    )


def _newest_first(standing: PaperStanding) -> tuple[int, str]:
    return -max(step.session.held_on for step in standing.steps).toordinal(), standing.paper.key


def _step(standing: PaperStanding, turn: Turn, say: Words) -> Step:
    held_on, outcome = day(turn.session.held_on, say.lang), result_text(turn, say)
    said = outcome if turn.passed else _state(turn, say)
    return Step(
        committee=turn.committee.title,
        role=capital(turn.consultation.role.label(say.lang)),
        day=turn.session.held_on,
        text=say("committees.step", day=held_on, outcome=said) if said else held_on,
        passed=turn.passed,
        details={
            say("committees.paper"): standing.paper.title,
            say("committees.committee"): turn.committee.title,
            say("committees.role"): turn.consultation.role.label(say.lang),
            say("committees.date"): held_on,
            say("committees.agenda_item"): turn.consultation.agenda_item or EMPTY,
            say("committees.outcome"): outcome or EMPTY,
        },
        dropped=turn.session.cancelled or turn.lapsed,
    )


def _state(turn: Turn, say: Words) -> str:
    if turn.session.cancelled:
        return say("committees.cancelled")
    if turn.lapsed:
        return say("committees.lapsed")
    return say("committees.passed" if turn.passed else "committees.coming")


def _message(turns: Sequence[tuple[PaperStanding, Turn]], public: bool, say: Words) -> str:
    """What is next, else whether the results are known; to the public, only public steps are counted as such."""
    held = [(item, turn) for item, turn in turns if not (turn.session.cancelled or turn.lapsed)]
    coming = sorted((pair for pair in held if pair[1].coming), key=lambda pair: pair[1].session.held_on)
    if coming:
        item, following = coming[0]
        message = "committees.only_next" if len(held) == 1 else "committees.next"
        return say(
            "committees.next_public" if public else message,
            n=len(coming),
            all=str(len(held)),
            committee=following.committee.title,
            title=item.paper.title,
            day=day(following.session.held_on, say.lang),
        )
    if not held:
        return say("committees.all_dropped", n=len(turns))
    sentence = say("committees.all_passed_public" if public else "committees.all_passed", n=len(held))
    silent = sum(not turn.answered for _, turn in held)
    if silent == len(held):
        return f"{sentence} {say('committees.no_outcomes')}"
    return f"{sentence} {say('committees.no_outcome', n=silent)}" if silent else sentence
