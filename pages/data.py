"""Data: bring in, take out, correct, check, and look up who changed what."""

from collections.abc import Callable

import streamlit as st

from smartdash.ui.editing import edit
from smartdash.ui.exporting import offer_exports
from smartdash.ui.importing import import_form
from smartdash.ui.log import show_dictionary, show_log
from smartdash.ui.page import open_page
from smartdash.ui.show import show
from smartdash.ui.view import View

view = open_page("data")
tasks: dict[str, Callable[[View], object]] = {"import": import_form, "export": offer_exports}
if view.programme:
    tasks = {
        "overview": lambda chosen: show(chosen, "records.overview"),
        **tasks,
        "edit": edit,
        "checks": lambda chosen: show(chosen, "data.checks"),
        "log": show_log,
        "dictionary": show_dictionary,
    }
tabs = st.tabs([view.say(f"data.tab_{name}") for name in tasks], key="data_tab", on_change="rerun")
for task, tab in zip(tasks.values(), tabs, strict=True):
    if tab.open:
        with tab:
            task(view)
