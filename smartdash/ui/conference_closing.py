"""The end of a conference: what is still open, what goes into the next cycle, and closing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from smartdash.analysis.carry_over import Stock, is_reached, next_cycle, prepare
from smartdash.analysis.conference_points import open_points
from smartdash.figures.standings import read_key_results
from smartdash.locale.numbers import day
from smartdash.model.check_ins import Review, ReviewOutcome
from smartdash.model.conferences import ConferenceKind
from smartdash.model.declare import Record
from smartdash.model.okr import Alignment, ContributingUnit, Cycle, Objective
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.capture_reading import shortened
from smartdash.ui.conference_writing import Table, store_entry
from smartdash.ui.markdown import plain

_STOCKS = 10
_KEYED = ("cycle", "objective", "key_result", "key_result_milestone")


def close_up(table: Table) -> None:
    """What is missing, the next cycle after a preview, and the button that closes the conference."""
    say, room = table.view.say, table.room
    results = [one.key_result for one in room.standings]
    points = open_points(
        room.conference, list(room.objectives.values()), results, room.scores.values(), room.reviews.values()
    )
    st.markdown(f"### {say('live.open_points')}")
    for point in points:
        st.markdown(f"- {say(f'live.lacking_{point.lacking}')} {plain(point.subject.title)}")
    if not points:
        st.markdown(f"✓ {say('live.nothing_open')}")
    if room.conference.kind is ConferenceKind.REVIEW:
        _carry_over(table, complete=not points)
    if room.conference.closed_on is None:
        reason = say("live.reason_close", title=room.conference.title)
        if st.button(say("live.close"), key="conference_close", type="primary", icon=":material/check_circle:"):
            closed = room.conference.model_copy(update={"closed_on": room.conference.held_on})
            store_entry(table, [closed], reason)


def _carry_over(table: Table, *, complete: bool) -> None:
    """What preparing the next cycle would create, and the button that does it."""
    say, room = table.view.say, table.room
    stock = _stock(opened.store().stamp(), room.scope)
    following = next_cycle(room.conference, stock.cycles, stock.taken["cycle"])
    st.markdown(f"### {say('live.next_cycle', cycle=plain(following.title))}")
    going = {item.objective for item in stock.reviews if item.outcome is not ReviewOutcome.END}
    results = {
        one.key_result.key: one
        for one in stock.standings
        if one.cycle.key == room.cycle.key and one.objective.key in going
    }
    chosen = st.multiselect(
        say("live.going_on"),
        list(results),
        default=[key for key, one in results.items() if not is_reached(one)],
        key=f"conference_going_{room.conference.key}_{len(results)}",
        format_func=lambda key: shortened(results[key].key_result.title),
        placeholder=say("ui.choose"),
        help=say("live.going_on_help"),
    )
    records = prepare(stock, room.conference, room.scope.as_of, complete=complete, chosen=chosen)
    if not records:
        st.markdown(f"✓ {say('live.nothing_to_prepare')}")
        return
    _preview(table, records)
    if st.button(say("live.prepare", n=len(records)), key="conference_prepare", icon=":material/forward:"):
        store_entry(table, records, say("live.reason_prepare", cycle=following.title))


def _preview(table: Table, records: Sequence[Record]) -> None:
    say = table.view.say
    titles = {one.key_result.key: one.key_result.title for one in table.room.standings}
    titles |= {key: one.title for key, one in table.room.objectives.items()}
    rows = []
    for record in records:
        values = dict(record)
        title = values.get("title") or record.key
        if isinstance(record, Cycle):
            title = (
                f"{title} ({day(record.start, say.lang)} – {day(record.end, say.lang)}, {record.state.label(say.lang)})"
            )
        rows.append((record.sheet.label(say.lang), title, titles.get(values.get("predecessor") or "", "")))
    names = [say("live.preview_what"), say("live.preview_title"), say("live.preview_from")]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, alt=say("live.preview_alt"))


@st.cache_resource(max_entries=_STOCKS, show_spinner=False)
def _stock(stamp: tuple[int, ...], scope: Scope) -> Stock:
    taken = {name: opened.store().keys(scope.programme, name, retired=True) for name in _KEYED}
    with opened.store().read(scope) as reader:
        return Stock(
            cycles=reader.all(Cycle),
            objectives=reader.all(Objective),
            standings=read_key_results(reader),
            reviews=reader.all(Review),
            units=reader.all(ContributingUnit),
            alignments=reader.all(Alignment),
            taken=taken,
        )
