"""The rank of the own city, and its interval, if a criterion rises while all other cities stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.lifts import Lift
from smartdash.analysis.peer_levels import peer_levels
from smartdash.analysis.peers import SMALLEST_RANKED
from smartdash.analysis.rank_robustness import RankRange, Yardstick, robustness
from smartdash.analysis.survey_scores import OVERALL
from smartdash.figures.lift_lines import Rise
from smartdash.figures.peer_data import ChosenGroup
from smartdash.figures.surveys import Survey
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.peers import PeerScore
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class Frozen:
    """The own city among its peers as they are: what all are measured by, and their levels by (city, dimension)."""

    own: str
    cities: tuple[str, ...]
    yardsticks: tuple[Yardstick, ...]
    levels: Mapping[tuple[str, str], Decimal]

    def ranked(self, raised: Lift | None = None, rise: Rise = "step") -> RankRange | None:
        """The rank and its interval, with a criterion raised or as it is; None where the city cannot be ranked."""
        levels = dict(self.levels)
        if raised is not None:
            gain = (raised.step if rise == "step" else raised.target).dimension
            place = self.own, raised.dimension
            if gain is None or place not in levels:
                return None
            levels[place] += gain
        found = robustness(self.cities, self.yardsticks, levels, self.own)
        return None if found is None or len(found.ranges) < SMALLEST_RANKED else found.of(self.own)


@dataclass(frozen=True, slots=True)
class LiftRanks:
    """The rank of the own city among `count` cities as it is, and by the key of the criterion that is raised."""

    count: int
    now: RankRange | None
    raised: Mapping[str, RankRange | None]


def frozen_peers(reader: Reader, survey: Survey, group: ChosenGroup) -> Frozen | None:
    """The cities of a group with a self-assessment in the survey's model; None where the own one has no level.

    Other cities report the mean, so the own one is compared by its mean too.
    """
    if group.own is None:
        return None
    own, model = group.own.key, survey.model
    peers = peer_levels(reader.all(PeerScore), model.key, group.cities.keys() - {own})
    levels = {
        (city, dimension): score.level
        for dimension, found in peers.items()
        if dimension != OVERALL
        for city, score in found.scores.items()
    }
    mine = {(own, item.key): survey.scores.city[item.key].mean for item in survey.scores.dimensions}
    levels.update({place: level for place, level in mine.items() if level is not None})
    ends = Decimal(model.lowest), Decimal(model.highest)
    yardsticks = tuple(Yardstick(item.key, item.weight, anchors=ends) for item in survey.scores.dimensions)
    cities = tuple(city for city in group.cities if city == own or any(place[0] == city for place in levels))
    return Frozen(own, cities, yardsticks, levels)


def lift_ranks(
    reader: Reader, survey: Survey, group: ChosenGroup, lifts: Iterable[Lift], rise: Rise
) -> LiftRanks | None:
    """The city's rank as it is and with each of some criteria raised; None where it has no peers to be ranked among."""
    frozen = frozen_peers(reader, survey, group)
    if frozen is None or len(frozen.cities) < SMALLEST_RANKED:
        return None
    raised = {item.criterion: item for item in lifts}
    question = ("lift ranks", survey.wave.key, survey.basis, group.option.chosen, rise, tuple(raised))
    now, *then = reader.remembered(
        question, lambda: (frozen.ranked(), *(frozen.ranked(item, rise) for item in raised.values()))
    )
    return LiftRanks(len(frozen.cities), now, dict(zip(raised, then, strict=True)))


def range_text(found: RankRange | None, say: Words) -> str | None:
    """A rank with its interval, such as "Rang 12 (8–15)"."""
    if found is None:
        return None
    low, high = number(found.low, say.lang), number(found.high, say.lang)
    return say("lifts.rank", rank=number(found.base, say.lang), low=low, high=high)
