"""Structure: who steers, who decides and who is informed."""

from smartdash.ui.page import show_page

show_page("structure")
