"""What is asked about a plan form: which version it is, what new lines are, whether changed labels are taken over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from smartdash.exchange.names import plain as folded
from smartdash.exchange.plan_form import FormPlan
from smartdash.exchange.plan_form_comparison import label_changes
from smartdash.exchange.plan_form_records import Answers, Held, Kinds, guessed_kinds
from smartdash.figures.headings import heading
from smartdash.model.committees import Paper
from smartdash.model.declare import Record
from smartdash.model.money import CostKind, CostLine, FunderKind, FundingSource, PlanStatus, PlanVersion
from smartdash.model.shared import Source
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.questions import choose_one, new_record
from smartdash.ui.view import View
from smartdash.ui.writing import fresh

K = TypeVar("K", CostKind, FunderKind)

_NEW = ""
_LONGEST_KEY = 50
_MOST_LABELS = 10


def ask_answers(view: View, form: FormPlan, held: Held) -> Answers:
    """Everything that the form itself does not say."""
    say = view.say
    versions = {item.key: item for item in held.all(PlanVersion)}
    chosen = st.selectbox(
        say("plan_form.which_version"),
        [_NEW, *versions],
        format_func=lambda key: plain(versions[key].title) if key else say("plan_form.new_version"),
        key=fresh("plan_form_version"),
        placeholder=say("ui.choose"),
        help=say("plan_form.which_version_help"),
    )
    there = versions.get(chosen)
    told = {} if there else _ask_version(view, held)
    sources = {item.key: item.title for item in held.all(Source)}
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        source = choose_one(view, say("plan_form.source"), sources, "plan_form_source") if sources else None
    with right:
        public = st.toggle(say("plan_form.public"), key=fresh("plan_form_public"))
    version = there or PlanVersion.model_validate({**told, "source": source, "public": public})
    kinds = _ask_kinds(view, form, held)
    return Answers(version, kinds, _ask_labels(view, form, held), source, public)


def _ask_version(view: View, held: Held) -> dict[str, Any]:
    """The fields of a new version; its key is made of its title."""
    say = view.say
    first, second, third = st.columns(3)
    with first:
        title = st.text_input(
            heading(PlanVersion, "title", say),
            max_chars=200,
            key=fresh("plan_form_title"),
            placeholder=say("plan_form.default_title"),
        )
        supersedes = choose_one(
            view, heading(PlanVersion, "supersedes", say), _titles(held, PlanVersion), "plan_form_supersedes"
        )
    with second:
        status = st.selectbox(
            heading(PlanVersion, "status", say),
            list(PlanStatus),
            index=list(PlanStatus).index(PlanStatus.WORKING),
            format_func=lambda one: one.label(view.lang),
            key=fresh("plan_form_status"),
            placeholder=say("ui.choose"),
        )
        decision = choose_one(view, heading(PlanVersion, "decision", say), _titles(held, Paper), "plan_form_decision")
    with third:
        valid_from = st.date_input(
            heading(PlanVersion, "valid_from", say), value=None, format="DD.MM.YYYY", key=fresh("plan_form_valid_from")
        )
    named = title.strip() or say("plan_form.default_title")
    return {
        **new_record(view, _key(named, opened.store().keys(held.programme, "plan_version", retired=True))),
        "title": named,
        "status": status,
        "valid_from": valid_from,
        "decision": decision,
        "supersedes": supersedes,
    }


def _titles(held: Held, record: type[Record]) -> dict[str, str]:
    return {item.key: item.title for item in held.records.get(record.sheet.name, ())}


def _key(title: str, taken: frozenset[str] | set[str]) -> str:
    """A readable key that no version ever had: "Nachtrag 2026" becomes nachtrag-2026."""
    words = (folded(word) for word in title.split())
    stem = "-".join(word for word in words if word)[:_LONGEST_KEY].strip("-") or "plan"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _ask_kinds(view: View, form: FormPlan, held: Held) -> Kinds:
    """The kinds of new lines and sources as guessed, for correction."""
    guessed = guessed_kinds(form, held)
    if not guessed.costs and not guessed.funders:
        return guessed
    st.markdown(f"**{view.say('plan_form.kinds')}**")
    st.caption(view.say("plan_form.kinds_help"))
    labels = {row.code: row.label for row in form.rows}
    key = fresh(f"plan_form_kinds_{form.sha256[:8]}")
    costs = _edit_kinds(view, labels, guessed.costs, CostKind, (heading(CostLine, "kind", view.say), key))
    funders = _edit_kinds(view, labels, guessed.funders, FunderKind, (heading(FundingSource, "kind", view.say), key))
    return Kinds(costs, funders)


def _edit_kinds(
    view: View, labels: Mapping[str, str], guessed: Mapping[str, K | None], kind: type[K], named: tuple[str, str]
) -> dict[str, K | None]:
    if not guessed:
        return {}
    names = {one.label(view.lang): one for one in kind}
    title, key = named
    code, line = view.say("plan_form.heading_code"), heading(CostLine, "title", view.say)
    rows = [[key, one.label(view.lang) if one else None, labels[key]] for key, one in guessed.items()]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=[code, title, line]),
        hide_index=True,
        width="stretch",
        disabled=[code, line],
        column_config={
            line: st.column_config.Column(width="large"),
            title: st.column_config.SelectboxColumn(options=list(names), width="medium"),
        },
        key=f"{key}_{kind.__name__}",
        placeholder="–",
        alt=title,
    )
    return {key: names.get(name) for key, name in zip(guessed, edited[title], strict=True)}


def _ask_labels(view: View, form: FormPlan, held: Held) -> bool:
    """Whether lines that are there already take the label of the form; which ones differ is shown."""
    say, changed = view.say, label_changes(form, held)
    if not changed:
        return False
    st.markdown(f"**{say('plan_form.labels', n=len(changed))}**")
    for one in changed[:_MOST_LABELS]:
        st.caption(plain(say("plan_form.label", code=one.code, before=one.before, after=one.after)))
    return st.toggle(say("plan_form.take_labels"), key=fresh("plan_form_labels"))
