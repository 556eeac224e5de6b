"""Data: bring in, take out, correct, check, and look up who changed what."""

import streamlit as st

from smartdash.ui.editing import edit
from smartdash.ui.exporting import offer_exports
from smartdash.ui.importing import import_form
from smartdash.ui.log import show_dictionary, show_log
from smartdash.ui.page import open_page
from smartdash.ui.show import show

view = open_page("data")
names = ("overview", "import", "export", "edit", "checks", "log", "dictionary")
if view.presentation or view.programme is None:
    names = ("overview",) if view.programme else ("import", "export")
for name, tab in zip(
    names, st.tabs([view.say(f"data.tab_{name}") for name in names], key="data_tab", on_change="rerun"), strict=True
):
    if not tab.open:
        continue
    with tab:
        if name == "overview":
            show(view, "records.overview")
        elif name == "import":
            import_form(view)
        elif name == "export":
            offer_exports(view)
        elif name == "edit":
            edit(view)
        elif name == "checks":
            show(view, "data.checks")
        elif name == "log":
            show_log(view)
        else:
            show_dictionary(view)
