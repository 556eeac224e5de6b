"""The fictional programme: reproducible, valid, closed in itself, and full of the cases the figures must survive."""

from __future__ import annotations

import csv
import importlib
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from smartdash.analysis.impediments import ImpedimentStanding, impediment_standings, missing_for_decision
from smartdash.analysis.key_result_status import effective_state
from smartdash.analysis.projects import ProjectRecords, ProjectStanding, project_standings
from smartdash.model import RECORDS
from smartdash.model.check_ins import CheckIn
from smartdash.model.declare import Record, Reference, fields
from smartdash.model.projects import ReportDimension
from smartdash.store import Scope, Store
from smartdash.store.rule_packs import rule_packs

DATA = Path(__file__).parents[1] / "data"
BUNDLE = DATA / "musterstadt"
AS_OF = date(2026, 8, 15)
SOME_YEARS = (2025, 2026, 2027)

Records = dict[str, dict[str, Any]]


def read(folder: Path) -> Records:
    """Every record of a bundle by type and key; validating is part of reading."""
    found: Records = {}
    for file in sorted(folder.glob("*.csv")):
        record = RECORDS[file.stem]
        with file.open(encoding="utf-8", newline="") as text:
            rows = [{name: value for name, value in row.items() if value} for row in csv.DictReader(text)]
        made = [record.model_validate({"programme": folder.name, **row}) for row in rows]
        found[file.stem] = {item.key: item for item in made}
        assert len(found[file.stem]) == len(made), f"a key stands twice in {file.name}"
    return found


@pytest.fixture(scope="module")
def records() -> Records:
    return read(BUNDLE)


def of(records: Records, name: str) -> list[Any]:
    return list(records[name].values())


def test_committed_files_are_what_the_generator_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DATA))
    importlib.import_module("generate_musterstadt").write(tmp_path)
    assert contents(tmp_path) == contents(BUNDLE)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_check_in_was_corrected_later_and_stays_in_its_place_in_time(sample_store: Store) -> None:
    key = "KR-2026-Q2-5.1/2026-05-01"
    newest, first = sample_store.record_history("musterstadt", "check_in", key)
    assert (first.values["value"], newest.values["value"]) == (Decimal("48.3"), Decimal("46.1"))
    for revision, value in ((first.revision, Decimal("48.3")), (newest.revision, Decimal("46.1"))):
        with sample_store.read(Scope("musterstadt", AS_OF, revision)) as reader:
            reports = [item for item in reader.all(CheckIn) if item.key_result == "KR-2026-Q2-5.1"]
        assert [item.reported_on for item in reports][:2] == [date(2026, 4, 13), date(2026, 5, 1)]
        assert reports[1].value == value


def test_every_row_is_marked_as_demo_and_names_its_source(records: Records) -> None:
    rows = [row for rows in records.values() for row in rows.values()]
    assert all(row.demo for row in rows)
    assert all(row.source and row.source_place for row in rows if row.sheet.name != "source")
    assert all("(fiktiv, Demo)" in row.title for row in of(records, "source"))


def test_every_reference_resolves(records: Records) -> None:
    reference = read(DATA / "reference")
    dangling = [
        f"{name} {row.key}: {field.name} = {getattr(row, field.name)}"
        for name, rows in records.items()
        for row in rows.values()
        for field in references(type(row))
        if (value := getattr(row, field.name)) is not None
        if not any(value in records.get(kind, {}) or value in reference.get(kind, {}) for kind in field.column.to)
    ]
    assert dangling == []


def references(record: type[Record]) -> list[Any]:
    return [field for field in fields(record) if isinstance(field.column, Reference)]


def test_columns_follow_the_declared_order_and_none_is_empty() -> None:
    for file in BUNDLE.rglob("*.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            header, *rows = csv.reader(text)
        assert header == [field.name for field in fields(RECORDS[file.stem]) if field.name in header], file.name
        assert all(any(column) for column in zip(*rows, strict=True)), file.name


def test_the_bundle_stays_small_enough_to_review() -> None:
    # The survey's answers are a third of it; conferences, alignment and risks brought what is above 420,000.
    assert sum(file.stat().st_size for file in BUNDLE.rglob("*.csv")) < 600_000


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("field_of_work", 7, 7),
        ("unit", 16, 20),
        ("context_event", 3, 5),
        ("milestone", 18, 18),
        ("deliverable", 7, 7),
        ("allowance", 4, 4),
        ("event", 20, 26),
        ("contribution", 140, 160),
        ("strategy_element", 60, 70),
        ("project", 18, 18),
        ("impediment", 15, 15),
        ("cycle", 8, 8),
        ("key_result", 97, 97),
        ("posting", 145, 170),
        ("commitment", 18, 18),
        ("paper", 12, 12),
    ],
)
def test_size(records: Records, name: str, low: int, high: int) -> None:
    assert low <= len(records[name]) <= high


def test_opens_in_the_middle_of_the_seventh_quarter(records: Records) -> None:
    cycles = of(records, "cycle")
    assert records["programme"]["musterstadt"].default_as_of == AS_OF
    assert [effective_state(cycle, AS_OF) for cycle in cycles] == ["closed"] * 6 + ["active", "preparation"]
    assert cycles[6].start < AS_OF < cycles[6].end


@pytest.mark.parametrize(
    "name",
    ["posting", "milestone_forecast", "status_report", "impediment", "consideration", "state_change"],
)
def test_a_little_is_reported_after_the_opening_date(records: Records, name: str) -> None:
    reported_on = RECORDS[name].sheet.reported_on
    assert reported_on is not None
    days = [getattr(row, reported_on) for row in of(records, name)]
    assert max(days) <= date(2026, 9, 30)
    assert 0 < sum(day > AS_OF for day in days) < len(days) / 5


# Schedule


def test_milestones_slip_step_by_step_and_one_moves_earlier(records: Records) -> None:
    steps = defaultdict(list)
    for row in of(records, "milestone_forecast"):
        if row.reported_on <= AS_OF:
            steps[row.milestone].append(row.forecast)
    assert set(steps) == set(records["milestone"])
    assert sum(len(days) >= 3 and days == sorted(set(days)) for days in steps.values()) >= 5
    earlier = [key for key, days in steps.items() if len(days) > 2 and days == sorted(set(days), reverse=True)]
    assert earlier == ["M16"]


def test_two_phases_and_several_milestones_are_late(records: Records) -> None:
    late = [p.key for p in of(records, "phase") if not p.parent and p.planned_end < AS_OF and not p.actual_end]
    assert late == ["P4", "P5"]
    milestones = of(records, "milestone")
    assert sum(m.planned < AS_OF and not m.actual for m in milestones) >= 4
    assert sum(bool(m.actual) and m.actual > m.planned for m in milestones) >= 4
    assert sum(bool(m.actual) and m.actual <= m.planned for m in milestones) >= 4
    assert {m.phase for m in milestones if m.closes_phase} == {"P1", "P2", "P3", "P4", "P5", "P6"}


def test_deliverables_have_contents_and_an_allowance_is_nearly_used_up(records: Records) -> None:
    contents = of(records, "deliverable_content")
    counts = [sum(c.deliverable == key for c in contents) for key in records["deliverable"]]
    assert min(counts) >= 4
    assert max(counts) <= 8
    assert 0 < sum(c.covered_on is None for c in contents) < len(contents)
    full_days = records["allowance"]["K2"]
    assert sum(event.allowance == "K2" for event in of(records, "event")) == full_days.cap - 1
    assert any(
        e.allowance == "K1" and e.minutes > records["allowance"]["K1"].limit_minutes for e in of(records, "event")
    )


def test_two_decided_baselines_move_many_dates_later_and_one_earlier(records: Records) -> None:
    baselines = sorted(of(records, "baseline"), key=lambda row: row.decided_on)
    assert [(row.decided_by, row.paper) for row in baselines] == [("lenkungskreis", None), ("rat", "V-2026-0058")]
    in_force = {key: row.planned for key, row in records["milestone"].items()}
    in_force |= {key: row.planned_end for key, row in records["phase"].items()}
    first = dict(in_force)
    for baseline in baselines:
        for row in of(records, "baseline_date"):
            if row.baseline == baseline.key:
                in_force[row.subject] = row.planned_end
    assert {key for key, day in in_force.items() if day < first[key]} == {"M17", "P6.2"}
    assert sum(day > first[key] for key, day in in_force.items()) >= 10
    for key, phase in records["phase"].items():
        if phase.parent:
            assert in_force[key] <= in_force[phase.parent], key
    for milestone in of(records, "milestone"):
        if milestone.closes_phase and in_force[milestone.key] != first[milestone.key]:
            assert in_force[milestone.key] == in_force[milestone.phase]


def test_dependencies_form_the_chain_to_the_last_decision(records: Records) -> None:
    rows = of(records, "dependency")
    TopologicalSorter(
        {row.consumer: {r.provider for r in rows if r.consumer == row.consumer} for row in rows}
    ).prepare()
    pairs = {(row.provider, row.consumer) for row in rows}
    assert {("M09", "M10"), ("M10", "M11"), ("M11", "M18"), ("M12", "M15")} <= pairs
    assert any(row.lag_days for row in rows)
    assert {row.confirmed_on is None for row in rows} == {True, False}
    assert any(row.confirmed_on and row.confirmed_on > AS_OF for row in rows)


def test_person_days_come_close_to_their_cap_with_what_is_planned(records: Records) -> None:
    uses = of(records, "allowance_use")
    cap = records["allowance"]["K4"].cap
    assert sum(use.amount for use in uses if use.used_on <= AS_OF) / cap < Decimal("0.8")
    assert Decimal("0.9") <= sum(use.amount for use in uses) / cap < 1


# Workshops


def test_gaps_between_contributions_and_measures(records: Records) -> None:
    links = of(records, "link")
    states = final_states(records)
    elements = [element for element in of(records, "strategy_element") if states[element.key] != "rejected"]
    measured = {link.target for link in links if link.kind == "measures"}
    contributing = {link.origin for link in links if link.kind == "contributes"}
    valued = {value.indicator for value in of(records, "indicator_value")}
    assert [e.key for e in elements if e.level == "goal" and e.key not in measured] == ["Z14"]
    assert [e.key for e in elements if e.level == "measure" and e.key not in contributing] == ["MA21"]
    assert [e.key for e in elements if e.level == "indicator" and e.key not in valued] == ["I07"]
    served = {link.target for link in links if link.kind == "contributes"}
    assert [e.key for e in elements if e.level == "field_of_action" and e.key not in served] == ["H7"]
    unlinked = set(records["contribution"]) - {link.origin for link in links}
    assert 10 < len(unlinked) < len(records["contribution"]) / 2


def test_all_kinds_of_events_elements_and_links_occur(records: Records) -> None:
    events, elements = of(records, "event"), of(records, "strategy_element")
    assert len({e.kind for e in events}) == 6
    assert {e.format for e in events} == {"digital", "on_site", "hybrid"}
    assert len({e.audience for e in events}) == 5
    assert any(e.held_on > AS_OF for e in events)
    assert len({e.level for e in elements}) == 5
    assert set(final_states(records).values()) == {"raw", "condensed", "agreed", "adopted", "rejected"}
    assert len({link.kind for link in of(records, "link")}) == 6


def test_contributions_are_collected_at_past_events_and_come_in_many_words(records: Records) -> None:
    contributions = of(records, "contribution")
    assert all(records["event"][c.event].held_on <= c.collected_on <= AS_OF for c in contributions)
    wholes = [c.text for c in contributions if c.key[-1].isdigit()]
    assert len(set(wholes)) >= 0.95 * len(wholes)


def final_states(records: Records) -> dict[str, str]:
    """The state of each element on the opening date."""
    states = {element.key: element.state for element in of(records, "strategy_element")}
    for change in sorted(of(records, "state_change"), key=lambda c: c.changed_on):
        if change.changed_on <= AS_OF:
            states[change.element] = change.state
    return states


def test_elements_take_one_step_after_the_other_and_all_but_one_are_dated(records: Records) -> None:
    after = {
        "raw": {"condensed", "rejected"},
        "condensed": {"agreed", "rejected"},
        "agreed": {"adopted", "rejected", "condensed"},
        "adopted": {"rejected"},
    }
    steps = defaultdict(list)
    for change in sorted(of(records, "state_change"), key=lambda c: (c.element, c.changed_on)):
        steps[change.element].append(change)
    for key, changes in steps.items():
        states = [records["strategy_element"][key].state, *(change.state for change in changes)]
        assert states[0] == "raw", key
        assert all(later in after[earlier] for earlier, later in pairwise(states)), (key, states)
        assert len({change.changed_on for change in changes}) == len(changes), key
        assert all(c.paper == "V-2026-0058" for c in changes if c.state == "adopted"), key
    assert set(records["strategy_element"]) - set(steps) == {"MA21"}


def test_what_came_of_what_has_no_circle(records: Records) -> None:
    links = [link for link in of(records, "link") if link.kind in ("derived", "merged", "split")]
    origins = defaultdict(set)
    for link in links:
        origins[link.target].add(link.origin)
    TopologicalSorter(origins).prepare()
    contributions, elements = records["contribution"], records["strategy_element"]
    parts = {link.target for link in links if link.target in contributions}
    assert len(parts) >= 8
    assert all(link.kind == "split" for link in links if link.target in parts)
    assert any(link.origin in parts and link.kind == "merged" for link in links)
    joined = {(link.origin, link.kind) for link in links if link.origin in elements}
    assert sum(kind == "merged" for _, kind in joined) >= 3
    assert ("MA23", "split") in joined


def test_only_what_was_said_in_public_is_public_and_four_of_five_are_answered(records: Records) -> None:
    contributions, events = records["contribution"], records["event"]
    heard = {key for key, row in contributions.items() if events[row.event].audience == "public"}
    assert {key for key, row in contributions.items() if row.public} == heard
    answers = of(records, "consideration")
    assert all(contributions[answer.contribution].collected_on < answer.considered_on for answer in answers)
    answered = {answer.contribution for answer in answers if answer.considered_on <= AS_OF}
    assert answered < heard
    assert 0.7 < len(answered) / len(heard) < 0.9
    assert {answer.outcome for answer in answers} == {"adopted", "partly", "not_adopted"}
    newest = {a.contribution: a for a in sorted(answers, key=lambda a: a.considered_on) if a.considered_on <= AS_OF}
    led_on = {link.origin for link in of(records, "link")}
    assert {key for key, answer in newest.items() if answer.outcome == "adopted"} <= led_on
    assert len(answers) > len({answer.contribution for answer in answers})


def test_some_bodies_were_never_reached(records: Records) -> None:
    attended = of(records, "attendance")
    present: dict[str, int] = defaultdict(int)
    for row in attended:
        present[row.event] += row.participants
    assert all(number <= records["event"][key].participants for key, number in present.items())
    reached = {row.unit for row in attended if records["event"][row.event].held_on <= AS_OF}
    assert sorted(set(records["unit"]) - reached) == ["reinigung", "wohnen"]


# Projects


def test_status_reports_and_the_one_running_project_that_fell_silent(records: Records) -> None:
    reports = of(records, "status_report")
    assert {r.light for r in reports} == {"green", "yellow", "red"}
    assert len({r.dimension for r in reports}) == 6
    assert [r.key for r in reports if r.state == "draft" and r.light == "yellow" and r.measure is None] == [
        "V12/overall/2026-08-14",
        "V12/staff/2026-08-14",
    ]
    last = {r.project: r.reported_on for r in sorted(reports, key=lambda r: r.reported_on)}
    running = [p.key for p in of(records, "project") if p.state == "running"]
    assert [key for key in running if AS_OF - last[key] > timedelta(days=100)] == ["V10"]


def test_impediments_open_resolved_reopened_overdue_and_escalated(records: Records) -> None:
    impediments = [i for i in of(records, "impediment") if i.raised_on <= AS_OF]
    still_open = [i for i in impediments if i.resolved_on is None]
    assert len(still_open) < len(impediments)
    assert any(i.due < AS_OF for i in still_open)
    assert any(i.due > AS_OF for i in still_open)
    assert any(i.reopened for i in impediments)
    assert len({i.escalation for i in impediments}) == 4


def impediments_then(records: Records) -> list[ImpedimentStanding]:
    rows = (of(records, name) for name in ("impediment", "impediment_event", "blockage"))
    return impediment_standings(*rows, AS_OF)


def test_an_impediment_came_back_twice_and_others_changed_level_or_were_solved_this_quarter(records: Records) -> None:
    standings = {item.impediment.key: item for item in impediments_then(records)}
    assert [key for key, item in standings.items() if item.reopened == 2] == ["B08"]
    assert standings["B08"].open
    assert records["impediment"]["B05"].escalation == "office"
    assert (standings["B05"].level, standings["B05"].reopened) == ("top", 1)
    solved = [key for key, item in standings.items() if item.resolved_on and item.resolved_on > date(2026, 6, 30)]
    assert solved == ["B13", "B14"]
    assert {key for key, item in standings.items() if item.open and item.days_late} == {"B05", "B07", "B15"}
    assert max(len(item.blocks) for item in standings.values()) == 4
    assert {event.kind for event in of(records, "impediment_event")} == {"step", "level", "resolved", "reopened"}


def test_what_needs_a_decision_from_outside_names_all_but_one_addressee(records: Records) -> None:
    outside = {i.impediment.key: missing_for_decision(i.impediment) for i in impediments_then(records) if i.outside}
    assert outside == {"B05": (), "B06": (), "B08": ("addressee",)}


def projects_then(records: Records) -> dict[str, ProjectStanding]:
    names = ("project_progress", "project_field", "status_report", "alignment", "link")
    progress, in_fields, reports, alignments, links = (of(records, name) for name in names)
    published = [report for report in reports if report.state == "published"]
    given = ProjectRecords(progress, in_fields, published, alignments, links)
    standings = project_standings(of(records, "project"), given, [], None, AS_OF)
    return {item.project.key: item for item in standings}


def test_projects_deviate_with_and_without_a_reason_and_one_is_outdated(records: Records) -> None:
    found = {key: item.dimensions[ReportDimension.OVERALL].agreement for key, item in projects_then(records).items()}
    assert [key for key, agreement in found.items() if agreement == "explained"] == ["V08"]
    assert [key for key, agreement in found.items() if agreement == "unexplained"] == ["V07"]
    assert found["V10"] == "outdated"


def test_projects_lack_an_owner_a_field_or_are_listed_twice(records: Records) -> None:
    projects = records["project"]
    standings = projects_then(records)
    assert [key for key, row in projects.items() if row.owner_role is None] == ["V15"]
    assert [key for key, item in standings.items() if not item.fields] == ["V18"]
    assert [key for key, item in standings.items() if len(item.fields) == 2] == ["V08", "V12"]
    aligned = {row.origin for row in of(records, "alignment")}
    assert [key for key in projects if key not in aligned] == ["V11", "V16", "V17", "V18"]
    assert set(projects["V15"].title.split()) <= set(projects["V17"].title.split())
    closed = {key: item for key, item in standings.items() if item.course.closed}
    assert {key: item.attainment for key, item in closed.items()} == {
        "V01": Decimal("0.92"),
        "V14": Decimal(1),
        "V16": Decimal(0),
    }
    assert all(item.final_cost for item in closed.values())


def test_what_projects_and_key_results_need_is_confirmed_provided_or_overdue(records: Records) -> None:
    needed = [row for row in of(records, "dependency") if row.needed_by]
    open_ = [row for row in needed if row.provided_on is None]
    assert {row.confirmed_on is None for row in open_} == {True, False}
    assert {bool(row.confirmed_on) for row in open_ if row.needed_by < AS_OF} == {True, False}
    assert any(row.provided_on and row.provided_on < row.needed_by for row in needed)
    assert {("unit" if row.provider in records["unit"] else "project") for row in needed} == {"unit", "project"}
    assert {("project" if row.consumer in records["project"] else "key_result") for row in needed} == {
        "project",
        "key_result",
    }


def test_risks_moved_were_closed_or_are_left_without_an_answer(records: Records) -> None:
    risks = of(records, "risk")
    moved = [row for row in of(records, "risk_assessment") if row.assessed_on <= AS_OF]
    first = {row.key: row.probability * row.impact for row in risks}
    assert {(row.probability * row.impact > first[row.risk]) for row in moved} == {True, False}
    assert {row.kind for row in risks} == {"risk", "chance"}
    assert any(row.closed_on for row in risks)
    assert [row.key for row in risks if row.response is None] == ["R08"]
    assert any(row.response_due and row.response_due < AS_OF and row.closed_on is None for row in risks)
    assert any(row.about is None for row in risks)


# OKR


def final_values(records: Records) -> dict[str, Decimal]:
    return {c.key_result: c.value for c in sorted(of(records, "check_in"), key=lambda c: c.reported_on)}


def cycle_of(records: Records, key_result: Any) -> Any:
    return records["cycle"][records["objective"][key_result.objective].cycle]


def test_cycles_have_four_to_six_objectives_with_two_to_four_key_results(records: Records) -> None:
    results = of(records, "key_result")
    for cycle in records["cycle"]:
        objectives = [o.key for o in of(records, "objective") if o.cycle == cycle]
        assert 4 <= len(objectives) <= 6
        assert all(2 <= sum(r.objective == key for r in results) <= 4 for key in objectives)


def test_key_results_of_every_kind(records: Records) -> None:
    results = of(records, "key_result")
    change = [r for r in results if r.kind == "change"]
    finals = final_values(records)
    assert any(r.target < r.baseline for r in change)
    assert any(r.baseline < 0 or r.target < 0 for r in change)
    assert any(r.kind == "band" for r in results)
    assert {r.commitment for r in results} == {"committed", "aspirational"}
    assert {r.timing for r in results} == {"leading", "lagging"}
    assert any(r.predecessor for r in results)
    assert any(o.predecessor for o in of(records, "objective"))
    reached = {r.key: (finals[r.key] - r.baseline) / (r.target - r.baseline) for r in change if r.key in finals}
    assert max(reached.values()) > 1
    assert min(reached.values()) < 0


def test_one_running_key_result_has_no_check_in_and_the_next_cycle_has_none_yet(records: Records) -> None:
    reported = set(final_values(records))
    silent = [r for r in of(records, "key_result") if r.key not in reported]
    by_state = defaultdict(list)
    for result in silent:
        by_state[effective_state(cycle_of(records, result), AS_OF)].append(result.key)
    assert by_state == {"active": ["KR-2026-Q3-5.3"]}
    begun = [r.key for r in of(records, "key_result") if cycle_of(records, r).start <= AS_OF]
    told = {c.key_result for c in of(records, "check_in") if c.reported_on <= AS_OF}
    assert told == set(begun) - {"KR-2026-Q3-5.3"}


def test_check_ins_after_the_end_and_two_close_together(records: Records) -> None:
    days = defaultdict(list)
    for check_in in of(records, "check_in"):
        if check_in.number is None:
            days[check_in.key_result].append(check_in.reported_on)
    gaps = [later - earlier for group in days.values() for earlier, later in pairwise(group)]
    assert timedelta(0) < min(gaps) <= timedelta(days=3)
    assert max(gaps) <= timedelta(days=35)
    late = [key for key, group in days.items() if group[-1] > cycle_of(records, records["key_result"][key]).end]
    assert 0 < len(late) <= 3


def test_eight_cycles_are_played_to_their_scores_and_a_miss_says_why(records: Records) -> None:
    assert set(records["score"]) == set(records["key_result"])
    for score in of(records, "score"):
        end = cycle_of(records, records["key_result"][score.key_result]).end
        assert end < score.scored_on <= end + timedelta(days=14)
    for score in of(records, "score"):
        assert bool(score.cause and score.reason) == (score.value < Decimal("0.7")), score.key


def test_two_check_ins_on_one_day_the_later_one_with_low_confidence_and_an_impediment(records: Records) -> None:
    reports = of(records, "check_in")
    later = [row for row in reports if row.number is not None]
    assert [(row.key_result, row.number) for row in later] == [("KR-2026-Q3-2.2", 2)]
    assert any((row.key_result, row.reported_on) == (later[0].key_result, later[0].reported_on) for row in reports[:-1])
    assert later[0].confidence <= 3
    assert later[0].key_result in {row.subject for row in of(records, "blockage")}


def test_milestones_have_weights_and_some_are_late_and_zones_are_reported_as_zones(records: Records) -> None:
    kinds = {row.key: row.kind for row in of(records, "key_result")}
    assert set(kinds.values()) == {"change", "band", "milestones", "zones"}
    steps = of(records, "key_result_milestone")
    assert {row.key_result for row in steps} == {key for key, kind in kinds.items() if kind == "milestones"}
    assert len({row.weight for row in steps}) > 1
    assert any(row.due < AS_OF and (row.done_on is None or row.done_on > AS_OF) for row in steps)
    assert any(row.done_on and row.done_on <= row.due for row in steps)
    for report in of(records, "check_in"):
        kind = kinds[report.key_result]
        assert bool(report.zone) == (kind == "zones"), report.key
        assert (report.value is not None) == (kind in ("change", "band")), report.key


def test_some_key_results_have_phased_targets_within_their_cycle(records: Records) -> None:
    rows = of(records, "phased_target")
    assert len({row.key_result for row in rows}) == 4
    for row in rows:
        cycle = cycle_of(records, records["key_result"][row.key_result])
        assert cycle.start < row.planned_for < cycle.end


def test_a_key_result_is_carried_over_through_three_cycles(records: Records) -> None:
    chain = ["KR-2026-Q2-2.4"]
    while predecessor := records["key_result"][chain[-1]].predecessor:
        chain.append(predecessor)
    assert [cycle_of(records, records["key_result"][key]).key for key in chain] == ["2026-Q2", "2026-Q1", "2025-Q4"]


def test_every_objective_of_an_ended_cycle_is_reviewed_and_a_kept_one_goes_on_or_is_dropped(records: Records) -> None:
    ended = list(records["objective"])
    outcomes = {row.objective: row.outcome for row in of(records, "review")}
    assert list(outcomes) == ended
    assert set(outcomes.values()) == {"keep", "change", "end"}
    continued = {o.predecessor for o in of(records, "objective")} - {None}
    assert not any(outcomes.get(key) == "end" for key in continued)
    assert {key for key, outcome in outcomes.items() if outcome != "end"} - continued == {"O-2026-Q2-5"}


def test_a_carried_over_objective_is_followed_through_four_cycles(records: Records) -> None:
    chain = ["O-2026-Q3-2"]
    while predecessor := records["objective"][chain[-1]].predecessor:
        chain.append(predecessor)
    assert [records["objective"][key].cycle for key in chain] == ["2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"]


def test_alignments_lead_up_to_goals_without_a_circle_and_some_are_missing(records: Records) -> None:
    rows = of(records, "alignment")
    before = defaultdict(set)
    for row in rows:
        before[row.target].add(row.origin)
    for result in of(records, "key_result"):
        before[result.objective].add(result.key)
    TopologicalSorter(before).prepare()
    kinds = ("objective", "key_result", "project", "strategy_element")
    kind = {key: name for name in kinds for key in records[name]}
    assert {(kind[row.origin], kind[row.target]) for row in rows} == {
        ("objective", "objective"),
        ("objective", "strategy_element"),
        ("key_result", "key_result"),
        ("project", "key_result"),
    }
    assert {records["strategy_element"][r.target].level for r in rows if kind[r.target] == kinds[3]} == {"goal"}
    assert {o.key for o in of(records, "objective") if o.cycle == "2026-Q3"} - {row.origin for row in rows} == {
        "O-2026-Q3-6"
    }


# Conferences


def test_every_ended_cycle_has_its_review_and_the_running_one_is_met_halfway(records: Records) -> None:
    conferences = of(records, "conference")
    closed = [c for c in conferences if c.closed_on]
    assert [c.cycle for c in closed] == list(records["cycle"])
    assert all(c.kind == "review" and records["cycle"][c.cycle].end < c.held_on for c in closed)
    halfway = records["conference"]["HK-2026-Q3"]
    assert halfway.kind == "midterm"
    assert AS_OF < halfway.held_on <= AS_OF + timedelta(days=7)


def test_agendas_name_every_objective_and_one_has_not_begun(records: Records) -> None:
    for conference in of(records, "conference"):
        items = [item for item in of(records, "agenda_item") if item.conference == conference.key]
        objectives = [o.key for o in of(records, "objective") if o.cycle == conference.cycle]
        assert [item.objective for item in items if item.objective] == objectives
        assert all(item.done == bool(item.spent_seconds) == (conference.held_on <= AS_OF) for item in items)
    over = [i for i in of(records, "agenda_item") if i.spent_seconds > 60 * i.minutes]
    assert 0 < len(over) < len(records["agenda_item"]) / 2


def test_assignments_are_done_open_and_overdue(records: Records) -> None:
    given = [row for row in of(records, "assignment") if row.given_on <= AS_OF]
    not_done = [row for row in given if row.done_on is None or row.done_on > AS_OF]
    assert any(row.due < AS_OF for row in not_done)
    assert any(row.due > AS_OF for row in not_done)
    assert any(row.done_on and row.done_on > row.due for row in given)
    topics = of(records, "parked_topic")
    assert {row.settled_on is None for row in topics} == {True, False}
    assert any(row.role is None for row in topics)


# Money


def in_plan(records: Records) -> set[str]:
    return {source.key for source in of(records, "funding_source") if not source.outside_plan}


@pytest.mark.parametrize("version", ["antrag", "bewilligung", "nachtrag-2026", "arbeitsstand-2027"])
@pytest.mark.parametrize("year", SOME_YEARS)
def test_plan_versions_close_to_the_cent(records: Records, version: str, year: int) -> None:
    cost = [a.amount for a in of(records, "cost_amount") if (a.plan_version, a.year) == (version, year)]
    funding = [
        a.amount
        for a in of(records, "funding_amount")
        if (a.plan_version, a.year) == (version, year) and a.funding_source in in_plan(records)
    ]
    assert sum(cost) == sum(funding) > 0


def test_amounts_stand_on_leaves_of_the_cost_tree(records: Records) -> None:
    lines = of(records, "cost_line")
    leaves = {line.key for line in lines} - {line.parent for line in lines}
    assert len(leaves) == 16
    assert {a.cost_line for a in of(records, "cost_amount")} == leaves
    assert {p.cost_line for p in of(records, "posting")} <= leaves


def test_exactly_one_stated_total_is_misprinted(records: Records) -> None:
    cost = [a for a in of(records, "cost_amount") if a.plan_version == "bewilligung"]
    funding = [a for a in of(records, "funding_amount") if a.plan_version == "bewilligung"]
    funding = [a for a in funding if a.funding_source in in_plan(records)]
    wrong = []
    for stated in of(records, "stated_total"):
        years = (stated.year,) if stated.year else SOME_YEARS
        if stated.subject == "cost":
            found = sum(
                a.amount for a in cost if a.year in years and f"{a.cost_line}.".startswith(f"{stated.cost_line}.")
            )
        else:
            found = sum(
                a.amount
                for a in funding
                if a.year in years and f"{a.funding_source}.".startswith(f"{stated.funding_source}.")
            )
        if stated.subject == "share":
            found = (found / sum(a.amount for a in funding) * 100).quantize(Decimal("0.01"))
        if found != stated.amount:
            wrong.append((stated.key, sorted(str(found)) == sorted(str(stated.amount))))
    assert wrong == [("bewilligung/1.2.6/2026", True)]


def test_postings_hold_credits_payments_an_overrun_and_an_untouched_line(records: Records) -> None:
    postings = of(records, "posting")
    assert sorted(p.kind for p in postings if p.amount < 0 and not p.reverses) == ["credit", "credit"]
    reversed_ = [records["posting"][p.reverses] for p in postings if p.reverses]
    assert [p.amount for p in reversed_] == [-p.amount for p in postings if p.reverses] == [Decimal("595.00")]
    paid: dict[str, Decimal] = defaultdict(Decimal)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for posting in postings:
        spent[posting.cost_line] += posting.amount
        if posting.commitment:
            paid[posting.commitment] += posting.amount
    commitments = records["commitment"]
    assert all(0 < amount <= commitments[key].amount for key, amount in paid.items())
    assert any(amount == commitments[key].amount for key, amount in paid.items())
    assert {c.stage for c in commitments.values()} == {"reserved", "pre_bound", "bound"}
    planned: dict[str, Decimal] = defaultdict(Decimal)
    for amount in of(records, "cost_amount"):
        if amount.plan_version == "nachtrag-2026":
            planned[amount.cost_line] += amount.amount
    assert [line for line in planned if spent[line] > planned[line]] == ["1.1.4"]
    assert [line for line in planned if spent[line] < planned[line] / 10] == ["1.2.3"]


def test_commitments_pass_through_every_stage(records: Records) -> None:
    steps = [s for s in of(records, "commitment_step") if s.changed_on <= AS_OF]
    reached = {c.key: c.stage for c in of(records, "commitment") if c.committed_on <= AS_OF}
    reached |= {s.commitment: s.stage for s in sorted(steps, key=lambda step: step.changed_on)}
    assert set(reached.values()) == {"reserved", "pre_bound", "bound", "released"}
    assert any(s.changed_on > AS_OF for s in of(records, "commitment_step"))


def test_a_carry_over_is_about_to_expire_unspent(records: Records) -> None:
    near = [c for c in of(records, "budget_carry_over") if c.expires_on and c.expires_on - AS_OF < timedelta(60)]
    assert [(c.cost_line, c.amount, c.expires_on) for c in near] == [("1.2.3", Decimal(4000), date(2026, 9, 30))]
    spent = [p.amount for p in of(records, "posting") if p.cost_line == "1.2.3" and p.booked_on.year == 2026]
    assert 0 < sum(spent) < near[0].amount


def test_a_drawdown_is_near_the_end_of_its_window_and_not_yet_spent(records: Records) -> None:
    drawn = [d for d in of(records, "drawdown") if d.funding_source == "3.3" and d.paid_on and d.paid_on <= AS_OF]
    spent = sum(p.amount for p in of(records, "posting") if p.booked_on <= AS_OF)
    assert sum(d.amount for d in drawn) > spent * Decimal("0.65")
    assert max(d.paid_on for d in drawn) == date(2026, 7, 13)
    assert {d.key for d in of(records, "drawdown") if not d.requested_on} == {"AB-07"}


def test_person_days_are_used_faster_than_time_passes_in_the_second_stage(records: Records) -> None:
    worked = sum(
        u.days for u in of(records, "person_day_use") if u.person_day_budget == "PT-03" and u.reported_on <= AS_OF
    )
    assert worked == 24 > 4 * 5


def test_contracts_state_a_net_amount_that_fits_their_tax(records: Records) -> None:
    assert all(c.stated_net * Decimal("1.19") == c.gross for c in of(records, "contract"))


def test_rules_bind_whose_parameters_and_waivers_they_know(records: Records) -> None:
    packs = {use.pack: rule_packs()[use.pack] for use in of(records, "rule_pack_use")}
    asked = {name for pack in packs.values() for rule in pack.rules for name in rule.parameters().values()}
    known = {parameter.name for parameter in of(records, "rule_parameter")}
    assert known < asked, "one at least is missing, so that something is not checkable"
    rules = {f"{key}.{rule.key}" for key, pack in packs.items() for rule in pack.rules}
    assert {waiver.rule for waiver in of(records, "waiver")} <= rules
    assert {waiver.scope for waiver in of(records, "waiver")} <= set(records["proof_of_use"])


# Maturity


def test_both_waves_hold_every_kind_of_answer_and_real_disagreement(records: Records) -> None:
    for wave in ("2025", "2026"):
        responses = [r for r in of(records, "response") if r.survey_wave == wave]
        assert {r.state for r in responses} == {"answered", "not_applicable", "do_not_know", "missing"}
        assert len({r.unit for r in responses}) == 12
        assert len({r.criterion for r in responses}) == 24
        assert any(r.target_level for r in responses)
        assert any(r.evidence for r in responses)
        levels = defaultdict(list)
        for response in responses:
            if response.level is not None:
                levels[response.unit, response.criterion].append(response.level)
        assert any(max(group) - min(group) >= 2 for group in levels.values())


def test_the_second_wave_is_better_except_in_security(records: Records) -> None:
    levels = defaultdict(list)
    for response in of(records, "response"):
        if response.level is not None:
            levels[response.survey_wave, response.criterion[:3]].append(response.level)
    mean = {key: sum(group) / len(group) for key, group in levels.items()}
    dimensions = {dimension for _, dimension in mean}
    assert [d for d in sorted(dimensions) if mean["2026", d] <= mean["2025", d]] == ["SEC"]


# Committees


def test_a_paper_is_due_after_the_opening_date_and_hangs_on_a_late_milestone(records: Records) -> None:
    sessions = of(records, "committee_session")
    assert any(s.held_on < AS_OF for s in sessions)
    assert any(s.held_on > AS_OF for s in sessions)
    coming = {c.paper for c in of(records, "consultation") if records["committee_session"][c.session].held_on > AS_OF}
    assert coming == {"V-2026-0198", "V-2026-0222", "V-2026-0304", "V-2026-0333", "V-2026-0371"}
    assert records["paper"]["V-2026-0304"].basis == "M11"
    assert records["milestone"]["M11"].planned < AS_OF


def test_the_paper_that_waits_for_a_late_milestone_misses_the_submission_for_the_council(records: Records) -> None:
    forecasts = [f for f in of(records, "milestone_forecast") if f.milestone == "M11" and f.reported_on <= AS_OF]
    expected = max(forecasts, key=lambda row: row.reported_on).forecast
    session = records["committee_session"]["rat/2026-12-16"]
    assert session.submission_due < expected < session.held_on


def test_papers_end_in_every_way(records: Records) -> None:
    results = {row.result for row in of(records, "consultation")}
    assert results == {"adopted", "amended", "recommended", "noted", "deferred", "rejected", None}
    assert sum(bool(row.withdrawn_on) for row in of(records, "paper")) == 1
    assert any(session.cancelled for session in of(records, "committee_session"))
    closed = [row for row in of(records, "consultation") if row.open_session is False]
    assert {records["committee_session"][row.session].committee for row in closed} == {"finanzen"}
    assert any(row.role == "decision" and row.result for row in closed)
    for row in of(records, "consultation"):
        held_on, paper = records["committee_session"][row.session].held_on, records["paper"][row.paper]
        assert bool(row.result) == (held_on <= AS_OF and not paper.withdrawn_on), row.key
        if held_on <= AS_OF:
            assert paper.submitted_on <= held_on, row.key


# Structure


def test_who_steers_changes_over_time(records: Records) -> None:
    lines, roles = of(records, "reporting_line"), of(records, "role")
    assert {line.kind for line in lines} == {
        "decides",
        "steers",
        "carries_out",
        "reports_to",
        "informs",
        "advises",
        "supports",
    }
    assert any(line.until and line.until < AS_OF for line in lines)
    assert [role.key for role in roles if role.until and role.until < AS_OF] == [
        "digitalbeauftragte",
        "leitung-projektgruppe",
    ]
    assert records["unit"]["projektgruppe"].until < AS_OF
    for line in lines:
        for body in (line.origin, line.target):
            row = next((records[name][body] for name in ("unit", "role") if body in records[name]), None)
            if row and row.until:
                assert line.until, line.key
                assert line.until <= row.until, line.key
