"""Text of users inside Streamlit's Markdown, where none of it may become markup."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$<>&:-])")


def plain(text: str) -> str:
    """A text whose every character is shown as it is: Markdown, HTML, LaTeX, colours and icons are escaped."""
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
