"""OParl files of a fictional municipality, as a council information system exports them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exchange_helpers import zipped

from smartdash.__main__ import main
from smartdash.exchange import ImportResult, Problem, Reading, import_file, read
from smartdash.exchange.oparl_objects import OParlObject
from smartdash.exchange.oparl_values import day_of, free_key, id_end, number_key, slug
from smartdash.exchange.oparl_words import body_kind, consultation_result, consultation_role, paper_kind
from smartdash.locale import LANGUAGES, words
from smartdash.model.committees import Committee, CommitteeSession, Consultation, Paper
from smartdash.model.declare import Record
from smartdash.model.shared import Programme
from smartdash.store import Changes, Origin, Store

FILES = Path(__file__).parent / "oparl_files"
BASE = "https://ris.example.org/oparl/"
SCHEMA = "https://schema.oparl.org/1.1/"


def one(kind: str, number: int, /, **properties: Any) -> dict[str, Any]:
    return {"id": f"{BASE}{kind.lower()}/{number}", "type": SCHEMA + kind, **properties}


def organization(number: int, name: str = "Rat", **properties: Any) -> dict[str, Any]:
    return one("Organization", number, name=name, **{"classification": "Parlament", **properties})


def meeting(number: int, start: Any = "2026-05-05T18:00:00+02:00", of: int = 1, **properties: Any) -> dict[str, Any]:
    return one("Meeting", number, start=start, organization=[f"{BASE}organization/{of}"], **properties)


def paper(number: int, **properties: Any) -> dict[str, Any]:
    return one("Paper", number, **{"name": f"Vorlage {number}", "paperType": "Beschlussvorlage", **properties})


def consultation(number: int, of: int = 1, at: int = 1, **properties: Any) -> dict[str, Any]:
    links = {"paper": f"{BASE}paper/{of}", "meeting": f"{BASE}meeting/{at}"}
    return one("Consultation", number, **{**links, "role": "Entscheidung", **properties})


def reading(*objects: Any, programme: str | None = "muster", held: Sequence[Record] = ()) -> Reading:
    stored: dict[str, list[Record]] = {}
    for record in held:
        stored.setdefault(record.sheet.name, []).append(record)
    content = json.dumps(list(objects)).encode()
    return read(("ris.json", content), programme=programme, held=lambda _: stored)


def rows(found: Reading, name: str) -> list[dict[str, Any]]:
    assert not found.problems, found.problems
    return [record.model_dump(exclude_defaults=True, exclude={"programme"}) for record in found.records[name]]


def only(found: Reading) -> Problem:
    assert len(found.problems) == 1, found.problems
    assert not found.records
    return found.problems[0]


def test_a_folder_becomes_committees_sessions_papers_and_consultations() -> None:
    found = read(FILES, programme="muster")
    assert rows(found, "committee") == [
        {"key": "rat", "title": "Rat der Stadt Beispielhausen", "kind": "council", "since": date(2020, 11, 1)},
        {"key": "digitales", "title": "Ausschuss für Digitales"},
    ]
    assert rows(found, "committee_session") == [
        # Half past ten at night in Greenwich is already the next day in Berlin.
        {
            "key": "digitales/2026-04-01",
            "committee": "digitales",
            "held_on": date(2026, 4, 1),
            "url": f"{BASE}meeting/10",
        },
        {"key": "rat/2026-04-15", "committee": "rat", "held_on": date(2026, 4, 15), "url": f"{BASE}meeting/11"},
        {
            "key": "rat/2026-06-17",
            "committee": "rat",
            "held_on": date(2026, 6, 17),
            "cancelled": True,
            "url": f"{BASE}meeting/12",
        },
    ]
    assert rows(found, "paper") == [
        {
            "key": "DS-2026-0042",
            "title": "Regelbetrieb der Datenplattform",
            "number": "DS 2026/0042",
            "kind": "decision",
            "issued": date(2026, 3, 16),
            "url": f"{BASE}paper/500",
        }
    ]
    assert rows(found, "consultation") == [
        {
            "key": "DS-2026-0042/digitales/2026-04-01",
            "paper": "DS-2026-0042",
            "session": "digitales/2026-04-01",
            "role": "preparatory",
            "open_session": True,
            "agenda_item": "Ö 4.1",
            "result": "recommended",
            "outcome": "geändert empfohlen",
        },
        {
            "key": "DS-2026-0042/rat/2026-04-15",
            "paper": "DS-2026-0042",
            "session": "rat/2026-04-15",
            "role": "decision",
            "open_session": False,
            "agenda_item": "N 2",
            "result": "deferred",
            "outcome": "vertagt",
        },
    ]
    assert [note.text(words("de")) for note in found.notes] == [
        "Nicht übernommen: 1 Person, 1 Mitgliedschaft, 2 Dateien, 1 Gruppierung, die kein Gremium ist, "
        "1 Tagesordnungspunkt ohne Vorlage.",
        "1 Objekt ist als gelöscht gekennzeichnet und nicht übernommen.",
    ]


def test_no_person_gets_into_anything_that_is_kept_or_shown() -> None:
    found = read(FILES, programme="muster")
    kept = str([record for records in found.records.values() for record in records])
    assert "Person 1" not in kept
    assert "person/1" not in kept
    assert not any("Person 1" in note.text(words("de")) for note in found.notes)


def archive() -> bytes:
    return zipped({f"export/{path.name}": path.read_bytes() for path in sorted(FILES.iterdir())})


def test_a_zip_reads_as_the_folder_does() -> None:
    assert read(("ris.zip", archive()), programme="muster").records == read(FILES, programme="muster").records


def test_an_object_alone_a_list_and_an_object_list_read_the_same() -> None:
    body = organization(1, "Rat")
    ways = [body, [body], {"data": [body], "pagination": {}, "links": {}}]
    found = [read(("ris.json", json.dumps(way).encode()), programme="muster").records for way in ways]
    assert found[0] == found[1] == found[2]
    assert len(found[0]["committee"]) == 1


def test_version_1_0_and_a_byte_order_mark_are_read() -> None:
    text = json.dumps([organization(1, "Bürgerschaft")], ensure_ascii=False).replace("/1.1/", "/1.0/")
    assert rows(read(("ris.json", b"\xef\xbb\xbf" + text.encode()), programme="muster"), "committee") == [
        {"key": "buergerschaft", "title": "Bürgerschaft", "kind": "council"}
    ]


def test_embedded_objects_know_what_they_stand_in() -> None:
    item = one("AgendaItem", 1, number="3", public=True, result="beschlossen")
    step = one("Consultation", 1, agendaItem=f"{BASE}agendaitem/1", authoritative=True)
    found = reading(organization(1), meeting(1, agendaItem=[item]), paper(1, consultation=[step]))
    assert [(row["session"], row["agenda_item"], row["result"]) for row in rows(found, "consultation")] == [
        ("rat/2026-05-05", "3", "adopted")
    ]


def test_what_stands_embedded_and_alone_is_one_object() -> None:
    step = consultation(1)
    inside = {name: value for name, value in step.items() if name != "paper"}
    found = reading(organization(1), meeting(1), paper(1, consultation=[inside]), step)
    assert len(rows(found, "consultation")) == 1
    twice = reading(organization(1), meeting(1), paper(1), step, {**step, "role": "Vorberatung"})
    assert (only(twice).message, only(twice).column, only(twice).value) == (
        "oparl.contradiction",
        "role",
        "Vorberatung",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[{"id": ', "oparl.broken_json"),
        (b"", "exchange.empty_file"),
        (b"\xef\xbb\xbf  ", "exchange.empty_file"),
        ('["Bürger"]'.encode("latin-1"), "oparl.not_utf_8"),
        ('["x"]'.encode("utf-16"), "oparl.not_utf_8"),
        (b'"text"', "oparl.not_oparl"),
        (b"[1]", "oparl.not_oparl"),
        (b"[" * 100_000, "oparl.too_deep"),
        (b"[" + b"9" * 5000 + b"]", "oparl.broken_json"),
        (b"[]", "oparl.nothing"),
        (b'{"data": []}', "oparl.nothing"),
        (b'{"name": "x"}', "oparl.no_type"),
        (b'{"type": "https://schema.oparl.org/2.0/Paper", "id": "x"}', "oparl.unknown_type"),
        (b'{"type": "https://schema.oparl.org/1.1/Paper"}', "oparl.no_id"),
        (b"PK\x03\x04", "exchange.renamed_workbook"),
        (b"<html>", "exchange.wrong_kind"),
    ],
)
def test_a_file_that_is_none_is_refused(content: bytes, message: str) -> None:
    found = read(("ris.json", content), programme="muster")
    assert found.problems[0].message == message
    assert not found.records
    assert all(found.problems[0].text(words(lang)) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("objects", "column", "message"),
    [
        ([meeting(1)], "organization", "oparl.missing_object"),
        ([organization(1), meeting(1, None)], "start", "exchange.required"),
        ([organization(1), meeting(1, "31.03.2026")], "start", "oparl.not_a_day"),
        ([organization(1), meeting(1, 20260331)], "start", "oparl.not_a_day"),
        ([organization(1), meeting(1, "0001-01-01T00:00:00+14:00")], "start", "oparl.not_a_day"),
        ([organization(1), meeting(1, cancelled="nein")], "cancelled", "oparl.not_flag"),
        ([organization(1), one("Meeting", 1, start="2026-05-05")], "organization", "exchange.required"),
        ([paper(1, name=None)], "name", "exchange.required"),
        ([paper(1, name="x" * 301)], "name", "exchange.too_long"),
        ([paper(1, name="a\x00b")], "name", "exchange.control_character"),
        ([paper(1, name="a\ud800")], "name", "exchange.control_character"),
        ([paper(1, reference=7)], "reference", "oparl.not_text"),
        ([organization(1, startDate="2026-02-01", endDate="2026-01-01")], "endDate", "exchange.end_before_start"),
        ([organization(1), meeting(1), consultation(1)], "paper", "oparl.missing_object"),
        ([paper(1), consultation(1)], "meeting", "oparl.missing_object"),
        ([paper(1), consultation(1, meeting=None)], "meeting", "oparl.no_meeting"),
        ([organization(1), meeting(1), consultation(1, paper=None)], "paper", "oparl.no_paper"),
        ([paper(1), one("Meeting", 1, deleted=True), consultation(1)], "meeting", "oparl.deleted_object"),
    ],
)
def test_a_fault_names_file_object_and_property(objects: list[dict[str, Any]], column: str, message: str) -> None:
    problem = next(item for item in reading(*objects).problems if item.message == message)
    assert (problem.file, problem.row, problem.column) == ("ris.json", None, column)
    kinds = {thing["type"].rsplit("/", 1)[1] for thing in objects}
    assert problem.sheet.split()[0] in kinds
    assert all(problem.text(words(lang)) for lang in LANGUAGES)


def test_the_place_of_a_fault_reads_like_that_of_a_sheet() -> None:
    found = reading(paper(7, reference="DS 7", date="gestern"))
    assert only(found).place(words("de")) == "ris.json › Paper DS 7 › date"
    assert only(found).text(words("de")).startswith("„gestern“ ist kein Zeitpunkt.")


def test_all_faults_are_listed_even_where_the_programme_is_not_known() -> None:
    found = reading(paper(1, name=None), programme=None)
    assert [problem.message for problem in found.problems] == ["exchange.no_programme", "exchange.required"]
    assert only(reading(paper(1), programme="Groß")).message == "exchange.bad_programme_key"
    assert only(reading(paper(1), programme="reference")).message == "exchange.not_shared"


HELD = (
    Committee(programme="muster", key="gremium-7", title="Rat", kind="council", lead_days=14, source="s"),
    CommitteeSession(
        programme="muster", committee="gremium-7", held_on=date(2026, 5, 5), submission_due=date(2026, 4, 1)
    ),
    Paper(programme="muster", key="V-1", title="Alt", number="DS 1", kind="motion", basis="m1", unit="it"),
    Consultation(
        programme="muster",
        paper="V-1",
        session="gremium-7/2026-05-05",
        order=2,
        role="decision",
        open_session=False,
        result="deferred",
        outcome="vertagt",
    ),
)


def test_what_is_known_already_keeps_its_key_and_what_only_the_programme_knows() -> None:
    item = one("AgendaItem", 1, public=True, consultation=f"{BASE}consultation/1", result="siehe Niederschrift")
    step = consultation(1, role=None)
    found = reading(
        organization(1, "rat"), meeting(1, agendaItem=[item]), paper(1, reference="ds 1", paperType="Sonstiges"), step,
        held=HELD,
    )  # fmt: skip
    assert rows(found, "committee") == [
        {"key": "gremium-7", "title": "rat", "kind": "council", "lead_days": 14, "source": "s"}
    ]
    assert rows(found, "committee_session")[0]["submission_due"] == date(2026, 4, 1)
    assert [(row["key"], row["title"], row["kind"], row["basis"]) for row in rows(found, "paper")] == [
        ("V-1", "Vorlage 1", "motion", "m1")
    ]
    # An outcome whose kind is not known must not keep the kind of the one before.
    assert rows(found, "consultation") == [
        {
            "key": "V-1/gremium-7/2026-05-05",
            "paper": "V-1",
            "session": "gremium-7/2026-05-05",
            "order": 2,
            "role": "decision",
            "open_session": True,
            "outcome": "siehe Niederschrift",
        }
    ]
    assert [note.message for note in found.notes] == ["oparl.opened"]


def test_a_session_that_moves_keeps_its_key_by_its_address() -> None:
    held = (HELD[0], HELD[1].model_copy(update={"url": f"{BASE}meeting/1"}))
    moved = rows(reading(organization(1), meeting(1, "2026-05-12"), held=held), "committee_session")
    assert [(row["key"], row["held_on"]) for row in moved] == [("gremium-7/2026-05-05", date(2026, 5, 12))]


def test_consultations_may_refer_to_what_is_stored() -> None:
    held = (
        HELD[0],
        HELD[1].model_copy(update={"url": f"{BASE}meeting/1"}),
        HELD[2].model_copy(update={"url": f"{BASE}paper/1"}),
    )
    assert [row["key"] for row in rows(reading(consultation(1), held=held), "consultation")] == [
        "V-1/gremium-7/2026-05-05"
    ]


def test_two_of_the_same_name_day_or_number_stay_two() -> None:
    found = reading(
        organization(1), organization(2, "Rat", shortName="Rat"), meeting(1), meeting(2), paper(1, reference="7"),
        paper(2, reference="7"), consultation(1), consultation(2),
    )  # fmt: skip
    assert [row["key"] for row in rows(found, "committee")] == ["rat", "rat-2"]
    assert [row["key"] for row in rows(found, "committee_session")] == ["rat/2026-05-05", "rat/2026-05-05-2"]
    assert [row["key"] for row in rows(found, "paper")] == ["7", "7-2"]
    assert [row["key"] for row in rows(found, "consultation")] == ["7/rat/2026-05-05", "7/rat/2026-05-05-2"]


def test_a_deleted_object_that_is_stored_stays_and_is_named() -> None:
    held = (HELD[2].model_copy(update={"url": f"{BASE}paper/1"}),)
    found = reading(one("Paper", 1, deleted=True), held=held)
    assert (found.records, found.problems) == ({}, ())
    assert [note.text(words("de")) for note in found.notes] == [
        "1 Objekt ist als gelöscht gekennzeichnet und nicht übernommen.",
        "Im Programm steht es noch (V-1); es wird nicht von selbst entfernt. Bitte prüfen.",
    ]


def test_unknown_words_are_derived_and_said_so() -> None:
    found = reading(
        organization(1), meeting(1), paper(1, paperType="Drucksache"), paper(2, paperType=None), consultation(1),
        consultation(2, of=2, role="Sonstiges"),
    )  # fmt: skip
    assert [row["kind"] for row in rows(found, "paper")] == ["decision", "information"]
    assert [row["role"] for row in rows(found, "consultation")] == ["decision", "preparatory"]
    assert [(note.message, note.count, dict(note.values)) for note in found.notes] == [
        ("oparl.kind_derived", 2, {"words": "Drucksache, –"}),
        ("oparl.role_derived", 1, {"words": "Sonstiges"}),
    ]


@pytest.mark.parametrize(("names", "incomplete"), [(("a.json",), 1), (("a.json", "b.json"), 0)])
def test_a_list_that_goes_on_elsewhere_is_told(names: tuple[str, ...], incomplete: int) -> None:
    pages = {
        "a.json": {"data": [organization(1)], "links": {"self": "p1", "next": "p2"}},
        "b.json": {"data": [organization(2, "Beirat")], "links": {"self": "p2"}},
    }
    content = zipped({name: json.dumps(pages[name]) for name in names})
    notes = read(("ris.zip", content), programme="muster").notes
    assert sum(note.count or 0 for note in notes if note.message == "oparl.further_pages") == incomplete


def test_too_much_json_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartdash.exchange.oparl_objects.MAX_JSON", 20)
    assert only(reading(organization(1))).message == "exchange.too_large_file"


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-03-31T22:30:00+00:00", date(2026, 4, 1)),
        ("2026-03-31T22:30:00Z", date(2026, 4, 1)),
        ("2026-12-31T22:59:59Z", date(2026, 12, 31)),
        ("2026-12-31T23:00:00Z", date(2027, 1, 1)),
        ("2026-03-31T23:59:00+02:00", date(2026, 3, 31)),
        ("2026-03-31T23:59:00", date(2026, 3, 31)),
        ("", None),
        (None, None),
    ],
)
def test_days_are_those_of_the_german_calendar(start: str | None, day: date | None) -> None:
    problems: list[Problem] = []
    assert day_of(OParlObject("Meeting", "x", "f", {"start": start}), "start", problems) == day
    assert problems == []


@pytest.mark.parametrize(
    ("word", "kind", "role", "result"),
    [
        ("Beschlussvorlage", "decision", "decision", None),
        ("Mitteilungsvorlage", "information", "notice", None),
        ("Bericht der Verwaltung", "information", "notice", None),
        ("Antrag der Fraktion A", "motion", None, None),
        ("Beantwortung eines Antrags", "information", None, None),
        ("Vorberatung", None, "preparatory", None),
        ("Beschlussempfehlung", "decision", "preparatory", "recommended"),
        ("Beratung und Beschlussfassung", "decision", "decision", None),
        ("Beschluß", "decision", "decision", None),
        ("Kenntnisnahme", "information", "notice", "noted"),
        ("Anhörung", None, "preparatory", None),
        ("Federführende Beratung", None, "preparatory", None),
        ("ungeändert beschlossen", None, "decision", "adopted"),
        ("Unverändert beschlossen", None, "decision", "adopted"),
        ("geändert beschlossen", None, "decision", "amended"),
        ("mit Änderungen empfohlen", None, None, "recommended"),
        ("einstimmig angenommen", None, None, "adopted"),
        ("nicht beschlossen", None, "decision", None),
        ("ohne Empfehlung", None, "preparatory", None),
        ("mehrheitlich abgelehnt", None, None, "rejected"),
        ("zurückgestellt", None, None, "deferred"),
        ("in den Ausschuss verwiesen", None, None, "referred"),
        ("", None, None, None),
        (None, None, None, None),
    ],
)
def test_words_of_council_systems(word: str | None, kind: str | None, role: str | None, result: str | None) -> None:
    assert (paper_kind(word), consultation_role(word), consultation_result(word)) == (kind, role, result)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Parlament", "Rat"), "council"),
        ((None, "Rat der Stadt"), "council"),
        ((None, "Stadtverordnetenversammlung"), "council"),
        (("Ausschuss", "Verwaltungsrat"), "committee"),
        ((None, "Seniorenbeirat"), "advisory"),
        ((None, "Lenkungskreis"), "steering"),
        ((None, "AG Rad"), None),
    ],
)
def test_kinds_of_bodies(names: tuple[str | None, ...], kind: str | None) -> None:
    assert body_kind(*names) == kind


def test_keys_are_readable_and_stable() -> None:
    assert slug("Ausschuss für Straßen, Häfen & Märkte") == "ausschuss-fuer-strassen-haefen-maerkte"
    assert (number_key("DS 2026/0304"), number_key("23/SVV/1238"), number_key(" – ")) == (
        "DS-2026-0304",
        "23-SVV-1238",
        "",
    )
    assert id_end("https://ris.example.org/papers.asp?id=1000030") == "1000030"
    assert [free_key("rat", f"{BASE}organization/9", taken) for taken in ((), ("rat",))] == ["rat", "rat-9"]
    third = free_key("rat", f"{BASE}organization/9", ("rat", "rat-9"))
    assert third == free_key("rat", f"{BASE}organization/9", ("rat", "rat-9"))
    assert third not in ("rat", "rat-9")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store.duckdb")
    programme = Programme(programme="muster", key="muster", title="M", municipality_name="Beispielhausen")
    made.write(Changes("muster", {"programme": [programme]}), author="t", reason="t", origin=Origin("form"))
    return made


def imported(store: Store, content: bytes, **options: Any) -> ImportResult:
    return import_file(store, ("ris.zip", content), programme="muster", author="Büro", **options)


def test_an_import_is_one_revision_with_the_hash_of_the_file_and_twice_is_once(store: Store) -> None:
    tried = imported(store, archive(), dry_run=True)
    assert tried.difference is not None
    assert (tried.revision, tried.difference.new) == (None, 8)
    first = imported(store, archive())
    assert first.revision is not None
    assert (first.revision.new, first.revision.origin, len(first.revision.sha256)) == (8, "ris.zip", 64)
    again = imported(store, archive())
    assert again.difference is not None
    assert (again.difference.empty, again.difference.unchanged) == (True, 8)


def test_one_fault_keeps_everything_out(store: Store) -> None:
    files: dict[str, bytes | str] = {path.name: path.read_bytes() for path in FILES.iterdir()}
    files["more.json"] = json.dumps(consultation(9, of=999))
    assert imported(store, zipped(files)).difference is None
    assert store.latest() == 1


def test_the_command_line_imports_and_says_what_was_left_out(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartdash.commands.load_samples", lambda _: iter(()))
    where = ("--store", str(store.path), "--programme", "muster")
    assert main(["import", str(FILES), *where, "--dry-run"]) == 0
    assert store.latest() == 1
    assert main(["import", str(FILES), *where]) == 0
    assert "Nicht übernommen: 1 Person, 1 Mitgliedschaft" in capsys.readouterr().out
    assert main(["log", *where]) == 0
    assert "oparl_files" in capsys.readouterr().out
    assert main(["import", str(FILES / "papers.json"), "--store", str(store.path)]) == 1
    assert "beim Import das Programm angeben" in capsys.readouterr().out


STRANGE: tuple[Any, ...] = (None, 1, 1.5, True, "", "x", "9" * 200, "\ud800", [], {}, [None], [[]], {"id": "z"})


@pytest.mark.parametrize("strange", STRANGE, ids=repr)
def test_whatever_stands_in_a_property_is_read_or_refused(strange: Any) -> None:
    """Each property of each object in turn, also of embedded ones."""
    item = one("AgendaItem", 1, number="1", public=True, result="vertagt")
    step = one("Consultation", 1, agendaItem=f"{BASE}agendaitem/1", authoritative=True, role="Beratung")
    objects = [organization(1, shortName="R"), meeting(1, agendaItem=[item]), paper(1, consultation=[step])]
    for holder in (*objects, item, step):
        for name in list(holder):
            kept, holder[name] = holder[name], strange
            found = reading(*objects)
            assert all(problem.text(words("en")) for problem in found.problems), name
            assert not (found.problems and found.records), name
            holder[name] = kept
