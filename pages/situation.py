"""Lage (situation): key numbers, what is late and who must act, the fields of work."""

from smartdash.ui.page import show_page

show_page(
    "situation",
    "situation.numbers",
    "situation.attention",
    "situation.fields",
)
