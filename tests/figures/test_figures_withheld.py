"""Two stores that differ only in who of the hidden units said what: no figure tells anybody else the difference."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from made_stores import fill
from made_surveys import model, peers, units, wave

from smartdash.charts.tokens import LIGHT
from smartdash.figures import CATALOGUE, Figure, make
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion
from smartdash.model.shared import Municipality
from smartdash.model.surveys import Consensus, Effort, Response
from smartdash.store import Scope, Store

DAY = date(2026, 6, 30)
READERS = [Scope("p", DAY, unit="bau"), Scope("p", DAY, unit="buero", for_export=True)]
MODERATION = Scope("p", DAY, unit="buero")
RATERS = {"amt": 3, "bau": 4, "werk": 3, "klein": 2}
LEVELS = {"amt": (2, 3, 4), "bau": (4, 3, 2), "werk": (4, 2, 5), "klein": (1, 3, 2)}
BEFORE = {"amt": (2, 2, 2), "bau": (3, 3, 2), "werk": (3, 2, 2), "klein": (2, 1, 4)}

Levels = Mapping[str, tuple[int, int, int]]


def swapped(levels: Levels, one: str, other: str) -> Levels:
    return {**levels, one: levels[other], other: levels[one]}


def answers(year: int, levels: Levels) -> Iterator[Record]:
    """What each unit says on A1, A2 and B1, all its raters alike, with target, effort and words of its own."""
    given = {
        unit: {key: (level,) * RATERS[unit] for key, level in zip(("A1", "A2", "B1"), own, strict=True)}
        for unit, own in levels.items()
    }
    for record in wave(year, given):
        if isinstance(record, Response) and record.level:
            values: dict[str, Any] = {"target_level": min(5, record.level + 2), "comment": f"Geheim {record.level}"}
            if record.evidence:
                values |= {"effort": list(Effort)[record.level % 3], "evidence": f"Geheim {record.level}"}
            record = record.model_copy(update=values)
        yield record


def agreed(unit: str, level: int) -> Consensus:
    return Consensus(
        programme="p", key="", survey_wave="w2026", unit=unit, criterion="A1", agreed_on=date(2026, 6, 10), level=level,
        reason=f"Geheim {unit}.",
    )  # fmt: skip


def survey(levels: Levels, before: Levels, *more: Record) -> list[Record]:
    own = Municipality(programme="p", key="01999000", title="Stadt", state="S", population=150_000)
    compared = peers({f"Ort {place}": level for place, level in enumerate(("2", "2.5", "3", "3.5", "4"))})
    return [
        *model(),
        Criterion(programme="p", key="A2", dimension="A", title_de="A2", title_en="A2"),
        *units(),
        own,
        *compared,
        *answers(2025, before),
        *answers(2026, levels),
        *more,
    ]


def everything(made: Figure) -> dict[str, Any]:
    """All that a reader gets of a figure, in whatever way."""
    spec = json.dumps(made.draft.chart(LIGHT).to_dict(), sort_keys=True) if made.draft.chart else ""
    return {**asdict(replace(made, draft=replace(made.draft, chart=None))), "spec": spec}


def figures(store: Store, scope: Scope) -> dict[str, dict[str, Any]]:
    """Every figure of the catalogue; those that can be made of what was agreed on, of that."""
    with store.read(scope) as reader:
        return {key: everything(make(reader, key, "de", {"survey_basis": "consensus"})) for key in CATALOGUE}


def test_no_figure_tells_who_of_the_hidden_units_said_what(tmp_path: Path) -> None:
    """With the unit of two, "klein", its neighbour in the group is hidden, so the two may have said it either way."""
    both = [Store(tmp_path / f"{place}.duckdb") for place in range(2)]
    fill(both[0], *survey(LEVELS, BEFORE, agreed("klein", 5), agreed("werk", 1)))
    fill(
        both[1],
        *survey(
            swapped(LEVELS, "klein", "werk"), swapped(BEFORE, "klein", "werk"), agreed("klein", 1), agreed("werk", 5)
        ),
    )
    for scope in READERS:
        one, other = (figures(store, scope) for store in both)
        assert [key for key in one if one[key] != other[key]] == []
        assert "Geheim" not in repr(one)
    moderation = []
    for store in both:
        with store.read(MODERATION) as reader:
            moderation.append(everything(make(reader, "maturity.units", "de")))
    assert moderation[0] != moderation[1], "who may see all has to see a difference"
