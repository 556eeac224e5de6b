"""Where each paper stands on its way through the committees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from smartdash.analysis.committees import CLOSED, PaperStanding, PaperState, Step
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.committee_data import limits, read_committees, result_text
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, days
from smartdash.model.committees import Paper
from smartdash.store import Reader

_STAGES = (PaperState.IN_PREPARATION, PaperState.SUBMITTED, PaperState.IN_CONSULTATION)
_PARTS = len(_STAGES) + 1


@figure("committees.papers", page="committees", needs=("paper",), options=("state",))
def papers(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Each paper with its state, its next step, and how it ended; the open ones first."""
    lang = say.lang
    found = read_committees(reader)
    words = {"all": say("committees.papers_all"), "open": say("committees.papers_open")}
    option = choice("state", say("committees.state"), {**words, "closed": say("committees.papers_closed")}, chosen)
    kept = [item for item in found.standings if option.chosen in ("all", _side(item))]
    kept.sort(key=_order)
    message, public = _message(kept, found.public, say), found.public
    return Draft(
        message=message,
        columns=(
            column(Paper, "title", lang),
            column(Paper, "number", lang),
            column(Paper, "kind", lang),
            column(Paper, "submitted_on", lang, "day"),
            TableColumn("state", say("committees.state")),
            TableColumn("next_committee", say("committees.next_committee")),
            TableColumn("next_on", say("committees.next_on"), "day"),
            TableColumn("decided_on", say("committees.decided_on"), "day"),
            TableColumn("outcome", say("committees.outcome")),
            TableColumn("days", say("committees.days_in_consultation"), "whole", "d"),
            column(Paper, "url", lang),
        ),
        rows=tuple(_row(item, public, say) for item in kept),
        unit=say("committees.papers_unit"),
        chart=(lambda tokens: bar_chart([_bar(item, found.public, tokens, say) for item in kept], tokens))
        if kept
        else None,
        alt=say("committees.papers_alt", n=len(kept), message=message) if kept else "",
        note=" ".join(text for text in (_dated(kept, say), limits(found, None, say)) if text),
        options=(option,),
    )


def _side(item: PaperStanding) -> str:
    return "closed" if item.state in CLOSED else "open"


def _order(item: PaperStanding) -> tuple[bool, int, str]:
    """Open papers by their next session, then closed ones, the newest first."""
    if item.state in CLOSED:
        return True, -_ended(item).toordinal(), item.paper.key
    return False, (item.following.session.held_on if item.following else date.max).toordinal(), item.paper.key


def _ended(item: PaperStanding) -> date:
    return item.paper.withdrawn_on or (item.closing.session.held_on if item.closing else date.min)


def _state(item: PaperStanding, public: bool, say: Words) -> str:
    """The state in a word; where closed consultations are hidden, nobody can tell that nothing came after."""
    if public and item.state is PaperState.IN_CONSULTATION and item.following is None:
        return say("committees.debated_in_public")
    return say(f"committees.state_{item.state}")


def _row(item: PaperStanding, public: bool, say: Words) -> Row:
    paper, following, closing = item.paper, item.following, item.closing
    return (
        paper.title,
        paper.number,
        paper.kind.label(say.lang),
        item.submitted,
        _state(item, public, say),
        following.committee.title if following else None,
        following.session.held_on if following else None,
        paper.withdrawn_on or (closing.session.held_on if closing else None),
        result_text(closing or _last(item), say),
        item.days,
        paper.url,
    )


def _last(item: PaperStanding) -> Step | None:
    return next((step for step in reversed(item.steps) if step.answered), None)


def _bar(item: PaperStanding, public: bool, tokens: Tokens, say: Words) -> Bar:
    reached = _PARTS if item.state in CLOSED else _STAGES.index(item.state) + 1
    stopped = item.state in (PaperState.REJECTED, PaperState.WITHDRAWN)
    fill = tokens.idle_tint if stopped else tokens.actual_fill
    following = item.following
    return Bar(
        label=item.paper.title,
        parts=tuple(Part(1, fill if place < reached else "") for place in range(_PARTS)),
        value=_state(item, public, say),
        details={
            say("committees.paper"): item.paper.title,
            say("committees.state"): _state(item, public, say),
            say("committees.submitted"): day(item.submitted, say.lang),
            say("committees.next_committee"): following.committee.title if following else EMPTY,
            say("committees.next_on"): day(following.session.held_on if following else None, say.lang),
            say("committees.outcome"): result_text(item.closing or _last(item), say) or EMPTY,
            say("committees.days_in_consultation"): days(item.days, say.lang),
        },
    )


def _dated(kept: Sequence[PaperStanding], say: Words) -> str:
    """The paper's own date stands for the day it was handed in where that is not known."""
    own = sum(item.paper.submitted_on is None and item.submitted is not None for item in kept)
    return say("committees.own_date", n=own) if own else ""


def _message(kept: Sequence[PaperStanding], public: bool, say: Words) -> str:
    if not kept:
        return say("committees.papers_none")
    still = [item for item in kept if item.state not in CLOSED]
    if not still:
        return _all_closed(kept, say)
    if public:
        return _public_message(still, len(kept), say)
    only, total = len(kept) == 1, str(len(kept))
    following = still[0].following
    if following:
        sentence = say(
            "committees.papers_only_next" if only else "committees.papers_next",
            n=len(still),
            all=total,
            committee=following.committee.title,
            day=day(following.session.held_on, say.lang),
            title=still[0].paper.title,
        )
    else:
        message = "committees.papers_only_open" if only else "committees.papers_still_open"
        sentence = say(message, n=len(still), all=total)
    unanswered = sum(_unanswered(item) for item in still)
    return f"{sentence} {say('committees.papers_unanswered', n=unanswered)}" if unanswered else sentence


def _unanswered(item: PaperStanding) -> bool:
    """Whether all its sessions have passed, though the last word is not recorded."""
    held = [step for step in item.steps if step.passed]
    return item.state is PaperState.IN_CONSULTATION and item.following is None and not held[-1].put_off


def _public_message(still: Sequence[PaperStanding], total: int, say: Words) -> str:
    """What is to come in public; what else there is, the public cannot see."""
    following = still[0].following
    if following is None:
        return say("committees.papers_public_none", n=total)
    return say(
        "committees.papers_public_next",
        n=sum(item.following is not None for item in still),
        all=str(total),
        committee=following.committee.title,
        day=day(following.session.held_on, say.lang),
        title=still[0].paper.title,
    )


def _all_closed(kept: Sequence[PaperStanding], say: Words) -> str:
    counts = Counter(item.state for item in kept)
    ends = ", ".join(
        say("committees.count_of_state", n=counts[state], state=say(f"committees.state_{state}"))
        for state in PaperState
        if counts[state]
    )
    return say("committees.papers_done", n=len(kept), ends=ends)
