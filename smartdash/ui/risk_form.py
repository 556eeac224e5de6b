"""The form that keeps risks and chances: what may happen, how likely and how grave, and what is done about it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from smartdash.analysis.condensing import LONGEST_TITLE, Refusal
from smartdash.figures.headings import heading
from smartdash.model.declare import Record
from smartdash.model.risks import Risk, RiskAssessment, RiskKind
from smartdash.ui.project_stock import Stock
from smartdash.ui.questions import Make, ask_day, choose_one, new_key, new_record
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, working_day

_SHORT = 100


def ask_risk(view: View, stock: Stock, subject: str | None) -> Make:
    """Ask for a new risk or chance, or for a new assessment of a known one."""
    known = stock.risks.get(subject or "")
    name = f"project_risk_{subject}"
    named = _ask_new(view, stock, name) if known is None else {}
    steps = [
        st.segmented_control(
            heading(Risk, field, view.say), [1, 2, 3, 4, 5], default=None, key=fresh(f"{name}_{field}")
        )
        for field in ("probability", "impact")
    ]
    given = _ask_response(view, known, name)
    closed = known is not None and st.toggle(view.say("projects.close_risk"), key=fresh(f"{name}_closed"))

    def make() -> list[Record]:
        if known is None:
            return [_new_risk(view, stock, {**named, **given}, steps)]
        if steps.count(None) == 1:
            raise Refusal("projects.steps_needed")
        today = working_day(view)
        records: list[Record] = [known.model_copy(update={**given, "closed_on": today if closed else None})]
        if None not in steps:
            fields: dict[str, Any] = {
                "risk": known.key,
                "assessed_on": today,
                "probability": steps[0],
                "impact": steps[1],
            }
            records.append(RiskAssessment(**new_record(view), public=known.public, **fields))
        return records

    return make


def _ask_new(view: View, stock: Stock, name: str) -> dict[str, Any]:
    say = view.say
    title = st.text_input(heading(Risk, "title", say), max_chars=LONGEST_TITLE, key=fresh(f"{name}_title"))
    kind = st.segmented_control(
        heading(Risk, "kind", say),
        list(RiskKind),
        default=RiskKind.RISK,
        required=True,
        format_func=lambda item: item.label(view.lang),
        key=fresh(f"{name}_kind"),
    )
    titles = {key: item.title for key, item in stock.projects.items()}
    about = choose_one(view, heading(Risk, "about", say), titles, f"{name}_about", "projects.whole_programme")
    return {"title": title, "kind": kind, "about": about}


def _ask_response(view: View, known: Risk | None, name: str) -> dict[str, Any]:
    say = view.say
    response = st.text_area(
        heading(Risk, "response", say),
        value=(known.response or "") if known else "",
        height=68,
        key=fresh(f"{name}_response"),
    )
    due = ask_day(view, heading(Risk, "response_due", say), f"{name}_due", known.response_due if known else None)
    role = st.text_input(
        heading(Risk, "owner_role", say),
        value=(known.owner_role or "") if known else "",
        max_chars=_SHORT,
        key=fresh(f"{name}_role"),
    )
    return {"response": response.strip() or None, "response_due": due, "owner_role": role.strip() or None}


def _new_risk(view: View, stock: Stock, given: dict[str, Any], steps: list[int | None]) -> Risk:
    if not given["title"].strip():
        raise Refusal("projects.title_needed")
    probability, impact = steps
    if probability is None or impact is None:
        raise Refusal("projects.steps_needed")
    return Risk(
        **new_record(view, new_key(view, Risk, "R")),
        identified_on=working_day(view),
        probability=probability,
        impact=impact,
        public=given["about"] is None or stock.projects[given["about"]].public,
        **given,
    )
