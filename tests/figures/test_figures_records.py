from __future__ import annotations

from datetime import date

import pytest

from smartdash.charts.tokens import LIGHT
from smartdash.figures import make
from smartdash.model.declare import REFERENCE, Record
from smartdash.model.schedule import Phase
from smartdash.model.shared import Municipality, Programme, Source
from smartdash.store import Audience, Changes, Origin, Scope, Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = Store(tmp_path_factory.mktemp("records") / "store.duckdb")
    write(made, REFERENCE, [Municipality(programme=REFERENCE, key="00000000", title="Musterstadt", state="Musterland")])
    write(
        made,
        "x",
        [
            Programme(programme="x", key="x", title="Programm", municipality_name="Musterstadt", source="s"),
            Source(programme="x", key="s", title="Beschluss"),
            Phase(programme="x", key="a", title="A", source="s"),
            Phase(programme="x", key="b", title="B", source="s", public=False),
            Phase(programme="x", key="c", title="C"),
        ],
    )
    return made


def write(store: Store, programme: str, records: list[Record]) -> None:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.sheet.name, []).append(record)
    store.write(Changes(programme, groups), author="Test", reason="Test", origin=Origin("form"))


def test_the_holdings_count_own_records_and_leave_sources_out_of_the_share(store: Store) -> None:
    with store.read(Scope("x", date(2026, 8, 15))) as reader:
        draft = make(reader, "records.overview", "de").draft
    assert draft.message == "5 Datensätze stehen auf 3 Blättern. 75,0\u00a0% davon nennen ihre Quelle."
    assert [row[1:4] + row[5:] for row in draft.rows] == [
        ("Programm", 1, 1, 1),
        ("Quellen", 1, None, 1),
        ("Phasen", 3, 2, 2),
    ]
    assert draft.chart is not None
    assert draft.chart(LIGHT).to_dict()["height"] == 2 * 42


def test_the_public_sees_only_what_is_public(store: Store) -> None:
    with store.read(Scope("x", date(2026, 8, 15), audience=Audience.PUBLIC)) as reader:
        assert make(reader, "records.overview", "en").draft.rows[-1][2] == 2


def test_an_empty_programme_says_so(store: Store) -> None:
    with store.read(Scope("unknown", date(2026, 8, 15))) as reader:
        draft = make(reader, "records.overview", "en").draft
    assert (draft.message, draft.rows, draft.chart) == ("Nothing is stored of this programme yet.", (), None)
