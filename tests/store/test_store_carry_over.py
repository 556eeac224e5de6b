"""The next cycle as a store keeps it: prepared once, with its predecessors, and nothing new the second time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from conference_records import CONFERENCE, MATERIAL, O1, TODAY, fill, report, result

from smartdash.analysis.carry_over import Stock, prepare
from smartdash.figures.standings import read_key_results
from smartdash.model.check_ins import Review, ReviewOutcome
from smartdash.model.conferences import Conference
from smartdash.model.declare import Record
from smartdash.model.okr import (
    Alignment,
    ContributingUnit,
    Cycle,
    KeyResultKind,
    KeyResultMilestone,
    Objective,
)
from smartdash.model.shared import Unit
from smartdash.store import Scope, Store

_KEYED = ("cycle", "objective", "key_result", "key_result_milestone")
LONE = CONFERENCE.model_copy(update={"next_cycle": None})
UNIT = Unit(programme="p", key="u1", title="Amt")
STEPS = result("kr4", "o1", kind=KeyResultKind.MILESTONES, baseline=None, target=None, measured_in=None)


def prepared(store: Store, conference: Conference) -> list[Record]:
    """What preparing would write, from what the store holds."""
    taken = {name: store.keys("p", name, retired=True) for name in _KEYED}
    with store.read(Scope("p", TODAY)) as reader:
        stock = Stock(
            cycles=reader.all(Cycle),
            objectives=reader.all(Objective),
            standings=read_key_results(reader),
            reviews=reader.all(Review),
            units=reader.all(ContributingUnit),
            alignments=reader.all(Alignment),
            taken=taken,
        )
    return prepare(stock, conference, TODAY, complete=True)


def review(objective: str, outcome: ReviewOutcome) -> Review:
    return Review(programme="p", key="", objective=objective, reviewed_on=TODAY, outcome=outcome, reason="Grund")


def milestone(key: str, done: bool) -> KeyResultMilestone:
    done_on = TODAY - timedelta(20) if done else None
    return KeyResultMilestone(programme="p", key=key, key_result="kr4", title=key, done_on=done_on)


def test_the_next_cycle_is_written_with_its_predecessors_and_only_once(empty_store: Store) -> None:
    material = [one for one in MATERIAL if one.key != "q2"]
    fill(
        empty_store,
        *material,
        LONE,
        UNIT,
        STEPS,
        milestone("s1", done=True),
        milestone("s2", done=False),
        ContributingUnit(programme="p", key="", objective="o1", unit="u1"),
        Alignment(programme="p", key="", origin="kr3", target="o1"),
        report("kr2", 100),
        review("o1", ReviewOutcome.KEEP),
        review("o2", ReviewOutcome.CHANGE),
    )
    records = prepared(empty_store, LONE)
    fill(empty_store, *records)
    current = empty_store.current("p")
    following = next(one for one in current["cycle"] if one.key != "q1")
    assert following.start == next(one for one in current["cycle"] if one.key == "q1").end + timedelta(1)
    new = {one.predecessor: one for one in current["objective"] if one.cycle == following.key}
    assert set(new) == {"o1", "o2"}
    assert new["o1"].title == O1.title
    results = {one.predecessor: one for one in current["key_result"] if one.predecessor}
    assert set(results) == {"kr1", "kr3", "kr4"}, "kr2 is reached"
    assert results["kr1"].baseline == Decimal(62)
    assert results["kr1"].objective == new["o1"].key
    steps = [one for one in current["key_result_milestone"] if one.key_result == results["kr4"].key]
    assert [(one.title, one.done_on) for one in steps] == [("s2", None)]
    assert {one.unit for one in current["contributing_unit"] if one.objective == new["o1"].key} == {"u1"}
    assert (results["kr3"].key, new["o1"].key) in {(one.origin, one.target) for one in current["alignment"]}

    before = len(empty_store.revisions("p"))
    assert prepared(empty_store, LONE) == []
    fill(empty_store, *records)
    assert len(empty_store.revisions("p")) == before, "the same records again are no revision"
