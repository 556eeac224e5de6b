"""The decision that a plan version or a contract rests on, in words: paper, session, public or closed, outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.committees import CLOSED, PaperStanding
from smartdash.figures.committee_data import CommitteeData, result_text
from smartdash.locale import Words
from smartdash.locale.numbers import day


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in words: the paper, what became of it, when and where, and whether the public could attend.

    `number` is that of the paper, or its title where it has none.
    """

    paper: str
    outcome: str
    number: str = ""
    committee: str | None = None
    held_on: date | None = None
    sitting: str | None = None

    def in_one_line(self, say: Words) -> str:
        """Paper, outcome, committee, day, public or not, as far as they are known."""
        parts = (self.outcome, self.committee, day(self.held_on, say.lang) if self.held_on else None, self.sitting)
        known = ", ".join(part for part in parts if part)
        return f"{self.number}: {known}" if self.number else known


def decided(paper: str | None, found: CommitteeData, say: Words) -> Decided:
    """What is known about the decision with the key `paper`; plainly so where none is recorded, or none may be seen."""
    if paper is None:
        return Decided("", say("versions.no_decision"))
    standing = _standings(found).get(paper)
    if standing is None:
        return Decided("", say("versions.hidden_decision"))
    number, title = standing.paper.number or standing.paper.title, standing.paper.title
    name = f"{number} {title}" if number != title else title
    step = standing.closing or standing.following or next((one for one in reversed(standing.steps) if one.passed), None)
    outcome = _outcome(standing, found.public, say)
    if step is None:
        return Decided(name, outcome, number)
    sitting = _sitting(step.consultation.open_session, say)
    return Decided(name, outcome, number, step.committee.title, step.session.held_on, sitting)


def _standings(found: CommitteeData) -> Mapping[str, PaperStanding]:
    return {standing.paper.key: standing for standing in found.standings}


def _outcome(standing: PaperStanding, public: bool, say: Words) -> str:
    if said := result_text(standing.closing, say):
        return said
    if standing.state in CLOSED:
        return say(f"committees.state_{standing.state}")
    if standing.following or not any(step.passed for step in standing.steps):
        return say("versions.not_decided")
    return say("versions.no_public_outcome") if public else say("versions.no_outcome")


def _sitting(public: bool | None, say: Words) -> str | None:
    if public is None:
        return None
    return say("versions.public_sitting") if public else say("versions.closed_sitting")
