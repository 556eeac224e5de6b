"""Pasted lines become contributions; merges, splits and state changes keep the lineage whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from graphlib import TopologicalSorter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from smartdash.analysis.collecting import contributions_from_lines, lines_from_rows, new_keys, pasted_rows
from smartdash.analysis.condensing import Closing, Condensed, Material, Refusal, advance, merge, next_states, split
from smartdash.analysis.elements import states
from smartdash.analysis.lineage import reached
from smartdash.analysis.participation import Personal
from smartdash.model.shared import Programme
from smartdash.model.workshops import (
    Contribution,
    ElementLevel,
    ElementState,
    Event,
    EventKind,
    Link,
    LinkKind,
    StateChange,
    StrategyElement,
)
from smartdash.store import BrokenReferences, Changes, Circle, Origin, Store

DAY = date(2026, 3, 2)
EVENT = Event(programme="p", key="w1", title="Workshop", kind=EventKind.WORKSHOP, held_on=DAY, demo=True)
NOTHING = Material((), (), (), (), frozenset())


def contribution(key: str, **values: Any) -> Contribution:
    return Contribution(**{"programme": "p", "key": key, "text": key, "event": "w1", "collected_on": DAY, **values})


def element(key: str, **values: Any) -> StrategyElement:
    return StrategyElement(**{"programme": "p", "key": key, "title": key, "level": ElementLevel.MEASURE, **values})


def change(key: str, state: ElementState, on: date = DAY, **values: Any) -> StateChange:
    return StateChange(**{"programme": "p", "key": "", "element": key, "changed_on": on, "state": state, **values})


def material(*records: Contribution | StrategyElement | Link | StateChange) -> Material:
    def of(kind: type) -> tuple[Any, ...]:
        return tuple(record for record in records if isinstance(record, kind))

    keys = frozenset(record.key for record in (*of(Contribution), *of(StrategyElement)))
    return Material(of(Contribution), of(StrategyElement), of(Link), of(StateChange), keys)


def grown(before: Material, added: Condensed) -> Material:
    """The material after what a merge or a split adds."""
    return Material(
        (*before.contributions, *added.contributions),
        (*before.elements, *added.elements),
        (*before.links, *added.links),
        (*before.changes, *added.changes),
        {*before.taken, *(item.key for item in (*added.contributions, *added.elements))},
    )


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.message


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("", []),
        ("\n  \n- \n", []),
        ("Mehr Bänke", [("Mehr Bänke", None, None)]),
        ("  Mehr Bänke ; Verkehr ; 5 ", [("Mehr Bänke", "Verkehr", 5)]),
        ("Mehr Bänke; 5", [("Mehr Bänke", None, 5)]),
        ("Mehr Bänke; Verkehr", [("Mehr Bänke", "Verkehr", None)]),
        ("Mehr Bänke;;0", [("Mehr Bänke", None, 0)]),
        ("Bänke; Bäume; Grün; 3", [("Bänke; Bäume", "Grün", 3)]),
        ("Mehr Bänke; aber nicht am Markt.", [("Mehr Bänke; aber nicht am Markt.", None, None)]),
        ("- a\n• b\n3) c\n4. d\n* e\r\n☐ f", [(text, None, None) for text in "abcdef"]),
        ("-5 Grad im Büro", [("-5 Grad im Büro", None, None)]),
        ("2030 klimaneutral", [("2030 klimaneutral", None, None)]),
        ("Mehr Bänke\tVerkehr\t5\nGrün\t\t", [("Mehr Bänke", "Verkehr", 5), ("Grün", None, None)]),
        ('"Zwei\nZeilen ""hier"""\tGrün\t4', [('Zwei Zeilen "hier"', "Grün", 4)]),
        ('"Grün" sagt alles', [('"Grün" sagt alles', None, None)]),
        ("Beitrag\tStimmen\nMehr Bänke\t5", [("Mehr Bänke", None, 5)]),
        ("Votes\tContribution\n5\tBenches", [("Benches", None, 5)]),
        ("99999999999\tx\t99999999999", [("99999999999", "x", None)]),
    ],
)
def test_pasted_lines(pasted: str, expected: list[tuple[str, str | None, int | None]]) -> None:
    assert [(line.text, line.cluster, line.votes) for line in lines_from_rows(pasted_rows(pasted), [])] == expected


def test_rows_of_a_file() -> None:
    rows = [["Nr", "Beitrag", "Stimmen"], [1, "Bänke", 3.0], [2, "Grün", None], [3, None, 1.0], [4, "Rad", "viele"], []]
    found = [(line.text, line.votes, line.unread) for line in lines_from_rows(rows, [])]
    assert found == [("Bänke", 3, None), ("Grün", None, None), ("Rad", None, "viele")]


def test_what_to_look_at_before_storing() -> None:
    pasted = "Mehr  bänke\nGrün\ngrün\nSchreiben Sie an a.b@example.org\nAnruf: 0331 289 1000"
    lines = lines_from_rows(pasted_rows(pasted), ["Mehr Bänke"])
    assert [line.known for line in lines] == [True, False, True, False, False]
    assert [line.personal for line in lines] == [(), (), (), (Personal.MAIL,), (Personal.PHONE,)]


def test_new_keys_count_on_and_are_never_taken() -> None:
    keys = new_keys("w1", {"w1", "w1-02", "w1-10", "w10-77", "w1-x"})
    assert [next(keys), next(keys)] == ["w1-11", "w1-12"]
    long = new_keys("x" * 120, set())
    assert len(next(long)) < 60


def test_contributions_belong_to_the_event() -> None:
    lines = lines_from_rows(pasted_rows("Bänke; Verkehr; 5\nGrün"), [])
    first, second = contributions_from_lines(lines, EVENT, DAY, public=False, taken={"w1-01"})
    assert first == contribution("w1-02", text="Bänke", cluster="Verkehr", votes=5, demo=True)
    assert (second.key, second.text, second.public) == ("w1-03", "Grün", False)


def test_one_origin_is_derived_several_are_merged() -> None:
    start = material(contribution("c1"), contribution("c2"), element("old"))
    new = element("new")
    assert merge(start, ["c1"], new).links[0].kind is LinkKind.DERIVED
    both = merge(start, ["c1", "c2", "c1"], new, event="w1")
    assert [(link.origin, link.target, link.kind, link.event) for link in both.links] == [
        ("c1", "new", LinkKind.MERGED, "w1"),
        ("c2", "new", LinkKind.MERGED, "w1"),
    ]
    assert both.elements == (new,)
    # One more into what is there makes several; an element into another one is a merge in any case.
    more = merge(grown(start, merge(start, ["c1"], new)), ["c1", "c2"], new)
    assert [(link.origin, link.kind) for link in more.links] == [("c2", LinkKind.MERGED)]
    assert more.elements == ()
    assert merge(start, ["old"], new).links[0].kind is LinkKind.DERIVED
    assert merge(grown(start, Condensed((), elements=(new,))), ["old"], new).links[0].kind is LinkKind.MERGED


def test_elements_that_go_on_in_another_are_rejected_only_when_asked() -> None:
    start = material(contribution("c1"), element("a"), element("b", state=ElementState.AGREED))
    assert merge(start, ["c1", "a", "b"], element("new")).changes == ()
    closing = Closing(DAY, "aufgegangen in „new“")
    changes = merge(start, ["c1", "a", "b"], element("new"), closing=closing).changes
    assert [(item.element, item.state, item.reason) for item in changes] == [
        ("a", ElementState.REJECTED, closing.reason),
        ("b", ElementState.REJECTED, closing.reason),
    ]
    adopted = material(element("a", state=ElementState.ADOPTED))
    assert refused(lambda: merge(adopted, ["a"], element("new"), closing=closing)) == "capture.decision_needed"
    assert merge(adopted, ["a"], element("new")).changes == ()


def test_a_merge_that_would_be_wrong_is_refused() -> None:
    start = material(
        contribution("c1"), element("a"), element("dead"), change("dead", ElementState.REJECTED, reason="x")
    )
    assert refused(lambda: merge(start, [], element("new"))) == "capture.nothing_chosen"
    assert refused(lambda: merge(start, ["dead"], element("new"))) == "capture.is_rejected"
    assert refused(lambda: merge(start, ["c1"], element("dead"))) == "capture.is_rejected"
    assert refused(lambda: merge(start, ["a"], element("a"))) == "capture.circle"
    parts = grown(start, split(start, "a", ["x", "y"]))
    whole = grown(parts, merge(parts, ["a-01", "a-02"], element("new")))
    assert refused(lambda: merge(whole, ["new"], element("a"))) == "capture.circle"
    assert refused(lambda: merge(whole, ["a-01"], element("new"))) == "capture.linked_already"


def test_a_contribution_is_split_into_contributions_or_elements() -> None:
    start = material(
        contribution("c1", cluster="Verkehr", votes=7, public=True, field_of_work="f"), contribution("c1-01")
    )
    found = split(start, "c1", ["- Bänke", "", "Bäume", "Bänke"], event="w1")
    assert found.contributions == (
        contribution("c1-02", text="Bänke", cluster="Verkehr", public=True, field_of_work="f"),
        contribution("c1-03", text="Bäume", cluster="Verkehr", public=True, field_of_work="f"),
    )
    assert {(link.origin, link.target, link.kind) for link in found.links} == {
        ("c1", "c1-02", LinkKind.SPLIT),
        ("c1", "c1-03", LinkKind.SPLIT),
    }
    goals = split(start, "c1", ["Bänke", "Bäume"], into=ElementLevel.GOAL, closing=Closing(DAY, "geteilt")).elements
    assert [(goal.title, goal.level, goal.field_of_work, goal.public) for goal in goals] == [
        ("Bänke", ElementLevel.GOAL, "f", True),
        ("Bäume", ElementLevel.GOAL, "f", True),
    ]


def test_an_element_is_split_into_elements_of_its_level() -> None:
    start = material(element("a", level=ElementLevel.GOAL, unit="u", public=False), contribution("c1", text="x" * 301))
    found = split(start, "a", ["eins", "zwei"], closing=Closing(DAY, "geteilt"))
    assert [(part.key, part.level, part.unit, part.public) for part in found.elements] == [
        ("a-01", ElementLevel.GOAL, "u", False),
        ("a-02", ElementLevel.GOAL, "u", False),
    ]
    assert [(item.element, item.state, item.public) for item in found.changes] == [("a", ElementState.REJECTED, False)]
    assert refused(lambda: split(start, "a", ["eins", " eins"])) == "capture.two_parts"
    assert refused(lambda: split(start, "a", ["x" * 301, "y"])) == "capture.title_too_long"
    assert len(split(start, "c1", ["x" * 301, "y"]).contributions) == 2
    assert refused(lambda: split(grown(start, found), "a", ["x", "y"])) == "capture.is_rejected"


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        (ElementState.RAW, {ElementState.CONDENSED, ElementState.REJECTED}),
        (ElementState.CONDENSED, {ElementState.AGREED, ElementState.REJECTED}),
        (ElementState.AGREED, {ElementState.ADOPTED, ElementState.CONDENSED, ElementState.REJECTED}),
        (ElementState.ADOPTED, {ElementState.REJECTED}),
        (ElementState.REJECTED, set()),
    ],
)
def test_only_the_next_states_can_be_reached(now: ElementState, allowed: set[ElementState]) -> None:
    start = material(element("a", state=now, reason="Grund"))
    assert set(next_states(now)) == allowed
    for state in ElementState:
        if state in allowed:
            made = advance(start, ["a"], state, DAY, reason="Grund", event="w1", paper="v1")
            assert made == (change("a", state, reason="Grund", event="w1", paper="v1"),)
        else:
            assert refused(lambda state=state: advance(start, ["a"], state, DAY, reason="Grund", paper="v1")) == (  # type: ignore[misc]
                "capture.no_such_step"
            )


def test_a_step_must_count_and_have_its_reason() -> None:
    start = material(element("a"), element("b"), change("a", ElementState.AGREED))
    back = date(2026, 3, 1)
    assert refused(lambda: advance(start, [], ElementState.ADOPTED, DAY)) == "capture.nothing_chosen"
    assert refused(lambda: advance(start, ["a"], ElementState.REJECTED, DAY)) == "capture.reason_needed"
    assert refused(lambda: advance(start, ["a"], ElementState.ADOPTED, back)) == "capture.newer_change"
    # On the same day the state that led furthest counts, so a step back takes a later day.
    assert refused(lambda: advance(start, ["a"], ElementState.CONDENSED, DAY)) == "capture.newer_change"
    assert advance(start, ["a"], ElementState.CONDENSED, date(2026, 3, 3))
    assert advance(start, ["a"], ElementState.ADOPTED, DAY)
    assert refused(lambda: advance(start, ["a", "b"], ElementState.ADOPTED, DAY)) == "capture.no_such_step"
    adopted = replace(start, changes=(change("a", ElementState.ADOPTED),))
    later = date(2026, 4, 1)
    assert (
        refused(lambda: advance(adopted, ["a"], ElementState.REJECTED, later, reason="x")) == "capture.decision_needed"
    )
    assert advance(adopted, ["a"], ElementState.REJECTED, later, reason="x", paper="v2")


ACTS = some.sampled_from(["new", "existing", "split", "split_to_goal"])
PLACES = some.lists(some.integers(0, 30), min_size=1, max_size=4)
STEPS = some.lists(some.tuples(ACTS, PLACES, some.booleans()), max_size=12)


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_any_sequence_of_merges_and_splits_keeps_the_lineage(steps: list[tuple[str, list[int], bool]]) -> None:
    now = material(*(contribution(f"c{number}") for number in range(4)))
    sources: dict[str, set[str]] = {item.key: {item.key} for item in now.contributions}
    for act, places, closes in steps:
        added, came_from = _act(now, act, places, closes)
        now = grown(now, added)
        for target, origins in came_from.items():
            sources.setdefault(target, set()).update(*(sources[origin] for origin in origins))
            for later in reached(target, _edges(now)):
                sources[later] |= sources[target]
    _check(now, sources)


def _act(now: Material, act: str, places: list[int], closes: bool) -> tuple[Condensed, dict[str, list[str]]]:
    """What a step adds, and which keys go on in which; nothing where the step is refused."""
    keys = [item.key for item in (*now.contributions, *now.elements)]
    chosen = [keys[place % len(keys)] for place in places]
    closing = Closing(DAY, "aufgegangen") if closes else None
    try:
        if act == "new" or (act == "existing" and not now.elements):
            target = element(next(new_keys("measure", now.taken)))
            return merge(now, chosen, target, closing=closing), {target.key: chosen}
        if act == "existing":
            target = now.elements[places[0] % len(now.elements)]
            return merge(now, chosen[1:], target, closing=closing), {target.key: chosen[1:]}
        into = ElementLevel.GOAL if act == "split_to_goal" else None
        added = split(now, chosen[0], ["eins", "zwei"], into=into, closing=closing)
    except Refusal:
        return Condensed(()), {}
    return added, {item.key: [chosen[0]] for item in (*added.contributions, *added.elements)}


def _edges(now: Material) -> dict[str, frozenset[str]]:
    return {
        origin: frozenset(link.target for link in now.links if link.origin == origin)
        for origin in {link.origin for link in now.links}
    }


def _check(now: Material, sources: dict[str, set[str]]) -> None:
    keys = [item.key for item in (*now.contributions, *now.elements)]
    assert len(keys) == len(set(keys))
    assert len({link.key for link in now.links}) == len(now.links)
    edges = _edges(now)
    TopologicalSorter(edges).prepare()  # raises where there is a circle
    for number in range(4):
        expected = {key for key, origins in sources.items() if f"c{number}" in origins} - {f"c{number}"}
        assert reached(f"c{number}", edges) == expected
    replaced = {item.element for item in now.changes}
    assert all(states(now.elements, now.changes)[key] is ElementState.REJECTED for key in replaced)


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("condensing") / "store.duckdb")


def _write(store: Store, *records: Any, complete: bool = False) -> None:
    by_type: dict[str, list[Any]] = {}
    for record in records:
        by_type.setdefault(record.sheet.name, []).append(record)
    store.write(Changes("p", by_type, complete), author="Moderation", reason="Test", origin=Origin("form"))


def test_the_store_keeps_the_lineage_of_a_merged_split_and_lets_nothing_dangle(store: Store) -> None:
    start = material(contribution("w1-01"), contribution("w1-02"))
    parts = split(start, "w1-01", ["Bänke", "Bäume"])
    halfway = grown(start, parts)
    merged = merge(halfway, ["w1-01-01", "w1-02"], element("measure-01"))
    now = grown(halfway, merged)
    programme = Programme(programme="p", key="p", title="P", municipality_name="Stadt")
    _write(store, programme, EVENT, *start.contributions)
    _write(store, *parts.records())
    _write(store, *merged.records())
    assert reached("w1-01", _edges(now)) == {"w1-01-01", "w1-01-02", "measure-01"}

    other = element("measure-02")
    _write(store, other)
    with pytest.raises(BrokenReferences):  # the element alone: its links would lead nowhere
        _write(store, other, complete=True)
    backwards = Link(programme="p", key="", origin="measure-01", target="w1-01", kind=LinkKind.DERIVED)
    with pytest.raises(Circle):
        _write(store, backwards)
    _write(store, other, *parts.links, complete=True)  # the element and its links together
    current = store.current("p")
    assert [item.key for item in current["strategy_element"]] == ["measure-02"]
    assert {link.target for link in current["link"] if isinstance(link, Link)} == {"w1-01-01", "w1-01-02"}
    taken = store.keys("p", "strategy_element", retired=True)
    assert "measure-01" in taken
    assert next(new_keys("measure", taken)) == "measure-03"
