"""Writing from a form: whether it is allowed here, who writes and why, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.exchange.refusals import refusal_text, refused_values
from smartdash.locale.numbers import day
from smartdash.model.declare import Record
from smartdash.store import Audience, Changes, Origin, Revision, StoreError
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.view import View

_AUTHOR = "writing_author"
_DONE = "writing_done"
_WRITES = "writing_writes"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who writes, as a role, and why; a role that is not `remembered` is not suggested in other forms."""

    author: str
    reason: str
    remembered: bool = True


def working_day(view: View) -> date:
    """The day on which entries are made: today, or the fixed day on which the programme is always shown."""
    return (view.programme.default_as_of if view.programme else None) or date.today()


def hindrance(view: View) -> str | None:
    """Why nothing can be entered in this view, or None where it can."""
    if view.audience is Audience.PUBLIC:
        return view.say("capture.not_public")
    if view.revision is not None:
        return view.say("capture.not_older_revision")
    if view.as_of < working_day(view):
        return view.say("capture.not_in_past", day=day(working_day(view), view.lang))
    return None


def fresh(name: str) -> str:
    """A widget's key that becomes another one with each write of the session, so that forms are empty again."""
    return f"{name}_{writes()}"


def writes() -> int:
    """How often this session has written."""
    count: int = st.session_state.get(_WRITES, 0)
    return count


def sign(view: View, name: str, suggested: str, author: str = "") -> Signature:
    """Ask who writes and why, inside the form `name`.

    The role is `author` at first or, without one, the remembered one; an empty reason is the suggested one.
    """
    by = st.text_input(
        view.say("data.author"),
        value=author or st.session_state.get(_AUTHOR, ""),
        max_chars=100,
        key=fresh(f"{name}_author"),
        placeholder=view.say("data.author_example"),
    )
    reason = st.text_input(
        view.say("data.reason"),
        max_chars=200,
        key=fresh(f"{name}_reason"),
        placeholder=suggested,
        help=view.say("capture.reason_help"),
    )
    return Signature(by.strip(), reason.strip() or suggested)


def write(
    view: View,
    records: Iterable[Record],
    signature: Signature,
    *,
    based_on: int,
    done: str,
    all_of: type[Record] | tuple[type[Record], ...] = (),
    origin: Origin | None = None,
) -> None:
    """Write records as one revision and run the page again, which then says `done`; or say why nothing was written.

    With `all_of`, the records are all there are of these types: others are retired. `origin` is the file they come
    from; None where they were entered in the form.
    """
    if view.programme is None:
        return
    if signature.author and signature.remembered:
        st.session_state[_AUTHOR] = signature.author
    try:
        written = put(view, records, signature, based_on=based_on, all_of=all_of, origin=origin)
    except StoreError as error:
        st.error(plain(refusal_text(error, view.say)), icon=":material/block:")
        return
    if written is None:
        st.info(view.say("data.nothing_new"))
        return
    st.session_state[_WRITES] = writes() + 1
    st.session_state[_DONE] = f"{done} {view.say('data.stored', revision=str(written.number))}"
    st.rerun()


def put(
    view: View,
    records: Iterable[Record],
    signature: Signature,
    *,
    based_on: int | None,
    all_of: type[Record] | tuple[type[Record], ...] = (),
    origin: Origin | None = None,
) -> Revision | None:
    """Write records of the view's programme as one revision; None where nothing differs.

    With `all_of`, the records are all there are of these types: others are retired.

    Raises:
        StoreError: nothing was written.
    """
    whole = (all_of,) if isinstance(all_of, type) else all_of
    by_type: dict[str, list[Record]] = defaultdict(list, {one.sheet.name: [] for one in whole})
    for record in records:
        by_type[record.sheet.name].append(record)
    written, _ = opened.store().write(
        Changes(view.programme.key if view.programme else "", by_type, complete=bool(whole)),
        author=signature.author or view.say("data.author_default"),
        reason=signature.reason,
        origin=origin or Origin(view.say("data.origin_form")),
        based_on=based_on,
    )
    return written


def show_done() -> None:
    """Say once what the last run has written: here, and where the reader may have scrolled to."""
    if done := st.session_state.pop(_DONE, None):
        st.success(plain(done), icon=":material/check_circle:")
        st.toast(plain(done), icon=":material/check_circle:")


def refuse(view: View, refusal: Refusal) -> None:
    """Say what must not be done."""
    values: dict[str, Any] = {**refused_values(refusal, view.lang)}
    st.error(plain(view.say(refusal.message, **values)), icon=":material/block:")
