"""Totals and shares that the plan's document prints, against those recomputed from its leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.budget import ZERO
from smartdash.analysis.plan_sums import recomputed
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn, Value
from smartdash.figures.plan_choice import version_option
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, euro, number
from smartdash.model.money import StatedSubject, StatedTotal
from smartdash.store import Reader
from smartdash.store.plan_queries import plan_sums, stated_totals


@dataclass(frozen=True, slots=True)
class _Compared:
    stated: StatedTotal
    right: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.right is None else self.stated.amount - self.right


@figure("cost_plan.printed", page="cost_plan", needs=("stated_total",), options=("version",))
def printed(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The printed totals of a version that differ from the recomputed ones, the largest difference first."""
    versions = version_option(reader, chosen, say)
    stated = stated_totals(reader, versions.chosen)
    sums = plan_sums(reader, versions.chosen, {item.cost_line for item in stated if item.cost_line})
    compared = [_Compared(item, recomputed(sums, item)) for item in stated]
    wrong = sorted(
        (item for item in compared if item.difference != 0),
        key=lambda item: (
            item.difference is None,
            item.stated.subject is StatedSubject.SHARE,
            -abs(item.difference or ZERO),
        ),
    )
    return Draft(
        message=_message(wrong, len(stated), versions.values[versions.chosen], say),
        columns=(
            column(StatedTotal, "code", say.lang),
            column(StatedTotal, "label", say.lang),
            column(StatedTotal, "subject", say.lang),
            column(StatedTotal, "year", say.lang),
            column(StatedTotal, "amount", say.lang, "money"),
            TableColumn("recomputed", say("versions.recomputed"), "money"),
            TableColumn("difference", say("versions.difference"), "money"),
        ),
        rows=tuple(_row(item, say) for item in wrong),
        unit=say("versions.printed_unit"),
        options=(versions,),
    )


def _row(item: _Compared, say: Words) -> Row:
    stated = item.stated

    def value(amount: Decimal | None) -> Value:
        return _share(amount, say) if stated.subject is StatedSubject.SHARE else amount

    year = str(stated.year) if stated.year else say("budget.total")
    subject = stated.subject.label(say.lang)
    return (stated.code, stated.label, subject, year, value(stated.amount), value(item.right), value(item.difference))


def _share(amount: Decimal | None, say: Words) -> str | None:
    return None if amount is None else f"{number(amount, say.lang, 2)}\u00a0%"


def _message(wrong: Sequence[_Compared], count: int, version: str, say: Words) -> str:
    if not count:
        return say("versions.nothing_printed", version=version)
    if not wrong:
        return say("versions.printed_agree", n=count)
    if wrong[0].right is None:
        return say("versions.printed_unknown", n=len(wrong), total=number(count, say.lang))
    worst = wrong[0]
    write = _share if worst.stated.subject is StatedSubject.SHARE else _euro
    return say(
        "versions.printed_differ",
        n=len(wrong),
        total=number(count, say.lang),
        code=worst.stated.code,
        label=worst.stated.label,
        year=str(worst.stated.year) if worst.stated.year else say("budget.total"),
        printed=write(worst.stated.amount, say) or EMPTY,
        recomputed=write(worst.right, say) or EMPTY,
    )


def _euro(amount: Decimal | None, say: Words) -> str:
    return euro(amount, say.lang, cents=True)
