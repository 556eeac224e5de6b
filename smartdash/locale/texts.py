"""Texts cut to the room there is for them."""

from __future__ import annotations


def shortened(text: str, longest: int) -> str:
    """A text of `longest` characters at the most, the last one an ellipsis where it was cut."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
