"""The figure of the way through a cycle: it says what is known, and draws nothing that is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_reader import MadeReader, column

from smartdash.charts.okr_trend import Course
from smartdash.charts.tokens import LIGHT
from smartdash.figures import okr_trend
from smartdash.figures.figure import Draft
from smartdash.locale import Language, words
from smartdash.model.check_ins import CheckIn, Score
from smartdash.model.declare import Record
from smartdash.model.okr import Cycle, CycleState, KeyResult, Objective, PhasedTarget
from smartdash.model.shared import ContextEvent

START, END = date(2026, 1, 1), date(2026, 4, 11)
"""A cycle of 100 days, so that each day is one per cent."""


def okr(*more: Record) -> list[Record]:
    """An objective with three key results of the same weight."""
    return [
        Cycle(programme="x", key="c", title="Q", start=START, end=END, state=CycleState.ACTIVE),
        Objective(programme="x", key="o", title="Ziel", cycle="c"),
        *(
            KeyResult(programme="x", key=key, title=f"KR {key}", objective="o", baseline=D(0), target=D(100))
            for key in "abc"
        ),
        *more,
    ]


def report(key: str, day: date, value: str, **values: Any) -> CheckIn:
    return CheckIn(programme="x", key_result=key, reported_on=day, value=D(value), confidence=6, **values)


def trend(*more: Record, as_of: date = date(2026, 3, 2), lang: Language = "de", **chosen: str) -> Draft:
    draft: Draft = okr_trend.trend(MadeReader(as_of, *okr(*more)), words(lang), chosen)  # type: ignore[arg-type]
    assert all(len(row) == len(draft.columns) for row in draft.rows)
    if draft.chart:
        draft.chart(LIGHT).to_dict()
    return draft


def course(monkeypatch: pytest.MonkeyPatch, *more: Record, **chosen: str) -> Course:
    """What is handed to the chart."""
    handed: list[Course] = []
    monkeypatch.setattr(okr_trend, "course_chart", lambda found, *_: handed.append(found))
    draft: Draft = okr_trend.trend(MadeReader(date(2026, 3, 2), *okr(*more)), words("de"), chosen)  # type: ignore[arg-type]
    assert draft.chart
    draft.chart(LIGHT)
    return handed[0]


FIRST, LATER = date(2026, 1, 11), date(2026, 1, 31)
A, B = report("a", FIRST, "10"), report("b", FIRST, "20")


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([], "Zu „Ziel“ liegt im Zyklus noch keine Meldung vor."),
        ([A], "Zu „Ziel“ liegen zu wenig Meldungen für einen Verlauf vor (Abdeckung 33 %)."),
        ([A, B], "„Ziel“ steht nach der ersten Meldung bei 15 %, das Soll am 11.01.2026 ist 10 %."),
        (
            [A, B, report("a", LATER, "30")],
            "„Ziel“ steigt seit dem 11.01.2026 von 15 % auf 25 %, das Soll am 31.01.2026 ist 30 %.",
        ),
        (
            [A, B, report("a", LATER, "-30")],
            "„Ziel“ fällt seit dem 11.01.2026 von 15 % auf 10 %, das Soll am 31.01.2026 ist 30 %.",
        ),
        (
            [A, B, report("a", LATER, "10")],
            "„Ziel“ steht seit dem 11.01.2026 unverändert bei 15 %, das Soll am 31.01.2026 ist 30 %.",
        ),
    ],
)
def test_the_title_says_where_it_stands(records: list[Record], message: str) -> None:
    assert trend(*records).message.replace("\u00a0", " ") == message


def test_the_table_has_reports_planned_values_events_and_the_end_in_the_order_of_time() -> None:
    draft = trend(
        report("a", FIRST, "10"),
        report("b", LATER, "20", forecast=D(80)),
        report("a", date(2026, 2, 10), "40", forecast=D(60)),
        PhasedTarget(programme="x", key_result="a", planned_for=date(2026, 2, 20), value=D(80)),
        ContextEvent(programme="x", key="e", title="Wahl", happened_on=date(2026, 2, 1)),
        ContextEvent(programme="x", key="before", title="Früher", happened_on=date(2025, 12, 31)),
        ContextEvent(programme="x", key="after", title="Später", happened_on=date(2026, 3, 3)),
    )
    assert list(zip(column(draft, "day"), column(draft, "what"), column(draft, "progress"), strict=True)) == [
        (START, "Beginn des Zyklus", None),
        (FIRST, "Meldung", None),
        (LATER, "Meldung", D("0.15")),
        (date(2026, 2, 1), "Kontextereignis: Wahl", None),
        (date(2026, 2, 10), "Meldung", D("0.3")),
        (date(2026, 2, 20), "Planwert", None),
        (END, "Ende des Zyklus", None),
    ]
    assert column(draft, "forecast")[-1] == D("0.7")
    assert column(draft, "expected")[-2:] == [D("0.6"), D(1)]
    assert "An einem Tag mit Meldung ist weniger als die Hälfte des Gewichts gemeldet" in draft.note
    assert "beruht der Fortschritt auf 67\u00a0% des Gewichts" in draft.note


def test_the_chart_draws_only_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = course(monkeypatch, A, report("b", LATER, "20"), report("a", date(2026, 3, 2), "50"))
    assert drawn.progress == [[(LATER, 0.15), (date(2026, 3, 2), 0.35)]]
    assert [mark.day for mark in drawn.reports] == [LATER, date(2026, 3, 2)]
    assert (drawn.forecast, drawn.score, drawn.events) == (None, None, [])


def test_a_key_result_has_its_own_way_with_its_score_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    score = Score(programme="x", key_result="a", scored_on=date(2026, 3, 1), value=D("0.8"))
    drawn = course(monkeypatch, A, report("a", LATER, "-10", forecast=D(90)), score, subject="key_result:a")
    assert drawn.progress == [[(FIRST, 0.1), (LATER, -0.1)]]
    assert drawn.forecast is None
    assert drawn.score
    assert (drawn.score.day, drawn.score.text) == (END, "Bewertung 0,80")


def test_a_cycle_without_key_results_says_so() -> None:
    empty = Cycle(
        programme="x", key="n", title="Neu", start=date(2026, 5, 1), end=date(2026, 6, 30), state=CycleState.ACTIVE
    )
    draft = trend(empty, as_of=date(2026, 5, 2))
    assert (draft.chart, draft.rows) == (None, ())
    assert draft.message == "Für den Zyklus „Neu“ sind keine Schlüsselergebnisse erfasst."


def test_the_english_figure_speaks_english() -> None:
    assert trend(A, B, lang="en").message == (
        "“Ziel” stands at 15% after its first check-in; expected on 11 Jan 2026 is 10%."
    )
