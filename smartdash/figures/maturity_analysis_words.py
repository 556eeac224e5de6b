"""The findings of an analysis as sentences, and the sentences as a text that somebody can edit and compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from smartdash.analysis.maturity_findings import Finding, Value
from smartdash.figures.headings import listing
from smartdash.figures.lift_words import plus
from smartdash.figures.surveys import said_change
from smartdash.locale import Words
from smartdash.locale.numbers import number, percent

_SHARES = ("coverage", "needed")
_SENTENCE_ENDS = (".", "!", "?", ":", ";")


def sentence(finding: Finding, say: Words) -> str:
    """A finding in words."""
    values: dict[str, Any] = {
        name: _written(name, value, finding.values, say) for name, value in finding.values.items()
    }
    return say(f"analysis.{finding.kind}", **values)


def _written(name: str, value: Value, values: Mapping[str, Value], say: Words) -> str | int:
    if isinstance(value, tuple):
        return listing(_items(name, value, values, say), say)
    if isinstance(value, Decimal):
        if name == "change":
            return said_change(value, say)
        if name == "gain":
            return plus(value, say)
        return percent(value, say.lang, 0) if name in _SHARES else number(value, say.lang, 1)
    if isinstance(value, int):
        return value if name == "n" else number(value, say.lang)
    return value


def _items(name: str, value: Sequence[str] | Sequence[Decimal], values: Mapping[str, Value], say: Words) -> list[str]:
    if name == "groups":
        return [say(f"maturity.group.{group}") for group in value]
    quoted = [say("analysis.quoted", title=str(title)) for title in value]
    gains = values.get("gains")
    if name != "titles" or not isinstance(gains, tuple):
        return quoted
    return [
        f"{title} ({plus(gain, say)})" for title, gain in zip(quoted, gains, strict=True) if isinstance(gain, Decimal)
    ]


def text_of(findings: Iterable[Finding], say: Words) -> str:
    """The text: each part under a heading of its own, one sentence to a line, an empty line between the parts."""
    parts = [
        "\n".join((say(f"analysis.part_{part}"), *(sentence(finding, say) for finding in group)))
        for part, group in groupby(findings, lambda finding: finding.part)
    ]
    return "\n\n".join(parts)


def paragraphs(text: str, say: Words) -> list[tuple[str, str]]:
    """The parts of a text with their headings; where the first line of one is a sentence, it has none of its own."""
    found = []
    for part in "\n".join(line.strip() for line in text.splitlines()).split("\n\n"):
        first, *rest = [line for line in part.split("\n") if line] or [""]
        if not first:
            continue
        headed = bool(rest) and not first.endswith(_SENTENCE_ENDS)
        found.append((first, " ".join(rest)) if headed else (say("analysis.part_text"), " ".join((first, *rest))))
    return found


def differing(before: str, now: str) -> tuple[list[str], list[str]]:
    """The sentences of a generated text that are gone, and those that are new."""
    then, today = before.splitlines(), now.splitlines()
    return [line for line in then if line and line not in today], [line for line in today if line and line not in then]
