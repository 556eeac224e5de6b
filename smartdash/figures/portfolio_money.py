"""Cost and funding of all programmes side by side, each with the base its amounts stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.budget import ZERO, inside_plan, share, total_by
from smartdash.analysis.portfolio_money import ProgrammeMoney, differing
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.plans import named, version_in_force
from smartdash.figures.portfolio import reader_of
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import euro, euro_short, number, percent
from smartdash.model.money import FunderKind, FundingSource
from smartdash.model.shared import Programme
from smartdash.store import Reader
from smartdash.store.plan_queries import cost_sums, funding_sums

_KINDS = (FunderKind.FEDERAL, FunderKind.STATE, FunderKind.EU, FunderKind.THIRD_PARTY, FunderKind.OWN, None)
_SMALLEST_LABELLED = Decimal("0.08")
Kind = FunderKind | None


@figure("portfolio.money", page="start")
def portfolio_money(reader: Reader, say: Words) -> Draft:
    """The plan in force of each programme: eligible cost, who pays, and on what base; a sum only where bases agree."""
    programmes = reader.programmes()
    plans = {programme.key: _read(reader_of(reader, programme), programme, say) for programme in programmes}
    found = [plan for plan in plans.values() if plan]
    kinds = [kind for kind in _KINDS if any(plan.funding.get(kind) for plan in found)]
    message = _message(found, len(programmes), say)
    ordered = sorted(programmes, key=lambda programme: plans[programme.key] is None)
    return Draft(
        message=message,
        columns=_columns(kinds, say),
        rows=(
            *(_row(programme, plans[programme.key], kinds, say) for programme in ordered),
            *_total(found, kinds, say),
        ),
        unit=say("money.unit"),
        chart=(
            lambda tokens: bar_chart(
                [_bar(programme, plans[programme.key], kinds, tokens, say) for programme in ordered],
                tokens,
                {_kind(kind, say): _fill(kind, tokens) for kind in kinds},
            )
        )
        if kinds
        else None,
        alt=say("money.alt", n=len(found), message=message),
        note=say("money.note"),
    )


def _read(reader: Reader, programme: Programme, say: Words) -> ProgrammeMoney | None:
    """The money of a programme's plan in force; None where it has none, or one without amounts."""
    version = version_in_force(reader)
    sums = cost_sums(reader, version.key, ()) if version else {}
    if version is None or not sums:
        return None
    years = [year for _, year in sums if year is not None]
    sources = reader.all(FundingSource)
    inside, above = inside_plan(sources), {source.parent for source in sources}
    kind_of = {one.key: one.kind for one in sources if one.key in inside and one.key not in above}
    given = {key: amount for (key, year), amount in funding_sums(reader, version.key).items() if year is None}
    return ProgrammeMoney(
        programme=programme.title,
        version=named(version, say),
        status=version.status,
        gross=version.gross,
        years=(min(years), max(years)),
        eligible=cost_sums(reader, version.key, (), eligible=True).get((None, None), ZERO),
        cost=sums[None, None],
        funding=total_by((kind, given[key]) for key, kind in kind_of.items() if key in given),
        demo=programme.demo,
    )


def _kind(kind: Kind, say: Words) -> str:
    return kind.label(say.lang) if kind else say("money.other_kind")


def _fill(kind: Kind, tokens: Tokens) -> str:
    return tokens.category[_KINDS.index(kind)]


def _base(plan: ProgrammeMoney, say: Words) -> str:
    """The base of a plan's amounts in words: what is counted, in which prices, for which years."""
    prices = "unknown" if plan.gross is None else "gross" if plan.gross else "net"
    first, last = (str(year) for year in plan.years)
    years = first if first == last else f"{first}–{last}"
    return say("money.base", version=plan.version, prices=say(f"money.{prices}"), years=years)


def _columns(kinds: Sequence[Kind], say: Words) -> tuple[TableColumn, ...]:
    parts = []
    for kind in kinds:
        name = kind.value if kind else "other"
        parts.append(TableColumn(name, _kind(kind, say), "money"))
        parts.append(TableColumn(f"{name}_share", say("money.share", kind=_kind(kind, say)), "percent"))
    return (
        column(Programme, "title", say.lang),
        column(Programme, "municipality_name", say.lang),
        TableColumn("base", say("money.base_heading")),
        TableColumn("eligible", say("money.eligible"), "money"),
        TableColumn("cost", say("money.cost"), "money"),
        *parts,
        TableColumn("gap", say("money.gap"), "money"),
        TableColumn("demo", say("common.demo"), "flag"),
    )


def _row(programme: Programme, plan: ProgrammeMoney | None, kinds: Sequence[Kind], say: Words) -> Row:
    head = (programme.title, programme.municipality_name)
    if plan is None:
        return (*head, say("money.no_plan"), *[None] * (3 + 2 * len(kinds)), programme.demo)
    parts = [value for kind in kinds for value in (plan.funding.get(kind), plan.part(kind))]
    return (*head, _base(plan, say), plan.eligible, plan.cost, *parts, plan.eligible - plan.funded, programme.demo)


def _total(found: Sequence[ProgrammeMoney], kinds: Sequence[Kind], say: Words) -> Iterator[Row]:
    """The sum over all plans, where their bases agree."""
    if len(found) < 2 or differing(found):
        return
    eligible, cost = (sum(amounts, ZERO) for amounts in zip(*((one.eligible, one.cost) for one in found), strict=True))
    sums = [sum((one.funding.get(kind, ZERO) for one in found), ZERO) for kind in kinds]
    parts = [value for amount in sums for value in (amount, share(amount, eligible))]
    gap = eligible - sum(sums, ZERO)
    base = say("money.sum_of", n=len(found))
    yield (say("money.total"), None, base, eligible, cost, *parts, gap, found[0].demo)


def _bar(programme: Programme, plan: ProgrammeMoney | None, kinds: Sequence[Kind], tokens: Tokens, say: Words) -> Bar:
    demo = f" · {say('common.demo')}" if programme.demo else ""
    label = f"{programme.municipality_name}: {programme.title}{demo}"
    if plan is None or not plan.eligible:
        return Bar(label, (), say("money.no_plan"), {say("money.base_heading"): say("money.no_plan")})
    return Bar(
        label,
        tuple(_part(plan.part(kind) or ZERO, _fill(kind, tokens), say) for kind in kinds),
        euro_short(plan.eligible, say.lang),
        {say("money.base_heading"): _base(plan, say), **_details(plan, kinds, say)},
    )


def _part(size: Decimal, fill: str, say: Words) -> Part:
    return Part(float(size), fill, number(size * 100, say.lang, 0) if size >= _SMALLEST_LABELLED else "")


def _details(plan: ProgrammeMoney, kinds: Sequence[Kind], say: Words) -> Mapping[str, str]:
    amounts = {_kind(kind, say): (plan.funding.get(kind, ZERO), plan.part(kind)) for kind in kinds}
    return {
        name: f"{euro(amount, say.lang, cents=True)} ({percent(part, say.lang)})"
        for name, (amount, part) in amounts.items()
    }


def _message(found: Sequence[ProgrammeMoney], count: int, say: Words) -> str:
    if not found:
        return say("money.none", n=count)
    first = say("money.message", n=len(found), all=str(count))
    if len(found) < 2:
        return (
            f"{first} {say('money.single', title=found[0].programme, amount=euro_short(found[0].eligible, say.lang))}"
        )
    if reasons := differing(found):
        return f"{first} {say('money.no_sum', reasons=listing([say(f'money.differ_{one}') for one in reasons], say))}"
    eligible = sum((one.eligible for one in found), ZERO)
    own = sum((one.funding.get(FunderKind.OWN, ZERO) for one in found), ZERO)
    amounts = {"amount": euro_short(eligible, say.lang), "own": percent(share(own, eligible), say.lang)}
    return f"{first} {say('money.sum', amount=amounts['amount'], own=amounts['own'])}"
