"""Figures of drawn grant money: what is on hand, by when it is to be spent, and what may be called now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_reader import column
from made_stores import drawn, fill, shown

from smartdash.analysis.drawdown_standing import drawdown_standings
from smartdash.analysis.drawdowns import cash_lots, grant_share
from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures.drawdown_course import grid_levels
from smartdash.locale import words
from smartdash.model.declare import Record
from smartdash.model.grants import Drawdown, ProofKind, ProofOfUse, RulePackUse, RuleParameter
from smartdash.model.money import (
    CostAmount,
    CostLine,
    FunderKind,
    FundingAmount,
    FundingSource,
    PlanStatus,
    PlanVersion,
)
from smartdash.model.spending import Commitment, CommitmentStage, Posting
from smartdash.store import Store

AS_OF = date(2026, 6, 30)
PAID = date(2026, 5, 10)
"""With the two months of ANBest-Gk the money is to be spent by 10 July 2026, ten days after `AS_OF`."""


def drawdown(key: str, amount: str, **days: date) -> Drawdown:
    return Drawdown(programme="p", key=key, title=key, funding_source="federal", amount=D(amount), **days)


def posting(key: str, day: date, amount: str) -> Posting:
    return Posting(programme="p", key=key, cost_line="1", booked_on=day, amount=D(amount))


def commitment(key: str, amount: str, due: date | None, stage: CommitmentStage = CommitmentStage.BOUND) -> Commitment:
    values: dict[str, Any] = {"title": key, "committed_on": date(2026, 1, 1), "year": 2026, "due_on": due}
    return Commitment(programme="p", key=key, cost_line="1", stage=stage, amount=D(amount), **values)


def grant(*records: Record, planned: str = "600.00", pack: bool = True) -> list[Record]:
    """A plan in which the federal government pays `planned` of 1,000.00 (the city the rest), and the records."""
    amounts = {"federal": D(planned), "city": 1000 - D(planned)}
    kinds = {"federal": FunderKind.FEDERAL, "city": FunderKind.OWN}
    return [
        PlanVersion(programme="p", key="v", title="Plan", status=PlanStatus.APPROVAL),
        CostLine(programme="p", key="1", title="Alles"),
        *([RulePackUse(programme="p", pack="anbest-gk")] if pack else []),
        *(FundingSource(programme="p", key=key, title=key, kind=kind) for key, kind in kinds.items()),
        *(
            FundingAmount(programme="p", plan_version="v", funding_source=key, year=2026, amount=amount)
            for key, amount in amounts.items()
            if amount
        ),
        *records,
    ]


@pytest.mark.parametrize(
    ("item", "payments", "status"),
    [
        (drawdown("d", "100", planned_on=date(2026, 7, 1)), [], "planned"),
        (drawdown("d", "100", planned_on=date(2026, 6, 29)), [], "at_risk"),
        (drawdown("d", "100", planned_on=date(2026, 6, 1), requested_on=date(2026, 6, 2)), [], "planned"),
        (drawdown("d", "100", paid_on=PAID), [(PAID, D(200))], "done"),
        (drawdown("d", "100", paid_on=PAID, use_by=date(2026, 7, 22)), [], "on_track"),
        (drawdown("d", "100", paid_on=PAID, use_by=date(2026, 7, 21)), [], "at_risk"),
        (drawdown("d", "100", paid_on=PAID, use_by=date(2026, 6, 29)), [], "critical"),
        (drawdown("d", "100", paid_on=PAID, use_by=date(2026, 5, 20)), [(date(2026, 6, 1), D(200))], "critical"),
        (drawdown("d", "100", paid_on=PAID), [], "unknown"),
        (drawdown("d", "-100", paid_on=PAID), [], "done"),
    ],
    ids=[
        "planned", "not requested in time", "requested", "spent", "in time", "soon", "overdue", "spent too late",
        "no window", "paid back",
    ],
)  # fmt: skip
def test_a_drawdown_is_judged_by_its_window(item: Drawdown, payments: list[tuple[date, D]], status: str) -> None:
    lots = cash_lots([item], payments, grant_share(D(1), D(2)), AS_OF, lambda day: None)
    (standing,) = drawdown_standings([item], lots, AS_OF, warn_days=21)
    assert standing.status.value == status


def test_money_on_hand_is_named_with_its_last_day(empty_store: Store) -> None:
    proof = ProofOfUse(programme="p", key="n", title="Nachweis", kind=ProofKind.INTERIM, due_on=date(2026, 7, 31))
    fill(
        empty_store,
        *grant(
            drawdown("first", "60", paid_on=date(2026, 1, 10)),
            drawdown("second", "120", paid_on=PAID),
            drawdown("third", "50", planned_on=date(2026, 9, 1)),
            posting("a", date(2026, 2, 1), "100"),
            posting("b", date(2026, 6, 1), "50"),
            proof,
        ),
    )
    draft = shown(empty_store, "funding.drawdowns").draft
    assert draft.message == (
        "Von „federal“ liegen 90,00\u00a0€ in der Kasse; sie sind bis zum 10.07.2026 zu verwenden, noch 10 Tage."
    )
    assert column(draft, "spent") == [D(60), D(30), None]
    assert column(draft, "left") == [D(0), D(90), None]
    assert column(draft, "word") == ["verwendet", "in 10 Tagen zu verwenden", "geplant für den 01.09.2026"]
    assert column(draft, "status") == ["done", "at_risk", "planned"]
    assert [tile.value for tile in draft.tiles] == ["180,00\u00a0€", "90,00\u00a0€", "90,00\u00a0€"]
    assert "Nachweis" in drawn(draft), "deadlines of proofs stand in the chart"


def test_late_use_costs_interest_only_where_the_rate_is_known(empty_store: Store) -> None:
    records = grant(drawdown("old", "100", paid_on=date(2026, 3, 1)))
    fill(empty_store, *records)
    draft = shown(empty_store, "funding.drawdowns").draft
    assert column(draft, "interest") == ["nicht prüfbar"]
    assert column(draft, "word") == ["seit 60 Tagen überfällig"]
    assert "hätten verwendet sein müssen, zuerst „old“ bis zum 01.05.2026" in draft.message
    rate = RuleParameter(programme="p", name="late_interest", value=D("7.3"))
    fill(empty_store, rate)
    draft = shown(empty_store, "funding.drawdowns").draft
    assert column(draft, "interest") == ["1,20\u00a0€"], "100.00 at 7.3 % for 60 of 365 days"


DRAWN = drawdown("d", "9", paid_on=PAID)


@pytest.mark.parametrize(
    ("records", "message", "status"),
    [
        (grant(DRAWN, pack=False), "bis wann sie zu verwenden sind, ist nicht prüfbar", None),
        (grant(drawdown("d", "9", planned_on=PAID)), "noch nichts ausgezahlt; ein Abruf ist geplant", "at_risk"),
        (grant(DRAWN, planned="0"), "weil der Plan keinen Anteil dieser Quelle", "unknown"),
        (grant(DRAWN, posting("a", PAID, "20")), "die Kommune 3,00\u00a0€ vorgestreckt", "done"),
        (grant(DRAWN, posting("a", PAID, "15")), "ist am 30.06.2026 verwendet", "done"),
    ],
    ids=["no window", "nothing drawn", "no share", "in advance", "all spent"],
)  # fmt: skip
def test_what_is_known_is_said(empty_store: Store, records: list[Record], message: str, status: str | None) -> None:
    fill(empty_store, *records)
    draft = shown(empty_store, "funding.drawdowns").draft
    assert message in draft.message
    assert status is None or column(draft, "status") == [status]


def test_what_may_be_called_counts_what_is_owed_within_the_window(empty_store: Store) -> None:
    fill(
        empty_store,
        *grant(
            drawdown("d", "60", paid_on=date(2026, 1, 10)),
            drawdown("asked", "20", requested_on=date(2026, 6, 20)),
            posting("a", date(2026, 2, 1), "50"),
            commitment("overdue", "40", date(2026, 6, 1)),
            commitment("due", "60", date(2026, 8, 30)),
            commitment("later", "500", date(2026, 8, 31)),
            commitment("undated", "7", None),
            commitment("reserved", "900", date(2026, 7, 1), CommitmentStage.RESERVED),
        ),
    )
    draft = shown(empty_store, "funding.need").draft
    assert [tile.value for tile in draft.tiles] == ["60,00\u00a0€", "50,00\u00a0€", "10,00\u00a0€"]
    assert draft.message.startswith("Von „federal“ dürfen jetzt 10,00\u00a0€ abgerufen werden: Bis zum 30.08.2026")
    assert [(row[0], row[3]) for row in draft.rows] == [
        ("overdue", True), ("due", True), ("later", False), ("undated", False),
    ]  # fmt: skip
    assert "Ein Obligo über 7,00\u00a0€ hat keine Fälligkeit" in draft.note


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"pack": False}, "nicht berechenbar: Die Verwendungsfrist ist nicht bekannt."),
        ({"planned": "0"}, "nicht berechenbar: Der Plan nennt keinen Anteil dieser Quelle."),
        ({"planned": "61"}, "noch 1,00\u00a0€ abgerufen werden, mehr sieht der Plan nicht vor"),
        ({"planned": "60"}, "ist alles abgerufen, was der Plan vorsieht"),
    ],
)
def test_why_it_cannot_be_called(empty_store: Store, values: dict[str, Any], message: str) -> None:
    paid = drawdown("d", "60", paid_on=date(2026, 1, 10))
    fill(empty_store, *grant(paid, commitment("c", "2000", AS_OF), **values))
    assert message in shown(empty_store, "funding.need").draft.message


def test_what_was_spent_too_late_is_named_although_nothing_is_left(empty_store: Store) -> None:
    old = drawdown("old", "60", paid_on=date(2026, 1, 10))
    fill(empty_store, *grant(old, posting("a", date(2026, 4, 1), "100")))
    draft = shown(empty_store, "funding.drawdowns").draft
    assert draft.message.endswith("Zu spät verwendet wurde „old“.")
    assert (column(draft, "status"), column(draft, "late")) == (["critical"], [D(60)])


@pytest.mark.parametrize(
    ("rate", "message"),
    [
        (None, "nicht berechenbar: Die Angabe zu „Förderquote des Bescheids“ fehlt."),
        ("50", "dürfen jetzt 50,00\u00a0€ abgerufen werden"),
        ("65", "dürfen jetzt 60,00\u00a0€ abgerufen werden"),
    ],
    ids=["rate unknown", "below the plan", "above the plan"],
)
def test_no_more_is_called_than_the_rate_allows(empty_store: Store, rate: str | None, message: str) -> None:
    records = grant(
        drawdown("d", "60", planned_on=AS_OF),
        CostAmount(programme="p", plan_version="v", cost_line="1", year=2026, amount=D(1000)),
        commitment("c", "100", AS_OF),
        RulePackUse(programme="p", pack="kfw436-2021"),
    )
    if rate:
        records.append(RuleParameter(programme="p", name="funding_rate", value=D(rate)))
    fill(empty_store, *records)
    assert message in shown(empty_store, "funding.need").draft.message


@pytest.mark.parametrize(
    ("highest", "levels", "unit"),
    [
        ("0", ["0"], "T€"),
        ("90", ["0,000", "0,025", "0,050", "0,075", "0,100"], "T€"),
        ("1310000", ["0,0", "0,5", "1,0", "1,5"], "Mio.\u00a0€"),
        ("400000", ["0", "100", "200", "300", "400"], "T€"),
    ],
)
def test_the_grid_has_few_round_levels(highest: str, levels: list[str], unit: str) -> None:
    found, written = grid_levels(D(highest), words("de"))
    assert (list(found.values()), written) == (levels, unit)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("key", ["funding.drawdowns", "funding.need"])
def test_the_sample_programme_shows_its_drawdowns(sample_store: Store, key: str, lang: Any) -> None:
    figure = shown(sample_store, key, lang, programme="musterstadt", as_of=date(2026, 8, 15))
    assert not figure.missing
    assert all(len(row) == len(figure.draft.columns) for row in figure.draft.rows)
    if figure.draft.chart:
        assert figure.draft.chart(LIGHT).to_dict() != figure.draft.chart(DARK).to_dict()
