"""Figures of deliverables, their required contents and the allowances."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made_reader import build, column
from made_stores import drawn

from smartdash.charts.tokens import DARK, LIGHT
from smartdash.figures.allowances import allowances
from smartdash.figures.deliverables import contents, deliverables
from smartdash.figures.figure import Draft
from smartdash.model.schedule import Allowance, AllowanceUnit, AllowanceUse, Deliverable, DeliverableContent
from smartdash.model.workshops import Event, EventFormat, EventKind

AS_OF = date(2026, 8, 15)
END = date(2026, 6, 30)


def deliverable(key: str, **values: Any) -> Deliverable:
    return Deliverable(programme="x", key=key, title=f"Bericht {key}", **values)


def content(of: str, key: str, covered_on: date | None = None) -> DeliverableContent:
    return DeliverableContent(programme="x", key=key, deliverable=of, title=f"Inhalt {key}", covered_on=covered_on)


def test_coverage_counts_only_where_it_is_reported_at_all() -> None:
    records = [deliverable("A", due=END), deliverable("B"), content("A", "1"), content("A", "2")]
    silent = build(deliverables, AS_OF, *records)
    assert (column(silent, "covered"), column(silent, "required")) == ([None, None], [2, None])
    assert "Verlangt sind 2 Inhalte" in silent.note
    assert silent.message == (
        "Zu keinem der 2 Arbeitsergebnisse ist eine Lieferung gemeldet. Bei 1 ist der Termin verstrichen."
    )
    reported = build(deliverables, AS_OF, *records, deliverable("C"), content("C", "3", END))
    assert column(reported, "covered") == [0, None, 1]


def test_deliverables_without_required_contents_have_no_chart() -> None:
    draft = build(deliverables, AS_OF, deliverable("A", delivered=END))
    assert draft.chart is None
    assert draft.message == "Das einzige Arbeitsergebnis ist geliefert."


def checklist(*records: Any, **chosen: str) -> Draft:
    return build(lambda reader, say: contents(reader, say, chosen), AS_OF, *records)


def test_contents_stand_below_their_deliverable() -> None:
    records = [deliverable("B"), deliverable("A"), content("A", "1", END), content("B", "2")]
    draft = checklist(*records)
    assert draft.rows == (
        ("○ offen", "Inhalt 2", "Bericht B", None),
        ("✓ abgedeckt", "Inhalt 1", "Bericht A", END),
    )
    assert draft.message == "1 von 2 verlangten Inhalten ist abgedeckt (50\u00a0%)."


def test_the_checklist_of_one_deliverable() -> None:
    records = [deliverable("A"), deliverable("B"), deliverable("C"), content("A", "1", END), content("B", "2")]
    draft = checklist(*records, deliverable="B")
    assert (draft.rows, draft.options[0].chosen) == ((("○ offen", "Inhalt 2", "Bericht B", None),), "B")
    assert draft.message == "0 von 1 verlangten Inhalten sind abgedeckt (0\u00a0%)."
    assert list(draft.options[0].values) == ["all", "A", "B"]
    assert checklist(*records, deliverable="A").message == "Der einzige verlangte Inhalt ist abgedeckt."


def test_a_checklist_that_nobody_kept_ticks_nothing() -> None:
    draft = checklist(deliverable("A"), content("A", "1"))
    assert draft.rows == ((None, "Inhalt 1", "Bericht A", None),)


@pytest.mark.parametrize(
    ("values", "state", "status"),
    [
        ({"due": AS_OF}, "○ offen", "planned"),
        ({}, "○ offen", "planned"),
        ({"due": END}, "! überfällig", "unknown"),
        ({"due": END, "delivered": END}, "● geliefert", "done"),
        ({"due": END, "delivered": END, "accepted": AS_OF}, "✓ abgenommen", "done"),
    ],
)
def test_a_deliverable_says_how_far_it_has_come(values: dict[str, Any], state: str, status: str) -> None:
    draft = build(deliverables, AS_OF, deliverable("A", **values))
    assert (column(draft, "state"), column(draft, "status")) == ([state], [status])


def test_accepted_deliverables_are_counted_beside_the_delivered() -> None:
    records = [deliverable("A", delivered=END, accepted=END), deliverable("B", delivered=END), deliverable("C")]
    assert build(deliverables, AS_OF, *records).message == (
        "2 von 3 Arbeitsergebnissen sind geliefert. 1 davon ist abgenommen."
    )


def allowance(key: str, cap: int, **values: Any) -> Allowance:
    unit = AllowanceUnit.WORKSHOP
    return Allowance(programme="x", key=key, title=f"Kontingent {key}", unit=unit, cap=Decimal(cap), **values)


def event(of: str, day: date, minutes: int | None = None, **values: Any) -> Event:
    given = {"kind": EventKind.WORKSHOP, "minutes": minutes, "allowance": of, **values}
    return Event(programme="x", key="e", title="Treffen", held_on=day, **given)


def use(of: str, day: date, amount: str) -> AllowanceUse:
    return AllowanceUse(programme="x", allowance=of, used_on=day, amount=Decimal(amount))


@pytest.mark.parametrize(
    ("records", "german"),
    [
        (
            [allowance("A", 12), allowance("B", 1)],
            "Zu den Kontingenten ist keine Nutzung gemeldet; vereinbart sind höchstens 12 Workshops und 1 Workshop.",
        ),
        (
            [allowance("A", 3), allowance("B", 2), event("A", END), event("B", END)],
            "Kein Kontingent ist überschritten; am knappsten ist „Kontingent B“: 1 von 2 genutzt, 1 frei.",
        ),
        (
            [allowance("A", 3), event("A", END), event("A", date(2026, 9, 1))],
            "Kein Kontingent ist überschritten; am knappsten ist „Kontingent A“: 1 von 3 genutzt, 1 geplant, 1 frei.",
        ),
        (
            [allowance("A", 2), event("A", END), event("A", date(2026, 9, 1))],
            "„Kontingent A“ ist ausgeschöpft (1 von 2 genutzt, der Rest verplant); kein Kontingent ist überschritten. "
            "Mit „Treffen“ (01.09.2026) sind 90\u00a0% der Obergrenze erreicht.",
        ),
        (
            [allowance("A", 0), event("A", END)],
            "1 Kontingent ist überschritten: „Kontingent A“ um 1. Über die Grenze führt „Treffen“ (30.06.2026).",
        ),
        (
            [allowance("A", 1), event("A", END)],
            "„Kontingent A“ ist ausgeschöpft (1 von 1 genutzt); kein Kontingent ist überschritten. "
            "Mit „Treffen“ (30.06.2026) sind 90\u00a0% der Obergrenze erreicht.",
        ),
        (
            [allowance("A", 2), event("A", END), use("A", date(2026, 9, 1), "1.5")],
            "1 Kontingent ist überschritten: „Kontingent A“ um 0,5. "
            "Über die Grenze führt „Abruf ohne Angabe“ (01.09.2026).",
        ),
    ],
    ids=["unused", "tightest", "with plans", "exhausted", "exceeded", "used up", "exceeded by a use"],
)
def test_the_message_on_allowances_names_the_tightest(records: list[Any], german: str) -> None:
    draft = build(allowances, AS_OF, *records)
    assert draft.message == german
    assert draft.chart is not None
    assert all(draft.chart(tokens).to_dict()["layer"] for tokens in (LIGHT, DARK))


def test_an_allowance_no_event_refers_to_has_no_known_use() -> None:
    records = [
        allowance("A", 3, limit_minutes=60),
        allowance("B", 140),
        event("A", END, 75),
        event("A", date(2026, 9, 1), 60),
    ]
    draft = build(allowances, AS_OF, *records)
    assert [column(draft, name) for name in ("used", "planned", "left")] == [[1, None], [1, None], [1, None]]
    assert draft.note == (
        "Zu 1 Kontingent ist keine Nutzung erfasst. "
        "1 Termin dauert länger als vereinbart: „Treffen“ (75 statt 60 Minuten)."
    )


def test_an_item_on_site_uses_no_digital_allowance() -> None:
    held = event("A", END, format=EventFormat.ON_SITE)
    draft = build(allowances, AS_OF, allowance("A", 9, digital=True), held)
    assert draft.note == "1 Termin vor Ort nutzt ein Kontingent für digitale Termine: „Treffen“."
    assert column(draft, "over_limit") == ["Treffen"]


def test_an_allowance_at_risk_says_so_in_message_chart_and_table() -> None:
    draft = build(allowances, AS_OF, allowance("A", 10), use("A", END, "6"), use("A", date(2026, 9, 1), "3"))
    assert "sind 90\u00a0% der Obergrenze erreicht" in draft.message
    assert [column(draft, name) for name in ("status", "breaks_on", "share")] == [
        ["at_risk"], [date(2026, 9, 1)], [Decimal("0.9")],
    ]  # fmt: skip
    assert "▲ gefährdet" in drawn(draft)
