"""What the figures about ranks share: what cities are ranked by, how it is simulated, and how that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.peer_levels import newest_levels
from smartdash.analysis.peers import SMALLEST_RANKED, anchors, newest_observations, shown
from smartdash.analysis.rank_robustness import (
    CONCENTRATION,
    RankRange,
    RankRobustness,
    Settings,
    Yardstick,
    robustness,
)
from smartdash.analysis.rank_runs import Normalisation
from smartdash.analysis.survey_scores import OVERALL
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option
from smartdash.figures.headings import listing
from smartdash.figures.peer_data import ChosenGroup, chosen_group
from smartdash.figures.peer_indicators import indicator_title
from smartdash.figures.surveys import title
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import Dimension, MaturityModel
from smartdash.model.peers import Indicator, Observation, PeerMethod, PeerScore
from smartdash.store import Reader
from smartdash.store.survey_results import survey_scores, survey_waves

OPTIONS = ("peers", "ranked_by", "weights")
"""The options that every figure about ranks has; chosen once for all of them."""

_CONTEXT = "context"
_NEIGHBOURS = 7
_NAMED = 6
"""So many cities without a rank are named; more are counted."""
_LESS, _MORE = 100, 10

Measured = tuple[tuple[Yardstick, ...], dict[str, str], dict[tuple[str, str], Decimal]]
"""The yardsticks, their titles, and the values by (city, yardstick)."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A group ranked by simulation, with the choices it was made with.

    Attributes:
        group: The peer group.
        ranked_by: The option that says what cities are ranked by.
        weights: The option that says how uncertain the weights are.
        found: The ranks; None where nothing tells the cities apart.
        titles: The titles of the yardsticks.
        settings: Runs, seed and k.
    """

    group: ChosenGroup
    ranked_by: Option
    weights: Option
    found: RankRobustness | None
    titles: Mapping[str, str]
    settings: Settings

    @property
    def context(self) -> bool:
        """Whether cities are ranked by context indicators, which are not maturity."""
        return self.ranked_by.chosen == _CONTEXT

    @property
    def by(self) -> str:
        """What cities are ranked by, in words."""
        return self.ranked_by.values[self.ranked_by.chosen]

    @property
    def own(self) -> RankRange | None:
        """The range of the own city, None where it is not ranked."""
        return self.found.of(self.group.own.key) if self.found and self.group.own else None

    @property
    def enough(self) -> bool:
        """Whether so many cities are ranked that a rank says anything."""
        return self.found is not None and len(self.found.ranges) >= SMALLEST_RANKED

    @property
    def options(self) -> tuple[Option, ...]:
        """What may be chosen, with the group."""
        return self.group.option, self.ranked_by, self.weights


def read_ranking(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Ranking:
    """The chosen group ranked by context indicators, or by the levels of one maturity model and one method."""
    group = chosen_group(reader, say, chosen)
    ranked_by = choice("ranked_by", say("ranks.by"), _ways(reader, group, chosen.get("ranked_by", ""), say), chosen)
    strengths = {CONCENTRATION: "ranks.weights_medium", _MORE: "ranks.weights_more", _LESS: "ranks.weights_less"}
    words = {str(k): say(message, k=str(k)) for k, message in strengths.items()}
    weights = choice("weights", say("ranks.weights"), words, chosen)
    settings = Settings(concentration=int(weights.chosen))
    if ranked_by.chosen == _CONTEXT:
        yardsticks, titles, values = _context(reader, group, say)
    else:
        model, method = ranked_by.chosen.split("/")
        yardsticks, titles, values = _maturity(reader, group, model, method, say)
    own = group.own.key if group.own else None

    def simulate() -> tuple[RankRobustness | None]:
        return (robustness(list(group.cities), yardsticks, values, own, settings),)

    question = ("ranks", group.option.chosen, ranked_by.chosen, settings)
    (found,) = reader.remembered(question, simulate)
    return Ranking(group, ranked_by, weights, found, titles, settings)


def _ways(reader: Reader, group: ChosenGroup, asked: str, say: Words) -> dict[str, str]:
    """What the group can be ranked by; one maturity model and one method at a time, for they do not compare.

    What was asked for stays among them where its levels may not be seen: a file made anew of what may leave the house
    must not answer for something else.
    """
    found = {
        (score.maturity_model, score.method) for score in reader.all(PeerScore) if score.municipality in group.cities
    }
    # Only what is read becomes a source of the figure.
    models = {model.key: model for model in reader.all(MaturityModel)} if found or "/" in asked else {}
    found |= {(model, method) for model in models for method in PeerMethod if f"{model}/{method.value}" == asked}
    several = len({model for model, _ in found}) > 1
    ordered = sorted(found, key=lambda item: (item[0], list(PeerMethod).index(item[1])))
    maturity = {
        f"{model}/{method.value}": say(
            "ranks.by_maturity",
            model=title(models[model], say) if several else say("ranks.maturity"),
            method=method.label(say.lang),
        )
        for model, method in ordered
    }
    return {_CONTEXT: say("ranks.by_context"), **maturity}


def _context(reader: Reader, group: ChosenGroup, say: Words) -> Measured:
    found = newest_observations(reader.all(Observation), group.cities)
    indicators = [item for item in reader.all(Indicator) if item.key in found]
    return (
        tuple(Yardstick(item.key, item.weight, item.higher_is_better, anchors(item)) for item in indicators),
        {item.key: indicator_title(item, say) for item in indicators},
        {(city, item.key): seen.value for item in indicators for city, seen in found[item.key].items()},
    )


def _maturity(reader: Reader, group: ChosenGroup, model_key: str, method: str, say: Words) -> Measured:
    """The newest levels of each city, by dimension, or as a whole where nobody gives them by dimension."""
    model = next(item for item in reader.all(MaturityModel) if item.key == model_key)
    way = next(item for item in PeerMethod if item.value == method)
    reported = newest_levels(reader.all(PeerScore), model_key, way, group.cities)
    levels = {(city, key): score.level for key, scores in reported.items() for city, score in scores.items()}
    if group.own and way is PeerMethod.SURVEY:
        levels = _with_own_survey(reader, levels, group.own.key, model_key)
    dimensions = [item for item in reader.all(Dimension) if item.maturity_model == model_key]
    ends = (Decimal(model.lowest), Decimal(model.highest))
    if not reported.keys() & {item.key for item in dimensions}:
        return (Yardstick(OVERALL, Decimal(1), anchors=ends),), {OVERALL: title(model, say)}, levels
    return (
        tuple(Yardstick(item.key, item.weight, anchors=ends) for item in dimensions),
        {item.key: title(item, say) for item in dimensions},
        levels,
    )


def _with_own_survey(
    reader: Reader, levels: Mapping[tuple[str, str], Decimal], own: str, model: str
) -> dict[tuple[str, str], Decimal]:
    """The levels with those of the newest own survey in the place of what was reported of the own city.

    They are rounded as they are shown, since other cities report rounded ones too. What is withheld from the reader is
    not there.
    """
    waves = [wave for wave in survey_waves(reader) if wave.maturity_model == model]
    if not waves:
        return dict(levels)
    scores = survey_scores(reader, waves[-1]).city
    others = {place: level for place, level in levels.items() if place[0] != own}
    return others | {(own, key): shown(score.mean) for key, score in scores.items() if score.mean is not None}


def neighbours(found: RankRobustness, own: RankRange | None) -> Sequence[RankRange]:
    """The own city and the seven before and after it; without an own city the first fifteen."""
    place = found.ranges.index(own) if own else 0
    first = max(0, min(place - _NEIGHBOURS, len(found.ranges) - 2 * _NEIGHBOURS - 1))
    return found.ranges[first : first + 2 * _NEIGHBOURS + 1]


def why_no_ranks(ranking: Ranking, say: Words) -> str:
    """Why a group is not ranked: nothing tells the cities apart, or too few have enough values."""
    if ranking.found is None:
        return say("ranks.nothing", by=ranking.by)
    return say("ranks.too_few", n=len(ranking.found.ranges))


def why_no_own(ranking: Ranking, say: Words) -> str:
    """Why there is no own rank: the programme names no city, or it has too few values."""
    if ranking.group.own is None:
        return say("ranks.no_own")
    return say("ranks.own_left_out", city=ranking.group.own.title)


def interval_text(low: int, high: int, say: Words) -> str:
    """An interval of ranks, such as "13–26", or one rank where both are the same."""
    return number(low, say.lang) if low == high else f"{number(low, say.lang)}–{number(high, say.lang)}"


def short_note(ranking: Ranking, say: Words) -> str:
    """What cities are ranked by and how often they were ranked, with what is needed to run it again."""
    found, settings, lang = ranking.found, ranking.settings, say.lang
    if found is None:
        return ""
    compared = say("ranks.compared", by=ranking.by, group=ranking.group.name)
    runs, k = number(settings.runs, lang), number(settings.concentration, lang)
    return f"{compared} {say('ranks.method', n=len(found.yardsticks), runs=runs, seed=str(settings.seed), k=k)}"


def method_note(ranking: Ranking, say: Words) -> str:
    """How the ranks were simulated, with what and whom it leaves out."""
    found = ranking.found
    if found is None:
        return ""
    fixed = any(one is Normalisation.FIXED for one, _ in found.variants)
    parts = [short_note(ranking, say), say("ranks.variants" if fixed else "ranks.variants_without_anchors")]
    if ranking.context:
        parts.append(say("ranks.context_note"))
    if found.alike:
        parts.append(say("ranks.alike", titles=listing([ranking.titles[key] for key in found.alike], say)))
    if len(found.left_out) > _NAMED:
        parts.append(say("ranks.many_left_out", n=len(found.left_out)))
    elif found.left_out:
        names = sorted(ranking.group.cities[city].title for city in found.left_out)
        parts.append(say("ranks.left_out", cities=listing(names, say)))
    return " ".join(parts)
