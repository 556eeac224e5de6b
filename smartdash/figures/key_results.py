"""The figure of a cycle: its fields of work, objectives and key results with their five numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.analysis.okr import KeyResultStanding
from smartdash.analysis.status import Status
from smartdash.charts.key_results import key_result_tree
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option
from smartdash.figures.headings import heading, listing
from smartdash.figures.key_result_table import key_result_columns, key_result_row
from smartdash.figures.key_result_tree import tree_rows
from smartdash.figures.okr_words import cycle_option
from smartdash.figures.standings import read_key_results, running_cycle, unit_names
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range, number
from smartdash.model.check_ins import CheckIn
from smartdash.model.okr import Commitment, ContributingUnit, Cycle, KeyResult, Objective
from smartdash.model.shared import FieldOfWork, Unit
from smartdash.store import Reader

_ORDER = (Status.DONE, Status.ON_TRACK, Status.AT_RISK, Status.CRITICAL, Status.UNKNOWN, Status.PLANNED)


@figure("okr.quarter", page="okr", needs=("key_result",), options=("cycle", "commitment", "group"))
def quarter(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The key results of a cycle under their objectives, and these under their fields of work or units."""
    standings = read_key_results(reader)
    current = running_cycle(reader)
    if current is None:
        return Draft(say("okr.quarter.none", cycle=EMPTY), key_result_columns(say), ())
    options = _options(reader, current, standings, chosen, say)
    cycle = next(item for item in reader.all(Cycle) if item.key == options[0].chosen)
    commitment, group = options[1].chosen, options[2].chosen
    own = [item for item in standings if item.cycle.key == cycle.key]
    shown = [item for item in own if commitment in ("all", item.key_result.commitment.value)]
    if not shown:
        return Draft(_nothing(cycle, own, say), key_result_columns(say), (), options=options)
    groups = _groups(reader, group)
    units, contributing = unit_names(reader), _contributing(reader)
    rows = tuple(key_result_row(item, groups.get(_group(item, group)), contributing, say) for item in shown)
    drawn = tree_rows(
        shown, lambda item: _group(item, group), {**groups, None: _without(group, say)}, units, contributing, say
    )
    message = _message(cycle, shown, say)
    return Draft(
        message=message,
        columns=key_result_columns(say),
        rows=rows,
        unit=say("okr.quarter.unit", days=day_range(cycle.start, cycle.end, say.lang)),
        chart=lambda tokens: key_result_tree(drawn, heading(CheckIn, "confidence", say), tokens, _tooltips(say)),
        alt=say("okr.quarter.alt", message=message, n=len(shown)),
        note=_note(reader, cycle, say),
        options=options,
    )


def _options(
    reader: Reader, current: Cycle, standings: Sequence[KeyResultStanding], chosen: Mapping[str, str], say: Words
) -> tuple[Option, ...]:
    filled = {item.cycle.key: item.cycle for item in standings if item.cycle.key != current.key}
    commitments = {item.value: item.label(say.lang) for item in Commitment}
    groups = {"field": FieldOfWork.sheet.label(say.lang), "unit": heading(Objective, "unit", say)}
    return (
        cycle_option(current, filled.values(), chosen, say),
        choice("commitment", heading(KeyResult, "commitment", say), {"all": say("okr.all"), **commitments}, chosen),
        choice("group", say("okr.group"), groups, chosen),
    )


def _groups(reader: Reader, group: str) -> dict[str | None, str]:
    records: Sequence[FieldOfWork | Unit] = reader.all(FieldOfWork) if group == "field" else reader.all(Unit)
    return {record.key: record.title for record in records}


def _group(item: KeyResultStanding, group: str) -> str | None:
    return item.objective.field_of_work if group == "field" else item.objective.unit


def _without(group: str, say: Words) -> str:
    return say("okr.fields.none" if group == "field" else "okr.no_unit")


def _contributing(reader: Reader) -> dict[str, list[str]]:
    """The names of the units that contribute to each objective."""
    units = unit_names(reader)
    found: dict[str, list[str]] = {}
    for item in reader.all(ContributingUnit):
        found.setdefault(item.objective, []).append(units[item.unit])
    return found


def _tooltips(say: Words) -> list[tuple[str, str]]:
    return [
        ("label", heading(KeyResult, "title", say)),
        ("way", heading(CheckIn, "value", say)),
        ("progress", say("okr.term_progress")),
        ("expected_text", say("okr.term_expected")),
        ("pace", say("okr.term_pace")),
        ("confidence", say("okr.term_confidence")),
        ("forecast_text", say("okr.term_forecast")),
        ("fitted_text", say("okr.term_fitted")),
        ("score", say("okr.term_score")),
        ("status_text", say("okr.status")),
        ("why", say("okr.why")),
        ("reported", heading(CheckIn, "reported_on", say)),
    ]


def _nothing(cycle: Cycle, own: Sequence[KeyResultStanding], say: Words) -> str:
    return say("okr.quarter.filtered" if own else "okr.quarter.none", cycle=cycle.title)


def _note(reader: Reader, cycle: Cycle, say: Words) -> str:
    numbers = say("okr.quarter.note")
    as_of = reader.scope.as_of
    if cycle.start <= as_of <= cycle.end:
        return numbers
    return f"{say('okr.quarter.not_running', day=day(as_of, say.lang), cycle=cycle.title)} {numbers}"


def _message(cycle: Cycle, standings: Sequence[KeyResultStanding], say: Words) -> str:
    counts = {status: sum(item.status is status for item in standings) for status in _ORDER}
    total = number(len(standings), say.lang)
    present = [status for status in _ORDER if counts[status]]
    if present == [Status.UNKNOWN]:
        return say("okr.quarter.silent", n=len(standings), cycle=cycle.title)
    if len(present) == 1:
        return say("okr.quarter.all", n=len(standings), cycle=cycle.title, status=say(f"status.{present[0]}"))
    parts = [f"{number(counts[status], say.lang)} {say(f'status.{status}')}" for status in present]
    first = counts[present[0]]
    return say("okr.quarter.message", n=first, total=total, cycle=cycle.title, parts=listing(parts, say))
