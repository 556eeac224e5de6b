"""How scenarios are put into words: what is assumed, and what it changes for the municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.scenarios import Money
from smartdash.figures.tables import capital
from smartdash.locale import Language, Words
from smartdash.locale.numbers import euro_short, percent, with_plus
from smartdash.model.scenarios import Scenario, ScenarioPrice

EFFECT_SIGNS = {"more": "▲", "less": "▼", "same": "="}


def assumption_texts(
    scenario: Scenario, prices: Iterable[ScenarioPrice], lines: Mapping[str, str], say: Words
) -> list[str]:
    """What a scenario assumes, one text per assumption; none where nothing differs from the plan."""
    texts = []
    if scenario.funding_rate is not None:
        texts.append(say("scenarios.rate", rate=exact_percent(scenario.funding_rate, say.lang)))
    if scenario.enforce_caps:
        texts.append(say("scenarios.caps"))
    if scenario.delay_months:
        texts.append(say("scenarios.delay", n=scenario.delay_months))
    return texts + [price_text(price, lines, say) for price in prices]


def title_of(texts: Sequence[str]) -> str:
    """What a scenario without a name is called: by what it assumes."""
    return capital(", ".join(texts))


def price_text(price: ScenarioPrice, lines: Mapping[str, str], say: Words) -> str:
    """How the price of a line changes: "1.2.6 Investitionen +8 % ab 2026"."""
    line = f"{price.cost_line} {lines.get(price.cost_line, '')}".strip()
    change = with_plus(exact_percent(price.percent, say.lang), price.percent)
    if price.from_year is None:
        return say("scenarios.price", line=line, change=change)
    return say("scenarios.price_from", line=line, change=change, year=str(price.from_year))


def exact_percent(value: Decimal, lang: Language) -> str:
    """A percentage with as many decimals as it has: "65 %", "77,5 %"."""
    return percent(value / 100, lang, max(0, -int(value.normalize().as_tuple().exponent)))


def effect(change: Decimal) -> str:
    """Whether the municipality pays "more", "less" or the "same"."""
    return "more" if change > 0 else "less" if change < 0 else "same"


def effect_text(change: Decimal, say: Words) -> str:
    """Sign, amount and word of a difference to the plan: "▲ 4,6 Mio. € mehr"."""
    kind = effect(change)
    return f"{EFFECT_SIGNS[kind]} {say(f'scenarios.{kind}', amount=euro_short(abs(change), say.lang))}"


def consequence(change: Money, by_year: Mapping[int, Decimal], say: Words) -> str:
    """The second half of a sentence: what a scenario changes for the municipality, in all and else in a year."""
    kind = effect(change.own)
    year = max(by_year, key=lambda item: abs(by_year[item]), default=None)
    if kind != "same" or year is None or not by_year[year]:
        text = say(f"scenarios.pays_{kind}", amount=euro_short(abs(change.own), say.lang))
    else:
        shifted = effect_text(by_year[year], say).split(" ", 1)[1]
        text = say("scenarios.pays_shifted", year=str(year), shifted=shifted)
    if change.surplus > 0:
        text = say("scenarios.with_surplus", effect=text, surplus=euro_short(change.surplus, say.lang))
    return text


def condition(
    scenario: Scenario, prices: Iterable[ScenarioPrice], title: str, planned_rate: Decimal, said: str, say: Words
) -> str:
    """What one question means: "Sinkt die Förderquote auf 65 %, zahlt die Kommune 4,6 Mio. € mehr" as a sentence.

    `planned_rate` in per cent; `title` names what is asked where it is more than one thing.
    """
    rate = scenario.funding_rate
    asked = [name for name in ("funding_rate", "enforce_caps", "delay_months") if getattr(scenario, name)]
    if rate is not None and asked in ([], ["funding_rate"]) and not any(prices):
        way = "falls" if rate < planned_rate else "rises" if rate > planned_rate else "stays"
        return say(f"scenarios.if_rate_{way}", rate=exact_percent(rate, say.lang), effect=said)
    if asked == ["enforce_caps"] and not any(prices):
        return say("scenarios.if_caps", effect=said)
    if asked == ["delay_months"] and not any(prices):
        return say("scenarios.if_delay", n=scenario.delay_months, effect=said)
    return say("scenarios.if_assumed", title=title, effect=said)
