from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_stores import drawn, fill, shown

from smartdash.figures.output import as_csv
from smartdash.model.declare import Record
from smartdash.model.schedule import Milestone, Phase
from smartdash.model.shared import Programme
from smartdash.store import Audience, Changes, Origin, Store

AS_OF = date(2026, 6, 30)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.duckdb")


def add(store: Store, programme: Programme, *records: Record) -> None:
    by_type: dict[str, list[Record]] = {"programme": [programme]}
    for record in records:
        by_type.setdefault(record.sheet.name, []).append(record)
    store.write(Changes(programme.key, by_type), author="test", reason="test", origin=Origin("form"))


def other(key: str = "q", **values: Any) -> Programme:
    return Programme(programme=key, key=key, title=f"Vorhaben {key}", municipality_name="Dorf", **values)


def phase(programme: str, key: str, **values: Any) -> Phase:
    return Phase(programme=programme, key=key, title=f"Phase {key}", **values)


def rows(store: Store, *names: str, **given: Any) -> list[tuple[Any, ...]]:
    draft = shown(store, "portfolio.timeline", **given).draft
    places = [[column.name for column in draft.columns].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in draft.rows]


def test_every_programme_stands_on_one_axis_whichever_is_chosen(store: Store) -> None:
    fill(store, phase("p", "a", planned_start=date(2026, 1, 1), planned_end=date(2026, 12, 31)))
    gate = Milestone(programme="q", key="m", title="Beschluss", planned=date(2021, 5, 1), gate=True)
    add(store, other(start=date(2020, 1, 1), end=date(2021, 1, 1)), phase("q", "b"), gate)
    figure = shown(store, "portfolio.timeline", as_of=AS_OF)
    text = drawn(figure.draft)
    assert all(f'"{word}"' in text for word in ("Dorf", "Stadt", "Vorhaben q", "Programm", "Phase a", "Laufzeit"))
    assert "doppelte Raute" in figure.draft.unit
    assert rows(store, "programme", "kind", "title", as_of=AS_OF) == [
        ("Vorhaben q", "Phase", "Phase b"),
        ("Vorhaben q", "Entscheidungspunkt", "Beschluss"),
        ("Programm", "Phase", "Phase a"),
    ]
    assert rows(store, "title", programme="q", as_of=AS_OF) == [("Phase b",), ("Beschluss",), ("Phase a",)]
    assert figure.draft.message == "1 von 2 Programmen läuft am 30.06.2026."


def test_each_programme_has_its_own_as_of_date_but_never_a_later_one(store: Store) -> None:
    fill(store, phase("p", "a", planned_start=date(2026, 1, 1), actual_start=date(2026, 6, 1)))
    done = phase("q", "b", planned_start=date(2026, 1, 1), actual_start=date(2026, 2, 1), actual_end=date(2026, 6, 1))
    add(store, other(default_as_of=date(2026, 3, 1), demo=True), done)
    own = date(2026, 3, 1)
    assert rows(store, "as_of", "actual_end", "demo", as_of=AS_OF) == [(AS_OF, None, False), (own, None, True)]
    assert rows(store, "as_of", as_of=date(2026, 2, 1)) == [(date(2026, 2, 1),), (date(2026, 2, 1),)]
    text = drawn(shown(store, "portfolio.timeline", as_of=AS_OF).draft)
    assert '"Dorf · Demo"' in text
    assert '"Stand 01.03.2026"' in text


def test_the_public_sees_neither_programmes_nor_phases_that_are_not_public(store: Store) -> None:
    fill(store, phase("p", "a", planned_start=date(2026, 1, 1)))
    add(store, other(public=False, start=date(2020, 1, 1), end=date(2021, 1, 1)), phase("q", "b", planned_start=AS_OF))
    add(store, other("r"), phase("r", "c", planned_start=AS_OF, public=False))
    seen = rows(store, "programme", "title", audience=Audience.PUBLIC)
    assert seen == [("Programm", "Phase a"), ("Vorhaben r", None)]
    assert len(rows(store, "title")) == 3


def test_a_late_phase_counts_and_sub_steps_are_left_out(store: Store) -> None:
    late = phase("p", "a", planned_start=date(2026, 1, 1), planned_end=date(2026, 2, 1), actual_start=date(2026, 1, 1))
    fill(store, late, phase("p", "a1", parent="a", planned_start=date(2026, 1, 1)))
    assert shown(store, "portfolio.timeline", as_of=AS_OF).draft.message.endswith(
        "Bei 1 Programm ist eine Phase verspätet."
    )
    assert rows(store, "title", as_of=AS_OF) == [("Phase a",)]


def test_programmes_without_any_date_have_no_chart_and_are_named(store: Store) -> None:
    fill(store)
    draft = shown(store, "portfolio.timeline").draft
    assert (draft.chart, draft.options) == (None, ())
    assert "Ohne Termine: „Programm“." in draft.note


def test_an_empty_store_says_so(store: Store) -> None:
    draft = shown(store, "portfolio.timeline").draft
    assert (draft.rows, draft.chart, draft.note) == ((), None, "")
    assert "Programm" in draft.message


def test_a_table_says_of_each_row_whether_it_is_fictional(store: Store) -> None:
    fill(store, phase("p", "a", planned_start=date(2026, 1, 1)))
    add(store, other(demo=True), phase("q", "b", planned_start=AS_OF))
    head, *lines = as_csv(shown(store, "portfolio.timeline", programme="q")).splitlines()
    names = head.split(",")
    assert len(set(names)) == len(names), "no heading stands twice"
    assert [line.split(",")[names.index("Fiktiv")] for line in lines] == ["False", "True"]
