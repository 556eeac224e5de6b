"""The figures around a conference, read as of the day that its page is read."""

from __future__ import annotations

from smartdash.ui import opened
from smartdash.ui.conference_reading import Room
from smartdash.ui.show import draw, show_missing
from smartdash.ui.view import View

PREPARATION = ("conference.pre_read", "conference.last_time", "conference.agenda")
MINUTES = ("conference.minutes", "conference.scores", "conference.next_cycle")


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
