"""Check-in: what is due, entered by who owns it."""

from smartdash.ui.check_in import check_in
from smartdash.ui.page import no_programme, open_page

view = open_page("check_in")
if view.programme is None:
    no_programme(view)
else:
    check_in(view)
