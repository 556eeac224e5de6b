"""Budget: what is planned, paid, bound and expected."""

from smartdash.ui.page import show_page

show_page(
    "budget",
    "budget.use",
    "budget.years",
    "budget.status",
    "budget.lines",
    "budget.carry_overs",
    "budget.commitments",
    "budget.forecasts",
)
