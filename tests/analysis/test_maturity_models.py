"""Maturity models as a whole: what is incomplete, how versions differ, and keys that never collide."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartdash.analysis.maturity_model_changes import MEASURE, ChangeKind, changes, measure_changes
from smartdash.analysis.maturity_model_keys import new_version, parts, short_key, versioned_key, within
from smartdash.analysis.maturity_models import SEVERE, FindingKind, WholeModel, findings, whole_models
from smartdash.model.maturity import Criterion, CriterionKind, Dimension, LevelDescriptor, MaturityModel

Edit = Callable[[WholeModel], WholeModel]
F, C = FindingKind, ChangeKind


def dimension(key: str, **values: Any) -> Dimension:
    titles = {"title_de": f"{key} deutsch", "title_en": f"{key} English"}
    return Dimension(programme="p", key=key, maturity_model="m", **{**titles, **values})


def criterion(key: str, home: str, **values: Any) -> Criterion:
    titles = {"title_de": f"{key} deutsch", "title_en": f"{key} English"}
    return Criterion(programme="p", key=key, dimension=home, **{**titles, **values})


def text(home: str, level: int, of: str | None = None, **values: Any) -> LevelDescriptor:
    told = {"name_de": "n", "name_en": "n", "text_de": "deutsch", "text_en": "English", **values}
    return LevelDescriptor(programme="p", key="", dimension=home, criterion=of, level=level, **told)


def whole(lowest: int = 0, highest: int = 2) -> WholeModel:
    """Two dimensions with a criterion each, every level described."""
    model = MaturityModel(
        programme="p", key="m", title_de="M", title_en="M", version="1", lowest=lowest, highest=highest
    )
    levels = tuple(text(home, level) for home in "AB" for level in range(lowest, highest + 1))
    return WholeModel(model, (dimension("A"), dimension("B")), (criterion("A1", "A"), criterion("B1", "B")), levels)


def with_(**values: Any) -> Edit:
    return lambda one: WholeModel(**{name: values.get(name, getattr(one, name)) for name in WholeModel.__slots__})


def measured(**values: Any) -> Criterion:
    anchors = {"anchor_low": Decimal(0), "anchor_high": Decimal(10), "measured_in": "%"}
    return criterion("A1", "A", kind=CriterionKind.INDICATOR, **{**anchors, **values})


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (with_(), []),
        (with_(dimensions=(), criteria=(), levels=()), [(F.NO_DIMENSIONS, None, ())]),
        (with_(criteria=(criterion("A1", "A"),)), [(F.NO_CRITERIA, "B", ())]),
        (with_(levels=whole().levels[1:]), [(F.LEVEL_NOT_DESCRIBED, "A", (0,))]),
        (with_(levels=whole().levels[3:]), [(F.LEVEL_NOT_DESCRIBED, "A", (0, 1, 2))]),
        (with_(levels=(*whole().levels, text("A", 3))), [(F.LEVEL_OFF_SCALE, "A", (3,))]),
        # A criterion with texts of its own is described by them; the dimension needs none then.
        (with_(levels=(*whole().levels[3:], *(text("A", level, "A1") for level in range(3)))), []),
        (with_(levels=(*whole().levels, text("A", 1, "A1"))), [(F.LEVEL_NOT_DESCRIBED, "A1", (0, 2))]),
        # An indicator is answered with a value.
        (with_(criteria=(measured(), criterion("B1", "B")), levels=whole().levels[3:]), []),
        (
            with_(criteria=(measured(measured_in=None), criterion("B1", "B"))),
            [(F.INDICATOR_WITHOUT_UNIT, "A1", ())],
        ),
        (with_(dimensions=(dimension("A", title_en="A deutsch"), dimension("B"))), [(F.SAME_TITLES, "A", ())]),
        (
            with_(criteria=(criterion("A1", "A", question_de="Wie?"), criterion("B1", "B"))),
            [(F.NO_QUESTION_IN_ONE_LANGUAGE, "A1", ())],
        ),
        (
            with_(levels=(text("A", 0, text_en="deutsch"), *whole().levels[1:])),
            [(F.SAME_NAMES, "A", (0,))],
        ),
    ],
)
def test_what_is_incomplete(edit: Edit, found: list[tuple[FindingKind, str | None, tuple[int, ...]]]) -> None:
    told = findings(edit(whole()))
    assert [(item.kind, item.about.key if item.about else None, item.levels) for item in told] == found


@pytest.mark.parametrize(
    ("highest", "described", "kinds"),
    [
        (9, range(10), []),
        (9, (0, 5), [F.LEVEL_NOT_DESCRIBED]),
        # Eleven levels are a long scale: bands do, as long as they begin at the lowest level.
        (10, (0, 5), []),
        (100, (0, 25, 50, 75), []),
        (100, (25, 50, 75), [F.LOWEST_NOT_DESCRIBED]),
    ],
)
def test_a_long_scale_is_described_by_bands(highest: int, described: range, kinds: list[FindingKind]) -> None:
    one = with_(dimensions=(dimension("A"),), criteria=(criterion("A1", "A"),))(whole(0, highest))
    told = findings(with_(levels=tuple(text("A", level) for level in described))(one))
    assert [item.kind for item in told] == kinds
    assert all(item.kind in SEVERE for item in told)


OTHER = dimension("C")


@pytest.mark.parametrize(
    ("edit", "kinds"),
    [
        (with_(), []),
        (with_(model=whole(0, 3).model), [C.SCALE]),
        (with_(dimensions=(*whole().dimensions, OTHER)), [C.ADDED]),
        (with_(criteria=whole().criteria[:1]), [C.REMOVED]),
        (with_(criteria=(criterion("A1", "B"), criterion("B1", "B"))), [C.MOVED]),
        (with_(dimensions=(dimension("A", weight=Decimal(2)), dimension("B"))), [C.REWEIGHTED]),
        (with_(criteria=(measured(), criterion("B1", "B"))), [C.MEASURED_OTHERWISE]),
        (with_(criteria=(criterion("A1", "A", may_not_apply=False), criterion("B1", "B"))), [C.MEASURED_OTHERWISE]),
        (with_(dimensions=(dimension("A", title_en="Other"), dimension("B"))), [C.REWORDED]),
        (with_(levels=whole().levels[1:]), [C.LEVEL_REMOVED]),
        (with_(levels=(text("A", 0, text_de="anders"), *whole().levels[1:])), [C.LEVEL_REWORDED]),
        (with_(levels=(*whole().levels, text("A", 0, "A1"))), [C.LEVEL_ADDED]),
        # The texts of a dimension that goes are no change of their own.
        (
            with_(dimensions=whole().dimensions[:1], criteria=whole().criteria[:1], levels=whole().levels[:3]),
            [C.REMOVED, C.REMOVED],
        ),
    ],
)
def test_what_differs_between_two_versions(edit: Edit, kinds: list[ChangeKind]) -> None:
    before = whole()
    after = new_version(edit(before), "m-2", "2")
    found = changes(before, after)
    assert [item.kind for item in found] == kinds
    assert measure_changes(before, after) == [item for item in found if item.kind in MEASURE]
    # Seen from the other side, what was added is removed.
    swap = {C.ADDED: C.REMOVED, C.REMOVED: C.ADDED, C.LEVEL_ADDED: C.LEVEL_REMOVED, C.LEVEL_REMOVED: C.LEVEL_ADDED}
    assert sorted(item.kind for item in changes(after, before)) == sorted(swap.get(kind, kind) for kind in kinds)


@given(key=st.from_regex(r"\A[a-z0-9.\-]{1,20}\Z"), other=st.from_regex(r"\A[a-z0-9.\-]{1,20}\Z"))
def test_two_models_never_share_a_key_and_a_version_keeps_its_content(key: str, other: str) -> None:
    first, second = new_version(whole(), key, "1"), new_version(whole(), other, "2")
    if key != other:
        assert not {item.key for item in parts(first)} & {item.key for item in parts(second)}
    assert changes(first, second) == []
    assert [item.key for item in parts(within(first))] == [short_key("m", item) for item in parts(whole())]
    assert whole_models([first.model], first.dimensions, first.criteria, first.levels) == (first,)


@pytest.mark.parametrize(
    ("key", "version", "new", "expected"),
    [
        ("m", "0.1", "0.2", "m-0.2"),
        ("m-0.2", "0.2", "0.3", "m-0.3"),
        ("m-0.2", "0.1", "0.3", "m-0.2-0.3"),
        ("m", "1", "2 (Entwurf)", "m-2-entwurf"),
    ],
)
def test_the_key_of_a_new_version(key: str, version: str, new: str, expected: str) -> None:
    assert versioned_key(key, version, new) == expected


def test_a_new_version_is_not_validated_yet() -> None:
    checked = whole().model.model_copy(update={"validated": True})
    assert new_version(with_(model=checked)(whole()), "m-2", "2").model.validated is False
