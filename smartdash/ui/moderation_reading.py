"""What the moderated meeting works on: the agenda that the figure shows, and the words beside the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from smartdash.analysis.moderation import RatedCriterion, agenda
from smartdash.analysis.survey_questions import Question, questions
from smartdash.figures.rater_data import rated_units
from smartdash.figures.rater_strip import chosen_rated, rater_options
from smartdash.figures.surveys import chosen_wave, wave_choice
from smartdash.figures.tables import titles
from smartdash.locale import Language, words
from smartdash.model.maturity import Criterion, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Unit
from smartdash.model.surveys import SurveyWave
from smartdash.store import Scope
from smartdash.store.survey_results import moderates, survey_waves
from smartdash.ui import opened
from smartdash.ui.options import chosen_options
from smartdash.ui.view import View

FIGURE = "moderation.raters"
_READINGS = 40

_WORDS = """SELECT comment, evidence, evidence_link FROM response
    WHERE survey_wave = $wave AND unit = $unit AND criterion = $criterion
        AND (comment IS NOT NULL OR evidence IS NOT NULL OR evidence_link IS NOT NULL)
    ORDER BY comment, evidence, evidence_link"""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A wave with its agenda as of `revision`, the questions by criterion, and the titles of the units."""

    revision: int
    wave: SurveyWave
    model: MaturityModel
    questions: Mapping[str, Question]
    agenda: Sequence[RatedCriterion]
    units: Mapping[str | None, str]


def read_meeting(view: View) -> Meeting | None:
    """The agenda as the figure above shows it; None where the reading unit does not moderate the wave."""
    [found] = _meeting(opened.store().stamp(), view.scope(), view.lang, chosen_options(FIGURE))
    return found


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _meeting(stamp: tuple[int, ...], scope: Scope, lang: Language, chosen: opened.Chosen) -> tuple[Meeting | None]:
    say, options = words(lang), dict(chosen)
    with opened.store().read(scope) as reader:
        waves = [] if scope.reading_unit is None else survey_waves(reader)
        if not waves:
            return (None,)
        wave = chosen_wave(waves, wave_choice(waves, options, say))
        if not moderates(reader, wave):
            return (None,)
        units = titles(reader.all(Unit))
        unit, show = rater_options(rated_units(reader, wave), units, options, say, everybody=True)
        rated = chosen_rated(reader, wave, unit, show)
        model = next(item for item in reader.all(MaturityModel) if item.key == wave.maturity_model)
        asked = questions(model.key, reader.all(Dimension), reader.all(Criterion), reader.all(LevelDescriptor))
        return (
            Meeting(
                reader.scope.revision or 0,
                wave,
                model,
                {question.criterion.key: question for question in asked},
                agenda(rated, everything=show.chosen == "all"),
                units,
            ),
        )


def read_words(view: View, meeting: Meeting, item: RatedCriterion) -> list[tuple[str | None, ...]]:
    """Comment, evidence and its link of each answer that has any, by comment, so that no order tells who wrote it."""
    with opened.store().read(view.scope()) as reader:
        return reader.rows(_WORDS, wave=meeting.wave.key, unit=item.unit, criterion=item.criterion.key)
