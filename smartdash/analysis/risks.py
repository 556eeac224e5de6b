"""Risks and chances as they stand on a day: their place in the matrix, and how it moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.model.risks import Risk, RiskAssessment

Place = tuple[int, int]
"""Probability and impact, each from 1 to 5."""


@dataclass(frozen=True, slots=True)
class RiskStanding:
    """An open risk or chance: its place, the one before it (None: assessed once), and the days its response is overdue.

    `overdue` is None where no response is due, or not yet.
    """

    risk: Risk
    place: Place
    before: Place | None
    assessed_on: date
    overdue: int | None

    @property
    def weight(self) -> int:
        """Probability times impact, from 1 to 25."""
        return self.place[0] * self.place[1]

    @property
    def moved(self) -> int:
        """By how much the weight grew since the assessment before; 0 where it was assessed once."""
        return self.weight - self.before[0] * self.before[1] if self.before else 0


def risk_standings(risks: Sequence[Risk], assessments: Iterable[RiskAssessment], as_of: date) -> list[RiskStanding]:
    """The open risks and chances on a day: overdue responses first, then by weight."""
    later: dict[str, list[RiskAssessment]] = defaultdict(list)
    for item in sorted(assessments, key=lambda one: (one.assessed_on, one.key)):
        if item.assessed_on <= as_of:
            later[item.risk].append(item)
    found = []
    for risk in risks:
        if risk.identified_on > as_of or (risk.closed_on and risk.closed_on <= as_of):
            continue
        places = [(risk.probability, risk.impact), *((one.probability, one.impact) for one in later[risk.key])]
        assessed = later[risk.key][-1].assessed_on if later[risk.key] else risk.identified_on
        late = (as_of - risk.response_due).days if risk.response_due else 0
        before = places[-2] if len(places) > 1 else None
        found.append(RiskStanding(risk, places[-1], before, assessed, late if late > 0 else None))
    return sorted(found, key=lambda item: (-(item.overdue or 0), -item.weight, item.risk.title, item.risk.key))
