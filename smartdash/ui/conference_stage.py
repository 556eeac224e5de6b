"""What everybody in a conference sees: the item that is on, its clock, the way through the agenda, what was stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import streamlit as st

from smartdash.analysis.conferences import clock
from smartdash.charts.tokens import tokens
from smartdash.locale import Words
from smartdash.locale.numbers import day, number
from smartdash.model.conferences import AgendaItem, AgendaKind
from smartdash.ui.conference_evidence import show_evidence
from smartdash.ui.conference_figures import show_figures
from smartdash.ui.conference_reading import Room, item_title
from smartdash.ui.markdown import plain
from smartdash.ui.style import show_clock
from smartdash.ui.view import View


def show_stage(view: View, room: Room) -> None:
    """The head of the run: where the conference is, how long it has for it, and what comes next."""
    say, item = view.say, room.current
    if room.conference.closed_on:
        st.success(say("live.closed", day=day(room.conference.closed_on, view.lang)), icon=":material/check_circle:")
    done = sum(one.done for one in room.agenda)
    with st.container(border=True, key="conference_stage"):
        left, right = st.columns([3, 1], vertical_alignment="center")
        with left:
            if item is None:
                st.markdown(f"## {say('live.between')}")
            else:
                place = room.agenda.index(item) + 1
                st.caption(
                    say("live.place", place=str(place), total=str(len(room.agenda)), kind=item.kind.label(view.lang))
                )
                st.markdown(f"## {plain(item_title(item, room, say))}")
        if item is not None:
            with right:
                show_clock(clock(room.agenda, datetime.now().time()).remaining, True, say, tokens(view.mode))
        following = room.next_after(item)
        progress = say("live.progress", n=done, total=number(len(room.agenda), view.lang))
        ahead = say("live.next", title=item_title(following, room, say)) if following else say("live.nothing_next")
        st.progress(done / len(room.agenda) if room.agenda else 0.0, text=plain(f"{progress} {ahead}"))


def show_item(view: View, room: Room, item: AgendaItem) -> None:
    """The evidence of an item and everything that was stored about it."""
    if item.kind is AgendaKind.OBJECTIVE and item.objective:
        show_evidence(view, room, item.objective)
        show_judgements(view, room, item.objective)
    if item.kind is AgendaKind.LAST_TIME:
        show_figures(view, room, ("conference.last_time",))
    if item.kind is AgendaKind.IMPEDIMENTS:
        show_figures(view, room, ("impediments.red_list",))
    show_stored(view, room, about_of(room, item))
    if item.notes:
        st.markdown(f"**{view.say('live.notes')}** {plain(item.notes)}")


def about_of(room: Room, item: AgendaItem) -> Collection[str | None]:
    """The keys that an item is about: its objective with its key results, else all that belongs to no objective."""
    if item.kind is AgendaKind.OBJECTIVE and item.objective:
        return {item.objective, *(one.key_result.key for one in room.of_objective(item.objective))}
    owned = {one.objective.key for one in room.standings} | {one.key_result.key for one in room.standings}
    stored = {one.about for one in room.decisions} | {one.about for one in room.assignments}
    return {None, *(stored - owned)}


def show_judgements(view: View, room: Room, objective: str) -> None:
    """The scores of an objective's key results and what becomes of it, as far as they are stored."""
    say = view.say
    lines = [
        f"- **{number(score.value, view.lang)}** {plain(one.key_result.title)}"
        + (f" · {plain(score.cause.label(view.lang))}" if score.cause else "")
        + (f" · {plain(score.reason)}" if score.reason else "")
        for one in room.of_objective(objective)
        if (score := room.scores.get(one.key_result.key))
    ]
    if lines:
        st.markdown(f"#### {say('live.scores')}\n" + "\n".join(lines))
    if review := room.reviews.get(objective):
        reason = f" – {plain(review.reason)}" if review.reason else ""
        st.markdown(f"#### {say('live.review')}: {plain(review.outcome.label(view.lang))}{reason}")


def show_stored(view: View, room: Room, about: Collection[str | None]) -> None:
    """Decisions, assignments, impediments and parked topics that were stored about the given keys."""
    say = view.say
    blocks = {
        "live.decisions": [plain(one.text) for one in room.decisions if one.about in about],
        "live.assignments": [
            f"{plain(one.text)} · **{plain(one.role)}**, {say('live.until', day=day(one.due, view.lang))}"
            for one in room.assignments
            if one.about in about
        ],
        "live.raised": _raised(room, about, say),
        "live.parked": [plain(one.text) for one in room.parked] if None in about else [],
    }
    for title, lines in blocks.items():
        if lines:
            st.markdown(f"#### {say(title)}\n" + "\n".join(f"- {line}" for line in lines))


def _raised(room: Room, about: Collection[str | None], say: Words) -> list[str]:
    """The impediments of the conference's day."""
    return [
        plain(f"{one.impediment.title} ({one.impediment.kind.label(say.lang)})")
        for one in room.impediments
        if one.impediment.raised_on == room.conference.held_on
        and (about & set(one.blocks) or (not one.blocks and None in about))  # type: ignore[operator]
    ]
