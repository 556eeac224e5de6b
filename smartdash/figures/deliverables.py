"""Figures of what is to be delivered: deliverables with their state, and their required contents as a checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.schedule import DeliverableStanding, DeliverableState, deliverable_standings
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens, status_colour
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import ChartMaker, Draft, TableColumn
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, percent
from smartdash.model.schedule import Deliverable, DeliverableContent, Phase
from smartdash.model.shared import Unit
from smartdash.store import Reader

_DONE = (DeliverableState.DELIVERED, DeliverableState.ACCEPTED)


@figure("schedule.deliverables", page="deliverables", needs=("deliverable",))
def deliverables(reader: Reader, say: Words) -> Draft:
    """Deliverables with due date, delivery, and how many of their required contents are covered."""
    contents = reader.all(DeliverableContent)
    standings = deliverable_standings(reader.all(Deliverable), contents, reader.scope.as_of)
    units, phases = titles(reader.all(Unit)), titles(reader.all(Phase))
    reported = any(content.covered_on for content in contents)
    rows = tuple(
        (
            item.deliverable.title,
            phases.get(item.deliverable.phase),
            item.deliverable.due,
            _state(item, say),
            item.deliverable.delivered,
            item.deliverable.accepted,
            item.covered if reported and item.required else None,
            item.required or None,
            _share(item.covered, item.required) if reported else None,
            item.status.value,
            units.get(item.deliverable.unit),
        )
        for item in standings
    )
    charted = [item for item in standings if item.required]
    notes = []
    if contents and not reported:
        notes.append(say("schedule.contents_unreported", n=len(contents)))
    if len(charted) < len(standings):
        notes.append(say("schedule.contents_missing", n=len(standings) - len(charted)))
    return Draft(
        message=_message(standings, say),
        columns=_columns(say),
        rows=rows,
        unit=say("schedule.coverage_unit" if reported else "schedule.required_unit") if charted else "",
        chart=_coverage(charted, reported, say) if charted else None,
        alt=say(
            "schedule.coverage_alt" if reported else "schedule.required_alt",
            n=len(charted),
            covered=str(sum(item.covered for item in charted)),
            required=str(sum(item.required for item in charted)),
        )
        if charted
        else "",
        note=" ".join(notes),
    )


def _columns(say: Words) -> tuple[TableColumn, ...]:
    lang = say.lang
    return (
        column(Deliverable, "title", lang),
        column(Deliverable, "phase", lang),
        column(Deliverable, "due", lang, "day"),
        TableColumn("state", say("schedule.state")),
        column(Deliverable, "delivered", lang, "day"),
        column(Deliverable, "accepted", lang, "day"),
        TableColumn("covered", say("schedule.covered"), "whole"),
        TableColumn("required", say("schedule.required"), "whole"),
        TableColumn("coverage", say("schedule.coverage"), "percent"),
        TableColumn("status", say("schedule.status"), "status"),
        column(Deliverable, "unit", lang),
    )


def _state(item: DeliverableStanding, say: Words) -> str:
    """How far a deliverable has come, as sign and word."""
    return say(f"schedule.deliverable_{item.state}")


def _share(covered: int, required: int) -> Decimal | None:
    """The share of the required contents that is covered; None where none is required."""
    return Decimal(covered) / required if required else None


def _message(standings: Sequence[DeliverableStanding], say: Words) -> str:
    total = len(standings)
    delivered = sum(item.state in _DONE for item in standings)
    accepted = sum(item.state is DeliverableState.ACCEPTED for item in standings)
    overdue = sum(item.state is DeliverableState.OVERDUE for item in standings)
    if delivered == total:
        sentence = say("schedule.all_delivered", n=total)
    elif not delivered:
        sentence = say("schedule.none_delivered", n=total)
    else:
        sentence = say("schedule.delivered", n=delivered, all=str(total))
    parts = [
        sentence,
        say("schedule.accepted", n=accepted) if accepted else "",
        say("schedule.overdue", n=overdue) if overdue else "",
    ]
    return " ".join(filter(None, parts))


def _coverage(standings: Sequence[DeliverableStanding], reported: bool, say: Words) -> ChartMaker:
    def value(item: DeliverableStanding) -> str:
        count = say("schedule.contents_count", n=item.required)
        if reported:
            count = say("schedule.covered_of", covered=str(item.covered), required=str(item.required))
        return f"{_state(item, say)}, {count}" if item.state is DeliverableState.OVERDUE else count

    def bar(item: DeliverableStanding, tokens: Tokens) -> Bar:
        covered = item.covered if reported else 0
        details = {
            say("schedule.deliverable"): item.deliverable.title,
            say("schedule.state"): _state(item, say),
            say("schedule.covered"): str(item.covered) if reported else EMPTY,
            say("schedule.required"): str(item.required),
        }
        parts = (Part(covered, tokens.actual_fill), Part(item.required - covered, ""))
        colour = status_colour(tokens, item.status.value) if item.state is DeliverableState.OVERDUE else ""
        return Bar(item.deliverable.title, parts, value(item), details, value_colour=colour)

    return lambda tokens: bar_chart([bar(item, tokens) for item in standings], tokens)


@figure("schedule.contents", page="deliverables", needs=("deliverable_content",), options=("deliverable",))
def contents(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The required contents of each deliverable, or of one, as a checklist: covered since when, or open."""
    everything = reader.all(DeliverableContent)
    names = {item.key: item.title for item in reader.all(Deliverable)}
    with_contents = {item.deliverable for item in everything}
    offered = {"all": say("schedule.all_deliverables")}
    offered |= {key: title for key, title in names.items() if key in with_contents}
    option = choice("deliverable", say("schedule.deliverable"), offered, chosen)
    place = {key: index for index, key in enumerate(names)}
    found = sorted(
        (item for item in everything if option.chosen in ("all", item.deliverable)),
        key=lambda content: place[content.deliverable],
    )
    reported = any(content.covered_on for content in everything)
    return Draft(
        message=_contents_message(found, reported, say),
        columns=(
            TableColumn("state", say("schedule.state")),
            column(DeliverableContent, "title", say.lang),
            column(DeliverableContent, "deliverable", say.lang),
            column(DeliverableContent, "covered_on", say.lang, "day"),
        ),
        rows=tuple(
            (_check(content, reported, say), content.title, names[content.deliverable], content.covered_on)
            for content in found
        ),
        unit=say("schedule.contents_unit") if reported else "",
        options=(option,),
    )


def _contents_message(found: Sequence[DeliverableContent], reported: bool, say: Words) -> str:
    covered = sum(content.covered_on is not None for content in found)
    if not reported:
        return say("schedule.contents_unreported", n=len(found))
    if covered == len(found):
        return say("schedule.contents_done", n=covered)
    share = percent(_share(covered, len(found)), say.lang, 0)
    return say("schedule.contents_covered", n=covered, all=str(len(found)), share=share)


def _check(content: DeliverableContent, reported: bool, say: Words) -> str | None:
    """The tick of a checklist with its word; nothing where no deliverable's contents were ever reported."""
    if not reported:
        return None
    return say("schedule.content_covered" if content.covered_on else "schedule.content_open")
