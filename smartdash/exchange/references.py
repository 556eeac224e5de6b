"""Whether what a row refers to exists, and whether trees have no circles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from smartdash.exchange.problems import Problem, nearest
from smartdash.exchange.validation import Checked
from smartdash.model.declare import Reference

Known = Callable[[str, str], set[str]]
"""(programme, record type) → the keys that the store holds, shared ones included."""

_GUESSES = 20


def check_references(sheets: Mapping[str, Checked], programme: str, known: Known | None) -> list[Problem]:
    """Return a problem for each reference that leads nowhere or back to where it started.

    Without `known`, only the file itself is looked at, and references to types that it does not hold are left to the
    store.
    """
    held = {name: {key for key in sheet.keys if key is not None} for name, sheet in sheets.items()}
    stored: dict[str, set[str]] = {}

    def keys(name: str) -> set[str] | None:
        if known is not None and name not in stored:
            stored[name] = known(programme, name)
        return held.get(name, set()) | stored.get(name, set()) if known is not None or name in held else None

    problems = []
    for name, sheet in sheets.items():
        for column in sheet.raw.columns:
            reference = column.field.column
            if not isinstance(reference, Reference):
                continue
            candidates = [keys(target) for target in reference.to]
            if None not in candidates:
                allowed = set().union(*(one for one in candidates if one is not None))
                problems += _missing(sheet, column.field.name, allowed, reference.to)
            if reference.to == (name,):
                problems += _circles(sheet, column.field.name)
    return problems


def _missing(sheet: Checked, field: str, allowed: set[str], to: Sequence[str]) -> list[Problem]:
    values = sheet.values[field]
    lost = set(values) - allowed - {None}
    if not lost:
        return []
    guesses = {key: nearest(key, sorted(allowed)) for key in sorted(lost)[:_GUESSES]}
    problems = []
    for index, value in enumerate(values):
        if value in lost:
            guess = guesses.get(value)
            message = "exchange.missing_reference" if guess is None else "exchange.missing_reference_near"
            more = {"key": value, "targets": ",".join(to)} | ({} if guess is None else {"nearest": guess})
            problems.append(sheet.problem(index, field, message, more))
    return problems


def _circles(sheet: Checked, field: str) -> list[Problem]:
    next_key = {key: parent for key, parent in zip(sheet.keys, sheet.values[field], strict=True) if key and parent}
    index_of = {key: index for index, key in enumerate(sheet.keys)}
    problems = []
    done: set[str] = set()
    for start in next_key:
        path: dict[str, None] = {}
        key: str | None = start
        while key is not None and key not in done and key not in path:
            path[key] = None
            key = next_key.get(key)
        if key in path:
            circle = list(path)[list(path).index(key) :]
            text = " → ".join([*circle[:6], "…"] if len(circle) > 6 else [*circle, circle[0]])
            problems.append(sheet.problem(index_of[circle[0]], field, "exchange.circle", {"circle": text}))
        done |= path.keys()
    return problems
