"""The public version of a programme: nothing that is hidden, and nothing that leads to it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from smartdash.exchange import export_bundle, export_workbook, import_file, read
from smartdash.exchange.public_records import public_records
from smartdash.model.committees import Committee, CommitteeSession, Consultation, Paper
from smartdash.model.declare import Record
from smartdash.model.schedule import Baseline, BaselineDate, Milestone
from smartdash.model.shared import Programme, Source, Unit
from smartdash.model.workshops import Contribution, Event, Link, StrategyElement
from smartdash.store import Audience, Changes, Origin, Scope, Store

DAY = date(2026, 6, 30)
HIDDEN = "geheim"


def made(record: type[Record], key: str, **values: Any) -> Record:
    return record(**{"programme": "p", "key": key, **values})


RECORDS = [
    made(Programme, "p", title="Programm", municipality_name="Musterstadt"),
    made(Source, HIDDEN, title="Vermerk", public=False),
    made(Unit, "amt", title="Amt", source=HIDDEN),
    made(Unit, f"{HIDDEN}-amt", title="Revision", public=False),
    made(Committee, "rat", title="Rat", kind="council"),
    made(CommitteeSession, "rat/1", committee="rat", held_on=date(2026, 3, 1)),
    made(CommitteeSession, "rat/2", committee="rat", held_on=date(2026, 4, 1)),
    made(Paper, "v", title="Vorlage", kind="decision"),
    made(Consultation, f"{HIDDEN}-1", paper="v", session="rat/1", role="decision", open_session=False),
    made(Consultation, "offen", paper="v", session="rat/2", role="decision", open_session=True),
    made(Milestone, "m", title="M", planned=date(2026, 5, 1)),
    made(
        Baseline, "b", title="B", decided_on=date(2026, 2, 1), decided_by=f"{HIDDEN}-amt", reason="Verzug"
    ),
    made(BaselineDate, "bd", baseline="b", subject="m", planned_end=date(2026, 6, 1)),
    made(Event, "w", title="Forum", kind="forum", held_on=date(2026, 1, 10), audience="public"),
    made(Contribution, "c1", text="Mehr Bänke", event="w", collected_on=date(2026, 1, 10), public=True),
    made(Contribution, f"{HIDDEN}-c", text="Intern", event="w", collected_on=date(2026, 1, 10)),
    made(Contribution, "c3", text="Später", event="w", collected_on=date(2026, 12, 1), public=True),
    made(StrategyElement, "z", title="Ziel", level="goal"),
    made(Link, "l1", origin="c1", target="z", kind="derived"),
    made(Link, f"{HIDDEN}-l", origin=f"{HIDDEN}-c", target="z", kind="derived"),
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store.duckdb")
    by_type: dict[str, list[Record]] = {}
    for record in RECORDS:
        by_type.setdefault(record.sheet.name, []).append(record)
    store.write(Changes("p", by_type), author="a", reason="b", origin=Origin("form"))
    return store


def public(store: Store) -> dict[str, tuple[Record, ...]]:
    with store.read(Scope("p", DAY, audience=Audience.PUBLIC)) as reader:
        return public_records(reader)


def test_what_is_hidden_is_left_out_and_nothing_leads_to_it(store: Store) -> None:
    found = public(store)
    keys = {name: [record.key for record in records] for name, records in found.items() if records}
    assert keys == {
        "programme": ["p"],
        "unit": ["amt"],
        "milestone": ["m"],
        "event": ["w"],
        "contribution": ["c1"],
        "strategy_element": ["z"],
        "link": ["l1"],
        "committee": ["rat"],
        "committee_session": ["rat/2"],
        "paper": ["v"],
        "consultation": ["offen"],
    }
    assert found["unit"][0].source is None, "its source is not public"


@pytest.mark.parametrize("export", [export_bundle, export_workbook])
def test_the_public_file_stands_on_its_own(store: Store, tmp_path: Path, export: Any) -> None:
    programme = store.programmes()[0]
    content = export(public(store), programme=programme, lang="de", public_as_of=DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert HIDDEN not in text
    assert "Intern" not in text
    assert "Stand 30.06.2026" in text
    name = "p.zip" if export is export_bundle else "p.xlsx"
    assert read((name, content)).problems == ()
    empty = Store(tmp_path / "other.duckdb")
    assert import_file(empty, (name, content), author="a").revision is not None


def test_only_the_public_scope_is_exported_as_public(store: Store) -> None:
    with store.read(Scope("p", DAY)) as reader, pytest.raises(ValueError, match="public scope"):
        public_records(reader)
