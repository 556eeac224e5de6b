"""The minutes of a conference: what was decided, assigned, raised and parked, the scores, and the next cycle."""

from __future__ import annotations

from collections.abc import Mapping

from smartdash.figures.catalogue import figure
from smartdash.figures.conference_data import chosen_conference, nothing, subject_titles
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.standings import read_key_results
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.check_ins import Review, Score
from smartdash.model.conferences import Assignment, Decision, ParkedTopic
from smartdash.model.impediments import Impediment
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.store import Reader


@figure("conference.minutes", page="conference", needs=("conference",), options=("conference",))
def minutes(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Decisions, assignments, impediments raised on the day, and parked topics, as one list."""
    conference, option = chosen_conference(reader, say, chosen)
    about, lang = subject_titles(reader), say.lang
    decided = [item for item in reader.all(Decision) if item.conference == conference.key]
    assigned = [item for item in reader.all(Assignment) if item.conference == conference.key]
    parked = [item for item in reader.all(ParkedTopic) if item.conference == conference.key]
    raised = [item for item in reader.all(Impediment) if item.raised_on == conference.held_on]
    rows: list[Row] = [
        *((say("live.kind_decision"), item.text, about.get(item.about), None, None) for item in decided),
        *((say("live.kind_assignment"), item.text, about.get(item.about), item.role, item.due) for item in assigned),
        *(
            (say("live.kind_impediment"), item.title, about.get(item.blocks), item.owner_role, item.due)
            for item in raised
        ),
        *((say("live.kind_parked"), item.text, None, item.role, None) for item in parked),
    ]
    if not rows:
        return Draft(nothing(reader, say, "conference.no_minutes", conference), (), (), options=(option,))
    return Draft(
        message=say(
            "conference.minutes_message",
            title=conference.title,
            decisions=number(len(decided), lang),
            assignments=number(len(assigned), lang),
            impediments=number(len(raised), lang),
            parked=number(len(parked), lang),
        ),
        columns=(
            TableColumn("kind", say("conference.kind")),
            TableColumn("text", say("conference.text")),
            column(Decision, "about", lang),
            column(Assignment, "role", lang),
            column(Assignment, "due", lang, "day"),
        ),
        rows=tuple(rows),
        note=say("conference.minutes_note"),
        options=(option,),
    )


@figure("conference.scores", page="conference", needs=("conference", "key_result"), options=("conference",))
def scores(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The final scores of a conference's cycle with their causes, and what becomes of each objective."""
    conference, option = chosen_conference(reader, say, chosen)
    found = [item for item in read_key_results(reader) if item.cycle.key == conference.cycle]
    if not found:
        return Draft(nothing(reader, say, "conference.no_key_results", conference), (), (), options=(option,))
    scored = {item.key_result: item for item in reader.all(Score)}
    reviewed = {item.objective: item for item in reader.all(Review)}
    rows: list[Row] = []
    for item in found:
        score, review = scored.get(item.key_result.key), reviewed.get(item.objective.key)
        rows.append(
            (
                item.objective.title,
                item.key_result.title,
                score.value if score else None,
                score.cause.label(say.lang) if score and score.cause else None,
                score.reason if score else None,
                review.outcome.label(say.lang) if review else None,
                review.reason if review else None,
            )
        )
    return Draft(
        message=say(
            "conference.scores_message",
            n=len(found),
            scored=number(sum(item.key_result.key in scored for item in found), say.lang),
            caused=number(sum(row[3] is not None for row in rows), say.lang),
        ),
        columns=(
            column(Objective, "title", say.lang, name="objective"),
            column(KeyResult, "title", say.lang),
            column(Score, "value", say.lang, "number"),
            column(Score, "cause", say.lang),
            column(Score, "reason", say.lang),
            column(Review, "outcome", say.lang),
            column(Review, "reason", say.lang, name="review_reason"),
        ),
        rows=tuple(rows),
        options=(option,),
    )


@figure("conference.next_cycle", page="conference", needs=("conference",), options=("conference",))
def prepared(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The objectives of the cycle after a conference's own, each with the one it was carried over from."""
    conference, option = chosen_conference(reader, say, chosen)
    cycles = {item.key: item for item in reader.all(Cycle)}
    later = [item for item in cycles.values() if item.start > cycles[conference.cycle].end]
    following = cycles.get(conference.next_cycle or "") or min(later, key=lambda item: item.start, default=None)
    objectives = reader.all(Objective)
    new = [item for item in objectives if following and item.cycle == following.key]
    if following is None or not new:
        return Draft(nothing(reader, say, "conference.not_prepared", conference), (), (), options=(option,))
    names, results = titles(objectives), reader.all(KeyResult)
    return Draft(
        message=say(
            "conference.next_message",
            n=len(new),
            cycle=following.title,
            carried=number(sum(item.predecessor is not None for item in new), say.lang),
        ),
        columns=(
            column(Objective, "title", say.lang),
            column(Objective, "owner_role", say.lang),
            TableColumn("key_results", KeyResult.sheet.label(say.lang), "whole"),
            column(Objective, "predecessor", say.lang),
        ),
        rows=tuple(
            (
                item.title,
                item.owner_role,
                sum(one.objective == item.key for one in results),
                names.get(item.predecessor),
            )
            for item in new
        ),
        options=(option,),
    )
