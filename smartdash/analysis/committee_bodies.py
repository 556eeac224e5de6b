"""How often committees meet, and since when they have had no paper of the programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.committees import Step
from smartdash.model.committees import Committee, CommitteeSession


@dataclass(frozen=True, slots=True)
class BodyStanding:
    """A committee with its sessions and with the last session that dealt with a paper of the programme.

    `since` counts the sessions held after that one, or all that were held where there was none.
    """

    committee: Committee
    held: tuple[CommitteeSession, ...]
    coming: tuple[CommitteeSession, ...]
    cancelled: tuple[CommitteeSession, ...]
    busy: frozenset[str]
    papers: int
    last: date | None
    since: int

    @property
    def silent(self) -> bool:
        """Whether it should get regular reports, but its last session had none."""
        return self.committee.reports_regularly and self.since > 0


def body_standings(
    committees: Iterable[Committee],
    sessions: Sequence[CommitteeSession],
    steps: Mapping[str, tuple[Step, ...]],
    as_of: date,
) -> list[BodyStanding]:
    """Each committee with its sessions and the last paper that it dealt with."""
    busy: dict[str, set[str]] = defaultdict(set)
    papers: dict[str, set[str]] = defaultdict(set)
    for paper, found in steps.items():
        for step in found:
            if not (step.session.cancelled or step.lapsed):
                busy[step.committee.key].add(step.session.key)
                papers[step.committee.key].add(paper)
    return [
        _body(
            committee,
            [session for session in sessions if session.committee == committee.key],
            frozenset(busy[committee.key]),
            len(papers[committee.key]),
            as_of,
        )
        for committee in committees
    ]


def _body(
    committee: Committee, sessions: Sequence[CommitteeSession], busy: frozenset[str], papers: int, as_of: date
) -> BodyStanding:
    dated = sorted(sessions, key=lambda session: session.held_on)
    held = tuple(session for session in dated if session.held_on <= as_of and not session.cancelled)
    last = max((session.held_on for session in held if session.key in busy), default=None)
    return BodyStanding(
        committee,
        held,
        tuple(session for session in dated if session.held_on > as_of and not session.cancelled),
        tuple(session for session in dated if session.cancelled),
        busy,
        papers,
        last,
        sum(last is None or session.held_on > last for session in held),
    )
