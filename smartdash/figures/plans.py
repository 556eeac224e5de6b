"""What the figures about money share: the plan version in force, and names of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.budget import ZERO, current_plan
from smartdash.charts.tokens import LIGHT
from smartdash.figures.figure import Draft
from smartdash.figures.headings import heading
from smartdash.locale import Words
from smartdash.model.money import CostAmount, CostLine, FundingSource, PlanVersion
from smartdash.model.spending import Posting
from smartdash.store import Reader

_PARTS = len(LIGHT.category)
"""More parts than category colours are shown as one."""

_MILLION, _THOUSAND = Decimal(1_000_000), Decimal(1_000)


def version_in_force(reader: Reader) -> PlanVersion | None:
    """The plan version in force on the as-of date."""
    return current_plan(reader.all(PlanVersion), reader.scope.as_of)


def named(version: PlanVersion, say: Words) -> str:
    """A plan version as a reader knows it: title, and its status where the title does not say it."""
    status = version.status.label(say.lang)
    if status.lower() in version.title.lower():
        return version.title
    return say("budget.version", title=version.title, status=status)


def no_plan(say: Words) -> Draft:
    """What is said where the version in force has no amounts."""
    return Draft(say("budget.no_plan"), (), ())


def part_titles(records: Sequence[CostLine] | Sequence[FundingSource]) -> dict[str, str]:
    """Titles by key, with the number in front where two would read the same."""
    names = [record.title for record in records]
    return {
        record.key: record.title if names.count(record.title) == 1 else f"{record.key} {record.title}"
        for record in records
    }


def drawn_parts(titles: Mapping[str, str], say: Words) -> dict[str, str]:
    """The name under which each part is drawn; those beyond the colours share one."""
    if len(titles) <= _PARTS:
        return dict(titles)
    rest = say("budget.rest")
    return {key: title if place < _PARTS - 1 else rest for place, (key, title) in enumerate(titles.items())}


def money_scale(largest: Decimal, say: Words) -> tuple[str, Decimal, int]:
    """The unit for labels up to a largest amount: its name, its size in euro, and the decimals."""
    if largest >= _MILLION:
        return say("budget.millions"), _MILLION, 2
    return say("budget.thousands"), _THOUSAND, 1


def amount_tooltips(part: str, say: Words) -> list[tuple[str, str]]:
    """What a part of a stack says when pointed at: year, name and amount; `part` is "line" or "source"."""
    amount = "amount" if part == "source" else "text"
    name = FundingSource.sheet.label(say.lang) if part == "source" else CostLine.sheet.label(say.lang)
    year = heading(CostAmount, "year", say)
    return [("year", year), (part, name), (amount, heading(Posting, "amount", say))]


def details_tooltips(name: str, say: Words) -> list[tuple[str, str]]:
    """What a row says when pointed at: its whole label and its amounts."""
    return [("label", name), ("details", say("budget.amounts"))]


def sum_of(key: str, amounts: Mapping[tuple[str, int], Decimal]) -> Decimal:
    """What a part comes to over all years."""
    return sum((amount for (name, _), amount in amounts.items() if name == key), ZERO)
