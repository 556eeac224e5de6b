"""The figure about how far each unit of the city is, dimension by dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.maturity import COVERAGE_NEEDED, UnitScore, unit_scores
from smartdash.charts.rows import heat_table
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.surveys import FEWEST_RATERS, Survey, read_surveys, shown_level, title
from smartdash.locale import Words
from smartdash.locale.numbers import number, percent
from smartdash.model.maturity import Dimension
from smartdash.model.shared import Unit, UnitKind
from smartdash.store import Audience, Reader


@figure("maturity.units", page="maturity", needs=("response",))
def by_unit(reader: Reader, say: Words) -> Draft:
    """The level of each unit in each dimension of the newest wave."""
    now, _ = read_surveys(reader)
    public = reader.scope.audience is Audience.PUBLIC
    cells = {(cell.unit, cell.dimension.key): cell for cell in unit_scores(now.dimensions, now.criteria, now.responses)}
    groups = _grouped(now, reader.all(Unit), say)
    units = [unit for members in groups.values() for unit in members]
    levels = {place: None if public and cell.raters < FEWEST_RATERS else cell.level for place, cell in cells.items()}
    rows = tuple(
        _unit_row(unit, dimension, cells[unit.key, dimension.key], levels, public, say)
        for unit in units
        for dimension in now.dimensions
    )
    lines, shown = _heat(groups, now, cells, levels, say)
    codes = [dimension.key for dimension in now.dimensions]
    tooltips = [
        ("unit", Unit.sheet.label(say.lang)),
        ("dimension", Dimension.sheet.label(say.lang)),
        ("said", say("maturity.level")),
    ]
    message = _units_message(units, now, levels, say)
    return Draft(
        message=message,
        columns=_unit_columns(say),
        rows=rows,
        unit=say("maturity.units.unit", lowest=str(now.model.lowest), highest=str(now.model.highest)),
        chart=lambda tokens: heat_table(lines, codes, shown, tokens, tooltips),
        alt=message,
        note=_units_note(now, public, say),
    )


def _grouped(now: Survey, units: Sequence[Unit], say: Words) -> dict[str, list[Unit]]:
    groups: dict[str, list[Unit]] = {}
    for kind in ("administration", "company", "partner"):
        members = [unit for unit in units if unit.key in now.units and _group(unit) == kind]
        if members:
            groups[say(f"maturity.group.{kind}")] = members
    return groups


def _group(unit: Unit) -> str:
    return {UnitKind.COMPANY: "company", UnitKind.PARTNER: "partner"}.get(unit.kind, "administration")


def _heat(
    groups: Mapping[str, Sequence[Unit]],
    now: Survey,
    cells: Mapping[tuple[str, str], UnitScore],
    levels: Mapping[tuple[str, str], Decimal | None],
    say: Words,
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    lines: list[dict[str, object]] = []
    shown: list[dict[str, object]] = []
    span = now.model.highest - now.model.lowest
    for group, members in groups.items():
        lines.append({"label": group, "heading": True})
        for unit in members:
            lines.append({"label": unit.title})
            for dimension in now.dimensions:
                place = unit.key, dimension.key
                level = levels[place]
                shown.append(
                    {
                        "row": len(lines) - 1,
                        "unit": unit.title,
                        "dimension": title(dimension, say),
                        "column": dimension.key,
                        "text": number(shown_level(level), say.lang, 1),
                        "share": None if level is None else float((level - now.model.lowest) / span),
                        "said": _said(level, cells[place], say),
                    }
                )
    return lines, shown


def _said(level: Decimal | None, cell: UnitScore, say: Words) -> str:
    if level is not None:
        return number(shown_level(level), say.lang, 1)
    return say("maturity.few_answers" if cell.applies else "maturity.not_applicable")


def _unit_columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("group", say("maturity.group")),
        TableColumn("unit", Unit.sheet.label(say.lang)),
        TableColumn("dimension", Dimension.sheet.label(say.lang)),
        TableColumn("level", say("maturity.level"), "number"),
        TableColumn("coverage", say("maturity.coverage"), "percent"),
        TableColumn("raters", say("maturity.raters"), "whole"),
        TableColumn("remark", say("maturity.remark")),
    )


def _unit_row(
    unit: Unit,
    dimension: Dimension,
    cell: UnitScore,
    levels: Mapping[tuple[str, str], Decimal | None],
    public: bool,
    say: Words,
) -> Row:
    level = levels[unit.key, dimension.key]
    hidden = public and cell.raters < FEWEST_RATERS
    return (
        say(f"maturity.group.{_group(unit)}"),
        unit.title,
        title(dimension, say),
        shown_level(level),
        None if hidden or not cell.applies else cell.coverage,
        None if hidden else cell.raters,
        None if level is not None else _said(None, cell, say),
    )


def _units_message(
    units: Sequence[Unit], now: Survey, levels: Mapping[tuple[str, str], Decimal | None], say: Words
) -> str:
    titles = {unit.key: unit.title for unit in units}
    known = {place: level for place, level in levels.items() if level is not None}
    if not known:
        return say("maturity.units.none", n=len(units))
    dimensions = {dimension.key: title(dimension, say) for dimension in now.dimensions}
    spans = {key: [level for (_, dimension), level in known.items() if dimension == key] for key in dimensions}
    widest = max((key for key in spans if spans[key]), key=lambda key: max(spans[key]) - min(spans[key]))
    low, high = shown_level(min(spans[widest])), shown_level(max(spans[widest]))
    lowest = min(known, key=lambda place: known[place])
    return say(
        "maturity.units.message",
        n=len(units),
        dimension=dimensions[widest],
        low=number(low, say.lang, 1),
        high=number(high, say.lang, 1),
        unit=titles[lowest[0]],
        lowest_dimension=dimensions[lowest[1]],
        lowest=number(shown_level(known[lowest]), say.lang, 1),
    )


def _units_note(now: Survey, public: bool, say: Words) -> str:
    codes = ", ".join(f"{dimension.key}: {title(dimension, say)}" for dimension in now.dimensions)
    sentences = [f"{codes}.", say("maturity.rule", needed=percent(COVERAGE_NEEDED, say.lang, 0))]
    if public:
        sentences.append(say("maturity.confidential", n=FEWEST_RATERS))
    return " ".join(sentences)
