"""What the figures of a conference share: which one is shown, and how its items and subjects are named."""

from __future__ import annotations

from collections.abc import Mapping

from smartdash.analysis.conference_points import conferences_to_choose
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option
from smartdash.figures.tables import capital, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day
from smartdash.model.conferences import AgendaItem, Conference
from smartdash.model.impediments import Impediment
from smartdash.model.okr import KeyResult, Objective
from smartdash.model.projects import Project
from smartdash.store import Audience, Reader

MINUTES = ("conference.minutes", "conference.scores", "conference.agenda", "conference.next_cycle")
"""The figures that make the minutes of a conference, in their order."""


def chosen_conference(reader: Reader, say: Words, chosen: Mapping[str, str]) -> tuple[Conference, Option]:
    """The conference a figure shows, and the option it was chosen by; there must be one."""
    found = {
        item.key: item
        for item in conferences_to_choose(reader.all(Conference), reader.all(AgendaItem), reader.scope.as_of)
    }
    names = {key: f"{item.title} ({day(item.held_on, say.lang)})" for key, item in found.items()}
    option = choice("conference", say("live.conference"), names, chosen)
    return found[option.chosen], option


def item_title(item: AgendaItem, objectives: Mapping[str | None, str], say: Words) -> str:
    """What an agenda item is called: its own title, its objective's, else its kind."""
    return item.title or objectives.get(item.objective) or capital(item.kind.label(say.lang))


def subject_titles(reader: Reader) -> dict[str | None, str]:
    """The titles of what a decision or an assignment may be about, by key."""
    return {
        key: title
        for record in (Impediment, Project, KeyResult, Objective)
        for key, title in titles(reader.all(record)).items()
    }


def nothing(reader: Reader, say: Words, message: str, conference: Conference) -> str:
    """Why a figure is empty; the public is told that what is said in a conference may be internal."""
    sentence = say(message, title=conference.title)
    return f"{sentence} {say('conference.internal')}" if reader.scope.audience is Audience.PUBLIC else sentence
