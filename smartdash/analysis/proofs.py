"""How proofs of use stand against their deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.status import Status, Thresholds
from smartdash.model.grants import ProofOfUse


@dataclass(frozen=True, slots=True)
class ProofStanding:
    """A proof of use on a day: days it came or is too late, or days left until it is due; None where not known."""

    proof: ProofOfUse
    status: Status
    days_late: int | None
    days_left: int | None


def proof_standings(proofs: Sequence[ProofOfUse], as_of: date, limits: Thresholds) -> list[ProofStanding]:
    """Each proof of use with its status, those that are due first in front.

    Accepted: done. Handed in: on track, at risk where it came late and is not accepted yet. Not handed in: critical
    from the day after it was due, at risk from `days_critical` (a month) before; without a due day nothing is known.
    """
    ordered = sorted(proofs, key=lambda proof: (proof.due_on or date.max, proof.key))
    return [_standing(proof, as_of, limits) for proof in ordered]


def _standing(proof: ProofOfUse, as_of: date, limits: Thresholds) -> ProofStanding:
    due = proof.due_on
    if proof.submitted_on or proof.accepted_on:
        handed_in = proof.submitted_on or proof.accepted_on
        late = max((handed_in - due).days, 0) if due and handed_in else None
        status = Status.DONE if proof.accepted_on else Status.AT_RISK if late else Status.ON_TRACK
        return ProofStanding(proof, status, late, None)
    if due is None:
        return ProofStanding(proof, Status.UNKNOWN, None, None)
    left = (due - as_of).days
    if left < 0:
        return ProofStanding(proof, Status.CRITICAL, -left, None)
    return ProofStanding(proof, Status.AT_RISK if left <= limits.days_critical else Status.PLANNED, None, left)
