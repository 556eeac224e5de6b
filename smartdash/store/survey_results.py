"""The results of surveys as a scope may see them; what fewer than three people said leaves the store to nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.analysis.seen_scores import seen_scores
from smartdash.analysis.survey_cells import SurveyCells
from smartdash.analysis.survey_scores import WITHHELD, Score, SurveyScores, united_scores
from smartdash.analysis.withholding import may_be_told
from smartdash.model.shared import Unit, UnitKind
from smartdash.model.surveys import SurveyWave
from smartdash.store.reader import Reader
from smartdash.store.survey_answers import Basis, participation_rows, survey_cells

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
    """The waves with an answer that have ended as of the scope's day, oldest first.

    While a wave runs, what has come in so far is no result, and would sway those who have not answered yet. Nor is a
    revision that was replaced while it ran: from one to the next, one could follow what each single person stored.
    """

    def read() -> tuple[SurveyWave, ...]:
        found = reader.confidential("SELECT DISTINCT survey_wave FROM whole_response")
        answered, replaced = set(found["survey_wave"].tolist()), reader.replaced_on()
        ended = [wave for wave in reader.all(SurveyWave) if wave.key in answered and wave.end <= reader.scope.as_of]
        return tuple(
            sorted(
                (wave for wave in ended if replaced is None or wave.end < replaced),
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
    """The city's scores in two waves of one model over the units that answered in both, and these units.

    None where the models differ or no unit answered in both. What could be told from the difference to the whole wave
    is withheld.
    """
    if wave.maturity_model != before.maturity_model:
        return None

    def read() -> tuple[Mapping[str, Score] | tuple[str, ...], ...]:
        both = [survey_cells(reader, item, basis) for item in (wave, before)]
        answered = [
            {unit for unit, number in zip(cells.units, cells.everyone, strict=True) if number} for cells in both
        ]
        panel = tuple(sorted(answered[0] & answered[1]))
        if not panel:
            return ()
        now, then = (_panel(reader, cells, panel) for cells in both)
        return (now, then, panel)

    found = reader.remembered(("panel scores", wave.key, before.key, basis), read)
    return found if found else None  # type: ignore[return-value]


def _panel(reader: Reader, cells: SurveyCells, panel: Sequence[str]) -> dict[str, Score]:
    """The scores over the panel, withheld where hidden units within or outside it could be told from them."""
    scores = united_scores(cells, panel)
    if moderates(reader, cells.wave):
        return scores
    own = reader.scope.reading_unit
    seen = seen_scores(cells, unit_groups(reader, cells.units), own)
    for column, dimension in enumerate(item.key for item in cells.dimensions):
        hidden = {unit for unit in cells.units if seen.cells[unit, dimension].withheld}
        raters = dict(zip(cells.units, map(int, cells.people[:, column]), strict=True))
        parts = ({unit for unit in hidden if unit in panel}, {unit for unit in hidden if unit not in panel})
        if seen.city[dimension].withheld or not all(may_be_told(raters[unit] for unit in part) for part in parts):
            scores[dimension] = WITHHELD
    if any(score.withheld for score in scores.values()):
        scores[""] = WITHHELD
    return scores


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
