"""What the figures of the budget page say alike: how a line stands, its variance, and the choice of a year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from smartdash.analysis.budget_use import Use
from smartdash.analysis.status import Status
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.budget_data import BudgetData
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option, TableColumn
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, euro, euro_short, percent, with_plus

MOST_BARS = 40
"""More lines than a reader follows in a chart; the table has all of them."""

_ALL = "all"


def budget_columns(say: Words) -> tuple[TableColumn, ...]:
    """The columns of what may be spent and what became of it."""
    names = ("granted", "carried", "moved", "blocked", "lapsed", "paid", "bound", "pre_bound", "reserved", "available")
    return tuple(TableColumn(name, say(f"actuals.{name}"), "money", help=_help(name, say)) for name in ("plan", *names))


def _help(name: str, say: Words) -> str:
    return say(f"actuals.{name}_help") if name in ("granted", "carried", "lapsed", "available") else ""


def budget_values(use: Use, data: BudgetData) -> tuple[Decimal | None, ...]:
    """The values of `budget_columns`; nothing is said of a plan or a limit where there is none."""
    known = limited(data)
    return (
        use.plan if data.planned else None,
        use.granted if known else None,
        use.carried,
        use.moved,
        use.blocked,
        use.lapsed,
        use.paid,
        use.bound,
        use.pre_bound,
        use.reserved,
        use.available if known else None,
    )


def limited(data: BudgetData) -> bool:
    """Whether it is known what may be spent: from appropriations, or else from the plan."""
    return data.planned or bool(data.budget.appropriated)


def line_status(use: Use) -> Status:
    """Overdrawn is critical; at risk is what is expected to cost more than planned, or than may be spent.

    Where nothing is paid or committed, nothing is green.
    """
    if use.available < 0:
        return Status.CRITICAL
    if use.variance > 0 or use.forecast > use.limit:
        return Status.AT_RISK
    return Status.ON_TRACK if use.used else Status.PLANNED


def line_flag(use: Use, say: Words) -> str:
    """The sign and word of a line's status, with the amount that is too much."""
    return f"{STATUS_SIGNS[line_status(use).value]} {_line_words(use, say)}"


def _line_words(use: Use, say: Words) -> str:
    if use.available < 0:
        return say("actuals.line_overdrawn", over=euro_short(-use.available, say.lang))
    if use.forecast > use.limit:
        return say("actuals.line_short", short=euro_short(use.forecast - use.limit, say.lang))
    if use.variance > 0:
        return say("actuals.line_above_plan", variance=euro_short(use.variance, say.lang))
    return say("actuals.line_on_track" if use.used else "actuals.line_untouched")


def variance_words(use: Use, say: Words) -> str:
    """The forecast against the plan: "12 T€ mehr als geplant (+3,1 %)"."""
    if not use.variance:
        return say("actuals.as_planned")
    name = "actuals.more" if use.variance > 0 else "actuals.less"
    return say(name, amount=euro_short(abs(use.variance), say.lang), share=signed_percent(use.variance_share, say))


def signed(amount: Decimal, say: Words) -> str:
    """A short amount with its sign, in cents where it is less than a euro."""
    text = euro(amount, say.lang, cents=True) if abs(amount) < 1 else euro_short(amount, say.lang)
    return with_plus(text, amount)


def signed_percent(share: Decimal | None, say: Words) -> str:
    """A share with its sign; `n. a.` where there is nothing to relate it to."""
    if share is None:
        return say("actuals.not_applicable")
    return with_plus(percent(share, say.lang), share)


def year_choice(data: BudgetData, chosen: Mapping[str, str], say: Words, *, whole_first: bool = False) -> Option:
    """The choice of a year: the as-of date's one first, else the last before it; or all years together."""
    years, now = data.budget.years(), data.as_of.year
    first = [year for year in years if year <= now][-1:] or years[:1]
    named = {str(year): str(year) for year in [*first, *(year for year in years if year not in first)]}
    every = {_ALL: say("actuals.all_years")}
    values = {**every, **named} if whole_first else {**named, **every}
    return choice("year", say("actuals.year"), values, chosen)


def chosen_year(option: Option) -> int | None:
    """The chosen year, None for all of them."""
    return None if option.chosen == _ALL else int(option.chosen)


def used_share(use: Use, say: Words) -> str:
    """Paid and committed as a share of the limit; `–` where there is no limit."""
    return percent(use.used / use.limit, say.lang, 0) if use.limit > 0 else EMPTY


def no_appropriation_note(data: BudgetData, year: int | None, say: Words) -> str:
    """Where no appropriation is recorded, the plan is what may be spent, and the figure says so."""
    places = {place for place, amount in data.budget.columns["plan"].items() if amount and year in (None, place[1])}
    without = places - data.budget.appropriated
    if not without:
        return ""
    years = sorted({place[1] for place in without})
    if without == places:
        return say("actuals.plan_counts")
    return say("actuals.plan_counts_for", years=", ".join(map(str, years)))
