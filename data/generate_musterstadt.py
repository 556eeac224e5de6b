"""Write the fictional programme Musterstadt as a CSV bundle: `python data/generate_musterstadt.py [folder]`.

The texts are handwritten (folder musterstadt_source/texts), the series come from fixed seeds, so every run writes
the same bytes.
"""

from __future__ import annotations

import csv
import sys
from io import StringIO
from pathlib import Path

_DATA = Path(__file__).resolve().parent
sys.path[:0] = [str(_DATA), str(_DATA.parent)]

from musterstadt_source import maturity, money, okr, projects, tables, workshops  # noqa: E402

from smartdash.model import RECORDS  # noqa: E402
from smartdash.model.declare import fields  # noqa: E402

PROGRAMME = "musterstadt"


def bundle() -> dict[str, str]:
    """The text of every CSV file by record name, in the order of the sheets."""
    found: tables.Tables = {}
    for name in ("shared", "schedule", "committees"):
        found |= tables.read(name)
    for area in (workshops, projects, okr, money, maturity):
        found |= area.tables()
    return {name: _csv(name, found[name]) for name in RECORDS if name in found}


def _csv(name: str, rows: list[tables.Row]) -> str:
    """One record type as CSV: columns in the order of its fields, those that are always empty left out."""
    record = RECORDS[name]
    rows = [{"public": "true", **row, "demo": "true"} for row in rows]
    for row in rows:
        record.model_validate({"programme": PROGRAMME, **row})
    columns = [field.name for field in fields(record) if any(row.get(field.name) for row in rows)]
    out = StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def corrections() -> dict[str, str]:
    """The text of every CSV file of what was corrected later, by record name."""
    return {name: _csv(name, rows) for name, rows in tables.read("corrections").items()}


def write(folder: Path) -> None:
    """Write the bundle and its corrections into a folder, which is made if need be."""
    for place, files in ((folder, bundle()), (folder / "later" / "1-nachgezaehlt", corrections())):
        place.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (place / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else _DATA / PROGRAMME)
