"""The page about peers: the editor of the group above its figures, and what was bought brought in below."""

from __future__ import annotations

from smartdash.ui.page import show_figures
from smartdash.ui.peer_editor import edit_group
from smartdash.ui.peer_import import import_peer_values
from smartdash.ui.peer_saving import save_group
from smartdash.ui.peer_stock import read_peer_stock
from smartdash.ui.view import View


def show_peers(view: View, *figures: str) -> None:
    """The page of a programme with its figures; a presentation shows the figures alone."""
    if view.presentation:
        show_figures(view, *figures)
        return
    stock = read_peer_stock(view.scope())
    edit_group(view, stock)
    save_group(view, stock)
    show_figures(view, *figures)
    import_peer_values(view, stock)
