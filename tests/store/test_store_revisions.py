from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from store_samples import (
    FORM,
    NASTY,
    P,
    changes,
    check_in,
    full_record,
    line,
    okr_records,
    programme,
    unit,
    write,
)

from smartdash.model import RECORDS
from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import Record
from smartdash.model.shared import Unit
from smartdash.store import Changes, Origin, Scope, Store, StoreConflict, StoreError, writer

TODAY = date(2024, 6, 30)


def titles(store: Store, revision: int | None = None) -> dict[str, str]:
    with store.read(Scope(P, TODAY, revision)) as reader:
        return {item.key: item.title for item in reader.all(Unit)}


def test_a_write_is_one_revision_with_its_author_reason_origin_and_counts(store: Store) -> None:
    revision, difference = write(store, [programme(), unit("a"), unit("b")], origin=Origin("plan.xlsx", "ab12"))
    assert revision is not None
    assert (revision.number, revision.programme, revision.origin, revision.sha256) == (1, P, "plan.xlsx", "ab12")
    assert (revision.author, revision.reason) == ("Programmbüro", "Test")
    assert (revision.new, revision.changed, revision.retired) == (3, 0, 0)
    assert abs((datetime.now(UTC).replace(tzinfo=None) - revision.at).total_seconds()) < 60
    assert store.revisions() == (revision,)
    assert difference.types["unit"].new_keys == ("a", "b")


def test_writing_the_same_again_writes_nothing(store: Store) -> None:
    everything = [programme(), unit("a"), *okr_records()]
    write(store, everything)
    stamp = store.stamp()
    revision, difference = write(store, everything)
    assert revision is None
    assert difference.empty
    assert difference.unchanged == len(everything)
    assert store.latest() == 1
    assert store.stamp() == stamp


def test_an_empty_write_writes_nothing(store: Store) -> None:
    assert write(store, Changes(P, {}))[0] is None
    assert write(store, Changes(P, {"unit": []}, complete=True))[0] is None
    assert store.revisions() == ()


@pytest.mark.parametrize(
    ("complete", "expected"),
    [
        (False, {"new": 1, "changed": 1, "retired": 0, "unchanged": 1, "missing": 1}),
        (True, {"new": 1, "changed": 1, "retired": 1, "unchanged": 1, "missing": 0}),
    ],
)
def test_a_dry_run_says_what_a_write_then_does(store: Store, complete: bool, expected: dict[str, int]) -> None:
    write(store, [unit("same"), unit("other"), unit("gone")])
    what = changes(unit("same"), unit("other", title="renamed"), unit("new"), complete=complete)
    stamp = store.stamp()
    dry = store.compare(what)
    assert store.stamp() == stamp
    assert {name: getattr(dry.types["unit"], name) for name in expected} == expected
    assert {name: getattr(dry, name) for name in expected} == expected
    assert (dry.types["unit"].new_keys, dry.types["unit"].changed_keys) == (("new",), ("other",))
    assert dry.types["unit"].retired_keys == (("gone",) if complete else ())
    assert store.latest() == 1
    assert write(store, what)[1] == dry
    assert ("gone" in titles(store)) is not complete


def test_complete_retires_only_in_the_types_and_the_programme_given(store: Store) -> None:
    write(store, [programme("other"), unit("a", programme="other")])
    write(store, [unit("a"), line("1")])
    write(store, Changes(P, {"unit": []}, complete=True))
    assert store.keys(P, "unit") == set()
    assert store.keys(P, "cost_line") == {"1"}
    assert store.keys("other", "unit") == {"a"}


def test_a_retired_key_keeps_its_last_values_and_can_come_back(store: Store) -> None:
    write(store, [unit("a", title="first"), unit("b")])
    write(store, changes(unit("b"), complete=True))
    assert titles(store) == {"b": "b"}
    revision, difference = write(store, unit("a", title="first"))
    assert revision is not None
    assert difference.new == 1
    assert titles(store) == {"a": "first", "b": "b"}
    history = store.record_history(P, "unit", "a")
    assert [(item.revision, item.retired, item.values["title"]) for item in history] == [
        (3, False, "first"),
        (2, True, "first"),
        (1, False, "first"),
    ]


def test_retiring_what_is_retired_writes_nothing(store: Store) -> None:
    write(store, [unit("a"), unit("b")])
    write(store, changes(unit("b"), complete=True))
    assert write(store, changes(unit("b"), complete=True))[0] is None


def test_every_revision_can_be_read_as_it_was(store: Store) -> None:
    write(store, unit("a", title="one"))
    write(store, unit("a", title="two"))
    write(store, [unit("a", title="three"), unit("b")])
    assert [titles(store, number) for number in range(4)] == [
        {},
        {"a": "one"},
        {"a": "two"},
        {"a": "three", "b": "b"},
    ]
    assert titles(store) == titles(store, 3)


@pytest.mark.parametrize("number", [-1, 2, 99])
def test_a_revision_that_does_not_exist_is_refused(store: Store, number: int) -> None:
    write(store, unit("a"))
    with pytest.raises(StoreError) as caught, store.read(Scope(P, TODAY, number)):
        pass
    assert caught.value.message == "store.no_such_revision"
    assert caught.value.values == {"revision": str(number), "latest": "1"}


def test_revisions_are_numbered_over_all_programmes_and_listed_newest_first(store: Store) -> None:
    write(store, programme("b"))
    write(store, programme("a"))
    write(store, unit("x", programme="b"))
    assert [(item.number, item.programme) for item in store.revisions()] == [(3, "b"), (2, "a"), (1, "b")]
    assert [item.number for item in store.revisions("b")] == [3, 1]
    assert [item.key for item in store.programmes()] == ["a", "b"]
    assert [item.key for item in store.programmes(1)] == ["b"]


def test_programmes_leave_out_reference_and_retired_ones(store: Store) -> None:
    write(store, programme("reference"))
    write(store, programme("a"))
    write(store, programme("b"))
    write(store, Changes("b", {"programme": []}, complete=True))
    assert [item.key for item in store.programmes()] == ["a"]


@pytest.mark.parametrize(
    ("based_on", "title", "refused"),
    [(1, "mine", True), (2, "mine", False), (None, "mine", False), (1, "theirs", False)],
    ids=["row is newer", "row was seen", "no claim", "same value as theirs"],
)
def test_a_lost_update_is_refused(store: Store, based_on: int | None, title: str, refused: bool) -> None:
    write(store, [unit("a"), unit("b")])
    write(store, unit("a", title="theirs"))
    if not refused:
        write(store, unit("a", title=title), based_on=based_on)
        assert titles(store)["a"] == title
        return
    with pytest.raises(StoreConflict) as caught:
        write(store, [unit("a", title=title), unit("c")], based_on=based_on)
    assert caught.value.touched == (("unit", "a", 2),)
    assert titles(store) == {"a": "theirs", "b": "b"}


def test_somebody_elses_change_to_another_row_is_no_conflict(store: Store) -> None:
    write(store, [unit("a"), unit("b")])
    write(store, unit("b", title="theirs"))
    write(store, unit("a", title="mine"), based_on=1)
    assert titles(store) == {"a": "mine", "b": "theirs"}


def test_bringing_back_what_somebody_has_retired_is_a_conflict(store: Store) -> None:
    write(store, [unit("a"), unit("b")])
    write(store, changes(unit("b"), complete=True))
    with pytest.raises(StoreConflict):
        write(store, unit("a", title="mine"), based_on=1)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_exception_inside_a_write_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    write(store, unit("a"))
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise error

        patch.setattr(writer, "broken_references", fail)
        with pytest.raises(error):
            write(store, [unit("a", title="changed"), unit("b")])
    assert titles(store) == {"a": "a"}
    assert store.latest() == 1
    assert write(store, unit("b"))[0].number == 2  # type: ignore[union-attr]


def test_a_record_of_every_type_comes_back_as_it_was(store: Store) -> None:
    expected = {name: (full_record(name),) for name in RECORDS}
    write(store, [full_record(name) for name in RECORDS])
    assert store.current(P) == expected
    with store.read(Scope(P, TODAY, unit=expected["response"][0].unit)) as reader:
        found = {name: reader.all(record) for name, record in RECORDS.items()}
    assert found == expected
    assert kinds(found) == kinds(expected)


def kinds(records: Mapping[str, Sequence[Record]]) -> dict[str, list[type]]:
    return {name: [type(value) for value in dict(found[0]).values()] for name, found in records.items()}


def test_an_empty_store_has_every_type_and_no_rows(store: Store) -> None:
    assert store.current(P) == dict.fromkeys(RECORDS, ())
    assert list(store.current(P)) == list(RECORDS)
    assert (store.latest(), store.programmes(), store.revisions()) == (0, (), ())
    with store.read(Scope(P, TODAY)) as reader:
        assert reader.programme is None
        assert all(reader.all(record) == () for record in RECORDS.values())
        assert (reader.sources(), reader.demo()) == ((), False)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("0.0001", "0.0001"),
        ("100", "100"),
        ("2.5000", "2.5"),
        ("-0.07", "-0.07"),
        ("99999999999999.9999", "99999999999999.9999"),
        ("0.0000", "0"),
        ("1E+2", "100"),
    ],
)
def test_numbers_are_exact_and_without_trailing_zeros(store: Store, given: str, read: str) -> None:
    write(store, [*okr_records(), check_in(date(2024, 3, 1), given)])
    with store.read(Scope(P, TODAY)) as reader:
        value = reader.all(CheckIn)[-1].value
        assert reader.rows("SELECT value FROM check_in WHERE value = $v", v=Decimal(given))[0][0] == Decimal(given)
    assert str(value) == read


def test_a_value_that_equals_the_stored_one_is_no_change(store: Store) -> None:
    write(store, [*okr_records(), check_in(date(2024, 3, 1), "1.5")])
    assert write(store, check_in(date(2024, 3, 1), "1.5000"))[0] is None


def test_texts_are_only_ever_values(store: Store) -> None:
    write(store, unit("a", title=NASTY[:200]), author=NASTY, reason=NASTY, origin=Origin(NASTY))
    assert titles(store) == {"a": NASTY[:200].strip()}
    assert (store.revisions()[0].author, store.revisions()[0].origin) == (NASTY, NASTY)
    with store.read(Scope(NASTY, TODAY)) as reader:
        assert reader.all(Unit) == ()
        assert reader.rows("SELECT $text", text=NASTY) == [(NASTY,)]


@pytest.mark.parametrize(
    "records",
    [
        {"nothing": []},
        {"unit": [line("1")]},
        {"unit": [unit("a", programme="other")]},
        {"unit": [unit("a"), unit("a", title="again")]},
    ],
    ids=["unknown type", "wrong type", "wrong programme", "key twice"],
)
def test_changes_that_contradict_themselves_are_refused(records: dict[str, list[Unit]]) -> None:
    with pytest.raises(ValueError, match=r"unknown|must be|twice"):
        Changes(P, records)


def test_only_the_first_keys_of_each_kind_are_named(store: Store) -> None:
    _, difference = store.write(
        changes(*(unit(f"1.{number}") for number in range(300))), author="a", reason="r", origin=FORM
    )
    assert difference.types["unit"].new == 300
    assert len(difference.types["unit"].new_keys) == writer.EXAMPLES
