"""What was typed into a form and not stored yet, kept while its questions are not on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

_DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form at a place: as they are `stored`, and what was changed in them since.

    Streamlit forgets what was typed once a question is not drawn; here it stays until it is dropped. `place` belongs to
    one form and one record.
    """

    place: str
    stored: Mapping[str, Any]

    @property
    def touched(self) -> bool:
        """Whether anything was typed or chosen."""
        return bool(_typed(self.place))

    def value(self, field: str) -> Any:
        """What stands in a field."""
        return _typed(self.place).get(field, self.stored[field])

    def values(self) -> dict[str, Any]:
        """What stands in every field."""
        return {field: self.value(field) for field in self.stored}

    def bind(self, field: str) -> dict[str, Any]:
        """The arguments that bind a widget to a field; the widget has no default of its own."""
        key = f"draft_{self.place}_{field}"
        st.session_state[key] = self.value(field)
        return {"key": key, "on_change": _keep, "args": (self.place, field, key)}

    def drop(self) -> None:
        """Forget what was typed."""
        _all().pop(self.place, None)


def drop_drafts(beginning: str) -> None:
    """Forget what was typed at every place that begins so."""
    for place in [place for place in _all() if place.startswith(beginning)]:
        del _all()[place]


def _keep(place: str, field: str, key: str) -> None:
    _all().setdefault(place, {})[field] = st.session_state[key]


def _typed(place: str) -> Mapping[str, Any]:
    return _all().get(place, {})


def _all() -> dict[str, dict[str, Any]]:
    drafts: dict[str, dict[str, Any]] = st.session_state.setdefault(_DRAFTS, {})
    return drafts
