from __future__ import annotations

from datetime import date

import pytest
from store_samples import P, changes, check_in, line, okr_tree, programme, unit, write

from smartdash.model.declare import Record
from smartdash.model.impediments import Impediment
from smartdash.model.projects import Project
from smartdash.model.schedule import Milestone
from smartdash.model.shared import Municipality, Source
from smartdash.store import BrokenReferences, Changes, Store


def impediment(blocks: str) -> Impediment:
    return Impediment(programme=P, key="i", title="I", kind="legal", blocks=blocks, raised_on=date(2024, 1, 1))


def project(key: str) -> Project:
    return Project(programme=P, key=key, title=key)


def milestone(key: str) -> Milestone:
    return Milestone(programme=P, key=key, title=key, planned=date(2024, 5, 1), phase=None)


CITY = Municipality(programme="reference", key="1", title="Bonn", state="NRW")


@pytest.mark.parametrize(
    ("record", "broken"),
    [
        (unit("a", parent="nowhere"), ("unit", "a", "parent", "nowhere", "missing")),
        (unit("a", source="s"), ("unit", "a", "source", "s", "missing")),
        (unit("a", parent="gone"), ("unit", "a", "parent", "gone", "retired")),
        (impediment("nowhere"), ("impediment", "i", "blocks", "nowhere", "missing")),
        (impediment("both"), ("impediment", "i", "blocks", "both", "ambiguous")),
        (impediment("gone"), ("impediment", "i", "blocks", "gone", "missing")),
        (
            check_in(date(2024, 1, 1), "1", "kr9"),
            ("check_in", "kr9/2024-01-01", "key_result", "kr9", "missing"),
        ),
        (programme(municipality="2"), ("programme", P, "municipality", "2", "missing")),
    ],
)
def test_a_new_reference_must_lead_to_exactly_one_record(store: Store, record: Record, broken: tuple[str, ...]) -> None:
    write(store, [unit("gone"), unit("kept")])
    write(store, changes(unit("kept"), complete=True))
    write(store, [project("both"), milestone("both")])
    before = store.latest()
    with pytest.raises(BrokenReferences) as caught:
        write(store, record)
    assert caught.value.broken == (broken,)
    assert caught.value.message == f"store.reference_{broken[-1]}"
    assert store.latest() == before
    with pytest.raises(BrokenReferences):
        store.compare(changes(record))


@pytest.mark.parametrize(
    "record", [impediment("p"), impediment("m"), unit("a", parent="a"), programme(municipality="1")]
)
def test_a_reference_may_lead_to_any_of_its_types_itself_or_shared_data(store: Store, record: Record) -> None:
    write(store, CITY)
    write(store, [project("p"), milestone("m")])
    assert write(store, record)[0] is not None


def test_records_of_one_write_may_refer_to_each_other(store: Store) -> None:
    assert write(store, [check for kind in reversed(okr_tree().values()) for check in kind])[0] is not None


def test_another_programmes_record_does_not_count(store: Store) -> None:
    write(store, unit("a", programme="other"))
    with pytest.raises(BrokenReferences):
        write(store, unit("b", parent="a"))


def test_what_is_still_referred_to_cannot_be_retired(store: Store) -> None:
    write(store, [unit("a"), unit("b", parent="a"), Source(programme=P, key="s", title="S"), line("1", source="s")])
    with pytest.raises(BrokenReferences) as caught:
        write(store, changes(unit("b", parent="a"), complete=True))
    assert caught.value.broken == (("unit", "b", "parent", "a", "retired"),)
    with pytest.raises(BrokenReferences) as caught:
        write(store, Changes(P, {"source": []}, complete=True))
    assert caught.value.broken == (("cost_line", "1", "source", "s", "retired"),)
    assert write(store, Changes(P, {"source": [], "cost_line": [], "unit": []}, complete=True))[0] is not None


def test_shared_data_that_a_programme_uses_cannot_be_retired(store: Store) -> None:
    write(store, CITY)
    write(store, programme(municipality="1"))
    with pytest.raises(BrokenReferences) as caught:
        write(store, Changes("reference", {"municipality": []}, complete=True))
    assert caught.value.broken == (("programme", P, "municipality", "1", "retired"),)


def test_a_new_record_must_not_make_an_older_reference_ambiguous(store: Store) -> None:
    write(store, [project("x"), impediment("x")])
    with pytest.raises(BrokenReferences) as caught:
        write(store, milestone("x"))
    assert caught.value.broken == (("impediment", "i", "blocks", "x", "ambiguous"),)


def test_a_retired_row_may_keep_a_reference_to_a_retired_one(store: Store) -> None:
    write(store, [unit("a"), unit("b", parent="a"), unit("c")])
    write(store, changes(unit("a"), unit("c"), complete=True))
    assert write(store, changes(unit("c"), complete=True))[0] is not None


def test_the_list_of_broken_references_is_bounded(store: Store) -> None:
    with pytest.raises(BrokenReferences) as caught:
        write(store, [unit(f"u{number}", parent="nowhere") for number in range(500)])
    assert len(caught.value.broken) == 100
