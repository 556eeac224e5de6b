"""The results of surveys as a scope may see them; what fewer than three people said leaves the store to nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.seen_scores import may_tell_agreed, people_told, seen_scores
from smartdash.analysis.survey_cells import SurveyCells
from smartdash.analysis.survey_scores import OVERALL, WITHHELD, Score, SurveyScores, united_scores, without_target
from smartdash.analysis.withholding import all_may_be_told
from smartdash.model.shared import Unit, UnitKind
from smartdash.model.surveys import SurveyWave
from smartdash.store.reader import Reader
from smartdash.store.survey_answers import Basis, survey_cells, units_heard
from smartdash.store.survey_participation import finished_waves, participation_rows

GROUPS = ("administration", "company", "partner")
"""The groups of units that are set beside each other."""


@dataclass(frozen=True, slots=True)
class Participation:
    """How far a unit has answered: people asked, who answered anything, who answered everything, the last day."""

    unit: str
    asked: int
    answered: int
    complete: int
    last: date | None


def survey_waves(reader: Reader) -> tuple[SurveyWave, ...]:
    """The waves with an answer that have ended as of the scope's day, oldest first; see `finished_waves`.

    While a wave runs, what has come in so far is no result, and would sway those who have not answered yet. Nor is what
    a revision held before the last answer or agreement was written, but for the moderation: from one revision to the
    next, one could follow what each single person said.
    """

    def read() -> tuple[SurveyWave, ...]:
        written = finished_waves(reader)
        ended = [wave for wave in reader.all(SurveyWave) if wave.key in written and wave.end <= reader.scope.as_of]
        revision = reader.scope.revision or 0
        return tuple(
            sorted(
                (wave for wave in ended if written[wave.key] <= revision or moderates(reader, wave)),
                key=lambda wave: (wave.end, wave.start, wave.key),
            )
        )

    return reader.remembered("survey waves", read)


def survey_scores(reader: Reader, wave: SurveyWave, basis: Basis = "answers") -> SurveyScores:
    """The results of a wave as the reader may see them; its own unit's always, all of them where it moderates."""

    def read() -> tuple[SurveyScores, ...]:
        cells = survey_cells(reader, wave, basis)
        groups = unit_groups(reader, cells.units)
        return (seen_scores(cells, groups, reader.scope.reading_unit, everything=moderates(reader, wave)),)

    return reader.remembered(("survey scores", wave.key, basis), read)[0]


def panel_scores(
    reader: Reader, wave: SurveyWave, before: SurveyWave, basis: Basis = "answers"
) -> tuple[Mapping[str, Score], Mapping[str, Score], tuple[str, ...]] | None:
    """The city's scores in two waves of one model over the units that took part in both, and these units.

    None where the models differ or no unit took part in both. What could be told from the difference to the whole wave
    is withheld.
    """
    if wave.maturity_model != before.maturity_model:
        return None

    def read() -> tuple[Mapping[str, Score] | tuple[str, ...], ...]:
        heard = units_heard(reader)
        panel = tuple(sorted(heard[wave.key] & heard[before.key]))
        if not panel:
            return ()
        both = [survey_cells(reader, item, basis) for item in (wave, before)]
        now, then = (_panel(reader, *pair) for pair in ((both[0], before, panel), (both[1], wave, panel)))
        return (now, then, panel)

    found = reader.remembered(("panel scores", wave.key, before.key, basis), read)
    return found if found else None  # type: ignore[return-value]


def _panel(reader: Reader, cells: SurveyCells, other: SurveyWave, panel: Sequence[str]) -> dict[str, Score]:
    """The scores over the units that took part in another wave too, withheld where they would tell of hidden units.

    Targets are those of the whole wave only.
    """
    scores = {key: without_target(score) for key, score in united_scores(cells, panel).items()}
    if moderates(reader, cells.wave):
        return scores
    seen = survey_scores(reader, cells.wave, "consensus" if cells.settled else "answers")
    panels = _panels(reader, cells.wave)
    for place, dimension in enumerate(item.key for item in cells.dimensions):
        hidden = frozenset(unit for unit in cells.units if seen.cells[unit, dimension].withheld)
        if seen.city[dimension].withheld or other.key not in _told_panels(cells, place, hidden, panels):
            scores[dimension] = WITHHELD
    if any(score.withheld for score in scores.values()):
        scores[OVERALL] = WITHHELD
    return scores


def _panels(reader: Reader, wave: SurveyWave) -> dict[str, frozenset[str]]:
    """The units that took part in each other wave of the same model, the waves nearest in time first."""
    waves, units = survey_waves(reader), units_heard(reader)
    place = [item.key for item in waves].index(wave.key)
    others = [(abs(at - place), item.key) for at, item in enumerate(waves) if item.key != wave.key]
    models = {item.key: item.maturity_model for item in waves}
    return {key: units[key] for _, key in sorted(others) if models[key] == wave.maturity_model}


def _told_panels(
    cells: SurveyCells, place: int, hidden: frozenset[str], panels: Mapping[str, frozenset[str]]
) -> set[str]:
    """The panels by which hidden units are not told apart from fewer than three people, neither alone nor together."""
    people, parts, told = people_told(cells, place), [hidden], set()
    for key, panel in panels.items():
        finer = [part for one in parts for part in (one & panel, one - panel)]
        if all(
            all_may_be_told(people[unit] for unit in part) and may_tell_agreed(cells, place, part) for part in finer
        ):
            parts = finer
            told.add(key)
    return told


def participation(reader: Reader, wave: SurveyWave) -> tuple[Participation, ...]:
    """How far each unit has answered, by key; empty where it would leave the house (see `turnout`)."""
    return () if reader.scope.leaves else _participation(reader, wave)


def turnout(reader: Reader, wave: SurveyWave) -> tuple[int, int, int, int]:
    """Units asked and with an answer, people asked and with an answer, over the whole wave."""
    rows = _participation(reader, wave)
    answered = [row for row in rows if row.answered]
    return len(rows), len(answered), sum(row.asked for row in rows), sum(row.answered for row in rows)


def _participation(reader: Reader, wave: SurveyWave) -> tuple[Participation, ...]:
    def read() -> tuple[Participation, ...]:
        criteria = reader.rows(
            "SELECT count(*) FROM criterion JOIN dimension ON dimension.key = criterion.dimension "
            "WHERE dimension.maturity_model = $model",
            model=wave.maturity_model,
        )
        return tuple(Participation(*row) for row in participation_rows(reader, wave, int(criteria[0][0])))

    return reader.remembered(("participation", wave.key), read)


def moderates(reader: Reader, wave: SurveyWave) -> bool:
    """Whether the reader's unit moderates the wave, and so sees everything."""
    return wave.moderated_by is not None and wave.moderated_by == reader.scope.reading_unit


def unit_groups(reader: Reader, units: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The given units by group: administration, company, partner; groups without units are left out."""
    kinds = {unit.key: unit.kind for unit in reader.all(Unit)}
    members: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        group = {UnitKind.COMPANY: "company", UnitKind.PARTNER: "partner"}.get(kinds[unit], "administration")
        members[group].append(unit)
    return {group: tuple(members[group]) for group in GROUPS if group in members}
