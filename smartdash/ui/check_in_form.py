"""The questions of a check-in, and storing what was answered; nothing is stored where something is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from smartdash.analysis.check_ins import (
    Entry,
    corrected,
    made_check_in,
    needs_impediment,
    next_number,
    of_day,
    refuse_unfit,
    ticked,
)
from smartdash.analysis.condensing import Refusal
from smartdash.analysis.okr import KeyResultStanding
from smartdash.exchange.numbers import text_from_number
from smartdash.figures.headings import heading
from smartdash.model.check_ins import CheckIn, Zone
from smartdash.model.declare import Record
from smartdash.model.okr import KeyResult, KeyResultKind
from smartdash.ui.check_in_impediment import ask_what_blocks
from smartdash.ui.check_in_reading import CheckInStock
from smartdash.ui.check_in_words import report_line, saved
from smartdash.ui.markdown import plain
from smartdash.ui.questions import typed_number
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, refuse, sign, working_day, write

_CONFIDENCES = range(11)
_DAY_WIDTH = 260


def check_in_form(view: View, stock: CheckInStock, item: KeyResultStanding, left: Sequence[KeyResultStanding]) -> None:
    """Ask for a new check-in; on a day that has one already, also whether it corrects that one or is a further one."""
    say, name = view.say, f"check_in_{item.key_result.key}"
    reported_on = st.date_input(
        heading(CheckIn, "reported_on", say),
        value=working_day(view),
        min_value=min(item.cycle.start, working_day(view)),
        max_value=working_day(view),
        format="DD.MM.YYYY",
        key=fresh(f"{name}_day"),
        width=_DAY_WIDTH,
    )
    before = _which(view, stock, item.key_result, reported_on, name)
    # Named by the day alone: what was typed stays when somebody else reports on the same day meanwhile.
    name = f"{name}_{reported_on.isoformat()}"
    ask_and_store(
        view, stock, item, left, name=name, reported_on=reported_on, before=before, filled=before or item.check_in
    )


def _which(view: View, stock: CheckInStock, result: KeyResult, reported_on: date, name: str) -> CheckIn | None:
    """The check-in of that day that is corrected, or None for a further or first one."""
    same = {report.key: report for report in of_day(stock.check_ins, result.key, reported_on)}
    if not same:
        return None
    say = view.say
    labels = {key: say("check_in.corrects", report=report_line(report, result, view)) for key, report in same.items()}
    chosen = st.radio(
        say("check_in.same_day"),
        [*labels, ""],
        format_func=lambda key: plain(labels[key]) if key else say("check_in.further"),
        key=fresh(f"{name}_which"),
    )
    return same.get(chosen or "")


def ask_and_store(
    view: View,
    stock: CheckInStock,
    item: KeyResultStanding,
    left: Sequence[KeyResultStanding],
    *,
    name: str,
    reported_on: date,
    before: CheckIn | None,
    filled: CheckIn | None,
) -> None:
    """Ask for everything but the day, and store it.

    Args:
        view: The page's choices.
        stock: What there is as of its revision.
        item: The key result.
        left: What is due besides.
        name: Makes the keys of the widgets.
        reported_on: The day that is reported on.
        before: The check-in that is corrected; None for a new one.
        filled: The check-in whose value or zone stands in the form at first.
    """
    say, result = view.say, item.key_result
    # The revision that was seen when the form was opened: whoever writes meanwhile is not overwritten unseen.
    seen = st.session_state.setdefault(fresh(f"{name}_seen"), stock.revision)
    st.session_state[fresh("check_in_touched")] = result.key
    left_half, right_half = st.columns(2)
    with left_half:
        value, zone = _ask_state(view, result, filled, name)
        done_on = () if before and before.reported_on < working_day(view) else _ask_milestones(view, item, name)
    with right_half:
        forecast = _ask_forecast(view, result, before, name)
    confidence = st.pills(
        heading(CheckIn, "confidence", say),
        list(_CONFIDENCES),
        default=before.confidence if before else None,
        help=say("check_in.confidence_help"),
        key=fresh(f"{name}_confidence"),
    )
    blocks = ask_what_blocks(view, item, name) if needs_impediment(confidence, before) else None
    comment = st.text_area(
        heading(CheckIn, "comment", say),
        value=(before.comment if before else None) or "",
        height=100,
        key=fresh(f"{name}_comment"),
    )
    public = _ask_public(view, result, before or item.check_in, name)
    with st.expander(say("check_in.signature")):
        message = "check_in.reason_correction" if before else "check_in.reason"
        signature = sign(view, name, say(message, title=result.title), author=item.owner_role or "")
    if not st.button(say("check_in.store"), type="primary", key=fresh(f"{name}_store"), width="stretch"):
        return
    try:
        entry = Entry(
            reported_on,
            value=typed_number(value) if value.strip() else None,
            zone=zone,
            confidence=confidence,
            forecast=typed_number(forecast) if forecast.strip() else None,
            comment=comment.strip() or None,
            public=public,
            done_on=done_on,
        )
        refuse_unfit(item, entry, working_day(view))
        number = None if before else next_number(stock.check_ins, result.key, reported_on)
        demo = bool(view.programme and view.programme.demo)
        report = corrected(before, entry) if before else made_check_in(item, entry, number, demo=demo)
        records: list[Record] = [report, *ticked(item.milestones, entry), *(blocks() if blocks else [])]
    except Refusal as refusal:
        refuse(view, refusal)
        return
    write(view, records, signature, based_on=seen, done=saved(report, result, left, view))
    # Refused: what others wrote is on the page now, so the next try is based on it.
    st.session_state[fresh(f"{name}_seen")] = stock.revision


def _with_unit(label: str, result: KeyResult) -> str:
    unit = "%" if result.kind in (KeyResultKind.MILESTONES, KeyResultKind.ZONES) else result.measured_in
    return f"{label} ({plain(unit)})" if unit else label


def _ask_state(view: View, result: KeyResult, filled: CheckIn | None, name: str) -> tuple[str, Zone | None]:
    """Ask for the value as it is typed, or the zone, as the kind has it; filled with what was reported last."""
    say = view.say
    if result.kind is KeyResultKind.ZONES:
        zones: list[Zone] = list(Zone)
        texts = [say("check_in.zone_fail"), *(result.zone_commit, result.zone_target, result.zone_stretch)]
        zone = st.radio(
            heading(CheckIn, "zone", say),
            zones,
            index=zones.index(filled.zone) if filled and filled.zone else None,
            format_func=lambda item: item.label(view.lang),
            captions=[plain(text or "") for text in texts],
            key=fresh(f"{name}_zone"),
        )
        return "", zone
    if result.kind is KeyResultKind.MILESTONES:
        return "", None
    value = st.text_input(
        _with_unit(heading(CheckIn, "value", say), result),
        value=text_from_number(filled.value, view.lang) if filled and filled.value is not None else "",
        key=fresh(f"{name}_value"),
        help=say("check_in.value_help"),
    )
    return value, None


def _ask_forecast(view: View, result: KeyResult, before: CheckIn | None, name: str) -> str:
    """Ask which value is expected at the cycle's end, as it is typed; at first what is corrected."""
    forecast: str = st.text_input(
        _with_unit(heading(CheckIn, "forecast", view.say), result),
        value=text_from_number(before.forecast, view.lang) if before and before.forecast is not None else "",
        help=view.say("check_in.forecast_help"),
        key=fresh(f"{name}_forecast"),
    )
    return forecast


def _ask_milestones(view: View, item: KeyResultStanding, name: str) -> tuple[tuple[str, date | None], ...]:
    """Ask which milestones are done, and since when."""
    days: list[tuple[str, date | None]] = []
    for milestone in item.milestones:
        key = fresh(f"{name}_milestone_{milestone.key}")
        ticked_now = st.checkbox(plain(milestone.title), value=milestone.done_on is not None, key=key)
        done_on = None
        if ticked_now:
            done_on = st.date_input(
                view.say("check_in.done_on", title=milestone.title),
                value=milestone.done_on or working_day(view),
                max_value=working_day(view),
                format="DD.MM.YYYY",
                key=f"{key}_day",
            )
        days.append((milestone.key, done_on))
    return tuple(days)


def _ask_public(view: View, result: KeyResult, last: CheckIn | None, name: str) -> bool:
    """Ask whether everybody may read it, where everybody may read the key result; at first as the last one was."""
    if not result.public:
        return False
    public: bool = st.toggle(
        view.say("check_in.public"),
        value=bool(last and last.public),
        key=fresh(f"{name}_public"),
        help=view.say("check_in.public_help"),
    )
    return public
