"""The next sessions of the committees, and what must be ready by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from smartdash.analysis.committee_conflicts import Work, works
from smartdash.analysis.committees import Agenda, PaperStanding, Step, agendas
from smartdash.analysis.status import Status
from smartdash.charts.committees import SessionRow, sessions_chart
from smartdash.charts.timeline import Span, span_of
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.catalogue import figure
from smartdash.figures.committee_data import limits, read_committees, short_day
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.standings import read_milestones, read_phases
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range, days
from smartdash.model.committees import Committee, CommitteeSession, Consultation, Paper
from smartdash.model.schedule import Deliverable
from smartdash.store import Reader

_DRAWN = 12
_SOON = 14
"""Days before a deadline from which a missing paper stands out."""


def read_works(reader: Reader) -> list[Work]:
    """The phases, milestones and deliverables of a scope, as papers rest on them."""
    milestones = read_milestones(reader)
    return works(milestones, read_phases(reader, milestones), reader.all(Deliverable), reader.scope.as_of)


@figure("committees.sessions", page="committees", needs=("committee_session",))
def sessions(reader: Reader, say: Words) -> Draft:
    """The sessions to come with their deadlines, and the papers on them that are not ready."""
    lang = say.lang
    found = read_committees(reader)
    basis = {work.key: work for work in read_works(reader)}
    coming = agendas(found.listed_sessions, found.committees, found.standings, found.as_of)
    drawn = [_row(agenda, basis, say) for agenda in coming[:_DRAWN]]
    span = span_of((moment for row in drawn for moment in (row.deadline, row.day)), found.as_of)
    message, stand = (
        _message(coming, found.as_of, found.public, say),
        say("committees.as_of", day=day(found.as_of, lang)),
    )
    return Draft(
        message=message,
        columns=(
            column(CommitteeSession, "committee", lang),
            column(CommitteeSession, "held_on", lang, "day"),
            column(CommitteeSession, "cancelled", lang, "flag"),
            TableColumn("deadline", say("committees.deadline"), "day"),
            TableColumn("derived", say("committees.derived")),
            TableColumn("days_left", say("committees.days_left"), "whole"),
            column(Consultation, "paper", lang),
            column(Paper, "number", lang),
            column(Consultation, "role", lang),
            TableColumn("ready", say("committees.ready"), "flag"),
            column(Paper, "basis", lang),
            TableColumn("expected", say("committees.expected"), "day"),
        ),
        rows=tuple(row for agenda in coming for row in _table_rows(agenda, basis, say)),
        unit=say("committees.sessions_unit") if span else "",
        chart=(lambda tokens: sessions_chart(drawn, span, found.as_of, stand, tokens)) if span else None,
        alt=_alt(drawn, span, message, say),
        note=" ".join(text for text in (_left_off(coming, say), limits(found, None, say)) if text),
    )


def _alt(drawn: Sequence[SessionRow], span: Span | None, message: str, say: Words) -> str:
    if span is None:
        return ""
    return say("committees.sessions_alt", n=len(drawn), span=day_range(span.first, span.end, say.lang), message=message)


def _left_off(coming: Sequence[Agenda], say: Words) -> str:
    left = len(coming) - _DRAWN
    return say("committees.sessions_left_off", n=left, drawn=str(_DRAWN)) if left > 0 else ""


def _table_rows(agenda: Agenda, basis: Mapping[str, Work], say: Words) -> list[Row]:
    session = agenda.session
    open_deadline = not session.cancelled
    head: Row = (
        agenda.committee.title,
        session.held_on,
        session.cancelled,
        agenda.deadline if open_deadline else None,
        _derived(session, agenda.committee, say) if open_deadline else None,
        agenda.days_left if open_deadline else None,
    )
    return [(*head, *_paper_cells(step, standing, basis, say)) for step, standing in agenda.papers] or [
        (*head, None, None, None, None, None, None)
    ]


def _paper_cells(step: Step, standing: PaperStanding, basis: Mapping[str, Work], say: Words) -> Row:
    rests_on = basis.get(standing.paper.basis or "")
    waits = rests_on and not standing.ready and not rests_on.done
    return (
        standing.paper.title,
        standing.paper.number,
        step.consultation.role.label(say.lang),
        standing.ready,
        rests_on.title if rests_on else None,
        rests_on.expected if rests_on and waits else None,
    )


def _derived(session: CommitteeSession, committee: Committee, say: Words) -> str:
    if session.submission_due:
        return say("committees.deadline_set")
    if committee.lead_days is None:
        return say("committees.deadline_unknown")
    return say("committees.deadline_lead", n=committee.lead_days)


def _status(agenda: Agenda, basis: Mapping[str, Work]) -> Status:
    if agenda.session.cancelled or not agenda.papers:
        return Status.UNKNOWN
    if not agenda.missing:
        return Status.DONE
    left = agenda.days_left
    late = any(_comes_late(standing, agenda, basis) for standing in agenda.missing)
    if late or (left is not None and left < 0):
        return Status.CRITICAL
    return Status.AT_RISK if left is not None and left <= _SOON else Status.PLANNED


def _comes_late(standing: PaperStanding, agenda: Agenda, basis: Mapping[str, Work]) -> bool:
    rests_on = basis.get(standing.paper.basis or "")
    limit = agenda.deadline or agenda.session.held_on
    return bool(rests_on and not rests_on.done and rests_on.expected and rests_on.expected > limit)


def _row(agenda: Agenda, basis: Mapping[str, Work], say: Words) -> SessionRow:
    session, status = agenda.session, _status(agenda, basis)
    held, due = short_day(session.held_on, say), short_day(agenda.deadline, say)
    text = say("committees.until_then", deadline=due, day=held) if agenda.deadline else held
    return SessionRow(
        committee=agenda.committee.title,
        note=_note(agenda, status, say),
        status=status.value,
        deadline=agenda.deadline,
        day=session.held_on,
        text=held if session.cancelled else text,
        cancelled=session.cancelled,
        details={
            say("committees.committee"): agenda.committee.title,
            say("committees.date"): day(session.held_on, say.lang),
            say("committees.deadline"): day(agenda.deadline, say.lang),
            say("committees.days_left"): days(agenda.days_left, say.lang),
            say("committees.papers"): ", ".join(standing.paper.title for _, standing in agenda.papers) or EMPTY,
            say("committees.not_ready"): ", ".join(standing.paper.title for standing in agenda.missing) or EMPTY,
        },
    )


def _note(agenda: Agenda, status: Status, say: Words) -> str:
    if agenda.session.cancelled:
        return say("committees.cancelled")
    if not agenda.papers:
        return say("committees.no_paper")
    total, missing = len(agenda.papers), len(agenda.missing)
    text = say("committees.all_ready", n=total)
    if missing:
        text = say("committees.missing", n=missing, all=str(total))
    return f"{STATUS_SIGNS[status.value]} {text}"


def _message(coming: Sequence[Agenda], as_of: date, public: bool, say: Words) -> str:
    held = [agenda for agenda in coming if not agenda.session.cancelled]
    if not held:
        return say(
            "committees.sessions_none_public" if public else "committees.sessions_none", day=day(as_of, say.lang)
        )
    sentences = [_sentence(held[0], "next", say)]
    if not held[0].papers:
        busy = next((agenda for agenda in held if agenda.papers), None)
        sentences += [_sentence(busy, "then", say)] if busy else []
    missed = [agenda for agenda in held if agenda.missing and (agenda.days_left or 0) < 0]
    if missed and missed != [held[0]]:
        sentences.append(say("committees.sessions_missed", n=sum(len(agenda.missing) for agenda in missed)))
    return " ".join(sentences)


def _sentence(agenda: Agenda, place: str, say: Words) -> str:
    """When the committee meets, until when papers are due, and how many of them are missing."""
    committee, held = agenda.committee.title, day(agenda.session.held_on, say.lang)
    if not agenda.papers:
        return say("committees.sessions_next_empty", committee=committee, day=held)
    head = say(f"committees.sessions_{place}", committee=committee, day=held)
    total, missing = len(agenda.papers), len(agenda.missing)
    if not missing:
        return f"{head} {say('committees.sessions_ready', n=total)}"
    if agenda.deadline is None:
        return f"{head} {say('committees.sessions_undated', n=missing, all=str(total))}"
    missed = agenda.days_left is not None and agenda.days_left < 0
    due = day(agenda.deadline, say.lang)
    message = "committees.sessions_overdue" if missed else "committees.sessions_due"
    return f"{head} {say(message, n=missing, all=str(total), deadline=due)}"
