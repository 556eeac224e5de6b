"""What was read from a plan form, as the form looks and beside what is stored: deviations and changed amounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from smartdash.analysis.budget import ZERO
from smartdash.analysis.checks import Check, Plan
from smartdash.charts.tokens import STATUS_SIGNS, tokens
from smartdash.exchange.plan_form import FormPlan
from smartdash.exchange.plan_form_comparison import CellChange, cell_changes, deviation_place, deviation_text
from smartdash.exchange.plan_form_records import Held
from smartdash.exchange.plan_form_rows import FormRow
from smartdash.figures.headings import heading, listing
from smartdash.locale.numbers import EMPTY, euro, number
from smartdash.model.declare import Record
from smartdash.model.money import CostAmount, CostLine, FundingSource, PlanVersion, StatedSubject, StatedTotal
from smartdash.ui.markdown import plain
from smartdash.ui.view import View

_INDENT = "\u2003"
_MOST_ROWS = 18
_ROW_HEIGHT = 35
_MOST_CHANGES = 500
_CODE_WIDTH, _CHECK_WIDTH, _LABEL_WIDTH, _AMOUNT_WIDTH = 100, 210, 300, 115


def show_form(view: View, form: FormPlan, found: Sequence[Check]) -> None:
    """The rows of the form, codes by years; a total that deviates is marked by sign, word and colour."""
    say = view.say
    wrong: dict[str, list[str]] = defaultdict(list)
    for check in found:
        if check.rule == "stated_total":
            wrong[check.values["code"]].append(check.period or say("budget.total"))
    columns = [*map(str, form.years), *([say("budget.total")] if form.total else [])]
    names = [say("plan_form.heading_code"), say("plan_form.check"), heading(CostLine, "title", say), *columns]
    rows = [_cells(view, form, row, wrong) for row in form.rows]
    colour = f"color: {tokens(view.mode).crit}; font-weight: 600"
    marks = [
        [
            colour if name in wrong.get(row.code, ()) or (name == names[1] and row.code in wrong) else ""
            for name in names
        ]
        for row in form.rows
    ]
    frame = pd.DataFrame(rows, columns=names)
    st.dataframe(
        frame.style.apply(lambda _: pd.DataFrame(marks, columns=names), axis=None),
        hide_index=True,
        width="stretch",
        height="content" if len(rows) <= _MOST_ROWS else (_MOST_ROWS + 1) * _ROW_HEIGHT + 3,
        column_config={
            names[0]: st.column_config.Column(pinned=True, width=_CODE_WIDTH),
            names[1]: st.column_config.Column(width=_CHECK_WIDTH),
            names[2]: st.column_config.Column(width=_LABEL_WIDTH),
            **{name: st.column_config.Column(alignment="right", width=_AMOUNT_WIDTH) for name in columns},
        },
        placeholder="",
        alt=say("plan_form.preview_alt"),
    )


def _cells(view: View, form: FormPlan, row: FormRow, wrong: Mapping[str, Sequence[str]]) -> list[str]:
    say = view.say
    depth = max(len(row.place_in_tree) - 1, 0)
    label = row.label if row.code[:1].isdigit() else row.label.removeprefix(row.code).strip() or row.label
    if row.heading:
        return [row.code, "", row.label, *[""] * (len(form.years) + form.total)]
    amounts = [*row.amounts, *([row.total] if form.total else [])]
    texts = [EMPTY if amount is None else number(amount, view.lang, 2) for amount in amounts]
    if row.code in wrong:
        check = f"{STATUS_SIGNS['critical']} {say('plan_form.deviates', columns=listing(list(wrong[row.code]), say))}"
    else:
        check = EMPTY if row.computed else f"{STATUS_SIGNS['on_track']} {say('plan_form.agrees')}"
    unit = " (%)" if row.kind is StatedSubject.SHARE else ""
    return [row.code, check, f"{_INDENT * depth}{label}{unit}", *texts]


def show_deviations(view: View, found: Sequence[Check], accepted: int) -> None:
    """Each total that does not agree, with both sides and the difference; or that all agree.

    `accepted` of them were accepted before, as they are.
    """
    say = view.say
    if not found:
        st.success(say("plan_form.all_agree"), icon=":material/check_circle:")
        return
    st.warning(say("plan_form.deviating", n=len(found)), icon=":material/rule:")
    rows = [[f"{STATUS_SIGNS['critical']} {deviation_place(one, say)}", deviation_text(one, say)] for one in found]
    names = (say("plan_form.where"), say("plan_form.what"))
    st.dataframe(
        pd.DataFrame(rows, columns=list(names)),
        hide_index=True,
        width="stretch",
        height="content" if len(rows) <= _MOST_ROWS else (_MOST_ROWS + 1) * _ROW_HEIGHT + 3,
        column_config={name: st.column_config.Column(width="large") for name in names},
        alt=say("plan_form.deviating", n=len(found)),
    )
    if accepted:
        st.caption(say("plan_form.accepted_before", n=accepted))


def show_changes(view: View, held: Held, plan: Plan) -> None:
    """What changes to the version as it is stored, and to the version it supersedes."""
    versions = {item.key: item for item in held.all(PlanVersion)}
    for key, message in ((plan.version.key, "changes_stored"), (plan.version.supersedes, "changes_superseded")):
        before = versions.get(key or "")
        if before is None:
            continue
        changes = cell_changes(held.plan(before), plan)
        if changes:
            st.markdown(f"##### {plain(view.say(f'plan_form.{message}', n=len(changes), title=before.title))}")
            _change_table(view, changes[:_MOST_CHANGES])
        else:
            st.caption(plain(view.say("plan_form.changes_none", title=before.title)))


def _change_table(view: View, changes: Sequence[CellChange]) -> None:
    say = view.say
    kinds: dict[type[Record], type[Record]] = {CostAmount: CostLine, StatedTotal: StatedTotal}
    rows: list[list[Any]] = [
        [
            kinds.get(one.record, FundingSource).sheet.label(view.lang),
            f"{one.code} {one.title}" if one.code not in one.title else one.title,
            say("budget.total") if one.year is None else str(one.year),
            euro(one.before, view.lang, cents=True),
            euro(one.after, view.lang, cents=True),
            euro((one.after or ZERO) - (one.before or ZERO), view.lang, cents=True),
        ]
        for one in changes
    ]
    names = [say(f"plan_form.column_{name}") for name in ("kind", "line", "year", "before", "after", "difference")]
    st.dataframe(
        pd.DataFrame(rows, columns=names),
        hide_index=True,
        width="stretch",
        height="content" if len(rows) <= _MOST_ROWS else (_MOST_ROWS + 1) * _ROW_HEIGHT + 3,
        column_config={name: st.column_config.Column(alignment="right") for name in names[3:]},
        alt=say("plan_form.changes_alt"),
    )
