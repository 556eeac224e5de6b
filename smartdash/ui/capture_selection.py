"""Finding contributions and elements to condense: by event, cluster and words."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from smartdash.model.workshops import Event
from smartdash.ui.capture_reading import Workshop, contribution_label, element_label
from smartdash.ui.view import View
from smartdash.ui.writing import fresh


@dataclass(frozen=True, slots=True)
class Pieces:
    """What may be condensed, by key: how it is named, and which of it the filters show."""

    labels: dict[str, str]
    shown: list[str]


def find_pieces(view: View, workshop: Workshop, event: Event | None) -> Pieces:
    """Ask for event, cluster and words, and return what fits; rejected elements are left out."""
    say, material = view.say, workshop.material
    with st.container(horizontal=True, vertical_alignment="bottom"):
        here = event is not None and st.toggle(say("capture.this_event"), value=True, key="capture_here")
        contributions = [
            item for item in material.contributions if not here or (event is not None and item.event == event.key)
        ]
        clusters = sorted({item.cluster for item in contributions if item.cluster})
        cluster = st.selectbox(
            say("capture.cluster"),
            [None, *clusters],
            format_func=lambda name: name or say("capture.all_clusters"),
            key="capture_cluster",
            placeholder=say("ui.choose"),
            width=260,
        )
        words = st.text_input(say("capture.search"), key="capture_search", width=260).casefold().strip()
    elements = workshop.open_elements()
    labels = {item.key: contribution_label(item) for item in material.contributions}
    labels |= {item.key: element_label(item, view) for item in elements}
    said = {item.key: f"{item.text} {item.cluster or ''}" for item in contributions if cluster in (None, item.cluster)}
    if cluster is None:
        said |= {item.key: item.title for item in elements}
    return Pieces(labels, [key for key, text in said.items() if words in text.casefold()])


def choose_several(view: View, pieces: Pieces) -> list[str]:
    """Choose from what is shown; what was chosen stays so when the filters change."""
    say, key = view.say, fresh("capture_origins")
    # The session may hold what is no longer there; setting the value makes it survive a change of the options.
    chosen = [item for item in st.session_state.get(key, []) if item in pieces.labels]
    st.session_state[key] = chosen
    result = st.multiselect(
        say("capture.origins"),
        list(dict.fromkeys([*chosen, *pieces.shown])),
        key=key,
        format_func=lambda item: pieces.labels[item],
        placeholder=say("ui.choose"),
    )
    st.button(
        say("capture.choose_all", n=len(pieces.shown)),
        key="capture_choose_all",
        disabled=not pieces.shown,
        on_click=_choose_all,
        args=(key, pieces.shown),
    )
    return result


def _choose_all(key: str, shown: list[str]) -> None:
    st.session_state[key] = list(dict.fromkeys([*st.session_state.get(key, []), *shown]))
