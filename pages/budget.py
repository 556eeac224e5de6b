"""Budget: what is planned, paid, bound and expected."""

from smartdash.ui.page import show_page

show_page(
    "budget",
    "budget.years",
    "budget.use",
    "budget.lines",
)
