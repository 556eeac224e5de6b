"""Quarters: what each cycle reached, what was carried over, how good the forecasts were."""

from smartdash.ui.page import show_page

show_page(
    "quarters",
    "okr.cycles",
    "okr.fields",
    "quarters.comparison",
    "quarters.calibration",
    "quarters.causes",
)
