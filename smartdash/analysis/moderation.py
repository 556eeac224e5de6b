"""What a moderated meeting talks about: where a unit's raters are too far apart, the strongest disagreement first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from smartdash.analysis.agreement import Agreement
from smartdash.model.maturity import Criterion, MaturityModel
from smartdash.model.surveys import Consensus

_LEVEL_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class RatedCriterion:
    """What a unit's raters say to a criterion, without who said what.

    Attributes:
        unit: The unit's key.
        criterion: The criterion.
        levels: The level of each answer, lowest first; an indicator's value as the level it stands for.
        not_applicable, do_not_know: How many say that instead.
        agreement: How far they agree.
        consensus: What the meeting agreed on; None as long as it has not.
    """

    unit: str
    criterion: Criterion
    levels: tuple[Decimal, ...]
    not_applicable: int
    do_not_know: int
    agreement: Agreement
    consensus: Consensus | None

    @property
    def open(self) -> bool:
        """Whether it is to be clarified and the meeting has not settled it."""
        return self.agreement.to_clarify and self.consensus is None


def agenda(rated: Iterable[RatedCriterion], *, everything: bool = False) -> list[RatedCriterion]:
    """What is to be clarified: the open ones first, of these the strongest disagreement first; then the settled ones.

    What the meeting settled although the raters agree is among the settled ones. With `everything`, what needs no
    clarification follows.
    """
    wanted = [item for item in rated if everything or item.agreement.to_clarify or item.consensus]
    return sorted(
        wanted,
        key=lambda item: (
            not item.open,
            item.consensus is None,
            -item.agreement.disagreement,
            -item.agreement.range,
            item.unit,
        ),
    )


def level_of_value(value: Decimal, criterion: Criterion, model: MaturityModel) -> Decimal | None:
    """The level that an indicator's value stands for, to four decimals; None for a criterion without anchors.

    Linear between the anchors; beyond them it is the lowest or the highest level.
    """
    if criterion.anchor_low is None or criterion.anchor_high is None:
        return None
    gained = value - criterion.anchor_low if criterion.higher_is_better else criterion.anchor_high - value
    share = max(Decimal(0), min(Decimal(1), gained / (criterion.anchor_high - criterion.anchor_low)))
    return (model.lowest + share * (model.highest - model.lowest)).quantize(_LEVEL_PLACES, ROUND_HALF_UP)
