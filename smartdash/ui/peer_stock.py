"""What the forms about peer groups work on: the cities, the saved groups, and what is chosen now."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from smartdash.analysis.peer_groups import Gathered, comparable, gather
from smartdash.figures.peer_data import own_city, sorted_groups
from smartdash.figures.peer_options import OPTION, Rules, as_value, read_value
from smartdash.model.peers import PeerGroup, PeerMember
from smartdash.model.shared import Municipality
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.options import keep_page_choice, page_choice

_READINGS = 20
_BASE = "peers_base"


@dataclass(frozen=True, slots=True)
class PeerStock:
    """The cities that may be compared, the own one, and every saved group with its cities, as of `revision`."""

    revision: int
    programme: str
    own: Municipality | None
    cities: tuple[Municipality, ...]
    groups: tuple[PeerGroup, ...]
    members: tuple[PeerMember, ...]

    def gathered(self, rules: Rules) -> Gathered:
        """The cities that rules choose."""
        return gather(rules.group, rules.members, self.cities, self.own)


def read_peer_stock(scope: Scope) -> PeerStock:
    """What there is to choose from."""
    return _read(opened.store().stamp(), scope)


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope) -> PeerStock:
    with opened.store().read(scope) as reader:
        own = own_city(reader)
        cities = sorted(comparable(reader.all(Municipality), own), key=lambda city: city.title)
        groups, members = sorted_groups(reader), reader.all(PeerMember)
        revision = reader.scope.revision or 0
    return PeerStock(revision, scope.programme, own, tuple(cities), tuple(groups), members)


def chosen_rules(stock: PeerStock) -> Rules:
    """The group that the page's address names."""
    return read_value(page_choice(OPTION) or "", stock.programme, stock.groups, stock.members)


def choose_rules(rules: Rules) -> None:
    """Take a group into the address; a saved one that is changed afterwards is remembered as what it began with."""
    if rules.saved:
        st.session_state[_BASE] = rules.saved
    keep_page_choice(OPTION, as_value(rules) or None)


def start_with(rules: Rules, base: PeerGroup | None) -> None:
    """Take a group into the address; what is changed from now on begins with a saved one, or with none."""
    st.session_state[_BASE] = base.key if base else None
    choose_rules(rules)


def base_group(stock: PeerStock) -> PeerGroup | None:
    """The saved group that the choice is, or began with."""
    key = chosen_rules(stock).saved or st.session_state.get(_BASE)
    return next((group for group in stock.groups if group.key == key), None)
