"""What is known of an objective before it is judged: its key results with check-ins, forecast and impediments."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from smartdash.analysis.okr import KeyResultStanding
from smartdash.charts.key_results import key_result_tree
from smartdash.charts.theme import screen_spec
from smartdash.charts.tokens import Mode, tokens
from smartdash.figures.headings import heading
from smartdash.figures.key_result_tree import result_row
from smartdash.locale import Language, Words, words
from smartdash.locale.numbers import EMPTY, day, number, percent
from smartdash.model.check_ins import CheckIn
from smartdash.model.okr import KeyResult, KeyResultKind
from smartdash.ui.conference_reading import Room, read_room
from smartdash.ui.markdown import plain
from smartdash.ui.view import View

_CHARTS = 100
_LAST = 3
"""So many check-ins tell how a key result went on lately."""


def show_evidence(view: View, room: Room, objective: str) -> None:
    """A bullet bar per key result, then the numbers, last check-ins and open impediments of each."""
    say, standings = view.say, room.of_objective(objective)
    if not standings:
        st.info(say("live.no_key_results"), icon=":material/info:")
        return
    spec = _chart(
        read_room(view, room.conference).revision, room.scope.programme, objective, view.lang, view.mode, standings
    )
    st.vega_lite_chart(spec, theme=None, width="stretch", alt=say("live.chart_alt", n=len(standings)))
    for one in standings:
        with st.expander(plain(one.key_result.title), icon=":material/query_stats:"):
            _details(room, one, say)


def _details(room: Room, one: KeyResultStanding, say: Words) -> None:
    report = one.check_in
    facts = {
        say("okr.progress"): percent(one.progress, say.lang, 0),
        say("okr.expected"): percent(one.expected, say.lang, 0),
        heading(CheckIn, "confidence", say): number(report.confidence, say.lang) if report else EMPTY,
        heading(CheckIn, "forecast", say): measured(one.key_result, report.forecast if report else None, say),
    }
    st.markdown(" · ".join(f"{plain(label)} **{plain(value)}**" for label, value in facts.items()))
    lines = [
        f"- {plain(_report(one.key_result, item, say))}"
        for item in sorted(
            (item for item in room.check_ins if item.key_result == one.key_result.key),
            key=lambda item: (item.reported_on, item.key),
            reverse=True,
        )[:_LAST]
    ]
    st.markdown("\n".join(lines) if lines else say("live.no_check_ins"))
    blocking = [item for item in room.impediments if item.open and one.key_result.key in item.blocks]
    for item in blocking:
        st.markdown(f":red-badge[:material/block: {say('live.blocked')}] {plain(item.impediment.title)}")


def measured(key_result: KeyResult, value: Any, say: Words) -> str:
    """A value in the unit of its key result; milestones and zones count in per cent."""
    if value is None:
        return EMPTY
    in_per_cent = key_result.kind in (KeyResultKind.MILESTONES, KeyResultKind.ZONES)
    return f"{number(value, say.lang)} {'%' if in_per_cent else key_result.measured_in or ''}".strip()


def _report(key_result: KeyResult, report: CheckIn, say: Words) -> str:
    value = report.zone.label(say.lang) if report.zone else measured(key_result, report.value, say)
    confidence = number(report.confidence, say.lang) if report.confidence is not None else EMPTY
    text = say("live.report", day=day(report.reported_on, say.lang), value=value, confidence=confidence)
    return f"{text} {report.comment}" if report.comment else text


@st.cache_resource(max_entries=_CHARTS, show_spinner=False)
def _chart(
    revision: int, programme: str, objective: str, lang: Language, mode: Mode, _standings: list[KeyResultStanding]
) -> dict[str, Any]:
    colours, say = tokens(mode), words(lang)
    tooltips = [
        ("label", heading(KeyResult, "title", say)),
        ("status_text", say("okr.status")),
        ("why", say("okr.why")),
    ]
    rows = [result_row(one, say) for one in _standings]
    chart = key_result_tree(rows, heading(CheckIn, "confidence", say), colours, tooltips)
    spec = screen_spec(chart, colours, lang)
    if "datasets" in spec:
        spec["datasets"] = {name: convert_anything_to_arrow_bytes(rows) for name, rows in spec["datasets"].items()}
    return spec
