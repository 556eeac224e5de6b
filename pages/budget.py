"""Budget: what is planned, paid, bound and expected."""

from smartdash.ui.budget_forms import budget_forms
from smartdash.ui.page import no_programme, open_page, show_figures

view = open_page("budget")
if view.programme is None:
    no_programme(view)
else:
    show_figures(
        view,
        "budget.use",
        "budget.years",
        "budget.status",
        "budget.lines",
        "budget.carry_overs",
        "budget.commitments",
        "budget.forecasts",
    )
    budget_forms(view)
