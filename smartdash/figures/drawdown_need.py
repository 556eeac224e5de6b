"""The figure of the next drawdown: how much of a grant may be called now, and for which payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from smartdash.analysis.budget import ZERO, as_decimal
from smartdash.analysis.next_drawdown import DuePayment, NextDrawdown, next_drawdown
from smartdash.figures.catalogue import figure
from smartdash.figures.drawdowns import grant_option
from smartdash.figures.figure import Draft, Option, TableColumn, Tile
from smartdash.figures.funding_limits import funding_limits
from smartdash.figures.grant_cash import GrantCash, due_payments, read_grant_cash
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day, euro, percent
from smartdash.model.spending import Commitment
from smartdash.store import Reader


@figure("funding.need", page="funding", needs=("drawdown", "commitment"), options=("source",))
def need(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What falls due within the window, the grant's share of it, less what is on hand: what may be called.

    The share is that in the plan, but never more than the rules allow.
    """
    grants, payments = read_grant_cash(reader), due_payments(reader)
    option = grant_option(grants, say, chosen)
    grant = next(one for one in grants if one.source.key == option.chosen)
    if grant.window_end is None:
        return _not_computable("funding.need.no_window", grant, option, say)
    if grant.share is None or grant.on_hand is None:
        return _not_computable("funding.need.no_share", grant, option, say)
    limits = funding_limits(reader, [grant.source])
    if limits.unknown:
        rule = limits.unknown[0].definition.title(say.lang)
        return _not_computable("funding.need.no_rate", grant, option, say, rule=rule)
    highest = min([grant.share, *(limit.factor for limit in limits.at.values() if not limit.place)])
    found = next_drawdown(
        payments,
        grant.window_end,
        highest,
        on_hand=grant.on_hand,
        requested=grant.requested,
        granted=grant.planned - grant.drawn - grant.requested,
    )
    share = as_decimal(highest)
    return Draft(
        message=_message(found, grant, say),
        columns=(
            column(Commitment, "title", say.lang),
            column(Commitment, "due_on", say.lang, "day"),
            TableColumn("open", say("funding.open"), "money"),
            TableColumn("counts", say("funding.counts"), "flag"),
        ),
        rows=tuple(
            (item.title, item.due_on, item.amount, item.due_on is not None and item.due_on <= found.until)
            for item in payments
        ),
        unit=say("funding.need.unit", source=grant.source.title, share=percent(share, say.lang, 2)),
        tiles=_tiles(found, share, say),
        note=_note(payments, say),
        options=(option,),
    )


def _not_computable(reason: str, grant: GrantCash, option: Option, say: Words, **values: Any) -> Draft:
    return Draft(say(reason, source=grant.source.title, **values), (), (), options=(option,))


def _message(found: NextDrawdown, grant: GrantCash, say: Words) -> str:
    values: dict[str, Any] = {"source": grant.source.title, "until": day(found.until, say.lang)}
    if found.callable:
        amount = euro(found.callable, say.lang, cents=True)
        if found.callable < found.need:
            return say("funding.need.capped", amount=amount, need=euro(found.need, say.lang, cents=True), **values)
        return say("funding.need.callable", amount=amount, due=euro(found.due, say.lang, cents=True), **values)
    if found.need > 0:
        return say("funding.need.used_up", need=euro(found.need, say.lang, cents=True), **values)
    rest = euro(-found.need, say.lang, cents=True)
    return say("funding.need.enough", rest=rest, **values) if found.need else say("funding.need.nothing", **values)


def _tiles(found: NextDrawdown, share: Decimal, say: Words) -> tuple[Tile, ...]:
    def tile(name: str, amount: Decimal, note: str = "") -> Tile:
        return Tile(name, euro(amount, say.lang, cents=True), note)

    rate = say(
        "funding.rate",
        share=percent(share, say.lang, 2),
        due=euro(found.due, say.lang, cents=True),
        day=day(found.until, say.lang),
    )
    covered = found.on_hand + found.requested
    on_its_way = say("funding.requested", amount=euro(found.requested, say.lang, cents=True)) if found.requested else ""
    return (
        tile(say("funding.part"), found.part, rate),
        tile(say("funding.covered") if covered >= 0 else say("funding.in_advance"), abs(covered), on_its_way),
        tile(
            say("funding.callable"),
            found.callable,
            say("funding.still_granted", amount=euro(max(found.granted, ZERO), say.lang, cents=True)),
        ),
    )


def _note(payments: Sequence[DuePayment], say: Words) -> str:
    """How it is computed, and what is left out because nobody has said when it is due."""
    undated = [item for item in payments if item.due_on is None]
    note = say("funding.need.note")
    if not undated:
        return note
    amount = euro(sum((item.amount for item in undated), ZERO), say.lang, cents=True)
    return f"{note} {say('funding.need.undated', n=len(undated), amount=amount)}"
