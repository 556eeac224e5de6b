from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from made_reader import MadeReader, column
from made_stores import drawn

from smartdash.charts.tokens import DARK
from smartdash.figures.elements import elements, outputs
from smartdash.figures.figure import Draft
from smartdash.figures.gaps import open_gaps
from smartdash.figures.goals import goals
from smartdash.locale import Language, words
from smartdash.model.declare import Record
from smartdash.model.shared import FieldOfWork, Source
from smartdash.model.workshops import (
    Audience,
    Contribution,
    ElementLevel,
    ElementState,
    Event,
    EventKind,
    IndicatorValue,
    Link,
    LinkKind,
    ResultLevel,
    StateChange,
    StrategyElement,
)

AS_OF = date(2026, 6, 30)


def element(key: str, level: str, **values: Any) -> StrategyElement:
    return StrategyElement(programme="x", key=key, title=f"Titel {key}", level=ElementLevel(level), **values)


def indicator(key: str, baseline: int | None, target: int | None, level: ResultLevel = ResultLevel.OUTCOME) -> Record:
    ends = [None if end is None else Decimal(end) for end in (baseline, target)]
    return element(
        key, "indicator", baseline=ends[0], target=ends[1], result_level=level, measured_in="Tage", field_of_work="f"
    )


def link(origin: str, kind: LinkKind, target: str) -> Link:
    return Link(programme="x", origin=origin, kind=kind, target=target)


def value(key: str, month: int, measured: int) -> IndicatorValue:
    return IndicatorValue(
        programme="x", indicator=key, measured_on=date(2026, month, 1), value=Decimal(measured), source="blatt"
    )


FIELD = FieldOfWork(programme="x", key="f", title="Feld")
RECORDS: list[Record] = [
    FIELD,
    Source(programme="x", key="blatt", title="Kennzahlenblatt", number="KB 7"),
    element("Z1", "goal", field_of_work="f"),
    element("Z2", "goal"),
    element("Z3", "goal", state=ElementState.REJECTED, reason="Nein."),
    indicator("I1", 20, 10),
    indicator("I2", 10, 10, ResultLevel.INPUT),
    indicator("I3", 0, 4),
    link("I1", LinkKind.MEASURES, "Z1"),
    link("I2", LinkKind.MEASURES, "Z1"),
    value("I1", 1, 20),
    value("I1", 3, 18),
    value("I1", 6, 15),
    value("I1", 7, 1),
    value("I2", 3, 10),
]


def made(builder: Any, *records: Record, chosen: Mapping[str, str] | None = None, lang: Language = "de") -> Draft:
    reader: Any = MadeReader(AS_OF, *records)
    draft: Draft = builder(reader, words(lang), *([] if chosen is None else [chosen]))
    assert all(len(row) == len(draft.columns) for row in draft.rows)
    return draft


def test_each_goal_shows_its_indicators_with_the_newest_value_of_the_day_and_its_document() -> None:
    draft = made(goals, *RECORDS, chosen={})
    assert draft.message == (
        "Noch kein Indikator hat den Zielwert erreicht; am nächsten ist „Titel I1“ mit 50\u00a0% des Weges. "
        "1 von 2 Zielen ist ohne Indikator."
    )
    assert column(draft, "goal") == ["Titel Z1", "Titel Z1", "Titel Z2", None]
    assert column(draft, "indicator") == ["Titel I1", "Titel I2", None, "Titel I3"]
    assert column(draft, "value") == [15, 10, None, None]
    assert column(draft, "measured_on")[0] == date(2026, 6, 1)
    assert column(draft, "attainment") == [Decimal("0.5"), None, None, None]
    assert column(draft, "document") == ["KB 7", "KB 7", None, None]
    assert draft.note == (
        "Wirkungsstufen der Indikatoren: Input 1 und Outcome 2. Verworfene Ziele und Indikatoren fehlen."
    )
    text = drawn(draft)
    assert "noch ohne Indikator" in text
    assert "Outcome · Tage · 15 am 01.06.2026 · von 20 auf 10" in text
    assert draft.chart
    assert draft.chart(DARK).to_dict()["height"] == 42 + 66 + 66 + 60 + 42 + 66


def test_a_field_keeps_its_goals() -> None:
    draft = made(goals, *RECORDS, chosen={"field": "f"}, lang="en")
    assert column(draft, "goal") == ["Titel Z1", "Titel Z1", None]
    assert draft.message == "No indicator has reached its target yet; the nearest is “Titel I1” with 50% of the way."


def test_reached_targets_are_counted_and_goals_without_any_indicator_say_so() -> None:
    reached = made(goals, *RECORDS, value("I3", 5, 4), chosen={})
    assert reached.message.startswith("1 von 3 Indikatoren hat den Zielwert erreicht.")
    assert made(goals, element("Z2", "goal"), chosen={}).message == "Das einzige Ziel hat noch keinen Indikator."
    assert made(goals, indicator("I", 0, 4), chosen={}).message == (
        "Wie weit der einzige Indikator ist, lässt sich noch nicht sagen."
    )
    nothing = made(goals, element("M", "measure"), chosen={})
    assert nothing.chart is None
    assert nothing.rows == ()


def test_elements_and_outputs_count_states_as_of_the_day() -> None:
    changes = [
        StateChange(programme="x", element="Z1", changed_on=date(2026, 5, 1), state=ElementState.ADOPTED),
        StateChange(programme="x", element="Z2", changed_on=date(2026, 7, 1), state=ElementState.ADOPTED),
    ]
    found = [element("Z1", "goal", follows="blatt"), element("Z2", "goal"), RECORDS[1], *changes]
    assert made(outputs, *found).message == "Von 2 Elementen sind 1 beschlossen, 1 in Arbeit und 0 verworfen."
    draft = made(elements, *found)
    assert column(draft, "state") == ["beschlossen", "roh"]
    assert column(draft, "follows") == ["Kennzahlenblatt", None]


def voice(key: str) -> Contribution:
    return Contribution(programme="x", key=key, text=f"Text {key}", event="e", collected_on=date(2026, 3, 1))


def test_gaps_are_counted_by_kind_and_each_says_where_it_is_closed() -> None:
    event = Event(
        programme="x", key="e", title="e", kind=EventKind.FORUM, held_on=date(2026, 3, 1), audience=Audience.PUBLIC
    )
    draft = made(open_gaps, *RECORDS, event, voice("a"), voice("b"))
    assert draft.message == "Es gibt 5 Lücken, am häufigsten „Beitrag ohne Antwort“ (2)."
    assert column(draft, "kind") == [
        "Ziel ohne Indikator",
        "Indikator ohne Wert",
        "Beitrag ohne Antwort",
        "Beitrag ohne Antwort",
        "Handlungsfeld ohne Maßnahme",
    ]
    assert column(draft, "closed_in")[:3] == [
        "Blatt „Herkunft“: Zeile mit der Art „misst“",
        "Blatt „Indikatorwerte“: neue Zeile",
        "Blatt „Abwägungen“: neue Zeile",
    ]
    assert column(draft, "since") == [None, None, date(2026, 3, 1), date(2026, 3, 1), None]
    assert '"keine"' in drawn(draft)


def test_no_gap_one_kind_and_nothing_recorded_have_their_own_sentences() -> None:
    measure = element("M", "measure", field_of_work="f")
    goal = element("Z", "goal")
    closed = [link("M", LinkKind.CONTRIBUTES, "Z"), link("I1", LinkKind.MEASURES, "Z"), value("I1", 1, 3)]
    whole = made(open_gaps, FIELD, measure, goal, indicator("I1", 0, 4), *closed)
    assert whole.message.startswith("Keine Lücke:")
    assert whole.rows == ()
    assert made(open_gaps, FIELD).message == "Es gibt 1 Lücke: „Handlungsfeld ohne Maßnahme“."
    assert made(open_gaps, measure, element("N", "measure")).message == (
        "Es gibt 2 Lücken, alle von einer Art: „Maßnahme ohne Ziel“."
    )
    empty = made(open_gaps)
    assert empty.chart is None
    assert empty.message == "Weder Handlungsfelder noch Beiträge noch Strategieelemente sind erfasst."
