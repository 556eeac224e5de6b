"""Stores with records made in a test."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import Any

from smartdash.charts.tokens import LIGHT
from smartdash.figures import Figure, make
from smartdash.figures.figure import Draft
from smartdash.locale import Language
from smartdash.model.declare import Record
from smartdash.model.shared import Programme
from smartdash.store import Audience, Changes, Origin, Scope, Store

PROGRAMME = Programme(programme="p", key="p", title="Programm", municipality_name="Stadt")


def fill(store: Store, *records: Record) -> None:
    """Write the records, and the programme "p" they belong to."""
    by_type: dict[str, list[Record]] = defaultdict(list)
    for record in (PROGRAMME, *records):
        by_type[record.sheet.name].append(record)
    store.write(Changes("p", by_type), author="test", reason="test", origin=Origin("form"))


def shown(
    store: Store,
    key: str,
    lang: Language = "de",
    as_of: date = date(2026, 6, 30),
    programme: str = "p",
    audience: Audience = Audience.INTERNAL,
) -> Figure:
    """A figure as a scope of the store shows it."""
    with store.read(Scope(programme, as_of, audience=audience)) as reader:
        return make(reader, key, lang)


def drawn(draft: Draft) -> str:
    """Everything that the chart of a figure writes, as JSON."""
    assert draft.chart
    return json.dumps(draft.chart(LIGHT).to_dict(), ensure_ascii=False)


def layer_rows(draft: Draft, layer: int) -> list[dict[str, Any]]:
    """The rows that one layer of a figure's chart draws."""
    spec = json.loads(drawn(draft))
    rows: list[dict[str, Any]] = spec["datasets"][spec["layer"][layer]["data"]["name"]]
    return rows
