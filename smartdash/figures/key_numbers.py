"""The key numbers of a programme, as tiles and in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.key_results import expected_progress
from smartdash.analysis.schedule import MilestoneStanding, current_phase
from smartdash.analysis.status import Status
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn, Tile, Value
from smartdash.figures.headings import listing
from smartdash.figures.rule_tally import read_board, tally
from smartdash.figures.rule_words import room, rule_name
from smartdash.figures.standings import (
    cycle_progress,
    read_impediments,
    read_key_results,
    read_milestones,
    read_phases,
    read_plan,
    running_cycle,
)
from smartdash.locale import Words
from smartdash.locale.numbers import day_range, euro, euro_short, number, percent
from smartdash.model.projects import Project, ProjectState
from smartdash.model.spending import Contract, PersonDayBudget, Posting
from smartdash.model.workshops import Event
from smartdash.store import Reader
from smartdash.store.queries import paid_costs


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One number: raw with its unit, as a reader sees it, what it relates to, and its part of the sentence, if any."""

    label: str
    raw: Value
    shown: str
    note: str = ""
    unit: str = ""
    phrase: str = ""


@figure("situation.numbers", page="situation")
def key_numbers(reader: Reader, say: Words) -> Draft:
    """The key numbers of a programme; what it has no records for is left out."""
    milestones = read_milestones(reader)
    found = [
        *_period(reader, say),
        *_phase(reader, milestones, say),
        *_milestones(milestones, say),
        *_money(reader, say),
        *_rules(reader, say),
        *_progress(reader, say),
        *_projects(reader, say),
        *_impediments(reader, say),
        *_events(reader, say),
    ]
    title = reader.programme.title if reader.programme else reader.scope.programme
    phrases = [item.phrase for item in found if item.phrase]
    message = say("situation.numbers_message", title=title)
    if phrases:
        message = say("situation.numbers_sentence", title=title, numbers=listing(phrases, say))
    return Draft(
        message=message,
        columns=(
            TableColumn("label", say("situation.number")),
            TableColumn("value", say("situation.value")),
            TableColumn("unit", say("situation.unit")),
            TableColumn("note", say("situation.relates_to")),
        ),
        rows=tuple((item.label, item.raw, item.unit, item.note) for item in found),
        unit=say("situation.numbers_unit"),
        tiles=tuple(Tile(item.label, item.shown, item.note) for item in found),
    )


def _period(reader: Reader, say: Words) -> Iterator[KeyNumber]:
    programme = reader.programme
    if programme and (programme.start or programme.end):
        span = day_range(programme.start, programme.end, say.lang)
        yield KeyNumber(say("situation.period"), span, span, programme.municipality_name)


def _phase(reader: Reader, milestones: Sequence[MilestoneStanding], say: Words) -> Iterator[KeyNumber]:
    phases = read_phases(reader, milestones)
    if not phases:
        return
    running = current_phase(phases, reader.scope.as_of)
    if running is None:
        top = sum(standing.depth == 0 for standing in phases)
        yield KeyNumber(say("situation.phase"), None, say("situation.no_phase"), say("situation.phases", n=top))
        return
    phase = running.phase
    span = day_range(running.planned_start, running.planned_end, say.lang)
    yield KeyNumber(say("situation.phase"), phase.title, phase.title, span)


def _milestones(milestones: Sequence[MilestoneStanding], say: Words) -> Iterator[KeyNumber]:
    if not milestones:
        return
    late = sum(standing.status in (Status.AT_RISK, Status.CRITICAL) for standing in milestones)
    done = sum(standing.status is Status.DONE for standing in milestones)
    yield KeyNumber(
        say("situation.late_milestones"),
        late,
        str(late),
        say("situation.milestones_done", done=str(done), n=len(milestones)),
        phrase=say("situation.milestones_phrase", late=str(late), n=len(milestones)) if late else "",
    )


def _money(reader: Reader, say: Words) -> Iterator[KeyNumber]:
    plan = read_plan(reader)
    if plan is None:
        yield from _purchases(reader, say)
    elif plan.cost is not None:
        cost = euro_short(plan.cost, say.lang)
        booked = bool(plan.cost and reader.holds(Posting))
        phrase = "" if booked else say("situation.cost_phrase", cost=cost)
        yield KeyNumber(say("situation.cost"), plan.cost, cost, plan.version.title, "€", phrase)
        if booked:
            paid = sum((item.amount for item in paid_costs(reader)), Decimal(0))
            share = percent(paid / plan.cost, say.lang)
            note = say("situation.paid_share", share=share)
            phrase = say("situation.paid_phrase", share=share)
            yield KeyNumber(say("situation.paid"), paid, euro_short(paid, say.lang), note, "€", phrase)


def _purchases(reader: Reader, say: Words) -> Iterator[KeyNumber]:
    """What is bought where there is no plan: contracts and person-days, gross."""
    budgets = reader.all(PersonDayBudget)
    for label, amounts in (
        ("situation.contracts", [contract.gross for contract in reader.all(Contract)]),
        ("situation.person_days", [item.stated_gross for item in budgets if item.stated_gross is not None]),
    ):
        if amounts:
            total = sum(amounts, Decimal(0))
            shown = euro(total, say.lang, cents=True)
            yield KeyNumber(say(label), total, shown, say("situation.gross"), "€", f"{say(label)} {shown}")


def _rules(reader: Reader, say: Words) -> Iterator[KeyNumber]:
    """How many rules of the grant break, and which most; nothing where only the plan itself is judged and holds."""
    found = read_board(reader, say)
    counted = tally(found)
    if not counted.broken and not found.of_grant:
        return
    total, broken = str(len(counted.judged)), counted.broken_rules
    note = say("rules.of", total=total, unknown=str(len(counted.unknown)))
    if counted.broken:
        worst = counted.broken[0]
        note = say("rules.worst", total=total, rule=rule_name(worst, say), room=room(worst, say))
    phrase = say("rules.phrase", n=broken) if broken else ""
    yield KeyNumber(say("rules.broken_rules"), broken, str(broken), note, phrase=phrase)


def _progress(reader: Reader, say: Words) -> Iterator[KeyNumber]:
    cycle = running_cycle(reader)
    standings = [item for item in read_key_results(reader) if cycle and item.cycle.key == cycle.key]
    if cycle is None or not standings:
        return
    reached = cycle_progress(standings, cycle).value
    shown = percent(reached, say.lang, 0)
    expected = percent(expected_progress(cycle, reader.scope.as_of), say.lang, 0)
    yield KeyNumber(
        say("situation.progress", cycle=cycle.title),
        reached,
        shown,
        say("situation.expected", share=expected),
        phrase=say("situation.progress_phrase", share=shown, expected=expected) if reached is not None else "",
    )


def _projects(reader: Reader, say: Words) -> Iterator[KeyNumber]:
    projects = reader.all(Project)
    if projects:
        states = Counter(project.state for project in projects)
        running, completed = states[ProjectState.RUNNING], states[ProjectState.COMPLETED]
        note = say("situation.project_states", running=str(running), completed=str(completed))
        yield KeyNumber(say("situation.projects"), len(projects), str(len(projects)), note)


def _impediments(reader: Reader, say: Words) -> Iterator[KeyNumber]:
    impediments = read_impediments(reader)
    if impediments:
        unsolved = [item for item in impediments if item.open]
        overdue = sum(item.days_late is not None for item in unsolved)
        note = say("situation.overdue", n=overdue)
        yield KeyNumber(say("situation.impediments"), len(unsolved), str(len(unsolved)), note)


def _events(reader: Reader, say: Words) -> Iterator[KeyNumber]:
    held = [event for event in reader.all(Event) if event.held_on <= reader.scope.as_of]
    if held:
        people = sum(event.participants or 0 for event in held)
        note = say("situation.people", people=number(people, say.lang)) if people else ""
        yield KeyNumber(say("situation.events"), len(held), str(len(held)), note)
