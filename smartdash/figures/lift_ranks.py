"""The rank of the own city, and its interval, if a criterion rises while all other cities stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.lifts import Lift
from smartdash.analysis.peer_levels import peer_levels
from smartdash.analysis.peers import SMALLEST_RANKED, shown
from smartdash.analysis.rank_robustness import RankRange, RankRobustness, Yardstick, robustness
from smartdash.analysis.survey_scores import OVERALL
from smartdash.figures.lift_lines import Rise
from smartdash.figures.peer_data import ChosenGroup
from smartdash.figures.rank_data import interval_text
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

    def ranked(self, raised: Lift | None = None, rise: Rise = "step") -> RankRobustness | None:
        """The ranks with a criterion raised or as they are; None where they cannot be told.

        The own levels are rounded as they are shown, since other cities report rounded ones too.
        """
        levels = dict(self.levels)
        if raised is not None:
            gain = (raised.step if rise == "step" else raised.target).dimension
            place = self.own, raised.dimension
            if gain is None or place not in levels:
                return None
            levels[place] += gain
        for place in [place for place in levels if place[0] == self.own]:
            levels[place] = shown(levels[place])
        return robustness(self.cities, self.yardsticks, levels, self.own)


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
    if frozen is None:
        return None
    raised = {item.criterion: item for item in lifts}
    question = ("lift ranks", survey.wave.key, survey.basis, group.option.chosen, rise, tuple(raised))

    def simulate() -> tuple[LiftRanks | None]:
        now = frozen.ranked()
        if now is None or len(now.ranges) < SMALLEST_RANKED:
            return (None,)
        then = {key: frozen.ranked(item, rise) for key, item in raised.items()}
        of_own = {key: found.of(frozen.own) if found else None for key, found in then.items()}
        return (LiftRanks(len(now.ranges), now.of(frozen.own), of_own),)

    return reader.remembered(question, simulate)[0]


def range_text(found: RankRange | None, say: Words, *, shared: bool = True) -> str | None:
    """A rank with its interval, such as "geteilter Rang 12 (8–15)"; whether it is shared can be left out."""
    if found is None:
        return None
    message = "lifts.shared_rank" if shared and found.tied > 1 else "lifts.rank"
    return say(message, rank=number(found.base, say.lang), interval=interval_text(found.low, found.high, say))
