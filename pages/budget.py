"""Budget and funding: plan, use, who pays, contracts and positions."""

from smartdash.ui.page import show_page

show_page(
    "budget",
    "budget.years",
    "budget.use",
    "budget.funding",
    "budget.lines",
    "budget.contracts",
    "budget.person_days",
    "budget.staffing",
)
