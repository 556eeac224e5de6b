"""Grant rules: which hold, which break, by how much; what they need to know, and what was waived."""

from smartdash.ui.grant_rules import tend_rules
from smartdash.ui.page import no_programme, open_page, show_figures

view = open_page("grant_rules")
if view.programme is None:
    no_programme(view)
else:
    tend_rules(view)
    show_figures(view, "rules.board", "rules.calculation", "rules.oddities", "rules.unknown", "rules.waivers")
