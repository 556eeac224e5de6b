"""Taking in a grown list of projects: upload, columns, names, what would change, then one revision or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

import pandas as pd
import streamlit as st

from smartdash.exchange.files import Contents, load
from smartdash.exchange.legacy_comparison import Answers, Change, Held, Item, Outcome, compare, to_store
from smartdash.exchange.legacy_headings import LegacySheet, find_lists
from smartdash.exchange.legacy_list import NAMED, Names, Proposal, mapping_faults, propose
from smartdash.exchange.problems import Problem, capped
from smartdash.figures.headings import heading
from smartdash.locale.numbers import day, number
from smartdash.model.declare import Choice, fields
from smartdash.model.projects import ProjectProgress
from smartdash.store import Audience, Origin, Scope
from smartdash.ui import opened
from smartdash.ui.capture_reading import taken_keys
from smartdash.ui.importing import problem_table
from smartdash.ui.legacy_questions import ask_alike, ask_columns, ask_names, ask_sheet
from smartdash.ui.markdown import plain
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, sign, working_day, write

_TYPES = ["xlsx", "xlsm", "xls", "ods", "csv"]
_FILES = 4
_READINGS = 4
_NAME = "legacy_list"


@dataclass(frozen=True, slots=True)
class Stock:
    """What the list is compared with, as of `revision`, and the titles of units and fields of work by target."""

    revision: int
    held: Held
    titles: dict[str, dict[str, str]]


def legacy_list(view: View) -> None:
    """Offer to take in a list where something may be entered; the forms above say why where nothing may."""
    if view.programme is None or view.audience is Audience.PUBLIC or view.presentation or hindrance(view):
        return
    holder = st.expander(view.say("legacy.open"), icon=":material/table_view:", key=_NAME, on_change="rerun")
    if holder.open:
        with holder:
            _take_in(view)


def _take_in(view: View) -> None:
    say = view.say
    st.markdown(say("legacy.intro"))
    file = st.file_uploader(say("data.file"), type=_TYPES, key=fresh("legacy_file"), label_visibility="collapsed")
    if file is None:
        return
    contents, sheets, problems = _read_file(file.name, file.getvalue())
    if problems:
        st.error(say("legacy.unreadable"), icon=":material/block:")
        problem_table(problems, say)
        return
    sheet = ask_sheet(view, sheets)
    columns = ask_columns(view, sheet, contents.sha256[:8])
    if faults := mapping_faults(columns):
        for fault in faults:
            wrong = Problem(file.name, sheet.table.name, sheet.top + 1, "", "", fault.message, fault.values)
            st.error(plain(wrong.text(say)), icon=":material/block:")
        return
    stock = _stock(
        opened.store().stamp(), view.scope(), taken_keys(view), view.programme is not None and view.programme.demo
    )
    unknown = propose(sheet, columns, Names(stock.titles)).unknown
    proposal = propose(sheet, columns, Names(stock.titles, ask_names(view, unknown, stock.titles)))
    reported_on, public = _ask_once(view, proposal)
    open_items = compare(proposal, stock.held, Answers(reported_on, public))
    same = ask_alike(view, open_items)
    items = compare(proposal, stock.held, Answers(reported_on, public, same)) if same else open_items
    _preview(view, proposal, items, stock)
    _store(view, items, stock, Origin(contents.name, contents.sha256))


@st.cache_resource(max_entries=_FILES, show_spinner=False)
def _read_file(name: str, content: bytes) -> tuple[Contents, list[LegacySheet], list[Problem]]:
    contents = load((name, content))
    return contents, *find_lists(contents)


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _stock(stamp: tuple[int, ...], scope: Scope, taken: frozenset[str], demo: bool) -> Stock:
    """What the store holds now, not as of a day: a project that is changed keeps what is reported of it later."""
    with opened.store().read(scope) as reader:
        revision = reader.scope.revision or 0
    current: Mapping[str, Sequence[Any]] = opened.store().current(scope.programme)
    held = Held(scope.programme, current["project"], current["project_progress"], taken, demo)
    return Stock(revision, held, {name: {one.key: one.title for one in current[name]} for name in NAMED})


def _ask_once(view: View, proposal: Proposal) -> tuple[date, bool]:
    """The day on which phase and completion were reported, and whether new projects are public."""
    say, today = view.say, working_day(view)
    reported_on = today
    if {"stage", "completion"} & set(proposal.columns.values()):
        reported_on = (
            st.date_input(
                heading(ProjectProgress, "reported_on", say),
                value=today,
                max_value=today,
                format="DD.MM.YYYY",
                key=fresh("legacy_reported_on"),
                help=say("legacy.reported_help"),
            )
            or today
        )
    public = st.toggle(say("legacy.public"), key=fresh("legacy_public"), help=say("legacy.public_help"))
    return reported_on, public


def _preview(view: View, proposal: Proposal, items: Sequence[Item], stock: Stock) -> None:
    say = view.say
    counts = Counter(item.outcome for item in items)
    st.markdown(f"**{say('legacy.preview', file=plain(proposal.sheet.table.file))}**")
    shown = {one.value: str(counts[one]) for one in Outcome}
    st.markdown(say("legacy.summary", n=None, **shown))
    for note in proposal.notes:
        st.caption(plain(note.text(say)))
    names = ("row", "title", "outcome", "field", "before", "after")
    st.dataframe(
        pd.DataFrame([line for item in items for line in _lines(view, item, stock)], columns=list(names)),
        hide_index=True,
        column_config={name: st.column_config.Column(say(f"legacy.column_{name}")) for name in names},
        placeholder="–",
        alt=say("legacy.preview_alt"),
    )
    problems = capped(list(chain.from_iterable(item.problems for item in items)))
    if problems:
        st.error(say("legacy.wrong_rows", n=counts[Outcome.WRONG]), icon=":material/block:")
        problem_table(problems, say)


def _lines(view: View, item: Item, stock: Stock) -> list[list[Any]]:
    """A row of the list as lines of the table: one for each field that it changes, or one that says what it is."""
    head = [item.row.number, item.title, view.say(f"legacy.outcome_{item.outcome.value}")]
    told = [
        [
            *head,
            heading(change.record, change.field, view.say),
            _in_words(view, change, change.before, stock),
            _in_words(view, change, change.after, stock),
        ]
        for change in item.changes
    ]
    return told or [[*head, None, None, None]]


def _in_words(view: View, change: Change, value: Any, stock: Stock) -> str | None:
    if value is None:
        return None
    unit = next(one.column.unit for one in fields(change.record) if one.name == change.field)
    if isinstance(value, Choice):
        return value.label(view.lang)
    if isinstance(value, date):
        return day(value, view.lang)
    if isinstance(value, Decimal | int):
        return f"{number(value, view.lang)}\u00a0{unit}".strip()
    return stock.titles.get(change.field, {}).get(value, str(value))


def _store(view: View, items: Sequence[Item], stock: Stock, origin: Origin) -> None:
    """Ask who and why and store the rows, once all are right or the others are left out on purpose."""
    say = view.say
    left_out = sum(item.outcome in (Outcome.WRONG, Outcome.ALIKE) for item in items)
    taken = sum(bool(item.records) for item in items)
    if left_out and not st.toggle(say("legacy.leave_out", n=left_out), key=fresh("legacy_leave_out")):
        st.info(say("legacy.not_yet"), icon=":material/info:")
        return
    if not taken:
        st.info(say("legacy.nothing_new"), icon=":material/done_all:")
        return
    with st.form(fresh("legacy_store"), border=False):
        signature = sign(view, _NAME, say("legacy.reason", file=origin.name))
        stored = st.form_submit_button(say("legacy.store", n=taken), type="primary")
    if stored:
        done = say("legacy.done", n=taken)
        if left_out:
            done = f"{done} {say('legacy.done_without', n=left_out)}"
        write(view, to_store(items), signature, based_on=stock.revision, done=done, origin=origin)
