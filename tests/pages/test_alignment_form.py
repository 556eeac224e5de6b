"""The form that says what contributes to what: a circle is refused, a right alignment is stored and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from page_reading import OpenPage
from streamlit.testing.v1 import AppTest

from smartdash.locale import words
from smartdash.model.okr import Alignment
from smartdash.store import Audience, Scope, Store
from smartdash.ui.markdown import plain

SAY = words("de")
PAIR = ("O-2026-Q3-6", "Z13")


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(name))


def send(app: AppTest, what: str) -> AppTest:
    return next(button for button in app.button if button.label == SAY(f"alignment.form_{what}")).click().run()


def add(app: AppTest, origin: str, target: str) -> AppTest:
    widget(app, "selectbox", "alignment_origin").select(origin)
    widget(app, "selectbox", "alignment_target").select(target)
    return send(app, "add")


def stored(store: Store, audience: Audience = Audience.INTERNAL) -> dict[tuple[str, str], str | None]:
    with store.read(Scope("musterstadt", date(2026, 8, 15), audience=audience)) as reader:
        return {(item.origin, item.target): item.explanation for item in reader.all(Alignment)}


def test_a_circle_is_refused_then_an_alignment_is_stored_and_removed(own_store: Store, open_page: OpenPage) -> None:
    before = stored(own_store)
    app = send(open_page("okr", programme="musterstadt"), "add")
    assert [error.value for error in app.error] == [SAY("alignment.both_needed")]
    app = add(app, "KR-2026-Q3-1.1", "O-2026-Q3-1")
    assert [error.value for error in app.error] == [SAY("alignment.own_objective")]
    app = add(app, "KR-2026-Q3-1.1", "KR-2026-Q3-1.2")
    (refusal,) = [error.value for error in app.error]
    assert "im Kreis" in refusal
    first, second = plain("KR-2026-Q3-1.1"), plain("KR-2026-Q3-1.2")
    assert f"{first} → {second} → {first}" in refusal or f"{second} → {first} → {second}" in refusal
    assert stored(own_store) == before

    widget(app, "text_area", "alignment_explanation").input("Leerstand sinkt.")
    app = add(app, *PAIR)
    assert not app.exception
    assert stored(own_store) == before | {PAIR: "Leerstand sinkt."}
    assert stored(own_store, Audience.PUBLIC)[PAIR] == "Leerstand sinkt."

    app = widget(app, "button_group", "alignment_what").set_value("remove").run()
    titles = widget(app, "selectbox", "alignment_removed")
    titles.select_index(next(place for place, text in enumerate(titles.options) if PAIR[0] in text and PAIR[1] in text))
    app = send(app, "remove")
    assert not app.exception
    assert stored(own_store) == before
