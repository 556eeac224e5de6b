"""The store the app works on, opened once per process, and figures made from it, cached by the store's state."""

from __future__ import annotations

import argparse
import gc
import threading
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from smartdash.charts.theme import screen_spec
from smartdash.charts.tokens import Mode, tokens
from smartdash.exchange.first_use import load_samples, store_path
from smartdash.figures import Figure, make
from smartdash.locale import Language, Words
from smartdash.model.shared import Programme, Unit
from smartdash.model.surveys import SurveyWave
from smartdash.store import Audience, Scope, Store

_FIGURES = 400
_PROGRAMMES = 20


@st.cache_resource(max_entries=1, show_spinner=False)
def _shared() -> tuple[Store, threading.Lock, set[str]]:
    return Store(_chosen_path()), threading.Lock(), set()


def _chosen_path() -> Path:
    """The store named after `streamlit run app.py --`, else the one of the command line's default."""
    arguments = argparse.ArgumentParser(add_help=False)
    arguments.add_argument("--store", type=Path)
    chosen: Path | None = arguments.parse_known_args()[0].store
    return chosen or store_path()


def store() -> Store:
    """The store of this process."""
    return _shared()[0]


def ready() -> bool:
    """Whether this process has opened its store and looked after the sample programmes."""
    return "samples" in _shared()[2]


def prepare(say: Words) -> None:
    """Load the sample programmes that are missing, showing how far it is.

    Raises:
        StoreError: the store cannot be opened.
    """
    opened, lock, done = _shared()
    with lock:
        place = st.empty()
        try:
            with place.status(say("ui.first_start"), expanded=True) as status:
                for number, count, title in load_samples(opened):
                    status.update(label=say("ui.first_start_step", number=str(number), count=str(count)))
                    st.write(title)
        finally:
            place.empty()
        done.add("samples")
        # Streamlit collects garbage after each run; what was loaded once need not be looked at again.
        gc.collect()
        gc.freeze()


def programmes(revision: int | None, audience: Audience) -> tuple[Programme, ...]:
    """Every programme of the store at a revision that the audience may know of."""
    found = _programmes(store().stamp(), revision)
    return tuple(programme for programme in found if programme.public or audience is Audience.INTERNAL)


@st.cache_resource(max_entries=_PROGRAMMES, show_spinner=False)
def _programmes(stamp: tuple[int, ...], revision: int | None) -> tuple[Programme, ...]:
    return store().programmes(revision)


def reading_units(scope: Scope) -> dict[str, str]:
    """The units one may read as, title by key: those of a programme with a maturity survey, none of others."""
    return _reading_units(store().stamp(), scope)


@st.cache_resource(max_entries=_PROGRAMMES, show_spinner=False)
def _reading_units(stamp: tuple[int, ...], scope: Scope) -> dict[str, str]:
    with store().read(scope) as reader:
        return {unit.key: unit.title for unit in reader.all(Unit)} if reader.holds(SurveyWave) else {}


Chosen = tuple[tuple[str, str], ...]
"""Values of a figure's options by name, as a cache can compare them."""


def figure(scope: Scope, key: str, lang: Language, chosen: Chosen = ()) -> Figure:
    """A figure of the catalogue for a scope, made with the chosen values of its options.

    Raises:
        StoreError: the store cannot be read.
    """
    return _figure(store().stamp(), scope, key, lang, chosen)


@st.cache_resource(max_entries=_FIGURES, show_spinner=False)
def _figure(stamp: tuple[int, ...], scope: Scope, key: str, lang: Language, chosen: Chosen) -> Figure:
    with store().read(scope) as reader:
        return make(reader, key, lang, dict(chosen))


def chart(scope: Scope, key: str, lang: Language, mode: Mode, chosen: Chosen = ()) -> dict[str, Any] | None:
    """The chart of a figure as a specification for the browser, or None where it has none."""
    return _chart(store().stamp(), scope, key, lang, mode, chosen)


@st.cache_resource(max_entries=_FIGURES, show_spinner=False)
def _chart(
    stamp: tuple[int, ...], scope: Scope, key: str, lang: Language, mode: Mode, chosen: Chosen
) -> dict[str, Any] | None:
    made = _figure(stamp, scope, key, lang, chosen)
    if made.draft.chart is None:
        return None
    colours = tokens(mode)
    spec = screen_spec(made.draft.chart(colours), colours, lang)
    if "datasets" in spec:
        # Streamlit would convert them in each run of the page; it takes bytes as they are.
        spec["datasets"] = {name: convert_anything_to_arrow_bytes(rows) for name, rows in spec["datasets"].items()}
    return spec
