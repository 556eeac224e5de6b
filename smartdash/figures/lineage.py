"""Figure of lineage: how many contributions flow into which elements and projects, and how far those have come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from altair.typing import ChartType

from smartdash.analysis.flows import ANSWERED, NO_RESULT, Flow, FlowNode, FlowPicture, flow_picture
from smartdash.analysis.lineage import Direction, TraceRow, trace
from smartdash.charts.flow_layout import Box, Ribbon
from smartdash.charts.lineage import STATE_SIGNS, Line, flow_chart, state_fills
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.lineage_data import (
    ALL,
    LineageData,
    direction_option,
    field_option,
    focus_option,
    read_lineage,
)
from smartdash.figures.lineage_trace import fill_of, signed_state, step_columns, step_row, trace_lines
from smartdash.figures.lineage_words import fate, origin
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.workshops import Contribution, ElementLevel, ElementState, StrategyElement
from smartdash.store import Reader

_MOST_GROUPS, _MOST_SINGLE_GROUPS, _MOST_MEMBERS = 10, 20, 3


@dataclass(frozen=True, slots=True)
class _View:
    """What is shown and the sentence on it; `rows` are the steps from the record that was chosen, if one was."""

    shown: frozenset[str]
    message: str
    rows: Sequence[TraceRow] = ()


@figure("workshops.lineage", page="lineage", needs=("strategy_element",), options=("field", "focus", "direction"))
def lineage(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """From contributions to elements and projects, for everything, a field of work, or one contribution or element."""
    data = read_lineage(reader)
    field, way_option = field_option(reader, chosen, say), direction_option(chosen, say)
    focus = focus_option(data, field.chosen, chosen, say, everything=True)
    options = tuple(option for option in (field, focus, way_option) if option)
    way = Direction(way_option.chosen)
    if focus is None or focus.chosen == ALL:
        view = _overview(data, field.chosen, way, say)
    else:
        view = _followed(data, focus.chosen, way, say)
    if not view.shown:
        return Draft(view.message, (), (), options=options)
    picture = flow_picture(data.places(), data.steps, view.shown, data.considerations, detailed=bool(view.rows))
    columns, rows = _table(data, picture, view, way, say)
    return Draft(
        message=view.message,
        columns=columns,
        rows=rows,
        unit=say("lineage.unit"),
        # Elements that nothing leads to or from are named in the list of elements; there is nothing to draw.
        chart=(lambda tokens: _chart(data, picture, view, way, tokens, say)) if rows else None,
        alt=say("lineage.alt", n=len(picture.nodes), message=view.message) if rows else "",
        note=say("lineage.note") if data.contributions else say("workshops.no_contributions_note"),
        options=options,
    )


def _followed(data: LineageData, key: str, way: Direction, say: Words) -> _View:
    """What became of one record, or where it came from."""
    message = fate(data, key, say) if way is Direction.FORWARD else origin(data, key, say)
    return _View(data.reach(key, way) | {key}, message, trace(key, data.steps, way))


def _overview(data: LineageData, field: str, way: Direction, say: Words) -> _View:
    """What became of every contribution, or where every element came from."""
    shown = _in_overview(data, field, way)
    return _View(shown, _overview_message(data, shown, way, say))


def _table(
    data: LineageData, picture: FlowPicture, view: _View, way: Direction, say: Words
) -> tuple[tuple[TableColumn, ...], tuple[Row, ...]]:
    """The steps from what was chosen, or the flows of the overview."""
    if view.rows:
        return step_columns(say), tuple(step_row(data, row, way, say) for row in view.rows)
    nodes = {node.key: node for node in picture.nodes}
    return _flow_columns(say), tuple(_flow_row(data, nodes, flow, say) for flow in picture.flows)


def _chart(
    data: LineageData, picture: FlowPicture, view: _View, way: Direction, tokens: Tokens, say: Words
) -> ChartType:
    nodes = {node.key: node for node in picture.nodes}
    if view.rows:
        outline = trace_lines(data, view.rows, way, tokens, say, most=24)
    else:
        outline = _groups(data, picture, way, tokens, say)
    return flow_chart(
        [_box(data, node, tokens, say) for node in picture.nodes],
        [_ribbon(data, nodes, flow, tokens, say) for flow in picture.flows],
        _columns(data, picture, say),
        outline,
        tokens,
        _legend(data, picture, tokens, say),
        most_lines=3 if view.rows else 2,
    )


def _in_overview(data: LineageData, field: str, way: Direction) -> frozenset[str]:
    """The records of an overview; without indicators, which measure and are no result."""
    inside = data.in_field(field)
    indicators = {key for key, element in data.elements.items() if element.level is ElementLevel.INDICATOR}
    if way is Direction.FORWARD and data.contributions:
        starts = [key for key in inside if key in data.contributions]
        kept = {key for start in starts for key in (start, *data.reach(start, way))}
    else:
        starts = [key for key in inside if key in data.elements]
        kept = {key for start in starts for key in (start, *data.reach(start, Direction.BACK))}
        kept |= {key for key in inside if key not in data.elements and key not in data.contributions}
    kept = kept & inside - indicators
    return frozenset(
        key
        for key in kept
        if key in data.contributions or key in data.elements or data.back.get(key, frozenset()) & kept
    )


def _overview_message(data: LineageData, shown: frozenset[str], way: Direction, say: Words) -> str:
    voices = [key for key in data.contributions if key in shown and not data.back.get(key)]
    elements = [key for key in data.elements if key in shown]
    if not voices:
        return say("lineage.no_contributions", n=len(elements)) if elements else say("lineage.nothing_in_field")
    if way is Direction.BACK:
        origins = sum(bool(data.reach(key, Direction.BACK) & data.contributions.keys()) for key in elements)
        return say("lineage.elements_with_origin", n=origins, all=number(len(elements), say.lang))
    fates = Counter(_fate_word(data, key) for key in voices)
    parts = [
        say("lineage.fate_adopted", n=fates["adopted"]),
        say("lineage.fate_open", n=fates["open"]),
        say("lineage.fate_rejected", n=fates["rejected"]),
        say("lineage.fate_none", n=fates["none"]),
    ]
    present = [part for part, word in zip(parts, ("adopted", "open", "rejected", "none"), strict=True) if fates[word]]
    return say("lineage.overview", n=len(voices), parts=listing(present, say))


def _fate_word(data: LineageData, key: str) -> str:
    element = data.result(key)
    if element is None:
        return "none"
    state = data.states[element.key]
    return state.value if state in (ElementState.ADOPTED, ElementState.REJECTED) else "open"


def _flow_columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("origin", say("lineage.from")),
        TableColumn("target", say("lineage.to")),
        column(StrategyElement, "level", say.lang),
        column(StrategyElement, "state", say.lang),
        TableColumn("contributions", Contribution.sheet.label(say.lang), "whole"),
    )


def _flow_row(data: LineageData, nodes: Mapping[str, FlowNode], flow: Flow, say: Words) -> Row:
    target = nodes[flow.target]
    level = data.level(target.members[0], say) if target.kind in ("record", "rest") else None
    state = data.state(target.members[0], say) if target.kind in ("record", "rest") else None
    voices = flow.voices if data.contributions else None
    return _title(data, nodes[flow.origin], say), _title(data, target, say), level, state, voices


def _title(data: LineageData, node: FlowNode, say: Words) -> str:
    if node.key == ANSWERED:
        return say("lineage.end_answered")
    if node.key == NO_RESULT:
        return say("lineage.end_none")
    if node.kind == "cluster":
        return node.key.removeprefix("cluster:") or say("workshops.no_cluster")
    if node.kind == "rest":
        return say("lineage.rest", n=len(node.members))
    return data.title(node.key)


def _note(data: LineageData, node: FlowNode, say: Words) -> str:
    state = signed_state(data, node.members[0], say) if node.members[0] in data.states else None
    if node.key in data.contributions:
        return data.state(node.key, say) or ""
    count = say("lineage.voices", n=node.voices) if node.voices else None
    return " · ".join(part for part in (state, count) if part)


def _colour(data: LineageData, node: FlowNode, tokens: Tokens) -> str:
    if node.kind == "end":
        return tokens.category[4] if node.key == ANSWERED else tokens.category[3]
    if node.kind == "cluster" or node.members[0] not in data:
        return tokens.axis
    return fill_of(data, node.members[0], tokens)


def _box(data: LineageData, node: FlowNode, tokens: Tokens, say: Words) -> Box:
    details = {say("lineage.what"): _title(data, node, say), say("lineage.details"): _note(data, node, say)}
    fill = _colour(data, node, tokens)
    return Box(
        node.key, node.column, _title(data, node, say), _note(data, node, say), node.voices, fill, tokens.muted, details
    )


def _ribbon(data: LineageData, nodes: Mapping[str, FlowNode], flow: Flow, tokens: Tokens, say: Words) -> Ribbon:
    voices = number(flow.voices, say.lang) if data.contributions else say("lineage.not_recorded")
    details = {
        say("lineage.from"): _title(data, nodes[flow.origin], say),
        say("lineage.to"): _title(data, nodes[flow.target], say),
        Contribution.sheet.label(say.lang): voices,
    }
    size = flow.voices if data.contributions else 1
    return Ribbon(flow.origin, flow.target, size, _colour(data, nodes[flow.target], tokens), details)


def _columns(data: LineageData, picture: FlowPicture, say: Words) -> list[tuple[str, int]]:
    """What stands in each column by its first record, and its share of the width: contributions are long sentences."""
    words: dict[int, str] = {}
    for node in picture.nodes:
        if node.kind == "cluster":
            words.setdefault(node.column, say("workshops.cluster"))
        elif node.kind != "end" and node.members[0] in data:
            words.setdefault(node.column, data.level(node.members[0], say))
    last = max(node.column for node in picture.nodes)
    wide = {node.column for node in picture.nodes if node.key in data.contributions}
    return [(words.get(index, say("lineage.result")), 2 if index in wide else 1) for index in range(last + 1)]


def _legend(data: LineageData, picture: FlowPicture, tokens: Tokens, say: Words) -> dict[str, str]:
    present = {node.state for node in picture.nodes}
    members = {node.members[0] for node in picture.nodes}
    keys = {node.key for node in picture.nodes}
    legend = {
        f"{STATE_SIGNS[state]} {state.label(say.lang)}": fill
        for state, fill in state_fills(tokens).items()
        if state in present
    }
    if NO_RESULT in keys:
        legend[say("lineage.end_none")] = tokens.category[3]
    if ANSWERED in keys:
        legend[say("lineage.end_answered")] = tokens.category[4]
    if any(node.kind == "cluster" for node in picture.nodes) or members & data.contributions.keys():
        legend[Contribution.sheet.label(say.lang)] = tokens.axis
    if members & (data.projects.keys() | data.key_results.keys()):
        legend[say("lineage.project")] = tokens.category[2]
    return legend


def _groups(data: LineageData, picture: FlowPicture, way: Direction, tokens: Tokens, say: Words) -> list[Line]:
    """For a narrow screen: the largest nodes, and below each the largest of what they led to or came from."""
    nodes = {node.key: node for node in picture.nodes}
    forward = way is Direction.FORWARD
    if forward and data.contributions:
        heads = [node for node in picture.nodes if node.kind == "cluster" or node.key in data.contributions]
    else:
        heads = [node for node in picture.nodes if node.key in data.elements]
    heads.sort(key=lambda node: -node.voices)
    lines = []
    most = _MOST_SINGLE_GROUPS if picture.single else _MOST_GROUPS
    for head in heads[:most]:
        count = say("lineage.voices", n=head.voices) if head.voices and not picture.single else ""
        most_lines = 2 if picture.single else 1
        fill = _colour(data, head, tokens)
        lines.append(Line(_signed_title(data, head, say), 0, fill, value=count, most=most_lines, strong=True))
        flows = [flow for flow in picture.flows if (flow.origin if forward else flow.target) == head.key]
        flows.sort(key=lambda flow: -flow.voices)
        for flow in flows[:_MOST_MEMBERS]:
            other = nodes[flow.target if forward else flow.origin]
            count = "" if picture.single else number(flow.voices, say.lang)
            lines.append(Line(_signed_title(data, other, say), 1, _colour(data, other, tokens), value=count))
    if len(heads) > most:
        lines.append(Line(say("lineage.more_in_table", n=len(heads) - most), 0, ""))
    return lines


def _signed_title(data: LineageData, node: FlowNode, say: Words) -> str:
    sign = STATE_SIGNS[node.state] if node.state else ""
    return f"{sign} {_title(data, node, say)}".strip()
