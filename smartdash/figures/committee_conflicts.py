"""Where a phase, a milestone or a paper runs into a committee date."""

from __future__ import annotations

from collections.abc import Sequence

from smartdash.analysis.committee_conflicts import Conflict, ConflictKind, Work, conflicts
from smartdash.analysis.committees import CLOSED
from smartdash.charts.committees import ConflictRow, conflicts_chart
from smartdash.charts.timeline import Span, span_of
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.catalogue import figure
from smartdash.figures.committee_data import CommitteeData, limits, read_committees, short_day
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.sessions import read_works
from smartdash.figures.tables import capital
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range, days
from smartdash.store import Reader

_DRAWN = 20
_PAPER_FIRST = frozenset({ConflictKind.BASIS_LATE, ConflictKind.NOT_SUBMITTED, ConflictKind.ORDER})


@figure("committees.conflicts", page="committees", needs=("paper",))
def committee_conflicts(reader: Reader, say: Words) -> Draft:
    """Each date that a decision or a paper cannot keep, the most severe first."""
    lang = say.lang
    data, works = read_committees(reader), read_works(reader)
    found = conflicts(works, data.standings, data.sessions, data.committees, data.as_of, complete=not data.public)
    drawn = [_drawn(item, say) for item in found[:_DRAWN]]
    span = span_of((moment for row in drawn for moment in (row.needed, row.found)), data.as_of)
    message, stand = _message(found, data, works, say), say("committees.as_of", day=day(data.as_of, lang))
    return Draft(
        message=message,
        columns=(
            TableColumn("status", say("committees.weight"), "status"),
            TableColumn("kind", say("committees.conflict")),
            TableColumn("work", say("committees.work")),
            TableColumn("paper", say("committees.paper")),
            TableColumn("committee", say("committees.committee")),
            TableColumn("session", say("committees.date"), "day"),
            TableColumn("needed", say("committees.needed"), "day"),
            TableColumn("found", say("committees.found"), "day"),
            TableColumn("days", say("committees.days_late"), "whole", "d"),
            TableColumn("reachable", say("committees.reachable"), "day"),
            TableColumn("sentence", say("committees.sentence")),
        ),
        rows=tuple(_row(item, say) for item in found),
        unit=say("committees.conflicts_unit") if found else "",
        chart=(lambda tokens: conflicts_chart(drawn, span, data.as_of, stand, tokens)) if span else None,
        alt=_alt(drawn, span, message, say),
        note=" ".join(text for text in (_linked(data, works, say), limits(data, span, say)) if text),
    )


def _alt(drawn: Sequence[ConflictRow], span: Span | None, message: str, say: Words) -> str:
    if span is None:
        return ""
    return say(
        "committees.conflicts_alt", n=len(drawn), span=day_range(span.first, span.end, say.lang), message=message
    )


def _row(item: Conflict, say: Words) -> Row:
    step = item.step
    return (
        item.status.value,
        say(f"committees.conflict_{item.kind}"),
        item.work.title if item.work else None,
        item.standing.paper.title,
        step.committee.title if step else None,
        step.session.held_on if step else None,
        item.needed,
        item.found,
        item.days,
        item.reachable.held_on if item.reachable else None,
        _sentence(item, say),
    )


def _drawn(item: Conflict, say: Words) -> ConflictRow:
    step, kind = item.step, say(f"committees.conflict_{item.kind}")
    subject = item.standing.paper.title if item.kind in _PAPER_FIRST or item.work is None else item.work.title
    late = say("committees.plus_days", n=item.days) if item.days else say(f"status.{item.status.value}")
    ends = [short_day(moment, say) for moment in sorted({item.needed, item.found} - {None}, key=str)]
    return ConflictRow(
        title=subject,
        reason=capital(say("committees.reason", conflict=kind, committee=step.committee.title) if step else kind),
        note=f"{STATUS_SIGNS[item.status.value]} {late}",
        status=item.status.value,
        needed=item.needed,
        found=item.found,
        text=" → ".join(ends),
        details={
            say("committees.conflict"): kind,
            say("committees.work"): item.work.title if item.work else EMPTY,
            say("committees.paper"): item.standing.paper.title,
            say("committees.committee"): step.committee.title if step else EMPTY,
            say("committees.needed"): day(item.needed, say.lang),
            say("committees.found"): day(item.found, say.lang),
            say("committees.days_late"): days(item.days, say.lang),
            say("committees.reachable"): day(item.reachable.held_on if item.reachable else None, say.lang),
        },
    )


def _sentence(item: Conflict, say: Words) -> str:
    """What conflicts, with both dates, and what could still be reached."""
    step = item.step
    sentence = say(
        f"committees.says_{item.kind}",
        work=item.work.title if item.work else EMPTY,
        paper=item.standing.paper.title,
        committee=step.committee.title if step else EMPTY,
        session=day(step.session.held_on if step else None, say.lang),
        needed=day(item.needed, say.lang),
        found=day(item.found, say.lang),
        days=say("committees.by_days", n=item.days or 0),
    )
    if item.kind not in (ConflictKind.BASIS_LATE, ConflictKind.NOT_SUBMITTED):
        return sentence
    if item.reachable is None:
        return f"{sentence} {say('committees.nothing_reachable')}"
    return f"{sentence} {say('committees.still_reachable', day=day(item.reachable.held_on, say.lang))}"


def _message(found: Sequence[Conflict], data: CommitteeData, works: Sequence[Work], say: Words) -> str:
    if found:
        sentence = _sentence(found[0], say)
        more = len(found) - 1
        return f"{sentence} {say('committees.more_conflicts', n=more)}" if more else sentence
    if not _links(data, works):
        return say("committees.no_links")
    return say("committees.no_conflict" if _dated(data, works) else "committees.links_undated")


def _dated(data: CommitteeData, works: Sequence[Work]) -> bool:
    """Whether any paper that is linked to the schedule has a session or a result; without them nothing can clash."""
    known, needed = {work.key for work in works}, {work.decision for work in works}
    linked = [item for item in data.standings if item.paper.basis in known or item.paper.key in needed]
    return any(item.steps or item.state in CLOSED for item in linked)


def _links(data: CommitteeData, works: Sequence[Work]) -> int:
    known, papers = {work.key for work in works}, {item.paper.key for item in data.standings}
    decisions = sum(work.decision in papers for work in works)
    return decisions + sum(item.paper.basis in known for item in data.standings)


def _linked(data: CommitteeData, works: Sequence[Work], say: Words) -> str:
    """How much could be compared at all."""
    count = _links(data, works)
    return say("committees.links_compared", n=count) if count else ""
