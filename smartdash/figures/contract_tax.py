"""The value of contracts recomputed: net, value-added tax and gross by the rate of the day of the service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from smartdash.analysis.budget import ZERO
from smartdash.analysis.contract_amounts import ContractAmounts, contract_amounts
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn, Tile
from smartdash.figures.headings import listing
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, euro, number, with_plus
from smartdash.model.committees import Paper
from smartdash.model.spending import Contract, VatRate
from smartdash.store import Reader


@figure("purchases.tax", page="purchases", needs=("contract", "vat_rate"))
def tax(reader: Reader, say: Words) -> Draft:
    """Each contract net, in tax and gross, and its gross value by the rate of the service where that differs."""
    rates = reader.all(VatRate)
    issued = {paper.key: paper.issued for paper in reader.all(Paper)}
    found = [contract_amounts(item, rates, _priced_on(item, issued)) for item in reader.all(Contract)]
    return Draft(
        message=_message(found, say),
        columns=(
            column(Contract, "title", say.lang),
            TableColumn("percent", say("purchases.percent"), "number", "%"),
            TableColumn("net", say("budget.net"), "money"),
            TableColumn("net_from", say("purchases.net_from")),
            TableColumn("vat", say("budget.vat"), "money"),
            column(Contract, "gross", say.lang, "money"),
            TableColumn("service_on", say("purchases.service_on")),
            TableColumn("by_service", say("purchases.by_service")),
        ),
        rows=tuple(_row(item, say) for item in found),
        unit=say("purchases.tax_unit"),
        note=say("purchases.tax_note"),
        tiles=_tiles(found, say),
    )


def _priced_on(item: Contract, issued: dict[str, date | None]) -> date | None:
    """The day whose rate the price was made with: of signing, else of the paper that asked for it, else the start."""
    return item.signed_on or issued.get(item.decision or "") or item.start


def _tiles(found: Sequence[ContractAmounts], say: Words) -> tuple[Tile, ...]:
    """The sums of the contracts whose net is known."""
    known = [item for item in found if item.net is not None]
    if not known:
        return ()
    net = sum((item.net or ZERO for item in known), ZERO)
    gross = sum((item.contract.gross for item in known), ZERO)
    values = ((say("budget.net"), net), (say("budget.vat"), gross - net), (say("budget.gross"), gross))
    note = say("purchases.tile_note", n=len(known), all=str(len(found))) if len(known) < len(found) else ""
    return tuple(Tile(label, euro(amount, say.lang, cents=True), note) for label, amount in values)


def _row(item: ContractAmounts, say: Words) -> Row:
    contract = item.contract
    service = [_by_rate(percent, gross, contract.gross, say) for percent, gross in item.by_rate]
    return (
        contract.title,
        item.percent,
        item.net,
        None if item.net is None else say("purchases.printed" if contract.stated_net else "purchases.computed"),
        item.vat,
        contract.gross,
        _service(contract, say),
        "; ".join(service) or None,
    )


def _service(contract: Contract, say: Words) -> str | None:
    if contract.delivered_on:
        return day(contract.delivered_on, say.lang)
    if contract.start and contract.end:
        return say("purchases.between", start=day(contract.start, say.lang), end=day(contract.end, say.lang))
    return None


def _by_rate(percent: Decimal, gross: Decimal, value: Decimal, say: Words) -> str:
    rate = f"{number(percent, say.lang)}\u00a0%"
    if gross == value:
        return say("purchases.rate_fits", rate=rate, gross=euro(gross, say.lang, cents=True))
    return say(
        "purchases.rate_differs",
        rate=rate,
        gross=euro(gross, say.lang, cents=True),
        difference=_signed(gross - value, say),
    )


def _signed(amount: Decimal, say: Words) -> str:
    return with_plus(euro(amount, say.lang, cents=True), amount)


def _message(found: Sequence[ContractAmounts], say: Words) -> str:
    known = [item for item in found if item.net is not None]
    if not known:
        return say("purchases.tax_unknown", n=len(found))
    parts = [_recomputed(known, say)]
    unfitting = [
        item for item in known if item.contract.stated_net and item.by_rate and len(item.deviating) == len(item.by_rate)
    ]
    other = [item for item in known if item.deviating and item not in unfitting]
    if unfitting:
        first = unfitting[0]
        rates = _rates(first, say)
        parts.append(say("purchases.tax_wrong", n=len(unfitting), title=first.contract.title, rates=rates))
    if other:
        first = other[0]
        parts.append(
            say("purchases.tax_other_rate", n=len(other), title=first.contract.title, rates=_rates(first, say))
        )
    if not (unfitting or other):
        parts.append(say("purchases.tax_fits", n=len(known)))
    if missing := len(found) - len(known):
        parts.append(say("purchases.tax_missing", n=missing))
    return " ".join(parts)


def _recomputed(known: Sequence[ContractAmounts], say: Words) -> str:
    net = sum((item.net or ZERO for item in known), ZERO)
    gross = sum((item.contract.gross for item in known), ZERO)
    amounts = [euro(amount, say.lang, cents=True) for amount in (gross, net, gross - net)]
    percents = {item.percent for item in known}
    rate = f" ({number(percents.pop(), say.lang)}\u00a0%)" if len(percents) == 1 and None not in percents else ""
    return say("purchases.tax_message", n=len(known), gross=amounts[0], net=amounts[1], vat=amounts[2], rate=rate)


def _rates(item: ContractAmounts, say: Words) -> str:
    texts = [_by_rate(percent, gross, item.contract.gross, say) for percent, gross in item.deviating]
    return listing(texts, say) or EMPTY
