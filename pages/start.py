"""Start: all programmes at a glance, each with the way to its situation."""

import streamlit as st

from smartdash.locale.numbers import day_range
from smartdash.ui.markdown import plain
from smartdash.ui.page import no_programme, open_page
from smartdash.ui.show import show
from smartdash.ui.view import choose

view = open_page("start")
if not view.programmes:
    no_programme(view)
    st.stop()
st.caption(view.say("ui.start_intro"))
with st.container(horizontal=True):
    for programme in view.programmes:
        with st.container(border=True, width=310, height="stretch", key=f"card_{programme.key}"):
            demo = f" · {view.say('common.demo')}" if programme.demo else ""
            st.caption(plain(f"{programme.municipality_name} · {programme.kind.label(view.lang)}{demo}"))
            st.markdown(f"#### {plain(programme.title)}")
            st.caption(plain(day_range(programme.start, programme.end, view.lang)))
            st.markdown(plain(programme.summary or ""))
            if st.button(
                view.say("ui.open_programme"),
                key=f"open_{programme.key}",
                icon=":material/arrow_forward:",
                type="tertiary",
                on_click=choose,
                args=("programme", programme.key),
            ):
                st.switch_page("pages/situation.py")
show(view, "portfolio.programmes", programme="reference")
show(view, "portfolio.money", programme="reference")
