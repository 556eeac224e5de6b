"""What of a programme's records leaves the house in a file, and what stays there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.model import RECORDS
from smartdash.model.declare import Record
from smartdash.model.shared import Source
from smartdash.model.surveys import AnalysisText

Records = Mapping[str, Sequence[Record]]


def passed_on(records: Records) -> dict[str, Sequence[Record]]:
    """The records by type without those that `kept_back` holds."""
    kept = {name: {row.key for row in rows} for name, rows in kept_back(records).items()}
    return {
        name: [row for row in rows if row.key not in kept[name]] if name in kept else rows
        for name, rows in records.items()
    }


def kept_back(records: Records) -> dict[str, Sequence[Record]]:
    """The records that do not leave the house, by type; types that leave as a whole are left out.

    Single answers of a survey, invitations and what a unit agreed on tell of fewer people than may be told of.
    Values of a source that may not be passed on stay with those who have the right to them; the source itself is named.
    An analysis that was edited for the house may say in words what is withheld.
    """
    closed = {
        source.key for source in records.get("source", ()) if isinstance(source, Source) and not source.redistributable
    }
    found = {
        name: rows
        if RECORDS[name].sheet.confidential
        else [row for row in rows if row.source in closed or (isinstance(row, AnalysisText) and not row.public)]
        for name, rows in records.items()
    }
    return {name: rows for name, rows in found.items() if rows}
