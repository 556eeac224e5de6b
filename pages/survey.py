"""Survey: invitations, answer sheets, what has come in, and the moderated meeting."""

from smartdash.ui.moderation import moderation
from smartdash.ui.page import no_programme, open_page, show_figures
from smartdash.ui.survey_office import survey_office

view = open_page("survey")
if view.programme is None:
    no_programme(view)
else:
    show_figures(view, "survey.progress")
    survey_office(view)
    moderation(view)
