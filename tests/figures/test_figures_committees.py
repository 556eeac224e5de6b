from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_reader import build, column
from made_stores import drawn, fill, shown

from smartdash.charts.tokens import DARK
from smartdash.figures import make
from smartdash.figures.committee_bodies import bodies
from smartdash.figures.committee_conflicts import committee_conflicts
from smartdash.figures.committees import consultations
from smartdash.figures.figure import Draft
from smartdash.figures.output import as_csv, as_text
from smartdash.figures.sessions import sessions
from smartdash.locale import LANGUAGES, Language
from smartdash.model.committees import Committee, CommitteeSession, Consultation, Paper
from smartdash.model.schedule import Milestone, MilestoneForecast, Phase
from smartdash.store import Audience, Scope, Store

PUBLIC = Audience.PUBLIC
AS_OF = date(2026, 6, 30)
FIGURES = ("sessions", "conflicts", "papers", "consultations", "bodies")


def committee(key: str, title: str, **values: Any) -> Committee:
    return Committee(programme="p", key=key, title=title, **values)


def session(of: str, day: str, **values: Any) -> CommitteeSession:
    return CommitteeSession(programme="p", committee=of, held_on=date.fromisoformat(day), **values)


def paper(key: str, title: str, **values: Any) -> Paper:
    return Paper(programme="p", key=key, title=title, **{"kind": "decision", **values})


def step(of: str, at: str, role: str = "decision", **values: Any) -> Consultation:
    return Consultation(programme="p", paper=of, session=at, role=role, **values)


BOARD = committee("board", "Ausschuss", lead_days=14, reports_regularly=True)
COUNCIL = committee("council", "Rat", kind="council", lead_days=21)
FINANCE = committee("finance", "Finanzausschuss")
PLAN = (
    BOARD,
    COUNCIL,
    session("board", "2026-05-05"),
    session("board", "2026-06-02"),
    session("board", "2026-07-21"),
    session("board", "2026-09-08"),
    session("council", "2026-08-11", submission_due=date(2026, 7, 1)),
    session("council", "2026-09-15", cancelled=True),
    Phase(programme="p", key="f", title="Analyse", planned_end=date(2026, 8, 1), decision="a"),
    Milestone(programme="p", key="m", title="Konzept liegt vor", planned=date(2026, 7, 1)),
    MilestoneForecast(
        programme="p", milestone="m", reported_on=date(2026, 6, 20), forecast=date(2026, 7, 10), reason="Krank"
    ),
    paper("a", "Strategie", number="DS 1", basis="m"),
    paper("b", "Bericht", number="DS 2", kind="information", submitted_on=date(2026, 4, 20)),
    step("a", "board/2026-07-21", "preparatory", order=1),
    step("a", "council/2026-08-11", order=2),
    step("b", "board/2026-05-05", "notice", agenda_item="Ö 4", result="noted", outcome="zur Kenntnis genommen"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = Store(tmp_path_factory.mktemp("committees") / "store.duckdb")
    fill(made, *PLAN)
    return made


def draft(store: Store, key: str, lang: Language = "de", **scope: Any) -> Draft:
    return shown(store, f"committees.{key}", lang, **scope).draft


def test_the_next_session_its_deadline_and_what_is_missing(store: Store) -> None:
    found = draft(store, "sessions")
    assert found.message == (
        "Als Nächstes: Ausschuss am 21.07.2026. Vorlagen müssen bis 07.07.2026 vorliegen; 1 von 1 fehlt noch."
    )
    assert draft(store, "sessions", "en").message == (
        "Next: Ausschuss on 21 Jul 2026. Papers must be in by 7 Jul 2026; 1 of 1 is not ready."
    )
    assert column(found, "held_on") == [date(2026, 7, 21), date(2026, 8, 11), date(2026, 9, 8), date(2026, 9, 15)]
    assert column(found, "deadline") == [date(2026, 7, 7), date(2026, 7, 1), date(2026, 8, 25), None]
    assert column(found, "derived") == [
        "Abgabefrist des Gremiums: 14 Tage",
        "für die Sitzung festgelegt",
        "Abgabefrist des Gremiums: 14 Tage",
        None,
    ]
    assert column(found, "days_left") == [7, 1, 56, None]
    assert column(found, "cancelled") == [False, False, False, True]
    assert column(found, "paper") == ["Strategie", "Strategie", None, None]
    assert column(found, "ready") == [False, False, None, None]
    assert column(found, "expected") == [date(2026, 7, 10), date(2026, 7, 10), None, None]
    texts = drawn(found)
    for text in ("■ 1 von 1 fehlt", "bis 07.07., Sitzung 21.07.", "ohne Vorlage", "abgesagt"):
        assert text in texts
    assert found.chart
    assert found.chart(DARK).to_dict()["height"] == 4 * 46 + 20


def test_a_missed_deadline_stands_out(store: Store) -> None:
    late = draft(store, "sessions", as_of=date(2026, 7, 15))
    assert late.message == (
        "Als Nächstes: Ausschuss am 21.07.2026. Abgabeschluss war am 07.07.2026; 1 von 1 Vorlagen fehlt. "
        "Für 2 Vorlagen ist der Abgabeschluss schon verstrichen."
    )
    assert column(late, "days_left")[:2] == [-8, -14]


def test_a_session_without_a_paper_is_followed_by_the_next_one_with_some() -> None:
    plan = (FINANCE, session("finance", "2026-07-07"), session("finance", "2026-07-09"), paper("a", "A"))
    plan = (*plan, step("a", "finance/2026-07-09"))
    assert build(sessions, AS_OF, *plan).message == (
        "Als Nächstes tagt „Finanzausschuss“ am 07.07.2026, ohne Vorlage des Programms. "
        "Danach: Finanzausschuss am 09.07.2026. 1 von 1 Vorlagen fehlt noch; ein Abgabeschluss ist nicht bekannt."
    )
    assert build(sessions, date(2026, 7, 9), *plan).message == "Nach dem 09.07.2026 ist keine Sitzung angesetzt."


def test_more_sessions_than_a_picture_holds_stand_in_the_table() -> None:
    found = build(sessions, AS_OF, FINANCE, *(session("finance", f"2026-07-{day:02}") for day in range(1, 16)))
    assert found.note == "Im Bild stehen die nächsten 12 Sitzungen; 3 weitere stehen in der Tabelle."
    assert (len(found.rows), found.chart is not None) == (15, True)


def test_where_each_paper_stands(store: Store) -> None:
    found = draft(store, "papers")
    assert found.message == "1 von 2 Vorlagen ist offen; die nächste Station: Ausschuss am 21.07.2026 zu „Strategie“."
    assert column(found, "state") == ["in Vorbereitung", "zur Kenntnis genommen"]
    assert column(found, "next_on") == [date(2026, 7, 21), None]
    assert column(found, "decided_on") == [None, date(2026, 5, 5)]
    assert column(found, "outcome") == [None, "zur Kenntnis genommen"]
    assert column(found, "days") == [None, 0]
    later = draft(store, "papers", as_of=date(2026, 8, 31))
    assert later.message == (
        "1 von 2 Vorlagen ist offen; eine nächste Sitzung ist nicht bekannt. Zu 1 Vorlage sind alle bekannten Termine "
        "vorbei, ohne dass ein abschließendes Ergebnis erfasst ist."
    )


def test_the_state_can_be_chosen(store: Store) -> None:
    with store.read(Scope("p", date(2026, 6, 30))) as reader:
        closed = make(reader, "committees.papers", "de", {"state": "closed"}).draft
        wrong = make(reader, "committees.papers", "de", {"state": "lost"}).draft
    assert (column(closed, "title"), closed.message) == (
        ["Bericht"],
        "Die einzige Vorlage ist abgeschlossen (1 zur Kenntnis genommen).",
    )
    assert wrong.options[0].chosen == "all"


def test_conflicts_say_which_and_how_many_days(store: Store) -> None:
    found = draft(store, "conflicts")
    assert column(found, "kind") == [
        "Grundlage kommt nach dem Abgabeschluss",
        "Grundlage kommt nach dem Abgabeschluss",
        "Beschluss nach dem geplanten Ende",
    ]
    assert column(found, "days") == [9, 3, 10]
    assert column(found, "reachable") == [None, date(2026, 9, 8), None]
    assert column(found, "sentence") == [
        "„Konzept liegt vor“ wird erst am 10.07.2026 erwartet, 9 Tage nach dem Abgabeschluss 01.07.2026 für "
        "„Strategie“ (Rat, Sitzung am 11.08.2026). Eine spätere Sitzung, die noch zu erreichen wäre, ist nicht "
        "angesetzt.",
        "„Konzept liegt vor“ wird erst am 10.07.2026 erwartet, 3 Tage nach dem Abgabeschluss 07.07.2026 für "
        "„Strategie“ (Ausschuss, Sitzung am 21.07.2026). Noch zu erreichen ist die Sitzung am 08.09.2026.",
        "Der Beschluss über „Strategie“ (Rat, 11.08.2026) kommt 10 Tage nach dem geplanten Ende von „Analyse“ "
        "(01.08.2026).",
    ]
    assert found.message == f"{column(found, 'sentence')[0]} Dazu kommen 2 weitere Konflikte."
    assert "■ 9 Tage zu spät" in drawn(found)


def test_no_conflict_and_nothing_to_compare_are_not_the_same() -> None:
    milestone = Milestone(programme="p", key="m", title="M", planned=date(2027, 1, 1))
    meeting = (COUNCIL, session("council", "2027-06-01", key="s"))
    fits = build(committee_conflicts, AS_OF, *meeting, paper("a", "A", basis="m"), step("a", "s"), milestone)
    assert fits.message == "Zeitplan und Gremientermine passen zusammen."
    assert (fits.rows, fits.chart) == ((), None)
    assert fits.note == "Verglichen ist 1 Verbindung zwischen Zeitplan und Vorlagen."
    undated = build(committee_conflicts, AS_OF, paper("a", "A", basis="m"), milestone)
    assert undated.message.endswith("Zu keiner verbundenen Vorlage ist eine Sitzung bekannt.")
    unlinked = build(committee_conflicts, AS_OF, paper("a", "A"), milestone)
    assert unlinked.message.startswith("Ob Zeitplan und Gremientermine zusammenpassen, ist nicht zu erkennen")


def test_bodies_that_should_be_told_and_were_not(store: Store) -> None:
    found = draft(store, "bodies")
    assert found.message == (
        "2 von 2 Gremien haben Vorlagen des Programms auf der Tagesordnung. 1 von 1 Gremien mit regelmäßigem Bericht "
        "hatte in der letzten Sitzung keine: „Ausschuss“, zuletzt am 05.05.2026."
    )
    assert [column(found, name) for name in ("held", "coming", "papers", "since")] == [[2, 0], [2, 1], [2, 1], [1, 0]]
    assert "▲ ohne Vorlage seit 05.05.2026" in drawn(found)
    informed = build(bodies, date(2026, 5, 31), *PLAN)
    assert informed.message.endswith("Das Gremium mit regelmäßigem Bericht hatte in seiner letzten Sitzung eine.")
    idle = build(bodies, AS_OF, COUNCIL, FINANCE)
    assert idle.message == "Keines von 2 Gremien hat Vorlagen des Programms auf der Tagesordnung."


CLOSED = (
    FINANCE,
    COUNCIL,
    session("finance", "2026-05-05"),
    session("finance", "2026-07-14"),
    session("council", "2026-05-12"),
    session("council", "2026-06-09", cancelled=True),
    Phase(programme="p", key="f", title="Vergabe", planned_end=date(2026, 7, 1), decision="a"),
    Phase(programme="p", key="g", title="Bau", planned_end=date(2026, 7, 1), decision="b"),
    paper("a", "Vergabe", issued=date(2026, 4, 1)),
    paper("b", "Bau", issued=date(2026, 4, 1)),
    step(
        "a", "council/2026-05-12", "preparatory", order=1, open_session=True, result="recommended", outcome="empfohlen"
    ),
    step("a", "finance/2026-07-14", order=2, open_session=False, agenda_item="N 7"),
    step("b", "finance/2026-05-05", order=1, open_session=False, result="adopted", outcome="streng vertraulich"),
)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = Store(tmp_path_factory.mktemp("closed") / "store.duckdb")
    fill(made, *CLOSED)
    return made


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same without the closed consultations, and without the sessions that nobody sees consulting."""
    made = Store(tmp_path_factory.mktemp("bare") / "store.duckdb")
    hidden = {item.session for item in CLOSED if isinstance(item, Consultation) and item.open_session is False}
    kept = (item for item in CLOSED if item.key not in hidden)
    fill(made, *(item for item in kept if not (isinstance(item, Consultation) and item.open_session is False)))
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", FIGURES)
def test_closed_consultations_leave_no_trace_in_public(closed: Store, bare: Store, key: str, lang: Language) -> None:
    """The public reads the same as if the closed consultations had never been entered."""
    figure, other = (shown(store, f"committees.{key}", lang, audience=PUBLIC) for store in (closed, bare))
    assert as_csv(figure) == as_csv(other)
    assert (figure.draft.message, figure.draft.note, figure.draft.alt) == (
        other.draft.message,
        other.draft.note,
        other.draft.alt,
    )
    assert (drawn(figure.draft) if figure.draft.chart else "") == (drawn(other.draft) if other.draft.chart else "")
    assert "vertraulich" not in as_text(figure)
    assert "N 7" not in as_text(figure)


def test_a_sequence_with_hidden_steps_does_not_look_complete(closed: Store) -> None:
    found = draft(closed, "consultations", audience=PUBLIC)
    assert found.message == "Der Termin einer öffentlichen Station ist vorbei; eine weitere ist nicht angekündigt."
    assert found.note.startswith(
        "Gezeigt sind nur öffentliche Beratungen; eine Beratungsfolge kann weitere Stationen haben."
    )
    papers = draft(closed, "papers", audience=PUBLIC)
    assert papers.message == "Zu 2 Vorlagen ist keine weitere öffentliche Beratung angekündigt."
    assert column(papers, "state") == ["öffentlich beraten", "eingereicht"]
    assert draft(closed, "conflicts", audience=PUBLIC).rows == ()
    assert (
        draft(closed, "bodies", audience=PUBLIC).message
        == "1 von 2 Gremien berät öffentlich über Vorlagen des Programms."
    )
    assert draft(closed, "sessions", audience=PUBLIC).message == (
        "Nach dem 30.06.2026 ist keine öffentliche Beratung zum Programm angekündigt."
    )


def test_the_administration_sees_them(closed: Store) -> None:
    assert draft(closed, "consultations").message == (
        "1 von 3 Stationen steht noch aus: Finanzausschuss am 14.07.2026 zu „Vergabe“."
    )
    assert sorted(column(draft(closed, "papers"), "state")) == ["beschlossen", "in Beratung"]
    assert column(draft(closed, "conflicts"), "days") == [13]
    assert sorted(column(draft(closed, "consultations"), "agenda_item"), key=str) == ["N 7", None, None]


def test_a_decision_on_an_internal_paper_is_not_even_counted_in_public(tmp_path: Path) -> None:
    made = Store(tmp_path / "store.duckdb")
    phase = Phase(programme="p", key="f", title="F", planned_end=date(2026, 7, 1), decision="a")
    fill(made, phase, paper("a", "Geheim", public=False), paper("b", "B"))
    assert draft(made, "conflicts", audience=PUBLIC).message.startswith("Ob Zeitplan")


def test_cancelled_and_dropped_steps_say_so() -> None:
    records = (
        COUNCIL,
        session("council", "2026-07-07", cancelled=True),
        session("council", "2026-06-09"),
        paper("a", "A", withdrawn_on=date(2026, 6, 1)),
        step("a", "council/2026-07-07"),
        step("a", "council/2026-06-09"),
    )
    found = build(consultations, AS_OF, *records)
    assert column(found, "state") == ["entfällt", "abgesagt"]
    assert found.message == "2 Stationen sind angegeben; alle entfallen."


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", FIGURES)
def test_a_chart_has_its_unit_and_is_described(store: Store, key: str, lang: Language) -> None:
    found = draft(store, key, lang)
    assert found.chart
    assert found.unit
    assert found.message in found.alt
    assert drawn(found)
