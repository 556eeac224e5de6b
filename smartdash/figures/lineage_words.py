"""What became of a contribution or element, and where it came from, in one sentence each."""

from __future__ import annotations

from smartdash.analysis.committees import PaperStanding, Step
from smartdash.analysis.lineage import Direction
from smartdash.figures.committee_data import result_text
from smartdash.figures.lineage_data import LineageData, cut
from smartdash.figures.tables import capital
from smartdash.locale import Words
from smartdash.locale.numbers import day, number
from smartdash.model.workshops import Audience, ElementLevel, ElementState

_NAMED = {
    ElementLevel.GUIDING_PRINCIPLE: "lineage.the_guiding_principle",
    ElementLevel.FIELD_OF_ACTION: "lineage.the_field_of_action",
    ElementLevel.GOAL: "lineage.the_goal",
    ElementLevel.MEASURE: "lineage.the_measure",
    ElementLevel.INDICATOR: "lineage.the_indicator",
}


def fate(data: LineageData, key: str, say: Words) -> str:
    """What became of a record: for a contribution the element it led to, its decision, its project and the answer."""
    if key in data.elements:
        state = data.states[key].label(say.lang)
        where = _decided(data, key, say)
        return say(
            "lineage.element_now",
            what=capital(named(data, key, say)),
            state=state,
            where=where,
            work=_work(data, key, say),
        )
    title, answer = cut(data.title(key)), _answer(data, key, say)
    element = data.result(key)
    if element is None:
        return say("lineage.no_element", title=title, answer=answer)
    way = {element.key, *data.reach(element.key, Direction.BACK), *data.reach(element.key, Direction.FORWARD)}
    others = len((data.lasting & data.reach(key, Direction.FORWARD)) - way)
    return say(
        "lineage.became",
        title=title,
        what=named(data, element.key, say),
        state=_state(data, element.key, say),
        work=_implemented(data, element.key, say),
        more=say("lineage.and_more", n=others) if others else "",
        answer=answer,
    )


def standing(data: LineageData, key: str, say: Words) -> str:
    """How far an element has come, where that was decided, and which project implements it."""
    work = _implemented(data, key, say)
    if not work and _lacks_project(data, key):
        work = say("lineage.without_project")
    return say("lineage.standing", state=_state(data, key, say), work=work)


def origin(data: LineageData, key: str, say: Words) -> str:
    """Where a record came from: how many contributions of how many events, and how many more through its goal."""
    if key in data.contributions:
        event = data.events[data.contributions[key].event]
        held = day(event.held_on, say.lang)
        return say("lineage.said_at", title=cut(data.title(key)), event=event.title, day=held)
    what = named(data, key, say)
    before = data.origins(key)
    first = _first(data, before)
    through_goals = _first(data, data.reach(key, Direction.BACK)) - first
    more = say("lineage.more_through_goals", n=len(through_goals)) if through_goals else ""
    if first:
        events = say("lineage.events", n=len({data.contributions[item].event for item in first}))
        return say("lineage.from_contributions", n=len(first), what=capital(what), events=events, more=more)
    if before:
        return say("lineage.from_elements", n=len(before), what=capital(what), more=more)
    return say("lineage.origin_unknown", what=what, more=more)


def _first(data: LineageData, keys: frozenset[str]) -> frozenset[str]:
    """Of some records the contributions that did not come of others."""
    return frozenset(key for key in keys if key in data.contributions and not data.back.get(key))


def named(data: LineageData, key: str, say: Words) -> str:
    """An element with its level and article, such as "die Maßnahme „E-Akte“"."""
    element = data.elements[key]
    return say(_NAMED[element.level], title=element.title)


def paper_text(paper: PaperStanding) -> str:
    """A paper by its number, or by its title where it has none."""
    return paper.paper.number or paper.paper.title


def decision_text(paper: PaperStanding, say: Words) -> str | None:
    """The committee, day and result of a paper's last word, or of its last consultation so far."""
    passed = [step for step in paper.steps if step.passed]
    step: Step | None = paper.closing or (passed[-1] if passed else None)
    if step is None:
        return None
    held = day(step.session.held_on, say.lang)
    result = result_text(step, say)
    where = say("lineage.session", committee=step.committee.title, day=held)
    return say("lineage.session_result", session=where, result=result) if result else where


def paper_of(data: LineageData, key: str) -> PaperStanding | None:
    """The paper with which an element reached its state."""
    change = data.changes.get(key)
    return data.papers.get(change.paper) if change and change.paper else None


def _decided(data: LineageData, key: str, say: Words) -> str:
    """Day, paper and committee of an element's state in brackets, as far as they are known."""
    change, paper = data.changes.get(key), paper_of(data, key)
    parts = [day(change.changed_on, say.lang)] if change else []
    if paper:
        parts += [paper_text(paper), *([paper.closing.committee.title] if paper.closing else [])]
    return say("lineage.in_brackets", parts=", ".join(parts)) if parts else ""


def _state(data: LineageData, key: str, say: Words) -> str:
    state = data.states[key]
    reason = data.reasons[key]
    label = state.label(say.lang)
    where = _decided(data, key, say)
    if state is ElementState.REJECTED and reason:
        return say("lineage.state_reason", state=label, where=where, reason=reason.rstrip("."))
    return say("lineage.state", state=label, where=where)


def _implementing(data: LineageData, key: str) -> list[str]:
    came = data.reach(key, Direction.FORWARD)
    return [data.title(item) for item in came if item in data.projects or item in data.key_results]


def _implemented(data: LineageData, key: str, say: Words) -> str:
    found = _implementing(data, key)
    if len(found) == 1:
        return say("lineage.implemented_in", title=found[0])
    return say("lineage.implemented_in_several", count=number(len(found), say.lang)) if found else ""


def _work(data: LineageData, key: str, say: Words) -> str:
    found = _implementing(data, key)
    if len(found) == 1:
        return say("lineage.and_implemented_in", title=found[0])
    if found:
        return say("lineage.and_implemented_in_several", count=number(len(found), say.lang))
    return say("lineage.and_no_project") if _lacks_project(data, key) else ""


def _lacks_project(data: LineageData, key: str) -> bool:
    """Whether an element is one that a project could implement; asked only where there is none."""
    return data.elements[key].level is ElementLevel.MEASURE and data.states[key] is not ElementState.REJECTED


def _answer(data: LineageData, key: str, say: Words) -> str:
    answer = data.considerations.get(key)
    if answer:
        considered = day(answer.considered_on, say.lang)
        return say("lineage.answered", day=considered, outcome=answer.outcome.label(say.lang))
    if data.events[data.contributions[key].event].audience is Audience.PUBLIC:
        return say("lineage.not_answered")
    return ""
