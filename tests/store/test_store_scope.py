from __future__ import annotations

from datetime import date

import duckdb
import pytest
from store_samples import P, changes, check_in, full_record, line, okr_records, okr_tree, programme, unit, write

from smartdash.model import RECORDS
from smartdash.model.check_ins import CheckIn
from smartdash.model.maturity import Dimension, MaturityModel
from smartdash.model.money import CostLine
from smartdash.model.okr import KeyResult
from smartdash.model.projects import StatusReport
from smartdash.model.schedule import Phase
from smartdash.model.shared import ContextEvent, Municipality, Programme, Source, Unit
from smartdash.model.workshops import Contribution, Event, Link
from smartdash.store import Audience, Scope, Store, StoreError
from smartdash.store.counts import unsourced_keys

TODAY = date(2024, 6, 30)
INTERNAL = Scope(P, TODAY)
PUBLIC = Scope(P, TODAY, audience=Audience.PUBLIC)


def keys(store: Store, record: type, scope: Scope = INTERNAL) -> list[str]:
    with store.read(scope) as reader:
        return [item.key for item in reader.all(record)]


@pytest.mark.parametrize(
    ("as_of", "count"), [(date(2024, 1, 30), 0), (date(2024, 1, 31), 1), (date(2024, 2, 28), 1), (date(2024, 2, 29), 2)]
)
def test_reported_facts_are_cut_at_the_as_of_date(store: Store, as_of: date, count: int) -> None:
    write(store, okr_records())
    assert len(keys(store, CheckIn, Scope(P, as_of))) == count
    assert keys(store, KeyResult, Scope(P, as_of)) == ["kr1"]


@pytest.mark.parametrize(
    ("as_of", "start", "end"),
    [
        (date(2024, 1, 31), None, None),
        (date(2024, 2, 1), date(2024, 2, 1), None),
        (date(2024, 3, 1), date(2024, 2, 1), date(2024, 3, 1)),
    ],
)
def test_actual_dates_after_the_as_of_date_read_as_empty_but_plans_stay(
    store: Store, as_of: date, start: date | None, end: date | None
) -> None:
    plan = {"planned_start": date(2024, 1, 15), "planned_end": date(2024, 2, 15)}
    actual = {"actual_start": date(2024, 2, 1), "actual_end": date(2024, 3, 1)}
    write(store, Phase(programme=P, key="p", title="P", **plan, **actual))
    with store.read(Scope(P, as_of)) as reader:
        phase = reader.all(Phase)[0]
    assert (phase.actual_start, phase.actual_end) == (start, end)
    assert (phase.planned_start, phase.planned_end) == (plan["planned_start"], plan["planned_end"])


def test_the_public_sees_public_rows_only(store: Store) -> None:
    write(store, [programme(), unit("a"), unit("b", public=False)])
    assert keys(store, Unit) == ["a", "b"]
    assert keys(store, Unit, PUBLIC) == ["a"]


def test_what_belongs_to_a_hidden_record_is_hidden_at_any_depth(store: Store) -> None:
    tree = okr_tree()
    write(store, okr_records())
    assert len(keys(store, CheckIn, PUBLIC)) == 2
    write(store, [tree["key_result"][0].model_copy(update={"public": False})])
    assert keys(store, CheckIn, PUBLIC) == []
    assert len(keys(store, CheckIn)) == 2
    write(store, [tree["key_result"][0], tree["cycle"][0].model_copy(update={"public": False})])
    assert keys(store, CheckIn, PUBLIC) == keys(store, KeyResult, PUBLIC) == []
    assert len(keys(store, CheckIn)) == 2


def test_an_owner_cut_by_the_as_of_date_hides_what_belongs_to_it_from_everybody(store: Store) -> None:
    write(
        store,
        [
            Event(programme=P, key="e", title="E", kind="workshop", held_on=date(2024, 1, 1)),
            Contribution(programme=P, key="b", text="B", event="e", collected_on=date(2024, 2, 1)),
            full_record("strategy_element").model_copy(
                update={"key": "s", "field_of_work": None, "unit": None, "follows": None, "source": None}
            ),
            Link(programme=P, key="l", origin="b", target="s", kind="derived"),
        ],
    )
    assert keys(store, Link, Scope(P, date(2024, 1, 31))) == []
    assert keys(store, Link, Scope(P, date(2024, 2, 1))) == ["l"]


def test_a_record_without_owner_is_visible_by_itself(store: Store) -> None:
    write(store, StatusReport(programme=P, key="s", reported_on=date(2024, 1, 1), light="green", text="gut"))
    assert keys(store, StatusReport, PUBLIC) == ["s"]


def counts(store: Store, scope: Scope) -> dict[str, int]:
    with store.read(scope) as reader:
        return {name: len(reader.all(record)) for name, record in RECORDS.items()}


def test_no_type_shows_a_hidden_row_to_the_public(store: Store) -> None:
    write(store, [full_record(name, public=False) for name in RECORDS if name != "programme"])
    assert set(counts(store, INTERNAL).values()) == {0, 1}
    assert counts(store, PUBLIC) == dict.fromkeys(RECORDS, 0)


def test_no_type_of_reported_facts_shows_the_future(store: Store) -> None:
    write(store, [full_record(name) for name in RECORDS])
    answers = full_record("response")
    before, on = (counts(store, Scope(P, day, unit=answers.unit)) for day in (date(2023, 12, 31), date(2024, 1, 1)))
    assert on == dict.fromkeys(RECORDS, 1)
    reported = {name for name, record in RECORDS.items() if record.sheet.reported_on}
    assert {name for name, count in before.items() if count == 0} == reported | {"blockage", "baseline_date"}


def test_a_programme_that_is_not_public_hides_all_its_rows_but_not_the_reference_data(store: Store) -> None:
    write(store, [programme(public=False), unit("a")])
    write(store, municipality("reference", "05314000"))
    assert keys(store, Unit, PUBLIC) == []
    assert keys(store, Municipality, PUBLIC) == ["05314000"]
    assert keys(store, Unit) == ["a"]


def municipality(at: str, key: str, **values: object) -> Municipality:
    return Municipality(**{"programme": at, "key": key, "title": "Bonn", "state": "NRW", **values})


def test_shared_types_are_seen_by_all_and_the_programmes_own_row_wins(store: Store) -> None:
    write(store, [municipality("reference", "1"), municipality("reference", "2"), unit("x", programme="reference")])
    write(store, [municipality(P, "2", title="ours"), municipality(P, "3")])
    write(store, municipality("other", "4"))
    with store.read(INTERNAL) as reader:
        assert [(item.key, item.title) for item in reader.all(Municipality)] == [
            ("1", "Bonn"),
            ("2", "ours"),
            ("3", "Bonn"),
        ]
        assert reader.all(Unit) == ()
    assert store.keys(P, "municipality") == {"1", "2", "3"}
    assert store.keys(P, "unit") == set()


def test_a_retired_own_row_uncovers_the_shared_one(store: Store) -> None:
    write(store, municipality("reference", "1"))
    write(store, [municipality(P, "1", title="ours"), municipality(P, "2")])
    write(store, changes(municipality(P, "2"), complete=True))
    with store.read(INTERNAL) as reader:
        assert reader.all(Municipality)[0].title == "Bonn"


def test_rows_of_a_shared_owner_stay_visible_where_the_programme_has_its_own_version_of_it(store: Store) -> None:
    model = MaturityModel(programme="reference", key="m", title_de="M", title_en="M", version="1")
    write(store, [model, Dimension(programme="reference", key="d", maturity_model="m", title_de="D", title_en="D")])
    write(store, model.model_copy(update={"programme": P, "title_de": "unseres"}))
    assert keys(store, Dimension) == ["d"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["1.10", "1.2", "1", "10", "2"], ["1", "1.2", "1.10", "2", "10"]),
        (["b", "a2", "a10", "A"], ["A", "a2", "a10", "b"]),
        (["a", "1", "1a", "1-1"], ["1", "1-1", "1a", "a"]),
    ],
)
def test_keys_come_in_natural_order(store: Store, given: list[str], expected: list[str]) -> None:
    write(store, [unit(key) for key in given])
    assert keys(store, Unit) == expected


def test_the_column_order_comes_first_and_rows_without_it_last(store: Store) -> None:
    write(store, [line("1"), line("2", order=20), line("3", order=10), line("4", order=0)])
    assert keys(store, CostLine) == ["4", "3", "2", "1"]


def test_queries_use_record_names_and_see_the_scope_only(store: Store) -> None:
    write(store, [*okr_records(), unit("a", public=False)])
    with store.read(Scope(P, date(2024, 1, 31), audience=Audience.PUBLIC)) as reader:
        query = (
            "SELECT k.title, c.value FROM check_in c JOIN key_result k ON k.key = c.key_result WHERE c.value > $least"
        )
        assert reader.rows(query, least=5) == [("KR", 10)]
        assert reader.rows(query, least=50) == []
        assert reader.rows("WITH phase AS (SELECT 1 AS one) SELECT one FROM phase") == [(1,)]
        assert reader.rows("SELECT count(*) FROM unit") == [(0,)]
        assert reader.rows('SELECT max("order") FROM key_result') == [(None,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM history.unit",
        'SELECT * FROM "history"."unit"',
        "SELECT * FROM unit, history.revision",
        "SELECT (SELECT count(*) FROM history.check_in)",
        "SELECT * FROM nothing",
    ],
)
def test_a_query_cannot_go_around_the_scope(store: Store, sql: str) -> None:
    with store.read(INTERNAL) as reader:
        reader.all(Unit)
        with pytest.raises(ValueError, match="a scope has no tables"):
            reader.rows(sql)


def test_sources_are_those_of_what_was_read(store: Store) -> None:
    documents = [Source(programme=P, key=key, title=title) for key, title in [("s1", "B"), ("s2", "A"), ("s3", "C")]]
    write(
        store,
        [
            *documents,
            Source(programme=P, key="s4", title="D", public=False),
            unit("u1", source="s1"),
            unit("u2", source="s1"),
            line("1", source="s2"),
            ContextEvent(programme=P, key="x", title="X", happened_on=date(2024, 9, 1), source="s3"),
            line("2", source="s4"),
        ],
    )
    with store.read(PUBLIC) as reader:
        assert reader.sources() == ()
        reader.all(Unit)
        assert [source.key for source in reader.sources()] == ["s1"]
        reader.rows("SELECT source FROM cost_line")
        assert [source.key for source in reader.sources()] == ["s2", "s1"]
        reader.all(ContextEvent)
        assert [source.key for source in reader.sources()] == ["s2", "s1"]
    with store.read(INTERNAL) as reader:
        reader.all(CostLine)
        assert [source.key for source in reader.sources()] == ["s2", "s4"]


@pytest.mark.parametrize(
    ("records", "read", "expected"),
    [
        ([programme(), unit("a", demo=True)], CostLine, False),
        ([programme(), unit("a", demo=True)], Unit, True),
        ([programme(), unit("a")], Unit, False),
        ([programme(demo=True), unit("a")], CostLine, True),
        ([unit("a", demo=True)], Unit, True),
    ],
)
def test_demo_is_told_of_what_was_read(store: Store, records: list[Unit], read: type, expected: bool) -> None:
    write(store, records)
    with store.read(INTERNAL) as reader:
        reader.all(read)
        assert reader.demo() is expected


def test_a_reader_beside_has_its_own_scope(store: Store) -> None:
    write(store, [programme("b", title="Zweites"), unit("x", programme="b", demo=True)])
    write(store, [programme(), unit("a")])
    write(store, unit("a", title="neu"))
    with store.read(INTERNAL) as reader:
        assert [item.key for item in reader.all(Unit)] == ["a"]
        other = reader.beside(Scope("b", TODAY))
        older = other.beside(Scope(P, TODAY, revision=2))
        assert other.programme is not None
        assert other.programme.title == "Zweites"
        assert [item.key for item in other.all(Unit)] == ["x"]
        assert [item.title for item in older.all(Unit)] == ["a"]
        assert [item.title for item in reader.all(Unit)] == ["neu"]
        assert (reader.demo(), other.demo()) == (False, True)
        assert (reader.scope.revision, other.scope.revision, older.scope.revision) == (3, 3, 2)


def test_a_reader_beside_that_cannot_be_made_does_not_keep_the_file_open(store: Store) -> None:
    write(store, unit("a"))
    with store.read(INTERNAL) as reader:
        with pytest.raises(StoreError) as caught:
            reader.beside(Scope(P, TODAY, revision=9))
        assert caught.value.message == "store.no_such_revision"
    with duckdb.connect(str(store.path)) as other:  # refused while the store has the file open with other settings
        assert other.execute("SELECT count(*) FROM history.unit").fetchall() == [(1,)]


def test_the_programme_is_the_scopes_own(store: Store) -> None:
    write(store, programme("b"))
    write(store, programme())
    with store.read(INTERNAL) as reader:
        assert reader.programme == programme()
        assert reader.all(Programme) == (programme(),)
    with store.read(Scope("none", TODAY)) as reader:
        assert reader.programme is None


def test_a_check_in_after_a_change_shows_its_newest_value_only(store: Store) -> None:
    write(store, okr_records())
    write(store, check_in(date(2024, 1, 31), "11"))
    with store.read(INTERNAL) as reader:
        assert [item.value for item in reader.all(CheckIn)] == [11, check_in(date(2024, 2, 29), "20.5").value]


def test_what_a_scope_holds_is_what_it_shows(store: Store) -> None:
    write(store, [*okr_records(), unit("u", public=False)])
    for scope in (INTERNAL, PUBLIC, Scope(P, date(2023, 1, 1))):
        with store.read(scope) as reader:
            assert {name for name, record in RECORDS.items() if reader.holds(record)} == {
                name for name, record in RECORDS.items() if reader.all(record)
            }


def test_keys_without_a_source_are_found_by_type(store: Store) -> None:
    write(store, [Source(programme=P, key="s", title="S"), unit("b", source="s"), unit("c"), unit("a")])
    with store.read(INTERNAL) as reader:
        found = unsourced_keys(reader)
    assert found["unit"] == (3, ["a", "c"])
    assert found["phase"] == (0, [])
    assert "municipality" not in found, "shared reference data is not the programme's own"
