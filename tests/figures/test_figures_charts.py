"""Every figure of the sample that fills all pages: charts that Vega-Lite understands, options that can be chosen."""

from __future__ import annotations

from datetime import date

import pytest

from smartdash.charts.tokens import LIGHT
from smartdash.figures import CATALOGUE, make
from smartdash.store import Scope, Store

PAGES = sorted({entry.page for entry in CATALOGUE.values()})


@pytest.mark.parametrize("page", PAGES)
def test_the_charts_of_a_page_keep_the_schema_and_its_options_are_declared(sample_store: Store, page: str) -> None:
    """The app does not look at the schema: it would say nothing that a visitor can use, and takes long."""
    entries = [entry for entry in CATALOGUE.values() if entry.page == page]
    with sample_store.read(Scope("musterstadt", date(2026, 8, 15), unit="programmbuero")) as reader:
        drafts = [make(reader, entry.key, "de").draft for entry in entries]
    for entry, draft in zip(entries, drafts, strict=True):
        assert {option.name for option in draft.options} <= set(entry.options), entry.key
        if draft.chart is not None:
            draft.chart(LIGHT).to_dict(validate=True)
