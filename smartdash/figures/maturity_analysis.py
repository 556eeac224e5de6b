"""The figure that says in words what a survey wave found: the generated text, or the one that the office edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smartdash.analysis.maturity_findings import Change, Line, Rank, Results, findings
from smartdash.analysis.peer_levels import peer_levels
from smartdash.analysis.survey_scores import COVERAGE_NEEDED, OVERALL
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Option, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.lift_lines import lift_lines
from smartdash.figures.lift_ranks import lift_ranks
from smartdash.figures.maturity_analysis_words import differing, paragraphs, sentence, text_of
from smartdash.figures.maturity_lines import ProfileLine, profile_lines
from smartdash.figures.peer_data import ChosenGroup, chosen_group
from smartdash.figures.surveys import Survey, level_by, nobody_answered, read_survey, shown_level, title, wave_before
from smartdash.locale import Words
from smartdash.locale.numbers import day
from smartdash.model.peers import PeerScore
from smartdash.model.surveys import AnalysisText, SurveyWave
from smartdash.store import Reader
from smartdash.store.survey_lifts import survey_lifts
from smartdash.store.survey_results import panel_scores, turnout, unit_groups

KEY = "maturity.analysis"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is said of a wave in one language.

    Attributes:
        wave: The wave.
        options: The choice of the wave.
        headline: The sentence that sums it up, from the numbers.
        generated: The text as the numbers give it now, as every reader in the house may see it.
        edited: What the office made of it; None where it did not, or where it must not leave the house and would.
        gone, new: The sentences by which the generated text differs from the one that was edited.
    """

    wave: SurveyWave
    options: tuple[Option, ...]
    headline: str
    generated: str
    edited: AnalysisText | None
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self.edited.text if self.edited else self.generated


def read_analysis(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Analysis | None:
    """The analysis of the chosen wave; None before anybody has answered.

    The text is for everybody, so no reader's own answers go into it: it says the same whoever reads.
    """
    scope = reader.scope
    common = reader if scope.unit is None else reader.beside(replace(scope, unit=None))
    survey = read_survey(common, {name: value for name, value in chosen.items() if name == "survey_wave"}, say)
    if survey is None:
        return None
    found = findings(_results(common, survey, say))
    generated = text_of(found, say)
    headline = next(sentence(item, say) for item in found if item.part == "level")
    edited = next(
        (
            item
            for item in reader.all(AnalysisText)
            if (item.survey_wave, item.language.value) == (survey.wave.key, say.lang)
            and (item.public or not scope.leaves)
        ),
        None,
    )
    # What leaves the house leaves out more than the text that was edited, so the two would always differ.
    gone, new = differing(edited.generated, generated) if edited and not scope.leaves else ([], [])
    return Analysis(survey.wave, survey.options[:1], headline, generated, edited, tuple(gone), tuple(new))


@figure(KEY, page="maturity", needs=("survey_wave",), options=("survey_wave",))
def analysis(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What a wave found, in short sentences made of the numbers, or as the office edited them."""
    found = read_analysis(reader, say, chosen)
    if found is None:
        return nobody_answered(say)
    return Draft(
        message=found.headline,
        columns=(
            TableColumn("part", say("analysis.part")),
            TableColumn("text", heading(AnalysisText, "text", say)),
        ),
        rows=tuple(paragraphs(found.text, say)),
        note=_note(found, reader, say),
        options=found.options,
        prose=True,
        confined=found.edited is not None and not found.edited.public,
    )


def _note(found: Analysis, reader: Reader, say: Words) -> str:
    """Whether the text was made of the numbers or edited, and by which sentences the numbers differ from it since."""
    if found.edited is None:
        return say("analysis.generated_note")
    sentences = [say("analysis.edited_note", day=day(found.edited.written_on, say.lang))]
    if reader.scope.leaves:
        sentences.append(say("analysis.may_have_changed"))
    elif found.new or found.gone:
        sentences.append(say("analysis.has_changed", now=" ".join(found.new), before=" ".join(found.gone)))
    if not found.edited.public:
        sentences.append(say("analysis.inside_note"))
    return " ".join(sentences)


def _results(reader: Reader, survey: Survey, say: Words) -> Results:
    group, scores = chosen_group(reader, say, {}), survey.scores
    cities = {key: city.title for key, city in group.cities.items() if city != group.own}
    peers = peer_levels(reader.all(PeerScore), survey.model.key, cities)
    whole, *dimensions = profile_lines(reader, survey, peers, say)
    lifts = lift_lines(survey, survey_lifts(reader, survey.wave, survey.basis, "mean"), "step", "gain", say)
    gains = [(line.title, line.points) for line in lifts if line.points is not None]
    return Results(
        city=reader.programme.municipality_name if reader.programme else "",
        wave=survey.wave.title,
        model=title(survey.model, say),
        group=group.name,
        lowest=survey.model.lowest,
        highest=survey.model.highest,
        turnout=turnout(reader, survey.wave),
        coverage=whole.score.coverage,
        needed=COVERAGE_NEEDED,
        points=whole.points,
        whole=_line(whole),
        dimensions=[_line(line) for line in dimensions],
        groups={name: shown_level(scores.groups[name, OVERALL].mean) for name in unit_groups(reader, scores.units)},
        change=_change(reader, survey),
        cities=len({city for found in peers.values() for city in found.scores}),
        rank=_rank(reader, survey, group),
        lifts=gains or None,
        answered=whole.score.answered,
        evidenced=whole.score.evidenced,
        unclear=whole.score.unclear,
        hidden_units=sum(scores.cells[unit, OVERALL].withheld for unit in scores.units),
        validated=bool(survey.model.validated),
    )


def _line(line: ProfileLine) -> Line:
    return Line(
        title=line.title,
        level=line.level,
        lower=shown_level(line.score.lower),
        upper=shown_level(line.score.upper),
        weakest=shown_level(level_by(line.score, "weakest")),
        target=line.target,
        middle=line.middle,
        withheld=line.score.withheld,
    )


def _change(reader: Reader, survey: Survey) -> Change | None:
    before = wave_before(survey.waves, survey.wave)
    if before is None:
        return None
    panel = panel_scores(reader, survey.wave, before, survey.basis)
    if panel is None:
        return Change(before.title, 0, None, None)
    now, then, units = panel
    return Change(before.title, len(units), shown_level(then[OVERALL].mean), shown_level(now[OVERALL].mean))


def _rank(reader: Reader, survey: Survey, group: ChosenGroup) -> Rank | None:
    found = lift_ranks(reader, survey, group, [], "step")
    return Rank(found.now.low, found.now.high, found.count) if found and found.now else None
