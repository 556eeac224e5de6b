"""What is asked about a grown list: which column means what, which unit a name stands for, which project a row is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from smartdash.exchange.legacy_comparison import NEW, Item, Outcome
from smartdash.exchange.legacy_headings import TARGETS, LegacySheet, guess_fields, target_field
from smartdash.exchange.legacy_list import Unknown
from smartdash.figures.headings import heading
from smartdash.locale.texts import shortened
from smartdash.ui.markdown import plain
from smartdash.ui.view import View
from smartdash.ui.writing import fresh

T = TypeVar("T")

_MAPPINGS = "legacy_mappings"
_LEFT_OUT = ""
_MOST_ASKED = 30
"""A column with more unknown names is most likely mapped to the wrong field."""
_SHORT = 60


def ask_sheet(view: View, sheets: Sequence[LegacySheet]) -> LegacySheet:
    """The sheet with the list; asked only where there are several."""
    if len(sheets) == 1:
        return sheets[0]
    index: int = st.selectbox(
        view.say("data.sheet"),
        range(len(sheets)),
        format_func=lambda place: sheets[place].table.name,
        key=fresh("legacy_sheet"),
        placeholder=view.say("ui.choose"),
    )
    return sheets[index]


def ask_columns(view: View, sheet: LegacySheet, file: str) -> dict[int, str]:
    """The target of each column that is taken over: guessed, or as it was for the last list with these headings."""
    say = view.say
    mappings = st.session_state.setdefault(_MAPPINGS, {})
    known = mappings.get(sheet.headings) or guess_fields(sheet.headings)
    filled = [
        place
        for place in range(len(sheet.headings))
        if sheet.headings[place] or any(row[place] for _, row in sheet.rows)
    ]
    st.markdown(f"**{say('legacy.columns')}**")
    st.caption(say("legacy.columns_help"))
    chosen: dict[int, str] = {}
    for holder, place in _grid(filled):
        name = fresh(f"legacy_column_{file}_{sheet.table.name}_{place}")
        st.session_state.setdefault(name, known.get(place, _LEFT_OUT))
        with holder:
            target = st.selectbox(
                plain(shortened(sheet.column_name(place), _SHORT)),
                [_LEFT_OUT, *TARGETS],
                format_func=lambda one: target_label(view, one) if one else say("legacy.not_taken"),
                key=name,
                placeholder=say("ui.choose"),
            )
        if target:
            chosen[place] = target
    mappings[sheet.headings] = chosen
    return chosen


def target_label(view: View, name: str) -> str:
    """What a target is called, with its unit."""
    unit = target_field(name).column.unit
    label = heading(TARGETS[name], name, view.say)
    return f"{label} ({unit})" if unit else label


def ask_names(view: View, unknown: Sequence[Unknown], titles: dict[str, dict[str, str]]) -> dict[tuple[str, str], str]:
    """What unknown names of units and fields stand for: a key, or empty to leave the field empty."""
    say = view.say
    if not unknown:
        return {}
    st.markdown(f"**{say('legacy.names')}**")
    st.caption(say("legacy.names_help"))
    if len(unknown) > _MOST_ASKED:
        st.warning(say("legacy.names_many", n=len(unknown)), icon=":material/rule:")
    answers: dict[tuple[str, str], str] = {}
    for holder, one in _grid(list(unknown)[:_MOST_ASKED]):
        known = titles[one.target]
        near = [one.near] if one.near else []
        others = sorted(set(known) - set(near), key=known.__getitem__)
        with holder:
            answer = st.selectbox(
                plain(f"{target_label(view, one.target)}: {shortened(one.name, _SHORT)}"),
                [*near, _LEFT_OUT, *others],
                index=None,
                format_func=partial(_name_label, view, one, known),
                key=fresh(f"legacy_name_{one.target}_{one.name}"),
                placeholder=say("legacy.unanswered", n=one.count),
            )
        if answer is not None:
            answers[one.target, one.name] = answer
    return answers


def _name_label(view: View, one: Unknown, known: Mapping[str, str], key: str) -> str:
    if not key:
        return view.say("legacy.leave_empty")
    return view.say("legacy.similar", title=known[key]) if key == one.near else known[key]


def ask_alike(view: View, items: Sequence[Item]) -> dict[int, str]:
    """Which project a row is that is like others: its key, or `NEW`; what is not answered is left out."""
    say = view.say
    open_rows = [item for item in items if item.outcome is Outcome.ALIKE]
    if not open_rows:
        return {}
    st.markdown(f"**{say('legacy.alike')}**")
    st.caption(say("legacy.alike_help"))
    answers: dict[int, str] = {}
    for item in open_rows[:_MOST_ASKED]:
        titles = {one.key: one.title for one in item.alike}
        answer = st.selectbox(
            plain(say("legacy.alike_row", row=str(item.row.number), title=shortened(item.title, _SHORT))),
            [*titles, NEW],
            index=None,
            format_func=partial(_alike_label, view, titles),
            key=fresh(f"legacy_alike_{item.row.number}_{item.title}"),
            placeholder=say("ui.choose"),
        )
        if answer is not None:
            answers[item.row.number] = answer
    return answers


def _alike_label(view: View, titles: Mapping[str, str], key: str) -> str:
    return view.say("legacy.same_as", title=titles[key]) if key else view.say("legacy.is_new")


def _grid(things: Sequence[T]) -> list[tuple[DeltaGenerator, T]]:
    """Things beside their cells, three in a row; on a narrow screen one below the other in the same order."""
    placed: list[tuple[DeltaGenerator, T]] = []
    for start in range(0, len(things), 3):
        placed += list(zip(st.columns(3), things[start : start + 3], strict=False))
    return placed
