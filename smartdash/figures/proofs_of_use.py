"""The figure of the proofs of use: when each is due, whether it came in time, and whether it is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from smartdash.analysis.proofs import ProofStanding, proof_standings
from smartdash.analysis.status import Status, thresholds
from smartdash.charts.milestones import MilestoneRow, milestones_chart
from smartdash.charts.timeline import span_of
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range
from smartdash.model.grants import ProofOfUse
from smartdash.model.money import FundingSource
from smartdash.store import Reader


@figure("funding.proofs", page="funding", needs=("proof_of_use",))
def proofs(reader: Reader, say: Words) -> Draft:
    """Proofs of use with their deadlines, the overdue and the next one first in the message."""
    as_of, lang = reader.scope.as_of, say.lang
    limits = thresholds(as_of)
    standings = proof_standings(reader.all(ProofOfUse), as_of, limits)
    drawn = [row for item in standings if (row := _drawn(item, as_of, say))]
    span = span_of((moment for row in drawn for moment in (row.planned, row.expected)), as_of)
    sources = titles(reader.all(FundingSource))
    message = _message(standings, say)
    return Draft(
        message=message,
        columns=(
            column(ProofOfUse, "title", lang),
            TableColumn("status", say("funding.status"), "status"),
            TableColumn("word", say("funding.standing")),
            column(ProofOfUse, "kind", lang),
            column(ProofOfUse, "funding_source", lang),
            TableColumn("period", say("funding.period")),
            column(ProofOfUse, "due_on", lang, "day"),
            column(ProofOfUse, "submitted_on", lang, "day"),
            column(ProofOfUse, "accepted_on", lang, "day"),
            TableColumn("days_late", say("funding.days_late"), "whole"),
            TableColumn("days_left", say("funding.days_left"), "whole"),
        ),
        rows=tuple(_row(item, sources.get(item.proof.funding_source), say) for item in standings),
        unit=say("funding.proofs.unit"),
        chart=(
            (lambda tokens: milestones_chart(drawn, span, as_of, say("schedule.as_of", day=day(as_of, lang)), tokens))
            if span
            else None
        ),
        alt=say("funding.proofs.alt", n=len(drawn), message=message),
        note=say("funding.proofs.note", n=limits.days_critical),
    )


def _row(item: ProofStanding, source: str | None, say: Words) -> Row:
    proof = item.proof
    return (
        proof.title,
        item.status.value,
        _word(item, say),
        proof.kind.label(say.lang),
        source,
        day_range(proof.period_start, proof.period_end, say.lang),
        proof.due_on,
        proof.submitted_on,
        proof.accepted_on,
        item.days_late,
        item.days_left,
    )


def _drawn(item: ProofStanding, as_of: date, say: Words) -> MilestoneRow | None:
    """The deadline hollow, and the day it was handed in; an overdue one reaches up to the as-of date."""
    proof = item.proof
    handed_in = proof.submitted_on or proof.accepted_on
    due = proof.due_on or handed_in
    if due is None:
        return None
    overdue = item.status is Status.CRITICAL
    return MilestoneRow(
        proof.title,
        f"{STATUS_SIGNS[item.status.value]} {_word(item, say)}",
        item.status.value,
        due,
        handed_in or (as_of if overdue else due),
        handed_in is not None,
        {
            ProofOfUse.sheet.label(say.lang): proof.title,
            column(ProofOfUse, "due_on", say.lang).label: day(proof.due_on, say.lang),
            column(ProofOfUse, "submitted_on", say.lang).label: day(proof.submitted_on, say.lang),
            column(ProofOfUse, "accepted_on", say.lang).label: day(proof.accepted_on, say.lang),
        },
    )


def _word(item: ProofStanding, say: Words) -> str:
    """How a proof stands, in words."""
    if item.status is Status.DONE:
        return (
            say("funding.proofs.accepted_late", n=item.days_late) if item.days_late else say("funding.proofs.accepted")
        )
    if item.proof.submitted_on:
        return say("funding.proofs.sent_late", n=item.days_late) if item.days_late else say("funding.proofs.sent")
    if item.days_late is not None:
        return say("funding.proofs.overdue", n=item.days_late)
    if item.days_left is None:
        return say("funding.proofs.no_deadline")
    return say("funding.proofs.due_in", n=item.days_left)


def _message(standings: Sequence[ProofStanding], say: Words) -> str:
    """The overdue ones, else the next one due, else that all are handed in."""
    overdue = [item for item in standings if item.status is Status.CRITICAL]
    coming = [item for item in standings if item.days_left is not None]
    sentences = []
    if overdue:
        worst = overdue[0]
        sentences.append(
            say(
                "funding.proofs.message_overdue",
                n=len(overdue),
                title=worst.proof.title,
                day=day(worst.proof.due_on, say.lang),
            )
        )
    if coming:
        following = coming[0]
        sentences.append(
            say(
                "funding.proofs.message_next",
                n=following.days_left,
                title=following.proof.title,
                day=day(following.proof.due_on, say.lang),
            )
        )
    if not sentences:
        handed_in = [item for item in standings if item.status is not Status.UNKNOWN]
        accepted = sum(item.status is Status.DONE for item in handed_in)
        sentences.append(
            say("funding.proofs.message_done", n=len(handed_in), accepted=str(accepted))
            if handed_in
            else say("funding.proofs.message_unknown", n=len(standings))
        )
    return " ".join(sentences)
