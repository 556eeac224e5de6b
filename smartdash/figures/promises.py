"""The figure of the promises: which milestones were reached by the date that held when their quarter began."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smartdash.analysis.promises import Outcome, Quarter, quarters
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.locale import Words
from smartdash.locale.numbers import day, percent, quarter
from smartdash.model.schedule import Baseline, BaselineDate, Milestone, MilestoneForecast
from smartdash.store import Reader


@figure("schedule.promises", page="milestones", needs=("milestone",))
def promises(reader: Reader, say: Words) -> Draft:
    """Promise keeping by calendar quarter: milestones reached by the date that held when the quarter began."""
    lang = say.lang
    found = quarters(
        reader.all(Milestone),
        reader.all(MilestoneForecast),
        reader.all(Baseline),
        reader.all(BaselineDate),
        reader.scope.as_of,
    )
    message = _promise_message(found, say)
    return Draft(
        message=message,
        columns=(
            TableColumn("quarter", say("milestones.quarter")),
            TableColumn("promised", say("milestones.promised"), "whole"),
            TableColumn("kept", say("milestones.kept"), "whole"),
            TableColumn("missed", say("milestones.missed"), "whole"),
            TableColumn("open", say("milestones.open"), "whole"),
            TableColumn("moved_out", say("milestones.moved_out"), "whole"),
            TableColumn("share", say("milestones.share"), "percent"),
            TableColumn("state", say("schedule.state")),
            TableColumn("not_kept", say("milestones.not_kept")),
        ),
        rows=tuple(
            (
                quarter(item.start, lang),
                len(item.promises) or None,
                *(item.count(outcome) if item.promises else None for outcome in Outcome),
                sum(promise.moved_out for promise in item.promises) if item.promises else None,
                item.share,
                say("milestones.running" if item.running else "milestones.closed"),
                "; ".join(
                    say("milestones.promise", title=promise.milestone.title, day=day(promise.promised, lang))
                    for promise in item.promises
                    if promise.outcome is Outcome.MISSED
                )
                or None,
            )
            for item in found
        ),
        unit=say("milestones.promises_unit"),
        chart=lambda tokens: bar_chart([_bar(item, tokens, say) for item in found], tokens),
        alt=say("milestones.promises_alt", n=len(found), message=message),
        note=say("milestones.promises_note"),
    )


def _bar(item: Quarter, tokens: Tokens, say: Words) -> Bar:
    counts = {outcome: item.count(outcome) for outcome in Outcome}
    title = quarter(item.start, say.lang)
    if not item.promises:
        value = say("milestones.nothing_promised")
    elif counts[Outcome.OPEN]:
        value = say(
            "milestones.kept_open", n=counts[Outcome.OPEN], kept=str(counts[Outcome.KEPT]), all=str(len(item.promises))
        )
    else:
        value = say("milestones.kept_of", kept=str(counts[Outcome.KEPT]), all=str(len(item.promises)))
    return Bar(
        label=say("milestones.running_quarter", quarter=title) if item.running else title,
        parts=(
            Part(counts[Outcome.KEPT], tokens.actual_fill),
            Part(counts[Outcome.MISSED], tokens.deviation_above),
            Part(counts[Outcome.OPEN], ""),
        ),
        value=value,
        details={
            say("milestones.quarter"): title,
            **{say(f"milestones.{outcome}"): str(count) for outcome, count in counts.items()},
        },
    )


def _promise_message(found: Sequence[Quarter], say: Words) -> str:
    closed = [item for item in found if item.promises and not item.running]
    if not closed:
        return say("milestones.no_promise_yet")
    last = closed[-1]
    kept, promised = sum(item.count(Outcome.KEPT) for item in closed), sum(len(item.promises) for item in closed)
    sentence = say(
        "milestones.quarter_kept",
        n=last.count(Outcome.KEPT),
        all=str(len(last.promises)),
        quarter=quarter(last.start, say.lang),
    )
    if len(closed) == 1:
        return sentence
    share = percent(Decimal(kept) / promised, say.lang, 0)
    return f"{sentence} {say('milestones.all_kept', kept=str(kept), all=str(promised), share=share)}"
