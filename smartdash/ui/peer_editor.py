"""The editor of the peer group: band, states, region, district-free, nearest, cities at the edge and by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from pydantic import ValidationError

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.peer_groups import Peer, alone, region_of, states_of
from smartdash.figures.headings import heading
from smartdash.figures.peer_changes import with_edges, with_member, with_rules, without_members
from smartdash.figures.peer_options import Rules, standard
from smartdash.locale.numbers import number, percent
from smartdash.model.peers import PeerGroup, PeerMember, Region
from smartdash.ui.markdown import plain
from smartdash.ui.peer_stock import PeerStock, base_group, choose_rules, chosen_rules, start_with
from smartdash.ui.view import View
from smartdash.ui.writing import refuse

_STANDARD, _OWN_CHOICE = "", "tried"
_NEAREST = 10
_STEP = 10_000
_ANYWHERE = "all"


def edit_group(view: View, stock: PeerStock) -> None:
    """The controls; each change holds at once for every figure of the page and stands in its address."""
    say, rules = view.say, chosen_rules(stock)
    with st.container(border=True, key="peers_editor"):
        st.markdown(f"### {say('peers.editor')}")
        st.caption(say("peers.editor_help"))
        _ask_saved(view, stock, rules)
        with st.expander(say("peers.rules"), icon=":material/tune:", expanded=_begun(stock, rules)):
            _ask_band(view, stock, rules)
            _ask_places(view, stock, rules)
            _ask_edges(view, stock, rules)
            _ask_by_hand(view, stock, rules)
        if alone(stock.gathered(rules), stock.own):
            _ways_out(view, stock, rules)


def _begun(stock: PeerStock, rules: Rules) -> bool:
    """Whether somebody is at work on a choice of their own."""
    return not rules.saved and rules != standard(stock.programme)


def _ask_saved(view: View, stock: PeerStock, rules: Rules) -> None:
    say = view.say
    titles = {_STANDARD: say("peers.standard"), **{group.key: group.title for group in stock.groups}}
    current = rules.saved or (_OWN_CHOICE if _begun(stock, rules) else _STANDARD)
    if current == _OWN_CHOICE:
        base = base_group(stock)
        titles[_OWN_CHOICE] = say("peers.changed", title=base.title) if base else say("peers.own_choice")

    def take() -> None:
        key = st.session_state["peers_saved"]
        if key == _STANDARD:
            start_with(standard(stock.programme), None)
        elif key != _OWN_CHOICE:
            members = tuple(item for item in stock.members if item.peer_group == key)
            start_with(Rules(next(group for group in stock.groups if group.key == key), members, key), None)

    st.session_state["peers_saved"] = current
    st.selectbox(
        say("figure.peers.group"),
        list(titles),
        key="peers_saved",
        format_func=lambda key: titles[key],
        on_change=take,
        placeholder=say("ui.choose"),
    )


def _ask_band(view: View, stock: PeerStock, rules: Rules) -> None:
    group, names = rules.group, ("population_from", "population_to", "nearest")

    def change() -> None:
        _change(rules, **{name: _whole(f"peers_{name}") for name in names})

    for column, name in zip(st.columns(3, vertical_alignment="bottom"), names, strict=True):
        st.session_state[f"peers_{name}"] = getattr(group, name)
        column.number_input(
            heading(PeerGroup, name, view.say),
            min_value=1 if name == "nearest" else 0,
            step=1 if name == "nearest" else _STEP,
            key=f"peers_{name}",
            placeholder=view.say("peers.no_limit"),
            disabled=name == "nearest" and stock.own is None,
            on_change=change,
        )


def _whole(key: str) -> int | None:
    value: int | None = st.session_state[key]
    return value


def _change(rules: Rules, **values: Any) -> None:
    """Take other rules; rules that contradict each other are said in this run and not taken."""
    try:
        choose_rules(with_rules(rules, **values))
    except ValidationError:
        st.session_state["peers_refused"] = True


def _ask_places(view: View, stock: PeerStock, rules: Rules) -> None:
    say, group = view.say, rules.group
    if st.session_state.pop("peers_refused", False):
        refuse(view, Refusal("peers.band_upside_down"))
    states = sorted({city.state for city in stock.cities} | states_of(group))

    def change() -> None:
        region = st.session_state["peers_region"]
        _change(
            rules,
            states="; ".join(sorted(st.session_state["peers_states"])) or None,
            region=None if region == _ANYWHERE else region,
            district_free=st.session_state["peers_district_free"],
        )

    st.session_state["peers_states"] = sorted(states_of(group))
    st.session_state["peers_region"] = group.region.value if group.region else _ANYWHERE
    st.session_state["peers_district_free"] = group.district_free
    st.multiselect(
        heading(PeerGroup, "states", say),
        states,
        key="peers_states",
        on_change=change,
        placeholder=say("peers.all_states"),
    )
    texts = {_ANYWHERE: say("peers.anywhere"), **{region.value: region.label(view.lang) for region in Region}}
    left, right = st.columns(2, vertical_alignment="bottom")
    left.selectbox(
        heading(PeerGroup, "region", say),
        list(texts),
        key="peers_region",
        format_func=lambda region: texts[region],
        on_change=change,
        placeholder=say("ui.choose"),
    )
    right.toggle(heading(PeerGroup, "district_free", say), key="peers_district_free", on_change=change)


def _ask_edges(view: View, stock: PeerStock, rules: Rules) -> None:
    """A toggle for each city at the edge of the band that the other rules admit."""
    say = view.say
    open_rules = Rules(rules.group.model_copy(update={"edges": False, "nearest": None}))
    edges: dict[str, Peer] = {peer.city.key: peer for peer in stock.gathered(open_rules).at_edge}
    if not edges:
        return
    inside = {peer.city.key for peer in stock.gathered(rules).peers}

    def change() -> None:
        choose_rules(with_edges(rules, edges, st.session_state["peers_edges"], say("peers.edge_reason")))

    st.session_state["peers_edges"] = [key for key in edges if key in inside]
    st.pills(
        say("peers.edges"),
        list(edges),
        selection_mode="multi",
        key="peers_edges",
        format_func=lambda key: _edge_name(view, edges[key]),
        on_change=change,
        help=say("peers.edges_help"),
    )


def _edge_name(view: View, peer: Peer) -> str:
    share = peer.outside or 0
    plus = "+" if share > 0 else ""
    return f"{peer.city.title} {number(peer.city.population, view.lang)} ({plus}{percent(share, view.lang)})"


def _ask_by_hand(view: View, stock: PeerStock, rules: Rules) -> None:
    """Take a single city in or out with a reason, and take such a choice back."""
    say = view.say
    titles = {city.key: city.title for city in stock.cities if stock.own is None or city.key != stock.own.key}
    with st.form("peers_by_hand", border=False, clear_on_submit=True):
        left, right = st.columns([2, 3])
        city = left.selectbox(
            say("peers.by_hand"),
            list(titles),
            index=None,
            format_func=lambda key: titles[key],
            placeholder=say("peers.choose_city"),
        )
        reason = right.text_input(
            heading(PeerMember, "reason", say), max_chars=300, placeholder=say("peers.reason_example")
        )
        with st.container(horizontal=True):
            taken = st.form_submit_button(say("peers.take_in"), icon=":material/add:")
            left_out = st.form_submit_button(say("peers.leave_out"), icon=":material/remove:")
    if taken or left_out:
        if city is None or not reason.strip():
            refuse(view, Refusal("peers.city_and_reason"))
        else:
            choose_rules(with_member(rules, city, reason.strip(), included=taken))
            st.rerun()
    _list_by_hand(view, rules, [item for item in rules.members if item.municipality in titles], titles)


def _list_by_hand(view: View, rules: Rules, members: Sequence[PeerMember], titles: Mapping[str, str]) -> None:
    for item in members:
        message = "peers.taken_in" if item.included else "peers.taken_out"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(view.say(message, city=titles[item.municipality], reason=item.reason)), width="stretch")
            st.button(
                view.say("peers.take_back"),
                key=f"peers_back_{item.municipality}",
                type="tertiary",
                icon=":material/undo:",
                on_click=_call,
                args=(without_members, rules, {item.municipality}),
            )


def _call(change: Callable[..., Rules], rules: Rules, *values: Any, **named: Any) -> None:
    choose_rules(change(rules, *values, **named))


def _ways_out(view: View, stock: PeerStock, rules: Rules) -> None:
    """What to choose instead of a rule that leaves the own city alone."""
    say, own = view.say, stock.own
    if own is None:
        return
    st.warning(say("peers.alone", city=plain(own.title)), icon=":material/person_off:")
    free = {"states": None, "district_free": False}
    ways: dict[str, dict[str, Any]] = {region_of(own).label(view.lang): {**free, "region": region_of(own)}}
    if own.population is not None:
        ways[say("peers.rule_nearest", n=_NEAREST)] = {**free, "region": None, "nearest": _NEAREST}
    with st.container(horizontal=True):
        for place, (label, values) in enumerate(ways.items()):
            st.button(label, key=f"peers_way_{place}", on_click=_call, args=(with_rules, rules), kwargs=values)
