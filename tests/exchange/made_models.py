"""Foreign maturity models made in a test, with short neutral texts, as the files that somebody brings."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

Rows = list[dict[str, str]]
Upload = tuple[str, bytes]

_MODEL = {"model_id": "fremd", "model_version": "1"}


def levels(described: Iterable[int], dimensions: Iterable[str] = ("WEG", "ZIEL"), **more: str) -> Rows:
    """A row per level of each dimension; `more` are cells of every row."""
    return [
        {
            **_MODEL,
            "dimension_id": key,
            "dimension_de": f"{key} deutsch",
            "dimension_en": f"{key} English",
            "dimension_weight": "1",
            "level": str(level),
            "level_name_de": f"Stufe {level}",
            "level_name_en": f"Level {level}",
            "descriptor_de": f"Erkennbar ist {level}.",
            "descriptor_en": f"Visible is {level}.",
            **more,
        }
        for key in dimensions
        for level in described
    ]


def criteria(*keys: str) -> Rows:
    """A row per criterion such as WEG1, of the dimension that its key begins with."""
    return [
        {
            "dimension_id": key[:-1],
            "criterion_id": key,
            "criterion_de": f"{key} deutsch",
            "criterion_en": f"{key} English",
            "weight": "1",
            "na_allowed": "1",
        }
        for key in keys or ("WEG1", "WEG2", "ZIEL1")
    ]


def table(name: str, rows: Sequence[Mapping[str, str]]) -> Upload:
    """Rows as a CSV file."""
    content = io.StringIO(newline="")
    writer = csv.DictWriter(content, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return f"{name}.csv", content.getvalue().encode()


def tables(described: Iterable[int], **more: str) -> tuple[Upload, Upload]:
    """The two tables of a model whose dimensions have these levels described."""
    return table("stufen", levels(described, **more)), table("kriterien", criteria())


def zipped(*files: Upload) -> Upload:
    """Files in one zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return "modell.zip", content.getvalue()
