"""The public list of answers on the page of workshops: always as the public may see it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from page_reading import OpenPage, texts

from smartdash.figures import make
from smartdash.figures.output import as_csv
from smartdash.locale import words
from smartdash.store import Audience, Scope, Store
from smartdash.ui import answers

SAY = words("de")


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The downloads that the page offers below its figures, by their key."""
    found: dict[str, Any] = {}
    button = answers.st.download_button

    def offer(label: str, **values: Any) -> Any:
        found[values["key"]] = values
        return button(label, **values)

    monkeypatch.setattr(answers.st, "download_button", offer)
    return found


def public_list(store: Store) -> tuple[str, int]:
    programme = next(item for item in store.programmes() if item.key == "musterstadt")
    assert programme.default_as_of
    with store.read(Scope("musterstadt", programme.default_as_of, audience=Audience.PUBLIC)) as reader:
        figure = make(reader, "workshops.answers", "de")
    return as_csv(figure), len(figure.draft.rows)


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_whoever_looks_the_list_is_the_public_one(
    sample_store: Store, open_page: OpenPage, offered: dict[str, Any], audience: str
) -> None:
    shown = texts(open_page("workshops", programme="musterstadt", audience=audience))
    expected, count = public_list(sample_store)
    assert count
    assert f"### {SAY('participation.publish')}" in shown
    assert offered["publish_csv"]["data"]().decode("utf-8-sig") == expected
    sheet = load_workbook(io.BytesIO(offered["publish_xlsx"]["data"]())).active
    rows = list(csv.reader(io.StringIO(expected)))
    assert [row[0] for row in sheet.iter_rows(min_row=6, values_only=True)] == [row[0] for row in rows]
    assert {offer["file_name"].rpartition("_")[2] for key, offer in offered.items() if key.startswith("publish")} == {
        "demo.csv",
        "demo.xlsx",
    }


@pytest.mark.parametrize(
    "address",
    [{"programme": "potsdam-strategy-2022"}, {"programme": "musterstadt", "presentation": "1"}],
    ids=["no contributions", "presentation"],
)
def test_without_answers_or_on_a_slide_nothing_is_offered(
    sample_store: Store, open_page: OpenPage, offered: dict[str, Any], address: dict[str, str]
) -> None:
    shown = texts(open_page("workshops", **address))
    assert f"### {SAY('participation.publish')}" not in shown
    assert not [key for key in offered if key.startswith("publish")]
