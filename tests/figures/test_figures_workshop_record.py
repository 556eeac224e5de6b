from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_reader import MadeReader, column
from made_stores import fill

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures import make
from smartdash.figures.figure import Draft
from smartdash.figures.workshop_record import record
from smartdash.locale import Language, words
from smartdash.model.declare import Record
from smartdash.model.shared import Unit
from smartdash.model.workshops import (
    Attendance,
    Audience,
    Consideration,
    ConsiderationOutcome,
    Contribution,
    ElementLevel,
    ElementState,
    Event,
    EventFormat,
    EventKind,
    Link,
    LinkKind,
    RecordState,
    StateChange,
    StrategyElement,
)
from smartdash.store import Audience as Reading
from smartdash.store import Scope, Store

AS_OF = date(2026, 8, 15)
BEFORE, AFTER = date(2026, 8, 1), date(2026, 9, 1)


def build(*records: Record, chosen: Mapping[str, str] | None = None, lang: Language = "de") -> Draft:
    draft = record(MadeReader(AS_OF, *records), words(lang), chosen or {})  # type: ignore[arg-type]
    assert all(len(row) == len(draft.columns) for row in draft.rows)
    return draft


def event(key: str, day: date = BEFORE, **more: Any) -> Event:
    values = {"programme": "p", "key": key, "title": f"Treffen {key}", "kind": EventKind.WORKSHOP, "held_on": day}
    return Event.model_validate(values | more)


def voice(key: str, cluster: str | None = None, votes: int | None = None, of: str = "a") -> Contribution:
    return Contribution(
        programme="p", key=key, text=f"Beitrag {key}", event=of, collected_on=BEFORE, cluster=cluster, votes=votes
    )


def element(key: str, state: ElementState) -> StrategyElement:
    level = ElementLevel.MEASURE
    return StrategyElement(programme="p", key=key, title=f"Maßnahme {key}", level=level, state=state, reason="Darum.")


def link(origin: str, kind: LinkKind, target: str) -> Link:
    return Link(programme="p", origin=origin, kind=kind, target=target)


WORKSHOP = event(
    "a",
    audience=Audience.ADMINISTRATION,
    format=EventFormat.ON_SITE,
    minutes=420,
    participants=22,
    record_state=RecordState.AGREED,
)
UNITS = [Unit(programme="p", key=key, title=f"Amt {key}") for key in "12"]
RECORDS: list[Record] = [
    WORKSHOP,
    *UNITS,
    Attendance(programme="p", event="a", unit="2"),
    Attendance(programme="p", event="a", unit="1"),
    voice("v1", "Busse", 5),
    voice("v2", "Busse", 2),
    voice("v3", "Parks", 9),
    voice("v4"),
    voice("other", "Busse", 100, of="b"),
    event("b", date(2026, 7, 1)),
    event("c", AFTER),
    element("M1", ElementState.RAW),
    element("M2", ElementState.RAW),
    element("M3", ElementState.REJECTED),
    StateChange(programme="p", element="M2", changed_on=BEFORE, state=ElementState.AGREED, event="a"),
    StateChange(programme="p", element="M2", changed_on=AS_OF, state=ElementState.ADOPTED),
    StateChange(programme="p", element="M1", changed_on=AFTER, state=ElementState.ADOPTED, event="a"),
    link("v1", LinkKind.DERIVED, "M1"),
    link("M1", LinkKind.MERGED, "M2"),
    link("v3", LinkKind.DERIVED, "M3"),
    Consideration(
        programme="p",
        contribution="v4",
        considered_on=AS_OF,
        outcome=ConsiderationOutcome.NOT_ADOPTED,
        reason="Nicht zuständig.",
    ),
]


def test_the_record_says_what_was_brought_what_came_of_it_and_what_is_open() -> None:
    draft = build(*RECORDS)
    assert draft.message == (
        "„Treffen a“ am 01.08.2026 brachte 4 Beiträge in 2 Clustern. Daraus wurden 2 Elemente der Strategie; davon "
        "beschlossen: 1."
    )
    assert draft.rows == (
        ("Parks", 1, 9, 0, 1, 0, "„Maßnahme M3“ (verworfen)"),
        ("Busse", 2, 7, 1, 1, 1, "„Maßnahme M2“ (beschlossen)"),
        (None, 1, None, 0, 0, 0, None),
    )
    assert draft.note == (
        "Workshop, 01.08.2026, vor Ort, 420 min, 22 Teilnehmende. Dabei: Amt 1 und Amt 2. "
        "Ergebnissicherung: abgestimmt. Neuer Stand: „Maßnahme M2“ (abgestimmt). Offen: 1 Beitrag ohne Ergebnis."
    )
    assert draft.options[0].values == {"a": "01.08.2026 Treffen a", "b": "01.07.2026 Treffen b"}


def test_the_record_lists_each_contribution_where_it_is_asked_to() -> None:
    draft = build(*RECORDS, chosen={"rows": "contribution"})
    assert draft.rows == (
        ("Beitrag v3", "Parks", 9, "„Maßnahme M3“ (verworfen)", None),
        ("Beitrag v1", "Busse", 5, "„Maßnahme M2“ (beschlossen)", None),
        ("Beitrag v2", "Busse", 2, None, None),
        ("Beitrag v4", None, None, None, "nicht berücksichtigt"),
    )


def test_the_chart_shows_contributions_by_cluster_with_their_votes() -> None:
    draft = build(*RECORDS)
    assert draft.chart
    assert draft.chart(DARK).to_dict()
    datasets = draft.chart(LIGHT).to_dict()["datasets"].values()
    texts = {value for rows in datasets for row in rows for value in row.values() if isinstance(value, str)}
    assert {"Parks", "Busse", "Ohne Cluster", "9 Stimmen", "7 Stimmen"} <= texts


def test_another_event_is_shown_where_it_is_chosen() -> None:
    draft = build(*RECORDS, chosen={"event": "b"}, lang="en")
    assert draft.message == (
        "“Treffen b” on 1 Jul 2026 brought 1 contribution in 1 cluster. No element of the strategy has come of it yet."
    )
    assert column(draft, "votes") == [100]


def test_an_event_without_contributions_and_a_programme_without_events_held_say_so() -> None:
    empty = build(event("x", BEFORE, ends_on=AFTER, participants=9))
    assert empty.message == "Zu „Treffen x“ am 01.08.2026 ist kein Beitrag erfasst."
    assert empty.note == "Workshop, 01.08.\N{NO-BREAK SPACE}– 01.09.2026, läuft. Die Ergebnissicherung steht noch aus."
    assert (empty.rows, empty.chart) == ((), None)
    coming = build(event("c", AFTER))
    assert coming.message == "Noch hat keine Veranstaltung begonnen; eine Ergebnissicherung gibt es erst danach."
    assert coming.options == ()


@pytest.mark.parametrize("reading", Reading)
def test_the_public_reads_nothing_of_what_was_said_inside(tmp_path: Path, reading: Reading) -> None:
    store = Store(tmp_path / "store.duckdb")
    fill(store, *RECORDS)
    with store.read(Scope("p", AS_OF, audience=reading)) as reader:
        draft = make(reader, "workshops.record", "de", {"event": "a", "rows": "contribution"}).draft
    if reading is Reading.PUBLIC:
        assert draft.message == "Zu „Treffen a“ am 01.08.2026 liegt kein öffentlicher Beitrag vor."
        assert (draft.rows, draft.chart) == ((), None)
    else:
        assert len(draft.rows) == 4
