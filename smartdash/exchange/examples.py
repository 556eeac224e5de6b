"""The examples of the template as records in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from smartdash.exchange.example_rows import ROWS
from smartdash.exchange.example_texts import InBoth
from smartdash.locale import Language
from smartdash.model import RECORDS
from smartdash.model.declare import Record


@cache
def examples(lang: Language) -> Mapping[str, Sequence[Record]]:
    """Return the example rows by record type, marked as fictional, in the language."""
    return MappingProxyType({name: tuple(_made(name, row, lang) for row in ROWS[name]) for name in RECORDS})


def _made(name: str, row: dict[str, Any], lang: Language) -> Record:
    values = {field: getattr(value, lang) if isinstance(value, InBoth) else value for field, value in row.items()}
    return RECORDS[name].model_validate({"programme": "musterstadt-digital", "demo": True, **values})
