"""Figures that compare quarters: what was carried over, and why key results were missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.chains import chains
from smartdash.analysis.okr import KeyResultStanding, attainment, clamp, covered
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.rows import heat_table
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.standings import read_key_results
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, number, percent
from smartdash.model.check_ins import CAUSE_NEEDED_BELOW, Review, ReviewOutcome, Score, ScoreCause
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.store import Reader

_SPANS = ("3", "2", "4", "8")
_REVIEW_SIGNS = {ReviewOutcome.KEEP: "→", ReviewOutcome.CHANGE: "Δ", ReviewOutcome.END: "×"}


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a cycle reached: as words in the table, in short in the chart, as a share (None: grey), with its details.

    `coverage` is that of a whole objective.
    """

    words: str
    short: str
    share: Decimal | None
    coverage: Decimal | None = None
    review: Review | None = None


@figure("quarters.comparison", page="quarters", needs=("cycle", "objective"), options=("span", "rows"))
def comparison(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Quarters side by side: each objective and key result with its predecessors as one row over the cycles."""
    span = choice("span", say("quarters.span"), {n: say("quarters.span_n", n=int(n)) for n in _SPANS}, chosen)
    cycles = [item for item in sorted(reader.all(Cycle), key=lambda c: c.start) if item.start <= reader.scope.as_of]
    begun = {item.key for item in cycles}
    cycles = cycles[-int(span.chosen) :]
    standings = {item.key_result.key: item for item in read_key_results(reader) if item.cycle.key in begun}
    objectives = [item for item in reader.all(Objective) if item.cycle in begun]
    runs = [run for run in chains(objectives) if any(_in(item.cycle, cycles) for item in run)]
    carried = [run for run in runs if len(run) > 1]
    values = {"carried": say("quarters.only_carried"), "all": say("quarters.all_rows")}
    if not carried:
        values = {"all": values["all"]}
    rows_shown = choice("rows", say("quarters.rows"), values, chosen)
    shown = carried if rows_shown.chosen == "carried" else runs
    reviews = {item.objective: item for item in reader.all(Review)}
    lines, rows, cells = _lines(shown, standings, cycles, reviews, say)
    message = say("quarters.carried", n=len(carried), total=number(len(runs), say.lang))
    if not carried:
        message = say("quarters.none_carried", n=len(runs))
    tips = [
        ("title", say("quarters.title")),
        ("column", heading(Objective, "cycle", say)),
        ("words", say("okr.attainment")),
        ("coverage", say("okr.coverage")),
        ("review", Review.sheet.label(say.lang)),
    ]
    titles = [item.title for item in cycles]
    return Draft(
        message=message,
        columns=(
            TableColumn("objective", Objective.sheet.label(say.lang)),
            TableColumn("key_result", KeyResult.sheet.label(say.lang)),
            TableColumn("carried", say("quarters.times"), "whole"),
            *(TableColumn(f"cycle_{place}", title) for place, title in enumerate(titles, 1)),
            TableColumn("reviews", Review.sheet.label(say.lang)),
        ),
        rows=rows,
        unit=say("quarters.comparison.unit", signs=_signs(say)),
        chart=(lambda tokens: heat_table(lines, titles, cells, tokens, tips)) if cells else None,
        alt=message,
        note=say("quarters.comparison.note"),
        options=(span, rows_shown),
    )


def _in(cycle: str, cycles: Sequence[Cycle]) -> bool:
    return any(item.key == cycle for item in cycles)


def _lines(
    runs: Sequence[tuple[Objective, ...]],
    standings: Mapping[str, KeyResultStanding],
    cycles: Sequence[Cycle],
    reviews: Mapping[str, Review],
    say: Words,
) -> tuple[list[dict[str, object]], tuple[Row, ...], list[dict[str, object]]]:
    """The chart's lines, the table's rows and the chart's cells of the chains of objectives and their key results."""
    lines: list[dict[str, object]] = []
    rows: list[Row] = []
    cells: list[dict[str, object]] = []

    def add(title: str, label: str, values: Sequence[_Cell | None], row: Row) -> None:
        place = len(lines)
        lines.append({"label": label})
        rows.append(row)
        cells.extend(_drawn(place, title, cycle, cell, say) for cycle, cell in zip(cycles, values, strict=True) if cell)

    results = chains([item.key_result for item in standings.values()])
    for run in runs:
        last, keys = run[-1], {item.key for item in run}
        lines.append({"label": last.title, "heading": True})
        by_place = [next((item for item in run if item.cycle == cycle.key), None) for cycle in cycles]
        values = [
            _whole(item, cycle, standings, reviews, say) if item else None
            for item, cycle in zip(by_place, cycles, strict=True)
        ]
        told = "; ".join(
            f"{cycle.title}: {_decided(cell.review, say)}"
            for cycle, cell in zip(cycles, values, strict=True)
            if cell and cell.review
        )
        whole = (last.title, None, len(run) - 1, *map(_words, values), told or None)
        label = say("quarters.whole_objective")
        if len(run) > 1:
            label = f"{label} · {say('quarters.carried_times', n=len(run) - 1)}"
        add(last.title, label, values, whole)
        for chain in (item for item in results if item[-1].objective in keys):
            by_cycle = {standings[item.key].cycle.key: standings[item.key] for item in chain}
            if not any(cycle.key in by_cycle for cycle in cycles):
                continue
            values = [_reached(by_cycle.get(cycle.key), say) for cycle in cycles]
            times, title = len(chain) - 1, chain[-1].title
            own: Row = (last.title, title, times, *map(_words, values), None)
            add(title, title, values, own)
    return lines, tuple(rows), cells


def _decided(review: Review, say: Words) -> str:
    outcome = review.outcome.label(say.lang)
    return f"{outcome} ({review.reason})" if review.reason else outcome


def _signs(say: Words) -> str:
    return ", ".join(f"{sign} {outcome.label(say.lang)}" for outcome, sign in _REVIEW_SIGNS.items())


def _words(cell: _Cell | None) -> str | None:
    return cell.words if cell else None


def _drawn(place: int, title: str, cycle: Cycle, cell: _Cell, say: Words) -> dict[str, object]:
    """The cell as the chart draws it."""
    sign = f" {_REVIEW_SIGNS[cell.review.outcome]}" if cell.review else ""
    return {
        "row": place,
        "title": title,
        "column": cycle.title,
        "text": cell.short + sign,
        "share": None if cell.share is None else float(clamp(cell.share)),
        "words": cell.words,
        "coverage": percent(cell.coverage, say.lang, 0),
        "review": _decided(cell.review, say) if cell.review else EMPTY,
    }


def _reached(item: KeyResultStanding | None, say: Words) -> _Cell | None:
    """A key result in a cycle; None where it was not there."""
    if item is None:
        return None
    if item.score is not None:
        text = number(item.score, say.lang, 2)
        return _Cell(text, text, item.score)
    if item.progress is None:
        return _Cell(say("okr.no_report"), say("quarters.silent"), None)
    text = percent(item.progress, say.lang, 0)
    return _Cell(text, text, item.progress)


def _whole(
    objective: Objective,
    cycle: Cycle,
    standings: Mapping[str, KeyResultStanding],
    reviews: Mapping[str, Review],
    say: Words,
) -> _Cell:
    """An objective in its cycle: the mean of its key results, grey where too few of them have a report."""
    own = [item for item in standings.values() if item.objective.key == objective.key]
    scored = any(item.score is not None for item in own)
    progress = [None if item.progress is None else clamp(item.progress) for item in own]
    values = [item.score for item in own] if scored else progress
    rolled, review = attainment(zip(own, values, strict=True)), reviews.get(objective.key)
    value = covered(rolled, cycle.end)
    if rolled.value is None:
        return _Cell(say("okr.no_report"), say("quarters.silent"), None, Decimal(0), review)
    coverage = percent(rolled.coverage, say.lang, 0)
    if value is None:
        return _Cell(say("okr.too_few", coverage=coverage), say("quarters.few"), None, rolled.coverage, review)
    text = number(value, say.lang, 2) if scored else percent(value, say.lang, 0)
    words = text if rolled.coverage == 1 else say("quarters.with_coverage", value=text, coverage=coverage)
    return _Cell(words, text, value, rolled.coverage, review)


@figure("quarters.causes", page="quarters", needs=("score",), options=("cycle",))
def causes(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Why key results were missed, the most frequent cause first, of one cycle or of all."""
    standings = {item.key_result.key: item for item in read_key_results(reader)}
    scores = [item for item in reader.all(Score) if item.key_result in standings]
    scored = {standings[item.key_result].cycle.key: standings[item.key_result].cycle for item in scores}
    listed = sorted(scored.values(), key=lambda item: item.start, reverse=True)
    option = choice(
        "cycle",
        heading(Objective, "cycle", say),
        {"all": say("quarters.all_cycles"), **{item.key: item.title for item in listed}},
        chosen,
    )
    own = [item for item in scores if option.chosen in ("all", standings[item.key_result].cycle.key)]
    counts = Counter(item.cause for item in own if item.value < CAUSE_NEEDED_BELOW and item.cause)
    total = counts.total()
    ordered = counts.most_common()
    if ordered:
        cause, most = ordered[0]
        message = say(
            "quarters.causes.message",
            n=total,
            scored=number(len(own), say.lang),
            cause=cause.label(say.lang),
            most=number(most, say.lang),
        )
    else:
        message = say("quarters.causes.none", n=len(own))
    return Draft(
        message=message,
        columns=(
            column(Score, "cause", say.lang),
            TableColumn("n", say("quarters.causes.n"), "whole"),
            TableColumn("share", say("quarters.causes.share"), "percent"),
            TableColumn("running", say("quarters.causes.running"), "percent"),
        ),
        rows=tuple(
            (
                cause.label(say.lang),
                n,
                Decimal(n) / total,
                Decimal(sum(count for _, count in ordered[: place + 1])) / total,
            )
            for place, (cause, n) in enumerate(ordered)
        ),
        unit=say("quarters.causes.unit"),
        chart=(lambda tokens: bar_chart([_bar(*item, tokens.actual_fill, say) for item in ordered], tokens))
        if ordered
        else None,
        alt=message,
        note=say("quarters.causes.note"),
        options=(option,),
    )


def _bar(cause: ScoreCause, n: int, fill: str, say: Words) -> Bar:
    name, value = cause.label(say.lang), number(n, say.lang)
    return Bar(name, (Part(n, fill),), value, {heading(Score, "cause", say): name, say("quarters.causes.n"): value})
