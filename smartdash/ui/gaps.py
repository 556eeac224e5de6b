"""Closing gaps where they are listed: choose a kind and a gap, fill in what is missing, store it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.gaps import Gap, GapKind, active_elements
from smartdash.figures.gaps import gap_name, read_gaps
from smartdash.model.shared import Source, Unit
from smartdash.model.workshops import Link, StateChange, StrategyElement
from smartdash.store import Audience, Scope
from smartdash.ui import opened
from smartdash.ui.capture_reading import shortened
from smartdash.ui.gap_forms import FORMS, Stock
from smartdash.ui.markdown import plain
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, refuse, show_done, sign, write

_KIND = "gaps_kind"
_READINGS = 20


def close_gaps(view: View) -> None:
    """The form that closes the chosen gap; the public sees none."""
    if view.programme is None or view.audience is Audience.PUBLIC:
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    stock, found = _read(opened.store().stamp(), view.scope())
    kinds = list(dict.fromkeys(gap.kind for gap in found))
    if not kinds:
        return
    say = view.say
    st.markdown(f"### {say('closing.title')}")
    if st.session_state.get(_KIND) not in kinds:
        st.session_state[_KIND] = kinds[0]
    counts = {kind: sum(gap.kind is kind for gap in found) for kind in kinds}
    kind = st.selectbox(
        say("closing.kind"),
        kinds,
        key=_KIND,
        format_func=lambda item: f"{gap_name(item, say)} ({counts[item]})",
        placeholder=say("ui.choose"),
    )
    _close(view, stock, kind, [gap for gap in found if gap.kind is kind])


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope) -> tuple[Stock, list[Gap]]:
    with opened.store().read(scope) as reader:
        elements = active_elements(reader.all(StrategyElement), reader.all(StateChange), reader.all(Link))
        units, sources = reader.all(Unit), reader.all(Source)
        revision, found = reader.scope.revision or 0, read_gaps(reader)
    return Stock(revision, elements, units, sources), found


def _close(view: View, stock: Stock, kind: GapKind, found: Sequence[Gap]) -> None:
    """Choose a gap of one kind, or several to answer at once, and fill in what is missing."""
    say = view.say
    titles = {gap.key: f"{gap.key} · {shortened(gap.title)}" for gap in found}
    key = fresh(f"gaps_{kind.value}")
    if kind is GapKind.CONTRIBUTION_WITHOUT_ANSWER:
        chosen = st.multiselect(
            say("closing.contributions"),
            list(titles),
            default=list(titles)[:1],
            format_func=lambda item: titles[item],
            key=key,
            placeholder=say("ui.choose"),
        )
    else:
        one = st.selectbox(
            say("closing.gap"),
            list(titles),
            format_func=lambda item: titles[item],
            key=key,
            placeholder=say("ui.choose"),
        )
        chosen = [one]
    gaps = [gap for gap in found if gap.key in chosen]
    if not gaps:
        return
    if len(gaps) == 1:
        st.markdown(f"> {plain(gaps[0].title)}")
    with st.form(fresh(f"gaps_form_{kind.value}_{gaps[0].key}"), border=False):
        make = FORMS[kind](view, stock, gaps)
        signature = sign(view, f"gaps_{kind.value}", say("closing.reason", name=gap_name(kind, say)))
        stored = st.form_submit_button(say("closing.store"), type="primary")
    if not stored:
        return
    try:
        records = make()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    write(view, records, signature, based_on=stock.revision, done=say("closing.done", n=len(gaps)))
