"""Figures of the strategy's elements: how far they are, what they came from, and what became of contributions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from smartdash.analysis.elements import reasons, states
from smartdash.analysis.lineage import ClusterResult, ElementLineage, cluster_results, element_lineages
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.lineage import STATE_SIGNS, state_fills
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.tables import capital, column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, number
from smartdash.model.projects import Project
from smartdash.model.shared import FieldOfWork, Source
from smartdash.model.workshops import (
    Contribution,
    ElementLevel,
    ElementState,
    Link,
    StateChange,
    StrategyElement,
)
from smartdash.store import Reader


@figure("workshops.outputs", page="goals", needs=("strategy_element",))
def outputs(reader: Reader, say: Words) -> Draft:
    """How many strategy elements of each level have come how far."""
    lang = say.lang
    elements = reader.all(StrategyElement)
    state = states(elements, reader.all(StateChange))
    counts = Counter((element.level, state[element.key]) for element in elements)
    levels = [level for level in ElementLevel if any(counts[level, state] for state in ElementState)]
    by_state = {state: sum(counts[level, state] for level in levels) for state in ElementState}
    return Draft(
        message=_outputs_message(by_state, say),
        columns=(
            column(StrategyElement, "level", lang),
            *(TableColumn(state.value, state.label(lang), "whole") for state in ElementState),
            TableColumn("total", say("workshops.total"), "whole"),
        ),
        rows=tuple(
            (
                level.label(lang),
                *(counts[level, state] for state in ElementState),
                sum(counts[level, state] for state in ElementState),
            )
            for level in levels
        ),
        unit=say("workshops.outputs_unit"),
        chart=lambda tokens: bar_chart(
            [_level_bar(level, counts, tokens, say) for level in levels],
            tokens,
            {
                f"{STATE_SIGNS[state]} {state.label(lang)}": fill
                for state, fill in state_fills(tokens).items()
                if by_state[state]
            },
        ),
        alt=say(
            "workshops.outputs_alt",
            counts=", ".join(f"{state.label(lang)} {by_state[state]}" for state in ElementState if by_state[state]),
        ),
    )


def _outputs_message(by_state: Mapping[ElementState, int], say: Words) -> str:
    total, adopted, rejected = sum(by_state.values()), by_state[ElementState.ADOPTED], by_state[ElementState.REJECTED]
    if not adopted:
        return say("workshops.elements_not_adopted", n=total)
    if adopted == total:
        return say("workshops.elements_all_adopted", n=total)
    return say(
        "workshops.elements_adopted",
        n=total,
        adopted=str(adopted),
        open=str(total - adopted - rejected),
        rejected=str(rejected),
    )


def _level_bar(
    level: ElementLevel, counts: Counter[tuple[ElementLevel, ElementState]], tokens: Tokens, say: Words
) -> Bar:
    """A level's elements by state, the furthest first."""
    parts = tuple(
        Part(counts[level, state], fill, str(counts[level, state])) for state, fill in state_fills(tokens).items()
    )
    total = sum(counts[level, state] for state in ElementState)
    adopted = say("workshops.adopted_of", adopted=str(counts[level, ElementState.ADOPTED]), all=str(total))
    details = {
        say("workshops.level"): level.label(say.lang),
        **{state.label(say.lang): str(counts[level, state]) for state in ElementState},
    }
    return Bar(capital(level.label(say.lang)), parts, adopted, details)


@figure("workshops.elements", page="lineage", needs=("strategy_element",))
def elements(reader: Reader, say: Words) -> Draft:
    """Every strategy element as it stands, with the contributions behind it and the projects that implement it."""
    lang = say.lang
    found, changes = reader.all(StrategyElement), reader.all(StateChange)
    state, reason = states(found, changes), reasons(found, changes)
    lineages = element_lineages(found, reader.all(Contribution), reader.all(Project), reader.all(Link))
    fields_of_work, sources = titles(reader.all(FieldOfWork)), titles(reader.all(Source))
    order = list(ElementLevel)
    lineages.sort(key=lambda item: order.index(item.element.level))
    active = [item for item in lineages if state[item.element.key] is not ElementState.REJECTED]
    has_contributions = any(item.contributions for item in lineages)
    return Draft(
        message=_elements_message(lineages, active, say),
        columns=(
            column(StrategyElement, "title", lang),
            column(StrategyElement, "level", lang),
            column(StrategyElement, "state", lang),
            column(StrategyElement, "field_of_work", lang),
            TableColumn("contributions", say("workshops.from_contributions"), "whole"),
            TableColumn("projects", say("workshops.implementing"), "whole"),
            column(StrategyElement, "follows", lang),
            column(StrategyElement, "reason", lang),
        ),
        rows=tuple(
            (
                item.element.title,
                item.element.level.label(lang),
                state[item.element.key].label(lang),
                fields_of_work.get(item.element.field_of_work),
                item.contributions if has_contributions else None,
                item.projects,
                sources.get(item.element.follows),
                reason[item.element.key],
            )
            for item in lineages
        ),
        note="" if has_contributions else say("workshops.no_contributions_note"),
    )


def _elements_message(lineages: list[ElementLineage], active: list[ElementLineage], say: Words) -> str:
    measures = [item for item in active if item.element.level is ElementLevel.MEASURE]
    implemented = sum(item.projects > 0 for item in measures)
    if not measures:
        return say("workshops.elements_listed", n=len(lineages))
    if implemented == len(measures):
        return say("workshops.measures_all_implemented", n=implemented)
    if implemented:
        return say("workshops.measures_implemented", n=implemented, all=str(len(measures)))
    return say("workshops.measures_not_implemented", n=len(measures))


@figure("workshops.contributions", page="workshops", needs=("contribution",))
def contributions(reader: Reader, say: Words) -> Draft:
    """What became of the contributions of each cluster."""
    elements = reader.all(StrategyElement)
    state = states(elements, reader.all(StateChange))
    results = cluster_results(reader.all(Contribution), elements, reader.all(Link), state)
    total, answered = sum(result.contributions for result in results), sum(result.answered for result in results)
    if answered == total:
        message = say("workshops.all_answered", n=total)
    elif answered:
        message = say("workshops.answered", n=answered, all=number(total, say.lang))
    else:
        message = say("workshops.none_answered", n=total)
    silent = [result for result in results if not result.answered]
    quoted = ", ".join(say("workshops.quoted", title=_cluster(result, say)) for result in silent)
    return Draft(
        message=message,
        columns=(
            column(Contribution, "cluster", say.lang),
            TableColumn("contributions", say("workshops.contributions"), "whole"),
            column(Contribution, "votes", say.lang, "whole"),
            TableColumn("answered", say("workshops.led_to"), "whole"),
            TableColumn("adopted", say("workshops.led_to_adopted"), "whole"),
            TableColumn("refused", say("workshops.led_to_rejected"), "whole"),
            TableColumn("open", say("workshops.unanswered"), "whole"),
        ),
        rows=tuple(
            (
                _cluster(result, say),
                result.contributions,
                result.votes,
                result.answered,
                result.adopted,
                result.refused,
                result.contributions - result.answered,
            )
            for result in results
        ),
        unit=say("workshops.contributions_unit"),
        chart=lambda tokens: bar_chart(
            [_cluster_bar(result, tokens, say) for result in results], tokens, _legend(results, tokens, say)
        ),
        alt=say("workshops.contributions_alt", n=len(results), message=message),
        note=say("workshops.silent_clusters", n=len(silent), names=quoted) if silent else "",
    )


def _legend(results: list[ClusterResult], tokens: Tokens, say: Words) -> dict[str, str]:
    legend = {say("workshops.legend_answered"): tokens.actual_fill}
    if any(result.refused for result in results):
        legend[say("workshops.legend_refused")] = tokens.sequential[3]
    if any(result.answered < result.contributions for result in results):
        legend[say("workshops.legend_unanswered")] = ""
    return legend


def _cluster(result: ClusterResult, say: Words) -> str:
    return result.cluster or say("workshops.no_cluster")


def _cluster_bar(result: ClusterResult, tokens: Tokens, say: Words) -> Bar:
    """Answered contributions solid, of them the refused ones light, unanswered ones as an outline."""
    unanswered = result.contributions - result.answered
    details = {
        say("workshops.cluster"): _cluster(result, say),
        say("workshops.contributions"): str(result.contributions),
        say("workshops.votes"): EMPTY if result.votes is None else number(result.votes, say.lang),
        say("workshops.led_to"): str(result.answered),
        say("workshops.led_to_rejected"): str(result.refused),
        say("workshops.unanswered"): str(unanswered),
    }
    parts = (
        Part(result.answered - result.refused, tokens.actual_fill),
        Part(result.refused, tokens.sequential[3]),
        Part(unanswered, ""),
    )
    value = say("workshops.answered_of", answered=str(result.answered), all=str(result.contributions))
    if result.votes is not None:
        value = f"{value}, {say('workshops.votes_count', n=result.votes)}"
    return Bar(_cluster(result, say), parts, value, details)
