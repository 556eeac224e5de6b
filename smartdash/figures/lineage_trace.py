"""Figure that follows one contribution or element, and the steps that the picture of lineage shares with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from smartdash.analysis.lineage import Direction, TraceRow, trace
from smartdash.charts.lineage import STATE_SIGNS, Line, outline_chart, state_fills
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.lineage_data import LineageData, field_option, focus_option, read_lineage
from smartdash.figures.lineage_words import decision_text, fate, origin, paper_of, paper_text, standing
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day
from smartdash.model.workshops import Contribution, LinkKind, StrategyElement
from smartdash.store import Reader

_HOW = {
    LinkKind.DERIVED: ("lineage.how_derived", "lineage.how_derived_back"),
    LinkKind.MERGED: ("lineage.how_merged", "lineage.how_merged_back"),
    LinkKind.SPLIT: ("lineage.how_split", "lineage.how_split_back"),
    LinkKind.CONTRIBUTES: ("lineage.how_contributes", "lineage.how_contributes_back"),
    LinkKind.MEASURES: ("lineage.how_measures", "lineage.how_measures_back"),
    LinkKind.IMPLEMENTED_BY: ("lineage.how_implemented", "lineage.how_implemented_back"),
}


@figure("workshops.trace", page="lineage", needs=("strategy_element",), options=("field", "focus"))
def follow(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What became of one contribution or element, and where it came from, with answer, paper and decision."""
    data = read_lineage(reader)
    field = field_option(reader, chosen, say)
    focus = focus_option(data, field.chosen, chosen, say, everything=False)
    if focus is None:
        return Draft(say("lineage.nothing_in_field"), (), (), options=(field,))
    key = focus.chosen
    first = Direction.FORWARD if key in data.contributions else Direction.BACK
    traces = {way: trace(key, data.steps, way) for way in Direction}
    ways = [way for way in sorted(Direction, key=lambda way: way is not first) if way is first or len(traces[way]) > 1]
    message = fate(data, key, say)
    if key in data.elements:
        message = f"{origin(data, key, say)} {standing(data, key, say)}"
    return Draft(
        message=message,
        columns=(TableColumn("direction", say("lineage.direction")), *step_columns(say)),
        rows=tuple((say(f"lineage.{way}"), *step_row(data, row, way, say)) for way in ways for row in traces[way]),
        unit=say("lineage.trace_unit"),
        chart=lambda tokens: outline_chart(
            [line for way in ways for line in (_question(way, say), *trace_lines(data, traces[way], way, tokens, say))],
            tokens,
        ),
        alt=say("lineage.trace_alt", message=message),
        options=(field, focus),
    )


def step_columns(say: Words) -> tuple[TableColumn, ...]:
    """The columns of the table of steps."""
    return (
        TableColumn("step", say("lineage.step"), "whole"),
        TableColumn("title", say("lineage.what")),
        column(StrategyElement, "level", say.lang),
        column(StrategyElement, "state", say.lang),
        TableColumn("since", say("lineage.since"), "day"),
        TableColumn("how", say("lineage.how")),
        column(Contribution, "event", say.lang),
        column(StrategyElement, "reason", say.lang),
        TableColumn("paper", say("lineage.paper")),
        TableColumn("decision", say("lineage.decision")),
    )


def step_row(data: LineageData, row: TraceRow, way: Direction, say: Words) -> Row:
    """A record on the way: what it is, how it stands since when and why, and how it came of the one before."""
    key, paper = row.key, paper_of(data, row.key)
    return (
        row.depth,
        data.title(key),
        data.level(key, say),
        data.state(key, say),
        _since(data, key),
        how(row, way, say),
        _event(data, row),
        _reason(data, key),
        paper_text(paper) if paper else None,
        decision_text(paper, say) if paper else None,
    )


def how(row: TraceRow, way: Direction, say: Words) -> str | None:
    """By what kind of link a record came of the one before it, or the one before came of it."""
    if row.step is None:
        return None
    forward, back = _HOW[row.step.link.kind]
    return say(forward if way is Direction.FORWARD else back)


def _since(data: LineageData, key: str) -> date | None:
    if key in data.changes:
        return data.changes[key].changed_on
    if key in data.considerations:
        return data.considerations[key].considered_on
    return data.contributions[key].collected_on if key in data.contributions else None


def _event(data: LineageData, row: TraceRow) -> str | None:
    """The event at which the link was made, or a contribution was heard, or an element reached its state."""
    found = row.step.link.event if row.step else None
    if row.key in data.contributions:
        found = data.contributions[row.key].event
    elif found is None and row.key in data.changes:
        found = data.changes[row.key].event
    event = data.events.get(found) if found else None
    return event.title if event else None


def _reason(data: LineageData, key: str) -> str | None:
    if key in data.considerations:
        return data.considerations[key].reason
    return data.reasons.get(key)


def trace_lines(
    data: LineageData, rows: Sequence[TraceRow], way: Direction, tokens: Tokens, say: Words, most: int = 40
) -> list[Line]:
    """The steps as lines of an outline; of more than `most` the last line says how many are left out."""
    lines = [_line(data, row, way, tokens, say) for row in rows[:most]]
    if left := len(rows) - len(lines):
        lines.append(Line(say("lineage.more_in_table", n=left), 0, ""))
    return lines


def _line(data: LineageData, row: TraceRow, way: Direction, tokens: Tokens, say: Words) -> Line:
    key, paper = row.key, paper_of(data, row.key)
    known = (
        how(row, way, say),
        data.level(key, say),
        _event(data, row) if key in data.contributions else None,
        signed_state(data, key, say),
        day(_since(data, key), say.lang) if key in data.changes else None,
        paper_text(paper) if paper else None,
        say("lineage.see_above") if row.again else None,
    )
    note = " · ".join(part for part in known if part)
    return Line(data.title(key), row.depth, fill_of(data, key, tokens), note, most=3, strong=row.depth == 0)


def signed_state(data: LineageData, key: str, say: Words) -> str | None:
    """The word for a record's state, after its sign where it is an element's."""
    word = data.state(key, say)
    return f"{STATE_SIGNS[data.states[key]]} {word}" if key in data.states else word


def fill_of(data: LineageData, key: str, tokens: Tokens) -> str:
    """The colour of a record: an element's by its state."""
    if key in data.states:
        return state_fills(tokens)[data.states[key]]
    return tokens.axis if key in data.contributions else tokens.category[2]


def _question(way: Direction, say: Words) -> Line:
    return Line(say(f"lineage.{way}"), 0, "", strong=True)
