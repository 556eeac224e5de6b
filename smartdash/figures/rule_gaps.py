"""What the rules could not check and what is missing for it, and the breaches that somebody has accepted."""

from __future__ import annotations

from smartdash.analysis.rules import RuleResult
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.rule_data import missing_packs
from smartdash.figures.rule_tally import Board, is_hint, pack_of, read_board
from smartdash.figures.rule_words import parameter_title, place_name, rule_name, sentence, source_text
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day
from smartdash.model.committees import Paper
from smartdash.model.grants import TOTAL, RulePackUse, Waiver
from smartdash.model.rule_parts import RuleStatus
from smartdash.store import Reader


@figure("rules.unknown", page="grant_rules")
def not_checked(reader: Reader, say: Words) -> Draft:
    """Every rule that could not be checked, what is missing, and where it is entered."""
    found = read_board(reader, say)
    unknown = [result for result in found.results if result.status is RuleStatus.UNKNOWN]
    lost = missing_packs(reader)
    rules = {result.rule for result in unknown}
    judged = {result.rule for result in found.results if result.status is not RuleStatus.NOT_APPLICABLE}
    if rules:
        message = say("rules.unknown.message", n=len(rules), total=str(len(judged)))
    elif lost:
        message = say("rules.unknown.packs", n=len(lost), packs=", ".join(lost))
    else:
        message = say("rules.unknown.none", n=len(judged)) if judged else say("rules.board.nothing")
    return Draft(
        message=message,
        columns=(
            TableColumn("rule", say("rules.rule")),
            TableColumn("where", say("rules.enter_at")),
            TableColumn("missing", say("rules.lacks")),
            TableColumn("scope", say("rules.scope")),
            TableColumn("pack", RulePackUse.sheet.label(say.lang)),
            TableColumn("source", say("rules.source")),
        ),
        rows=(*(_unknown_row(result, found, say) for result in unknown), *(_pack_row(pack, say) for pack in lost)),
        unit=say("rules.unknown.unit"),
    )


def _unknown_row(result: RuleResult, found: Board, say: Words) -> Row:
    asked = bool(result.values.get("parameter"))
    missing = parameter_title(result, say) if asked else sentence(result, say)
    where = say("rules.enter_here" if asked else "rules.enter_data")
    pack = found.packs.get(pack_of(result), pack_of(result))
    return (rule_name(result, say), where, missing, found.place(result, say), pack, source_text(result.source, say))


def _pack_row(pack: str, say: Words) -> Row:
    return (say("rules.all"), say("rules.enter_data"), say("rules.pack_lost", pack=pack), None, pack, None)


@figure("rules.oddities", page="grant_rules")
def oddities(reader: Reader, say: Words) -> Draft:
    """What is odd about the plan without breaking a rule of a grant, each with the numbers that show it."""
    found = read_board(reader, say)
    hints = [result for result in found.results if is_hint(result)]
    rules = dict.fromkeys(result.rule for result in hints)
    ordered = sorted(hints, key=lambda item: (item.year is None, item.year or 0, item.place))
    named = [rule_name(next(item for item in hints if item.rule == rule), say) for rule in rules]
    if hints:
        message = say("rules.oddities.message", n=len(hints), rules=listing([f"„{name}“" for name in named], say))
    else:
        message = say("rules.oddities.none")
    return Draft(
        message=message,
        columns=(
            TableColumn("rule", say("rules.rule")),
            TableColumn("sentence", say("rules.finding")),
        ),
        rows=tuple(_hint_row(item, found, say) for rule in rules for item in ordered if item.rule == rule),
        unit=say("rules.oddities.unit"),
        note=say("rules.oddities.note") if hints else "",
        cards=True,
    )


def _hint_row(item: RuleResult, found: Board, say: Words) -> Row:
    return (f"{rule_name(item, say)} · {found.place(item, say)}", sentence(item, say))


@figure("rules.waivers", page="grant_rules")
def waivers(reader: Reader, say: Words) -> Draft:
    """Breaches that somebody has accepted: why, who, until when, and whether that still holds."""
    found, as_of = read_board(reader, say), reader.scope.as_of
    records = sorted(reader.all(Waiver), key=lambda item: (item.approved_on, item.key), reverse=True)
    running = [item for item in records if item.valid_until is None or item.valid_until >= as_of]
    papers = titles(reader.all(Paper))
    return Draft(
        message=say("rules.waivers.message", n=len(running), ended=str(len(records) - len(running)))
        if records
        else say("rules.waivers.none"),
        columns=(
            TableColumn("rule", say("rules.rule")),
            TableColumn("state", say("rules.state")),
            TableColumn("scope", say("rules.scope")),
            column(Waiver, "reason", say.lang),
            column(Waiver, "approved_by", say.lang),
            column(Waiver, "approved_on", say.lang, "day"),
            column(Waiver, "valid_until", say.lang, "day"),
            column(Waiver, "decision", say.lang),
        ),
        rows=tuple(_waiver_row(item, item in running, found, papers, say) for item in records),
        unit=say("rules.waivers.unit", day=day(as_of, say.lang)),
        note=say("rules.waivers.note") if records else "",
        cards=True,
    )


def _waiver_row(item: Waiver, running: bool, found: Board, papers: dict[str | None, str], say: Words) -> Row:
    fitting = [result for result in found.results if result.rule == item.rule]
    here = [result for result in fitting if item.scope == (result.place or TOTAL)]
    place = place_name(here[0], found.phases, say) if here else item.scope or say("rules.all_places")
    name = rule_name(fitting[0], say) if fitting else item.rule
    state = say("rules.waiver_runs" if running else "rules.waiver_over")
    decision = papers.get(item.decision)
    return (name, state, place, item.reason, item.approved_by, item.approved_on, item.valid_until, decision)
