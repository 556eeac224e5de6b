"""Short forms below the figures of a page: choose what to enter, fill it in, store it as one revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.store import Audience
from smartdash.ui.questions import Make
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, refuse, show_done, sign, write


class Stock(Protocol):
    """What the forms of a page offer, as of a revision."""

    @property
    def revision(self) -> int:
        """The revision it was read at."""


S = TypeVar("S", bound=Stock)


@dataclass(frozen=True, slots=True)
class EntryForm(Generic[S]):
    """A form: its label, the choice of what it is about, and its questions."""

    label: str
    choose: Callable[[View, S], str | None]
    ask: Callable[[View, S, str | None], Make]


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What stands above the forms, at the choice between them, on the button, and after storing."""

    title: str
    what: str
    store: str
    done: str


def offered(view: View) -> bool:
    """Whether forms belong on the page: there is a programme, and neither the public nor a projector is in front."""
    return view.programme is not None and view.audience is not Audience.PUBLIC and not view.presentation


def entry_forms(view: View, name: str, stock: S, forms: Mapping[str, EntryForm[S]], words: EntryWords) -> None:
    """Draw the forms, named `name` in the keys of their widgets, or say why nothing can be entered here."""
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    st.markdown(f"### {words.title}")
    chosen = st.selectbox(
        words.what,
        list(forms),
        key=f"{name}_form",
        format_func=lambda item: forms[item].label,
        placeholder=view.say("ui.choose"),
    )
    form = forms[chosen]
    subject = form.choose(view, stock)
    with st.form(fresh(f"{name}_{chosen}_{subject}"), border=False):
        make = form.ask(view, stock, subject)
        signature = sign(view, f"{name}_{chosen}", form.label)
        stored = st.form_submit_button(words.store, type="primary")
    if not stored:
        return
    try:
        records = make()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    write(view, records, signature, based_on=stock.revision, done=words.done)
