"""What is said of a bought list before it is stored: source, licence, and the indicator that its values are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import ValidationError

from smartdash.analysis.condensing import Refusal
from smartdash.exchange.peer_value_records import Purchase, made_levels, made_observations, made_source
from smartdash.exchange.peer_values import PeerUpload
from smartdash.figures.headings import heading
from smartdash.model.declare import Record
from smartdash.model.maturity import MaturityModel
from smartdash.model.peers import Indicator
from smartdash.model.shared import Source
from smartdash.store import Origin
from smartdash.ui.peer_stock import PeerStock
from smartdash.ui.questions import ask_day, new_key, new_record, typed_number
from smartdash.ui.view import View
from smartdash.ui.writing import Signature, fresh, refuse, sign, write

_NAME = "peers_import"
_LONGEST_UNIT = 40


@dataclass(frozen=True, slots=True)
class Target:
    """What the values belong to: levels of `model`, values of a known `indicator`, or of a new one where both lack."""

    model: MaturityModel | None = None
    indicator: Indicator | None = None

    @property
    def new(self) -> bool:
        """Whether an indicator has to be made."""
        return self.model is None and self.indicator is None


def ask_purchase(view: View, stock: PeerStock, target: Target, found: PeerUpload) -> None:
    """Ask for source, licence and indicator, and store all as one revision."""
    say = view.say
    with st.form(fresh(f"{_NAME}_form"), border=False):
        st.markdown(f"##### {say('peers.licence_heading')}")
        source = _ask_source(view)
        indicator = _ask_indicator(view) if target.new else {}
        signature = sign(view, _NAME, say("peers.import_reason", file=found.name))
        stored = st.form_submit_button(say("peers.import_store", n=len(found.rows)), type="primary")
    if not stored:
        return
    try:
        made = _made(view, target, found, source, indicator)
    except Refusal as refusal:
        refuse(view, refusal)
        return
    _write(view, stock, found, made, signature)


def _ask_source(view: View) -> dict[str, Any]:
    say = view.say
    left, right = st.columns(2)
    title = left.text_input(
        heading(Source, "title", say),
        max_chars=300,
        key=fresh(f"{_NAME}_title"),
        placeholder=say("peers.source_example"),
    )
    publisher = right.text_input(heading(Source, "publisher", say), max_chars=200, key=fresh(f"{_NAME}_publisher"))
    licence = left.text_input(
        heading(Source, "licence", say),
        max_chars=300,
        key=fresh(f"{_NAME}_licence"),
        placeholder=say("peers.licence_example"),
    )
    with right:
        issued = ask_day(view, say("peers.column_day"), f"{_NAME}_issued", None, past=True)
    passed_on = st.toggle(
        heading(Source, "redistributable", say),
        value=False,
        key=fresh(f"{_NAME}_passed_on"),
        help=say("peers.redistributable_help"),
    )
    return {
        "title": title.strip(),
        "publisher": publisher.strip() or None,
        "licence": licence.strip(),
        "issued": issued,
        "redistributable": passed_on,
    }


def _ask_indicator(view: View) -> dict[str, Any]:
    say = view.say
    names = ("title_de", "title_en", "measured_in", "anchor_low", "anchor_high")
    st.markdown(f"##### {say('peers.indicator_heading')}")
    texts: dict[str, str] = {}
    columns = st.columns(2)
    for place, name in enumerate(names[:3]):
        texts[name] = columns[place % 2].text_input(
            heading(Indicator, name, say),
            max_chars=_LONGEST_UNIT if name == "measured_in" else 200,
            key=fresh(f"{_NAME}_{name}"),
            placeholder=say("peers.unit_example") if name == "measured_in" else None,
        )
    ends = st.columns(2)
    for place, name in enumerate(names[3:]):
        texts[name] = ends[place].text_input(
            heading(Indicator, name, say), key=fresh(f"{_NAME}_{name}"), help=say("peers.anchors_help")
        )
    higher = st.toggle(heading(Indicator, "higher_is_better", say), value=True, key=fresh(f"{_NAME}_higher"))
    return {**{name: text.strip() for name, text in texts.items()}, "higher_is_better": higher}


def _made(
    view: View, target: Target, found: PeerUpload, source: Mapping[str, Any], asked: Mapping[str, Any]
) -> list[Record]:
    """The records of the list.

    Raises:
        Refusal: an answer is missing or not right.
    """
    if not source["title"] or not source["licence"] or source["issued"] is None:
        raise Refusal("peers.source_needed")
    made = made_source(new_record(view, new_key(view, Source, "quelle")), source)
    purchase = Purchase(made, source["issued"])
    if target.model:
        return [made, *made_levels(found.rows, purchase, target.model.key)]
    indicator = target.indicator
    records: list[Record] = [made]
    if indicator is None:
        indicator = _made_indicator(view, asked, made)
        records.append(indicator)
    return [*records, *made_observations(found.rows, purchase, indicator)]


def _made_indicator(view: View, asked: Mapping[str, Any], source: Source) -> Indicator:
    if not asked["title_de"] or not asked["measured_in"]:
        raise Refusal("peers.indicator_needed")
    ends = {name: typed_number(asked[name]) if asked[name] else None for name in ("anchor_low", "anchor_high")}
    values = {
        **new_record(view, new_key(view, Indicator, "kennzahl")),
        **asked,
        **ends,
        "title_en": asked["title_en"] or asked["title_de"],
        "source": source.key,
        "public": source.public,
    }
    try:
        return Indicator.model_validate(values)
    except ValidationError:
        raise Refusal("peers.anchors_upside_down") from None


def _write(view: View, stock: PeerStock, found: PeerUpload, made: list[Record], signature: Signature) -> None:
    write(
        view,
        made,
        signature,
        based_on=stock.revision,
        done=view.say("peers.imported", n=len(found.rows), file=found.name),
        origin=Origin(found.name, found.sha256),
    )
