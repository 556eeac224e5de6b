"""Gaps: what is not linked yet, and the way to close each gap."""

from smartdash.ui.gaps import close_gaps
from smartdash.ui.page import no_programme, open_page
from smartdash.ui.show import show

view = open_page("gaps")
if view.programme is None:
    no_programme(view)
else:
    show(view, "workshops.gaps")
    close_gaps(view)
