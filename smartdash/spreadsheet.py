"""Text in CSV files that a spreadsheet would take for a formula, guarded by an apostrophe, and unguarded again."""

from __future__ import annotations

import re

_PROTECTED = re.compile(r"'+[=+\-@\t\r\n]")
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")


def protect(text: str) -> str:
    """Return a text that a spreadsheet will not run: an apostrophe is put before = + - @, tab and line break.

    An apostrophe that already stands there gets one more, so that `unprotect` gives back exactly the same text.
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def unprotect(text: str) -> str:
    """Return the text that `protect` was given."""
    return text[1:] if _PROTECTED.match(text) else text
