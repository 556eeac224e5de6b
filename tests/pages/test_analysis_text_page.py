"""Editing the analysis on the page about maturity: stored, shown, not overwritten unseen, and withdrawn."""

from __future__ import annotations

from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.locale import words
from smartdash.store import Store

SAY = words("de")


def press(app: AppTest, message: str) -> AppTest:
    return next(button for button in app.button if button.label == SAY(message)).click().run()


def test_a_text_is_edited_shown_and_withdrawn(own_store: Store, open_page: OpenPage) -> None:
    app = open_page("maturity", programme="musterstadt")
    generated = app.text_area[0].value
    press(app, "analysis.store")
    assert SAY("analysis.same") in [error.value.replace("\\", "") for error in app.error]

    other = open_page("maturity", programme="musterstadt")
    app.text_area[0].set_value("Fazit\r\nWir stehen **gut**.")
    press(app, "analysis.store")
    assert not app.error
    (stored,) = own_store.current("musterstadt")["analysis_text"]
    assert (stored.text, stored.generated, stored.public, stored.demo) == (
        "Fazit\nWir stehen **gut**.", generated, False, True
    )  # fmt: skip
    assert "**Fazit**  \nWir stehen **gut**." in texts(app)

    other.text_area[0].set_value("Anders.")
    press(other, "analysis.store")
    assert other.error, "somebody stored a text meanwhile"
    assert own_store.current("musterstadt")["analysis_text"] == (stored,)

    press(app, "analysis.withdraw")
    assert own_store.current("musterstadt")["analysis_text"] == ()
    assert app.text_area[0].value == generated


def test_nobody_else_is_offered_the_form(sample_store: Store, open_page: OpenPage) -> None:
    for address in ({"audience": "public"}, {"presentation": "1"}, {"revision": str(sample_store.latest())}):
        app = open_page("maturity", programme="musterstadt", **address)
        assert not app.exception
        assert not app.text_area, address
