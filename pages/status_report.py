"""Status report: written, looked at and published per project."""

from smartdash.ui.page import open_page

open_page("status_report")
