from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from made_reader import build, column

from smartdash.figures.schedule_attention import late_or_at_risk
from smartdash.model.committees import Committee, CommitteeSession, Consultation, ConsultationRole, Paper, PaperKind
from smartdash.model.projects import StatusReport, TrafficLight
from smartdash.model.schedule import Deliverable, Dependency, Milestone, MilestoneForecast, Phase
from smartdash.model.shared import Unit

AS_OF = date(2026, 8, 15)


def milestone(key: str, planned: date, **values: Any) -> Milestone:
    return Milestone(programme="x", key=key, title=f"Ziel {key}", planned=planned, **values)


def forecast(of: str, day: date) -> MilestoneForecast:
    return MilestoneForecast(programme="x", milestone=of, reported_on=date(2026, 8, 1), forecast=day)


LATE = [
    milestone("A", date(2026, 7, 1), owner_role="Leitung"),
    forecast("A", date(2026, 9, 1)),
    milestone("B", date(2026, 8, 1), unit="u"),
    Unit(programme="x", key="u", title="Bauamt"),
]


@pytest.mark.parametrize(
    ("records", "german", "english"),
    [
        (
            LATE,
            "1 Punkt im Terminplan ist verspätet oder gefährdet, 1 davon kritisch. "
            "Zu 1 fälligen Punkt fehlt die Meldung. Am häufigsten muss „Leitung“ handeln (1 von 2).",
            "1 item of the schedule is late or at risk, 1 of them critical. 1 item that is due has no report. "
            "Most often “Leitung” must act (1 of 2).",
        ),
        (
            [milestone("A", date(2026, 9, 1))],
            "Nichts im Terminplan ist verspätet, gefährdet oder ohne fällige Meldung.",
            "Nothing in the schedule is late, at risk or overdue without a report.",
        ),
        (
            [Phase(programme="x", key="p", title="P"), milestone("A", date(2026, 9, 1))],
            "Nichts im Terminplan ist verspätet, gefährdet oder ohne fällige Meldung. "
            "Für 1 Phase ohne Termine lässt sich das nicht sagen.",
            "Nothing in the schedule is late, at risk or overdue without a report. "
            "For 1 phase without dates this cannot be said.",
        ),
        (
            [Phase(programme="x", key="p", title="P"), Deliverable(programme="x", key="d", title="D")],
            "Für den Terminplan sind keine Termine genannt; ob etwas verspätet ist, lässt sich nicht sagen.",
            "The schedule names no dates; whether anything is late cannot be said.",
        ),
    ],
    ids=["late and silent", "nothing", "nothing, but not all is known", "no dates"],
)
def test_the_message_says_what_is_late_and_where_nothing_can_be_said(
    records: list[Any], german: str, english: str
) -> None:
    assert build(late_or_at_risk, AS_OF, *records).message == german
    assert build(late_or_at_risk, AS_OF, *records, lang="en").message == english


def test_without_a_report_no_delay_is_counted() -> None:
    silent = Deliverable(programme="x", key="d", title="Bericht", due=date(2026, 7, 1))
    draft = build(late_or_at_risk, AS_OF, Phase(programme="x", key="p", title="P"), silent)
    assert column(draft, "status") == ["unknown"]
    assert not {"days_late", "pushes"} & {one.name for one in draft.columns}
    late = build(late_or_at_risk, AS_OF, *LATE, silent)
    assert column(late, "days_late")[column(late, "title").index("Bericht")] is None


def test_who_must_act_is_the_role_else_the_unit_and_for_red_the_addressee() -> None:
    assert column(build(late_or_at_risk, AS_OF, *LATE), "who") == ["Leitung", "Bauamt"]
    red = StatusReport(
        programme="x", subject="A", reported_on=date(2026, 8, 1), light=TrafficLight.RED, cause="c", options="a; b",
        addressee="Rat",
    )  # fmt: skip
    draft = build(late_or_at_risk, AS_OF, *LATE, red)
    assert (column(draft, "who"), column(draft, "reported")) == (["Rat", "Bauamt"], ["rot", None])


def test_what_it_pushes_is_named_with_days_and_the_decision_that_comes_too_early() -> None:
    waiting = [
        milestone(key, date(2026, 8, 20), decision="v" if key == "W1" else None) for key in ("W1", "W2", "W3", "W4")
    ]
    session = CommitteeSession(programme="x", committee="c", held_on=date(2026, 8, 28))
    cancelled = CommitteeSession(programme="x", committee="c", held_on=date(2026, 8, 21), cancelled=True)
    paper = Paper(programme="x", key="v", title="Vorlage", kind=PaperKind.DECISION)
    records = [
        *LATE, *waiting, Committee(programme="x", key="c", title="Rat"), session, cancelled, paper,
        *(
            Dependency(programme="x", provider="A", consumer=item.key, lag_days=4 - int(item.key[1]))
            for item in waiting
        ),
        *(
            Consultation(programme="x", paper="v", session=item.key, role=ConsultationRole.DECISION)
            for item in (session, cancelled)
        ),
    ]  # fmt: skip
    draft = build(late_or_at_risk, AS_OF, *records)
    assert column(draft, "pushes") == ["„Ziel W1“ +15 Tage; „Ziel W2“ +14 Tage; „Ziel W3“ +13 Tage; 1 weiteres", None]
    assert column(draft, "decision") == [date(2026, 8, 28), None]
    assert draft.message.endswith("„Ziel A“ schiebt 4 weitere Punkte um bis zu 15 Tagen.")
    held = build(late_or_at_risk, date(2026, 8, 28), *records)
    assert "decision" not in [one.name for one in held.columns]
