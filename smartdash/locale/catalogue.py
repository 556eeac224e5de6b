"""Message catalogues: gettext PO files, one per language and area, read and merged when first asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from babel.messages.pofile import read_po
from babel.numbers import format_decimal

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDER = Path(__file__).parent
_MESSAGE_ID = re.compile(r'^msgid "(.+)"$', re.MULTILINE)


@dataclass(frozen=True)
class Words:
    """The messages of one language; call it with a message id to get the text.

    German and English share one plural rule: singular for one (or minus one), else plural.
    `messages` maps an id ("area.name") to its text, or to (singular, plural) where the text depends on a count.
    """

    lang: Language
    messages: Mapping[str, str | tuple[str, str]]

    def __call__(self, message: str, /, *, n: int | None = None, **values: str) -> str:
        """Return the text of a message with its placeholders filled.

        Args:
            message: The id, such as "common.as_of".
            n: The count that chooses singular or plural; also the value of {n}, written in the language.
            values: The other placeholders by name, already formatted for the language.

        Raises:
            KeyError: The id is in no catalogue, or a placeholder has no value.
            TypeError: The message has a plural, but `n` is missing.
        """
        text = self.messages[message]
        if isinstance(text, tuple):
            if n is None:
                raise TypeError(f"message {message!r} depends on a count: pass n=")
            text = text[0] if abs(n) == 1 else text[1]
        if n is not None:
            values["n"] = format_decimal(n, locale=self.lang).replace("-", "\u2212")
        return text.format_map(values)


@lru_cache(maxsize=len(LANGUAGES))
def words(lang: Language) -> Words:
    """Return the messages of a language.

    Raises:
        ValueError: An id stands twice, in one file or in two; the text names the id and the files.
    """
    return read_messages(_FOLDER / lang, lang)


def read_messages(folder: Path, lang: Language) -> Words:
    """Read and merge all PO files of a folder; raises ValueError for an id that stands twice."""
    messages: dict[str, str | tuple[str, str]] = {}
    origin: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        content = path.read_bytes()
        for message_id in _MESSAGE_ID.findall(content.decode("utf-8")):
            if message_id in origin:
                raise ValueError(f"message {message_id!r} stands twice: {origin[message_id]} and {path.name}")
            origin[message_id] = path.name
        for entry in read_po(BytesIO(content), locale=lang, abort_invalid=True):
            message_id = entry.id if isinstance(entry.id, str) else entry.id[0]
            text = entry.string or ""
            if message_id:
                messages[message_id] = text if isinstance(text, str) else (text[0], text[1])
    return Words(lang, MappingProxyType(messages))
