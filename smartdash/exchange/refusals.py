"""What the store refuses, in the words of the sheets: as a sentence for a form and as problems of a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from smartdash.analysis.condensing import Refusal
from smartdash.exchange.problems import Problem, capped
from smartdash.locale import Language, Words
from smartdash.locale.numbers import day
from smartdash.model import RECORDS
from smartdash.model.declare import Choice, fields
from smartdash.store import BrokenReferences, Circle, MovedPlan, RefusedRow, StoreError

REFUSALS = (BrokenReferences, Circle, MovedPlan, RefusedRow)
"""The errors of the store that the content of a write can cause."""


def refusal_text(error: StoreError, say: Words) -> str:
    """The message of a store's error with the names of sheets and columns as the reader knows them."""
    values = dict(error.values)
    record = RECORDS.get(values.get("record", ""))
    if record is not None:
        labels = {field.name: field.column.label(say.lang) for field in fields(record)}
        values["record"] = record.sheet.label(say.lang)
        if "field" in values:
            values["field"] = labels[values["field"]]
    if "planned" in values:
        values["planned"] = day(date.fromisoformat(values["planned"]), say.lang)
    return say(error.message, **values)


def refused_values(refusal: Refusal, lang: Language) -> dict[str, str]:
    """The values of a refusal's message as the reader's language writes them."""
    return {name: _in_words(value, lang) for name, value in refusal.values.items()}


def _in_words(value: Any, lang: Language) -> str:
    if isinstance(value, Choice):
        return value.label(lang)
    return day(value, lang) if isinstance(value, date) else str(value)


def refusal_problems(error: BrokenReferences | Circle | MovedPlan | RefusedRow, file: str) -> tuple[Problem, ...]:
    """The store's refusal as problems of a file; rows are not named, since the row may stand in the store only."""
    if isinstance(error, Circle):
        values = {"record": error.record, "circle": error.values["circle"]}
        return (Problem(file, "", None, "", error.keys[0], "exchange.store_circle", values),)
    if isinstance(error, MovedPlan):
        values = {"record": error.record, "field": error.field, "key": error.key}
        planned = date.fromisoformat(error.values["planned"])
        return (Problem(file, "", None, "", f"{planned:%d.%m.%Y}", "exchange.store_moved_plan", values),)
    if isinstance(error, RefusedRow):
        values = {"record": error.record, "field": error.field, "key": error.key}
        return (Problem(file, "", None, "", error.key, f"exchange.store_{error.rule}", values),)
    return capped(
        [
            Problem(
                file,
                "",
                None,
                "",
                broken.value,
                f"exchange.store_{broken.kind}",
                {"record": broken.record, "field": broken.field, "key": broken.key},
            )
            for broken in error.broken
        ]
    )
