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
    problems = []
    for name, sheet in sheets.items():
        for column in sheet.raw.columns:
            reference, field = column.field.column, column.field.name
            if not isinstance(reference, Reference):
                continue
            allowed = set().union(*(held.get(target, set()) for target in reference.to))
            # The store is only opened for what the file itself does not hold.
            if known is not None and not allowed.issuperset(set(sheet.values[field]) - {None}):
                stored |= {target: known(programme, target) for target in reference.to if target not in stored}
                allowed = allowed.union(*(stored[target] for target in reference.to))
            if known is not None or all(target in held for target in reference.to):
                problems += _missing(sheet, field, allowed, reference.to)
            if reference.to == (name,):
                problems += _circles(sheet, field)
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
