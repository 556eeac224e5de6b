"""Data: bring in, take out, correct, check, and look up who changed what."""

from collections.abc import Callable

import streamlit as st

from smartdash.store import Audience
from smartdash.ui.editing import edit
from smartdash.ui.exporting import offer_exports
from smartdash.ui.importing import import_form
from smartdash.ui.log import show_dictionary, show_log
from smartdash.ui.page import open_page
from smartdash.ui.show import show
from smartdash.ui.view import View

view = open_page("data")
tasks: dict[str, Callable[[View], object]] = {
    "overview": lambda chosen: show(chosen, "records.overview"),
    "import": import_form,
    "export": offer_exports,
    "edit": edit,
    "checks": lambda chosen: show(chosen, "data.checks"),
    "log": show_log,
    "dictionary": show_dictionary,
}
names = list(tasks)
if view.programme is None:
    names = ["import", "export"]
elif view.audience is Audience.PUBLIC:
    # Uploads, the grid and the log hold what only the administration may see.
    names = ["overview", "export", "checks", "dictionary"]
tabs = st.tabs([view.say(f"data.tab_{name}") for name in names], key="data_tab", on_change="rerun")
for name, tab in zip(names, tabs, strict=True):
    if tab.open:
        with tab:
            tasks[name](view)
