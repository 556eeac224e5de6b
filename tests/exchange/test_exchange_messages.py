from __future__ import annotations

import re
from pathlib import Path

import pytest

import smartdash.exchange
from smartdash.exchange import dictionary
from smartdash.exchange.validation import _BETWEEN_FIELDS
from smartdash.locale import Language, words
from smartdash.model import RECORDS
from smartdash.model.declare import fields

SOURCE = "".join(path.read_text() for path in Path(smartdash.exchange.__file__).parent.glob("*.py"))
USED = set(re.findall(r'"(exchange\.[a-z_0-9]+)"', SOURCE)) | {f"exchange.{name}" for name in _BETWEEN_FIELDS}
BUILT = {
    "exchange.unknown_column",
    "exchange.unknown_column_near",
    "exchange.store_missing",
    "exchange.store_retired",
    "exchange.store_ambiguous",
    "exchange.store_incomplete_report",
    "exchange.store_report_unpublished",
    "exchange.store_unfit_check_in",
    "exchange.store_posting_changed",
    "exchange.store_unfit_reversal",
    "exchange.store_unfit_answer",
    "exchange.store_model_in_use",
    "exchange.store_shared_dimension",
    *(f"exchange.guide_fill_{step}" for step in range(1, 5)),
    *(f"exchange.guide_import_{step}" for step in range(1, 3)),
}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_message_exists_and_none_is_left_over(lang: Language) -> None:
    held = {name for name in words(lang).messages if name.startswith("exchange.")}
    assert held == USED | BUILT


def test_both_languages_have_the_same_placeholders() -> None:
    for name in USED | BUILT:
        german, english = (words(lang).messages[name] for lang in ("de", "en"))
        assert set(re.findall(r"{\w+}", str(german))) == set(re.findall(r"{\w+}", str(english))), name


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_dictionary_names_every_field(lang: Language) -> None:
    rows = dictionary(lang)
    assert len(rows) == sum(len(fields(record)) for record in RECORDS.values())
    by_field = {row.field: row for row in rows}
    assert by_field["milestone.title"].required
    assert not by_field["milestone.planned"].required
    assert not by_field["milestone_forecast.key"].required
    assert by_field["posting.amount"].unit == "€"
    light = by_field["status_report.light"]
    assert light.choices == ("grün, gelb, rot" if lang == "de" else "green, yellow, red")
    assert ("Phasen" if lang == "de" else "Phases") in by_field["milestone.phase"].kind
