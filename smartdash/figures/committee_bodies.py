"""The committees: how often they meet, how early they want papers, and since when they have heard nothing."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.committee_bodies import BodyStanding, body_standings
from smartdash.charts.committees import BodyRow, SessionMark, bodies_chart
from smartdash.charts.timeline import span_of
from smartdash.figures.catalogue import figure
from smartdash.figures.committee_data import limits, read_committees
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range
from smartdash.model.committees import Committee, CommitteeSession
from smartdash.store import Reader


@figure("committees.bodies", page="committees", needs=("committee",))
def bodies(reader: Reader, say: Words) -> Draft:
    """Each committee with its sessions and the last paper of the programme that it dealt with."""
    lang = say.lang
    found = read_committees(reader)
    standings = body_standings(found.committees, found.listed_sessions, found.steps, found.as_of)
    drawn = [_row(item, found.public, say) for item in standings]
    span = span_of((session.held_on for session in found.listed_sessions), found.as_of)
    message, stand = _message(standings, found.public, say), say("committees.as_of", day=day(found.as_of, lang))
    return Draft(
        message=message,
        columns=(
            column(Committee, "title", lang),
            column(Committee, "kind", lang),
            column(Committee, "rhythm", lang),
            column(Committee, "lead_days", lang, "whole"),
            column(Committee, "reports_regularly", lang, "flag"),
            TableColumn("held", say("committees.held"), "whole"),
            TableColumn("coming", say("committees.sessions_coming"), "whole"),
            TableColumn("papers", say("committees.papers"), "whole"),
            TableColumn("last", say("committees.last"), "day"),
            TableColumn("since", say("committees.since"), "whole"),
        ),
        rows=tuple(
            (
                item.committee.title,
                item.committee.kind.label(lang),
                item.committee.rhythm.label(lang) if item.committee.rhythm else None,
                item.committee.lead_days,
                item.committee.reports_regularly,
                len(item.held),
                len(item.coming),
                item.papers,
                item.last,
                # Where closed consultations are hidden, a session without a paper proves nothing.
                None if found.public else item.since,
            )
            for item in standings
        ),
        unit=say("committees.bodies_unit_public" if found.public else "committees.bodies_unit"),
        chart=(lambda tokens: bodies_chart(drawn, span, found.as_of, stand, tokens)) if span else None,
        alt=say("committees.bodies_alt", n=len(drawn), span=day_range(span.first, span.end, lang), message=message)
        if span
        else "",
        note=limits(found, span, say),
    )


def _row(item: BodyStanding, public: bool, say: Words) -> BodyRow:
    warns = item.silent and not public
    note = ""
    if item.last:
        note = say("committees.silent_since" if warns else "committees.last_on", day=day(item.last, say.lang))
    elif warns:
        note = say("committees.never")
    sessions = sorted((*item.held, *item.coming, *item.cancelled), key=lambda session: session.held_on)
    marks = tuple(_mark(item, session, say) for session in sessions)
    return BodyRow(item.committee.title, note, warns, marks)


def _mark(item: BodyStanding, session: CommitteeSession, say: Words) -> SessionMark:
    busy = session.key in item.busy
    if session.cancelled:
        word = say("committees.cancelled")
    else:
        word = say("committees.with_paper" if busy else "committees.no_paper")
    details = {
        say("committees.committee"): item.committee.title,
        say("committees.date"): day(session.held_on, say.lang),
        say("committees.programme"): word,
    }
    return SessionMark(session.held_on, busy and not session.cancelled, session.cancelled, details)


def _message(standings: Sequence[BodyStanding], public: bool, say: Words) -> str:
    busy = sum(item.papers > 0 for item in standings)
    only = len(standings) == 1
    if public:
        message = "committees.bodies_public_only" if only else "committees.bodies_public"
    else:
        message = "committees.bodies_busy_only" if only else "committees.bodies_busy"
    if busy or public or only:
        counts = say(message, n=busy, all=str(len(standings)))
    else:
        counts = say("committees.bodies_idle", all=str(len(standings)))
    regular = [item for item in standings if item.committee.reports_regularly and item.held]
    if public or not regular:
        return counts
    silent = sorted((item for item in regular if item.silent), key=lambda item: (item.last is not None, item.last))
    if not silent:
        return f"{counts} {say('committees.bodies_informed', n=len(regular))}"
    first = silent[0]
    values = {"title": first.committee.title, "all": str(len(regular))}
    if first.last is None:
        return f"{counts} {say('committees.bodies_never', n=len(silent), **values)}"
    return f"{counts} {say('committees.bodies_silent', n=len(silent), day=day(first.last, say.lang), **values)}"
