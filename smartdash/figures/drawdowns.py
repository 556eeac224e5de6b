"""The figure of the drawdowns: what is drawn and spent of a grant, and what has to be spent by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO, as_decimal
from smartdash.analysis.drawdown_standing import DrawdownStanding
from smartdash.analysis.status import Status
from smartdash.charts.drawdowns import CashWords, cash_chart
from smartdash.charts.timeline import span_of
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.drawdown_course import drawn_course, grid_levels
from smartdash.figures.figure import Draft, Row, TableColumn, Tile
from smartdash.figures.grant_cash import GrantCash, due_payments, read_grant_cash
from smartdash.figures.plans import part_titles
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, days, euro, euro_short, percent
from smartdash.model.grants import Drawdown, ProofOfUse
from smartdash.model.money import FundingSource
from smartdash.store import Reader


def grant_option(grants: Sequence[GrantCash], say: Words, chosen: Mapping[str, str]) -> Any:
    """Which grant a figure is about."""
    titles = part_titles([grant.source for grant in grants])
    return choice("source", FundingSource.sheet.label(say.lang), titles, chosen)


@figure("funding.drawdowns", page="funding", needs=("drawdown",), options=("source",))
def drawdowns(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Drawn and spent money of one grant over time, and each of its drawdowns with what is left of it."""
    grants, as_of, lang = read_grant_cash(reader), reader.scope.as_of, say.lang
    option = grant_option(grants, say, chosen)
    grant = next(one for one in grants if one.source.key == option.chosen)
    words = {item.drawdown.key: drawdown_word(item, as_of, say) for item in grant.standings}
    course = drawn_course(grant, due_payments(reader), reader.all(ProofOfUse), as_of, words, say)
    places = (course.spent, course.drawn, course.expected, course.planned)
    dates = [moment for line in places for moment, _ in line] + [window.last for window in course.windows]
    span = span_of([*dates, *(moment for moment, _ in course.deadlines)], as_of)
    highest = max([value for line in places for _, value in line], default=0.0)
    levels, unit = grid_levels(Decimal(str(highest)), say)
    chart_words = CashWords(
        say("funding.is_spent", amount=euro(_spent(grant), lang)),
        say("funding.is_drawn", amount=euro(grant.drawn, lang)),
        say("schedule.as_of", day=day(as_of, lang)),
        levels,
    )
    message = _message(grant, as_of, say) + _late_sentence(grant, say)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(item, grant, words[item.drawdown.key], say) for item in grant.standings),
        unit=say("funding.drawdowns.unit", source=grant.source.title, unit=unit),
        chart=(lambda tokens: cash_chart(course, span, as_of, chart_words, tokens)) if span else None,
        alt=say("funding.drawdowns.alt", message=message),
        note=_note(grant, say),
        tiles=_tiles(grant, as_of, say),
        options=(option,),
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        column(Drawdown, "title", lang),
        column(Drawdown, "amount", lang, "money"),
        TableColumn("status", say("funding.status"), "status"),
        TableColumn("word", say("funding.standing")),
        TableColumn("left", say("funding.left"), "money"),
        column(Drawdown, "use_by", lang, "day"),
        TableColumn("days_left", say("funding.days_to_use"), "whole"),
        column(Drawdown, "planned_on", lang, "day"),
        column(Drawdown, "requested_on", lang, "day"),
        column(Drawdown, "paid_on", lang, "day"),
        TableColumn("spent", say("funding.spent"), "money"),
        TableColumn("age", say("funding.age"), "whole"),
        TableColumn("late", say("funding.late"), "money"),
        TableColumn("interest", say("funding.interest")),
    )


def _row(item: DrawdownStanding, grant: GrantCash, word: str, say: Words) -> Row:
    given, lot = item.drawdown, item.lot
    head = (given.title, given.amount, item.status.value, word)
    dates = (given.planned_on, given.requested_on, given.paid_on)
    if lot is None:
        return (*head, None, given.use_by, None, *dates, None, None, None, None)
    interest = EMPTY
    if lot.late:
        rate = grant.interest
        interest = say("funding.not_checkable") if rate is None else euro(lot.interest(rate), say.lang, cents=True)
    left = lot.days_left if lot.left else None
    return (*head, lot.left, lot.use_by, left, *dates, given.amount - lot.left, lot.age, lot.late, interest)


def drawdown_word(item: DrawdownStanding, as_of: date, say: Words) -> str:
    """How a drawdown stands, in words, such as "in 5 Tagen zu verwenden"."""
    given, lot = item.drawdown, item.lot
    if given.paid_on is None:
        if given.requested_on:
            return say("funding.is_requested", day=day(given.requested_on, say.lang))
        overdue = item.status is Status.AT_RISK
        message = "funding.was_planned" if overdue else "funding.is_planned"
        return say(message, day=day(given.planned_on, say.lang))
    if lot is None:
        return say("funding.is_repaid") if given.amount < 0 else say("funding.is_unknown")
    if not lot.left:
        return say("funding.used_late" if lot.late else "funding.used")
    if lot.days_left is None:
        return say("funding.no_window")
    if lot.days_left < 0:
        return say("funding.too_late", n=-lot.days_left)
    return say("funding.to_use", n=lot.days_left) if lot.days_left else say("funding.to_use_today")


def _spent(grant: GrantCash) -> Decimal | None:
    return grant.course[-1].spent if grant.course else None


def _message(grant: GrantCash, as_of: date, say: Words) -> str:
    """What is not spent in time, else what has to be spent next, else that nothing is on hand."""
    values: dict[str, Any] = {"source": grant.source.title, "drawn": euro_short(grant.drawn, say.lang)}
    if not any(item.drawdown.paid_on for item in grant.standings):
        return say("funding.drawdowns.nothing_drawn", n=len(grant.standings), source=grant.source.title)
    if grant.on_hand is None:
        return say("funding.drawdowns.no_share", **values)
    kept = [lot for lot in grant.lots if lot.left]
    over = [lot for lot in kept if lot.days_left is not None and lot.days_left < 0]
    cash = euro(sum((lot.left for lot in kept), ZERO), say.lang, cents=True)
    if over:
        amount = euro(sum((lot.left for lot in over), ZERO), say.lang, cents=True)
        first = over[0]
        values |= {"title": first.drawdown.title, "day": day(first.use_by, say.lang)}
        return say("funding.drawdowns.over", cash=cash, amount=amount, **values)
    windows = [lot for lot in kept if lot.use_by is not None]
    if windows:
        first = min(windows, key=lambda lot: lot.use_by or date.max)
        amount = euro(first.left, say.lang, cents=True)
        return say(
            "funding.drawdowns.to_use" if amount != cash else "funding.drawdowns.all_to_use",
            n=first.days_left,
            cash=cash,
            amount=amount,
            day=day(first.use_by, say.lang),
            **values,
        )
    if kept:
        return say("funding.drawdowns.no_window", cash=cash, **values)
    advance = max(-grant.on_hand, ZERO)
    message = "funding.drawdowns.advanced" if advance else "funding.drawdowns.all_spent"
    return say(message, advance=euro(advance, say.lang, cents=True), day=day(as_of, say.lang), **values)


def _late_sentence(grant: GrantCash, say: Words) -> str:
    """How many drawdowns are spent by now, but were not in time."""
    late = [lot for lot in grant.lots if lot.late and not lot.left]
    return f" {say('funding.drawdowns.were_late', n=len(late), title=late[0].drawdown.title)}" if late else ""


def _tiles(grant: GrantCash, as_of: date, say: Words) -> tuple[Tile, ...]:
    drawn = Tile(
        say("funding.drawn"),
        euro(grant.drawn, say.lang, cents=True),
        say("funding.of_planned", planned=euro(grant.planned, say.lang, cents=True)) if grant.planned else "",
    )
    if grant.on_hand is None:
        return (drawn,)
    oldest = next((lot for lot in grant.lots if lot.left), None)
    note = say("funding.oldest", days=days(oldest.age, say.lang)) if oldest else ""
    label = "funding.on_hand" if grant.on_hand >= 0 else "funding.in_advance"
    return (
        drawn,
        Tile(
            say("funding.paid_share"),
            euro(_spent(grant) or ZERO, say.lang, cents=True),
            say("funding.of_payments", share=percent(_share(grant), say.lang, 2)),
        ),
        Tile(say(label), euro(abs(grant.on_hand), say.lang, cents=True), note),
    )


def _share(grant: GrantCash) -> Decimal:
    return as_decimal(grant.share) if grant.share else ZERO


def _note(grant: GrantCash, say: Words) -> str:
    """How it is computed, and what cannot be."""
    notes = [say("funding.drawdowns.note")] if grant.share is not None else []
    if any(lot.use_by for lot in grant.lots):
        notes.append(say("funding.drawdowns.boxes"))
    if grant.window_end is None:
        notes.append(say("funding.drawdowns.window_unknown"))
    if grant.interest is None and any(lot.late for lot in grant.lots):
        notes.append(say("funding.drawdowns.interest_unknown"))
    return " ".join(notes)
