"""How a source document is named below a figure."""

from __future__ import annotations

from collections.abc import Iterable

from smartdash.locale import Language
from smartdash.locale.numbers import day
from smartdash.model.shared import Source


def citation(source: Source, lang: Language) -> str:
    """A source in one line: title, number, publisher, date and licence, as far as they are known."""
    parts = (source.title, source.number, source.publisher, day(source.issued, lang) if source.issued else None)
    line = ", ".join(part for part in parts if part)
    return f"{line} ({source.licence})" if source.licence else line


def citations(sources: Iterable[Source], lang: Language) -> tuple[str, ...]:
    """The lines of several sources."""
    return tuple(citation(source, lang) for source in sources)
