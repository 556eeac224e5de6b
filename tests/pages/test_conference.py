"""The live conference: who may do what, what is stored at once, and whose drafts are whose."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from conference_records import AGENDA, CONFERENCE, MATERIAL, TODAY, fill, item
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.locale import words
from smartdash.model.check_ins import CheckIn, Review, ReviewOutcome, Score, ScoreCause
from smartdash.model.conferences import AgendaItem, AgendaKind, Conference, ConferenceKind, Decision
from smartdash.model.impediments import EscalationLevel, Impediment, ImpedimentKind
from smartdash.model.okr import KeyResult
from smartdash.store import Changes, Origin, Store
from smartdash.ui.conference_drafts import Desk
from smartdash.ui.conference_judging import suggested_score

SAY = words("de")
OWN, OTHER = "a" * 32, "b" * 32
BEGUN = AGENDA[1].model_copy(update={"begun_at": "00:00:00"})


@pytest.fixture
def held(empty_store: Store) -> Store:
    """A store in which the objective "o1" is on."""
    fill(empty_store, CONFERENCE, AGENDA[0].model_copy(update={"done": True}), BEGUN, *AGENDA[2:], *MATERIAL)
    return empty_store


def run(open_page: OpenPage, **address: str) -> AppTest:
    app = open_page("conference", programme="p", way="run", **address)
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app = app.button(key=key).click().run()
    assert not app.exception
    return app


def desk_widget(app: AppTest, kind: str, name: str) -> Any:
    return next(one for one in app.get(kind) if f"desk_k1_{name}_" in str(one.key))


def kept(store: Store, record: type[Any]) -> dict[str, Any]:
    return {one.key: one for one in store.current("p")[record.sheet.name]}


def test_who_follows_sees_the_item_and_can_store_nothing(held: Store, open_page: OpenPage) -> None:
    app = run(open_page)
    shown = texts(app)
    assert "Der Dienst ist für alle da" in " ".join(shown)
    assert SAY("live.place", place="2", total="4", kind="Objective") in shown
    assert not [one for one in app.button if str(one.key).startswith(("store_", "steer_"))]
    app = press(app, "conference_take_over")
    assert [one for one in app.button if str(one.key).startswith("store_score_kr1")]
    assert len(held.revisions("p")) == 1, "taking over writes nothing"


def test_the_evidence_is_read_without_opening_anything(held: Store, open_page: OpenPage) -> None:
    fill(held, Impediment(programme="p", key="i1", title="Schnittstelle fehlt", kind=ImpedimentKind.OPERATIONS,
                          blocks="kr1", raised_on=TODAY))  # fmt: skip
    app = run(open_page)
    assert not app.main.expander, "nothing is hidden"
    days = [f"{TODAY - timedelta(ago):%d.%m.%Y}" for ago in (10, 40)]
    lines = next(text for text in texts(app) if days[0] in text).split("  \n")
    assert lines[:2] == [
        SAY("live.report", day=day, value=value, confidence=confidence)
        for day, value, confidence in zip(days, ("62 %", "40 %"), ("5", "6"), strict=True)
    ]
    assert "70 %" in lines[2], "the owner's forecast"
    assert lines[3].endswith("Schnittstelle fehlt")
    assert len(app.get("vega_lite_chart")) == 2, "a bar per key result"


@pytest.mark.parametrize(
    ("address", "message"),
    [({"revision": "1"}, "capture.not_older_revision"), ({"as_of": (TODAY - timedelta(1)).isoformat()}, None)],
)
def test_a_past_state_is_read_only(
    held: Store, open_page: OpenPage, address: dict[str, str], message: str | None
) -> None:
    app = run(open_page, moderation=OWN, **address)
    assert not [one for one in app.button if str(one.key).startswith(("store_", "steer_", "conference_take"))]
    expected = SAY(message) if message else SAY("capture.not_in_past", day=f"{TODAY:%d.%m.%Y}")
    assert expected in texts(app)


def test_the_public_has_no_run(held: Store, open_page: OpenPage) -> None:
    app = run(open_page, moderation=OWN, audience="public")
    assert not [one for one in app.button if str(one.key).startswith(("store_", "steer_", "conference_take"))]
    assert not [one for one in app.get("button_group") if SAY("live.way_run") in str(one.proto)]


def test_an_empty_programme_says_so(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store)
    assert SAY("live.none") in texts(run(open_page))


def test_a_low_score_needs_cause_and_reason_and_is_one_revision(held: Store, open_page: OpenPage) -> None:
    app = run(open_page, moderation=OWN)
    app = desk_widget(app, "button_group", "score_kr1").set_value(Decimal("0.6")).run()
    app = press(app, "store_score_kr1")
    assert [one.value for one in app.error] == [SAY("live.needs_cause")]
    app = desk_widget(app, "button_group", "cause_kr1").set_value(ScoreCause.DEPENDENCY).run()
    app = press(app, "store_score_kr1")
    assert [one.value for one in app.error] == [SAY("live.needs_score_reason")]
    app = desk_widget(app, "text_input", "reason_kr1").set_value("Daten kamen spät.").run()
    app = press(app, "store_score_kr1")
    assert kept(held, Score) == {
        "kr1": Score(programme="p", key="", key_result="kr1", scored_on=TODAY, value=Decimal("0.6"),
                     cause=ScoreCause.DEPENDENCY, reason="Daten kamen spät.")
    }  # fmt: skip
    newest = held.revisions("p")[0]
    assert (newest.author, newest.reason) == ("Programmbüro", "Bewertung: Ergebnis kr1")
    app = desk_widget(app, "button_group", "score_kr1").set_value(Decimal("0.8")).run()
    press(app, "store_score_kr1")
    corrected = kept(held, Score)["kr1"]
    assert (corrected.value, corrected.cause) == (Decimal("0.8"), None)
    assert held.revisions("p")[0].reason == "Korrigiert: Bewertung: Ergebnis kr1"


def test_a_draft_is_found_again_under_its_address_and_by_nobody_else(held: Store, open_page: OpenPage) -> None:
    app = run(open_page, moderation=OWN)
    desk_widget(app, "text_input", "text_decision_a2").set_value("Noch geheim").run()
    assert desk_widget(run(open_page, moderation=OWN), "text_input", "text_decision_a2").value == "Noch geheim"
    for address in ({}, {"moderation": OTHER}, {"moderation": "short"}):
        other = run(open_page, **address)
        assert "Noch geheim" not in " ".join(texts(other))
        assert not [one for one in other.text_input if one.value == "Noch geheim"]
    assert kept(held, Decision) == {}


def test_every_answer_about_an_impediment_is_kept(held: Store, open_page: OpenPage) -> None:
    def asking() -> AppTest:
        app = run(open_page, moderation=OWN)
        kinds = next(one for one in app.get("button_group") if one.key == "conference_note_kind")
        return kinds.set_value("impediment").run()

    before, key = TODAY - timedelta(3), "live_impediment_{}_0"
    app = asking()
    app.text_input(key=key.format("title")).set_value("Schnittstelle fehlt").run()
    app.selectbox(key=key.format("kind")).set_value(ImpedimentKind.OPERATIONS).run()
    app.date_input(key=key.format("raised_on")).set_value(before).run()
    _level(app).set_value(EscalationLevel.OFFICE).run()
    app.toggle(key=key.format("public")).set_value(True).run()
    app = asking()
    assert app.text_input(key=key.format("title")).value == "Schnittstelle fehlt"
    assert _level(app).value == EscalationLevel.OFFICE
    app = press(app, "store_live_impediment")
    assert [one.value for one in app.error] == [SAY("live.needs_blocked")]
    app = desk_widget(app, "button_group", "blocks_a2").set_value("kr1").run()
    press(app, "store_live_impediment")
    (stored,) = kept(held, Impediment).values()
    assert (stored.blocks, stored.raised_on, stored.escalation, stored.public) == (
        "kr1", before, EscalationLevel.OFFICE, True,
    )  # fmt: skip


def _level(app: AppTest) -> Any:
    return next(one for one in app.get("button_group") if str(one.key).startswith("live_impediment_level"))


def test_a_conflict_keeps_the_text_and_overwrites_nothing(held: Store, open_page: OpenPage) -> None:
    app = run(open_page, moderation=OWN)
    app = desk_widget(app, "button_group", "score_kr1").set_value(Decimal("0.9")).run()
    theirs = Score(programme="p", key="", key_result="kr1", scored_on=TODAY, value=Decimal("0.7"))
    held.write(Changes("p", {"score": [theirs]}), author="Andere", reason="Test", origin=Origin("form"))
    app = press(app, "store_score_kr1")
    assert kept(held, Score)["kr1"].value == Decimal("0.7")
    assert SAY("live.conflict") in [one.value for one in app.warning]
    assert desk_widget(app, "button_group", "score_kr1").value == Decimal("0.9")
    press(press(app, "insist_score_kr1"), "store_score_kr1")
    assert kept(held, Score)["kr1"].value == Decimal("0.9")


def test_going_through_the_agenda(held: Store, open_page: OpenPage) -> None:
    app = press(run(open_page, moderation=OWN), "steer_finish_and_next")
    items = kept(held, AgendaItem)
    assert (items["a2"].done, items["a2"].begun_at, items["a2"].spent_seconds > 0) == (True, None, True)
    assert items["a3"].begun_at is not None
    app = press(app, "steer_back")
    items = kept(held, AgendaItem)
    assert (items["a2"].done, items["a3"].begun_at, items["a3"].done) == (False, None, False)
    press(app, "call_a4")
    assert kept(held, AgendaItem)["a4"].begun_at is not None


def test_confidence_is_a_check_in_of_the_conference_and_leaves_the_owner_s(
    empty_store: Store, open_page: OpenPage
) -> None:
    owners = CheckIn(programme="p", key="", key_result="kr1", reported_on=TODAY, value=Decimal(64), confidence=9,
                     forecast=Decimal(80))  # fmt: skip
    midterm = CONFERENCE.model_copy(update={"kind": ConferenceKind.MIDTERM})
    fill(empty_store, midterm, BEGUN, *MATERIAL, owners)
    app = run(open_page, moderation=OWN)
    for confidence in (4, 3):
        app = desk_widget(app, "button_group", "confidence_kr1").set_value(confidence).run()
        app = press(app, "store_confidence_kr1")
    today = {key: one for key, one in kept(empty_store, CheckIn).items() if one.reported_on == TODAY}
    assert {key: one.confidence for key, one in today.items()} == {owners.key: 9, f"{owners.key}/2": 3}
    agreed = today[f"{owners.key}/2"]
    assert (agreed.value, agreed.forecast, agreed.number) == (Decimal(64), Decimal(80), 2)


def test_a_decision_is_stored_changed_and_taken_back(held: Store, open_page: OpenPage) -> None:
    app = run(open_page, moderation=OWN)
    app = press(app, "store_decision_a2")
    assert [one.value for one in app.error] == [SAY("live.needs_text")]
    app = desk_widget(app, "text_input", "text_decision_a2").set_value("Wir öffnen früher.").run()
    app = press(app, "store_decision_a2")
    made = kept(held, Decision)["k1-decision-01"]
    assert (made.text, made.about, made.decided_on) == ("Wir öffnen früher.", "o1", TODAY)
    assert desk_widget(app, "text_input", "text_decision_a2").value == "", "the next one begins empty"


def test_closing_lists_what_is_open_and_prepares_the_next_cycle(empty_store: Store, open_page: OpenPage) -> None:
    closing = item("a4", 4, AgendaKind.CLOSING, begun_at="00:00:00")
    fill(empty_store, CONFERENCE, closing, *MATERIAL)
    app = run(open_page, moderation=OWN)
    assert SAY("live.lacking_score") + " Ergebnis kr1" in " ".join(texts(app))
    fill(
        empty_store,
        *(Score(programme="p", key="", key_result=f"kr{n}", scored_on=TODAY, value=Decimal("0.8")) for n in (1, 2)),
        _review("o1", ReviewOutcome.KEEP),
        _review("o2", ReviewOutcome.END),
    )
    app = press(run(open_page, moderation=OWN), "conference_prepare")
    carried = [one for one in kept(empty_store, KeyResult).values() if one.predecessor]
    assert sorted(str(one.predecessor) for one in carried) == ["kr1", "kr2"]
    assert SAY("live.nothing_to_prepare") in " ".join(texts(app))
    app = press(app, "conference_close")
    assert kept(empty_store, Conference)["k1"].closed_on == TODAY


def _review(objective: str, outcome: ReviewOutcome) -> Any:
    return Review(programme="p", key="", objective=objective, reviewed_on=TODAY, outcome=outcome, reason="Grund")


@pytest.mark.parametrize(
    ("progress", "score"),
    [(None, None), ("-0.2", "0"), ("0.649", "0.6"), ("0.65", "0.7"), ("1", "1"), ("1.4", "1"), ("0.04", "0")],
)
def test_the_suggestion_is_the_progress_in_tenths(progress: str | None, score: str | None) -> None:
    class Standing:
        pass

    standing: Any = Standing()
    standing.progress = None if progress is None else Decimal(progress)
    assert suggested_score(standing) == (None if score is None else Decimal(score))


def test_a_draft_counts_from_the_revision_it_was_begun_on() -> None:
    desk = Desk()
    desk.put("a", "x", 3)
    desk.put("a", "xy", 7)
    desk.put("b", "z", 5)
    assert desk.based_on(["a", "b"], 9) == 3
    assert desk.based_on(["c"], 9) == 9
    desk.refuse(["a"])
    desk.insist(["a"], 9)
    assert (desk.refused, desk.based_on(["a"], 9)) == (set(), 9)
    desk.clear(["a"])
    assert ("a" in desk.drafts, desk.turns["a"]) == (False, 1)
