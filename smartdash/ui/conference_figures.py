"""The figures around a conference, read as of the day that its page is read."""

from __future__ import annotations

from smartdash.figures.conference_data import MINUTES
from smartdash.ui import opened
from smartdash.ui.conference_reading import Room
from smartdash.ui.show import draw, show_missing
from smartdash.ui.view import View

__all__ = ["MINUTES", "PREPARATION", "show_figures"]

PREPARATION = ("conference.pre_read", "conference.last_time", "conference.agenda")


def show_figures(view: View, room: Room, keys: tuple[str, ...]) -> None:
    """Figures of the open conference."""
    missing, chosen = [], (("conference", room.conference.key),)
    for key in keys:
        made = opened.figure(room.scope, key, view.lang, chosen)
        if made.missing:
            missing.append(made)
        else:
            draw(view, room.scope, made, chosen)
    if missing:
        show_missing(view, missing)
