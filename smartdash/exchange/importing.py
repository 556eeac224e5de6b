"""Importing a file into the store: all of it in one revision, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smartdash.exchange.files import Upload
from smartdash.exchange.memory import uncollected
from smartdash.exchange.passed_on import Records, kept_back
from smartdash.exchange.problems import Problem
from smartdash.exchange.reading import Reading, read
from smartdash.exchange.refusals import REFUSALS, refusal_problems
from smartdash.locale import Language
from smartdash.model import RECORDS
from smartdash.store import Changes, Difference, Revision, Store


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do.

    `difference` is None where the file has problems; `revision` is None where nothing was written: because of
    problems, because it was a dry run, or because nothing differs.
    """

    reading: Reading
    difference: Difference | None
    revision: Revision | None
    problems: tuple[Problem, ...]


@uncollected()
def import_file(
    store: Store,
    source: Path | str | Upload,
    *,
    programme: str | None = None,
    author: str,
    reason: str = "",
    complete: bool = False,
    restates: bool = False,
    dry_run: bool = False,
) -> ImportResult:
    """Write a file's records as one revision, or nothing if any row is wrong.

    Args:
        store: Where to write.
        source: A path, or a name with the file's bytes.
        programme: The key of the programme, needed where the file has no programme sheet.
        author: Who imports.
        reason: Why, for the revision.
        complete: The file's sheets are complete: keys that a sheet does not list are retired.
        restates: The program brings its own samples up to date; even postings may differ.
        dry_run: Only find out what would change.

    Raises:
        StoreBusy: Another process kept the store for longer than the wait.
    """
    reading = read(source, programme=programme, known=store.keys, held=store.current)
    if reading.problems or reading.programme is None:
        return ImportResult(reading, None, None, reading.problems)
    records = reading.records
    if complete and not restates:
        records = _with_kept(records, store.current(reading.programme))
    changes = Changes(reading.programme, records, complete=complete, restates=restates)
    try:
        if dry_run:
            return ImportResult(reading, store.compare(changes), None, ())
        revision, difference = store.write(changes, author=author, reason=reason, origin=reading.origin)
    except REFUSALS as error:
        return ImportResult(reading, None, None, refusal_problems(error, reading.origin.name))
    return ImportResult(reading, difference, revision, ())


def _with_kept(given: Records, current: Records) -> Records:
    """The given records, and of their types those that no export holds, so that a complete file cannot retire them."""
    kept = kept_back(current)
    listed = {name: {row.key for row in given[name]} for name in kept if name in given}
    completed = {
        name: [*given[name], *(row for row in kept[name] if row.key not in keys)] for name, keys in listed.items()
    }
    return {**given, **completed}


COUNTS = ("new", "changed", "retired", "unchanged", "missing")
"""What `difference_rows` counts, after the sheet's name."""


def difference_rows(difference: Difference, lang: Language) -> list[list[str | int | None]]:
    """What an import changes, a row per sheet that the file has rows for or the store keeps rows of.

    Of confidential rows it is not told which are as stored, or one could find out an answer by guessing it.
    """
    untold = {"changed", "unchanged"}
    return [
        [
            RECORDS[name].sheet.label(lang),
            *(
                None if count in untold and RECORDS[name].sheet.confidential else getattr(item, count)
                for count in COUNTS
            ),
        ]
        for name, item in difference.types.items()
        if item.touched or item.unchanged or item.missing
    ]


def may_change(difference: Difference) -> bool:
    """Whether a file may change something, as far as it is told: of known confidential rows it is not, see above."""
    return not difference.empty or any(
        item.unchanged for name, item in difference.types.items() if RECORDS[name].sheet.confidential
    )
