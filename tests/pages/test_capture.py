"""Capturing during a workshop and closing gaps: what is typed is stored with author and reason, and shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.locale import LANGUAGES, Language, words
from smartdash.model.declare import Record
from smartdash.model.shared import FieldOfWork, Programme, Source, Unit
from smartdash.model.workshops import (
    Audience,
    Consideration,
    ConsiderationOutcome,
    Contribution,
    ElementLevel,
    ElementState,
    Event,
    EventKind,
    IndicatorValue,
    Link,
    LinkKind,
    StateChange,
    StrategyElement,
)
from smartdash.store import Changes, Origin, Store
from smartdash.ui.capture_grid import edited_contributions

SAY = words("de")
TODAY = date.today()
PROGRAMME = Programme(programme="p", key="p", title="Programm", municipality_name="Stadt")
EVENT = Event(
    programme="p", key="w1", title="Bürgerforum", kind=EventKind.FORUM, held_on=TODAY, audience=Audience.PUBLIC
)
OLDER = Event(programme="p", key="w0", title="Auftakt", kind=EventKind.WORKSHOP, held_on=TODAY - timedelta(9))
LATER = Event(programme="p", key="w2", title="Rückblick", kind=EventKind.WORKSHOP, held_on=TODAY + timedelta(9))


def contribution(key: str, **values: Any) -> Contribution:
    return Contribution(**{"programme": "p", "key": key, "text": key, "event": "w1", "collected_on": TODAY, **values})


def element(key: str, level: ElementLevel = ElementLevel.MEASURE, **values: Any) -> StrategyElement:
    return StrategyElement(**{"programme": "p", "key": key, "title": key, "level": level, **values})


def fill(store: Store, *records: Record) -> None:
    by_type: dict[str, list[Record]] = {}
    for record in (PROGRAMME, *records):
        by_type.setdefault(record.sheet.name, []).append(record)
    store.write(Changes("p", by_type), author="Test", reason="Test", origin=Origin("form"))


def kept(store: Store, record: type[Record]) -> Sequence[Any]:
    return store.current("p")[record.sheet.name]


def last(store: Store) -> tuple[str, str, str]:
    """Who wrote last, why, and where from."""
    revision = store.revisions("p")[0]
    return revision.author, revision.reason, revision.origin


def widget(app: AppTest, kind: str, message: str, **values: str) -> Any:
    """The widget of a kind with a label of the catalogue."""
    label = SAY(message, **values)
    return next(item for item in getattr(app, kind) if item.label == label)


def press(app: AppTest, label: str) -> AppTest:
    app = next(item for item in app.button if item.label == label).click().run()
    assert not app.exception
    return app


def turn(app: AppTest, key: str, value: Any) -> AppTest:
    app = app.button_group(key=key).set_value(value).run()
    assert not app.exception
    return app


def errors(app: AppTest) -> list[str]:
    return [item.value.replace("\\", "") for item in app.error]


def done(app: AppTest, text: str) -> None:
    assert not app.exception
    assert not app.error
    assert len(app.success) == 1
    assert text in app.success[0].value.replace("\\", "")


def test_pasted_lines_are_looked_through_and_stored(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, OLDER, EVENT, LATER, contribution("w1-07", text="Mehr Grün"))
    app = open_page("capture", programme="p")
    assert widget(app, "selectbox", "capture.event").value == "w1", "the newest one that has begun"
    pasted = "- Mehr Bänke; Verkehr; 5\n2. Radweg am Fluss\n\nmehr grün\nRückruf an a@b.de"
    app = widget(app, "text_area", "capture.lines").set_value(pasted).run()
    shown = texts(app)
    assert SAY("capture.left_out", n=2) in shown
    frame = app.dataframe[0].value
    assert list(frame["text"]) == ["Mehr Bänke", "Radweg am Fluss", "mehr grün", "Rückruf an a@b.de"]
    assert list(frame["note"]) == ["", "", SAY("capture.note_known"), SAY("capture.note_mail")]
    assert widget(app, "toggle", "capture.public").value is True
    widget(app, "text_input", "data.author").input("Moderation")
    app = press(app, SAY("capture.store_lines", n=2))
    done(app, SAY("capture.done_lines", n=2))
    found = {item.key: item for item in kept(empty_store, Contribution)}
    assert found["w1-08"] == contribution("w1-08", text="Mehr Bänke", cluster="Verkehr", votes=5, public=True)
    assert found["w1-09"].text == "Radweg am Fluss"
    assert len(found) == 3
    assert last(empty_store) == ("Moderation", "Bürgerforum: 2 Beiträge erfasst", SAY("data.origin_form"))
    assert widget(app, "text_area", "capture.lines").value == "", "the form is empty again"
    app = widget(app, "text_area", "capture.lines").set_value("Noch etwas").run()
    assert widget(app, "text_input", "data.author").value == "Moderation"
    assert not app.success, "said once"


def test_duplicates_and_lines_with_traces_of_persons_are_stored_only_when_asked(
    empty_store: Store, open_page: OpenPage
) -> None:
    fill(empty_store, EVENT)
    app = open_page("capture", programme="p")
    app = widget(app, "text_area", "capture.lines").set_value("Rückruf an a@b.de").run()
    assert next(item for item in app.button if item.label == SAY("capture.store_lines", n=0)).disabled
    app = widget(app, "text_area", "capture.lines").set_value("Grün\nGrün\nRückruf an a@b.de").run()
    widget(app, "toggle", "capture.with_known").set_value(True)
    app = widget(app, "toggle", "capture.with_personal").set_value(True).run()
    app = widget(app, "toggle", "capture.public").set_value(False).run()
    app = press(app, SAY("capture.store_lines", n=3))
    assert [item.public for item in kept(empty_store, Contribution)] == [False] * 3


def test_a_retired_key_is_never_used_again(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, EVENT, contribution("w1-01"))
    empty_store.write(
        Changes("p", {"contribution": []}, complete=True), author="Test", reason="Test", origin=Origin("form")
    )
    app = open_page("capture", programme="p")
    app = widget(app, "text_area", "capture.lines").set_value("Neu").run()
    press(app, SAY("capture.store_lines", n=1))
    assert [item.key for item in kept(empty_store, Contribution)] == ["w1-02"]


@pytest.mark.parametrize(
    ("name", "content", "stored"),
    [
        ("liste.csv", "Nr,Beitrag,Stimmen\n1,Mehr Bänke,3\n2,Grün,\n".encode(), {"Mehr Bänke": 3, "Grün": None}),
        ("liste.txt", "Mehr Bänke\nGrün\n".encode(), {"Mehr Bänke": None, "Grün": None}),
    ],
)
def test_a_list_is_read(
    empty_store: Store, open_page: OpenPage, name: str, content: bytes, stored: dict[str, int | None]
) -> None:
    fill(empty_store, EVENT)
    app = turn(open_page("capture", programme="p"), "capture_way", "list")
    app = app.file_uploader[0].upload(name, content, "text/csv").run()
    app = press(app, SAY("capture.store_lines", n=2))
    assert {item.text: item.votes for item in kept(empty_store, Contribution)} == stored


def test_a_file_that_cannot_be_read_says_why(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, EVENT)
    app = turn(open_page("capture", programme="p"), "capture_way", "list")
    app = app.file_uploader[0].upload("liste.csv", b"%PDF-1.4", "text/csv").run()
    assert not app.exception
    assert "PDF" in errors(app)[0]


def test_an_event_is_made_and_chosen(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store)
    app = open_page("capture", programme="p")
    assert SAY("capture.no_event") in texts(app)
    app = press(app, SAY("capture.store_event"))
    assert errors(app) == [SAY("capture.title_needed")]
    widget(app, "text_input", "capture.event_title").input("Zukunftswerkstatt")
    widget(app, "selectbox", "capture.event_audience").select(Audience.PUBLIC)
    app = press(app, SAY("capture.store_event"))
    done(app, "Zukunftswerkstatt")
    (event,) = kept(empty_store, Event)
    assert (event.kind, event.held_on, event.audience) == (EventKind.WORKSHOP, TODAY, Audience.PUBLIC)
    assert widget(app, "selectbox", "capture.event").value == event.key


def test_the_grid_changes_only_what_was_edited() -> None:
    records = [contribution("a", cluster="x", votes=1), contribution("b"), contribution("c", cluster="x")]
    rows = [("a", "x", 1), ("b", "y", 4.0), ("c neu ", "  ", pd.NA)]
    assert edited_contributions(records, rows) == [
        contribution("b", cluster="y", votes=4),
        contribution("c", text="c neu"),
    ]
    assert edited_contributions(records, [(item.text, item.cluster, item.votes) for item in records]) == []
    assert edited_contributions(records[:1], [(None, None, float("nan"))])[0].text == ""


def test_clusters_and_votes_are_one_revision_and_a_stale_edit_is_refused(
    empty_store: Store, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(empty_store, EVENT, contribution("c1"), contribution("c2"))
    app = turn(open_page("capture", programme="p"), "capture_step", "order")

    def editor(frame: pd.DataFrame, **_: object) -> pd.DataFrame:
        return frame.assign(cluster=["Verkehr", "Grün"], votes=[5, None])

    monkeypatch.setattr(st, "data_editor", editor)
    app = press(app, SAY("data.save"))
    done(app, SAY("capture.done_grid", n=2))
    assert [(item.cluster, item.votes) for item in kept(empty_store, Contribution)] == [("Verkehr", 5), ("Grün", None)]
    before = len(empty_store.revisions("p"))
    # Somebody else votes while the grid is open.
    fill(empty_store, contribution("c1", cluster="Verkehr", votes=9))
    monkeypatch.setattr(st, "data_editor", lambda frame, **_: frame.assign(votes=[6, 1]))
    app = press(app, SAY("data.save"))
    assert "c1" in errors(app)[0]
    assert len(empty_store.revisions("p")) == before + 1
    app = press(app, SAY("data.reload"))
    app = press(app, SAY("data.save"))
    assert [item.votes for item in kept(empty_store, Contribution)] == [6, 1]


def test_contributions_merge_into_a_new_element(empty_store: Store, open_page: OpenPage) -> None:
    field = FieldOfWork(programme="p", key="f", title="Mobilität")
    open_one = contribution("c1", cluster="Verkehr", public=True)
    fill(empty_store, EVENT, field, open_one, contribution("c2", cluster="Verkehr"), contribution("c3", cluster="Grün"))
    app = turn(open_page("capture", programme="p"), "capture_step", "condense")
    app = widget(app, "selectbox", "capture.cluster").select("Verkehr").run()
    app = press(app, SAY("capture.choose_all", n=2))
    assert widget(app, "multiselect", "capture.origins").value == ["c1", "c2"]
    assert widget(app, "toggle", "capture.element_public").value is False, "one of them is internal"
    app = press(app, SAY("capture.store_merge"))
    assert errors(app) == [SAY("capture.title_needed")]
    widget(app, "text_input", "capture.element_title").input("Sichere Wege")
    widget(app, "selectbox", "capture.field_of_work").select("f")
    app = press(app, SAY("capture.store_merge"))
    done(app, SAY("capture.done_merge", n=2, title="Sichere Wege"))
    (made,) = kept(empty_store, StrategyElement)
    assert made == element("measure-01", title="Sichere Wege", field_of_work="f", public=False)
    assert [(item.origin, item.target, item.kind, item.event) for item in kept(empty_store, Link)] == [
        ("c1", "measure-01", LinkKind.MERGED, "w1"),
        ("c2", "measure-01", LinkKind.MERGED, "w1"),
    ]
    assert widget(app, "multiselect", "capture.origins").value == []


def test_an_element_merges_into_an_existing_one_and_is_rejected_for_it(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, EVENT, element("a"), element("b"))
    app = turn(open_page("capture", programme="p"), "capture_step", "condense")
    app = widget(app, "multiselect", "capture.origins").set_value(["a"]).run()
    app = turn(app, "capture_target", "existing")
    widget(app, "selectbox", "capture.existing").select("b")
    assert widget(app, "toggle", "capture.close").value is True
    app = press(app, SAY("capture.store_merge"))
    done(app, "„b“")
    (change,) = kept(empty_store, StateChange)
    assert (change.element, change.state, change.reason) == ("a", ElementState.REJECTED, "aufgegangen in „b“")
    assert (change.changed_on, change.event) == (TODAY, "w1")
    assert "a" not in widget(app, "multiselect", "capture.origins").options


def test_a_choice_that_another_event_does_not_offer_is_dropped(empty_store: Store, open_page: OpenPage) -> None:
    fill(
        empty_store, OLDER, EVENT, contribution("c1", cluster="Verkehr"), contribution("o1", event="w0", cluster="Grün")
    )
    app = turn(open_page("capture", programme="p"), "capture_step", "condense")
    app = widget(app, "selectbox", "capture.cluster").select("Verkehr").run()
    app = turn(app, "capture_act", "split")
    assert widget(app, "selectbox", "capture.whole").value == "c1"
    app = widget(app, "selectbox", "capture.event").select("w0").run()
    assert not app.exception
    assert widget(app, "selectbox", "capture.cluster").value is None
    assert widget(app, "selectbox", "capture.whole").value == "o1"


def test_what_is_adopted_stays_when_it_is_merged_unless_a_paper_says_otherwise(
    empty_store: Store, open_page: OpenPage
) -> None:
    fill(empty_store, EVENT, element("a", state=ElementState.ADOPTED), contribution("c1"))
    app = turn(open_page("capture", programme="p"), "capture_step", "condense")
    app = widget(app, "multiselect", "capture.origins").set_value(["a", "c1"]).run()
    assert widget(app, "toggle", "capture.close").value is False
    widget(app, "text_input", "capture.element_title").input("Neu")
    widget(app, "toggle", "capture.close").set_value(True)
    app = press(app, SAY("capture.store_merge"))
    assert errors(app) == [SAY("capture.decision_needed", title="a")]
    widget(app, "toggle", "capture.close").set_value(False)
    app = press(app, SAY("capture.store_merge"))
    done(app, "„Neu“")
    assert kept(empty_store, StateChange) == ()


def test_one_contribution_is_split(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, EVENT, contribution("c1", text="Bänke und Bäume"))
    app = turn(open_page("capture", programme="p"), "capture_step", "condense")
    app = turn(app, "capture_act", "split")
    app = press(app, SAY("capture.store_split"))
    assert errors(app) == [SAY("capture.two_parts")]
    widget(app, "text_area", "capture.parts").input("Bänke\nBäume")
    app = press(app, SAY("capture.store_split"))
    done(app, SAY("capture.done_split", n=2))
    assert {item.text for item in kept(empty_store, Contribution)} == {"Bänke und Bäume", "Bänke", "Bäume"}
    assert {item.kind for item in kept(empty_store, Link)} == {LinkKind.SPLIT}
    assert last(empty_store)[1] == "„Bänke und Bäume“ geteilt"


def test_several_elements_are_brought_on_and_a_rejection_needs_its_reason(
    empty_store: Store, open_page: OpenPage
) -> None:
    fill(empty_store, EVENT, element("a"), element("b"), element("c", state=ElementState.ADOPTED))
    app = turn(open_page("capture", programme="p"), "capture_step", "states")
    app = widget(app, "multiselect", "capture.elements").set_value(["a", "b"]).run()
    app = press(app, SAY("capture.store_state"))
    done(app, SAY("capture.done_state", n=2, state="verdichtet"))
    assert {(item.element, item.state, item.event) for item in kept(empty_store, StateChange)} == {
        ("a", ElementState.CONDENSED, "w1"),
        ("b", ElementState.CONDENSED, "w1"),
    }
    assert list(app.dataframe[0].value["state"]) == ["verdichtet", "verdichtet", "beschlossen"]
    app = widget(app, "multiselect", "capture.elements").set_value(["a"]).run()
    app = turn(app, _key(app, "capture_next_condensed"), ElementState.REJECTED)
    app = press(app, SAY("capture.store_state"))
    assert errors(app) == [SAY("capture.reason_needed")]
    widget(app, "text_input", "capture.change_reason").input("Zu teuer")
    app = press(app, SAY("capture.store_state"))
    assert [item.reason for item in kept(empty_store, StateChange) if item.state is ElementState.REJECTED] == [
        "Zu teuer"
    ]


def _key(app: AppTest, beginning: str) -> str:
    return next(str(item.key) for item in app.button_group if str(item.key).startswith(beginning))


GAPS: list[tuple[str, list[Record], dict[str, tuple[str, Any]], list[Record]]] = [
    (
        "goal_without_indicator",
        [element("z1", ElementLevel.GOAL, field_of_work="f"), element("m", field_of_work="f"), _serves := Link(
            programme="p", key="", origin="m", target="z1", kind=LinkKind.CONTRIBUTES
        )],
        {"closing.new_indicator": ("text_input", "Anteil"), "closing.measured_in": ("text_input", "%"),
         "closing.target": ("text_input", "12,5")},
        [
            element("indicator-01", ElementLevel.INDICATOR, title="Anteil", measured_in="%", target=Decimal("12.5"),
                    field_of_work="f", public=False),
            Link(programme="p", key="", origin="indicator-01", target="z1", kind=LinkKind.MEASURES),
        ],
    ),
    (
        "goal_without_indicator",
        [element("z1", ElementLevel.GOAL, field_of_work="f"), element("i1", ElementLevel.INDICATOR),
         element("m", field_of_work="f"), _serves],
        {"closing.existing_indicator": ("selectbox", "i1")},
        [Link(programme="p", key="", origin="i1", target="z1", kind=LinkKind.MEASURES)],
    ),
    (
        "measure_without_goal",
        [element("z1", ElementLevel.GOAL), element("m", field_of_work="f")],
        {"closing.goal": ("selectbox", "z1")},
        [_serves],
    ),
    (
        "indicator_without_value",
        [element("i1", ElementLevel.INDICATOR), Source(programme="p", key="s", title="Statistik")],
        {"closing.value": ("text_input", "1.234,5"), "closing.source": ("selectbox", "s"),
         "closing.source_place": ("text_input", "Tabelle 3")},
        [IndicatorValue(programme="p", key="", indicator="i1", measured_on=TODAY, value=Decimal("1234.5"), source="s",
                        source_place="Tabelle 3")],
    ),
    (
        "contribution_without_answer",
        [contribution("c1"), contribution("c2"), Unit(programme="p", key="u", title="Amt")],
        {"closing.contributions": ("multiselect", ["c1", "c2"]), "closing.answer_reason": ("text_area", "Kommt 2027."),
         "closing.unit": ("selectbox", "u")},
        [Consideration(programme="p", key="", contribution=key, considered_on=TODAY, reason="Kommt 2027.", unit="u",
                       outcome=ConsiderationOutcome.ADOPTED) for key in ("c1", "c2")],
    ),
    (
        "field_without_measure",
        [element("z1", ElementLevel.GOAL)],
        {"closing.new_measure": ("text_input", "Radwege bauen"), "closing.goal": ("selectbox", "z1")},
        [
            element("measure-01", title="Radwege bauen", field_of_work="f", public=False),
            Link(programme="p", key="", origin="measure-01", target="z1", kind=LinkKind.CONTRIBUTES),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "records", "answers", "expected"), GAPS)
def test_each_gap_is_closed_where_it_is_listed(
    empty_store: Store,
    open_page: OpenPage,
    kind: str,
    records: list[Record],
    answers: dict[str, tuple[str, Any]],
    expected: list[Record],
) -> None:
    fill(empty_store, EVENT, FieldOfWork(programme="p", key="f", title="Mobilität"), *records)
    app = open_page("gaps", programme="p")
    app = app.selectbox(key="gaps_kind").select(kind).run()
    for message, (form, value) in answers.items():
        item = widget(app, form, message)
        app = item.set_value(value).run() if form == "multiselect" else item.set_value(value) and app
    app = press(app, SAY("closing.store"))
    done(app, SAY("closing.done", n=len(expected) if kind == "contribution_without_answer" else 1))
    for record in expected:
        assert record in kept(empty_store, type(record))
    remaining = app.selectbox(key="gaps_kind").options if app.selectbox else []
    assert not [option for option in remaining if option.startswith(SAY(f"gaps.{kind}"))], "the gap is gone"


def test_what_is_missing_in_an_answer_is_said(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, EVENT, contribution("c1"), element("i1", ElementLevel.INDICATOR), element("m"))
    app = open_page("gaps", programme="p")
    for kind, message in (("measure_without_goal", "closing.goal_needed"), ("indicator_without_value", "")):
        app = app.selectbox(key="gaps_kind").select(kind).run()
        app = press(app, SAY("closing.store"))
        assert errors(app) == [SAY(message) if message else SAY("closing.no_number", value="")]
    app = app.selectbox(key="gaps_kind").select("contribution_without_answer").run()
    app.button_group(key=_key(app, "gaps_outcome")).set_value(ConsiderationOutcome.PARTLY)
    app = press(app, SAY("closing.store"))
    assert errors(app) == [SAY("closing.reason_needed")]
    assert len(empty_store.revisions("p")) == 1


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ({"audience": "public"}, "capture.not_public"),
        ({"revision": "1"}, "capture.not_older_revision"),
        ({"as_of": (TODAY - timedelta(1)).isoformat()}, "capture.not_in_past"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_entered_in_public_or_in_the_past(
    empty_store: Store, open_page: OpenPage, lang: Language, address: dict[str, str], message: str
) -> None:
    fill(empty_store, EVENT, contribution("c1", public=True), element("m"))
    begun = words(lang).messages[message]
    assert isinstance(begun, str)
    for page in ("capture", "gaps"):
        app = open_page(page, programme="p", lang=lang, **address)
        assert not app.exception
        assert not app.text_area
        labels = [item.label for item in app.button]
        assert words(lang)("closing.store") not in labels
        said = any(item.value.replace("\\", "").startswith(begun.split("{")[0]) for item in app.info)
        assert said == (page == "capture" or message != "capture.not_public"), page


def test_a_programme_shown_on_a_fixed_day_is_captured_on_it(empty_store: Store, open_page: OpenPage) -> None:
    fixed = PROGRAMME.model_copy(update={"default_as_of": OLDER.held_on})
    fill(empty_store, OLDER)
    empty_store.write(Changes("p", {"programme": [fixed]}), author="Test", reason="Test", origin=Origin("form"))
    app = open_page("capture", programme="p")
    app = widget(app, "text_area", "capture.lines").set_value("Alt").run()
    press(app, SAY("capture.store_lines", n=1))
    assert [item.collected_on for item in kept(empty_store, Contribution)] == [OLDER.held_on]
