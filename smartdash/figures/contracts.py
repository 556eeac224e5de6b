"""Contracts: what is paid and open of each, by which decision and cover, and their value net, in tax and gross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.budget import ZERO, share
from smartdash.analysis.contract_amounts import ContractUse, contract_use
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import STATUS_SIGNS, Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.committee_data import read_committees
from smartdash.figures.decisions import decided
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.plans import money_scale
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import euro, euro_short, number, percent
from smartdash.model.spending import Commitment, Contract
from smartdash.store import Reader
from smartdash.store.queries import commitment_states

Uses = Mapping[str, ContractUse]


@figure("budget.contracts", page="purchases", needs=("contract",))
def contracts(reader: Reader, say: Words) -> Draft:
    """What is commissioned, from whom, what of it is paid and open, and how it is covered."""
    found = reader.all(Contract)
    uses = _uses(reader)
    committees = read_committees(reader)
    decisions = {item.key: decided(item.decision, committees, say).in_one_line(say) for item in found}
    message = _message(found, uses, say)
    unit, divisor, digits = money_scale(max(item.gross for item in found), say)

    def drawn(item: Contract, tokens: Tokens) -> Bar:
        use = uses.get(item.key)
        over = _over(item, uses)
        sign = f" {STATUS_SIGNS['critical']} {say('purchases.over')}" if over else ""
        return Bar(
            label=item.title,
            parts=_parts(item, use, tokens),
            value=number(item.gross / divisor, say.lang, digits) + sign,
            details={
                heading(Contract, "title", say): item.title,
                heading(Contract, "gross", say): euro(item.gross, say.lang, cents=True),
                say("purchases.paid"): euro(use.paid if use else None, say.lang, cents=True),
                say("purchases.open"): euro(use.open if use else None, say.lang, cents=True),
                heading(Contract, "decision", say): decisions[item.key],
            },
            value_colour=tokens.crit if over else "",
        )

    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(item, uses, decisions) for item in found),
        unit=say("purchases.contracts_unit", unit=unit),
        chart=lambda tokens: bar_chart([drawn(item, tokens) for item in found], tokens, _legend(uses, tokens, say)),
        alt=message,
        note=say("purchases.contracts_note") if uses else say("purchases.no_commitments"),
    )


def _uses(reader: Reader) -> Uses:
    of = {item.key: item.contract for item in reader.all(Commitment)}
    states = commitment_states(reader)
    return contract_use(of, [(state.key, state.stage, state.amount, state.paid) for state in states])


def _over(item: Contract, uses: Uses) -> Decimal:
    """What is paid and open beyond the contract's value."""
    use = uses.get(item.key)
    return max(ZERO, use.paid + use.open - item.gross) if use else ZERO


def _parts(item: Contract, use: ContractUse | None, tokens: Tokens) -> tuple[Part, ...]:
    if use is None:
        return (Part(float(item.gross), ""),)
    rest = max(ZERO, item.gross - use.paid - use.open)
    return (
        Part(float(use.paid), tokens.actual_fill),
        Part(float(use.open), tokens.forecast_fill),
        Part(float(rest), ""),
    )


def _legend(uses: Uses, tokens: Tokens, say: Words) -> dict[str, str]:
    if not uses:
        return {}
    fills = {say("purchases.paid"): tokens.actual_fill, say("purchases.open"): tokens.forecast_fill}
    return {**fills, say("purchases.not_committed"): ""}


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        column(Contract, "title", lang),
        column(Contract, "contractor", lang),
        column(Contract, "gross", lang, "money"),
        TableColumn("paid", say("purchases.paid"), "money"),
        TableColumn("open", say("purchases.open"), "money"),
        TableColumn("rest", say("purchases.not_committed"), "money"),
        TableColumn("share", say("purchases.paid_share"), "percent"),
        column(Contract, "signed_on", lang, "day"),
        column(Contract, "start", lang, "day"),
        column(Contract, "end", lang, "day"),
        column(Contract, "covered_by", lang),
        column(Contract, "cost_line", lang),
        column(Contract, "decision", lang),
    )


def _row(item: Contract, uses: Uses, decisions: Mapping[str, str]) -> Row:
    use = uses.get(item.key)
    amounts: tuple[Decimal | None, ...] = (None, None, None, None)
    if use:
        amounts = (use.paid, use.open, item.gross - use.paid - use.open, share(use.paid, item.gross))
    dates = (item.signed_on, item.start, item.end)
    return (
        item.title,
        item.contractor,
        item.gross,
        *amounts,
        *dates,
        item.covered_by,
        item.cost_line,
        decisions[item.key],
    )


def _message(found: Sequence[Contract], uses: Uses, say: Words) -> str:
    largest = max(found, key=lambda item: item.gross)
    total = sum((item.gross for item in found), ZERO)
    if not uses:
        return say(
            "budget.contracts.message",
            n=len(found),
            total=euro(total, say.lang, cents=True),
            title=largest.title,
            amount=euro(largest.gross, say.lang, cents=True),
        )
    used = [item for item in found if item.key in uses]
    value = sum((item.gross for item in used), ZERO)
    paid = sum((uses[item.key].paid for item in used), ZERO)
    sentence = say(
        "purchases.contracts_message",
        n=len(used),
        total=euro_short(value, say.lang),
        paid=euro_short(paid, say.lang),
        share=percent(share(paid, value), say.lang),
        open=euro_short(sum((uses[item.key].open for item in used), ZERO), say.lang),
    )
    if without := len(found) - len(used):
        sentence += " " + say("purchases.uncommitted", n=without)
    over = sorted((item for item in used if _over(item, uses)), key=lambda item: -_over(item, uses))
    if not over:
        return sentence
    worst = over[0]
    amount = euro(_over(worst, uses), say.lang, cents=True)
    return f"{sentence} {say('purchases.contracts_over', n=len(over), title=worst.title, amount=amount)}"
