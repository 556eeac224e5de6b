"""Bringing in a ranking that a city has bought: upload, preview, what may be done with it, then one revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from smartdash.exchange.list_workbook import list_workbook
from smartdash.exchange.peer_value_records import template
from smartdash.exchange.peer_values import PeerUpload, read_peer_values
from smartdash.figures.peer_indicators import indicator_title
from smartdash.figures.surveys import title
from smartdash.locale.numbers import EMPTY, day, number
from smartdash.model.maturity import Dimension, MaturityModel
from smartdash.model.peers import Indicator
from smartdash.model.shared import Municipality
from smartdash.store import Audience, Scope
from smartdash.ui import opened
from smartdash.ui.importing import problem_table
from smartdash.ui.markdown import plain
from smartdash.ui.peer_purchase import Target, ask_purchase
from smartdash.ui.peer_stock import PeerStock, chosen_rules
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance

_TYPES = ["xlsx", "xlsm", "xls", "ods", "csv"]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_READINGS = 20
_NEW = ""


@dataclass(frozen=True, slots=True)
class _Offered:
    """What values may belong to: the programme's own indicators, and every maturity model with its dimensions."""

    indicators: tuple[Indicator, ...]
    models: tuple[MaturityModel, ...]
    dimensions: tuple[Dimension, ...]


def import_peer_values(view: View, stock: PeerStock) -> None:
    """Offer to bring in a list where something may be entered; the form above says why where nothing may."""
    if view.programme is None or view.audience is Audience.PUBLIC or hindrance(view):
        return
    holder = st.expander(
        view.say("peers.import_open"), icon=":material/table_view:", key="peers_import", on_change="rerun"
    )
    if holder.open:
        with holder:
            _take_in(view, stock)


def _take_in(view: View, stock: PeerStock) -> None:
    say = view.say
    st.markdown(say("peers.import_intro"))
    offered = _offered(opened.store().stamp(), view.scope())
    target = _ask_target(view, offered)
    gathered = stock.gathered(chosen_rules(stock))
    _hand_out(view, [peer.city for peer in gathered.peers], target)
    file = st.file_uploader(say("data.file"), type=_TYPES, key=fresh("peers_file"), label_visibility="collapsed")
    if file is None:
        return
    dimensions = [item for item in offered.dimensions if target.model and item.maturity_model == target.model.key]
    found = read_peer_values((file.name, file.getvalue()), stock.cities, target.model, dimensions)
    if found.problems:
        st.error(say("data.refused", n=len(found.problems)), icon=":material/block:")
        problem_table(found.problems, say)
        return
    inside = {peer.city.key for peer in gathered.peers}
    _preview(view, found, inside, {item.key: title(item, say) for item in dimensions})
    ask_purchase(view, stock, target, found)


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _offered(stamp: tuple[int, ...], scope: Scope) -> _Offered:
    with opened.store().read(scope) as reader:
        own = tuple(item for item in reader.all(Indicator) if item.programme == scope.programme)
        return _Offered(own, reader.all(MaturityModel), reader.all(Dimension))


def _ask_target(view: View, offered: _Offered) -> Target:
    """Whether the values are those of an indicator, new or known, or levels of a maturity model."""
    say = view.say
    kinds = {"indicator": say("peers.import_indicator"), "levels": say("peers.import_levels")}
    left, right = st.columns(2)
    kind = left.selectbox(
        say("peers.import_kind"),
        list(kinds),
        key=fresh("peers_kind"),
        format_func=lambda name: kinds[name],
        placeholder=say("ui.choose"),
        help=say("peers.import_kind_help"),
    )
    if kind == "levels":
        models = {model.key: model for model in offered.models}
        chosen = right.selectbox(
            MaturityModel.sheet.label(view.lang),
            list(models),
            key=fresh("peers_model"),
            format_func=lambda key: f"{title(models[key], say)} {models[key].version}",
            placeholder=say("ui.choose"),
        )
        return Target(model=models[chosen])
    known = {item.key: item for item in offered.indicators}
    chosen = right.selectbox(
        Indicator.sheet.label(view.lang),
        [_NEW, *known],
        key=fresh("peers_indicator"),
        format_func=lambda key: indicator_title(known[key], say) if key else say("peers.new_indicator"),
        placeholder=say("ui.choose"),
    )
    return Target(indicator=known.get(chosen))


def _hand_out(view: View, cities: Sequence[Municipality], target: Target) -> None:
    demo = view.programme is not None and view.programme.demo
    listed = template(cities, demo=demo, levels=target.model is not None, lang=view.lang)
    st.download_button(
        view.say("peers.template", n=len(cities)),
        data=lambda: list_workbook(listed, view.lang),
        file_name=f"{view.say('peers.template_file')}.xlsx",
        mime=_XLSX,
        key="peers_template",
        on_click="ignore",
        icon=":material/download:",
    )


def _preview(view: View, found: PeerUpload, inside: set[str], dimensions: Mapping[str, str]) -> None:
    say = view.say
    st.markdown(f"**{say('peers.understood', n=len(found.rows))}**")
    notes = [say("peers.in_group_of", inside=str(len({row.city.key for row in found.rows} & inside)))]
    if found.skipped:
        notes.append(say("peers.skipped", n=found.skipped))
    if found.unread:
        notes.append(say("peers.unread", columns=", ".join(found.unread)))
    st.caption(plain(" ".join(notes)))
    rows: list[dict[str, Any]] = []
    for row in found.rows:
        shown = {
            say("data.row"): row.row,
            say("peers.column_name"): row.city.title,
            say("peers.column_value"): number(row.value, view.lang),
            say("peers.column_day"): day(row.day, view.lang) if row.day else say("peers.day_of_list"),
        }
        if dimensions:
            shown[say("peers.column_dimension")] = dimensions.get(row.dimension or "", EMPTY)
        rows.append(shown)
    st.dataframe(rows, hide_index=True, height=320 if len(rows) > 8 else "content", alt=say("peers.preview_alt"))
