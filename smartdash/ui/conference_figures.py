"""The figures around a conference, read as of the day that its page is read."""

from __future__ import annotations

from smartdash.ui import opened
from smartdash.ui.conference_reading import Room
from smartdash.ui.show import draw, show_missing
from smartdash.ui.view import View

PREPARATION: tuple[str, ...] = ()
MINUTES: tuple[str, ...] = ()


def show_figures(view: View, room: Room, keys: tuple[str, ...]) -> None:
    """Figures of the open conference."""
    missing = []
    for key in keys:
        made = opened.figure(room.scope, key, view.lang, (("conference", room.conference.key),))
        if made.missing:
            missing.append(made)
        else:
            draw(view, room.scope, made)
    if missing:
        show_missing(view, missing)
