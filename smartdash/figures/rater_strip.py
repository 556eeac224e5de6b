"""Figure of the raters for the moderated meeting: where the answers of a unit lie, and what it has to clarify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from altair.typing import ChartType

from smartdash.analysis.moderation import RatedCriterion, agenda, level_of_value
from smartdash.charts.raters import Strip, rater_strips
from smartdash.charts.tokens import STATUS_SIGNS, Tokens
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.rater_data import rated_units, read_rated
from smartdash.figures.surveys import chosen_wave, title, wave_choice
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, number
from smartdash.model.maturity import MaturityModel
from smartdash.model.shared import Unit
from smartdash.model.surveys import Response, SurveyWave
from smartdash.store import Reader
from smartdash.store.survey_results import moderates, survey_waves

ALL_UNITS = "all"
"""The value of the option "unit" that stands for every unit."""

_MOST = 30
"""More strips than these are found in the table only."""


@figure("moderation.raters", page="survey", needs=("survey_wave",), options=("survey_wave", "unit", "show"))
def raters(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Each answer of the unit's raters as a dot; only for the unit itself and for the one that moderates the wave."""
    if reader.scope.leaves:
        return Draft(say("moderation.stays_inside"), (), ())
    if reader.scope.reading_unit is None:
        return Draft(say("moderation.no_unit"), (), ())
    waves = survey_waves(reader)
    if not waves:
        return Draft(say("moderation.no_wave"), (), ())
    wave_option = wave_choice(waves, chosen, say)
    wave, units = chosen_wave(waves, wave_option), titles(reader.all(Unit))
    answered = rated_units(reader, wave)
    if not answered:
        unit = units.get(reader.scope.reading_unit, reader.scope.reading_unit)
        return Draft(say("moderation.no_answers", unit=unit, wave=wave.title), (), (), options=(wave_option,))
    options = rater_options(answered, units, chosen, say, everybody=moderates(reader, wave))
    model = next(item for item in reader.all(MaturityModel) if item.key == wave.maturity_model)
    return _drawn(chosen_rated(reader, wave, *options), model, units, (wave_option, *options), say)


def rater_options(
    answered: Sequence[str],
    units: Mapping[str | None, str],
    chosen: Mapping[str, str],
    say: Words,
    *,
    everybody: bool,
) -> tuple[Option, Option]:
    """The options "unit" (at first all units where `everybody` may be seen) and "show" (to be clarified, or all)."""
    offered = {ALL_UNITS: say("moderation.all_units")} if everybody else {}
    offered |= {
        unit: units.get(unit, unit) for unit in sorted(answered, key=lambda unit: units.get(unit, unit).casefold())
    }
    shown = {"to_clarify": say("moderation.show_to_clarify"), "all": say("moderation.show_all")}
    return (
        choice("unit", heading(Response, "unit", say), offered, chosen),
        choice("show", say("moderation.show"), shown, chosen),
    )


def chosen_rated(reader: Reader, wave: SurveyWave, unit: Option, show: Option) -> tuple[RatedCriterion, ...]:
    """The answers that the options name, without those that are to be left out as nothing is to be clarified there."""
    return read_rated(reader, wave, None if unit.chosen == ALL_UNITS else unit.chosen, everything=show.chosen == "all")


def _drawn(
    rated: Sequence[RatedCriterion],
    model: MaturityModel,
    units: Mapping[str | None, str],
    options: tuple[Option, Option, Option],
    say: Words,
) -> Draft:
    _, unit, show = options
    items = agenda(rated, everything=show.chosen == "all")
    everybody = unit.chosen == ALL_UNITS

    def chart(tokens: Tokens) -> ChartType:
        strips = [_strip(item, model, units, tokens, say, named=everybody) for item in items[:_MOST]]
        return rater_strips(strips, model.lowest, model.highest, tokens)

    note = say("moderation.note")
    return Draft(
        message=_message(rated, unit, units, say),
        columns=_columns(say),
        rows=tuple(_row(item, units, say) for item in items),
        unit=say("moderation.unit", lowest=str(model.lowest), highest=str(model.highest)),
        chart=chart if items else None,
        alt=say("moderation.alt", n=len(items[:_MOST])),
        note=f"{note} {say('moderation.more', n=len(items) - _MOST)}" if len(items) > _MOST else note,
        options=options,
    )


def _message(rated: Sequence[RatedCriterion], unit: Option, units: Mapping[str | None, str], say: Words) -> str:
    """What is still to be clarified, and where the raters are furthest apart."""
    first, settled = agenda(rated), sum(item.consensus is not None for item in rated)
    still = sum(item.open for item in rated)
    beginning = "" if unit.chosen == ALL_UNITS else f"{unit.values[unit.chosen]}: "
    if not still:
        return beginning + (say("moderation.all_settled", n=settled) if settled else say("moderation.nothing"))
    widest = first[0]
    where = title(widest.criterion, say)
    if not beginning:
        where = say("moderation.of_unit", title=where, unit=units.get(widest.unit, widest.unit))
    low, high = (number(level, say.lang) for level in (widest.levels[0], widest.levels[-1]))
    done = say("moderation.settled", n=settled) if settled else ""
    return beginning + say("moderation.message", n=still, done=done, where=where, low=low, high=high)


def _columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        column(Response, "unit", say.lang),
        column(Response, "criterion", say.lang),
        TableColumn("state", say("moderation.state")),
        TableColumn("levels", say("moderation.levels")),
        TableColumn("median", say("moderation.median"), "number"),
        TableColumn("lower_quartile", say("moderation.lower_quartile"), "number"),
        TableColumn("upper_quartile", say("moderation.upper_quartile"), "number"),
        TableColumn("within_group", say("moderation.within_group"), "number", help=say("moderation.within_group_help")),
        TableColumn("not_applicable", say("moderation.not_applicable"), "whole"),
        TableColumn("do_not_know", say("moderation.do_not_know"), "whole"),
        TableColumn("agreed", say("moderation.agreed")),
    )


def _row(item: RatedCriterion, units: Mapping[str | None, str], say: Words) -> Row:
    found, within = item.agreement, item.agreement.within_group
    return (
        units.get(item.unit, item.unit),
        title(item.criterion, say),
        rated_state(item, say),
        _levels(item, say),
        _shown(found.median),
        _shown(found.lower_quartile),
        _shown(found.upper_quartile),
        None if within is None else within.quantize(Decimal("0.01"), ROUND_HALF_UP),
        item.not_applicable,
        item.do_not_know,
        agreed_words(item, say),
    )


def _shown(level: Decimal | None) -> Decimal | None:
    """A level or quartile to two decimals at most, so that a quartile between levels is not rounded to another one."""
    return None if level is None else level.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize() + 0


def rated_state(item: RatedCriterion, say: Words) -> str:
    """Whether it is settled, to be clarified, answered by too few to differ, or agreed on, with a sign."""
    if item.consensus is not None:
        return f"{STATUS_SIGNS['done']} {say('moderation.is_settled')}"
    if item.agreement.to_clarify:
        return f"{STATUS_SIGNS['at_risk']} {say('moderation.is_open')}"
    if item.agreement.raters < 2:
        return f"{STATUS_SIGNS['unknown']} {say('moderation.too_few')}"
    return f"{STATUS_SIGNS['on_track']} {say('moderation.is_agreed')}"


def _levels(item: RatedCriterion, say: Words) -> str:
    return " · ".join(number(_shown(level), say.lang) for level in item.levels) or EMPTY


def agreed_words(item: RatedCriterion, say: Words) -> str | None:
    """What the meeting settled on: a level, the value with its unit, or why there is none."""
    consensus = item.consensus
    if consensus is None:
        return None
    if consensus.level is not None:
        return str(consensus.level)
    if consensus.value is None:
        return consensus.state.label(say.lang)
    unit = f"\u00a0{item.criterion.measured_in}" if item.criterion.measured_in else ""
    return f"{number(consensus.value, say.lang)}{unit}"


def _agreed_level(item: RatedCriterion, model: MaturityModel) -> float | None:
    consensus = item.consensus
    if consensus is None:
        return None
    if consensus.value is None:
        return consensus.level
    level = level_of_value(consensus.value, item.criterion, model)
    return None if level is None else float(level)


def _strip(
    item: RatedCriterion,
    model: MaturityModel,
    units: Mapping[str | None, str],
    tokens: Tokens,
    say: Words,
    *,
    named: bool,
) -> Strip:
    found, label = item.agreement, title(item.criterion, say)
    quartiles = (found.lower_quartile, found.upper_quartile)
    details = {
        heading(Response, "criterion", say): label,
        heading(Response, "unit", say): units.get(item.unit, item.unit),
        say("moderation.levels"): _levels(item, say),
        say("moderation.median"): number(_shown(found.median), say.lang),
        say("moderation.within_group"): number(found.within_group, say.lang, 2),
        say("moderation.not_applicable"): number(item.not_applicable, say.lang),
        say("moderation.do_not_know"): number(item.do_not_know, say.lang),
        say("moderation.agreed"): agreed_words(item, say) or EMPTY,
    }
    colour = tokens.done if item.consensus else tokens.warn if item.agreement.to_clarify else tokens.muted
    return Strip(
        label=f"{units.get(item.unit, item.unit)} · {label}" if named else label,
        note=rated_state(item, say),
        note_colour=colour,
        levels=tuple(map(float, item.levels)),
        median=None if found.median is None else float(found.median),
        half=None if quartiles[0] is None or quartiles[1] is None else (float(quartiles[0]), float(quartiles[1])),
        agreed=_agreed_level(item, model),
        details=details,
    )
