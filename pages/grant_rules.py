"""Grant rules: which hold, which break, by how much; what they need to know, and what was waived."""

from smartdash.ui.grant_rules import show_rule_sources, show_rules, tend_rules
from smartdash.ui.page import no_programme, open_page

view = open_page("grant_rules")
if view.programme is None:
    no_programme(view)
else:
    tend_rules(view)
    show_rules(view)
    show_rule_sources(view)
