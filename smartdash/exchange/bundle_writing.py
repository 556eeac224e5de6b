"""Writing a CSV bundle: a zip with one file per record type, made for programs."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from smartdash.exchange.cell_contents import csv_content
from smartdash.exchange.selection import record_types
from smartdash.locale import Language, words
from smartdash.locale.numbers import day
from smartdash.model.declare import Record, fields
from smartdash.model.shared import Programme

_SAME_TIME = (1980, 1, 1, 0, 0, 0)
"""Files carry no time, so that the same data gives the same bytes."""


def export_bundle(
    records: Mapping[str, Sequence[Record]],
    *,
    programme: Programme,
    lang: Language,
    area: str | None = None,
    public_as_of: date | None = None,
    kept: int = 0,
) -> bytes:
    """Return a zip of CSV files (field names, codes, ISO dates, decimal points) and a README in the language.

    `public_as_of` is the as-of date of records that are only what the public may see, `kept` the number of rows that do
    not leave the house; the README says so.

    Raises:
        ValueError: There is no such area.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "README.txt", _readme(programme, lang, public_as_of, kept).encode("utf-8-sig"))
        for record in record_types(area):
            rows = held(records, record, programme)
            if rows:
                _add(archive, f"{record.sheet.name}.csv", _csv(record, rows).encode("utf-8-sig"))
    return content.getvalue()


def held(records: Mapping[str, Sequence[Record]], record: type[Record], programme: Programme) -> Sequence[Record]:
    """Return the rows of a record type; the programme itself is always among them."""
    rows = records.get(record.sheet.name, ())
    return rows if rows or record is not Programme else (programme,)


def public_fact(as_of: date | None, lang: Language) -> list[str]:
    """The line that says that only what the public may see is in a file; none where that is not so."""
    return [] if as_of is None else [words(lang)("exchange.guide_public", day=day(as_of, lang))]


def kept_fact(kept: int, lang: Language) -> list[str]:
    """The line that says how many rows did not leave the house; none where all did."""
    return [words(lang)("exchange.guide_kept", n=kept)] if kept else []


def _readme(programme: Programme, lang: Language, public_as_of: date | None, kept: int) -> str:
    word = words(lang)
    lines = [word("exchange.bundle_readme"), word("exchange.guide_programme", title=programme.title, key=programme.key)]
    lines += public_fact(public_as_of, lang) + kept_fact(kept, lang)
    if programme.demo:
        lines.append(word("exchange.guide_demo"))
    return "\n".join(lines) + "\n"


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _SAME_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


def _csv(record: type[Record], rows: Sequence[Record]) -> str:
    declared = fields(record)
    content = io.StringIO(newline="")
    writer = csv.writer(content)
    writer.writerow([one.name for one in declared])
    writer.writerows([csv_content(one, getattr(row, one.name)) for one in declared] for row in rows)
    return content.getvalue()
