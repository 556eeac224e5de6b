"""What a version of the cost plan changed against another: a waterfall by line, and the same to the cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from smartdash.analysis.budget import ZERO, share
from smartdash.analysis.plan_changes import LineChange, Step, by_day, changes_at, largest_first, predecessor, steps
from smartdash.charts.waterfall import waterfall
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.plan_choice import coded_lines, depth_option, line_shown_for
from smartdash.figures.plans import money_scale, version_in_force
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import euro, euro_short, number
from smartdash.model.money import CostLine, PlanVersion
from smartdash.store import Reader
from smartdash.store.plan_queries import compared_totals, version_totals

_MOST = 10
"""So many lines stand in the chart by name."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two versions with what changed, in the order in which it is shown; sums in euro over all years.

    `names` are those of the lines or the years, `first` what they are called as a column.
    """

    before: PlanVersion
    after: PlanVersion
    changes: Sequence[LineChange]
    names: Mapping[str | None, str]
    first: tuple[TableColumn, ...]
    old: Decimal
    new: Decimal

    @property
    def difference(self) -> Decimal:
        return self.new - self.old


@figure("cost_plan.changes", page="cost_plan", needs=("cost_amount",), options=("to", "from", "by", "depth"))
def changes(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What changed from one version to another, by default from the one superseded to the one in force."""
    held = version_totals(reader)
    found = [version for version in by_day(reader.all(PlanVersion)) if held.get(version.key, (None,))[0] is not None]
    if len(found) < 2:
        return Draft(say("versions.only_one") if found else say("budget.no_plan"), (), ())
    sides = _sides(reader, found, chosen, say)
    after, before = (next(one for one in found if one.key == option.chosen) for option in sides)
    totals = _totals(reader, before, after, "cost_line")
    moved = not largest_first(totals) and bool(largest_first(_totals(reader, before, after, "year")))
    by = _by_option(not moved, chosen, say)
    if by.chosen == "line":
        item, options = _lines(reader, (before, after), totals, chosen, say)
    else:
        item, options = _years((before, after), _totals(reader, before, after, "year"), say), ()
    unit, divisor, digits = money_scale(max((abs(one.difference) for one in item.changes), default=ZERO), say)
    drawn = _drawn(item, (divisor, digits), say)
    message = _message(item, say)
    return Draft(
        message=message,
        columns=_columns(item, say),
        rows=tuple(_rows(item, say)),
        unit=say("versions.changes_unit", unit=unit, before=before.title, after=after.title),
        chart=(lambda tokens: waterfall(drawn, tokens, _tooltips(say))) if item.changes else None,
        alt=say("versions.changes_alt", n=len(item.changes), message=message),
        note=_funding_note(held, item, say),
        options=(*sides, by, *options),
    )


def _totals(
    reader: Reader, before: PlanVersion, after: PlanVersion, by: Literal["cost_line", "year"]
) -> list[LineChange]:
    return [LineChange(str(key), old, new) for key, old, new in compared_totals(reader, before.key, after.key, by)]


def _by_option(lines_first: bool, chosen: Mapping[str, str], say: Words) -> Option:
    """By line or by year; years come first where money only moved between them."""
    words = {"line": CostLine.sheet.label(say.lang), "year": say("versions.by_year")}
    ordered = words if lines_first else dict(reversed(words.items()))
    return choice("by", say("versions.by"), ordered, chosen)


def _lines(
    reader: Reader,
    sides: tuple[PlanVersion, PlanVersion],
    totals: Sequence[LineChange],
    chosen: Mapping[str, str],
    say: Words,
) -> tuple[_Compared, tuple[Option, ...]]:
    lines = coded_lines(reader)
    depth = depth_option(lines, chosen, say)
    changed = largest_first(changes_at(totals, line_shown_for(lines, int(depth.chosen))))
    first = (TableColumn("key", say("versions.code")), column(CostLine, "title", say.lang))
    return _compared(sides, totals, changed, titles(line for line, _, _ in lines), first), (depth,)


def _years(sides: tuple[PlanVersion, PlanVersion], totals: Sequence[LineChange], say: Words) -> _Compared:
    changed = [change for change in totals if change.difference]
    return _compared(sides, totals, changed, {}, (TableColumn("year", say("versions.by_year")),))


def _compared(
    sides: tuple[PlanVersion, PlanVersion],
    totals: Sequence[LineChange],
    changed: Sequence[LineChange],
    names: Mapping[str | None, str],
    first: tuple[TableColumn, ...],
) -> _Compared:
    old = sum((one.before or ZERO for one in totals), ZERO)
    new = sum((one.after or ZERO for one in totals), ZERO)
    return _Compared(*sides, changed, names, first, old, new)


def _sides(
    reader: Reader, found: Sequence[PlanVersion], chosen: Mapping[str, str], say: Words
) -> tuple[Option, Option]:
    """The later and the earlier version to compare; at first the one in force with the one it superseded."""
    current = version_in_force(reader)
    last = current if current in found and current != found[0] else found[1]
    after = choice("to", say("versions.to"), _first(last, found), chosen)
    later = next(version for version in found if version.key == after.chosen)
    others = [version for version in found if version != later]
    earlier = predecessor(later, found) or others[0]
    return after, choice("from", say("versions.from"), _first(earlier, others), chosen)


def _first(first: PlanVersion | None, versions: Sequence[PlanVersion]) -> dict[str, str]:
    """The titles of the versions by key, beginning with one of them."""
    ordered = sorted(versions, key=lambda version: version != first)
    return {version.key: version.title for version in ordered}


def _columns(item: _Compared, say: Words) -> tuple[TableColumn, ...]:
    return (
        *item.first,
        TableColumn("before", item.before.title, "money"),
        TableColumn("after", item.after.title, "money"),
        TableColumn("difference", say("versions.difference"), "money"),
        TableColumn("share", say("versions.difference_share"), "percent"),
        TableColumn("change", say("versions.change")),
    )


def _rows(item: _Compared, say: Words) -> list[Row]:
    whole = LineChange(say("budget.total"), item.old, item.new)
    return [
        (
            *((change.key, item.names.get(change.key)) if len(item.first) > 1 else (change.key,)),
            change.before,
            change.after,
            change.difference,
            share(change.difference, change.before or ZERO),
            _word(change, say),
        )
        for change in (*item.changes, whole)
    ]


def _word(change: LineChange, say: Words) -> str:
    if change.before is None:
        return say("versions.added")
    if change.after is None:
        return say("versions.dropped")
    if not change.difference:
        return say("versions.same")
    return say("versions.more") if change.difference > 0 else say("versions.less")


def _drawn(item: _Compared, scale: tuple[Decimal, int], say: Words) -> list[dict[str, object]]:
    """The rows of the chart: the sum before, the steps, the sum after."""
    divisor, digits = scale
    old, new = (number(amount / divisor, say.lang, digits) for amount in (item.old, item.new))
    whole = Step(None, 0, item.difference, ZERO)
    end = say("versions.sum_with_change", total=new, change=_signed(item.difference, *scale, say))
    return [
        {"label": say("versions.sum_of", version=item.before.title), "value": old, "change": ""},
        *(_bar(step, _step_name(step, item, say), scale, say) for step in steps(item.changes, _MOST)),
        {**_bar(whole, say("versions.sum_of", version=item.after.title), scale, say), "value": end, "change": ""},
    ]


def _step_name(step: Step, item: _Compared, say: Words) -> str:
    if step.key is None:
        return say("versions.rest", n=step.count)
    return f"{step.key} {item.names[step.key]}" if step.key in item.names else step.key


def _bar(step: Step, label: str, scale: tuple[Decimal, int], say: Words) -> dict[str, object]:
    word = say("versions.more") if step.difference > 0 else say("versions.less")
    return {
        "label": label,
        "value": f"{_signed(step.difference, *scale, say)} {word}",
        "start": float(step.start),
        "end": float(step.end),
        "change": "more" if step.difference > 0 else "less",
        "exact": euro(step.difference, say.lang, cents=True),
    }


def _signed(amount: Decimal, divisor: Decimal, digits: int, say: Words) -> str:
    return ("+" if amount > 0 else "") + number(amount / divisor, say.lang, digits)


def _tooltips(say: Words) -> list[tuple[str, str]]:
    return [("label", CostLine.sheet.label(say.lang)), ("exact", say("versions.difference"))]


def _message(item: _Compared, say: Words) -> str:
    values: dict[str, Any] = {
        "before": item.before.title,
        "after": item.after.title,
        "total": euro_short(item.new, say.lang),
    }
    if not item.changes:
        return say("versions.no_change", **values)
    if item.difference:
        more = item.difference > 0
        first = say(
            "versions.dearer" if more else "versions.cheaper",
            **values,
            amount=euro_short(abs(item.difference), say.lang),
        )
    else:
        first = say("versions.shifted", **values)
    most, least = (pick(item.changes, key=lambda one: one.difference) for pick in (max, min))
    named = [
        say(message, what=_quoted(change.key, item, say), amount=euro_short(abs(change.difference), say.lang))
        for message, change, told in (
            ("versions.most_more", most, most.difference > 0),
            ("versions.most_less", least, least.difference < 0),
        )
        if told
    ]
    ordered = named if item.difference >= 0 else named[::-1]
    return say("versions.change_sentence", first=first, most=", ".join(ordered))


def _quoted(key: str, item: _Compared, say: Words) -> str:
    return say("versions.quoted", title=item.names[key]) if key in item.names else key


def _funding_note(held: Mapping[str, tuple[Decimal | None, Decimal | None]], item: _Compared, say: Words) -> str:
    """By how much the funding changed, which is not the same question."""
    before, after = held[item.before.key][1], held[item.after.key][1]
    note = say("versions.changes_note", version=item.before.title)
    if before is None or after is None:
        return note
    difference = after - before
    amount = ("+" if difference > 0 else "") + euro(difference, say.lang, cents=True)
    return f"{note} {say('versions.funding_change', amount=amount, total=euro(after, say.lang, cents=True))}"
