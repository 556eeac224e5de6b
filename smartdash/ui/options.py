"""The choices that a figure offers, as widgets above it, kept in the session and in the page's address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from smartdash.figures import CATALOGUE, Figure
from smartdash.figures.figure import Option
from smartdash.locale import Language, words

_KEPT = "options_kept"
PAGE_CHOICES = frozenset({"check_in.role"})
"""Choices of a page that belong to no figure, by page and name."""
SHARED = frozenset(
    {"peers", "ranked_by", "weights", "maturity_model", "compared_with", "survey_wave", "survey_basis", "aggregation"}
)
"""Options that are chosen once for every figure which has one of that name; the first on a page offers them."""
_OFFERED = "options_offered"
_FEW = 4
"""So many values stand side by side; more go into a list."""
_WIDEST = 40
"""Characters of all values together that fit side by side; longer ones are cut off on a phone."""
_LIST = 320
_LONG_LIST = 460
"""Pixels of a list with values of more than `_LONG` characters, which the large letters of a presentation cut off."""
_LONG = 24


def restore_options(address: Mapping[str, str]) -> None:
    """Take the choices from the address on a session's first run; names of no figure's option are left out."""
    known = {_place(entry.key, name) for entry in CATALOGUE.values() for name in entry.options} | PAGE_CHOICES
    st.session_state.setdefault(_KEPT, {name: value for name, value in address.items() if name in known})


def options_in_address() -> dict[str, str]:
    """What has been chosen, by figure and option, such as {"schedule.phases.group": "unit"}."""
    return dict(sorted(_kept().items()))


def chosen_options(figure: str) -> tuple[tuple[str, str], ...]:
    """What has been chosen for the options of a figure; empty where nothing was."""
    kept = _kept()
    places = ((name, _place(figure, name)) for name in CATALOGUE[figure].options)
    return tuple((name, kept[place]) for name, place in places if place in kept)


def _place(figure: str, name: str) -> str:
    return name if name in SHARED else f"{figure}.{name}"


def page_choice(place: str) -> str | None:
    """What has been chosen at a place of `PAGE_CHOICES` or `SHARED`, or None."""
    return _kept().get(place)


def keep_page_choice(place: str, value: str | None) -> None:
    """Keep a choice of a page in the session and, from the next run on, in the address; None drops it."""
    if value is not None:
        _kept()[place] = value
    else:
        _kept().pop(place, None)


def begin_offering() -> None:
    """Begin a page: none of its figures has offered a shared option yet."""
    st.session_state[_OFFERED] = set()


def offer_options(made: Figure) -> None:
    """A widget for each option of a figure that leaves a choice, but for shared ones that stand above another."""
    done: set[str] = st.session_state.setdefault(_OFFERED, set())
    offered = [option for option in made.draft.options if len(option.values) > 1 and option.name not in done]
    done |= SHARED & {option.name for option in offered}
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for option in offered:
            _offer(made.key, option, made.lang)


def _offer(figure: str, option: Option, lang: Language) -> None:
    place = _place(figure, option.name)
    key = f"option_{place}"
    # The session may hold a value that another programme or language does not offer.
    st.session_state[key] = option.chosen
    values = list(option.values)
    if len(values) <= _FEW and sum(map(len, option.values.values())) <= _WIDEST:
        st.segmented_control(
            option.label,
            values,
            key=key,
            required=True,
            format_func=lambda value: option.values[value],
            on_change=_keep,
            args=(place, key, values[0]),
        )
    else:
        st.selectbox(
            option.label,
            values,
            key=key,
            format_func=lambda value: option.values[value],
            on_change=_keep,
            args=(place, key, values[0]),
            placeholder=words(lang)("ui.choose"),
            width=_LONG_LIST if max(map(len, option.values.values())) > _LONG else _LIST,
        )


def _keep(place: str, key: str, default: str) -> None:
    value = st.session_state[key]
    if value == default:
        _kept().pop(place, None)
    else:
        _kept()[place] = value


def _kept() -> dict[str, str]:
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    return kept
