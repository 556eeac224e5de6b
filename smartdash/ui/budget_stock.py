"""What the forms of the budget page offer, read once per state of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from smartdash.analysis.budget_use import Budget
from smartdash.analysis.trees import tree_order
from smartdash.figures.budget_data import read_budget
from smartdash.model.money import CostLine
from smartdash.model.spending import Commitment, CommitmentStep, PersonDayBudget, Posting
from smartdash.store import Scope
from smartdash.store.queries import CommitmentState, commitment_states
from smartdash.ui import opened
from smartdash.ui.view import View

_READINGS = 20


@dataclass(frozen=True, slots=True)
class Stock:
    """What the forms offer, as of `revision`.

    `lines` are those without lines below them, by key; `with_days` those of them that person-days are bought for.
    `postings` may still be reversed, the newest first. `changed` has the day of each commitment's newest step.
    """

    revision: int
    lines: dict[str, CostLine]
    with_days: frozenset[str]
    years: tuple[int, ...]
    budget: Budget
    postings: dict[str, Posting]
    commitments: dict[str, Commitment]
    states: dict[str, CommitmentState]
    changed: dict[str, date]

    def titles(self) -> dict[str, str]:
        """The lines as a list shows them."""
        return {key: f"{key} {line.title}" for key, line in self.lines.items()}


def read_stock(view: View) -> Stock:
    """What may be entered about the budget of the chosen programme, read anew when the store has changed."""
    return _read_stock(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read_stock(stamp: tuple[int, ...], scope: Scope) -> Stock:
    with opened.store().read(scope) as reader:
        postings = sorted(reader.all(Posting), key=lambda item: (item.booked_on, item.key), reverse=True)
        reversed_ones = {item.reverses for item in postings}
        commitments = reader.all(Commitment)
        changed = {item.key: item.committed_on for item in commitments}
        for step in reader.all(CommitmentStep):
            changed[step.commitment] = max(changed[step.commitment], step.changed_on)
        now = scope.as_of.year
        lines = reader.all(CostLine)
        budget = read_budget(reader).budget
        return Stock(
            reader.scope.revision or 0,
            {line.key: line for line, _, leaf in tree_order(lines) if leaf},
            frozenset(item.cost_line for item in reader.all(PersonDayBudget) if item.cost_line),
            tuple(sorted({now, now + 1, *budget.years()})),
            budget,
            {item.key: item for item in postings if item.reverses is None and item.key not in reversed_ones},
            {item.key: item for item in commitments},
            {item.key: item for item in commitment_states(reader) if item.open},
            changed,
        )
