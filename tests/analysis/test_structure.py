from __future__ import annotations

from datetime import date, timedelta

import pytest

from smartdash.analysis.structure import Function, Structure, changes, exists, structure
from smartdash.model.committees import Committee
from smartdash.model.shared import Unit
from smartdash.model.structure import LineKind, ReportingLine, Role

DAY = date(2026, 8, 15)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def unit(key: str, since: date | None = None, until: date | None = None) -> Unit:
    return Unit(programme="x", key=key, title=key, since=since, until=until)


def role(key: str, body: str | None = None, until: date | None = None) -> Role:
    return Role(programme="x", key=key, title=key, body=body, until=until)


def line(
    origin: str, kind: str, target: str | None = None, since: date | None = None, until: date | None = None
) -> ReportingLine:
    return ReportingLine(programme="x", origin=origin, kind=LineKind(kind), target=target, since=since, until=until)


def placed(*lines: ReportingLine, roles: tuple[Role, ...] = (), committees: tuple[Committee, ...] = ()) -> Structure:
    return structure([unit("a"), unit("b"), unit("c")], committees, roles, lines, DAY)


def functions(found: Structure) -> dict[str, str]:
    return {standing.body.key: standing.function.value for standing in found.standings}


@pytest.mark.parametrize(
    ("since", "until", "day", "expected"),
    [
        (None, None, DAY, True),
        (DAY, None, DAY, True),
        (AFTER, None, DAY, False),
        (None, DAY, DAY, True),
        (None, BEFORE, DAY, False),
        (DAY, DAY, DAY, True),
        (date(2024, 2, 29), None, date(2024, 2, 28), False),
        (date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 29), True),
        (None, date(2024, 2, 29), date(2024, 3, 1), False),
    ],
    ids=["open", "first day", "not yet", "last day", "ended", "one day", "before leap day", "leap day", "after it"],
)
def test_both_first_and_last_day_belong_to_what_exists(
    since: date | None, until: date | None, day: date, expected: bool
) -> None:
    assert exists(unit("a", since, until), day) is expected
    assert bool(structure([unit("a", since, until)], [], [], [], day).standings) is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], {"a": "none", "b": "none", "c": "none"}),
        ([line("a", "decides")], {"a": "decides", "b": "none", "c": "none"}),
        ([line("a", "supports"), line("a", "steers")], {"a": "steers", "b": "none", "c": "none"}),
        ([line("a", "reports_to", "b")], {"a": "reports", "b": "informed", "c": "none"}),
        ([line("a", "informs"), line("a", "advises", "c")], {"a": "advises", "c": "involved", "b": "none"}),
        ([line("a", "reports_to", "b"), line("b", "decides")], {"b": "decides", "a": "reports", "c": "none"}),
        ([line("a", "decides", until=BEFORE)], {"a": "none", "b": "none", "c": "none"}),
    ],
    ids=["no line", "decides", "first function", "informed", "involved", "acts before it hears", "ended line"],
)
def test_a_body_is_placed_by_the_first_of_its_functions(lines: list[ReportingLine], expected: dict[str, str]) -> None:
    found = placed(*lines)
    assert functions(found) == expected
    assert list(functions(found)) == list(expected)


def test_what_a_role_does_places_its_body_and_a_role_without_a_body_stands_alone() -> None:
    lead, officer = role("lead", "a"), role("cdo")
    found = placed(line("lead", "steers"), line("cdo", "advises", "lead"), roles=(lead, officer))
    assert functions(found) == {"a": "steers", "cdo": "advises", "b": "none", "c": "none"}
    (steering,) = found.by_function(Function.STEERS)
    assert steering.roles == (lead,)
    assert [item.origin for item in steering.hears] == ["cdo"]


@pytest.mark.parametrize("ended", ["body", "role"])
def test_a_role_ends_with_its_body_and_takes_its_lines_along(ended: str) -> None:
    held = role("lead", "a", BEFORE if ended == "role" else None)
    body = unit("a", until=BEFORE if ended == "body" else None)
    found = structure([body, unit("b")], [], [held], [line("lead", "steers", "b")], DAY)
    assert (found.lines, [item.origin for item in found.broken]) == ((), ["lead"])
    assert set(functions(found).values()) == {"none"}


def test_a_line_to_a_body_that_ended_is_broken_and_one_that_ended_is_not() -> None:
    units = [unit("a"), unit("b", until=BEFORE)]
    lines = [line("a", "reports_to", "b"), line("a", "informs", "b", until=BEFORE)]
    found = structure(units, [], [], lines, DAY)
    assert [item.kind for item in found.broken] == ["reports_to"]
    assert functions(found) == {"a": "none"}
    assert found.standings[0].other == tuple(lines)


def test_a_committee_with_a_regular_report_is_informed_without_a_line() -> None:
    committee = Committee(programme="x", key="k", title="k", reports_regularly=True)
    assert functions(placed(committees=(committee,)))["k"] == "informed"


def test_the_day_decides_who_steers() -> None:
    lines = [line("a", "steers", until=BEFORE), line("b", "steers", since=DAY)]
    assert [standing.body.key for standing in placed(*lines).doing(LineKind.STEERS)] == ["b"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("a", "steers", "b"), line("c", "steers")], ["c"]),
        ([line("a", "steers", "b"), line("a", "steers", "c"), line("b", "steers", "c")], ["a", "b"]),
        ([line("a", "supports"), line("b", "decides", until=BEFORE)], []),
    ],
    ids=["the whole programme first", "only towards others", "nobody"],
)
def test_who_steers_the_programme_goes_before_who_steers_others(
    lines: list[ReportingLine], expected: list[str]
) -> None:
    found = placed(*lines)
    assert [standing.body.key for standing in found.doing(LineKind.STEERS)] == expected
    assert [standing.body.key for standing in found.by_function(Function.STEERS)][: len(expected)] == expected


def test_a_unit_is_involved_by_what_is_part_of_it() -> None:
    part = Unit(programme="x", key="part", title="part", parent="a")
    found = structure([unit("a"), unit("b"), part], [], [], [line("part", "supports")], DAY)
    assert functions(found) == {"part": "supports", "a": "involved", "b": "none"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], {"a": (), "b": (), "c": ()}),
        ([line("a", "reports_to", "b"), line("b", "reports_to", "c")], {"a": ("b", "c"), "b": ("c",), "c": ()}),
        ([line("c", "steers", "b"), line("a", "reports_to", "b")], {"a": ("b", "c"), "b": ("c",), "c": ()}),
        ([line("a", "informs", "b"), line("a", "supports", "c")], {"a": (), "b": (), "c": ()}),
        ([line("a", "reports_to", "b"), line("c", "steers", "a")], {"a": ("b",), "b": (), "c": ()}),
        ([line("a", "reports_to", "a")], {"a": ("a",), "b": (), "c": ()}),
        (
            [line("a", "reports_to", "b"), line("b", "reports_to", "a"), line("c", "reports_to", "a")],
            {"a": ("b", "a"), "b": ("a", "b"), "c": ("a", "b")},
        ),
    ],
    ids=["none", "chain", "steered", "no report", "report first", "to itself", "circle"],
)
def test_the_way_up_ends_also_where_it_runs_in_a_circle(
    lines: list[ReportingLine], expected: dict[str, tuple[str, ...]]
) -> None:
    assert placed(*lines).ways_up == expected


def test_body_and_role_share_their_way_up() -> None:
    held = (role("lead", "a"), role("deputy", "b"))
    found = placed(line("lead", "reports_to", "c"), line("b", "reports_to", "a"), roles=held)
    assert found.ways_up == {"a": ("c",), "lead": ("c",), "b": ("a", "c"), "deputy": ("a", "c"), "c": ()}


def test_changes_are_dated_beginnings_and_ends_the_earliest_first() -> None:
    old, new, always = unit("old", BEFORE, DAY), unit("new", DAY), unit("always")
    found = changes([new, always, old])
    assert [(item.day, item.subject.key, item.began) for item in found] == [
        (BEFORE, "old", True),
        (DAY, "old", False),
        (DAY, "new", True),
    ]
