"""Figure of the committees: how each paper passes through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from smartdash.charts.committees import PaperSteps, Step, consultations_chart
from smartdash.charts.timeline import span_of
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.tables import capital, column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, day, day_range
from smartdash.model.committees import Committee, CommitteeSession, Consultation, Paper
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class _Station:
    """A consultation with what it refers to; an outcome counts from the day of the session on."""

    paper: Paper
    committee: Committee
    held_on: date
    step: Consultation
    passed: bool

    @property
    def outcome(self) -> str | None:
        return self.step.outcome if self.passed else None


@figure("committees.consultations", page="committees", needs=("consultation",))
def consultations(reader: Reader, say: Words) -> Draft:
    """The consultation sequence of each paper, passed and coming."""
    as_of, lang = reader.scope.as_of, say.lang
    stations = _stations(reader)
    titles = {station.paper.key: station.paper.title for station in stations}
    papers = [
        PaperSteps(titles[key], tuple(_step(station, say) for station in steps))
        for key, steps in groupby(stations, key=lambda station: station.paper.key)
    ]
    span = span_of((station.held_on for station in stations), as_of)
    if span is None:
        raise ValueError("a session has no date")
    message, stand = _message(stations, say), say("committees.as_of", day=day(as_of, lang))
    return Draft(
        message=message,
        columns=(
            column(Consultation, "paper", lang),
            column(Paper, "number", lang),
            column(CommitteeSession, "committee", lang),
            column(CommitteeSession, "held_on", lang, "day"),
            column(Consultation, "role", lang),
            column(Consultation, "open_session", lang, "flag"),
            column(Consultation, "outcome", lang),
            TableColumn("state", say("committees.state")),
        ),
        rows=tuple(
            (
                station.paper.title,
                station.paper.number,
                station.committee.title,
                station.held_on,
                station.step.role.label(lang),
                station.step.open_session,
                station.outcome,
                _state(station, say),
            )
            for station in stations
        ),
        unit=say("committees.unit"),
        chart=lambda tokens: consultations_chart(papers, span, as_of, stand, tokens),
        alt=say(
            "committees.alt",
            n=len(papers),
            steps=str(len(stations)),
            span=day_range(span.first, span.end, lang),
            message=message,
        ),
        note=say("committees.after_span", day=day(as_of, lang)) if as_of > span.end else "",
    )


def _stations(reader: Reader) -> list[_Station]:
    """The consultations by paper, the newest sequence first, and within it in order."""
    papers = {paper.key: paper for paper in reader.all(Paper)}
    sessions = {session.key: session for session in reader.all(CommitteeSession)}
    committees = {committee.key: committee for committee in reader.all(Committee)}
    stations = [
        _Station(
            papers[step.paper],
            committees[session.committee],
            session.held_on,
            step,
            session.held_on <= reader.scope.as_of,
        )
        for step in reader.all(Consultation)
        if (session := sessions[step.session])
    ]
    newest = {key: max((item.held_on for item in stations if item.paper.key == key), default=None) for key in papers}
    return sorted(
        stations,
        key=lambda item: (
            -(newest[item.paper.key] or item.held_on).toordinal(),
            item.paper.key,
            item.step.order or 0,
            item.held_on,
        ),
    )


def _step(station: _Station, say: Words) -> Step:
    held_on = day(station.held_on, say.lang)
    text = say("committees.step", day=held_on, outcome=station.outcome) if station.outcome else held_on
    if not station.passed:
        text = say("committees.step", day=held_on, outcome=_state(station, say))
    return Step(
        committee=station.committee.title,
        role=capital(station.step.role.label(say.lang)),
        day=station.held_on,
        text=text,
        passed=station.passed,
        details={
            say("committees.paper"): station.paper.title,
            say("committees.committee"): station.committee.title,
            say("committees.role"): station.step.role.label(say.lang),
            say("committees.date"): held_on,
            say("committees.outcome"): station.outcome or EMPTY,
        },
    )


def _state(station: _Station, say: Words) -> str:
    return say("committees.passed" if station.passed else "committees.coming")


def _message(stations: Sequence[_Station], say: Words) -> str:
    coming = sorted((station for station in stations if not station.passed), key=lambda station: station.held_on)
    if coming:
        following = coming[0]
        return say(
            "committees.next" if len(stations) > 1 else "committees.only_next",
            n=len(coming),
            all=str(len(stations)),
            committee=following.committee.title,
            title=following.paper.title,
            day=day(following.held_on, say.lang),
        )
    sentence = say("committees.all_passed", n=len(stations))
    silent = sum(station.outcome is None for station in stations)
    if silent == len(stations):
        return f"{sentence} {say('committees.no_outcomes')}"
    return f"{sentence} {say('committees.no_outcome', n=silent)}" if silent else sentence
