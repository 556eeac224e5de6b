"""Figures of the impediments together: age, throughput and load, where they come from, what was solved lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from smartdash.analysis.impediment_numbers import (
    AGE_LIMITS,
    Share,
    age_classes,
    calendar_quarter,
    pareto,
    repeat_rate,
    resolved_between,
    throughput,
    total_load,
)
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Row, TableColumn, Tile
from smartdash.figures.headings import heading
from smartdash.figures.impediment_data import ImpedimentData, read_impediment_data
from smartdash.figures.standings import running_cycle
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import day_range, days, number, percent, quarter
from smartdash.model.impediments import Impediment, ImpedimentKind
from smartdash.model.okr import Cycle
from smartdash.store import Reader


@figure("impediments.analytics", page="impediments", needs=("impediment",))
def analytics(reader: Reader, say: Words) -> Draft:
    """How many are open, how old they are, how long a solution takes, what they weigh, and how often they return."""
    found = read_impediment_data(reader)
    classes = age_classes(found.standings)
    names = _class_names(say)
    rows = _numbers(found, say)
    median, unsolved = throughput(found.standings), len(found.unsolved)
    if median is None:
        message = say("impediments.never_solved", n=len(found.standings))
    else:
        message = say(
            "impediments.throughput_message",
            days=_days(median, say),
            n=len(found.standings) - unsolved,
            old=number(classes[-1], say.lang),
            limit=number(AGE_LIMITS[-1], say.lang),
        )
    return Draft(
        message=message,
        columns=(
            TableColumn("label", say("impediments.number")),
            TableColumn("value", say("impediments.value"), "number"),
            TableColumn("unit", say("impediments.measured_in")),
            TableColumn("note", say("impediments.relates_to")),
        ),
        rows=(
            *rows,
            *((name, count, "", say("impediments.age")) for name, count in zip(names, classes, strict=True)),
        ),
        unit=say("impediments.analytics_unit"),
        chart=(lambda tokens: bar_chart(_age_bars(names, classes, tokens, say), tokens)) if unsolved else None,
        alt=say("impediments.analytics_alt", n=unsolved, message=message),
        tiles=tuple(Tile(str(label), _shown(value, str(unit), say), str(note)) for label, value, unit, note in rows),
        note=say("impediments.analytics_note"),
    )


def _numbers(found: ImpedimentData, say: Words) -> list[tuple[str, Decimal | int | None, str, str]]:
    items, unsolved = found.standings, found.unsolved
    rate, in_days = repeat_rate(items), say("impediments.days")
    ages = sorted(item.open_days for item in unsolved)
    late = sum(item.days_late is not None for item in unsolved)
    first, last = calendar_quarter(found.as_of)
    solved = len(resolved_between(items, first, last))
    weighing = sum(bool(found.load(item)) for item in unsolved)
    return [
        (say("impediments.tile_open"), len(unsolved), "", say("impediments.tile_overdue", n=late)),
        (say("impediments.tile_age"), ages[-1] if ages else None, in_days, say("impediments.tile_age_note")),
        (say("impediments.tile_throughput"), throughput(items), in_days, say("impediments.tile_throughput_note")),
        (
            say("impediments.load"),
            total_load(unsolved, found.weights),
            "",
            say("impediments.tile_load_note", n=weighing),
        ),
        (
            say("impediments.tile_repeat"),
            None if rate is None else round(rate * 100, 1),
            "%",
            say("impediments.tile_repeat_note", n=len(items)),
        ),
        (say("impediments.tile_solved"), solved, "", quarter(found.as_of, say.lang)),
    ]


def _shown(value: Decimal | int | None, unit: str, say: Words) -> str:
    if unit == "%":
        return percent(None if value is None else Decimal(value) / 100, say.lang, 0)
    if unit:
        return _days(value, say)
    return number(value, say.lang)


def _days(value: Decimal | int | None, say: Words) -> str:
    """Days, or half a day more where the median lies between two."""
    if value is None or value == int(value):
        return days(None if value is None else int(value), say.lang)
    return say("impediments.in_days", days=number(value, say.lang, 1))


def _class_names(say: Words) -> list[str]:
    bounds = zip((0, *(limit + 1 for limit in AGE_LIMITS)), AGE_LIMITS, strict=False)
    return [
        *(say("impediments.age_class", first=str(first), last=str(last)) for first, last in bounds),
        say("impediments.age_beyond", n=AGE_LIMITS[-1]),
    ]


def _age_bars(names: Sequence[str], counts: Sequence[int], tokens: Tokens, say: Words) -> list[Bar]:
    return [
        Bar(
            name,
            (Part(count, tokens.actual_fill),) if count else (),
            number(count, say.lang),
            {say("impediments.age"): name, say("impediments.count"): number(count, say.lang)},
        )
        for name, count in zip(names, counts, strict=True)
    ]


@figure("impediments.pareto", page="impediments", needs=("impediment",), options=("group", "measure"))
def pareto_figure(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Where impediments come from: by kind or by causing unit, counted or by their load, the greatest first."""
    found = read_impediment_data(reader)
    group = choice(
        "group",
        say("impediments.group_by"),
        {"kind": heading(Impediment, "kind", say), "unit": heading(Impediment, "cause_unit", say)},
        chosen,
    )
    measure = choice(
        "measure",
        say("impediments.measure_by"),
        {"count": say("impediments.count"), "load": say("impediments.load")},
        chosen,
    )
    by_load = measure.chosen == "load"
    shares = {
        _group_name(key, found, say): share
        for key, share in pareto(
            found.standings,
            found.weights,
            lambda item: item.impediment.kind if group.chosen == "kind" else item.impediment.cause_unit,
            by_load=by_load,
        ).items()
    }
    whole = sum((_size(share, by_load) for share in shares.values()), Decimal(0))
    message = _pareto_message(shares, whole, by_load, say)
    legend = {"impediments.still_open": "actual_fill", "impediments.resolved": "forecast_fill"}
    return Draft(
        message=message,
        columns=(
            TableColumn("group", group.values[group.chosen]),
            TableColumn("count", say("impediments.count"), "whole"),
            TableColumn("open", say("impediments.still_open"), "whole"),
            TableColumn("load", say("impediments.load"), "number"),
            TableColumn("share", say("impediments.share"), "percent"),
            TableColumn("cumulated", say("impediments.cumulated"), "percent"),
        ),
        rows=_pareto_rows(shares, whole, by_load),
        unit=say("impediments.pareto_load_unit") if by_load else say("impediments.pareto_unit"),
        chart=(
            lambda tokens: bar_chart(
                [_pareto_bar(name, share, whole, by_load, tokens, say) for name, share in shares.items()],
                tokens,
                {say(word): getattr(tokens, fill) for word, fill in legend.items()},
            )
        )
        if whole
        else None,
        alt=say("impediments.pareto_alt", n=len(shares), message=message),
        note=say("impediments.pareto_note"),
        options=(group, measure),
    )


def _group_name(key: ImpedimentKind | str | None, found: ImpedimentData, say: Words) -> str:
    if isinstance(key, ImpedimentKind):
        return key.label(say.lang)
    return found.units.get(key or "") or say("impediments.no_unit")


def _size(share: Share, by_load: bool) -> Decimal:
    return share.load if by_load else Decimal(share.count)


def _pareto_message(shares: Mapping[str, Share], whole: Decimal, by_load: bool, say: Words) -> str:
    name, first = next(iter(shares.items()))
    if not whole:
        return say("impediments.no_load")
    part = percent(_size(first, by_load) / whole, say.lang, 0)
    if by_load:
        return say("impediments.pareto_load_message", name=name, share=part, load=number(whole, say.lang))
    return say("impediments.pareto_message", name=name, n=first.count, all=number(whole, say.lang), share=part)


def _pareto_rows(shares: Mapping[str, Share], whole: Decimal, by_load: bool) -> tuple[Row, ...]:
    rows: list[Row] = []
    so_far = Decimal(0)
    for name, share in shares.items():
        so_far += _size(share, by_load)
        part = (_size(share, by_load) / whole, so_far / whole) if whole else (None, None)
        rows.append((name, share.count, share.open_count, share.load, *part))
    return tuple(rows)


def _pareto_bar(name: str, share: Share, whole: Decimal, by_load: bool, tokens: Tokens, say: Words) -> Bar:
    parts = (share.open_load, share.resolved_load) if by_load else (share.open_count, share.resolved_count)
    sizes = tuple(map(Decimal, parts))
    size = _size(share, by_load)
    return Bar(
        name,
        tuple(
            Part(float(part), fill)
            for part, fill in zip(sizes, (tokens.actual_fill, tokens.forecast_fill), strict=True)
        ),
        f"{number(size, say.lang)} · {percent(size / whole, say.lang, 0)}",
        {
            say("impediments.count"): number(share.count, say.lang),
            say("impediments.still_open"): number(share.open_count, say.lang),
            say("impediments.load"): number(share.load, say.lang),
        },
    )


@figure("impediments.solved", page="impediments", needs=("impediment",), options=("period",))
def solved_lately(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What was solved in the calendar quarter of the as-of date, or since the cycle began."""
    found = read_impediment_data(reader)
    periods = _periods(found.as_of, running_cycle(reader), say)
    option = choice("period", say("impediments.period"), {name: title for name, (title, *_) in periods.items()}, chosen)
    title, first, last = periods[option.chosen]
    solved = resolved_between(found.standings, first, last)
    lang = say.lang
    return Draft(
        message=say("impediments.solved_message", n=len(solved), period=title)
        if solved
        else say("impediments.solved_none", period=title),
        columns=(
            column(Impediment, "title", lang),
            column(Impediment, "kind", lang),
            column(Impediment, "raised_on", lang, "day"),
            TableColumn("resolved_on", say("impediments.solved_on"), "day"),
            TableColumn("open_days", say("impediments.open_days"), "whole"),
            column(Impediment, "reopened", lang, "whole"),
            column(Impediment, "blocks", lang),
        ),
        rows=tuple(
            (
                item.impediment.title,
                item.impediment.kind.label(lang),
                item.impediment.raised_on,
                item.resolved_on,
                item.open_days,
                item.reopened,
                found.blocks(item),
            )
            for item in solved
        ),
        unit=say("impediments.solved_unit", span=day_range(first, last, lang)),
        note=say("impediments.solved_note"),
        options=(option,),
    )


def _periods(as_of: date, cycle: Cycle | None, say: Words) -> dict[str, tuple[str, date, date]]:
    """The calendar quarter, and the running cycle where it has other days: title, first and last day."""
    quarter_days = calendar_quarter(as_of)
    periods = {"quarter": (quarter(as_of, say.lang), *quarter_days)}
    if cycle and cycle.start <= as_of <= cycle.end and (cycle.start, cycle.end) != quarter_days:
        periods["cycle"] = (cycle.title, cycle.start, cycle.end)
    return periods
