from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import smartdash.store
from smartdash.locale import LANGUAGES, Language, words
from smartdash.store import (
    BrokenReference,
    BrokenReferences,
    Circle,
    MovedPlan,
    RefusedRow,
    RulePackBroken,
    StoreBusy,
    StoreConflict,
    StoreDamaged,
    StoreTooNew,
    TouchedKey,
)

PACKAGE = Path(smartdash.store.__file__).parent


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_of_the_store_is_in_both_languages(lang: Language) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    used = set(re.findall(r'"(store\.[a-z_]+)"', code)) | {
        *(f"store.reference_{kind}" for kind in ("missing", "retired", "ambiguous")),
        *(
            f"store.{rule}"
            for rule in (
                "incomplete_report",
                "report_unpublished",
                "unfit_check_in",
                "posting_changed",
                "unfit_reversal",
                "unfit_answer",
                "model_in_use",
                "shared_dimension",
            )
        ),
    }
    assert len(used) > 10
    assert used == {message for message in words(lang).messages if message.startswith("store.")}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "error",
    [
        StoreBusy(Path("s.duckdb"), 20),
        StoreDamaged(Path("s.duckdb"), "one\ntwo"),
        StoreTooNew(Path("s.duckdb")),
        StoreConflict([TouchedKey("unit", "a", 3), TouchedKey("unit", "b", 3)]),
        BrokenReferences([BrokenReference("unit", "a", "parent", "x", "missing")]),
        BrokenReferences([BrokenReference("unit", "a", "parent", "x", "retired")]),
        BrokenReferences([BrokenReference("unit", "a", "parent", "x", "ambiguous")]),
        Circle("link", ["a", "b", "a"]),
        MovedPlan("milestone", "m", "planned", date(2024, 2, 29), 2),
        RefusedRow("unfit_check_in", "check_in", "c", "value", 2),
        RulePackBroken("a.yaml", "advice", "factor", "no number"),
    ],
)
def test_an_error_fills_every_placeholder_of_its_message(lang: Language, error: smartdash.store.StoreError) -> None:
    text = words(lang)(error.message, **error.values)
    assert "{" not in text
    assert all(value in text for value in error.values.values())
