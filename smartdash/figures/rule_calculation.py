"""How one rule was judged: each place with both sides, and every amount they were added up from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smartdash.analysis.rules import RuleResult
from smartdash.charts.rules import rule_bars
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.rule_board import bar_row, tooltips
from smartdash.figures.rule_tally import Board, read_board
from smartdash.figures.rule_words import room, rule_name, sentence, source_text, standing, unit_name, verdict
from smartdash.locale import Words
from smartdash.model.grants import Drawdown
from smartdash.model.money import CostAmount, CostLine, FundingSource
from smartdash.model.rule_parts import RuleStatus
from smartdash.store import Reader

_MOST_DRAWN = 12
"""So many places are drawn; the table has all of them."""


@figure("rules.calculation", page="grant_rules", options=("rule",))
def calculation(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The calculation of one rule by place: inputs, both sides, difference, the sentence, the source."""
    found = read_board(reader, say)
    judged = [result for result in found.results if result.status is not RuleStatus.NOT_APPLICABLE]
    if not judged:
        return Draft(say("rules.board.nothing"), (), ())
    option = _option(judged, chosen, say)
    own = sorted((result for result in judged if result.rule == option.chosen), key=_place_order)
    drawn = [bar_row(result, found.place(result, say), "", say) for result in own[:_MOST_DRAWN]]
    first, names = next(result for result in judged if result.rule == option.chosen), _names(reader)
    message = say("rules.calculation.message", rule=rule_name(first, say), sentence=sentence(first, say))
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(row for result in own for row in _rows(result, found, names, say)),
        unit=say("rules.calculation.unit"),
        chart=lambda tokens: rule_bars(drawn, tokens, tooltips(say)),
        alt=say("rules.calculation.alt", n=len(own), message=message),
        note=" ".join(part for part in _explained(first, len(own), say) if part),
        options=(option,),
    )


def _place_order(result: RuleResult) -> tuple[bool, str, int, str]:
    """Where the rule decides first, then phase by phase and year by year."""
    return not result.deciding, result.phase or "", result.year or 0, result.place


def _option(judged: list[RuleResult], chosen: Mapping[str, str], say: Words) -> Option:
    names: dict[str, str] = {}
    for result in judged:
        names.setdefault(result.rule, f"{STATUS_SIGNS[standing(result)]} {rule_name(result, say)}")
    return choice("rule", say("rules.rule"), names, chosen)


def _explained(result: RuleResult, count: int, say: Words) -> Iterator[str]:
    yield result.definition.explain(say.lang)
    if result.status is RuleStatus.VIOLATED and (fix := result.definition.fix(say.lang)):
        yield say("rules.fix", text=fix)
    yield say("rules.written_in", source=source_text(result.source, say))
    if count > _MOST_DRAWN:
        yield say("rules.drawn", n=_MOST_DRAWN, total=str(count))


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("scope", say("rules.scope")),
        TableColumn("step", say("rules.step")),
        TableColumn("what", say("rules.what")),
        TableColumn("year", heading(CostAmount, "year", say)),
        TableColumn("amount", say("rules.amount"), "number"),
        TableColumn("unit", say("rules.unit")),
        TableColumn("finding", say("rules.finding")),
    )


def _rows(result: RuleResult, found: Board, names: Mapping[str, str], say: Words) -> Iterator[Row]:
    """The amounts of the left side and their sum, those of the right one and the limit, then the difference."""
    place = found.place(result, say)
    for side, total, word in (("left", result.left, "rules.side_left"), ("right", result.right, "rules.side_right")):
        for item in result.inputs:
            if item.side == side:
                year = str(item.year) if item.year else None
                name = f"{item.key} {names.get(item.key, '')}".strip() or say("rules.everything")
                yield place, say(f"rules.from_{side}"), name, year, item.amount, "€", None
        if total is not None:
            yield place, say(word), None, None, total, unit_name(result.unit, say), None
    finding = f"{verdict(result, say)}: {sentence(result, say)}"
    unit = unit_name(result.unit, say) if result.difference is not None else None
    yield place, say("rules.difference"), room(result, say) or None, None, result.difference, unit, finding


def _names(reader: Reader) -> dict[str, str]:
    """The titles of what inputs name by key."""
    names = {line.key: line.title for line in reader.all(CostLine)}
    names |= {source.key: source.title for source in reader.all(FundingSource)}
    return names | {drawdown.key: drawdown.title for drawdown in reader.all(Drawdown)}
