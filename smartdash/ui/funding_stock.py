"""What the forms of the funding page offer, read once per state of the store."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from smartdash.model.grants import Drawdown, ProofOfUse
from smartdash.model.money import FunderKind, FundingSource
from smartdash.store import Scope
from smartdash.ui import opened
from smartdash.ui.view import View

_READINGS = 20
_OWN = (FunderKind.OWN, FunderKind.THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class Stock:
    """What the forms offer, as of `revision`.

    `sources` are the titles of those a grant can be drawn from; `drawdowns` what is not paid out yet, `proofs` what is
    not accepted yet.
    """

    revision: int
    sources: dict[str, str]
    drawdowns: dict[str, Drawdown]
    proofs: dict[str, ProofOfUse]


def read_stock(view: View) -> Stock:
    """What may be entered about in the chosen programme, read anew when the store has changed."""
    return _read_stock(opened.store().stamp(), view.scope())


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read_stock(stamp: tuple[int, ...], scope: Scope) -> Stock:
    with opened.store().read(scope) as reader:
        sources = reader.all(FundingSource)
        above = {source.parent for source in sources}
        return Stock(
            reader.scope.revision or 0,
            {item.key: item.title for item in sources if item.key not in above and item.kind not in _OWN},
            {item.key: item for item in reader.all(Drawdown) if item.paid_on is None},
            {item.key: item for item in reader.all(ProofOfUse) if item.accepted_on is None},
        )
