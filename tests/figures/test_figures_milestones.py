"""Figures of the milestones: status, trend, slips, promises, dependencies and decided changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_reader import build, column
from made_stores import drawn, fill, shown

from smartdash.figures.baselines import baselines, dependencies
from smartdash.figures.figure import Draft
from smartdash.figures.milestone_trend import slip_list, trend
from smartdash.figures.milestones import milestones
from smartdash.figures.promises import promises
from smartdash.locale import Language
from smartdash.model.committees import Committee, Paper, PaperKind
from smartdash.model.declare import Record
from smartdash.model.projects import StatusReport, TrafficLight
from smartdash.model.schedule import Baseline, BaselineDate, Dependency, Milestone, MilestoneForecast, Phase
from smartdash.store import Audience, Changes, Origin, Store

AS_OF = date(2026, 8, 15)
START, END = date(2026, 1, 1), date(2026, 6, 30)


def milestone(key: str, planned: date, **values: Any) -> Milestone:
    return Milestone(programme="x", key=key, title=f"Ziel {key}", planned=planned, **values)


def forecast(of: str, day: date, reported: date = date(2026, 8, 1), reason: str | None = None) -> MilestoneForecast:
    return MilestoneForecast(programme="x", milestone=of, reported_on=reported, forecast=day, reason=reason)


def done(key: str) -> Phase:
    return Phase(
        programme="x",
        key=key,
        title=f"Phase {key}",
        planned_start=START,
        planned_end=END,
        actual_start=START,
        actual_end=END,
    )


@pytest.mark.parametrize(
    ("records", "german"),
    [
        (
            [milestone("A", END, actual=END), milestone("B", END), forecast("B", date(2026, 10, 8))],
            "1 von 2 Meilensteinen sind erreicht, 1 ist verspätet: „Ziel B“ mit 100 Tagen.",
        ),
        ([milestone("A", END, actual=END)], "Der einzige Meilenstein ist erreicht."),
        (
            [milestone("A", END), forecast("A", date(2026, 10, 8))],
            "Der einzige Meilenstein „Ziel A“ ist mit 100 Tagen im Verzug.",
        ),
        (
            [milestone("A", date(2026, 9, 1)), forecast("A", date(2026, 9, 1))],
            "Der einzige Meilenstein ist nicht als verspätet gemeldet.",
        ),
        (
            [milestone("A", date(2026, 9, 1)), milestone("B", date(2026, 9, 1))],
            "Zu keinem der 2 Meilensteine liegt eine Meldung vor; gezeigt ist der Plan.",
        ),
        (
            [milestone("A", END, actual=END), milestone("B", END)],
            "1 von 2 Meilensteinen ist erreicht, keiner ist verspätet. 1 fälliger Meilenstein ist ohne Meldung.",
        ),
    ],
)
def test_the_message_on_milestones_says_what_is_reported(records: list[Any], german: str) -> None:
    assert build(milestones, AS_OF, *records).message == german


def report(of: str, light: str, reason: str | None = None, day: date = date(2026, 8, 10)) -> StatusReport:
    needed = {"measure": "m", "measure_due": AS_OF, "cause": "c", "options": "a; b", "addressee": "Rat"}
    return StatusReport(
        programme="x", subject=of, reported_on=day, light=TrafficLight(light), deviation_reason=reason, **needed
    )


def baseline(day: date, *moved: tuple[str, date], **values: Any) -> list[Any]:
    key = f"b{day}"
    decided = {"title": f"Plan vom {day.day}.{day.month}.", "decided_by": "rat", "reason": "Vergabe", **values}
    return [
        Baseline(programme="x", key=key, decided_on=day, **decided),
        *(BaselineDate(programme="x", baseline=key, subject=subject, planned_end=new) for subject, new in moved),
    ]


def test_the_milestone_table_shows_both_plans_and_both_statuses() -> None:
    late = milestone("B", END, phase="P", gate=True, owner_role="Leitung", decision="V1")
    paper = Paper(programme="x", key="V1", title="Beschluss", kind=PaperKind.DECISION)
    draft = build(
        milestones,
        AS_OF,
        milestone("C", date(2026, 9, 1)),
        late,
        *baseline(date(2026, 7, 1), ("B", date(2026, 7, 31))),
        forecast("B", date(2026, 8, 20)),
        report("B", "green", "Der Rat tagt ohnehin erst im September."),
        done("P"),
        paper,
    )
    assert draft.rows == (
        (
            "Ziel B", "Phase P", True, END, date(2026, 7, 31), date(2026, 8, 20), None, 20, 51, "at_risk",
            "on_track", date(2026, 8, 10), "Der Rat tagt ohnehin erst im September.", "Beschluss", "Leitung",
        ),
        (
            "Ziel C", None, False, date(2026, 9, 1), date(2026, 9, 1), None, None, 0, 0, "planned",
            None, None, None, None, None,
        ),
    )  # fmt: skip
    assert "Bei 1 weicht der gemeldete Stand vom berechneten ab. Der Grund ist angegeben." in draft.message
    assert "gefährdet bei mehr als 7 Tagen, kritisch bei mehr als 31 Tagen" in draft.note


@pytest.mark.parametrize(
    ("records", "text"),
    [
        ([report("A", "green")], "weicht ab, ohne Begründung"),
        ([report("A", "red")], None),
        ([report("A", "green", day=date(2026, 6, 1))], "Meldung zu alt für einen Vergleich"),
        ([], None),
    ],
    ids=["no reason", "same", "outdated", "nothing reported"],
)
def test_a_deviation_without_a_reason_is_named(records: list[Any], text: str | None) -> None:
    draft = build(milestones, AS_OF, milestone("A", END), forecast("A", date(2026, 10, 8)), *records)
    assert column(draft, "deviation") == [text]
    assert ("fehlt dafür die Begründung" in draft.message) == (text == "weicht ab, ohne Begründung")


MOVES = [
    milestone("A", date(2026, 7, 1)),
    forecast("A", date(2026, 7, 11), date(2026, 3, 1), "Lieferung"),
    forecast("A", date(2026, 7, 21), date(2026, 4, 1), "Krankheit"),
    forecast("A", date(2026, 7, 16), date(2026, 5, 1)),
    milestone("G", date(2026, 9, 30), gate=True, actual=date(2026, 8, 1)),
    forecast("G", date(2026, 9, 1), date(2026, 6, 1), "Es geht schneller."),
]


def choose(chosen: dict[str, str], *records: Any, lang: Language = "de") -> Draft:
    return build(lambda reader, say: trend(reader, say, chosen), AS_OF, *records, lang=lang)


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, ["Ziel A"] * 3 + ["Ziel G"]),
        ({"milestones": "gates"}, ["Ziel G"]),
        ({"milestones": "late"}, ["Ziel A"] * 3),
        ({"milestones": "G"}, ["Ziel G"]),
        ({"milestones": "gone"}, ["Ziel A"] * 3 + ["Ziel G"]),
    ],
)
def test_the_trend_shows_the_reports_of_the_chosen_milestones(chosen: dict[str, str], names: list[str]) -> None:
    draft = choose(chosen, *MOVES, milestone("silent", END))
    assert column(draft, "milestone") == names
    assert list(draft.options[0].values) == ["all", "gates", "late", "A", "G"]


def test_the_trend_counts_moves_to_a_later_day_only() -> None:
    draft = choose({}, *MOVES)
    assert column(draft, "moved") == [10, 10, -5, -29]
    assert draft.message == (
        "Bei 1 von 2 Meilensteinen hat sich die Prognose nach hinten verschoben: „Ziel A“ 2-mal um zusammen 20 Tage."
    )
    one = choose({"milestones": "A"}, *MOVES, lang="en")
    assert one.message == "The forecast for “Ziel A” has moved to a later day 2 times, by 20 days in all."
    assert choose({"milestones": "G"}, *MOVES).message == "Die Prognose hat sich nie nach hinten verschoben."


def test_a_choice_without_a_report_draws_nothing() -> None:
    draft = choose({"milestones": "gates"}, *MOVES[:4])
    assert (draft.rows, draft.chart, draft.message) == (
        (), None, "Für diese Auswahl ist keine Prognose gemeldet.",
    )  # fmt: skip


def test_the_trend_draws_each_report_and_ends_at_the_day_reached() -> None:
    spec = json.loads(drawn(choose({}, *MOVES)))
    rows = [row for rows in spec["datasets"].values() for row in rows if row.get("line")]
    assert len([row for row in rows if not row["reached"]]) == 2 * 4, "once for the lines, once for the points"
    (end,) = [row for row in rows if row["reached"] and row["start"] == row["level"]][:1]
    assert end["line"] == "1"
    texts = {row["label"] for rows in spec["datasets"].values() for row in rows if "label" in row}
    assert texts == {"■ Ziel A", "✓ Ziel G", "erreicht"}


def test_the_slip_list_names_the_largest_slip_first_and_no_earlier_date_as_one() -> None:
    moved = baseline(date(2026, 4, 15), ("A", date(2026, 7, 20)))
    draft = build(slip_list, AS_OF, *MOVES, *moved)
    assert draft.rows == (
        ("Ziel A", 45, 2, 1, None, date(2026, 7, 1), date(2026, 7, 20), date(2026, 7, 16), None),
        ("Ziel G", -60, 0, 1, "Es geht schneller.", date(2026, 9, 30), date(2026, 9, 30), date(2026, 9, 1),
         date(2026, 8, 1)),
    )  # fmt: skip
    assert draft.message == (
        "1 von 2 Meilensteinen liegt hinter dem ersten Plan: „Ziel A“ mit 45 Tagen. 1 liegt davor."
    )
    assert "no slip" in build(slip_list, AS_OF, *MOVES, lang="en").note


def test_promises_stand_with_their_base_and_an_empty_quarter_has_no_share() -> None:
    records = [
        milestone("A", date(2025, 11, 30), actual=date(2025, 11, 30)),
        milestone("B", date(2025, 12, 31), actual=date(2026, 1, 10)),
        milestone("C", date(2026, 4, 30), actual=date(2026, 4, 1)),
        milestone("D", date(2026, 9, 30)),
    ]
    draft = build(promises, AS_OF, *records)
    assert column(draft, "quarter") == ["Q4 2025", "Q1 2026", "Q2 2026", "Q3 2026"]
    assert [column(draft, name) for name in ("promised", "kept", "missed", "open")] == [
        [2, None, 1, 1], [1, None, 1, 0], [1, None, 0, 0], [0, None, 0, 1],
    ]  # fmt: skip
    assert [None if value is None else float(value) for value in column(draft, "share")] == [0.5, None, 1.0, None]
    assert column(draft, "not_kept")[0] == "Ziel B (31.12.2025)"
    assert draft.message == (
        "1 von 1 zugesagten Meilensteinen wurde in Q2 2026 eingehalten. "
        "Über alle abgeschlossenen Quartale sind es 2 von 3 (67\u00a0%)."
    )
    written = drawn(draft)
    assert all(text in written for text in ("1 von 2", "nichts zugesagt", "Q3 2026 (läuft)", "0 von 1, 1 offen"))


def test_baselines_name_decision_and_moved_dates_the_newest_first() -> None:
    rat = Committee(programme="x", key="rat", title="Rat der Stadt")
    records = [
        milestone("A", END),
        milestone("B", END),
        *baseline(date(2026, 3, 1), ("A", date(2026, 7, 31)), ("B", date(2026, 5, 31))),
        *baseline(date(2026, 5, 1)),
        rat,
    ]
    draft = build(baselines, AS_OF, *records)
    assert [row[1:5] + row[6:8] for row in draft.rows] == [
        (None, None, None, None, "Plan vom 1.5.", "Rat der Stadt"),
        ("Ziel A", 31, END, date(2026, 7, 31), "Plan vom 1.3.", "Rat der Stadt"),
        ("Ziel B", -30, END, date(2026, 5, 31), "Plan vom 1.3.", "Rat der Stadt"),
    ]
    assert draft.message == (
        "Der Plan wurde 2-mal durch Beschluss geändert, zuletzt „Plan vom 1.5.“ am 01.05.2026. "
        "Kein Termin rückte dadurch nach hinten."
    )
    early = build(baselines, date(2026, 4, 1), *records, lang="en")
    assert "once" in early.message
    assert "1 date moved to a later day: “Ziel A” by 31 days." in early.message
    assert build(baselines, date(2026, 2, 1), *records).rows == ()


def test_dependencies_say_who_waits_for_whom_and_what_is_pushed() -> None:
    def wait(provider: str, consumer: str, lag: int, confirmed: date | None = None) -> Dependency:
        return Dependency(programme="x", provider=provider, consumer=consumer, lag_days=lag, confirmed_on=confirmed)

    records = [
        milestone("A", date(2026, 9, 1)),
        forecast("A", date(2026, 9, 21)),
        milestone("B", date(2026, 9, 11)),
        milestone("C", date(2026, 10, 31)),
        wait("A", "B", 5, date(2026, 6, 1)),
        wait("B", "C", 0),
    ]
    draft = build(dependencies, AS_OF, *records)
    assert [column(draft, name) for name in ("provider", "slack", "state", "pushes")] == [
        ["Ziel A", "Ziel B"],
        [-15, 50],
        ["■ 15 Tage zu spät, bestätigt", "● 50 Tage Puffer, nicht bestätigt"],
        ["Ziel B: 15\u00a0Tage", None],
    ]
    assert draft.message == (
        "1 von 2 Abhängigkeiten sprengt den geltenden Plan: „Ziel B“ wartet auf „Ziel A“ und verfehlt den Plan "
        "um 15 Tage. 1 ist nicht bestätigt."
    )
    held = build(dependencies, AS_OF, *records[2:], milestone("A", date(2026, 9, 1)), lang="en")
    assert held.message == "All 2 dependencies fit the plan in force. 1 is not confirmed."


def kept(store: Store, key: str, **scope: Any) -> dict[str, Any]:
    """The first column of a figure as the store shows it, with the column `planned` or the last one beside it."""
    draft = shown(store, key, **scope).draft
    names = [item.name for item in draft.columns]
    place = names.index("planned") if "planned" in names else -1
    return {str(row[0]): row[place] for row in draft.rows}


def test_the_store_cuts_decisions_at_the_day_and_hides_them_from_the_public(tmp_path: Path) -> None:
    later = date(2026, 7, 31)
    store = Store(tmp_path / "store.duckdb")
    fill(
        store,
        Committee(programme="p", key="rat", title="Rat"),
        Milestone(programme="p", key="A", title="Ziel A", planned=END),
        Milestone(programme="p", key="B", title="Ziel B", planned=END),
        MilestoneForecast(programme="p", milestone="B", reported_on=date(2026, 2, 1), forecast=later),
        Baseline(
            programme="p", key="b", title="b", decided_on=date(2026, 5, 1), decided_by="rat", reason="r", public=False
        ),
        BaselineDate(programme="p", baseline="b", subject="A", planned_end=later),
        BaselineDate(programme="p", baseline="b", subject="B", planned_end=later),
        Dependency(programme="p", provider="B", consumer="A"),
    )
    plans = [
        kept(store, "schedule.milestones", as_of=day, audience=audience)
        for day, audience in (
            (date(2026, 4, 30), Audience.INTERNAL),
            (date(2026, 5, 1), Audience.INTERNAL),
            (date(2026, 5, 1), Audience.PUBLIC),
        )
    ]
    assert plans == [{"Ziel A": END, "Ziel B": END}, {"Ziel A": later, "Ziel B": later}, {"Ziel A": END, "Ziel B": END}]
    assert shown(store, "schedule.baselines", audience=Audience.PUBLIC).missing == ("baseline",)


def test_a_retired_milestone_is_in_no_figure_any_more(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    stays, goes = (Milestone(programme="p", key=key, title=f"Ziel {key}", planned=END) for key in "AB")
    of_goes = [
        MilestoneForecast(programme="p", milestone="B", reported_on=date(2026, 2, 1), forecast=date(2026, 7, 31)),
        Dependency(programme="p", provider="B", consumer="A"),
    ]
    fill(store, stays, goes, MilestoneForecast(programme="p", milestone="A", reported_on=START, forecast=END), *of_goes)
    keys = ("schedule.milestones", "schedule.trend", "schedule.slips", "schedule.promises", "schedule.dependencies")
    assert all("Ziel B" in str(shown(store, key).draft.rows) for key in keys if key != "schedule.promises")
    forecast_of_stays = MilestoneForecast(programme="p", milestone="A", reported_on=START, forecast=END)
    left: dict[str, list[Record]] = {"milestone": [stays], "milestone_forecast": [forecast_of_stays], "dependency": []}
    store.write(Changes("p", left, complete=True), author="test", reason="test", origin=Origin("form"))
    assert not any("Ziel B" in str(shown(store, key).draft.rows) for key in keys)
    assert shown(store, "schedule.dependencies").missing == ("dependency",)
