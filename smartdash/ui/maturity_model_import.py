"""The form that brings a maturity model in: read, asked for key, licence and source, looked at, then stored whole."""

from __future__ import annotations

from typing import Any

import streamlit as st

from smartdash.analysis.maturity_model_changes import changes
from smartdash.analysis.maturity_models import findings
from smartdash.exchange.maturity_model_reading import SHEETS, ModelFile, read_model
from smartdash.exchange.maturity_model_records import HeldModels, Placed, placed, suggested, to_store
from smartdash.exchange.problems import Problem
from smartdash.exchange.refusals import REFUSALS, refusal_problems
from smartdash.figures.headings import heading
from smartdash.figures.maturity_model_checks import finding_row
from smartdash.figures.maturity_model_data import earlier_version, model_title, size
from smartdash.figures.maturity_model_differences import difference_message
from smartdash.model.maturity import MaturityModel
from smartdash.model.shared import Source
from smartdash.ui import opened
from smartdash.ui.importing import difference_table, problem_table
from smartdash.ui.markdown import plain
from smartdash.ui.maturity_model_version import chosen_next, read_stock
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, sign, write

_TYPES = ["xlsx", "xlsm", "xls", "ods", "zip", "csv"]
_NAME = "model_import"
_READINGS = 4
_MOST_FINDINGS = 10

Found = tuple[ModelFile | None, tuple[Problem, ...]]


def take_in(view: View) -> None:
    """Offer to bring a model in where something may be entered."""
    say = view.say
    if reason := hindrance(view):
        st.caption(f"**{say('maturity_model.take_in')}:** {plain(reason)}")
        return
    holder = st.expander(
        say("maturity_model.take_in"), icon=":material/upload_file:", key="model_take_in", on_change="rerun"
    )
    if not holder.open:
        return
    with holder:
        st.markdown(say("maturity_model.take_in_text"))
        files = st.file_uploader(
            say("data.file"),
            type=_TYPES,
            accept_multiple_files=True,
            key=fresh("model_files"),
            label_visibility="collapsed",
        )
        if files:
            _look_at(view, *_read(tuple((file.name, file.getvalue()) for file in files)))


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(files: tuple[tuple[str, bytes], ...]) -> Found:
    return read_model(*files)


def _look_at(view: View, file: ModelFile | None, problems: tuple[Problem, ...]) -> None:
    revision, held, _ = read_stock(view.scope())
    if file is None:
        _refused(view, problems)
        return
    # The revision that the preview was first made of: whoever writes meanwhile is not overwritten unseen.
    seen = fresh(f"model_seen_{file.origin.sha256}")
    based_on = st.session_state.setdefault(seen, revision)
    for note in file.notes:
        st.caption(plain(note.text(view.say)))
    model, source = _ask(view, file, held)
    place, problems = placed(file, model, source, held)
    if place is None:
        _refused(view, problems)
        return
    if _preview(view, place, held, file):
        _store(view, place, held, file, based_on)
    st.session_state[seen] = revision


def _refused(view: View, problems: tuple[Problem, ...]) -> None:
    st.error(view.say("data.refused", n=len(problems)), icon=":material/block:")
    problem_table(problems, view.say)


def _ask(view: View, file: ModelFile, held: HeldModels) -> tuple[MaturityModel, Source]:
    """The model's key, version, titles and scale as read, and its licence and source, for correction."""
    say = view.say
    model, source = suggested(file, held)
    told: dict[str, Any] = {}
    name = f"model_ask_{file.origin.sha256[:8]}"
    for fields in (("title_de", "title_en"), ("key", "version", "lowest", "highest")):
        for field, column in zip(fields, st.columns(len(fields)), strict=True):
            with column:
                told[field] = _ask_field(view, model, field, fresh(f"{name}_{field}"))
    told["licence"] = st.text_input(
        heading(MaturityModel, "licence", say),
        value=model.licence or "",
        max_chars=200,
        key=fresh(f"{name}_licence"),
        placeholder=say("maturity_model.licence_example"),
    ).strip()
    model = model.model_copy(update={**told, "licence": told["licence"] or None})
    return model, _ask_source(view, model, source, name)


def _ask_field(view: View, model: MaturityModel, field: str, key: str) -> str | int:
    label, value = heading(MaturityModel, field, view.say), getattr(model, field)
    if isinstance(value, int):
        number: int = st.number_input(label, min_value=0, max_value=1000, value=value, step=1, key=key)
        return number
    text: str = st.text_input(label, value=value, max_chars=40 if field in ("key", "version") else 200, key=key)
    return text.strip()


def _ask_source(view: View, model: MaturityModel, source: Source, name: str) -> Source:
    say, told = view.say, {}
    for field, column in zip(("title", "publisher", "url"), st.columns(3), strict=True):
        with column:
            told[field] = st.text_input(
                say("maturity_model.of_source", field=heading(Source, field, say)),
                value=getattr(source, field) or "",
                max_chars=300,
                key=fresh(f"{name}_source_{field}"),
            ).strip()
    free = st.toggle(
        heading(Source, "redistributable", say),
        value=source.redistributable,
        key=fresh(f"{name}_redistributable"),
        help=say("maturity_model.redistributable_help"),
    )
    named = {field: text or None for field, text in told.items()}
    title = told["title"] or model.title_de
    return source.model_copy(update={**named, "title": title, "licence": model.licence, "redistributable": free})


def _preview(view: View, place: Placed, held: HeldModels, file: ModelFile) -> bool:
    """What would be new or changed, and what of the model is incomplete; whether there is anything to store."""
    say, whole = view.say, place.whole
    try:
        difference = opened.store().compare(to_store(place, held))
    except REFUSALS as error:
        _refused(view, refusal_problems(error, file.origin.name))
        return False
    if difference.empty:
        st.success(say("data.nothing_new"), icon=":material/done_all:")
        return False
    st.markdown(f"##### {plain(size(whole, say))}")
    before = place.before or earlier_version(held.models, whole)
    if before:
        st.markdown(plain(difference_message(before, whole, changes(before, whole), say)))
    difference_table(difference, say)
    found = findings(whole)
    if found:
        st.warning(say("maturity_model.incomplete", n=len(found)), icon=":material/rule:")
    for item in found[:_MOST_FINDINGS]:
        about, wrong, repair, _ = finding_row(whole, item, say)
        st.caption(plain(f"{about}: {wrong} {repair}"))
    return True


def _store(view: View, place: Placed, held: HeldModels, file: ModelFile, based_on: int) -> None:
    say, model = view.say, place.whole.model
    with st.form(fresh("model_store"), border=False):
        signature = sign(view, _NAME, say("maturity_model.reason", file=file.origin.name))
        stored = st.form_submit_button(say("maturity_model.store"), type="primary")
    if not stored:
        return
    if not model.licence:
        st.error(say("maturity_model.licence_asked"), icon=":material/block:")
        return
    records = [record for rows in to_store(place, held).records.values() for record in rows]
    done = say("maturity_model.done", title=model_title(model, say))
    with chosen_next(model.key):
        write(view, records, signature, based_on=based_on, done=done, all_of=SHEETS, origin=file.origin)
