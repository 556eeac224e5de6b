"""Saving the chosen peer group with its cities, changing a saved one, and taking it back; each is one revision."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.figures.headings import heading
from smartdash.figures.peer_changes import records
from smartdash.figures.peer_options import Rules, standard
from smartdash.model.declare import Record
from smartdash.model.peers import PeerGroup, PeerMember
from smartdash.store import Audience
from smartdash.ui.peer_stock import PeerStock, base_group, chosen_rules, start_with
from smartdash.ui.questions import new_key, new_record
from smartdash.ui.view import View
from smartdash.ui.writing import Signature, fresh, hindrance, refuse, show_done, sign, write

_STEM = "vergleichsgruppe"
_LONGEST_NAME = 200


def save_group(view: View, stock: PeerStock) -> None:
    """The form that saves what is chosen; the public sees none."""
    if view.audience is Audience.PUBLIC:
        return
    if reason := hindrance(view):
        st.caption(reason)
        return
    show_done()
    rules, known = chosen_rules(stock), base_group(stock)
    if known is None and rules == standard(stock.programme):
        return
    say = view.say
    title = say("peers.change_saved", title=known.title) if known else say("peers.save")
    with st.expander(title, icon=":material/save:"), st.form(fresh(f"peers_form_{known and known.key}"), border=False):
        named = st.text_input(
            heading(PeerGroup, "title", say),
            value=known.title if known else "",
            max_chars=_LONGEST_NAME,
            key=fresh("peers_title"),
            placeholder=say("peers.name_example"),
        )
        public = st.toggle(
            heading(PeerGroup, "public", say), value=known.public if known else True, key=fresh("peers_public")
        )
        signature = sign(view, "peers", say("peers.save_reason"))
        with st.container(horizontal=True):
            stored = st.form_submit_button(say("peers.store"), type="primary")
            beside = known is not None and st.form_submit_button(say("peers.store_beside"))
            retired = known is not None and st.form_submit_button(say("peers.retire"))
    if retired and known:
        done = say("peers.retired", title=known.title)
        _write(view, stock, known.key, [], signature, done, standard(stock.programme))
    elif stored or beside:
        _store(view, stock, rules, None if beside else known, named.strip(), public, signature)


def _store(
    view: View,
    stock: PeerStock,
    rules: Rules,
    known: PeerGroup | None,
    title: str,
    public: bool,
    signature: Signature,
) -> None:
    others = {group.title for group in stock.groups if known is None or group.key != known.key}
    if not title or title in others:
        refuse(view, Refusal("peers.name_taken" if title else "peers.name_needed", title=title))
        return
    key = known.key if known else new_key(view, PeerGroup, _STEM)
    base = {"source": known.source, "source_place": known.source_place} if known else {}
    before = [item for item in stock.members if known and item.peer_group == known.key]
    made = records(rules, {"title": title, "public": public}, {**new_record(view, key), **base}, before)
    saved = Rules(rules.group, rules.members, key)
    _write(view, stock, key, made, signature, view.say("peers.saved", title=title), saved)


def _write(
    view: View,
    stock: PeerStock,
    key: str,
    made: Sequence[Record],
    signature: Signature,
    done: str,
    after: Rules,
) -> None:
    """Write the records of one group in place of what it was, nothing of it where there are none; then show `after`."""
    rules, known = chosen_rules(stock), base_group(stock)
    others = [group for group in stock.groups if group.key != key]
    members = [item for item in stock.members if item.peer_group != key]
    start_with(after, None)
    write(
        view,
        [*others, *members, *made],
        signature,
        based_on=stock.revision,
        done=done,
        all_of=(PeerGroup, PeerMember),
    )
    # Nothing was written: what was tried out is still there.
    start_with(rules, known)
