"""Figures about the versions of a cost plan: decisions, table, changes, printed totals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_stores import drawn, fill, shown

from smartdash.figures import Figure, make
from smartdash.model.committees import (
    Committee,
    CommitteeSession,
    Consultation,
    ConsultationResult,
    ConsultationRole,
    Paper,
    PaperKind,
)
from smartdash.model.declare import Record
from smartdash.model.money import (
    CostAmount,
    CostLine,
    FundingAmount,
    FundingSource,
    PlanStatus,
    PlanVersion,
    StatedSubject,
    StatedTotal,
)
from smartdash.store import Audience, Scope, Store

AS_OF = date(2026, 6, 30)
TITLES = {"1": "Phase", "1.2": "Reisen", "1.10": "Plattform", "2": "Rest"}


def version(key: str, title: str, status: PlanStatus, since: date, **values: Any) -> PlanVersion:
    return PlanVersion(programme="p", key=key, title=title, status=status, valid_from=since, **values)


def cost(plan: str, line: str, year: int, amount: str) -> CostAmount:
    return CostAmount(programme="p", plan_version=plan, cost_line=line, year=year, amount=D(amount))


def money(plan: str, amount: str) -> FundingAmount:
    return FundingAmount(programme="p", plan_version=plan, funding_source="own", year=2026, amount=D(amount))


def printed(year: int, amount: str, **values: Any) -> StatedTotal:
    given: dict[str, Any] = {"subject": StatedSubject.COST, "cost_line": "1", **values}
    return StatedTotal(programme="p", plan_version="b", code="1", label="Phase", year=year, amount=D(amount), **given)


def plan(*further: Record, eligible: bool = True) -> list[Record]:
    """Approval 300.10, amendment 450.20: travel 50 cheaper, platform 200.10 dearer."""
    parents = {"1.2": "1", "1.10": "1"}
    return [
        Paper(programme="p", key="P", title="Nachtrag zum Plan", number="DS 7", kind=PaperKind.DECISION),
        version("a", "Bewilligung", PlanStatus.APPROVAL, date(2025, 1, 1)),
        version("b", "Nachtrag", PlanStatus.AMENDMENT, date(2026, 1, 1), supersedes="a", decision="P"),
        *(
            CostLine(programme="p", key=key, title=title, parent=parents.get(key), eligible=eligible or key != "2")
            for key, title in TITLES.items()
        ),
        FundingSource(programme="p", key="own", title="Eigenmittel"),
        *(cost("a", line, 2026, amount) for line, amount in (("1.2", "100"), ("1.10", "150.10"), ("2", "50"))),
        *(cost("b", line, 2026, amount) for line, amount in (("1.2", "50"), ("1.10", "350.20"), ("2", "50"))),
        money("a", "300.10"),
        money("b", "450.20"),
        *further,
    ]


def decision(open_session: bool, held_on: date) -> list[Record]:
    return [
        Committee(programme="p", key="rat", title="Rat"),
        CommitteeSession(programme="p", key="s", committee="rat", held_on=held_on),
        Consultation(programme="p", paper="P", session="s", role=ConsultationRole.DECISION, open_session=open_session,
                     result=ConsultationResult.ADOPTED, outcome="einstimmig"),
    ]  # fmt: skip


def chosen(store: Store, key: str, **options: str) -> Figure:
    with store.read(Scope("p", AS_OF)) as reader:
        return make(reader, key, "de", options)


def cells(made: Figure, name: str) -> list[Any]:
    place = [column.name for column in made.draft.columns].index(name)
    return [row[place] for row in made.draft.rows]


def test_versions_name_what_is_in_force_and_the_decision_it_rests_on(empty_store: Store) -> None:
    fill(empty_store, *plan(*decision(True, date(2025, 12, 10))))
    made = shown(empty_store, "cost_plan.versions")
    assert made.draft.message == (
        "Am 30.06.2026 gilt „Nachtrag“ über 450\u00a0€ und ersetzt „Bewilligung“. "
        "Beschluss: DS 7: einstimmig, Rat, 10.12.2025, öffentlich."
    )
    assert cells(made, "in_force") == [False, True]
    assert cells(made, "cost") == [D("300.10"), D("450.20")]
    assert cells(made, "difference") == [0, 0]
    assert cells(made, "outcome") == ["kein Beschluss hinterlegt", "einstimmig"]
    assert "✓ in Kraft" in drawn(made.draft)
    before = shown(empty_store, "cost_plan.versions", as_of=date(2025, 6, 1))
    assert before.draft.message.startswith("Am 01.06.2025 gilt „Bewilligung“ über 300\u00a0€. Zur Fassung: kein")
    assert cells(before, "outcome")[1] == "noch nicht beschlossen"


def test_a_closed_decision_stays_closed(empty_store: Store) -> None:
    fill(empty_store, *plan(*decision(False, date(2025, 12, 10))))
    assert cells(shown(empty_store, "cost_plan.versions"), "sitting")[1] == "nichtöffentlich"
    made = shown(empty_store, "cost_plan.versions", audience=Audience.PUBLIC)
    assert cells(made, "outcome")[1] == "noch nicht beschlossen"
    assert cells(made, "committee")[1] is None


def test_the_waterfall_goes_from_the_superseded_version_to_the_one_in_force(empty_store: Store) -> None:
    fill(empty_store, *plan())
    made = chosen(empty_store, "cost_plan.changes")
    assert made.draft.message == (
        "„Nachtrag“ ist 150\u00a0€ teurer als „Bewilligung“; am meisten mehr kostet „Plattform“ (+200\u00a0€), "
        "am meisten weniger „Reisen“ (−50\u00a0€)."
    )
    assert cells(made, "key") == ["1.10", "1.2", "Gesamt"]
    assert cells(made, "difference") == [D("200.10"), -50, D("150.10")]
    assert cells(made, "change") == ["teurer", "günstiger", "teurer"]
    assert "Die Finanzierung ändert sich um +150,10\u00a0€ auf 450,20\u00a0€." in made.draft.note
    above = chosen(empty_store, "cost_plan.changes", depth="1")
    assert (cells(above, "key"), cells(above, "before")[0]) == (["1", "Gesamt"], D("250.10"))
    back = chosen(empty_store, "cost_plan.changes", to="a", **{"from": "b"})
    assert back.draft.message.startswith("„Bewilligung“ ist 150\u00a0€ günstiger als „Nachtrag“; am meisten weniger")
    assert {option.name: option.chosen for option in back.draft.options} == {
        "to": "a", "from": "b", "by": "line", "depth": "2"
    }  # fmt: skip


def test_money_that_only_moves_between_years_is_shown_by_year(empty_store: Store) -> None:
    moved = version("c", "Neu", PlanStatus.AMENDMENT, date(2026, 3, 1), supersedes="b")
    amounts = [("1.2", 2026, "20"), ("1.2", 2027, "30"), ("1.10", 2026, "350.20"), ("2", 2026, "50")]
    fill(empty_store, *plan(moved, *(cost("c", *item) for item in amounts)))
    made = chosen(empty_store, "cost_plan.changes")
    assert made.draft.message == (
        "„Neu“ kostet so viel wie „Nachtrag“, verteilt aber anders; am meisten mehr kostet 2027 (+30\u00a0€), "
        "am meisten weniger 2026 (−30\u00a0€)."
    )
    assert cells(made, "year") == ["2026", "2027", "Gesamt"]
    assert cells(made, "change") == ["günstiger", "neu", "gleich"]
    assert chosen(empty_store, "cost_plan.changes", by="line").draft.message == (
        "„Neu“ und „Nachtrag“ planen in jeder Position dasselbe, zusammen 450\u00a0€."
    )


def test_one_version_is_not_compared_with_anything(empty_store: Store) -> None:
    fill(empty_store, *(record for record in plan() if getattr(record, "plan_version", "b") == "b"))
    assert chosen(empty_store, "cost_plan.changes").draft.message.startswith(
        "Mit Beträgen gibt es nur eine Planfassung"
    )


def test_the_table_sums_leaves_and_sorts_codes_as_numbers(empty_store: Store) -> None:
    fill(empty_store, *plan(cost("b", "2", 2027, "0.30"), eligible=False))
    made = chosen(empty_store, "cost_plan.tree")
    assert cells(made, "code") == ["1", "1.2", "1.10", "2", "", "", "own"]
    assert cells(made, "2026") == [D(text) for text in ("400.20", "50", "350.20", "50", "450.20", "400.20", "450.20")]
    assert cells(made, "2027")[:5] == [None, None, None, D("0.30"), D("0.30")]
    assert cells(made, "eligible")[:4] == [True, True, True, False]
    assert cells(chosen(empty_store, "cost_plan.tree", depth="1"), "code") == ["1", "2", "", "", "own"]
    assert cells(chosen(empty_store, "cost_plan.tree", version="a"), "total")[0] == D("250.10")


@pytest.mark.parametrize(
    ("given", "message", "cell"),
    [
        ([printed(2026, "400.20")], "Die einzige gedruckte Summe stimmt mit der nachgerechneten überein.", None),
        (
            [printed(2026, "400.21"), printed(2027, "0")],
            "Einer von 2 gedruckten Werten weicht ab: 1 „Phase“, 2026: gedruckt 400,21\u00a0€, "
            "nachgerechnet 400,20\u00a0€.",
            "2026: 400,21\u00a0€",
        ),
        (
            [printed(2027, "3", subject=StatedSubject.SHARE, cost_line=None, funding_source="own")],
            "Einer von 1 gedruckten Werten lässt sich nicht nachrechnen.",
            None,
        ),
        ([], "Für „Nachtrag“ sind keine gedruckten Summen erfasst.", None),
    ],
)
def test_one_changed_cent_of_a_printed_total_is_named(
    empty_store: Store, given: list[Record], message: str, cell: str | None
) -> None:
    other = StatedTotal(programme="p", plan_version="a", code="1", label="x", subject=StatedSubject.COST, amount=D(9))
    fill(empty_store, *plan(*given, other))
    assert chosen(empty_store, "cost_plan.printed").draft.message == message
    table = chosen(empty_store, "cost_plan.tree")
    assert (cells(table, "printed")[0] if table.draft.columns[-1].name == "printed" else None) == cell
