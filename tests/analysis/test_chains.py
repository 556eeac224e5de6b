"""Chains of predecessors."""

from __future__ import annotations

import pytest
from okr_records import change

from smartdash.analysis.chains import chains


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({}, []),
        ({"a": None}, ["a"]),
        ({"a": None, "b": "a", "c": "b"}, ["abc"]),
        ({"c": "b", "b": "a", "a": None, "x": None}, ["abc", "x"]),
        ({"a": None, "b": "a", "c": "a"}, ["ab", "ac"]),
        ({"b": "gone"}, ["b"]),
    ],
)
def test_chains_run_from_the_first_to_the_last(links: dict[str, str | None], expected: list[str]) -> None:
    found = chains([change(key=key, predecessor=before) for key, before in links.items()])
    assert ["".join(item.key for item in chain) for chain in found] == expected
