"""Projects: the inventory and what hangs together."""

from smartdash.ui.page import open_page

open_page("projects")
