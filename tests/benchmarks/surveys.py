"""Pages about maturity of a very large survey against those of Musterstadt, and its results computed alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from smartdash.exchange.first_use import load_samples
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, Dimension, MaturityModel
from smartdash.model.shared import Programme, ProgrammeKind, Unit, UnitKind
from smartdash.model.surveys import Response, ResponseState, SurveyWave
from smartdash.store import Changes, Origin, Scope, Store
from smartdash.store.survey_results import survey_scores, survey_waves
from tests.benchmarks.comparing import TURNS, page_comparison
from tests.browser.app_server import serve

_PAGES = ("maturity", "improvements")
_PROGRAMME, _MUSTERSTADT = "large", "musterstadt"
_UNITS, _DIMENSIONS, _PER_DIMENSION, _RATERS = 500, 10, 10, 3
_YEARS = range(2022, 2027)
_SIZE = f"{_UNITS} units × {_DIMENSIONS * _PER_DIMENSION} criteria × {len(_YEARS)} waves, {_RATERS} raters each"


def survey_table(folder: Path) -> str:
    """The tables of medians and ratios."""
    small, large = folder / "musterstadt.duckdb", folder / "large-survey.duckdb"
    for path in (small, large):
        for _ in load_samples(Store(path)):
            pass
    write_survey(Store(large))
    alone = _computed(Store(large))
    with ExitStack() as stack:
        table = page_comparison(
            _PAGES,
            (_MUSTERSTADT, stack.enter_context(serve(folder, small))),
            (_PROGRAMME, stack.enter_context(serve(folder, large))),
            f"A survey of {_SIZE}, against Musterstadt's, median of {TURNS}; aim: at most 1.5 ×",
        )
    return f"{table}\nresults of all {len(_YEARS)} waves computed alone: {alone * 1000:.0f} ms"


def write_survey(store: Store) -> None:
    """A survey of many units and criteria over five years."""
    programme = Programme(programme=_PROGRAMME, key=_PROGRAMME, title="Große Erhebung", municipality_name="Musterstadt",
                          kind=ProgrammeKind.PROGRAMME, demo=True)  # fmt: skip
    _write(store, [programme, *_frame()])
    for year in _YEARS:
        _write(store, list(_responses(year)))


def _write(store: Store, records: list[Record]) -> None:
    by_type: dict[str, list[Record]] = {}
    for record in records:
        by_type.setdefault(record.sheet.name, []).append(record)
    changes = Changes(_PROGRAMME, by_type)
    store.write(changes, author="benchmark", reason="large survey", origin=Origin("benchmark"))


def _frame() -> Iterator[Record]:
    yield MaturityModel(programme=_PROGRAMME, key="m", title_de="Groß", title_en="Large", version="1")
    for dimension in range(_DIMENSIONS):
        name = f"D{dimension}"
        yield Dimension(programme=_PROGRAMME, key=name, maturity_model="m", title_de=name, title_en=name)
        for place in range(_PER_DIMENSION):
            text = f"{name}-{place}"
            yield Criterion(programme=_PROGRAMME, key=text, dimension=name, title_de=text, title_en=text)
    for place in range(_UNITS):
        kind = UnitKind.COMPANY if place % 5 == 0 else UnitKind.OFFICE
        yield Unit(programme=_PROGRAMME, key=f"u{place}", title=f"Einheit {place}", kind=kind)
    for year in _YEARS:
        yield SurveyWave(programme=_PROGRAMME, key=f"w{year}", title=f"Erhebung {year}", maturity_model="m",
                         start=date(year, 5, 1), end=date(year, 5, 31))  # fmt: skip


def _responses(year: int) -> Iterator[Record]:
    random = Random(year)
    criteria = [f"D{dimension}-{place}" for dimension, place in product(range(_DIMENSIONS), range(_PER_DIMENSION))]
    for unit, rater, criterion in product(range(_UNITS), range(_RATERS), criteria):
        answered = random.random() < 0.93
        # Not validated, since nobody measures the making of the data.
        yield Response.model_construct(
            None,
            programme=_PROGRAMME,
            key=f"w{year}/u{unit}/r{rater}/{criterion}",
            survey_wave=f"w{year}",
            unit=f"u{unit}",
            respondent=f"r{rater}",
            criterion=criterion,
            answered_on=date(year, 5, 4 + unit % 20),
            state=ResponseState.ANSWERED if answered else ResponseState.DO_NOT_KNOW,
            level=random.randrange(1, 6) if answered else None,
            target_level=4 if rater == 0 else None,
        )


def _computed(store: Store) -> float:
    """Median seconds for the results of all waves, of a day that nobody has asked for."""
    taken = []
    for day in range(1, TURNS + 1):
        with store.read(Scope(_PROGRAMME, date(2026, 9, day))) as reader:
            begin = time.perf_counter()
            for wave in survey_waves(reader):
                survey_scores(reader, wave)
            taken.append(time.perf_counter() - begin)
    return median(taken)


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        print(survey_table(Path(place)))
