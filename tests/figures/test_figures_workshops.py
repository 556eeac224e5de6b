from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from made_reader import build, column

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures.committees import consultations
from smartdash.figures.elements import contributions, elements, outputs
from smartdash.model.committees import (
    Committee,
    CommitteeSession,
    Consultation,
    ConsultationRole,
    Paper,
    PaperKind,
)
from smartdash.model.projects import Project
from smartdash.model.workshops import (
    Contribution,
    ElementLevel,
    ElementState,
    Link,
    LinkKind,
    StrategyElement,
)

AS_OF = date(2026, 8, 15)
BEFORE, AFTER = date(2026, 8, 1), date(2026, 9, 1)


def element(key: str, level: str, state: str, reason: str | None = None) -> StrategyElement:
    return StrategyElement(
        programme="x", key=key, title=key, level=ElementLevel(level), state=ElementState(state), reason=reason
    )


ELEMENTS = [
    element("Z1", "goal", "adopted"),
    element("M1", "measure", "adopted"),
    element("M2", "measure", "raw"),
    element("M3", "measure", "rejected", "Zu teuer."),
]


def test_elements_are_counted_by_level_and_state() -> None:
    draft = build(outputs, AS_OF, *ELEMENTS)
    assert draft.message == "Von 4 Elementen sind 2 beschlossen, 1 in Arbeit und 1 verworfen."
    assert draft.rows == (("Ziel", 0, 0, 0, 1, 0, 1), ("Maßnahme", 1, 0, 0, 1, 1, 3))
    assert draft.chart is not None
    assert all(draft.chart(tokens).to_dict()["layer"] for tokens in (LIGHT, DARK))


@pytest.mark.parametrize(
    ("states", "german", "english"),
    [
        (["raw"], "Das einzige Element ist noch nicht beschlossen.", "The only element is not adopted yet."),
        (["raw", "agreed"], "Von 2 Elementen ist noch keines beschlossen.", "None of the 2 elements is adopted yet."),
        (["adopted"] * 2, "Alle 2 Elemente sind beschlossen.", "All 2 elements are adopted."),
    ],
)
def test_none_and_all_adopted_have_their_own_sentence(states: list[str], german: str, english: str) -> None:
    found = [element(f"M{index}", "measure", state) for index, state in enumerate(states)]
    assert build(outputs, AS_OF, *found).message == german
    assert build(outputs, AS_OF, *found, lang="en").message == english


def voice(key: str, cluster: str | None, votes: int | None = None, day: date = BEFORE) -> Contribution:
    return Contribution(programme="x", key=key, text=key, event="e", collected_on=day, cluster=cluster, votes=votes)


def link(origin: str, kind: str, target: str) -> Link:
    return Link(programme="x", origin=origin, kind=LinkKind(kind), target=target)


LINKS = [
    link("v1", "derived", "M2"),
    link("M2", "merged", "M1"),
    link("v2", "derived", "M3"),
    link("M1", "contributes", "Z1"),
    link("M1", "implemented_by", "P1"),
]
VOICES = [voice("v1", "Busse", 5), voice("v2", "Busse"), voice("v3", "Parks")]


def test_elements_show_where_they_came_from_and_what_became_of_them() -> None:
    project = Project(programme="x", key="P1", title="P1")
    draft = build(elements, AS_OF, *ELEMENTS, *VOICES, *LINKS, project)
    assert draft.message == "Alle 2 weiter verfolgten Maßnahmen haben ein Vorhaben."
    assert column(draft, "contributions") == [0, 1, 1, 1]
    assert column(draft, "projects") == [1, 1, 1, 0]
    assert column(draft, "reason") == [None, None, None, "Zu teuer."]


def test_without_any_contribution_the_origin_is_unknown_and_not_zero() -> None:
    draft = build(elements, AS_OF, *ELEMENTS)
    assert column(draft, "contributions") == [None] * 4
    assert draft.message == "Keine der 2 weiter verfolgten Maßnahmen hat bisher ein Vorhaben."


def test_contributions_say_what_became_of_them_and_who_got_no_answer() -> None:
    draft = build(contributions, AS_OF, *VOICES, voice("later", "Parks", day=AFTER), *ELEMENTS, *LINKS)
    assert draft.rows == (("Busse", 2, 5, 2, 1, 1, 0), ("Parks", 1, None, 0, 0, 0, 1))
    assert draft.message == "2 von 3 Beiträgen führten zu einem Element der Strategie."
    assert draft.note == "Noch ganz ohne Folge: „Parks“."
    assert (
        build(contributions, AS_OF, VOICES[2]).message
        == "Der einzige Beitrag führte noch zu keinem Element der Strategie."
    )


def paper_with_steps(key: str, *days: date) -> list[Any]:
    found: list[Any] = [
        Paper(programme="x", key=key, title=f"Vorlage {key}", number=f"DS {key}", kind=PaperKind.DECISION)
    ]
    for index, day in enumerate(days):
        session = f"rat/{day.isoformat()}"
        role = ConsultationRole.DECISION
        found += [
            CommitteeSession(programme="x", committee="rat", held_on=day),
            Consultation(programme="x", paper=key, session=session, order=index, role=role, outcome="beschlossen"),
        ]
    return found


COUNCIL = Committee(programme="x", key="rat", title="Rat")


def test_an_outcome_shows_only_from_the_day_of_the_session_on() -> None:
    draft = build(consultations, AS_OF, COUNCIL, *paper_with_steps("1", BEFORE, AFTER))
    assert column(draft, "outcome") == ["beschlossen", None]
    assert column(draft, "state") == ["beraten", "steht aus"]
    assert column(draft, "open_session") == [None, None]
    assert draft.message == "1 von 2 Stationen steht noch aus: Rat am 01.09.2026 zu „Vorlage 1“."


def test_the_newest_sequence_stands_first_and_each_in_its_order() -> None:
    records = [*paper_with_steps("1", date(2026, 7, 1), date(2026, 7, 8)), *paper_with_steps("2", BEFORE, AS_OF)]
    draft = build(consultations, AS_OF, COUNCIL, *records)
    assert column(draft, "number") == ["DS 2", "DS 2", "DS 1", "DS 1"]
    assert column(draft, "held_on") == [BEFORE, AS_OF, date(2026, 7, 1), date(2026, 7, 8)]
    assert draft.message == "Die Termine der 4 Stationen sind vorbei."
    assert build(consultations, AS_OF, COUNCIL, *records, lang="en").message == "The dates of the 4 steps have passed."
    assert draft.chart is not None
    assert draft.chart(DARK).to_dict()["height"] == 2 * 28 + 4 * 46 + 20
