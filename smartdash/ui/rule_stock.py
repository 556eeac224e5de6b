"""What the forms of the grant rules work on: packs, what is known for them, results, waivers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from smartdash.analysis.rules import RuleResult
from smartdash.figures.rule_data import packs_in_use, rule_results
from smartdash.figures.rule_tally import gravity
from smartdash.figures.tables import titles
from smartdash.model.committees import Paper
from smartdash.model.grants import RulePackUse, RuleParameter, Waiver
from smartdash.model.rule_packs import RulePack
from smartdash.model.rule_parts import RuleStatus
from smartdash.model.schedule import Phase
from smartdash.store import Scope
from smartdash.store.rule_packs import rule_packs
from smartdash.ui import opened
from smartdash.ui.view import View

_READINGS = 20


@dataclass(frozen=True, slots=True)
class RuleStock:
    """The rules of a programme as of `revision`; `binding` are the packs that bind it; the gravest result first."""

    revision: int
    packs: Mapping[str, RulePack]
    binding: Sequence[RulePack]
    uses: Sequence[RulePackUse]
    parameters: Sequence[RuleParameter]
    waivers: Sequence[Waiver]
    results: Sequence[RuleResult]
    papers: Mapping[str, str]
    phases: Mapping[str | None, str]

    @property
    def judged(self) -> bool:
        """Whether any rule has something to judge."""
        return any(result.status is not RuleStatus.NOT_APPLICABLE for result in self.results)

    def open_waivers(self, day: date) -> list[Waiver]:
        """The waivers that still hold on a day."""
        return [waiver for waiver in self.waivers if waiver.valid_until is None or waiver.valid_until >= day]


def read_rules(view: View) -> RuleStock:
    """What the forms of the chosen programme work on, read anew when the store has changed."""
    return _read(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope) -> RuleStock:
    with opened.store().read(scope) as reader:
        return RuleStock(
            reader.scope.revision or 0,
            rule_packs(),
            packs_in_use(reader),
            reader.all(RulePackUse),
            reader.all(RuleParameter),
            reader.all(Waiver),
            sorted(rule_results(reader), key=gravity),
            {paper.key: paper.title for paper in reader.all(Paper)},
            titles(reader.all(Phase)),
        )
