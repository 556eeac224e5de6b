from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from made_reader import MadeReader, column
from made_stores import fill

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures import Figure, make
from smartdash.figures.figure import Draft
from smartdash.figures.lineage import lineage
from smartdash.locale import Language, words
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
from smartdash.model.projects import Project
from smartdash.model.shared import FieldOfWork
from smartdash.model.workshops import (
    Audience,
    Consideration,
    ConsiderationOutcome,
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
from smartdash.store import Audience as Readers
from smartdash.store import Changes, Origin, Scope, Store

AS_OF = date(2026, 6, 30)
HELD, DECIDED, ANSWERED = date(2026, 3, 1), date(2026, 4, 15), date(2026, 5, 2)


def voice(key: str, text: str, event: str = "forum", *, field: str | None = None, public: bool = True) -> Contribution:
    return Contribution(
        programme="p",
        key=key,
        text=text,
        event=event,
        collected_on=HELD,
        cluster="Wege",
        field_of_work=field,
        public=public,
    )


def element(key: str, level: str, title: str, field: str | None = None) -> StrategyElement:
    return StrategyElement(programme="p", key=key, title=title, level=ElementLevel(level), field_of_work=field)


def link(origin: str, kind: str, target: str, event: str | None = None) -> Link:
    return Link(programme="p", origin=origin, kind=LinkKind(kind), target=target, event=event)


def change(
    key: str, state: str, day: date = DECIDED, reason: str | None = None, paper: str | None = None
) -> StateChange:
    return StateChange(
        programme="p", element=key, changed_on=day, state=ElementState(state), reason=reason, paper=paper
    )


def event(key: str, title: str, audience: Audience = Audience.PUBLIC) -> Event:
    return Event(programme="p", key=key, title=title, kind=EventKind.FORUM, held_on=HELD, audience=audience)


RECORDS: list[Record] = [
    FieldOfWork(programme="p", key="mobil", title="Mobilität"),
    FieldOfWork(programme="p", key="daten", title="Daten"),
    event("forum", "Stadtforum"),
    event("team", "Werkstatt", Audience.ADMINISTRATION),
    voice("v1", "Mehr Radwege und mehr Bänke.", field="mobil"),
    voice("v1a", "Mehr Radwege.", field="mobil"),
    voice("v2", "Radwege breiter."),
    voice("v3", "Freies WLAN im Bus."),
    voice("v4", "Offene Daten."),
    voice("v5", "Nur intern gesagt.", "team", public=False),
    element("R1", "measure", "Rohidee Radwege", "mobil"),
    element("M1", "measure", "Radnetz", "mobil"),
    element("M2", "measure", "WLAN in Bussen", "mobil"),
    element("Z1", "goal", "Mehr Menschen fahren Rad", "mobil"),
    Project(programme="p", key="P1", title="Radnetz 2030", field_of_work="mobil"),
    link("v1", "split", "v1a", "team"),
    link("v1a", "derived", "R1"),
    link("v2", "merged", "R1"),
    link("R1", "merged", "M1", "team"),
    link("v3", "derived", "M2"),
    link("M1", "contributes", "Z1"),
    link("M1", "implemented_by", "P1"),
    change("R1", "condensed", HELD),
    change("M1", "adopted", paper="DS1"),
    change("M2", "rejected", reason="Zu teuer."),
    Consideration(
        programme="p",
        contribution="v1",
        considered_on=ANSWERED,
        outcome=ConsiderationOutcome.PARTLY,
        reason="Bänke folgen.",
    ),
    Consideration(
        programme="p",
        contribution="v4",
        considered_on=ANSWERED,
        outcome=ConsiderationOutcome.NOT_ADOPTED,
        reason="Nein.",
    ),
    Committee(programme="p", key="rat", title="Rat"),
    CommitteeSession(programme="p", committee="rat", held_on=DECIDED),
    Paper(programme="p", key="DS1", title="Radnetz", number="DS 1/2026", kind=PaperKind.DECISION, submitted_on=HELD),
    Consultation(
        programme="p",
        paper="DS1",
        session=f"rat/{DECIDED}",
        role=ConsultationRole.DECISION,
        result=ConsultationResult.ADOPTED,
    ),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = Store(Path(tmp_path_factory.mktemp("lineage")) / "store.duckdb")
    fill(made, *RECORDS)
    return made


def show(
    store: Store,
    key: str,
    chosen: Mapping[str, str] | None = None,
    lang: Language = "de",
    as_of: date = AS_OF,
    audience: Readers = Readers.INTERNAL,
) -> Figure:
    with store.read(Scope("p", as_of, audience=audience)) as reader:
        return make(reader, key, lang, chosen)


def fate(store: Store, key: str, lang: Language = "de") -> str:
    return show(store, "workshops.trace", {"focus": key}, lang).draft.message


@pytest.mark.parametrize(
    ("key", "german"),
    [
        (
            "v1",
            "Aus „Mehr Radwege und mehr Bänke.“ wurde die Maßnahme „Radnetz“, beschlossen (15.04.2026, DS 1/2026, "
            "Rat), umgesetzt im Vorhaben „Radnetz 2030“; Antwort vom 02.05.2026: "
            "teilweise berücksichtigt.",
        ),
        (
            "v3",
            "Aus „Freies WLAN im Bus.“ wurde die Maßnahme „WLAN in Bussen“, verworfen (15.04.2026), Grund: Zu teuer; "
            "beantwortet ist der Beitrag noch nicht.",
        ),
        (
            "v4",
            "„Offene Daten.“ führte noch zu keinem Element der Strategie; "
            "Antwort vom 02.05.2026: nicht berücksichtigt.",
        ),
        ("v5", "„Nur intern gesagt.“ führte noch zu keinem Element der Strategie."),
        (
            "M1",
            "Die Maßnahme „Radnetz“ geht auf 2 Beiträge aus 1 Veranstaltung zurück. Stand: beschlossen "
            "(15.04.2026, DS 1/2026, Rat), umgesetzt im Vorhaben „Radnetz 2030“.",
        ),
        (
            "Z1",
            "Nicht erfasst ist, woher das Ziel „Mehr Menschen fahren Rad“ kommt. Stand: roh, umgesetzt im Vorhaben "
            "„Radnetz 2030“.",
        ),
    ],
)
def test_one_sentence_says_what_became_of_a_contribution_or_element(store: Store, key: str, german: str) -> None:
    assert fate(store, key) == german


def test_the_sentence_reads_in_english_too(store: Store) -> None:
    assert fate(store, "v1", "en") == (
        "“Mehr Radwege und mehr Bänke.” became the measure “Radnetz”, adopted (15 Apr 2026, DS 1/2026, Rat), "
        "implemented in the project “Radnetz 2030”; answered on 2 May 2026: partly adopted."
    )


def test_the_steps_name_kind_event_paper_and_decision(store: Store) -> None:
    draft = show(store, "workshops.trace", {"focus": "v1"}).draft
    assert column(draft, "step") == [0, 1, 2, 3, 4]
    assert column(draft, "title")[1:] == ["Mehr Radwege.", "Rohidee Radwege", "Radnetz", "Radnetz 2030"]
    assert column(draft, "level") == ["Beitrag", "Beitrag", "Maßnahme", "Maßnahme", "Vorhaben"]
    assert column(draft, "state") == ["teilweise berücksichtigt", None, "verdichtet", "beschlossen", "geplant"]
    assert column(draft, "how") == [
        None,
        "davon abgeteilt",
        "daraus abgeleitet",
        "mit anderen zusammengeführt",
        "setzt es um",
    ]
    assert column(draft, "event") == ["Stadtforum", "Stadtforum", None, "Werkstatt", None]
    assert column(draft, "reason")[0] == "Bänke folgen."
    assert column(draft, "paper")[3] == "DS 1/2026"
    assert column(draft, "decision")[3] == "Rat, 15.04.2026: beschlossen"


def test_before_the_decision_the_measure_was_not_adopted(store: Store) -> None:
    early = show(store, "workshops.trace", {"focus": "v2"}, as_of=date(2026, 4, 14)).draft
    assert early.message == (
        "Aus „Radwege breiter.“ wurde die Maßnahme „Radnetz“, roh, umgesetzt im Vorhaben „Radnetz 2030“; "
        "beantwortet ist der Beitrag noch nicht."
    )
    assert set(column(early, "paper")) == {None}


def test_the_picture_of_everything_counts_what_was_said_and_not_its_parts(store: Store) -> None:
    draft = show(store, "workshops.lineage").draft
    assert draft.message == (
        "Von 5 Beiträgen: 2 führten zu beschlossenen Elementen, 1 nur zu einem verworfenen und 2 führten bisher zu "
        "keinem."
    )
    assert set(draft.rows) == {
        ("Mehr Radwege und mehr Bänke.", "Radnetz", "Maßnahme", "beschlossen", 1),
        ("Radwege breiter.", "Radnetz", "Maßnahme", "beschlossen", 1),
        ("Radnetz", "Radnetz 2030", "Vorhaben", "geplant", 2),
        ("Freies WLAN im Bus.", "WLAN in Bussen", "Maßnahme", "verworfen", 1),
        ("Offene Daten.", "beantwortet, ohne Folge", None, None, 1),
        ("Nur intern gesagt.", "noch ohne Folge", None, None, 1),
    }


def test_a_field_keeps_what_belongs_to_it_and_a_focus_what_it_came_from(store: Store) -> None:
    field = show(store, "workshops.lineage", {"field": "daten"}).draft
    assert field.message == "In diesem Handlungsfeld ist weder ein Beitrag noch ein Element erfasst."
    assert field.chart is None
    back = show(store, "workshops.lineage", {"focus": "M1", "direction": "back"}).draft
    assert back.message == "Die Maßnahme „Radnetz“ geht auf 2 Beiträge aus 1 Veranstaltung zurück."
    assert sorted(set(column(back, "title"))) == [
        "Mehr Menschen fahren Rad",
        "Mehr Radwege und mehr Bänke.",
        "Mehr Radwege.",
        "Radnetz",
        "Radwege breiter.",
        "Rohidee Radwege",
    ]


def test_the_public_follows_no_internal_contribution(store: Store) -> None:
    for key in ("workshops.lineage", "workshops.trace"):
        made = show(store, key, {"focus": "v5"}, audience=Readers.PUBLIC)
        assert "Nur intern" not in json.dumps([made.draft.message, drawn(made.draft), made.draft.rows], default=str)
        (focus,) = [option for option in made.draft.options if option.name == "focus"]
        assert "v5" not in focus.values


def test_a_retired_step_ends_the_way_and_breaks_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    fill(store, *RECORDS)
    kept = {
        kind.sheet.name: [record for record in RECORDS if isinstance(record, kind) and record.key != "R1"]
        for kind in (StrategyElement, StateChange, Link)
    }
    kept["state_change"] = [change("M1", "adopted", paper="DS1"), change("M2", "rejected", reason="Zu teuer.")]
    kept["link"] = [record for record in kept["link"] if "R1" not in record.key.split("/")]
    store.write(Changes("p", kept, complete=True), author="test", reason="test", origin=Origin("form"))
    assert fate(store, "v2") == (
        "„Radwege breiter.“ führte noch zu keinem Element der Strategie; beantwortet ist der Beitrag noch nicht."
    )
    assert fate(store, "M1").startswith("Nicht erfasst ist, woher die Maßnahme „Radnetz“ kommt.")
    assert show(store, "workshops.lineage").draft.chart


def drawn(draft: Draft) -> str:
    return json.dumps(draft.chart(DARK).to_dict(), ensure_ascii=False) if draft.chart else ""


def many(count: int) -> list[Record]:
    """Contributions in twenty clusters, each leading to one of fifty measures with the title of a sentence."""
    records: list[Record] = [event("forum", "Stadtforum")]
    for index in range(50):
        records.append(
            element(f"M{index}", "measure", f"Ein langer Titel, der die Maßnahme mit der Nummer {index} nennt")
        )
    for index in range(count):
        records.append(
            voice(f"v{index}", f"Ein Beitrag von {count} mit der Nummer {index}, in einem ganzen Satz.").model_copy(
                update={"cluster": f"Thema {index % 20}"}
            )
        )
        if index % 10:
            records.append(link(f"v{index}", "derived", f"M{index * 7 % 50}"))
    return records


def overview(records: list[Record], chosen: Mapping[str, str] | None = None) -> Draft:
    reader: Any = MadeReader(AS_OF, *records)
    return lineage(reader, words("de"), chosen or {})


@pytest.mark.parametrize("count", [30, 1000])
def test_labels_do_not_overlap_and_the_picture_stays_small(count: int) -> None:
    draft = overview(many(count))
    assert draft.chart
    spec = draft.chart(LIGHT).to_dict()
    assert len(json.dumps(spec, ensure_ascii=False)) < 1_000_000
    boxes = labelled(spec)
    assert len({box["left"] for box in boxes}) == 2
    for column_edge in {box["left"] for box in boxes}:
        rows = sorted((box for box in boxes if box["left"] == column_edge), key=lambda box: box["upper"])
        for above, below in pairwise(rows):
            end = above["note_y"] + (15 if above["note"] else 0)
            assert max(end, above["lower"]) <= below["upper"]
        assert rows[-1]["lower"] <= spec["height"]


def labelled(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the layer that draws the boxes."""
    (name,) = {layer["data"]["name"] for layer in spec["layer"] if layer["mark"]["type"] == "rect"}
    rows: list[dict[str, Any]] = spec["datasets"][name]
    return rows


def test_of_many_contributions_only_those_of_the_chosen_element_are_offered() -> None:
    records = many(300)

    def offered(chosen: Mapping[str, str]) -> set[str]:
        options = overview(records, chosen).options
        return {key for option in options if option.name == "focus" for key in option.values if key[0] == "v"}

    assert offered({}) == set()
    assert offered({"focus": "v17"}) == {"v17"}
    assert offered({"focus": "M7"}) == {"v1", "v51", "v101", "v151", "v201", "v251"}


@pytest.mark.parametrize(("audience", "open_ones"), [(Readers.INTERNAL, ["a", "b"]), (Readers.PUBLIC, ["a"])])
def test_the_public_sees_gaps_of_public_contributions_only(
    tmp_path: Path, audience: Readers, open_ones: list[str]
) -> None:
    store = Store(tmp_path / "store.duckdb")
    fill(store, event("forum", "Stadtforum"), voice("a", "Öffentlich."), voice("b", "Intern.", public=False))
    draft = show(store, "workshops.gaps", audience=audience).draft
    assert column(draft, "key") == open_ones
