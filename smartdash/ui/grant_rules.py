"""Tending the grant rules where they are judged: what a rule needs to know, which packs bind, waivers."""

from __future__ import annotations

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.figures.rule_words import source_text
from smartdash.model.grants import RulePackUse
from smartdash.ui.entry_forms import offered
from smartdash.ui.markdown import plain
from smartdash.ui.page import show_figures
from smartdash.ui.rule_forms import FORMS, breaches
from smartdash.ui.rule_stock import RuleStock, read_rules
from smartdash.ui.view import View
from smartdash.ui.writing import hindrance, refuse, show_done, sign, working_day, write

_ACTION = "rule_action"
_PACKS = "packs"


def tend_rules(view: View) -> None:
    """The forms about rules; neither the public nor a slide sees them."""
    if not offered(view):
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    say = view.say
    holder = st.expander(say("rules.tend"), icon=":material/edit_note:", key="rule_forms", on_change="rerun")
    if not holder.open:
        return
    stock = read_rules(view)
    actions = _offered(view, stock)
    if st.session_state.get(_ACTION) not in actions:
        st.session_state[_ACTION] = actions[0]
    with holder:
        action = st.segmented_control(
            say("rules.action"),
            actions,
            required=True,
            key=_ACTION,
            format_func=lambda name: say(f"rules.action_{name}"),
        )
        _form(view, stock, action or actions[0])


def show_rules(view: View) -> None:
    """The board, and where any rule has something to judge, what follows from it."""
    following = ("rules.calculation", "rules.oddities", "rules.unknown") if read_rules(view).judged else ()
    show_figures(view, "rules.board", *following, "rules.waivers")


def show_rule_sources(view: View) -> None:
    """Where the rules in force are written, with links to look them up; on a slide there is nothing to click."""
    if view.programme is None or view.presentation:
        return
    say, stock = view.say, read_rules(view)
    with st.expander(say("rules.sources"), icon=":material/menu_book:"):
        for pack in stock.binding:
            st.markdown(f"**{plain(pack.title(view.lang))}**")
            for rule in {(item.source.document, item.source.clause): item for item in pack.rules}.values():
                text = source_text(rule.source, say)
                if rule.source.url:
                    st.link_button(plain(text), rule.source.url, type="tertiary", icon=":material/open_in_new:")
                else:
                    st.caption(plain(text))


def _offered(view: View, stock: RuleStock) -> list[str]:
    """What can be done now: nothing can be accepted where nothing is broken, or ended where nothing runs."""
    possible = {"waive": bool(breaches(stock)), "end": bool(stock.open_waivers(working_day(view)))}
    return [name for name in FORMS if possible.get(name, True)]


def _form(view: View, stock: RuleStock, action: str) -> None:
    """Ask, and write what the answers make; not a form of Streamlit, as the parameter decides what is asked."""
    make = FORMS[action](view, stock)
    done = view.say(f"rules.done_{action}")
    signature = sign(view, f"rule_{action}", done)
    if not st.button(view.say(f"rules.action_{action}"), type="primary", key=f"rule_{action}_store"):
        return
    try:
        records = make()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    whole = RulePackUse if action == _PACKS else ()
    write(view, records, signature, based_on=stock.revision, done=done, all_of=whole)
