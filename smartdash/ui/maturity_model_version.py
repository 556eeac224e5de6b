"""A maturity model handed out as a workbook, and made into a new version of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

import streamlit as st

from smartdash.analysis.maturity_model_keys import new_version, parts, versioned_key
from smartdash.analysis.maturity_models import WholeModel
from smartdash.exchange.maturity_model_records import HeldModels, read_held
from smartdash.exchange.maturity_model_writing import model_workbook
from smartdash.figures.maturity_model_data import MODEL, model_title
from smartdash.model.shared import Source
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.options import keep_page_choice, page_choice
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, sign, write

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAME = "model_version"
_STOCKS = 10

Stock = tuple[int, HeldModels, dict[str, Source]]
"""The revision that was read, what it holds of models, and every source by key."""


def read_stock(scope: Scope) -> Stock:
    """What the programme may use of models and sources; read once for each state of the store."""
    return _stock(opened.store().stamp(), scope)


@st.cache_resource(max_entries=_STOCKS, show_spinner=False)
def _stock(stamp: tuple[int, ...], scope: Scope) -> Stock:
    with opened.store().read(scope) as reader:
        return reader.scope.revision or 0, read_held(reader), {item.key: item for item in reader.all(Source)}


def hand_out(view: View, key: str) -> None:
    """The chosen model as a workbook, and as a new version: to work on in a workbook, or stored as it is."""
    say = view.say
    holder = st.expander(
        say("maturity_model.hand_out"), icon=":material/download:", key="model_hand_out", on_change="rerun"
    )
    if not holder.open:
        return
    with holder:
        revision, held, _ = read_stock(view.scope())
        _, free, sources = read_stock(replace(view.scope(), for_export=True))
        whole = held.model(key)
        if whole is None:
            return
        if free.model(key) is None:
            st.info(say("maturity_model.stays_inside"), icon=":material/lock:")
        else:
            st.markdown(say("maturity_model.hand_out_text"))
            _download(view, whole, sources.get(whole.model.source or ""), "model_download")
        st.markdown(f"##### {say('maturity_model.new_version')}")
        used = say("maturity_model.new_version_used") if key in held.used else say("maturity_model.new_version_text")
        way = say("maturity_model.way_file") if free.model(key) else say("maturity_model.way_grid")
        st.markdown(f"{used} {way}")
        _new_version(view, whole, held, revision, free.model(key) is not None)


def _download(view: View, whole: WholeModel, source: Source | None, name: str) -> None:
    st.download_button(
        view.say("maturity_model.download"),
        data=lambda: model_workbook(whole, source, view.lang),
        file_name=f"{whole.model.key}.xlsx",
        mime=_XLSX,
        key=name,
        on_click="ignore",
        icon=":material/download:",
    )


def _new_version(view: View, whole: WholeModel, held: HeldModels, revision: int, may_leave: bool) -> None:
    say = view.say
    version = st.text_input(
        say("maturity_model.its_version"),
        value=_next(whole, held),
        max_chars=20,
        key=fresh(f"model_version_{whole.model.key}"),
        width=240,
    ).strip()
    key = versioned_key(whole.model.key, whole.model.version, version)
    if not version or version == whole.model.version or held.model(key) is not None:
        st.warning(plain(say("maturity_model.version_taken", version=version or "–")), icon=":material/block:")
        return
    made = new_version(whole, key, version, programme=held.programme, demo=held.demo)
    st.caption(plain(say("maturity_model.version_key", key=key)))
    if may_leave:
        source = read_stock(view.scope())[2].get(whole.model.source or "")
        _download(view, made, source, "model_version_download")
    if reason := hindrance(view):
        st.caption(plain(reason))
        return
    with st.form(fresh("model_version_form"), border=False):
        title = model_title(made.model, say)
        signature = sign(view, _NAME, say("maturity_model.version_reason", title=title))
        stored = st.form_submit_button(say("maturity_model.store_version"), type="primary")
    if stored:
        done = say("maturity_model.done", title=title)
        with chosen_next(key):
            write(view, (made.model, *parts(made)), signature, based_on=revision, done=done)


@contextmanager
def chosen_next(key: str) -> Iterator[None]:
    """Let the page show the model `key` once it is written; a write that succeeds runs the page again."""
    before = page_choice(MODEL)
    keep_page_choice(MODEL, key)
    yield
    keep_page_choice(MODEL, before)


def _next(whole: WholeModel, held: HeldModels) -> str:
    """The first version after a model's that is not there yet, its last number counted up: 0.2 after 0.1."""
    version = whole.model.version
    head, dot, last = version.rpartition(".")
    stem, number = (f"{head}{dot}", int(last)) if last.isdecimal() else (f"{version}-", 1)
    numbers = (f"{stem}{later}" for later in count(number + 1))
    return next(one for one in numbers if held.model(versioned_key(whole.model.key, version, one)) is None)
