"""Every page for every sample programme, for both audiences; in English for a full programme and a nearly empty one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from page_reading import OpenPage, texts

from smartdash.analysis.conference_points import conferences_to_choose
from smartdash.figures import CATALOGUE, Figure
from smartdash.figures.conference_data import MINUTES
from smartdash.locale import LANGUAGES, Language, words
from smartdash.locale.numbers import day
from smartdash.model import RECORDS
from smartdash.model.conferences import AgendaItem, Conference
from smartdash.model.declare import Choice, fields
from smartdash.store import Audience, Scope, Store
from smartdash.ui import opened, router
from smartdash.ui.conference_figures import PREPARATION

PAGES = [name for names in router.PAGES.values() for name in names]
PROGRAMMES = (
    "musterstadt",
    "schwerin-smart-city-2021",
    "braunschweig-framework-2018",
    "potsdam-programme-2024",
    "potsdam-strategy-2022",
)
IN_ENGLISH = ("musterstadt", "potsdam-programme-2024")
"""The programme that fills every page, and one that leaves most of them empty; the words are the same for all."""
EVERY_VIEW = pytest.mark.parametrize(
    ("page", "lang", "audience"),
    [(page, lang, audience) for page in PAGES for lang in LANGUAGES for audience in ("internal", "public")],
)

_RAW_KEY = re.compile(r"\b[a-z_]+\.[a-z_]+(\.[a-z_]+)*\b")
_FILE_OR_ADDRESS = re.compile(r"https?://\S+|\b[\w.-]+\.(csv|xlsx|zip|de|eu|org|com|duckdb|json)\b|\b[a-z]\.\w\.")
_FOREIGN_NUMBER = {
    "de": re.compile(r"\d,\d{3}\.\d|€\d|\d%|\d\.\d{3},\d{3}"),
    "en": re.compile(r"\d\.\d{3},\d|\d\u00a0(€|Mio|Mrd)|\d,\d\u00a0%"),
}
"""How the other language writes amounts and shares."""


def messages(lang: Language) -> set[str]:
    """Every text of a language that has no placeholder, from the catalogues and the declared records."""
    found = {form for text in words(lang).messages.values() for form in ([text] if isinstance(text, str) else text)}
    for record in RECORDS.values():
        found |= {record.sheet.label(lang), record.sheet.purpose(lang)}
        for field in fields(record):
            found |= {field.column.label(lang), field.column.help(lang)}
            if issubclass(field.type, Choice):
                found |= {member.label(lang) for member in field.type}
    return {text for text in found if "{" not in text}


@pytest.fixture(scope="module")
def foreign(sample_file: Path) -> dict[str, set[str]]:
    """The texts that must not stand on a page of a language: the other one's, unless the data say them as well."""
    store = Store(sample_file)
    kept = {
        value
        for programme in (*PROGRAMMES, "reference")
        for records in store.current(programme).values()
        for record in records
        for _, value in record
        if isinstance(value, str)
    }
    german, english = messages("de"), messages("en")
    return {"de": english - german - kept, "en": german - english - kept}


def wrong_texts(found: list[str], lang: str, foreign: dict[str, set[str]]) -> Iterator[str]:
    """The texts that a reader of `lang` should not see: of the other language, or meant for the program only."""
    for text in found:
        bare = re.sub(r"^#+ ", "", text)
        if bare in foreign[lang] and bare not in ("Deutsch", "English"):
            yield f"other language: {text}"
        elif key := _RAW_KEY.search(_FILE_OR_ADDRESS.sub("", text)):
            yield f"message key {key.group()}: {text}"
        elif number := _FOREIGN_NUMBER[lang].search(text):
            yield f"number {number.group()}: {text}"


@EVERY_VIEW
def test_page(
    page: str, lang: Language, audience: str, sample_store: Store, open_page: OpenPage, foreign: dict[str, set[str]]
) -> None:
    app = open_page(page, programme=PROGRAMMES[0], lang=lang, audience=audience)
    for programme in PROGRAMMES if lang == "de" else IN_ENGLISH:
        if programme != PROGRAMMES[0]:
            app.selectbox(key="view_programme").set_value(programme).run()
        assert not app.exception, (programme, app.exception)
        assert not app.error, (programme, app.error)
        assert [title.value for title in app.title] == [words(lang)(f"page.{page}")], "the page changed"
        found = texts(app)
        assert not list(wrong_texts(found, lang, foreign)), programme
        assert without_source(found, page, programme, lang, audience, sample_store) == [], programme


def without_source(
    found: list[str], page: str, programme: str, lang: Language, audience: str, store: Store
) -> list[str]:
    """The figures of a page whose source, as-of date and revision are not on it, nor what they miss."""
    if page == "start":
        scope = Scope("reference", date.today(), None, Audience(audience))
    else:
        chosen = next(item for item in store.programmes() if item.key == programme)
        scope = Scope(programme, chosen.default_as_of or date.today(), None, Audience(audience))
    # The start page shows one figure, and the data page begins with its first tab.
    keys = {"start": ["portfolio.programmes"], "data": ["records.overview"]}.get(page) or [
        entry.key for entry in CATALOGUE.values() if entry.page == page
    ]
    if page == "conference":
        scope, keys = _first_conference(scope, keys, store)
    return [key for key in keys if not any(map(_says_source(opened.figure(scope, key, lang)), found))]


def test_the_minutes_carry_their_sources(sample_store: Store, open_page: OpenPage) -> None:
    with sample_store.read(Scope("musterstadt", date(2026, 8, 15))) as reader:
        closed = max((item for item in reader.all(Conference) if item.closed_on), key=lambda item: item.held_on)
        scope = reader.scope
    found = texts(open_page("conference", programme="musterstadt", lang="de", way="minutes", conference=closed.key))
    chosen = (("conference", closed.key),)
    made = [opened.figure(replace(scope, revision=None), key, "de", chosen) for key in MINUTES]
    assert all(figure.sources for figure in made)
    assert [figure.key for figure in made if not any(map(_says_source(figure), found))] == []


def _first_conference(scope: Scope, keys: list[str], store: Store) -> tuple[Scope, list[str]]:
    """What the conference page shows on opening: the minutes of one that is closed, else what prepares it.

    It never reads as of a day before the conference. Where there is none, every figure says what it misses.
    """
    with store.read(scope) as reader:
        items = reader.all(AgendaItem)
        first = next(iter(conferences_to_choose(reader.all(Conference), items, scope.as_of)), None)
    if first is None:
        return scope, keys
    assert not any(item.begun_at for item in items), "a sample in the middle of a conference"
    shown = MINUTES if first.closed_on else PREPARATION
    return replace(scope, as_of=max(scope.as_of, first.held_on)), list(shown)


def _says_source(figure: Figure) -> Callable[[str], bool]:
    """Whether a text is the figure's source line, or names the figure and a sheet that it misses."""
    if figure.missing:
        sheets = [RECORDS[name].sheet.label(figure.lang) for name in figure.missing]
        return lambda text: figure.title in text and any(sheet in text for sheet in sheets)
    say = words(figure.lang)
    message = "figure.public_stand" if figure.public else "figure.stand"
    stand = say(message, as_of=day(figure.as_of, figure.lang), revision=str(figure.revision))
    first = figure.sources[0] if figure.sources else say("figure.no_source", stand=stand)
    return lambda text: text.endswith(stand) and first in text
