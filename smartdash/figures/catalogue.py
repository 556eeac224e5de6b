"""The catalogue of figures: every figure by its key, and how one is made for a scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from smartdash.figures.citation import citations
from smartdash.figures.figure import Draft, Figure, Option
from smartdash.locale import Language, Words, words
from smartdash.model import RECORDS
from smartdash.store import Audience, Reader

Builder = Callable[..., Draft]
"""Takes a reader and the messages; where the figure has options, also what was chosen, by the option's name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure as the catalogue lists it: key, page (empty: on none), record types it needs, names of its options."""

    key: str
    page: str
    needs: tuple[str, ...]
    options: tuple[str, ...]
    build: Builder

    def title(self, lang: Language) -> str:
        """What the figure is about, in a few words."""
        return words(lang)(f"figure.{self.key}")


CATALOGUE: dict[str, Entry] = {}
"""Every figure by its key; which of them a page shows, and in which order, stands in pages/."""


def figure(
    key: str, *, page: str, needs: tuple[str, ...] = (), options: tuple[str, ...] = ()
) -> Callable[[Builder], Builder]:
    """Enter a builder into the catalogue under `key`; it is called only when each of `needs` has a record.

    A builder with `options` gets a third argument: a mapping from the names of those that were chosen to their values.
    It turns them into the draft's options with `choice`.
    """

    def enter(build: Builder) -> Builder:
        CATALOGUE[key] = Entry(key, page, needs, options, build)
        return build

    return enter


def choice(name: str, label: str, values: Mapping[str, str], chosen: Mapping[str, str]) -> Option:
    """An option with what was chosen for it, or its first value where nothing or something unknown was."""
    given = chosen.get(name, "")
    return Option(name, label, values, given if given in values else next(iter(values)))


def make(reader: Reader, key: str, lang: Language, chosen: Mapping[str, str] | None = None) -> Figure:
    """Make one figure of what a reader's scope shows; `chosen` holds values of its options by name.

    Raises:
        KeyError: there is no figure `key`.
    """
    entry, say = CATALOGUE[key], words(lang)
    missing = tuple(name for name in entry.needs if not reader.holds(RECORDS[name]))
    if missing:
        draft = _nothing(missing, say)
    elif entry.options:
        draft = entry.build(reader, say, chosen or {})
    else:
        draft = entry.build(reader, say)
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
        confined=draft.confined or reader.confined(),
    )


def _nothing(missing: tuple[str, ...], say: Words) -> Draft:
    sheets = ", ".join(RECORDS[name].sheet.label(say.lang) for name in missing)
    return Draft(message=say("figure.missing", sheets=sheets), columns=(), rows=())
