"""The figure of how a survey comes in: per unit who was invited and has answered, and who has to be reminded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from smartdash.analysis.status import Status
from smartdash.charts.status_bars import StatusBar, status_bars
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.delays import status_text
from smartdash.figures.figure import Draft, Option, TableColumn, Value
from smartdash.figures.headings import heading, listing
from smartdash.figures.standings import unit_names
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day, percent
from smartdash.model.surveys import Invitation, SurveyWave
from smartdash.store import Reader
from smartdash.store.survey_results import Participation, participation, turnout

_NAMED = 4
"""So many units are named as those to remind; the others are counted."""
_DRAWN = 40
"""So many units are drawn, those to look at first; the table has all."""
_ORDER = (Status.CRITICAL, Status.UNKNOWN, Status.AT_RISK, Status.PLANNED, Status.ON_TRACK, Status.DONE)


@figure("survey.progress", page="survey", needs=("survey_wave",), options=("wave",))
def progress(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Who was invited, has begun and is done, and who is to be reminded; who sees no units sees the totals."""
    as_of = reader.scope.as_of
    # What has begun stands first, the newest before the others; then what comes next.
    waves = sorted(reader.all(SurveyWave), key=lambda wave: (wave.start > as_of, abs(wave.start - as_of), wave.key))
    option = choice("wave", heading(Invitation, "survey_wave", say), {wave.key: wave.title for wave in waves}, chosen)
    wave = next(one for one in waves if one.key == option.chosen)
    rows = participation(reader, wave)
    if reader.scope.leaves or not rows:
        return _totals(reader, wave, option, say)
    names = unit_names(reader)
    states = {row.unit: _status(row, wave, as_of) for row in rows}
    ordered = sorted(rows, key=lambda row: (_ORDER.index(states[row.unit]), names[row.unit].casefold()))
    message = f"{_message(reader, wave, say)} {_reminder(ordered, names, wave, as_of, say)}".strip()
    return Draft(
        message=message,
        columns=_columns(say),
        rows=tuple(
            (
                names[row.unit],
                states[row.unit].value,
                row.asked,
                row.answered,
                row.complete,
                row.asked - row.answered,
                _rate(row.answered, row.asked),
                row.last,
            )
            for row in ordered
        ),
        unit=say("survey.progress_unit"),
        chart=lambda tokens: status_bars(
            [_bar(row, names[row.unit], states[row.unit], say) for row in ordered[:_DRAWN]],
            tokens,
            (("label", heading(Invitation, "unit", say)), ("details", say("survey.progress_details"))),
        ),
        alt=say("survey.progress_alt", n=len(ordered), message=message),
        note=" ".join(
            [say("survey.progress_note"), *([say("survey.progress_first", n=_DRAWN)] if len(ordered) > _DRAWN else [])]
        ),
        options=(option,),
    )


def _status(row: Participation, wave: SurveyWave, as_of: date) -> Status:
    """How a unit stands: silence is grey while the wave runs and red when it is over."""
    if row.asked and row.complete >= row.asked:
        return Status.DONE
    if not row.answered:
        if as_of < wave.start:
            return Status.PLANNED
        return Status.CRITICAL if as_of > wave.end else Status.UNKNOWN
    return Status.ON_TRACK if row.answered >= row.asked and as_of <= wave.end else Status.AT_RISK


def _rate(answered: int, asked: int) -> Decimal | None:
    return Decimal(answered) / asked if asked else None


def _totals(reader: Reader, wave: SurveyWave, option: Option, say: Words) -> Draft:
    """The wave as a whole, for who may not see the units."""
    units, answering, asked, answered = turnout(reader, wave)
    units = max(units, wave.units_invited or 0)
    values: dict[str, Value] = {
        "units": units,
        "units_answered": answering,
        "asked": asked,
        "answered": answered,
        "rate": _rate(answered, asked),
    }
    return Draft(
        message=_message(reader, wave, say),
        columns=(
            column(Invitation, "survey_wave", say.lang),
            *(
                TableColumn(name, say(f"survey.total_{name}"), "percent" if name == "rate" else "whole")
                for name in values
            ),
        ),
        rows=((wave.title, *values.values()),),
        note=say("survey.progress_totals_note") if reader.scope.leaves else "",
        options=(option,),
    )


def _message(reader: Reader, wave: SurveyWave, say: Words) -> str:
    """How many have answered, and how long the wave still runs."""
    units, answering, asked, answered = turnout(reader, wave)
    as_of = reader.scope.as_of
    if as_of < wave.start:
        time = say("survey.begins", day=day(wave.start, say.lang))
    elif as_of > wave.end:
        time = say("survey.ended", day=day(wave.end, say.lang))
    else:
        left = (wave.end - as_of).days
        time = say("survey.days_left", n=left, day=day(wave.end, say.lang)) if left else say("survey.last_day")
    if not asked:
        return f"{say('survey.progress_nobody', wave=wave.title)} {time}"
    sentence = say(
        "survey.progress_message",
        wave=wave.title,
        answered=str(answered),
        asked=str(asked),
        rate=percent(_rate(answered, asked), say.lang, 0),
        answering=str(answering),
        units=str(max(units, wave.units_invited or 0)),
    )
    return f"{sentence} {time}"


def _reminder(
    rows: Sequence[Participation], names: Mapping[str, str], wave: SurveyWave, as_of: date, say: Words
) -> str:
    """Which units have people who have not answered, while they still can."""
    if not wave.start <= as_of <= wave.end:
        return ""
    silent = sorted((row for row in rows if row.answered < row.asked), key=lambda row: row.answered - row.asked)
    if not silent:
        return say("survey.nobody_to_remind")
    named = [
        say("survey.to_remind_unit", unit=names[row.unit], people=str(row.asked - row.answered))
        for row in silent[:_NAMED]
    ]
    more = len(silent) - len(named)
    return say("survey.to_remind", units=listing([*named, *([say("survey.more_units", n=more)] if more else [])], say))


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        column(Invitation, "unit", say.lang),
        TableColumn("status", say("survey.status"), "status"),
        TableColumn("asked", say("survey.invited_people"), "whole"),
        TableColumn("answered", say("survey.begun"), "whole"),
        TableColumn("complete", say("survey.complete"), "whole"),
        TableColumn("silent", say("survey.silent"), "whole"),
        TableColumn("rate", say("survey.rate"), "percent"),
        TableColumn("last", say("survey.last_answer"), "day"),
    )


def _bar(row: Participation, name: str, status: Status, say: Words) -> StatusBar:
    last = say("survey.bar_last", day=day(row.last, say.lang)) if row.last else say("survey.bar_silent")
    counts = say("survey.bar_counts", asked=str(row.asked), answered=str(row.answered), complete=str(row.complete))
    return StatusBar(
        label=name,
        details=f"{counts} · {last}",
        flag=status_text(status, say),
        status=status.value,
        limit=row.asked,
        paid=row.complete,
        bound=row.answered - row.complete,
        reserved=0,
    )
