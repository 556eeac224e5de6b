"""Figures of a conference: what is planned, read before, agreed and carried over, and what the public is told."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal as D

import pytest
from made_stores import drawn, fill, shown
from test_figures_okr import okr

from smartdash.__main__ import main
from smartdash.figures.conference_data import MINUTES
from smartdash.model.check_ins import Review, ReviewOutcome, Score, ScoreCause
from smartdash.model.conferences import AgendaItem, AgendaKind, Assignment, Conference, Decision, ParkedTopic
from smartdash.model.okr import Cycle, Objective
from smartdash.store import Audience, Store

DAY = date(2026, 4, 15)
KEYS = (*MINUTES, "conference.pre_read", "conference.last_time")


def full(store: Store) -> None:
    before, day = date(2026, 1, 10), DAY
    fill(
        store,
        *okr(),
        Cycle(programme="p", key="next", title="NEXT", start=date(2026, 4, 12), end=date(2026, 7, 1)),
        Objective(programme="p", key="n", title="Neu", cycle="next", predecessor="a"),
        Conference(programme="p", key="old", title="Alt", cycle="now", held_on=before),
        Conference(programme="p", key="x", title="Rückblick", cycle="now", held_on=day),
        AgendaItem(programme="p", key="i1", conference="x", order=1, kind=AgendaKind.OPENING, minutes=5,
                   spent_seconds=420, done=True),
        AgendaItem(programme="p", key="i2", conference="x", order=2, kind=AgendaKind.OBJECTIVE, objective="a",
                   minutes=20),
        Assignment(programme="p", key="late", conference="old", given_on=before, text="Klären", role="Amt",
                   due=date(2026, 4, 1)),
        Decision(programme="p", key="d", conference="x", decided_on=day, text="Weiter so", about="a"),
        Assignment(programme="p", key="new", conference="x", given_on=day, text="Bauen", role="IT",
                   due=date(2026, 5, 1)),
        ParkedTopic(programme="p", key="t", conference="x", parked_on=day, text="Später"),
        Score(programme="p", key_result="a2", scored_on=day, value=D("0.2"), cause=ScoreCause.SCOPE),
        Review(programme="p", objective="a", reviewed_on=day, outcome=ReviewOutcome.KEEP),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("conference.agenda", "„Rückblick“: 2 Punkte, 1 erledigt; 25 Minuten geplant, 7 verbraucht."),
        (
            "conference.minutes",
            "„Rückblick“ – Entscheidungen: 1, Aufträge: 1, neue Hindernisse: 0, aufgehobene Themen: 1.",
        ),
        ("conference.scores", "4 Schlüsselergebnisse des Zyklus: 1 bewertet, 1 mit Ursache."),
        ("conference.next_cycle", "Im Zyklus „NEXT“ steht ein Objective, übertragen: 1."),
        ("conference.last_time", "Ein Auftrag von früher: 0 erledigt, 0 offen, 1 überfällig. Entscheidungen: 0."),
    ],
)
def test_each_figure_says_what_was_agreed(empty_store: Store, key: str, message: str) -> None:
    full(empty_store)
    assert shown(empty_store, key, as_of=DAY).draft.message == message


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("conference.agenda", "“Rückblick”: 2 items, 1 done; 25 minutes planned, 7 spent."),
        ("conference.minutes", "“Rückblick” – decisions: 1, assignments: 1, new impediments: 0, parked topics: 1."),
        ("conference.scores", "4 key results of the cycle: 1 scored, 1 with a cause."),
        ("conference.next_cycle", "The cycle “NEXT” has one objective, carried over: 1."),
        ("conference.last_time", "One earlier assignment: 0 done, 0 open, 1 overdue. Decisions: 0."),
    ],
)
def test_each_figure_speaks_english(empty_store: Store, key: str, message: str) -> None:
    full(empty_store)
    figure = shown(empty_store, key, "en", as_of=DAY)
    assert figure.draft.message == message
    german = {column.label for column in shown(empty_store, key, as_of=DAY).draft.columns}
    assert not german & {column.label for column in figure.draft.columns} - {"Objective", "Text", "Status"}


def test_the_command_line_shows_the_minutes_of_a_chosen_conference(
    empty_store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    full(empty_store)
    arguments = ["show", "conference.minutes", "--programme", "p", "--as-of", "2026-04-15", "--set"]

    def run(conference: str, form: str) -> str:
        assert main([*arguments, f"conference={conference}", "--format", form]) == 0
        return capfd.readouterr().out

    table = run("old", "table")
    assert "„Alt“ – Entscheidungen: 0, Aufträge: 1" in table
    assert "Konferenz: Alt (10.01.2026)" in table
    listed = json.loads(run("x", "json"))
    assert listed["options"] == {"conference": "x"}
    assert list(listed["rows"][1].values()) == ["Auftrag", "Bauen", None, "IT", "2026-05-01"]
    rows = list(csv.DictReader(io.StringIO(run("x", "csv"))))
    assert [row["Text"] for row in rows] == ["Weiter so", "Bauen", "Später"]
    assert rows[0]["Betrifft"] == "Ziel a"
    assert main([*arguments, "conference=none"]) != 0
    assert "old" in capfd.readouterr().err, "it names the conferences that there are"


def test_the_pre_read_is_due_three_working_days_ahead_and_begins_with_red(empty_store: Store) -> None:
    full(empty_store)
    draft = shown(empty_store, "conference.pre_read", as_of=date(2026, 2, 20)).draft
    assert draft.message.startswith("Bis 10.04.2026 zu lesen: 4 Schlüsselergebnisse")
    status = [column.name for column in draft.columns].index("status")
    assert [row[status] for row in draft.rows][:1] == ["critical"]


def test_the_agenda_names_items_by_kind_or_objective(empty_store: Store) -> None:
    full(empty_store)
    draft = shown(empty_store, "conference.agenda", as_of=DAY).draft
    assert [row[1] for row in draft.rows] == ["Eröffnung", "Ziel a"]
    assert "Ziel a" in drawn(draft)


def test_an_agenda_that_has_not_begun_tells_its_plan_only(empty_store: Store) -> None:
    full(empty_store)
    fill(
        empty_store,
        Conference(programme="p", key="y", title="Planung", cycle="now", held_on=date(2026, 5, 4)),
        AgendaItem(programme="p", key="j1", conference="y", order=1, kind=AgendaKind.OPENING, minutes=5),
        AgendaItem(programme="p", key="j2", conference="y", order=2, kind=AgendaKind.CLOSING, minutes=1),
    )
    draft = shown(empty_store, "conference.agenda", as_of=date(2026, 5, 4)).draft
    assert (draft.message, draft.unit) == ("„Planung“: 2 Punkte in 6 Minuten.", "geplante Minuten je Punkt")
    assert "1 Minute" in drawn(draft)


def test_each_entry_of_the_minutes_names_its_kind(empty_store: Store) -> None:
    full(empty_store)
    for lang, kinds in {
        "de": ["Entscheidung", "Auftrag", "Themenspeicher"],
        "en": ["Decision", "Assignment", "Parking lot"],
    }.items():
        draft = shown(empty_store, "conference.minutes", lang, as_of=DAY).draft
        assert [row[0] for row in draft.rows] == kinds


@pytest.mark.parametrize("key", ["conference.agenda", "conference.minutes", "conference.last_time"])
def test_the_public_is_told_that_it_is_internal(empty_store: Store, key: str) -> None:
    full(empty_store)
    draft = shown(empty_store, key, as_of=DAY, audience=Audience.PUBLIC).draft
    assert draft.message.endswith("ist intern, solange es niemand freigibt.")
    assert draft.rows == ()


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_store_and_a_bare_conference_have_words(empty_store: Store, key: str) -> None:
    fill(empty_store)
    assert shown(empty_store, key).missing
    cycle = Cycle(programme="p", key="c", title="C", start=date(2026, 1, 1), end=date(2026, 3, 31))
    fill(empty_store, cycle, Conference(programme="p", key="x", title="X", cycle="c", held_on=DAY))
    assert shown(empty_store, key, "en").draft.message
