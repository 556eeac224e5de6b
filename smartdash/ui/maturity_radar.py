"""The radar chart as a picture to take along, with the reason why no page shows it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from smartdash.charts.picture import png
from smartdash.charts.tokens import tokens
from smartdash.figures import make
from smartdash.figures.output import picture_spec
from smartdash.ui import opened
from smartdash.ui.options import chosen_options
from smartdash.ui.view import View

KEY = "maturity.radar"


def radar_download(view: View) -> None:
    """A button for the radar chart of the wave that the profile shows, below the note why it misleads."""
    chosen = dict(chosen_options("maturity.profile"))
    scope = view.scope()
    made = opened.figure(scope, KEY, view.lang, tuple(chosen.items()))
    if made.confined:  # only then does it differ from what may leave the house, which is read anew
        scope = replace(scope, for_export=True)
        made = opened.figure(scope, KEY, view.lang, tuple(chosen.items()))
    if view.presentation or made.draft.chart is None:
        return

    def picture() -> bytes:
        with opened.store().read(scope) as reader:
            return png(picture_spec(make(reader, KEY, view.lang, chosen), tokens("light"), width=760), scale=2)

    with st.container(border=True, key="radar"):
        st.markdown(f"#### {view.say('figure.maturity.radar')}")
        st.caption(view.say("maturity.radar.note"))
        st.download_button(
            view.say("maturity.radar.button"),
            data=picture,
            file_name=f"{made.programme}_maturity-radar_{made.as_of:%Y-%m-%d}{'_demo' if made.demo else ''}.png",
            mime="image/png",
            key="radar_png",
            on_click="ignore",
            icon=":material/download:",
        )
