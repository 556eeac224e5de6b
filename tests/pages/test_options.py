"""The choices a figure offers: drawn above it, kept in the address and on other pages, and harmless when unknown."""

from __future__ import annotations

import pytest
from page_reading import OpenPage, texts

from smartdash.figures import make
from smartdash.figures.figure import Option
from smartdash.store import Scope, Store

MUSTERSTADT = "musterstadt"


@pytest.fixture
def group(sample_store: Store) -> Option:
    """The option of the phases by which they are grouped."""
    programme = next(item for item in sample_store.programmes() if item.key == MUSTERSTADT)
    assert programme.default_as_of
    with sample_store.read(Scope(MUSTERSTADT, programme.default_as_of)) as reader:
        draft = make(reader, "schedule.phases", "de").draft
    return next(option for option in draft.options if option.name == "group")


def test_a_choice_is_made_on_the_page_and_kept(group: Option, open_page: OpenPage) -> None:
    app = open_page("timeline", programme=MUSTERSTADT)
    widget = app.button_group(key="option_schedule.phases.group")
    assert widget.value == group.chosen == next(iter(group.values))
    widget.set_value("unit").run()
    assert not app.exception
    assert app.query_params["schedule.phases.group"] == "unit"
    app.switch_page("pages/okr.py").run()
    app.switch_page("pages/timeline.py").run()
    assert app.button_group(key="option_schedule.phases.group").value == "unit"
    app.button_group(key="option_schedule.phases.group").set_value(group.chosen).run()
    assert "schedule.phases.group" not in app.query_params, "the default needs no place in the address"


def test_an_address_opens_a_figure_as_it_was_chosen(group: Option, open_page: OpenPage) -> None:
    app = open_page("timeline", programme=MUSTERSTADT, **{"schedule.phases.group": "unit"})
    assert app.button_group(key="option_schedule.phases.group").value == "unit"
    plain = open_page("timeline", programme=MUSTERSTADT)
    assert texts(app) != texts(plain)


@pytest.mark.parametrize(
    "address", [{"schedule.phases.group": "'; DROP TABLE x"}, {"schedule.phases.colour": "red"}, {"x.y": "z"}]
)
def test_an_unknown_choice_is_the_default(group: Option, open_page: OpenPage, address: dict[str, str]) -> None:
    app = open_page("timeline", programme=MUSTERSTADT, **address)
    assert not app.exception
    assert app.button_group(key="option_schedule.phases.group").value == group.chosen


def test_long_choices_go_into_a_list_that_fits_a_phone(sample_store: Store, open_page: OpenPage) -> None:
    app = open_page("cost_plan", programme=MUSTERSTADT)
    lists = {item.key for item in app.selectbox}
    assert {"option_cost_plan.changes.from", "option_cost_plan.tree.depth"} <= lists
    assert app.button_group(key="option_cost_plan.changes.by").value
