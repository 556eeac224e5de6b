from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_reader import MadeReader, column
from made_stores import drawn, fill, shown

from smartdash.figures import CATALOGUE
from smartdash.figures.figure import Draft
from smartdash.locale import Language, words
from smartdash.model.committees import Committee, CommitteeKind
from smartdash.model.declare import Record
from smartdash.model.projects import Project
from smartdash.model.shared import Rhythm, Source, Unit, UnitKind
from smartdash.model.spending import Staffing
from smartdash.model.structure import LineKind, ReportingLine, Role
from smartdash.model.workshops import ElementLevel, StrategyElement
from smartdash.store import Audience, Store

AS_OF = date(2026, 6, 30)
PAGE = ("structure.bodies", "structure.changes", "structure.lines", "structure.models")


def unit(key: str, title: str, **given: Any) -> Unit:
    return Unit(programme="p", key=key, title=title, **given)


def line(origin: str, kind: str, target: str | None = None, **given: Any) -> ReportingLine:
    return ReportingLine(programme="p", origin=origin, kind=LineKind(kind), target=target, **given)


COUNCIL = Committee(programme="p", key="rat", title="Rat", kind=CommitteeKind.COUNCIL, rhythm=Rhythm.MONTHLY)
OFFICE = unit("buero", "Büro", kind=UnitKind.TEAM, since=date(2026, 1, 1))
COMPANY = unit("firma", "Firma", kind=UnitKind.PARTNER, until=date(2026, 6, 29))
LEAD = Role(programme="p", key="leitung", title="Leitung", body="buero", duty="Führt das Büro.")
BODIES = (COUNCIL, OFFICE, COMPANY, LEAD)
LINES = (
    line("rat", "decides", subject="Strategie"),
    line("leitung", "reports_to", "rat", rhythm=Rhythm.QUARTERLY, since=date(2026, 2, 1)),
    line("buero", "steers"),
    line("firma", "supports", "buero"),
)


def draft(
    key: str, *records: Record, lang: Language = "de", as_of: date = AS_OF, chosen: dict[str, str] | None = None
) -> Draft:
    entry = CATALOGUE[key]
    given = [chosen or {}] if entry.options else []
    made: Draft = entry.build(MadeReader(as_of, *records), words(lang), *given)
    assert all(len(row) == len(made.columns) for row in made.rows)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.duckdb")


@pytest.mark.parametrize("key", PAGE)
def test_an_empty_programme_says_what_is_missing_or_that_there_is_nothing(store: Store, key: str) -> None:
    fill(store)
    made = shown(store, key)
    assert made.draft.rows == ()
    assert made.missing or made.draft.message == "Kein Vorhaben und kein Strategieelement nennt ein Vorbild."


@pytest.mark.parametrize(
    ("lines", "german", "english"),
    [
        (
            LINES,
            "Rat entscheidet; Büro steuert; 1 Stelle wird informiert.",
            "Rat decides; Büro steers; 1 body is informed.",
        ),
        (
            (line("buero", "decides"), line("rat", "decides"), line("rat", "reports_to", "buero")),
            "Rat und Büro entscheiden; wer steuert, ist nicht erfasst; 1 Stelle wird informiert.",
            "Rat and Büro decide; who steers is not recorded; 1 body is informed.",
        ),
        (
            (line("buero", "informs", "rat"), line("rat", "informs", "buero")),
            "Wer entscheidet, ist nicht erfasst; wer steuert, ist nicht erfasst; 2 Stellen werden informiert.",
            "Who decides is not recorded; who steers is not recorded; 2 bodies are informed.",
        ),
        (
            (line("rat", "steers"), line("rat", "informs")),
            "Wer entscheidet, ist nicht erfasst; Rat steuert.",
            "Who decides is not recorded; Rat steers.",
        ),
        (
            (line("rat", "decides"), line("buero", "carries_out")),
            "Rat entscheidet; wer steuert, ist nicht erfasst; Büro führt aus; wer informiert wird, ist nicht erfasst.",
            "Rat decides; who steers is not recorded; Büro carries out; who is informed is not recorded.",
        ),
        (
            (line("rat", "steers"),),
            "Wer entscheidet, ist nicht erfasst; Rat steuert; wer informiert wird, ist nicht erfasst.",
            "Who decides is not recorded; Rat steers; who is informed is not recorded.",
        ),
        (
            (line("rat", "steers", until=date(2026, 6, 29)),),
            "Am 30.06.2026 gilt die einzige erfasste Linie nicht.",
            "The only recorded line is not in force on 30 Jun 2026.",
        ),
        (
            (),
            "2 Stellen sind erfasst, aber nicht, wer entscheidet, steuert oder informiert wird.",
            "2 bodies are recorded, but not who decides, steers or is informed.",
        ),
    ],
    ids=["all", "two", "only informed", "informs the public", "carried out", "only steered", "ended", "no lines"],
)
def test_the_message_names_who_decides_and_steers_and_counts_who_is_informed(
    lines: tuple[ReportingLine, ...], german: str, english: str
) -> None:
    assert draft("structure.bodies", *BODIES, *lines).message == german
    assert draft("structure.bodies", *BODIES, *lines, lang="en").message == english


def test_more_than_two_are_counted_and_no_body_at_all_has_its_own_sentence() -> None:
    many = [unit(key, key) for key in "abc"]
    found = draft("structure.bodies", *many, *(line(item.key, "steers") for item in many))
    assert "3 Stellen steuern" in found.message
    early = unit("spaet", "Spät", since=date(2027, 1, 1))
    assert draft("structure.bodies", early).message == "Am 30.06.2026 besteht keine der erfassten Stellen."


def test_only_what_exists_on_the_day_is_shown_with_roles_below_their_body() -> None:
    found = draft("structure.bodies", *BODIES, *LINES)
    assert column(found, "title") == ["Rat", "Büro", "Leitung"]
    assert column(found, "kind") == ["Vertretung", "Team / Stabsstelle", "Rolle"]
    assert column(found, "function") == ["Entscheidet", "Steuert", "Steuert"]
    assert column(found, "rhythm") == ["monatlich", None, None]
    assert column(found, "part_of") == [None, None, "Büro"]
    assert column(found, "way_up") == [None, "Rat", "Rat"]
    assert (
        found.note == "1 Linie führt zu oder von einer Stelle, die an diesem Tag nicht besteht: Firma unterstützt Büro."
    )
    picture = drawn(found)
    for text in ("◆ Entscheidet", "tagt monatlich", "→ Strategie", "→ berichtet an Rat", "vierteljährlich"):
        assert text in picture
    assert "Firma" not in picture
    earlier = draft("structure.bodies", *BODIES, *LINES, as_of=date(2026, 6, 29))
    assert column(earlier, "title") == ["Rat", "Büro", "Leitung", "Firma"]


def test_a_body_whose_lines_have_ended_still_says_what_it_did() -> None:
    ended = line("firma", "supports", until=date(2026, 3, 31))
    found = draft("structure.bodies", COUNCIL, unit("firma", "Firma"), ended, LINES[0])
    assert column(found, "function") == ["Entscheidet", "Ohne Linie an diesem Tag"]
    assert "bis\u00a031.03.2026: unterstützt das Programm" in drawn(found)


def test_positions_are_shown_where_they_are_recorded_and_unknown_ones_stay_empty() -> None:
    staff = Staffing(programme="p", unit="buero", involved=3, funded=2)
    found = draft("structure.bodies", COUNCIL, OFFICE, staff)
    assert (column(found, "involved"), column(found, "funded")) == ([None, 3], [None, 2])


def test_a_circle_of_reports_is_named() -> None:
    lines = (line("rat", "reports_to", "buero"), line("buero", "reports_to", "rat"))
    assert draft("structure.bodies", COUNCIL, OFFICE, *lines).note.startswith("Die Berichtslinien laufen im Kreis")


@pytest.mark.parametrize(
    ("as_of", "message"),
    [
        (date(2025, 12, 31), "Am 31.12.2025 gilt 1 von 4 Linien. Wie oft, ist nirgends gesagt."),
        (date(2026, 2, 1), "Alle 4 Linien gelten am 01.02.2026. 1 davon sagt, wie oft."),
        (AS_OF, "Am 30.06.2026 gelten 3 von 4 Linien. 1 davon sagt, wie oft."),
    ],
)
def test_the_table_of_lines_says_which_are_in_force(as_of: date, message: str) -> None:
    found = draft("structure.lines", *BODIES, *LINES, as_of=as_of)
    assert found.message == message
    assert column(found, "origin") == ["Rat", "Büro", "Leitung (Büro)", "Firma"]
    assert column(found, "target") == ["das ganze Programm", "das ganze Programm", "Rat", "Büro"]
    assert column(found, "rhythm") == [None, None, "vierteljährlich", None]
    assert column(found, "in_force").count(True) == (1 if as_of.year == 2025 else 4 if as_of.month == 2 else 3)


def test_changes_name_the_last_and_the_next() -> None:
    found = draft("structure.changes", *BODIES, *LINES, as_of=date(2026, 3, 1))
    assert found.message == (
        "Die Struktur hat sich 2-mal geändert, zuletzt am 01.02.2026: „Leitung (Büro) berichtet an Rat“ beginnt. "
        "Als Nächstes am 29.06.2026: „Firma“ endet."
    )
    assert column(found, "day") == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 6, 29)]
    assert column(found, "change") == ["beginnt", "beginnt", "endet"]
    assert found.note == "Zu 5 weiteren Einträgen ist kein Tag bekannt."
    assert "Stand 01.03.2026" in drawn(found)


@pytest.mark.parametrize(
    ("what", "subjects"), [("bodies", ["Büro", "Firma"]), ("lines", ["Leitung (Büro) berichtet an Rat"])]
)
def test_changes_may_be_limited_to_bodies_or_lines(what: str, subjects: list[str]) -> None:
    found = draft("structure.changes", *BODIES, *LINES, chosen={"what": what})
    assert column(found, "subject") == subjects
    assert found.options[0].chosen == what


def test_nothing_dated_is_said_and_not_drawn() -> None:
    found = draft("structure.changes", COUNCIL, unit("a", "A"))
    assert found.message == "Zu keinem der 2 Einträge ist ein Beginn oder ein Ende bekannt."
    assert (found.rows, found.chart, found.options) == ((), None, ())


def test_models_are_the_sources_that_projects_and_elements_follow() -> None:
    models = (
        Source(programme="p", key="ulm", title="Ulm", url="https://example.org/ulm"),
        Source(programme="p", key="bericht", title="Bericht"),
    )
    project = Project(programme="p", key="a", title="A", follows="ulm", source="bericht", source_place="Seite 3")
    element = StrategyElement(programme="p", key="z", title="Z", level=ElementLevel.GOAL, follows="ulm")
    found = draft("structure.models", *models, project, element, Project(programme="p", key="b", title="B"))
    assert found.message == "2 von 3 Vorhaben und Elementen folgen einem Vorbild."
    assert column(found, "follows") == ["Ulm", "Ulm"]
    assert column(found, "source_place") == ["Seite 3", None]


def test_the_public_does_not_see_lines_of_internal_bodies(store: Store) -> None:
    fill(
        store, COUNCIL, unit("intern", "Intern", public=False), unit("a", "A"), line("intern", "informs", "a"), LINES[0]
    )
    inside = shown(store, "structure.lines").draft
    outside = shown(store, "structure.lines", audience=Audience.PUBLIC).draft
    assert (len(inside.rows), len(outside.rows)) == (2, 1)
    assert "Intern" not in str(shown(store, "structure.bodies", audience=Audience.PUBLIC))
