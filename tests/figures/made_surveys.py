"""A hand-made maturity survey: two dimensions of one criterion each, levels 1 to 5, few units and raters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from smartdash.figures import Figure, make
from smartdash.locale import Language
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.peers import PeerMethod, PeerScore
from smartdash.model.shared import Municipality, Unit, UnitKind
from smartdash.model.surveys import Response, ResponseState, SurveyWave
from smartdash.store import Audience, Scope, Store

UNITS = {"buero": UnitKind.OFFICE, "amt": UnitKind.OFFICE, "bau": UnitKind.OFFICE, "werk": UnitKind.COMPANY,
         "klein": UnitKind.COMPANY, "uni": UnitKind.PARTNER}  # fmt: skip
"""The units by key; "buero" moderates."""

Answer = int | str
"""A level, or a state such as "not_applicable"."""


def model(key: str = "m", lowest: int = 1, highest: int = 5, dimensions: Iterable[str] = "AB") -> list[Record]:
    """A maturity model whose dimensions have one criterion each, named like A1, and a described level 2."""
    return [
        MaturityModel(
            programme="p", key=key, title_de="Modell", title_en="Model", version="1", lowest=lowest, highest=highest
        ),
        *(Dimension(programme="p", key=one, maturity_model=key, title_de=one, title_en=one) for one in dimensions),
        *(Criterion(programme="p", key=f"{one}1", dimension=one, title_de=one, title_en=one) for one in dimensions),
        *(
            LevelDescriptor(
                programme="p", dimension=one, level=2, name_de="Begonnen", name_en="Emerging", text_de="t", text_en="t"
            )
            for one in dimensions
        ),
    ]


def units() -> list[Record]:
    """The units of `UNITS`, each with a title that is its key in capitals."""
    return [Unit(programme="p", key=key, title=key.upper(), kind=kind) for key, kind in UNITS.items()]


def wave(
    year: int, answers: Mapping[str, Mapping[str, tuple[Answer, ...]]], model: str = "m", target: int | None = 4
) -> list[Record]:
    """A wave of a year, w2025 for instance, with the answers of each unit's raters by criterion."""
    found: list[Record] = [
        SurveyWave(
            programme="p",
            key=f"w{year}",
            title=f"Erhebung {year}",
            maturity_model=model,
            moderated_by="buero",
            start=date(year, 5, 1),
            end=date(year, 5, 31),
        )
    ]
    for unit, criteria in answers.items():
        for criterion, given in criteria.items():
            found += [_response(year, unit, criterion, place, one, target) for place, one in enumerate(given)]
    return found


def _response(year: int, unit: str, criterion: str, place: int, given: Answer, target: int | None) -> Response:
    answered = isinstance(given, int)
    return Response(
        programme="p",
        survey_wave=f"w{year}",
        unit=unit,
        respondent=f"{unit}{place}",
        criterion=criterion,
        answered_on=date(year, 5, 2),
        state=ResponseState.ANSWERED if answered else ResponseState(given),
        level=given if isinstance(given, int) else None,
        target_level=target if answered else None,
        evidence="Akte" if answered and place == 0 else None,
    )


BOTH = [
    *model(),
    *units(),
    *wave(
        2025,
        {
            "amt": {"A1": (2, 2, 2), "B1": (2, 2, 2)},
            "bau": {"A1": (3, 3, 3), "B1": (3, 3, 3)},
            "werk": {"A1": (3, 3, 3), "B1": ("not_applicable",) * 3},
        },
    ),
    *wave(
        2026,
        {
            "amt": {"A1": (2, 3, 3), "B1": (1, 2, 2)},
            "bau": {"A1": (4, 4, 4), "B1": (4, 4, 4)},
            "werk": {"A1": (3, 3, 3), "B1": ("not_applicable",) * 3},
        },
    ),
]
"""Two waves in which the same three units took part, each with three raters.

By hand: A is 3.3 (3, 4, 3) after 2.7 (2, 3, 3), B is 3.0 (2, 4) after 2.5 (2, 3), overall 3.2 after 2.6.
"""


def peers(levels: Mapping[str, str], dimension: str | None = "A", **values: Any) -> list[Record]:
    """Cities of 150,000 inhabitants with a self-assessed level each, by title."""
    given = {"maturity_model": "m", "method": PeerMethod.SURVEY, "observed_on": date(2026, 3, 1), **values}
    return [
        record
        for place, (title, level) in enumerate(levels.items())
        for record in (
            Municipality(programme="p", key=f"0100{place:04}", title=title, state="S", population=150_000),
            PeerScore.model_validate(
                {"programme": "p", "municipality": f"0100{place:04}", "dimension": dimension, "level": level, **given}
            ),
        )
    ]


def seen(
    store: Store,
    key: str,
    chosen: Mapping[str, str] | None = None,
    *,
    unit: str | None = None,
    audience: Audience = Audience.INTERNAL,
    for_export: bool = False,
    as_of: date = date(2026, 6, 30),
    lang: Language = "de",
) -> Figure:
    """A figure as one unit, the public or an export sees it."""
    scope = Scope("p", as_of, audience=audience, unit=unit, for_export=for_export)
    with store.read(scope) as reader:
        return make(reader, key, lang, chosen)
