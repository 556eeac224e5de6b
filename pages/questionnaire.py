"""Questionnaire: one person's answers for a unit."""

from smartdash.ui.page import no_programme, open_page
from smartdash.ui.questionnaire import questionnaire

view = open_page("questionnaire")
if view.programme is None:
    no_programme(view)
else:
    questionnaire(view)
