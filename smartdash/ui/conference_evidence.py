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
from smartdash.figures.okr_words import in_unit, reached_text
from smartdash.locale import Language, Words, words
from smartdash.locale.numbers import EMPTY, day, number, percent
from smartdash.model.check_ins import CheckIn
from smartdash.model.okr import KeyResult
from smartdash.ui.conference_reading import Room, read_room
from smartdash.ui.markdown import plain
from smartdash.ui.view import View

_CHARTS = 100
_LAST = 3
"""So many check-ins tell how a key result went on lately."""


def show_evidence(view: View, room: Room, objective: str) -> None:
    """Each key result of an objective on its own: its bar beside its check-ins, forecast and open impediments."""
    say, standings = view.say, room.of_objective(objective)
    if not standings:
        st.info(say("live.no_key_results"), icon=":material/info:")
        return
    revision = read_room(view, room.conference).revision
    for one in standings:
        with st.container(key=f"evidence_{one.key_result.key}", gap="xsmall"):
            st.markdown(f"#### {plain(one.key_result.title)}")
            left, right = st.columns([3, 2])
            with left:
                st.vega_lite_chart(
                    _chart(revision, room.scope.programme, one.key_result.key, view.lang, view.mode, one),
                    theme=None,
                    width="stretch",
                    alt=_alt(one, say),
                )
            with right:
                _details(room, one, say)


def _details(room: Room, one: KeyResultStanding, say: Words) -> None:
    result, report = one.key_result, one.check_in
    lines = [_report(result, item, say) for item in _last_reports(room, one)] or [say("live.no_check_ins")]
    if report and report.forecast is not None:
        forecast = in_unit(report.forecast, result, say)
        lines.append(f"{plain(heading(CheckIn, 'forecast', say))} **{plain(forecast)}**")
    if report and report.comment:
        lines.append(f"*{plain(report.comment)}*")
    lines += [
        f":red-badge[:material/block: {say('live.blocked')}] {plain(item.impediment.title)}"
        for item in room.impediments
        if item.open and result.key in item.blocks
    ]
    st.markdown("  \n".join(lines))


def _last_reports(room: Room, one: KeyResultStanding) -> list[CheckIn]:
    own = [item for item in room.check_ins if item.key_result == one.key_result.key]
    return sorted(own, key=lambda item: (item.reported_on, item.number or 1), reverse=True)[:_LAST]


def _report(key_result: KeyResult, report: CheckIn, say: Words) -> str:
    """The day, value and confidence of a check-in; key results by milestones report no value."""
    on, confidence = day(report.reported_on, say.lang), number(report.confidence, say.lang)
    value = report.zone.label(say.lang) if report.zone else in_unit(report.value, key_result, say)
    if value == EMPTY:
        return say("live.report_confidence", day=on, confidence=confidence)
    return say("live.report", day=on, value=plain(value), confidence=confidence)


def _alt(one: KeyResultStanding, say: Words) -> str:
    expected = percent(one.expected, say.lang, 0)
    return say("live.chart_alt", title=one.key_result.title, progress=reached_text(one, say), expected=expected)


@st.cache_resource(max_entries=_CHARTS, show_spinner=False)
def _chart(
    revision: int, programme: str, key_result: str, lang: Language, mode: Mode, _standing: KeyResultStanding
) -> dict[str, Any]:
    colours, say = tokens(mode), words(lang)
    tooltips = [
        ("title", heading(KeyResult, "title", say)),
        ("status_text", say("okr.status")),
        ("why", say("okr.why")),
    ]
    row = result_row(_standing, say)
    # The title stands above the chart, where it has room for a second line.
    kind = [item.label(lang) for item in (_standing.key_result.commitment, _standing.key_result.timing) if item]
    row |= {"title": row["label"], "label": row["way"], "tags": " · ".join(kind)}
    spec = screen_spec(key_result_tree([row], "", colours, tooltips), colours, lang)
    if "datasets" in spec:
        spec["datasets"] = {name: convert_anything_to_arrow_bytes(rows) for name, rows in spec["datasets"].items()}
    return spec
