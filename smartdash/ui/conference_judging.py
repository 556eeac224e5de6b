"""What is judged together about an objective: confidence or score per key result, and whether it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.okr import KeyResultStanding, clamp
from smartdash.exchange.numbers import number_from_text
from smartdash.exchange.problems import Fault
from smartdash.figures.headings import heading
from smartdash.locale.numbers import number
from smartdash.model.check_ins import CAUSE_NEEDED_BELOW, CheckIn, Review, ReviewOutcome, Score, ScoreCause, Zone
from smartdash.model.conferences import ConferenceKind
from smartdash.model.declare import Record
from smartdash.model.okr import KeyResultKind
from smartdash.ui.conference_writing import Table, store_button
from smartdash.ui.markdown import plain

_STEPS = [Decimal(tenth) / 10 for tenth in range(11)]
_CONFIDENCES = list(range(11))
_MEASURED = (KeyResultKind.CHANGE, KeyResultKind.BAND)


def judge(table: Table, objective: str) -> None:
    """Ask for a score or the confidence of each key result, and at a review for what becomes of the objective."""
    say, kind = table.view.say, table.room.conference.kind
    for standing in table.room.of_objective(objective):
        with st.container(border=True, key=f"judge_{standing.key_result.key}"):
            st.markdown(f"#### {plain(standing.key_result.title)}")
            if kind is ConferenceKind.REVIEW:
                _ask_score(table, standing)
            else:
                _ask_confidence(table, standing)
    if kind is ConferenceKind.REVIEW:
        with st.container(border=True, key=f"judge_{objective}"):
            st.markdown(f"#### {say('live.review_question')}")
            _ask_review(table, objective)


def suggested_score(standing: KeyResultStanding) -> Decimal | None:
    """The score that the progress would give, cut to 0 to 1 and to tenths half up; only ever shown, never taken."""
    return None if standing.progress is None else (clamp(standing.progress) * 10 + Decimal("0.5")) // 1 / 10


def _ask_score(table: Table, standing: KeyResultStanding) -> None:
    say, pen, key = table.view.say, table.pen, standing.key_result.key
    stored = table.room.scores.get(key)
    names = [f"{name}_{key}" for name in ("score", "cause", "reason")]
    known = stored.value if stored else None
    steps = sorted({*_STEPS, *([known] if known is not None else [])})
    suggestion = suggested_score(standing)
    said = say("live.suggestion", value=number(suggestion, say.lang, 1)) if suggestion is not None else ""
    st.caption(said or say("live.no_suggestion"))
    value = pen.pick(names[0], heading(Score, "value", say), steps, lambda item: number(item, say.lang), known)
    below = value is not None and value < CAUSE_NEEDED_BELOW
    cause = None
    if below:
        cause = pen.pick(
            names[1],
            heading(Score, "cause", say),
            list(ScoreCause),
            lambda item: item.label(say.lang),
            stored.cause if stored else None,
        )
    reason = pen.text(names[2], heading(Score, "reason", say), (stored.reason or "") if stored else "")

    def make() -> list[Score]:
        if value is None:
            raise Refusal("live.needs_score")
        if below and cause is None:
            raise Refusal("live.needs_cause")
        if below and not reason:
            raise Refusal("live.needs_score_reason")
        on = table.room.conference.held_on
        given = {"key_result": key, "scored_on": on, "value": value, "cause": cause, "reason": reason or None}
        return [Score(**table.common(), **given)]

    _store(table, names, make, "score", standing.key_result.title, stored is not None)


def _ask_confidence(table: Table, standing: KeyResultStanding) -> None:
    say, pen, result = table.view.say, table.pen, standing.key_result
    agreed = agreed_check_in(table, result.key)
    last = agreed or standing.check_in
    names = [f"{name}_{result.key}" for name in ("confidence", "value", "comment")]
    confidence = pen.pick(
        names[0],
        heading(CheckIn, "confidence", say),
        _CONFIDENCES,
        lambda item: number(item, say.lang),
        agreed.confidence if agreed else None,
    )
    value, zone = "", None
    left, right = st.columns([1, 3])
    if result.kind in _MEASURED:
        label = f"{heading(CheckIn, 'value', say)} ({result.measured_in})" if result.measured_in else ""
        known = last.value if last else result.baseline
        with left:
            value = pen.text(
                names[1],
                plain(label or heading(CheckIn, "value", say)),
                number(known, say.lang) if known is not None else "",
            )
    elif result.kind is KeyResultKind.ZONES:
        zone = pen.pick(
            names[1],
            heading(CheckIn, "zone", say),
            list(Zone),
            lambda item: item.label(say.lang),
            last.zone if last else None,
        )
    with right if result.kind in _MEASURED else st.container():
        comment = pen.text(names[2], heading(CheckIn, "comment", say), (agreed.comment or "") if agreed else "")

    def make() -> list[CheckIn]:
        if confidence is None:
            raise Refusal("live.needs_confidence")
        if result.kind is KeyResultKind.ZONES and zone is None:
            raise Refusal("live.needs_zone")
        on = table.room.conference.held_on
        return [
            CheckIn(
                **table.common(agreed.key if agreed else ""),
                key_result=result.key,
                reported_on=on,
                number=agreed.number if agreed else _next_number(table, result.key),
                value=_measure(value) if result.kind in _MEASURED else None,
                zone=zone,
                confidence=confidence,
                forecast=last.forecast if last else None,
                comment=comment or None,
                source_place=table.room.conference.key,
            )
        ]

    _store(table, names, make, "confidence", result.title, agreed is not None)


def agreed_check_in(table: Table, key_result: str) -> CheckIn | None:
    """The check-in of a key result that this conference has made; its source place names the conference."""
    conference = table.room.conference
    found = (one for one in table.room.check_ins if one.key_result == key_result)
    return next((one for one in found if one.source_place == conference.key), None)


def _next_number(table: Table, key_result: str) -> int | None:
    """The number of a further check-in on the conference's day; None for the first."""
    on = table.room.conference.held_on
    numbers = [one.number or 1 for one in table.room.check_ins if (one.key_result, one.reported_on) == (key_result, on)]
    return max(numbers) + 1 if numbers else None


def _measure(text: str) -> Decimal:
    try:
        return number_from_text(text, "")
    except Fault:
        raise Refusal("closing.no_number", value=text) from None


def _ask_review(table: Table, objective: str) -> None:
    say, pen = table.view.say, table.pen
    stored = table.room.reviews.get(objective)
    names = [f"{name}_{objective}" for name in ("outcome", "why")]
    outcome = pen.pick(
        names[0],
        heading(Review, "outcome", say),
        list(ReviewOutcome),
        lambda item: item.label(say.lang),
        stored.outcome if stored else None,
    )
    reason = pen.text(names[1], heading(Review, "reason", say), (stored.reason or "") if stored else "")

    def make() -> list[Review]:
        if outcome is None:
            raise Refusal("live.needs_outcome")
        if outcome is not ReviewOutcome.KEEP and not reason:
            raise Refusal("live.needs_review_reason")
        on = table.room.conference.held_on
        return [Review(**table.common(), objective=objective, reviewed_on=on, outcome=outcome, reason=reason or None)]

    _store(table, names, make, "review", table.room.objectives[objective].title, stored is not None)


def _store(
    table: Table, names: list[str], make: Callable[[], Sequence[Record]], what: str, title: str, correction: bool
) -> None:
    say = table.view.say
    reason = say(f"live.reason_{what}", title=title)
    if correction:
        reason = say("live.corrected", what=reason)
    label = say("live.store_correction") if correction else ""
    store_button(table, names[0], names, make, reason, label)
