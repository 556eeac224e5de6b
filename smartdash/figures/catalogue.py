"""The catalogue of figures: every figure by its key, and how one is made for a scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from smartdash.figures.citation import citations
from smartdash.figures.figure import Draft, Figure
from smartdash.locale import Language, Words, words
from smartdash.model import RECORDS
from smartdash.store import Audience, Reader

Builder = Callable[[Reader, Words], Draft]


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure as the catalogue lists it: its key, the page it stands on, and the record types it cannot do without."""

    key: str
    page: str
    needs: tuple[str, ...]
    build: Builder

    def title(self, lang: Language) -> str:
        """What the figure is about, in a few words."""
        return words(lang)(f"figure.{self.key}")


CATALOGUE: dict[str, Entry] = {}
"""Every figure by its key; which of them a page shows, and in which order, stands in pages/."""


def figure(key: str, *, page: str, needs: tuple[str, ...] = ()) -> Callable[[Builder], Builder]:
    """Enter a builder into the catalogue under `key`; it is called only when each of `needs` has a record."""

    def enter(build: Builder) -> Builder:
        CATALOGUE[key] = Entry(key, page, needs, build)
        return build

    return enter


def make(reader: Reader, key: str, lang: Language) -> Figure:
    """Make one figure of what a reader's scope shows.

    Raises:
        KeyError: there is no figure `key`.
    """
    entry, say = CATALOGUE[key], words(lang)
    missing = tuple(name for name in entry.needs if not reader.holds(RECORDS[name]))
    draft = _nothing(missing, say) if missing else entry.build(reader, say)
    programme = reader.programme
    return Figure(
        key=key,
        title=entry.title(lang),
        draft=draft,
        missing=missing,
        sources=citations(reader.sources(), lang),
        programme=reader.scope.programme,
        programme_title=programme.title if programme else reader.scope.programme,
        as_of=reader.scope.as_of,
        revision=reader.scope.revision or 0,
        public=reader.scope.audience is Audience.PUBLIC,
        demo=reader.demo(),
        lang=lang,
    )


def _nothing(missing: tuple[str, ...], say: Words) -> Draft:
    sheets = ", ".join(RECORDS[name].sheet.label(say.lang) for name in missing)
    return Draft(message=say("figure.missing", sheets=sheets), columns=(), rows=())
