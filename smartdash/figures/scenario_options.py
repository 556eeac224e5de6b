"""Assumptions as values of a figure's options, as a page, a command line or an address can hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from smartdash.figures.figure import Option
from smartdash.figures.headings import heading
from smartdash.figures.scenario_data import Base, question
from smartdash.figures.scenario_words import exact_percent, price_text
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY
from smartdash.model.scenarios import Scenario, ScenarioPrice

TRIED = "tried"
"""The key of the scenario that is tried out; no record of that key is ever written."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """A scenario with its prices."""

    scenario: Scenario
    prices: tuple[ScenarioPrice, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing differs from the plan."""
        asked = self.scenario
        return asked.funding_rate is None and not asked.enforce_caps and not asked.delay_months and not self.prices


def as_options(assumed: Assumed) -> tuple[tuple[str, str], ...]:
    """Assumptions as values by name: rate in per cent, caps "yes", delay in months, prices "1.1=5@2026;2=-3"."""
    asked, values = assumed.scenario, {}
    if asked.funding_rate is not None:
        values["rate"] = _plain(asked.funding_rate)
    if asked.enforce_caps:
        values["caps"] = "yes"
    if asked.delay_months:
        values["delay"] = str(asked.delay_months)
    if assumed.prices:
        values["prices"] = ";".join(
            f"{price.cost_line}={_plain(price.percent)}" + (f"@{price.from_year}" if price.from_year else "")
            for price in assumed.prices
        )
    return tuple(sorted(values.items()))


def tried_out(base: Base, chosen: Mapping[str, str]) -> Assumed:
    """The assumptions that values speak of; where they are no valid ones, as with any option, the plan as it is."""
    try:
        asked = {"funding_rate": chosen.get("rate") or None, "enforce_caps": chosen.get("caps") == "yes"}
        scenario = question(base, TRIED, delay_months=chosen.get("delay") or 0, **asked)
        return Assumed(scenario, tuple(_prices(base, chosen.get("prices", ""))))
    except ValidationError:
        return Assumed(question(base, TRIED))


def tried_options(assumed: Assumed, lines: Mapping[str, str], say: Words) -> tuple[Option, ...]:
    """What was assumed, as options with no other choice, so that a picture and a file say it too."""
    asked, values = assumed.scenario, dict(as_options(assumed))
    rate = (
        exact_percent(asked.funding_rate, say.lang) if asked.funding_rate is not None else say("scenarios.as_planned")
    )
    texts: dict[str, tuple[str, str]] = {
        "rate": (heading(Scenario, "funding_rate", say), rate),
        "caps": (heading(Scenario, "enforce_caps", say), say("common.yes" if asked.enforce_caps else "common.no")),
        "delay": (heading(Scenario, "delay_months", say), str(asked.delay_months)),
        "prices": (
            ScenarioPrice.sheet.label(say.lang),
            ", ".join(price_text(price, lines, say) for price in assumed.prices) or EMPTY,
        ),
    }
    return tuple(
        Option(name, label, {values.get(name, ""): text}, values.get(name, "")) for name, (label, text) in texts.items()
    )


def _prices(base: Base, text: str) -> Iterator[ScenarioPrice]:
    for part in filter(None, text.split(";")):
        line, _, change = part.partition("=")
        percent_text, _, year = change.partition("@")
        if line in base.lines:
            yield priced_line(base, TRIED, line, percent_text, year or None)


def priced_line(base: Base, scenario: str, line: str, change: Any, year: Any) -> ScenarioPrice:
    """The price of a line in a scenario.

    Raises:
        ValidationError: the change or the year is not a valid one.
    """
    version = base.version
    return ScenarioPrice.model_validate(
        {
            "programme": version.programme,
            "demo": version.demo,
            "scenario": scenario,
            "cost_line": line,
            "percent": change,
            "from_year": year,
        }
    )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
