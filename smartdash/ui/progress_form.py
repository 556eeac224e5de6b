"""The form that reports how far a project is."""

from __future__ import annotations

from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.figures.headings import heading
from smartdash.locale.numbers import number
from smartdash.model.projects import ProjectProgress, ProjectStage
from smartdash.ui.project_stock import Stock
from smartdash.ui.questions import Make, ask_day, new_record, typed_amount
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, working_day


def ask_progress(view: View, stock: Stock, subject: str | None) -> Make:
    """Ask for phase, completion, expected end and cost of a project; what was last reported stands there already."""
    say, last = view.say, stock.progress.get(subject or "")
    name = f"project_progress_{subject}"
    on = ask_day(view, heading(ProjectProgress, "reported_on", say), f"{name}_on", working_day(view), past=True)
    stages = list(ProjectStage)
    stage = st.selectbox(
        heading(ProjectProgress, "stage", say),
        stages,
        index=stages.index(last.stage) if last and last.stage else None,
        format_func=lambda item: item.label(view.lang),
        key=fresh(f"{name}_stage"),
        placeholder=say("ui.choose"),
    )
    completion = st.number_input(
        f"{heading(ProjectProgress, 'completion', say)} (%)",
        min_value=0,
        max_value=100,
        value=last.completion if last else None,
        step=5,
        key=fresh(f"{name}_completion"),
    )
    known = last.forecast_end if last else None
    end = ask_day(view, heading(ProjectProgress, "forecast_end", say), f"{name}_end", known)
    known_cost = number(last.forecast_cost, view.lang, 2) if last and last.forecast_cost is not None else ""
    cost = st.text_input(
        f"{heading(ProjectProgress, 'forecast_cost', say)} (€)", value=known_cost, key=fresh(f"{name}_cost")
    )
    comment = st.text_area(heading(ProjectProgress, "comment", say), height=68, key=fresh(f"{name}_comment"))

    def make() -> list[Any]:
        if subject is None:
            raise Refusal("projects.project_needed")
        return [
            ProjectProgress(
                **new_record(view),
                project=subject,
                public=stock.projects[subject].public,
                reported_on=on or working_day(view),
                stage=stage,
                completion=completion,
                forecast_end=end,
                forecast_cost=typed_amount(cost),
                comment=comment.strip() or None,
            )
        ]

    return make
