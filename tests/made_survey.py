"""A small survey made in a test: two dimensions, three criteria with levels and one indicator, two units, a wave."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, CriterionKind, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Programme, Unit, UnitKind
from smartdash.model.surveys import Invitation, Response, SurveyWave
from smartdash.store import Changes, Origin, Store

TODAY = date.today()
PROGRAMME = Programme(programme="p", key="p", title="Programm", municipality_name="Stadt")
_LEVELS = ("Anfang", "Aufbau", "Geregelt", "Gesteuert", "Lernend")


def wave(first: int = -10, last: int = 10, **values: Any) -> SurveyWave:
    """A wave from `first` to `last` in days from today, moderated by the office."""
    start, end = TODAY + timedelta(first), TODAY + timedelta(last)
    given = {"key": "w", "title": "Herbst", "maturity_model": "m", "moderated_by": "office"} | values
    return SurveyWave(programme="p", start=start, end=end, **given)


def model() -> list[Record]:
    """A model of five levels: a1 and a2, which always applies, in A; b1, and the indicator b2 from 0 to 50 %, in B."""
    dimensions = [
        Dimension(programme="p", key=key, maturity_model="m", title_de=title, title_en=title, order=order)
        for order, (key, title) in enumerate({"A": "Daten", "B": "Dienste"}.items())
    ]
    levels = [
        LevelDescriptor(
            programme="p", key="", dimension=key, level=level, name_de=name, name_en=name,
            text_de=f"{name} in {key}", text_en=f"{name} in {key}",
        )
        for key in "AB"
        for level, name in enumerate(_LEVELS, 1)
    ]  # fmt: skip
    indicator = {
        "kind": CriterionKind.INDICATOR,
        "measured_in": "%",
        "anchor_low": Decimal(0),
        "anchor_high": Decimal(50),
    }
    extra: dict[str, dict[str, Any]] = {"a2": {"may_not_apply": False}, "b2": indicator}
    criteria = [
        Criterion(
            programme="p", key=key, dimension=key[0].upper(), title_de=f"Frage {key}", title_en=f"Question {key}",
            order=order, **extra.get(key, {}),
        )
        for order, key in enumerate(("a1", "a2", "b1", "b2"))
    ]  # fmt: skip
    named = MaturityModel(programme="p", key="m", title_de="Modell", title_en="Model", version="1")
    return [named, *dimensions, *levels, *criteria]


def units() -> list[Unit]:
    """The office that moderates, and two units that answer."""
    titles = {"office": "Programmbüro", "it": "IT-Amt", "works": "Stadtwerke"}
    return [Unit(programme="p", key=key, title=title, kind=UnitKind.DEPARTMENT) for key, title in titles.items()]


def invitation(unit: str, respondent: str, of: str = "w") -> Invitation:
    """An invitation of two weeks ago."""
    on = TODAY - timedelta(14)
    return Invitation(programme="p", key="", survey_wave=of, unit=unit, respondent=respondent, invited_on=on)


def response(unit: str, respondent: str, criterion: str, level: int | None = None, **values: Any) -> Response:
    """An answer of yesterday."""
    given = {"answered_on": TODAY - timedelta(1), "level": level, "survey_wave": "w"} | values
    return Response(programme="p", key="", unit=unit, respondent=respondent, criterion=criterion, **given)


def fill(store: Store, *records: Record, author: str = "Test") -> int:
    """Write records as one revision and return its number."""
    by_type: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_type[record.sheet.name].append(record)
    written, _ = store.write(Changes("p", by_type), author=author, reason="Test", origin=Origin("form"))
    assert written is not None
    return written.number


def survey(store: Store, *records: Record, running: SurveyWave | None = None) -> None:
    """Write the programme with its model, units and wave, and further records."""
    fill(store, PROGRAMME, *model(), *units(), running or wave(), *records)
