"""What the figures about a survey share: the choice of wave, aggregation and basis, and how a level is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from smartdash.analysis.lifts import AGGREGATIONS
from smartdash.analysis.survey_scores import COVERAGE_NEEDED, OVERALL, Score, SurveyScores, to_score
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Draft, Option
from smartdash.locale import Words
from smartdash.locale.numbers import day_range, number, percent, with_plus
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.surveys import SurveyWave
from smartdash.store import Reader
from smartdash.store.survey_answers import Basis
from smartdash.store.survey_results import survey_scores, survey_waves


@dataclass(frozen=True, slots=True)
class Survey:
    """What a figure shows of a survey: the waves with answers, the chosen one with its results, and the options."""

    waves: tuple[SurveyWave, ...]
    scores: SurveyScores
    basis: Basis
    options: tuple[Option, ...]

    @property
    def wave(self) -> SurveyWave:
        """The wave that was chosen."""
        return self.scores.wave

    @property
    def model(self) -> MaturityModel:
        """The model that the wave asked by."""
        return self.scores.model

    @property
    def keys(self) -> tuple[str, ...]:
        """All dimensions together (`OVERALL`), then each of them by its key."""
        return (OVERALL, *(dimension.key for dimension in self.scores.dimensions))


def read_survey(reader: Reader, chosen: Mapping[str, str], say: Words) -> Survey | None:
    """The wave and the basis that the options of these names ask for; None before anybody has answered."""
    waves = survey_waves(reader)
    if not waves:
        return None
    wave, basis = wave_choice(waves, chosen, say), basis_choice(chosen, say)
    chosen_basis: Basis = "consensus" if basis.chosen == "consensus" else "answers"
    return Survey(waves, survey_scores(reader, chosen_wave(waves, wave), chosen_basis), chosen_basis, (wave, basis))


def nobody_answered(say: Words) -> Draft:
    """The figure before anybody has answered."""
    return Draft(say("maturity.no_answers"), (), ())


def wave_choice(waves: Sequence[SurveyWave], chosen: Mapping[str, str], say: Words) -> Option:
    """The option over waves with the oldest first, as `survey_waves` returns them; the newest is the default."""
    return choice("survey_wave", say("maturity.wave"), {wave.key: wave.title for wave in reversed(waves)}, chosen)


def chosen_wave(waves: Sequence[SurveyWave], option: Option) -> SurveyWave:
    """The wave that the option "survey_wave" names."""
    return next(wave for wave in waves if wave.key == option.chosen)


def wave_before(waves: Sequence[SurveyWave], wave: SurveyWave) -> SurveyWave | None:
    """The newest wave before one that used the same model; `waves` with the oldest first."""
    earlier = waves[: [item.key for item in waves].index(wave.key)]
    return next((item for item in reversed(earlier) if item.maturity_model == wave.maturity_model), None)


def aggregation_choice(chosen: Mapping[str, str], say: Words) -> Option:
    """The option "aggregation": weighted mean (the default), geometric mean, or weakest link."""
    values: dict[str, str] = {name: say(f"maturity.aggregation_{name}") for name in AGGREGATIONS}
    return choice("aggregation", say("maturity.aggregation"), values, chosen)


def basis_choice(chosen: Mapping[str, str], say: Words) -> Option:
    """The option: the answers alone (the default), or what a moderated meeting agreed on where it did."""
    values = {name: say(f"maturity.basis_{name}") for name in ("answers", "consensus")}
    return choice("survey_basis", say("maturity.basis"), values, chosen)


def level_by(score: Score, aggregation: str) -> Decimal | None:
    """The level by one of `AGGREGATIONS`."""
    return {"mean": score.mean, "geometric": score.geometric, "weakest": score.weakest}[aggregation]


def shown_level(level: Decimal | None) -> Decimal | None:
    """A level as it is shown; changes are differences of shown levels, so that a reader can recompute them."""
    return None if level is None else level.quantize(Decimal("0.1"), ROUND_HALF_UP)


def points(level: Decimal | None, model: MaturityModel) -> Decimal | None:
    """A level as a score from 0 (lowest level) to 100 (highest), as it is shown: one decimal, rounded half up.

    The levels of models with different scales compare only as scores.
    """
    return None if level is None else shown_level(to_score(level, model))


def said(score: Score, level: Decimal | None, say: Words) -> str:
    """A level of a score in a table or on a mark, or why there is none."""
    return number(shown_level(level), say.lang, 1) if level is not None else why_none(score, say)


def why_none(score: Score, say: Words) -> str:
    """Why a score has no level: withheld, nothing applies, or too little is answered."""
    if score.withheld:
        return say("maturity.withheld")
    if score.coverage is None:
        return say("maturity.not_applicable")
    return say("maturity.too_few", coverage=percent(score.coverage, say.lang, 0))


def said_change(change: Decimal, say: Words) -> str:
    """A difference of shown levels with its sign; ±0,0 where there is none."""
    text = number(change, say.lang, 1)
    return with_plus(text, change) if change else f"±{text}"


def who_answered(scores: SurveyScores, say: Words) -> str:
    """A sentence on the wave, its units and people and the coverage, and that it is a self-assessment."""
    whole = scores.city[OVERALL]
    return say(
        "maturity.answered",
        wave=scores.wave.title,
        days=day_range(scores.wave.start, scores.wave.end, say.lang),
        units=say("maturity.n_units", n=whole.units),
        raters=say("maturity.n_raters", n=whole.raters),
        coverage=percent(whole.coverage, say.lang, 0),
        needed=percent(COVERAGE_NEEDED, say.lang, 0),
    )


def dimension_title(key: str, dimensions: Sequence[Dimension], say: Words) -> str:
    """The title of a dimension by its key; `OVERALL` stands for all of them."""
    if key == OVERALL:
        return say("maturity.overall")
    return next(title(dimension, say) for dimension in dimensions if dimension.key == key)


def title(record: Dimension | Criterion | MaturityModel, say: Words) -> str:
    """The title in the reader's language."""
    return record.title_de if say.lang == "de" else record.title_en


def level_name(item: LevelDescriptor, say: Words) -> str:
    """The name of a level in the reader's language."""
    return item.name_de if say.lang == "de" else item.name_en


def level_reached(
    level: Decimal | None, dimension: str, descriptors: Iterable[LevelDescriptor], say: Words
) -> str | None:
    """The name of the highest described level of a dimension that is reached, as the level is shown.

    A level counts as reached from its whole number on.
    """
    shown = shown_level(level)
    own = [item for item in descriptors if item.dimension == dimension and item.criterion is None]
    reached = [item for item in own if shown is not None and item.level <= shown]
    return level_name(max(reached, key=lambda item: item.level), say) if reached else None
