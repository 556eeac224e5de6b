"""What the figures of the committees share: their records read once, as they stand in a scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.committees import PaperStanding, Step, paper_standings, steps_of
from smartdash.charts.timeline import Span
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day
from smartdash.model.committees import Committee, CommitteeSession, Consultation, Paper
from smartdash.store import Audience, Reader


@dataclass(frozen=True, slots=True)
class CommitteeData:
    """Committees, sessions, and papers with their steps; `public`: closed consultations are hidden."""

    as_of: date
    public: bool
    committees: Sequence[Committee]
    sessions: Sequence[CommitteeSession]
    steps: Mapping[str, tuple[Step, ...]]
    standings: Sequence[PaperStanding]

    @property
    def listed_sessions(self) -> tuple[CommitteeSession, ...]:
        """The sessions to show; to the public only those that consult in public, since others betray closed ones."""
        consulting = {step.session.key for steps in self.steps.values() for step in steps if not step.lapsed}
        return tuple(item for item in self.sessions if not self.public or item.key in consulting)


def read_committees(reader: Reader) -> CommitteeData:
    """The committees of a scope with all that passes through them."""
    as_of = reader.scope.as_of
    committees, sessions = reader.all(Committee), reader.all(CommitteeSession)
    papers = reader.all(Paper)
    steps = steps_of(papers, reader.all(Consultation), sessions, committees, as_of)
    standings = paper_standings(papers, steps, as_of)
    return CommitteeData(as_of, reader.scope.audience is Audience.PUBLIC, committees, sessions, steps, standings)


def limits(found: CommitteeData, span: Span | None, say: Words) -> str:
    """What the reader must know about a figure: closed consultations may be missing, the as-of date lies outside."""
    after = say("committees.after_span", day=day(found.as_of, say.lang)) if span and found.as_of > span.end else ""
    return " ".join(text for text in (say("committees.only_public") if found.public else "", after) if text)


def result_text(step: Step | None, say: Words) -> str | None:
    """How a step ended: in the words of the minutes, else by its kind."""
    if step is None:
        return None
    return step.outcome or (step.result.label(say.lang) if step.result else None)


def short_day(value: date | None, say: Words) -> str:
    """A day without its year, where the axis tells it."""
    return day(value, say.lang).removesuffix(str(value.year)).strip() if value else EMPTY
