"""The moderated meeting: one point of the agenda after the other, what the raters say to it, and what is agreed on."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import streamlit as st

from smartdash.analysis.moderation import RatedCriterion
from smartdash.analysis.survey_questions import level_names
from smartdash.figures.rater_strip import rated_state
from smartdash.figures.surveys import title
from smartdash.locale.numbers import number
from smartdash.ui.markdown import plain
from smartdash.ui.moderation_consensus import settle
from smartdash.ui.moderation_reading import FIGURE, Meeting, read_meeting, read_words
from smartdash.ui.show import show
from smartdash.ui.view import View
from smartdash.ui.writing import hindrance, show_done

_AT = "moderation_at"
_WIDGET = "moderation_point"


def moderation(view: View) -> None:
    """Where the raters' answers lie, and, for the unit that moderates the wave, the points to settle one by one."""
    show_done()
    show(view, FIGURE)
    meeting = read_meeting(view)
    if meeting is None or not meeting.agenda:
        return
    with st.container(border=True, key="moderation"):
        st.markdown(f"### {view.say('moderation.settle')}")
        item = _choose_point(view, meeting)
        _answers(view, meeting, item)
        if reason := hindrance(view):
            st.info(reason, icon=":material/info:")
        else:
            settle(view, meeting, item)


def _choose_point(view: View, meeting: Meeting) -> RatedCriterion:
    """A point of the agenda; what has been settled moves down the agenda and stays chosen."""
    points = {_key(item): item for item in meeting.agenda}
    keys = list(points)
    if st.session_state.get(_AT) not in points:
        st.session_state[_AT] = keys[0]
    at = st.session_state[_WIDGET] = st.session_state[_AT]
    st.selectbox(
        view.say("moderation.point"),
        keys,
        format_func=lambda key: _label(view, meeting, points[key]),
        key=_WIDGET,
        on_change=lambda: _go(st.session_state[_WIDGET]),
        placeholder=view.say("ui.choose"),
    )
    place = keys.index(at)
    with st.container(horizontal=True):
        for message, icon, other in (
            ("moderation.previous", ":material/arrow_back:", place - 1),
            ("moderation.next", ":material/arrow_forward:", place + 1),
        ):
            there = 0 <= other < len(keys)
            st.button(
                view.say(message), icon=icon, disabled=not there, on_click=_go, args=(keys[other] if there else at,)
            )
    return points[at]


def _key(item: RatedCriterion) -> str:
    return f"{item.unit} {item.criterion.key}"


def _label(view: View, meeting: Meeting, item: RatedCriterion) -> str:
    unit = meeting.units.get(item.unit, item.unit)
    return f"{rated_state(item, view.say)} · {unit} · {title(item.criterion, view.say)}"


def _go(point: str) -> None:
    st.session_state[_AT] = point


def _answers(view: View, meeting: Meeting, item: RatedCriterion) -> None:
    """How many say what to the criterion, level by level, and what they write; never who."""
    say, question = view.say, meeting.questions[item.criterion.key]
    unit = meeting.units.get(item.unit, item.unit)
    st.markdown(f"#### {plain(f'{unit}: {title(item.criterion, say)}')}")
    names = {Decimal(level): name for level, name in level_names(meeting.model, question, view.lang).items()}
    said = [
        say("moderation.say_level", n=count, level=names.get(level) or say("moderation.say_between", level=shown))
        for level, count in sorted(Counter(item.levels).items())
        for shown in [number(level.quantize(Decimal("0.01")), view.lang)]
    ]
    if item.not_applicable:
        said.append(say("moderation.say_not_applicable", n=item.not_applicable))
    if item.do_not_know:
        said.append(say("moderation.say_do_not_know", n=item.do_not_know))
    st.markdown("\n".join(f"- {plain(text)}" for text in said))
    words = read_words(view, meeting, item)
    if words:
        with st.expander(say("moderation.words", n=len(words)), key=f"moderation_words_{_key(item)}"):
            lines = (" · ".join(text for text in parts if text) for parts in words)
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))
