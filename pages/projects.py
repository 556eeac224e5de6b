"""Projects: the inventory and what hangs together."""

from smartdash.ui.legacy_list import legacy_list
from smartdash.ui.page import no_programme, open_page, show_figures
from smartdash.ui.project_forms import project_forms

view = open_page("projects")
if view.programme is None:
    no_programme(view)
else:
    show_figures(
        view,
        "projects.inventory",
        "projects.matrix",
        "projects.dependencies",
        "projects.risks",
        "projects.chances",
        "projects.gaps",
    )
    project_forms(view)
    legacy_list(view)
