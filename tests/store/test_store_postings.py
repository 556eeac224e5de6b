"""What is posted stays: a correction is a reversal, in the store as in the books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from store_samples import P, changes, line, programme, write

from smartdash.model.money import PlanStatus, PlanVersion
from smartdash.model.spending import Commitment, CommitmentStage, CommitmentStep, Posting
from smartdash.store import Changes, Circle, RefusedRow, Scope, Store
from smartdash.store.queries import open_commitments


def posting(key: str = "b1", amount: str = "100.00", **values: Any) -> Posting:
    given = {"programme": P, "cost_line": "1.1", "booked_on": date(2026, 3, 2), "amount": Decimal(amount), **values}
    return Posting(key=key, **given)


@pytest.fixture
def books(store: Store) -> Store:
    write(store, [programme(), line("1.1"), line("1.2"), posting()])
    return store


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "100.01"},
        {"cost_line": "1.2"},
        {"booked_on": date(2026, 3, 3)},
    ],
)
def test_a_posting_never_changes(books: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(RefusedRow) as refused:
        write(books, posting(**wrong))
    assert (refused.value.rule, refused.value.key) == ("posting_changed", "b1")
    assert books.current(P)["posting"] == (posting(),)


def test_a_posting_is_not_taken_back(books: Store) -> None:
    with pytest.raises(RefusedRow):
        write(books, Changes(P, {"posting": []}, complete=True))


def test_its_text_may_be_completed(books: Store) -> None:
    assert write(books, posting(text="Rechnung 12", receipt="R-12"))[0] is not None


def test_it_goes_with_its_programme(books: Store) -> None:
    everything = {name: [] for name in ("programme", "cost_line", "posting")}
    revision, _ = write(books, Changes(P, everything, complete=True))
    assert revision is not None
    assert not books.current(P)["posting"]


def test_samples_may_be_brought_up_to_date(books: Store) -> None:
    write(books, Changes(P, {"posting": [posting(amount="90.00")]}, restates=True))
    assert books.current(P)["posting"][0].amount == Decimal("90.00")


def test_a_reversal_is_taken(books: Store) -> None:
    write(books, posting("s1", "-100.00", booked_on=date(2026, 3, 9), reverses="b1"))
    assert sum(one.amount for one in books.current(P)["posting"]) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "-99.99"},
        {"amount": "100.00"},
        {"amount": "-100.00", "cost_line": "1.2"},
        {"amount": "-100.00", "booked_on": date(2026, 3, 1)},
    ],
)
def test_a_reversal_undoes_its_posting_exactly(books: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(RefusedRow) as refused:
        write(books, posting("s1", **{"booked_on": date(2026, 3, 9), **wrong}, reverses="b1"))
    assert refused.value.rule == "unfit_reversal"


def test_a_posting_is_reversed_only_once(books: Store) -> None:
    write(books, posting("s1", "-100.00", reverses="b1"))
    with pytest.raises(RefusedRow):
        write(books, posting("s2", "-100.00", reverses="b1"))


def test_plan_versions_do_not_supersede_each_other_in_a_circle(store: Store) -> None:
    first, second = (
        PlanVersion(programme=P, key=key, title=key, status=PlanStatus.WORKING, supersedes=other)
        for key, other in (("a", "b"), ("b", "a"))
    )
    with pytest.raises(Circle):
        write(store, changes(programme(), first, second))


def test_a_commitment_is_as_firm_and_as_large_as_its_newest_step_on_the_day(books: Store) -> None:
    made = Commitment(
        programme=P,
        key="c1",
        title="Auftrag",
        cost_line="1.1",
        stage=CommitmentStage.RESERVED,
        committed_on=date(2026, 1, 5),
        year=2026,
        amount=Decimal(500),
    )
    steps = [
        CommitmentStep(programme=P, key="", commitment="c1", changed_on=day, stage=stage, amount=amount)
        for day, stage, amount in (
            (date(2026, 2, 2), CommitmentStage.PRE_BOUND, None),
            (date(2026, 3, 2), CommitmentStage.BOUND, Decimal(450)),
            (date(2026, 6, 1), CommitmentStage.RELEASED, None),
        )
    ]
    paid = posting("b2", "120.00", commitment="c1", booked_on=date(2026, 4, 1))
    write(books, [made, *steps, paid])

    def opened(day: date) -> list[tuple[CommitmentStage, Decimal]]:
        with books.read(Scope(P, day)) as reader:
            return [(one.stage, one.amount) for one in open_commitments(reader)]

    assert opened(date(2026, 1, 4)) == []
    assert opened(date(2026, 1, 5)) == [(CommitmentStage.RESERVED, Decimal(500))]
    assert opened(date(2026, 2, 2)) == [(CommitmentStage.PRE_BOUND, Decimal(500))]
    assert opened(date(2026, 3, 2)) == [(CommitmentStage.BOUND, Decimal(450))]
    assert opened(date(2026, 4, 1)) == [(CommitmentStage.BOUND, Decimal(330))]
    assert opened(date(2026, 6, 1)) == []
