"""Text of users inside Streamlit's Markdown, where none of it may become markup."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$<>&:-])")
_ADDRESS = re.compile(r"://|@|\bwww(?=\.)")


def plain(text: str) -> str:
    """A text whose every character is shown as it is: Markdown, HTML, LaTeX, colours and icons are escaped.

    Web and mail addresses get an invisible joiner, since Markdown makes links even of escaped ones.
    """
    return _SPECIAL.sub(r"\\\1", _ADDRESS.sub("\\g<0>\u2060", text.replace("\n", " ")))
