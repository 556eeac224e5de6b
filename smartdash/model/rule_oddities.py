"""Rule types about the plan as such: what is odd about it, whoever pays for it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from smartdash.model.rule_parts import Exact, FundingPart, RuleBase


class LabelUnique(RuleBase):
    """Below one heading a label stands once, or at least with the same values."""

    type: Literal["label_unique"]


class ShareMatchesFormula(RuleBase):
    """A printed share is the recomputed one to two decimals, and printed shares add up to 100 within 0.01 per share."""

    type: Literal["share_matches_formula"]


class StaleBase(RuleBase):
    """Funding is not an exact share of another state of the costs.

    `rates` are the rates of funding to try; `own` is what remains beside the grant at such a rate.
    """

    type: Literal["stale_base"]
    rates: Annotated[tuple[Exact, ...], Field(min_length=1)]
    own: FundingPart
    grant: FundingPart


class IdenticalSeries(RuleBase):
    """No two lines have the very same amounts in every year, in at least `min_years` years."""

    type: Literal["identical_series"]
    min_years: Annotated[int, Field(ge=1)] = 2


class ZeroInActivePhase(RuleBase):
    """A line with amounts next to a year in which its phase is active has one in that year too."""

    type: Literal["zero_in_active_phase"]


class VatConsistent(RuleBase):
    """Gross is net plus value-added tax by the rate of the day of the service, for contracts and person-days."""

    type: Literal["vat_consistent"]
