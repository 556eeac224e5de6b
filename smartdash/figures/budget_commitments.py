"""The figure of the commitments: how firm each is, what of it is still open, and when it falls due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.budget import ZERO, total_by
from smartdash.analysis.status import Status
from smartdash.charts.budget import outlined_bars
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.budget_words import MOST_BARS
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.plans import details_tooltips
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, euro, euro_short
from smartdash.model.money import CostLine
from smartdash.model.spending import Commitment, CommitmentStage, CommitmentStep, Contract
from smartdash.store import Reader
from smartdash.store.queries import CommitmentState, commitment_states

_FIRMEST_FIRST = (
    CommitmentStage.BOUND,
    CommitmentStage.PRE_BOUND,
    CommitmentStage.RESERVED,
    CommitmentStage.RELEASED,
)
_CLOSED = "closed"
_SHOWN = {
    "open": frozenset(_FIRMEST_FIRST),
    "bound": frozenset({CommitmentStage.BOUND}),
    "pre_bound": frozenset({CommitmentStage.PRE_BOUND}),
    "reserved": frozenset({CommitmentStage.RESERVED}),
    _CLOSED: frozenset(_FIRMEST_FIRST),
}
"""What may be shown, and the stages of it; the last one is what is paid or released."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """A commitment with its state and the steps that led there."""

    commitment: Commitment
    state: CommitmentState
    steps: Sequence[CommitmentStep]
    as_of: date

    @property
    def status(self) -> Status:
        due = self.commitment.due_on
        if not self.state.open:
            return Status.DONE
        if due is None:
            return Status.UNKNOWN
        return Status.AT_RISK if due < self.as_of else Status.PLANNED


@figure("budget.commitments", page="budget", needs=("commitment",), options=("stage",))
def commitments(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The commitments of a stage or all that are open, the firmest and earliest due on top."""
    option = choice("stage", say("actuals.shown"), {name: say(f"actuals.shown_{name}") for name in _SHOWN}, chosen)
    found = _standings(reader)
    shown = [item for item in found if _fits(item, option.chosen)]
    lines = {line.key: f"{line.key} {line.title}" for line in reader.all(CostLine)}
    contracts = titles(reader.all(Contract))
    bars = [_bar(item, say) for item in shown[:MOST_BARS]]
    message = _message([item for item in found if item.state.open], say)
    return Draft(
        message=message,
        columns=(
            TableColumn("status", say("actuals.due_status"), "status"),
            column(Commitment, "title", say.lang),
            column(Commitment, "cost_line", say.lang),
            column(Commitment, "stage", say.lang),
            column(Commitment, "year", say.lang),
            column(Commitment, "amount", say.lang, "money"),
            TableColumn("paid", say("actuals.paid"), "money"),
            TableColumn("open", say("actuals.still_open"), "money"),
            column(Commitment, "due_on", say.lang, "day"),
            column(Commitment, "contract", say.lang),
            TableColumn("steps", say("actuals.steps")),
        ),
        rows=tuple(_row(item, lines, contracts, say) for item in shown),
        unit=say("actuals.commitments_unit"),
        chart=(lambda tokens: outlined_bars(bars, tokens, details_tooltips(Commitment.sheet.label(say.lang), say)))
        if bars
        else None,
        alt=say("actuals.commitments_alt", n=len(bars), message=message),
        note="" if shown else say("actuals.none_of_stage"),
        options=(option,),
    )


def _standings(reader: Reader) -> list[_Standing]:
    states = {state.key: state for state in commitment_states(reader)}
    steps: dict[str, list[CommitmentStep]] = defaultdict(list)
    for step in sorted(reader.all(CommitmentStep), key=lambda item: item.changed_on):
        steps[step.commitment].append(step)
    found = [_Standing(item, states[item.key], steps[item.key], reader.scope.as_of) for item in reader.all(Commitment)]
    return sorted(found, key=lambda item: (_FIRMEST_FIRST.index(item.state.stage), item.commitment.due_on or date.max))


def _fits(item: _Standing, shown: str) -> bool:
    return item.state.stage in _SHOWN[shown] and bool(item.state.open) is (shown != _CLOSED)


def _row(item: _Standing, lines: dict[str, str], contracts: dict[str | None, str], say: Words) -> Row:
    one = item.commitment
    return (
        item.status.value,
        one.title,
        lines.get(one.cost_line, one.cost_line),
        item.state.stage.label(say.lang),
        str(one.year),
        item.state.amount,
        item.state.paid,
        item.state.open,
        one.due_on,
        contracts.get(one.contract),
        _history(item, say),
    )


def _history(item: _Standing, say: Words) -> str:
    """How the commitment came to its stage: "vorgemerkt 01.02.2026, 10.000,00 € → gebunden 24.03.2026"."""
    one = item.commitment
    steps = [(one.committed_on, one.stage, one.amount), *((it.changed_on, it.stage, it.amount) for it in item.steps)]
    return " → ".join(
        f"{stage.label(say.lang)} {day(on, say.lang)}"
        + (f", {euro(amount, say.lang, cents=True)}" if amount is not None else "")
        for on, stage, amount in steps
    )


def _bar(item: _Standing, say: Words) -> dict[str, object]:
    details = say(
        "actuals.commitment_details",
        stage=item.state.stage.label(say.lang),
        open=euro_short(item.state.open, say.lang),
        amount=euro_short(item.state.amount, say.lang),
    )
    return {
        "label": item.commitment.title,
        "details": details,
        "outline": float(item.state.amount),
        "solid": float(item.state.paid),
        "light": float(item.state.open),
        "flag": f"{STATUS_SIGNS[item.status.value]} {_due(item, say)}",
        "flag_status": item.status.value,
    }


def _due(item: _Standing, say: Words) -> str:
    if item.status is Status.DONE:
        return say("actuals.settled")
    if item.commitment.due_on is None:
        return say("actuals.due_unknown")
    name = "actuals.overdue" if item.status is Status.AT_RISK else "actuals.due"
    return say(name, day=day(item.commitment.due_on, say.lang))


def _message(found: Sequence[_Standing], say: Words) -> str:
    if not found:
        return say("actuals.nothing_open")
    by_stage = total_by((item.state.stage, item.state.open) for item in found)
    parts = [f"{euro_short(amount, say.lang)} {stage.label(say.lang)}" for stage, amount in by_stage.items()]
    total = sum(by_stage.values(), ZERO)
    sentence = say("actuals.open_total", amount=euro_short(total, say.lang), parts=listing(parts, say))
    late = [item for item in found if item.status is Status.AT_RISK]
    if late:
        amount = euro_short(sum((item.state.open for item in late), ZERO), say.lang)
        return f"{sentence} {say('actuals.open_late', n=len(late), amount=amount)}"
    return sentence
