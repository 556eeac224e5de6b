"""Budget and funding: plan, use, who pays, contracts and positions."""

from smartdash.ui.page import show_page

show_page("budget")
