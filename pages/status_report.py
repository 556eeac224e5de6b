"""Status report: written, looked at and published per project."""

from smartdash.ui.page import no_programme, open_page, show_figures
from smartdash.ui.status_reports import write_report

view = open_page("status_report")
if view.programme is None:
    no_programme(view)
else:
    write_report(view)
    show_figures(view, "status.decisions", "status.board", "status.deviations", "status.history")
