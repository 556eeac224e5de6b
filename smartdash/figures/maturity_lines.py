"""The lines of a city's maturity profile: each dimension with its level, the wave before, the target and the peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.peer_levels import PeerLevels
from smartdash.analysis.survey_scores import OVERALL, Score
from smartdash.figures.surveys import (
    Survey,
    dimension_title,
    level_reached,
    points,
    shown_level,
    wave_before,
)
from smartdash.locale import Words
from smartdash.model.maturity import LevelDescriptor
from smartdash.store import Reader
from smartdash.store.survey_results import panel_scores


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """A dimension, or all of them, as it is shown: levels are rounded, `name` is the level that is reached.

    `before` is the level in the wave before, `middle` the median of the peers, None where they must not be compared.
    """

    key: str
    title: str
    score: Score
    level: Decimal | None
    points: Decimal | None
    name: str | None
    before: Decimal | None
    target: Decimal | None
    peers: PeerLevels | None

    @property
    def change(self) -> Decimal | None:
        """The difference to the wave before."""
        return None if self.level is None or self.before is None else self.level - self.before

    @property
    def middle(self) -> Decimal | None:
        """The median of the peers as it is shown."""
        return shown_level(self.peers.middle) if self.peers else None


def profile_lines(
    reader: Reader, survey: Survey, peers: Mapping[str, PeerLevels], say: Words
) -> tuple[ProfileLine, ...]:
    """All dimensions together, then each of them."""
    before, descriptors = _comparable_before(reader, survey), reader.all(LevelDescriptor)
    return tuple(
        ProfileLine(
            key,
            dimension_title(key, survey.scores.dimensions, say),
            score,
            shown_level(score.mean),
            points(score.mean, survey.model),
            level_reached(score.mean, key, descriptors, say),
            shown_level(before[key].mean) if key in before else None,
            shown_level(score.target),
            peers.get(key),
        )
        for key in survey.keys
        for score in (survey.scores.city[key],)
    )


def _comparable_before(reader: Reader, survey: Survey) -> dict[str, Score]:
    """The scores of the wave before, where those who answered in both waves are all who answered in the chosen one."""
    before = wave_before(survey.waves, survey.wave)
    panel = panel_scores(reader, survey.wave, before, survey.basis) if before else None
    if panel is None:
        return {}
    now, then, units = panel
    city = survey.scores.city
    if len(units) != city[OVERALL].units:
        return {}
    return {key: score for key, score in then.items() if now[key].mean == city[key].mean}
