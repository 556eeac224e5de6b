"""The check-in form: what an owner types is stored, a low confidence needs an impediment, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.exchange.check_in_list import Known, check_in_workbook, headings
from smartdash.figures.headings import heading
from smartdash.figures.standings import read_key_results
from smartdash.locale import words
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.declare import Record
from smartdash.model.impediments import Blockage, Impediment, ImpedimentKind
from smartdash.model.okr import Cycle, CycleState, KeyResult, KeyResultKind, KeyResultMilestone, Objective
from smartdash.model.shared import Programme
from smartdash.store import Changes, Origin, Scope, Store

SAY = words("de")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TODAY = date.today()
PROGRAMME = Programme(programme="p", key="p", title="Programm", municipality_name="Stadt")


def cycle(first: int = -40, last: int = 40) -> Cycle:
    start, end = TODAY + timedelta(first), TODAY + timedelta(last)
    return Cycle(programme="p", key="c", title="Q", start=start, end=end, state=CycleState.ACTIVE)


OBJECTIVE = Objective(programme="p", key="o", title="Ziel", cycle="c", owner_role="Leitung")


def change(key: str, **values: Any) -> KeyResult:
    return KeyResult(
        programme="p", key=key, title=f"KR {key}", objective="o", baseline=Decimal(0), target=Decimal(100), **values
    )


def report(days: int, value: str = "1234.56", key_result: str = "a", **values: Any) -> CheckIn:
    on = TODAY - timedelta(days)
    return CheckIn(
        programme="p", key="", key_result=key_result, reported_on=on, value=Decimal(value), confidence=6, **values
    )


def fill(store: Store, *records: Record, author: str = "Test") -> None:
    by_type: dict[str, list[Record]] = {}
    for record in records:
        by_type.setdefault(record.sheet.name, []).append(record)
    store.write(Changes("p", by_type), author=author, reason="Test", origin=Origin("form"))


def kept(store: Store, record: type[Record]) -> Sequence[Any]:
    return store.current("p")[record.sheet.name]


def field(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in getattr(app, kind) if item.label.startswith(heading(CheckIn, name, SAY)))


def confident(app: AppTest, value: int) -> AppTest:
    key = next(item.key for item in app.button_group if "_confidence" in str(item.key))
    return app.button_group(key=key).set_value(value).run()


def store_it(app: AppTest) -> AppTest:
    app = next(item for item in app.button if item.label == SAY("check_in.store")).click().run()
    assert not app.exception
    return app


def turn(app: AppTest, message: str, value: str) -> AppTest:
    item = next(item for item in app.button_group if item.label == SAY(message))
    return app.button_group(key=item.key).set_value(value).run()


def test_the_last_value_is_prefilled_and_what_is_left_is_said(empty_store: Store, open_page: OpenPage) -> None:
    other = change("z", owner_role="Andere")
    fill(empty_store, PROGRAMME, cycle(), OBJECTIVE, change("a"), change("b"), other, report(20))
    app = open_page("check_in", programme="p", **{"check_in.role": "Leitung"})
    assert field(app, "text_input", "value").value == "1234,56"
    assert "KR z" not in texts(app)
    field(app, "text_input", "value").input("2.345,5")
    app = store_it(confident(app, 7))
    assert not app.error
    assert SAY("check_in.left", n=1, titles="KR b") in app.success[0].value.replace("\\", "")
    [_, new] = sorted(kept(empty_store, CheckIn), key=lambda item: item.reported_on)
    assert (new.value, new.confidence, new.reported_on) == (Decimal("2345.5"), 7, TODAY)
    assert empty_store.revisions("p")[0].author == "Leitung"
    assert app.query_params["check_in.role"] in ("Leitung", ["Leitung"])


def test_a_low_confidence_is_not_stored_without_an_impediment(empty_store: Store, open_page: OpenPage) -> None:
    impediment = Impediment(
        programme="p", key="H-01", title="Personal fehlt", kind=ImpedimentKind.RESOURCES, raised_on=TODAY
    )
    fill(empty_store, PROGRAMME, cycle(), OBJECTIVE, change("a"), impediment, report(20))
    app = confident(open_page("check_in", programme="p"), 3)
    app = store_it(app)
    assert SAY("impediments.needs_title") in app.error[0].value.replace("\\", "")
    assert len(kept(empty_store, CheckIn)) == 1
    app = store_it(turn(app, "check_in.impediment_how", "open"))
    assert SAY("check_in.impediment_needed") in app.error[0].value.replace("\\", "")
    chosen = next(item for item in app.selectbox if item.label == Impediment.sheet.de)
    app = store_it(chosen.set_value("H-01").run())
    assert not app.error
    assert [(item.impediment, item.subject) for item in kept(empty_store, Blockage)] == [("H-01", "a")]
    assert len(kept(empty_store, CheckIn)) == 2


def test_a_correction_keeps_its_place_in_time(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, PROGRAMME, cycle(), OBJECTIVE, change("a"), report(30, "5"), report(20, "9"))
    app = turn(open_page("check_in", programme="p"), "check_in.act", "correct")
    earlier = next(item for item in app.selectbox if item.label == SAY("check_in.earlier"))
    old = report(30, "5")
    app = earlier.set_value(old.key).run()
    assert field(app, "text_input", "value").value == "5"
    field(app, "text_input", "value").input("6")
    app = store_it(app)
    assert not app.error
    found = {item.key: item.value for item in kept(empty_store, CheckIn)}
    assert found == {old.key: Decimal(6), report(20).key: Decimal(9)}
    assert field(app, "text_input", "value").value == "9", "the newest is still the newest"
    app = turn(app, "check_in.act", "correct")
    app = next(item for item in app.selectbox if item.label == SAY("check_in.earlier")).set_value(old.key).run()
    assert any("Wert 5 → 6" in text for text in texts(app))


def test_a_second_one_of_a_day_corrects_or_is_a_further_one(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, PROGRAMME, cycle(), OBJECTIVE, change("a"), report(0, "5"))
    app = open_page("check_in", programme="p")
    assert SAY("check_in.nothing_due") in [item.value for item in app.success]
    app = next(item for item in app.toggle if item.label == SAY("check_in.all_mine")).set_value(True).run()
    assert field(app, "text_input", "value").value == "5"
    app = next(item for item in app.radio if item.label == SAY("check_in.same_day")).set_value("").run()
    app = store_it(confident(app, 8))
    assert not app.error
    assert sorted(item.number or 1 for item in kept(empty_store, CheckIn)) == [1, 2]


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(empty_store: Store, open_page: OpenPage) -> None:
    fill(empty_store, PROGRAMME, cycle(), OBJECTIVE, change("a"), change("b"), report(20))
    app = open_page("check_in", programme="p")
    field(app, "text_input", "value").input("77")
    app = confident(app, 9)
    fill(empty_store, report(0, "50"), author="Andere")
    app = store_it(app)
    assert app.error
    assert field(app, "text_input", "value").value == "77", "what was typed stays"
    assert [item.value for item in kept(empty_store, CheckIn) if item.reported_on == TODAY] == [Decimal(50)]


def test_after_the_end_until_there_is_a_score(empty_store: Store, open_page: OpenPage) -> None:
    ended = cycle(-60, -5)
    fill(empty_store, PROGRAMME, ended, OBJECTIVE, change("a"), report(20))
    app = open_page("check_in", programme="p")
    app = next(item for item in app.toggle if item.label == SAY("check_in.all_mine")).set_value(True).run()
    assert "möglich, solange keine Bewertung" in app.warning[0].value
    app = confident(app, 9)
    score = Score(programme="p", key="", key_result="a", scored_on=TODAY, value=Decimal("0.8"))
    fill(empty_store, score)
    app = app.run()
    assert SAY("check_in.scored", title="KR a") in app.warning[0].value.replace("\\", "")
    assert len(kept(empty_store, CheckIn)) == 1
    assert not [item for item in app.button if item.label == SAY("check_in.store")]


def test_milestones_are_ticked_with_their_day(empty_store: Store, open_page: OpenPage) -> None:
    result = KeyResult(programme="p", key="m", title="KR m", objective="o", kind=KeyResultKind.MILESTONES)
    milestone = KeyResultMilestone(programme="p", key="m1", title="Entwurf", key_result="m")
    fill(empty_store, PROGRAMME, cycle(), OBJECTIVE, result, milestone)
    app = open_page("check_in", programme="p")
    app = next(item for item in app.checkbox if item.label == "Entwurf").check().run()
    app = store_it(confident(app, 8))
    assert not app.error
    assert [item.done_on for item in kept(empty_store, KeyResultMilestone)] == [TODAY]


def test_the_public_and_an_older_revision_have_no_form(empty_store: Store, open_page: OpenPage) -> None:
    shown = PROGRAMME.model_copy(update={"public": True})
    fill(empty_store, shown, cycle(), OBJECTIVE, change("a"))
    for address in ({"audience": "public"}, {"revision": "1"}, {"as_of": (TODAY - timedelta(3)).isoformat()}):
        app = open_page("check_in", programme="p", **address)
        assert not app.exception
        assert not [item for item in app.button if item.label == SAY("check_in.store")]
        assert app.info


def test_a_filled_list_is_shown_and_stored_as_one_revision(empty_store: Store, open_page: OpenPage) -> None:
    """What is wrong keeps everything out; the right list is stored with its name and its hash."""
    fill(empty_store, PROGRAMME, cycle(), OBJECTIVE, change("a"), change("b"), report(20))
    app = open_page("check_in", programme="p")
    wrong, right = filled_list(empty_store, "viel"), filled_list(empty_store, "1.234,5")
    app = app.file_uploader[0].upload("liste.xlsx", wrong, XLSX).run()
    assert SAY("data.refused", n=1) in [item.value for item in app.error]
    assert not [item for item in app.button if item.label == SAY("check_in_bulk.store", n=1)]
    app = app.file_uploader[0].upload("Übersicht.xlsx", right, XLSX).run()
    assert not app.error
    assert any(SAY("check_in_bulk.skipped", n=1) == item.value for item in app.caption)
    next(item for item in app.text_input if str(item.key).startswith("check_in_bulk_author")).input("Programmbüro")
    fill(empty_store, report(0, "50"), author="Andere")
    app = next(item for item in app.button if item.label == SAY("check_in_bulk.store", n=1)).click().run()
    assert app.error, "the preview did not show what others wrote meanwhile"
    assert [item.value for item in kept(empty_store, CheckIn) if item.reported_on == TODAY] == [Decimal(50)]
    app = next(item for item in app.button if item.label == SAY("check_in_bulk.store", n=1)).click().run()
    assert not app.exception
    assert SAY("check_in_bulk.done", n=1, file="Übersicht.xlsx") in app.success[0].value.replace("\\", "")
    [_, new] = sorted(kept(empty_store, CheckIn), key=lambda item: item.reported_on)
    assert (new.key_result, new.value, new.confidence, new.reported_on) == ("a", Decimal("1234.5"), 8, TODAY)
    revision = empty_store.revisions("p")[0]
    assert revision.author == "Programmbüro"
    assert (revision.origin, revision.sha256) == ("Übersicht.xlsx", sha256(right).hexdigest())


def filled_list(store: Store, value: str) -> bytes:
    """The list of all due key results, with the first row filled in."""
    with store.read(Scope("p", TODAY)) as reader:
        known = Known(PROGRAMME, read_key_results(reader), reader.all(CheckIn), [], TODAY)
    book = load_workbook(BytesIO(check_in_workbook(known.standings, known, "de")))
    sheet, names = book.active, list(headings("de"))
    row = next(cell.row for [cell] in sheet.iter_rows(max_col=1) if cell.value == "a")
    for name, typed in (("value", value), ("confidence", 8)):
        sheet.cell(row, names.index(name) + 1).value = typed
    content = BytesIO()
    book.save(content)
    return content.getvalue()
