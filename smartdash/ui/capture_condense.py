"""Condensing: contributions and elements go on together in one element, or one of them in several parts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.condensing import LONGEST_TITLE, Closing, Condensed, Refusal, merge, split
from smartdash.model.workshops import Contribution, ElementLevel, ElementState, Event, StrategyElement
from smartdash.ui.capture_reading import Workshop, collected_on, element_label, material_to_write, shortened
from smartdash.ui.capture_selection import Pieces, choose_several, find_pieces
from smartdash.ui.view import View
from smartdash.ui.writing import Signature, fresh, refuse, sign, working_day, write


def condense(view: View, workshop: Workshop, event: Event | None) -> None:
    """Merge several contributions and elements, or split one."""
    say = view.say
    act = st.segmented_control(
        say("capture.act"),
        ["merge", "split"],
        default="merge",
        required=True,
        key="capture_act",
        format_func=lambda item: say(f"capture.act_{item}"),
    )
    pieces = find_pieces(view, workshop, event)
    if act == "merge":
        _merge(view, workshop, event, pieces)
    else:
        _split(view, workshop, event, pieces)


def _merge(view: View, workshop: Workshop, event: Event | None, pieces: Pieces) -> None:
    say = view.say
    origins = choose_several(view, pieces)
    if not origins:
        return
    where = st.segmented_control(
        say("capture.target"),
        ["new", "existing"],
        default="new",
        required=True,
        key="capture_target",
        format_func=lambda item: say(f"capture.target_{item}"),
    )
    with st.form(fresh("capture_merge_form"), border=False):
        target = _new_target(view, workshop, origins) if where == "new" else _existing_target(view, workshop, origins)
        closes = _ask_closing(view, workshop, origins, "capture_merge")
        signature = sign(view, "capture_merge", say("capture.reason_merge", n=len(origins)))
        stored = st.form_submit_button(say("capture.store_merge"), type="primary")
    if not stored:
        return
    if target is None or not target.title:
        st.error(say("capture.title_needed"), icon=":material/block:")
        return
    reason = say("capture.merged_into", title=target.title)
    material = material_to_write(view, workshop)
    if where == "new":
        target = target.model_copy(update={"key": next(new_keys(target.level.value, material.taken))})
    try:
        condensed = merge(
            material,
            origins,
            target,
            event=event.key if event else None,
            closing=_closing(view, event, reason) if closes else None,
        )
    except Refusal as refusal:
        refuse(view, refusal)
        return
    done = say("capture.done_merge", n=len(condensed.links), title=target.title)
    _store(view, workshop, condensed, signature, done)


def _new_target(view: View, workshop: Workshop, origins: Sequence[str]) -> StrategyElement | None:
    """The element that the form describes; its key is made when it is stored."""
    say, programme = view.say, view.programme
    if programme is None:
        return None
    title = st.text_input(say("capture.element_title"), max_chars=LONGEST_TITLE, key=fresh("capture_title"))
    levels: list[ElementLevel] = list(ElementLevel)
    level = st.selectbox(
        say("capture.level"),
        levels,
        index=levels.index(ElementLevel.MEASURE),
        format_func=lambda item: item.label(view.lang),
        key=fresh("capture_level"),
        placeholder=say("ui.choose"),
    )
    fields = {item.key: item.title for item in workshop.fields_of_work}
    field = st.selectbox(
        say("capture.field_of_work"),
        list(fields),
        index=None,
        format_func=lambda key: fields[key],
        key=fresh("capture_field"),
        placeholder=say("capture.none_yet"),
    )
    open_to_all = all(workshop.material.piece(key).public for key in origins)
    public = st.toggle(
        say("capture.element_public"),
        value=open_to_all,
        # What comes of internal contributions begins as internal, whatever was chosen before.
        key=fresh(f"capture_element_public_{open_to_all}"),
        help=say("capture.element_public_help"),
    )
    return StrategyElement(
        programme=programme.key,
        key=level.value,
        title=title,
        level=level,
        field_of_work=field,
        public=public,
        demo=programme.demo,
    )


def _existing_target(view: View, workshop: Workshop, origins: Sequence[str]) -> StrategyElement | None:
    offered = {item.key: item for item in workshop.open_elements() if item.key not in origins}
    chosen = st.selectbox(
        view.say("capture.existing"),
        list(offered),
        index=None,
        format_func=lambda key: element_label(offered[key], view),
        key=fresh("capture_existing"),
        placeholder=view.say("ui.choose"),
    )
    return offered.get(chosen or "")


def _split(view: View, workshop: Workshop, event: Event | None, pieces: Pieces) -> None:
    say = view.say
    if not pieces.shown:
        st.info(say("capture.nothing_to_split"), icon=":material/info:")
        return
    origin = st.selectbox(
        say("capture.whole"),
        pieces.shown,
        format_func=lambda key: pieces.labels[key],
        key=fresh("capture_whole"),
        placeholder=say("ui.choose"),
    )
    whole = workshop.material.piece(origin)
    is_contribution = isinstance(whole, Contribution)
    with st.form(fresh("capture_split_form"), border=False):
        levels: list[ElementLevel | None] = [*([None] if is_contribution else []), *ElementLevel]
        into = st.selectbox(
            say("capture.into"),
            levels,
            index=levels.index(None if isinstance(whole, Contribution) else whole.level),
            format_func=lambda item: item.label(view.lang) if item else say("capture.into_contributions"),
            key=fresh(f"capture_into_{origin}"),
            placeholder=say("ui.choose"),
        )
        text = st.text_area(
            say("capture.parts"),
            value=_said(whole),
            key=fresh(f"capture_parts_{origin}"),
            help=say("capture.parts_help"),
        )
        closes = _ask_closing(view, workshop, [origin], "capture_split")
        signature = sign(view, "capture_split", say("capture.reason_split", title=shortened(_said(whole))))
        stored = st.form_submit_button(say("capture.store_split"), type="primary")
    if not stored:
        return
    reason = say("capture.split_into")
    try:
        condensed = split(
            material_to_write(view, workshop),
            origin,
            text.splitlines(),
            into=into,
            event=event.key if event else None,
            closing=_closing(view, event, reason) if closes else None,
        )
    except Refusal as refusal:
        refuse(view, refusal)
        return
    _store(view, workshop, condensed, signature, say("capture.done_split", n=len(condensed.links)))


def _said(whole: Contribution | StrategyElement) -> str:
    """What a contribution or element says."""
    return whole.text if isinstance(whole, Contribution) else whole.title


def _ask_closing(view: View, workshop: Workshop, origins: Sequence[str], name: str) -> bool:
    """Whether the elements that go on in others are rejected; asked only where there are any.

    What is adopted stays by default, since only a decision can reject it.
    """
    chosen = {item.key for item in workshop.material.elements} & set(origins)
    if not chosen:
        return False
    adopted = any(workshop.states[key] is ElementState.ADOPTED for key in chosen)
    closes: bool = st.toggle(
        view.say("capture.close"),
        value=not adopted,
        key=fresh(f"{name}_close_{adopted}"),
        help=view.say("capture.close_help"),
    )
    return closes


def _closing(view: View, event: Event | None, reason: str) -> Closing:
    return Closing(collected_on(event, view) if event else working_day(view), reason)


def _store(view: View, workshop: Workshop, condensed: Condensed, signature: Signature, done: str) -> None:
    write(view, condensed.records(), signature, based_on=workshop.revision, done=done)
