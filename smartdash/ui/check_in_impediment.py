"""What a low confidence asks for: an impediment that is open already, or a new one."""

from __future__ import annotations

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.okr import KeyResultStanding
from smartdash.model.declare import Record
from smartdash.model.impediments import Blockage, Impediment
from smartdash.ui.capture_reading import shortened
from smartdash.ui.impediment_form import ask_impediment
from smartdash.ui.impediment_reading import read_stock
from smartdash.ui.markdown import plain
from smartdash.ui.questions import Make, choose_one, new_record
from smartdash.ui.view import View
from smartdash.ui.writing import fresh


def ask_what_blocks(view: View, item: KeyResultStanding, name: str) -> Make:
    """Ask which impediment stands behind a low confidence.

    Returns:
        Makes the new impediment, or the blockage where an open one did not block this key result yet. It raises Refusal
        where none is chosen, or the new one lacks its next step or due date.
    """
    say, result = view.say, item.key_result
    unsolved = [standing for standing in read_stock(view).standings if standing.open]
    blocking = {standing.impediment.key for standing in unsolved if result.key in standing.blocks}
    with st.container(border=True):
        st.markdown(say("check_in.what_blocks"))
        new = not unsolved
        if unsolved:
            how = st.segmented_control(
                say("check_in.impediment_how"),
                ["open", "new"],
                default="open" if blocking else "new",
                required=True,
                format_func=lambda one: say(f"check_in.impediment_{one}"),
                key=fresh(f"{name}_how"),
            )
            new = how == "new"
        if new:
            return _new(view, item, name)
        ordered = sorted(unsolved, key=lambda standing: standing.impediment.key not in blocking)
        titles = {
            standing.impediment.key: say("check_in.blocks_already", title=shortened(standing.impediment.title))
            if standing.impediment.key in blocking
            else shortened(standing.impediment.title)
            for standing in ordered
        }
        chosen = choose_one(view, Impediment.sheet.label(view.lang), titles, f"{name}_impediment", "ui.choose")

    def make() -> list[Record]:
        if chosen is None:
            raise Refusal("check_in.impediment_needed")
        if chosen in blocking:
            return []
        return [Blockage(**new_record(view), impediment=chosen, subject=result.key)]

    return make


def _new(view: View, item: KeyResultStanding, name: str) -> Make:
    if item.owner_role:
        st.caption(plain(view.say("check_in.impediment_owner", role=item.owner_role)))
    raise_it = ask_impediment(view, f"{name}_new", item.key_result.key)

    def make() -> list[Record]:
        records = raise_it()
        impediment = next(record for record in records if isinstance(record, Impediment))
        if not (impediment.next_step and impediment.due):
            raise Refusal("check_in.step_needed")
        owner = impediment.owner_role or item.owner_role
        if not owner:
            raise Refusal("check_in.owner_needed")
        owned = impediment.model_copy(update={"owner_role": owner})
        return [owned if record is impediment else record for record in records]

    return make
