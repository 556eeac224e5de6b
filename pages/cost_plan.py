"""Cost and financing plan: its versions and decisions, its lines, what changed, and the grant's form."""

from smartdash.ui.page import no_programme, open_page, show_figures
from smartdash.ui.plan_form import plan_form

view = open_page("cost_plan")
if view.programme is None:
    no_programme(view)
else:
    show_figures(
        view,
        "cost_plan.versions",
        "cost_plan.changes",
        "cost_plan.tree",
        "cost_plan.printed",
    )
    plan_form(view)
