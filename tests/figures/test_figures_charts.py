"""Every chart of the sample that fills all pages is one that Vega-Lite understands."""

from __future__ import annotations

from datetime import date

import pytest

from smartdash.charts.tokens import LIGHT
from smartdash.figures import CATALOGUE, make
from smartdash.store import Scope, Store

PAGES = sorted({entry.page for entry in CATALOGUE.values()})


@pytest.mark.parametrize("page", PAGES)
def test_the_charts_of_a_page_keep_the_schema(sample_store: Store, page: str) -> None:
    """The app does not look: it would say nothing that a visitor can use, and takes long."""
    with sample_store.read(Scope("musterstadt", date(2026, 8, 15))) as reader:
        charts = [make(reader, entry.key, "de").draft.chart for entry in CATALOGUE.values() if entry.page == page]
    for chart in charts:
        if chart is not None:
            chart(LIGHT).to_dict(validate=True)
