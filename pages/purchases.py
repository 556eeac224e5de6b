"""Orders and staff: contracts, person-days, positions."""

from smartdash.ui.page import show_page

show_page(
    "purchases",
    "budget.contracts",
    "purchases.tax",
    "purchases.days_used",
    "budget.person_days",
    "budget.staffing",
)
