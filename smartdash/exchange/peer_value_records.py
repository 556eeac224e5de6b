"""From a list of values that was bought to records: its source, the indicator or levels; and the list to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from smartdash.exchange.list_workbook import PrintedList
from smartdash.exchange.peer_values import PeerValue, headings
from smartdash.locale import Language, words
from smartdash.model.declare import Record
from smartdash.model.peers import Indicator, Observation, PeerMethod, PeerScore
from smartdash.model.shared import Municipality, Source


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is said of a list that was bought: its source, and the day of the values that name none."""

    source: Source
    day: date


def made_source(base: Mapping[str, Any], values: Mapping[str, Any]) -> Source:
    """The source of a list; what may not be passed on is not public either.

    Raises:
        ValidationError: a field is missing or not right.
    """
    return Source.model_validate({**base, **values, "public": values["redistributable"]})


def made_observations(rows: Sequence[PeerValue], purchase: Purchase, indicator: Indicator) -> list[Record]:
    """The rows as values of an indicator."""
    return [
        Observation.model_validate(
            {
                **_shared(row, purchase),
                "indicator": indicator.key,
                "municipality": row.city.key,
                "observed_on": row.day or purchase.day,
                "value": row.value,
            }
        )
        for row in rows
    ]


def made_levels(rows: Sequence[PeerValue], purchase: Purchase, model: str) -> list[Record]:
    """The rows as levels of a published index, which never stand beside self-assessments."""
    return [
        PeerScore.model_validate(
            {
                **_shared(row, purchase),
                "maturity_model": model,
                "municipality": row.city.key,
                "method": PeerMethod.PUBLISHED,
                "dimension": row.dimension,
                "observed_on": row.day or purchase.day,
                "level": row.value,
            }
        )
        for row in rows
    ]


def _shared(row: PeerValue, purchase: Purchase) -> dict[str, Any]:
    source = purchase.source
    return {
        "programme": source.programme,
        "source": source.key,
        "source_place": row.city.title,
        "public": source.public,
        "demo": source.demo,
    }


def template(cities: Sequence[Municipality], *, demo: bool, levels: bool, lang: Language) -> PrintedList:
    """The list to fill in: every city of the group with its key; `levels` adds the dimension of a maturity model."""
    say = words(lang)
    names = headings(lang)
    if not levels:
        names.pop("dimension")
    rest = [None] * (len(names) - 2)
    return PrintedList(
        say("peers.template_name"),
        say("peers.template_title"),
        [say("peers.template_help"), say("peers.template_levels" if levels else "peers.template_date")],
        list(names.values()),
        [[city.key, city.title, *rest] for city in cities],
        demo,
    )
