"""The board of rules: which hold, which break and by how much, and how much room is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from smartdash.analysis.rules import RuleResult
from smartdash.charts.rows import Tooltips
from smartdash.charts.rules import rule_bars
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.plans import named, version_in_force
from smartdash.figures.rule_tally import Board, is_hint, pack_of, read_board, tally
from smartdash.figures.rule_words import (
    room,
    rule_name,
    sentence,
    sides,
    source_text,
    standing,
    unit_name,
    verdict,
)
from smartdash.locale import Words
from smartdash.model.grants import RulePackUse
from smartdash.model.rule_parts import RuleScope, RuleStatus
from smartdash.store import Reader

_MOST_PER_RULE = 6
"""So many places of one rule are drawn; the table has all of them."""


@figure("rules.board", page="grant_rules", options=("scope", "status", "pack"))
def board(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """One row per rule and place: verdict, both sides, and the room left or the excess."""
    found = read_board(reader, say)
    if all(result.status is RuleStatus.NOT_APPLICABLE for result in found.results):
        return _nothing(found, say)
    options = _options(found, chosen, say)
    shown = _shown(found.results, options)
    drawn = _drawn(shown, found, say)
    message = _message(found, say)
    version = version_in_force(reader)
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(_row(result, found, say) for result in shown),
        unit=say("rules.board.unit", version=named(version, say)) if version else say("rules.board.unit_plain"),
        chart=(lambda tokens: rule_bars(drawn, tokens, tooltips(say))) if drawn else None,
        alt=say("rules.board.alt", n=len(shown), message=message),
        note=say("rules.board.note") if drawn else say("rules.board.filtered"),
        options=options,
    )


def _nothing(found: Board, say: Words) -> Draft:
    """Why there is nothing to judge, rule by rule."""
    return Draft(
        message=say("rules.board.nothing"),
        columns=(
            TableColumn("rule", say("rules.rule")),
            TableColumn("sentence", say("rules.why")),
            TableColumn("scope", say("rules.scope")),
        ),
        rows=tuple((rule_name(item, say), sentence(item, say), found.place(item, say)) for item in found.results),
        note=say("rules.board.nothing_note"),
    )


def _options(found: Board, chosen: Mapping[str, str], say: Words) -> tuple[Option, ...]:
    present = {result.scope for result in found.results}
    scopes = {"deciding": say("rules.deciding"), "all": say("rules.all")}
    scopes |= {scope.value: scope.label(say.lang) for scope in RuleScope if scope in present}
    states = {"all": say("rules.all")}
    states |= {status.value: status.label(say.lang) for status in RuleStatus}
    packs = {"all": say("rules.all")}
    packs |= {key: found.packs[key] for key in found.packs if any(pack_of(item) == key for item in found.results)}
    return (
        choice("scope", say("rules.scope"), scopes, chosen),
        choice("status", say("rules.status"), states, chosen),
        choice("pack", RulePackUse.sheet.label(say.lang), packs, chosen),
    )


def _shown(results: Sequence[RuleResult], options: Sequence[Option]) -> list[RuleResult]:
    """What was chosen; at the deciding places of a rule that holds everywhere, only the tightest one."""
    scope, status, pack = (option.chosen for option in options)
    fitting = [
        result
        for result in results
        if pack in ("all", pack_of(result))
        and (result.status is not RuleStatus.NOT_APPLICABLE if status == "all" else result.status.value == status)
    ]
    if scope != "deciding":
        return [result for result in fitting if scope in ("all", result.scope.value)]
    kept: list[RuleResult] = []
    for result in fitting:
        quiet = result.status in (RuleStatus.OK, RuleStatus.NOT_APPLICABLE)
        if result.deciding and not (quiet and any(other.rule == result.rule for other in kept)):
            kept.append(result)
    return kept


def _drawn(shown: Sequence[RuleResult], found: Board, say: Words) -> list[dict[str, Any]]:
    """The rows of the chart by pack, the pack with the gravest rule first; the hints of a rule share one row."""
    rows: list[dict[str, Any]] = []
    for pack in dict.fromkeys(pack_of(result) for result in shown):
        rows.append({"heading": found.packs.get(pack, pack)})
        often: Counter[str] = Counter()
        for result in (item for item in shown if pack_of(item) == pack):
            often[result.rule] += 1
            most = 1 if is_hint(result) else _MOST_PER_RULE
            if often[result.rule] <= most:
                rows.append(bar_row(result, rule_name(result, say), _where(result, shown, found, say), say))
    return rows


def _where(result: RuleResult, shown: Sequence[RuleResult], found: Board, say: Words) -> str:
    """The place of a row: of all hints of its rule, or of all places where a rule without room is kept."""
    if is_hint(result):
        hints = [item for item in shown if item.rule == result.rule and is_hint(item)]
        places = [found.place(item, say) for item in sorted(hints, key=lambda item: (item.year or 0, item.place))]
        return "; ".join(places)
    return found.place(result, say, for_all=_stands_for_all(result))


def _stands_for_all(result: RuleResult) -> bool:
    """Whether a result that holds is shown for all of its scope: it has no room that would differ."""
    return result.status is RuleStatus.OK and result.room_left is None


def bar_row(result: RuleResult, label: str, place: str, say: Words) -> dict[str, Any]:
    """A row of `rule_bars`: the label, the verdict with room or excess, and place (where given) and sides below."""
    told = room(result, say)
    compared = result.left is not None and result.right is not None and bool(result.right) and bool(told)
    return {
        "label": label,
        "verdict": f"{verdict(result, say)}: {told}" if told else verdict(result, say),
        "status": standing(result),
        "ratio": float(result.left / result.right) if compared and result.left and result.right else None,
        "broken": result.status is RuleStatus.VIOLATED,
        "details": _details(result, place, say),
        "place": place or label,
        "sentence": sentence(result, say),
        "source": source_text(result.source, say),
    }


def _details(result: RuleResult, place: str, say: Words) -> str:
    """Place and both sides; where nothing is compared, what was found or is missing, and of hints where they are."""
    if is_hint(result):
        return place or sentence(result, say)
    timed = result.unit in ("days", "months")
    told = sentence(result, say) if timed or result.status is RuleStatus.UNKNOWN else sides(result, say)
    return ": ".join(part for part in (place, told) if part)


def tooltips(say: Words) -> Tooltips:
    """What a rule says when pointed at."""
    return [
        ("label", say("rules.rule")),
        ("place", say("rules.scope")),
        ("sentence", say("rules.finding")),
        ("source", say("rules.source")),
    ]


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("verdict", say("rules.status")),
        TableColumn("rule", say("rules.rule")),
        TableColumn("scope", say("rules.scope")),
        TableColumn("left", say("rules.side_left"), "number"),
        TableColumn("right", say("rules.side_right"), "number"),
        TableColumn("unit", say("rules.unit")),
        TableColumn("room", say("rules.room")),
        TableColumn("sentence", say("rules.finding")),
        TableColumn("pack", RulePackUse.sheet.label(say.lang)),
        TableColumn("source", say("rules.source")),
    )


def _row(result: RuleResult, found: Board, say: Words) -> Row:
    return (
        verdict(result, say),
        rule_name(result, say),
        found.place(result, say),
        result.left,
        result.right,
        unit_name(result.unit, say) if result.left is not None else None,
        room(result, say) or None,
        sentence(result, say),
        found.packs.get(pack_of(result), pack_of(result)),
        source_text(result.source, say),
    )


def _message(found: Board, say: Words) -> str:
    """How many rules break, which most, and how many could not be checked; the hints beside them."""
    counted = tally(found)
    if counted.broken:
        worst = counted.broken[0]
        text = say(
            "rules.board.broken",
            n=counted.broken_rules,
            total=str(len(counted.judged)),
            rule=rule_name(worst, say),
            place=found.place(worst, say),
            room=room(worst, say) or verdict(worst, say),
        )
    else:
        kept = counted.judged - counted.unknown - counted.hints
        text = say("rules.board.kept", n=len(kept)) if kept else say("rules.board.none_kept")
    parts = [text]
    if counted.unknown:
        parts.append(say("rules.board.unknown", n=len(counted.unknown)))
    if counted.hints:
        parts.append(say("rules.board.hints", n=len(counted.hints)))
    return " ".join(parts)
