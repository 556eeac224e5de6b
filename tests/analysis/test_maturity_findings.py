"""What is found in results made by hand: the kinds of findings, their values, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest

from smartdash.analysis.maturity_findings import PARTS, Change, Line, Rank, Results, findings

WHOLE = Line("Insgesamt", D("3.2"), D("3.0"), D("3.5"), D("2.0"), D("4.0"), D("3.0"))
FULL = Results(
    city="Stadt",
    wave="2026",
    model="Modell",
    group="Band",
    lowest=1,
    highest=5,
    turnout=(13, 12, 36, 32),
    coverage=D("0.91"),
    needed=D("0.6"),
    points=D("54.2"),
    whole=WHOLE,
    dimensions=(
        Line("A", D("3.5"), target=D("4.0"), middle=D("3.0")),
        Line("B", D("2.9"), target=D("4.0"), middle=D("2.9")),
        Line("C", withheld=True),
    ),
    groups={"administration": D("3.1"), "company": D("3.4"), "partner": None},
    change=Change("2025", 12, D("2.8"), D("3.2")),
    cities=16,
    rank=Rank(4, 7, 17),
    lifts=(("x", D("1.25")), ("y", D("1.00")), ("z", D("0.50")), ("v", D("0.50")), ("w", D("0.00"))),
    answered=100,
    evidenced=12,
    unclear=3,
    hidden_units=2,
    validated=False,
)


def found(part: str, **changed: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(item.kind, dict(item.values)) for item in findings(replace(FULL, **changed)) if item.part == part]


def test_full_results_say_everything_in_order() -> None:
    parts = [item.part for item in findings(FULL)]
    assert sorted(set(parts), key=PARTS.index) == list(PARTS)
    assert parts == sorted(parts, key=PARTS.index)


@pytest.mark.parametrize(
    ("part", "changed", "expected"),
    [
        (
            "participation",
            {},
            [
                ("participation", {"wave": "2026", "n": 13, "answered": 12, "people": 36, "raters": 32}),
                ("coverage", {"coverage": D("0.91")}),
            ],
        ),
        (
            "level",
            {},
            [
                ("level", {"city": "Stadt", "level": D("3.2"), "points": D("54.2"), "lowest": 1, "highest": 5}),
                ("bounds", {"lower": D("3.0"), "upper": D("3.5")}),
            ],
        ),
        ("level", {"whole": Line("", withheld=True), "points": None}, [("level_withheld", {"city": "Stadt"})]),
        ("level", {"whole": Line(""), "points": None}, [("level_unknown", {"city": "Stadt", "needed": D("0.6")})]),
        (
            "dimensions",
            {},
            [
                ("strongest", {"n": 1, "titles": ("A",), "level": D("3.5")}),
                ("weakest", {"n": 1, "titles": ("B",), "level": D("2.9")}),
                ("dimensions_without", {"n": 1, "titles": ("C",)}),
                ("uneven", {"weakest": D("2.0"), "gap": D("1.2")}),
            ],
        ),
        (
            "dimensions",
            {"dimensions": (Line("A", D("2.0")), Line("B", D("2.0"))), "whole": Line("", D("2.0"), weakest=D("2.0"))},
            [("dimensions_alike", {"n": 2, "level": D("2.0")})],
        ),
        (
            "dimensions",
            {"dimensions": (Line("A", D("2.0")), Line("B", D("3.0")), Line("C", D("3.0"))), "whole": Line("")},
            [
                ("strongest", {"n": 2, "titles": ("B", "C"), "level": D("3.0")}),
                ("weakest", {"n": 1, "titles": ("A",), "level": D("2.0")}),
            ],
        ),
        ("dimensions", {"dimensions": (Line("A"),), "whole": Line("")}, []),
        (
            "groups",
            {},
            [("groups", {"administration": D("3.1"), "company": D("3.4"), "gap": D("0.3")})],
        ),
        (
            "groups",
            {"groups": {"administration": D("3.1"), "company": None}},
            [("groups_unknown", {"groups": ("company",)})],
        ),
        ("groups", {"groups": {"administration": D("3.1"), "partner": D("3.0")}}, []),
        (
            "change",
            {},
            [("change", {"before": "2025", "n": 12, "then": D("2.8"), "now": D("3.2"), "change": D("0.4")})],
        ),
        ("change", {"change": None}, [("first_wave", {})]),
        ("change", {"change": Change("2025", 2, D("2.8"), None)}, [("change_unknown", {"before": "2025"})]),
        (
            "targets",
            {},
            [("targets_below", {"n": 2, "below": 2}), ("widest_gap", {"titles": ("B",), "gap": D("1.1")})],
        ),
        ("targets", {"dimensions": (Line("A", D("4.0"), target=D("4.0")),)}, [("targets_reached", {"n": 1})]),
        ("targets", {"dimensions": (Line("A", D("4.0")), Line("B", target=D("4.0")))}, [("no_targets", {})]),
        (
            "peers",
            {},
            [
                ("peers", {"n": 16, "group": "Band"}),
                ("median_above", {"city": "Stadt", "middle": D("3.0"), "gap": D("0.2")}),
                ("dimensions_above", {"n": 2, "above": 1}),
                ("rank_interval", {"n": 17, "low": 4, "high": 7}),
            ],
        ),
        ("peers", {"cities": 0}, [("no_peers", {"group": "Band"})]),
        (
            "peers",
            {"cities": 3, "rank": None, "whole": Line("", D("3.2")), "dimensions": (Line("A", D("3.0")),)},
            [("peers", {"n": 3, "group": "Band"}), ("no_median", {}), ("no_rank", {})],
        ),
        (
            "lifts",
            {},
            [
                ("lifts", {"n": 3, "titles": ("x", "y", "z"), "gains": (D("1.25"), D("1.00"), D("0.50"))}),
                ("lifts_tied", {"n": 1, "gain": D("0.50")}),
            ],
        ),
        ("lifts", {"lifts": (("x", D("0.00")),)}, [("no_lifts", {})]),
        ("lifts", {"lifts": None}, [("lifts_unknown", {})]),
        (
            "limits",
            {},
            [
                ("self_assessment", {}),
                ("evidence", {"n": 100, "evidenced": 12}),
                ("unclear", {"n": 3}),
                ("hidden_units", {"n": 2}),
                ("not_validated", {"model": "Modell"}),
            ],
        ),
        (
            "limits",
            {"answered": 0, "unclear": 0, "hidden_units": 0, "validated": True, "turnout": (4, 4, 9, 9)},
            [("self_assessment", {}), ("few_units", {"n": 4})],
        ),
    ],
)  # fmt: skip
def test_what_is_found(part: str, changed: dict[str, Any], expected: list[tuple[str, dict[str, Any]]]) -> None:
    assert found(part, **changed) == expected


@pytest.mark.parametrize(("level", "kind"), [("2.9", "median_below"), ("3.0", "median_equal"), ("3.1", "median_above")])
def test_the_side_of_the_median_is_that_of_the_shown_levels(level: str, kind: str) -> None:
    assert found("peers", whole=replace(WHOLE, level=D(level)))[1][0] == kind


def test_one_rank_is_no_interval() -> None:
    assert found("peers", rank=Rank(2, 2, 17))[-1] == ("rank", {"n": 17, "low": 2})


def test_where_the_coverage_is_withheld_only_participation_is_told() -> None:
    assert [kind for kind, _ in found("participation", coverage=None)] == ["participation"]
