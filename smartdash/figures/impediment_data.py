"""What the figures of impediments share: how each stands, what it weighs, and how what it names is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartdash.analysis.impediment_numbers import load
from smartdash.analysis.impediments import ImpedimentStanding
from smartdash.figures.standings import read_impediments, unit_names
from smartdash.figures.tables import titles
from smartdash.model.okr import KeyResult
from smartdash.model.projects import Project
from smartdash.model.schedule import Milestone
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class ImpedimentData:
    """The impediments of a scope, the weights of its key results, and titles by key."""

    as_of: date
    standings: Sequence[ImpedimentStanding]
    weights: Mapping[str, Decimal]
    blocked: Mapping[str | None, str]
    units: Mapping[str, str]

    @property
    def unsolved(self) -> list[ImpedimentStanding]:
        """The open ones, the overdue first, the latest and oldest above."""
        return sorted(
            (item for item in self.standings if item.open), key=lambda item: (-(item.days_late or 0), -item.open_days)
        )

    def blocks(self, standing: ImpedimentStanding) -> str | None:
        """What an impediment blocks, by title; what the scope may not see is left out."""
        return "; ".join(self.blocked[key] for key in standing.blocks if key in self.blocked) or None

    def cause(self, standing: ImpedimentStanding) -> str | None:
        """The name of the unit that causes it."""
        return self.units.get(standing.impediment.cause_unit or "")

    def load(self, standing: ImpedimentStanding) -> Decimal:
        """Open days × weight of the blocked key results."""
        return load(standing, self.weights)


def read_impediment_data(reader: Reader) -> ImpedimentData:
    """Read the impediments of the scope and what they refer to."""
    results = reader.all(KeyResult)
    return ImpedimentData(
        reader.scope.as_of,
        read_impediments(reader),
        {item.key: item.weight for item in results},
        {**titles(results), **titles(reader.all(Project)), **titles(reader.all(Milestone))},
        unit_names(reader),
    )
