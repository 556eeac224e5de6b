"""Figure of what the store holds of a programme, and how much of it names its source."""

from __future__ import annotations

from decimal import Decimal

from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.locale import Words
from smartdash.locale.numbers import number, percent
from smartdash.model import RECORDS
from smartdash.model.declare import AREAS, Area
from smartdash.model.shared import Source
from smartdash.store import Reader
from smartdash.store.counts import RecordCount, record_counts


@figure("records.overview", page="data")
def overview(reader: Reader, say: Words) -> Draft:
    """How many records stand on each sheet, and how many of them name their source or are public."""
    lang = say.lang
    counts = record_counts(reader)
    if not counts:
        return Draft(message=say("records.empty"), columns=(), rows=())
    total = sum(count.records for count in counts)
    facts = [count for count in counts if not _is_source(count)]
    share = _share(facts)
    areas = [area for area in AREAS.values() if any(_area(count) == area for count in counts)]
    message = say("records.message", n=total, sheets=say("records.sheets", n=len(counts)))
    if share == 1:
        message = f"{message} {say('records.all_with_source')}"
    elif share is not None:
        message = f"{message} {say('records.with_source_share', share=percent(share, lang))}"
    return Draft(
        message=message,
        columns=(
            TableColumn("area", say("records.area")),
            TableColumn("sheet", say("records.sheet")),
            TableColumn("records", say("records.records"), "whole"),
            TableColumn("with_source", say("records.with_source"), "whole"),
            TableColumn("share", say("records.share"), "percent"),
            TableColumn("public", say("records.public"), "whole"),
        ),
        rows=tuple(
            (
                _area(count).label(lang),
                RECORDS[count.name].sheet.label(lang),
                count.records,
                None if _is_source(count) else count.with_source,
                None if _is_source(count) else _share([count]),
                count.public,
            )
            for count in counts
        ),
        unit=say("records.unit"),
        chart=lambda tokens: bar_chart([_area_bar(area, facts, tokens, say) for area in areas], tokens),
        alt=say("records.alt", n=len(areas), message=message),
        note=say("records.note"),
    )


def _is_source(count: RecordCount) -> bool:
    return count.name == Source.sheet.name


def _area(count: RecordCount) -> Area:
    return AREAS[RECORDS[count.name].sheet.area]


def _share(counts: list[RecordCount]) -> Decimal | None:
    records = sum(count.records for count in counts)
    return Decimal(sum(count.with_source for count in counts)) / records if records else None


def _area_bar(area: Area, facts: list[RecordCount], tokens: Tokens, say: Words) -> Bar:
    own = [count for count in facts if _area(count) == area]
    records, sourced = sum(count.records for count in own), sum(count.with_source for count in own)
    details = {
        say("records.area"): area.label(say.lang),
        say("records.records"): number(records, say.lang),
        say("records.with_source"): number(sourced, say.lang),
    }
    return Bar(
        area.label(say.lang),
        (Part(sourced, tokens.actual_fill), Part(records - sourced, "")),
        number(records, say.lang),
        details,
    )
