"""What the answer sheets of a wave are made from and compared with, as a reader sees it."""

from __future__ import annotations

from datetime import date

from smartdash.analysis.survey_questions import questions
from smartdash.exchange.answer_sheet import SurveyForm
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Programme, Unit
from smartdash.model.surveys import Invitation, Response, SurveyWave
from smartdash.store import Reader
from smartdash.store.schema import build, listed, names


def read_form(reader: Reader, programme: Programme, wave: SurveyWave, today: date) -> SurveyForm:
    """The wave with the invitations and answers that the reader may see; only this wave's answers are read."""
    columns = listed(("programme", *names(Response)))
    answers = reader.rows(f"SELECT {columns} FROM response WHERE survey_wave = $wave ORDER BY key", wave=wave.key)
    return SurveyForm(
        programme,
        wave,
        next(model for model in reader.all(MaturityModel) if model.key == wave.maturity_model),
        questions(wave.maturity_model, reader.all(Dimension), reader.all(Criterion), reader.all(LevelDescriptor)),
        {unit.key: unit.title for unit in reader.all(Unit)},
        [one for one in reader.all(Invitation) if one.survey_wave == wave.key],
        build(Response, answers),
        today,
    )
