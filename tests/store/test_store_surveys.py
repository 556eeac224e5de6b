"""A survey's answers in the store: who may read them, what is handed out of them, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from smartdash.analysis.agreement import agreement
from smartdash.model import RECORDS
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, MaturityModel
from smartdash.model.peers import Indicator, Observation
from smartdash.model.shared import Municipality, Source, UnitKind
from smartdash.model.surveys import Consensus, Invitation, Response, SurveyWave
from smartdash.store import Audience, RefusedRow, Scope, Store
from smartdash.store.survey_answers import survey_cells
from smartdash.store.survey_results import (
    panel_scores,
    participation,
    survey_scores,
    survey_waves,
    turnout,
)
from tests.figures.made_stores import fill
from tests.figures.made_surveys import model, units, wave

DAY = date(2026, 6, 30)
NOBODY = Scope("p", DAY)
MODERATION = Scope("p", DAY, unit="buero")
SMALL = Scope("p", DAY, unit="klein")
ANSWERS = {
    "amt": {"A1": (2, 2, 3), "B1": (4, 4, 4)},
    "bau": {"A1": (3, 3, 3, 4), "B1": (5, "do_not_know", 3, "missing")},
    "klein": {"A1": (1, 5), "B1": ("not_applicable", "not_applicable")},
    "werk": {"A1": (4, 4, 4), "B1": (2, 2, 2)},
}


@pytest.fixture
def surveyed(store: Store) -> Store:
    fill(store, *model(), *units(), *wave(2025, ANSWERS), *wave(2026, ANSWERS), *settled())
    return store


def settled() -> list[Record]:
    values: dict[str, Any] = {"programme": "p", "survey_wave": "w2026", "unit": "klein", "criterion": "A1"}
    invited = {"programme": "p", "survey_wave": "w2026", "respondent": "x1", "invited_on": date(2026, 4, 20)}
    return [
        Consensus(**values, agreed_on=date(2026, 6, 10), level=2, reason="So gezählt."),
        Invitation(**invited, unit="uni"),
        Invitation(**invited, unit="amt"),
    ]


READERS = [
    NOBODY,
    SMALL,
    MODERATION,
    replace(MODERATION, audience=Audience.PUBLIC),
    replace(MODERATION, for_export=True),
    replace(SMALL, for_export=True),
]


@pytest.mark.parametrize(
    ("scope", "readable"),
    list(zip(READERS, [set(), {"klein"}, {"amt", "bau", "klein", "werk"}, set(), set(), set()], strict=True)),
)
def test_single_answers_are_read_by_their_unit_and_the_moderation_inside_the_house(
    surveyed: Store, scope: Scope, readable: set[str]
) -> None:
    with surveyed.read(scope) as reader:
        assert {answer.unit for answer in reader.all(Response)} == readable
        assert {item.unit for item in reader.all(Consensus)} == readable & {"klein"}
        assert {row[0] for row in reader.rows("SELECT DISTINCT unit FROM response")} == readable
        with pytest.raises(ValueError, match="whole_response"):
            reader.rows("SELECT * FROM whole_response")


@pytest.mark.parametrize(
    ("scope", "hidden"),
    list(zip(READERS, [True, False, False, True, True, True], strict=True)),
)
def test_a_unit_of_two_is_withheld_from_others_but_counts_for_the_city(
    surveyed: Store, scope: Scope, hidden: bool
) -> None:
    with surveyed.read(scope) as reader:
        scores = survey_scores(reader, survey_waves(reader)[-1])
    assert scores.cells["klein", "A"].withheld is hidden
    assert scores.cells["klein", "A"].mean == (None if hidden else 3)
    # the medians 2, 3, 3 and 4
    assert scores.city["A"].mean == 3
    assert scores.city["B"].mean == D("3.33333333")
    assert scores.cells["klein", "B"].coverage is None


def test_with_the_unit_of_two_the_next_smallest_of_its_group_is_hidden(surveyed: Store) -> None:
    with surveyed.read(NOBODY) as reader:
        scores = survey_scores(reader, survey_waves(reader)[-1])
    hidden = {place for place, score in scores.cells.items() if score.withheld}
    # the companies are "klein" (2) and "werk" (3): whoever knows one of them and their mean knows the other
    assert {unit for unit, dimension in hidden if dimension == "A"} == {"klein", "werk"}
    # in the administration two people of "bau" have given a level, so "amt" is hidden with it; overall follows;
    # and that B does not apply to "klein" is what two people said
    assert {unit for unit, dimension in hidden if dimension == "B"} == {"amt", "bau", "klein", "werk"}
    assert {unit for unit, dimension in hidden if dimension == ""} == {"amt", "bau", "klein", "werk"}
    assert scores.groups["company", "A"].mean == D("3.5")


def test_answers_are_told_apart_and_the_silent_are_missing(surveyed: Store) -> None:
    with surveyed.read(MODERATION) as reader:
        scores = survey_scores(reader, survey_waves(reader)[-1])
        rows = {row.unit: row for row in participation(reader, survey_waves(reader)[-1])}
        assert turnout(reader, survey_waves(reader)[-1]) == (5, 4, 14, 12)
    cell = scores.cells["bau", "B"]
    assert (cell.answered, cell.do_not_know, cell.missing, cell.not_applicable) == (2, 1, 1, 0)
    assert (scores.cells["amt", "A"].answered, scores.cells["amt", "A"].missing) == (3, 1)
    assert scores.cells["klein", "B"].not_applicable == 2
    assert scores.cells["uni", "A"].missing == 1
    assert (rows["bau"].asked, rows["bau"].answered, rows["bau"].complete, rows["bau"].last) == (
        4,
        4,
        3,
        date(2026, 5, 2),
    )
    assert (rows["uni"].asked, rows["uni"].answered, rows["uni"].last) == (1, 0, None)
    with surveyed.read(NOBODY) as reader:
        assert participation(reader, survey_waves(reader)[-1])
    with surveyed.read(replace(NOBODY, for_export=True)) as reader:
        assert participation(reader, survey_waves(reader)[-1]) == ()
        assert turnout(reader, survey_waves(reader)[-1]) == (5, 4, 14, 12)


def test_what_was_agreed_on_stands_beside_the_answers(surveyed: Store) -> None:
    with surveyed.read(MODERATION) as reader:
        newest = survey_waves(reader)[-1]
        assert survey_scores(reader, newest).cells["klein", "A"].mean == 3
        agreed = survey_scores(reader, newest, "consensus").cells["klein", "A"]
        assert (agreed.mean, agreed.agreed, agreed.unclear) == (2, 1, 1)
        assert len(reader.all(Response)) == 48


def test_a_running_wave_is_no_result_and_later_answers_are_unknown(surveyed: Store) -> None:
    with surveyed.read(replace(MODERATION, as_of=date(2026, 5, 30))) as reader:
        assert [item.key for item in survey_waves(reader)] == ["w2025"]
    with surveyed.read(replace(MODERATION, as_of=date(2026, 6, 9))) as reader:
        assert survey_scores(reader, survey_waves(reader)[-1], "consensus").cells["klein", "A"].agreed == 0
    with surveyed.read(replace(MODERATION, as_of=date(2025, 5, 1))) as reader:
        assert survey_waves(reader) == ()


def test_nobody_can_follow_a_running_wave_from_revision_to_revision(store: Store) -> None:
    today = date.today()
    ends = [
        row.model_copy(update={"end": today}) if isinstance(row, SurveyWave) else row for row in wave(2026, ANSWERS)
    ]
    fill(store, *model(), *units(), *ends)
    before = store.latest()
    fill(store, next(row.model_copy(update={"level": 1}) for row in ends if isinstance(row, Response) and row.level))
    with store.read(Scope("p", today, before)) as reader:
        assert survey_waves(reader) == (), "the difference to the next one is what one person stored"
    with store.read(Scope("p", today)) as reader:
        assert [found.key for found in survey_waves(reader)] == ["w2026"]


def test_the_rule_of_what_is_unclear_is_that_of_single_answers(store: Store) -> None:
    given = {"amt": {"A1": (1, 3, 5)}, "bau": {"A1": (2, 3, 3)}, "klein": {"A1": (2, 4)}, "werk": {"A1": (1, 2)}}
    fill(store, *model(), *units(), *wave(2026, given))
    with store.read(MODERATION) as reader:
        cells = survey_cells(reader, survey_waves(reader)[0], "answers")
    found = dict(zip(cells.units, cells.unclear[:, 0].tolist(), strict=True))
    assert found == {
        unit: agreement([D(level) for level in levels["A1"]], 1, 5).to_clarify for unit, levels in given.items()
    }


def test_waves_are_compared_on_the_same_model_and_the_same_units(store: Store) -> None:
    before = {**ANSWERS, "uni": {"A1": (1, 1, 1)}}
    fill(store, *model(), *units(), *wave(2025, before), *wave(2026, ANSWERS), *model("n", dimensions="XY"))
    other = {"amt": {"X1": (1, 1, 1)}}
    fill(store, *wave(2027, other, "n"))
    with store.read(replace(MODERATION, as_of=date(2027, 6, 30))) as reader:
        first, second, third = survey_waves(reader)
        assert panel_scores(reader, third, second) is None
        found = panel_scores(reader, second, first)
    assert found is not None
    assert found[2] == ("amt", "bau", "klein", "werk")
    assert found[0]["A"].mean == found[1]["A"].mean == 3


def test_a_panel_does_not_tell_what_a_small_unit_outside_it_said(store: Store) -> None:
    before = {**ANSWERS, "uni": {"A1": (1,), "B1": (1,)}}
    fill(store, *model(), *units(), *wave(2025, before), *wave(2026, ANSWERS))
    with store.read(NOBODY) as reader:
        then, now = survey_waves(reader)
        found = panel_scores(reader, now, then)
    assert found is not None
    # in 2025 the whole city less the panel is one person
    assert (found[1]["B"].withheld, found[0]["B"].withheld) == (True, False)


def test_an_indicators_value_between_its_anchors_is_a_level(store: Store) -> None:
    share = {"programme": "p", "dimension": "A", "title_de": "T", "title_en": "T", "kind": "indicator"}
    rising = Criterion(**share, key="A2", anchor_low=0, anchor_high=80, measured_in="%")
    falling = Criterion(**share, key="A3", anchor_low=10, anchor_high=30, higher_is_better=False)
    answer = {"programme": "p", "survey_wave": "w2026", "respondent": "r", "answered_on": date(2026, 5, 2)}
    fill(
        store,
        *model(),
        rising,
        falling,
        *units(),
        *wave(2026, {"amt": {"A1": (2,)}}),
        Response(**answer, unit="amt", criterion="A2", value=D("60")),
        Response(**answer, unit="amt", criterion="A3", value=D("25")),
        Response(**answer, unit="bau", criterion="A2", value=D("95")),
        Response(**answer, unit="bau", criterion="A3", value=D("40")),
    )
    with store.read(MODERATION) as reader:
        cells = survey_cells(reader, survey_waves(reader)[0], "answers")
    assert cells.level.tolist() == [[20_000, 40_000, 20_000, -1], [-1, 50_000, 10_000, -1]]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"level": 6}, "level"),
        ({"level": 3, "target_level": 0}, "target_level"),
        ({"value": D(3)}, "level"),
        ({"criterion": "X1", "level": 1}, "criterion"),
        ({"criterion": "A2", "level": 1}, "value"),
        ({"criterion": "A2", "state": "not_applicable"}, "state"),
    ],
)
@pytest.mark.parametrize("record", [Response, Consensus])
def test_an_answer_that_does_not_fit_the_model_is_refused(
    store: Store, record: type[Record], values: dict[str, Any], field: str
) -> None:
    fixed = {"programme": "p", "key": "A2", "dimension": "A", "title_de": "T", "title_en": "T", "may_not_apply": False}
    share = Criterion(**fixed, kind="indicator", anchor_low=0, anchor_high=1)
    fill(store, *model(), share, *model("n", dimensions="XY"), *units(), *wave(2026, ANSWERS))
    given = {"programme": "p", "survey_wave": "w2026", "unit": "amt", "criterion": "A1", **values}
    own = {"agreed_on": DAY, "reason": "R"} if record is Consensus else {"answered_on": DAY, "respondent": "new"}
    with pytest.raises(RefusedRow) as refused:
        fill(store, record(**given, **own))
    assert (refused.value.rule, refused.value.field) == ("unfit_answer", field)


def test_a_model_in_use_keeps_its_measure_but_not_its_words(surveyed: Store) -> None:
    scale, *_ = model()
    assert isinstance(scale, MaturityModel)
    fill(surveyed, scale.model_copy(update={"title_de": "Anders"}))
    with pytest.raises(RefusedRow) as refused:
        fill(surveyed, scale.model_copy(update={"highest": 6}))
    assert refused.value.rule == "model_in_use"
    criterion = next(record for record in model() if isinstance(record, Criterion))
    with pytest.raises(RefusedRow):
        fill(surveyed, criterion.model_copy(update={"weight": D(2)}))
    with pytest.raises(RefusedRow):
        fill(surveyed, criterion.model_copy(update={"key": "A2"}))
    fill(surveyed, *model("n", dimensions="XY"))
    unused = next(record for record in model("n", dimensions="XY") if isinstance(record, Criterion))
    fill(surveyed, unused.model_copy(update={"weight": D(2)}))


def test_values_of_a_kept_source_stay_inside(store: Store) -> None:
    fill(
        store,
        Source(programme="p", key="index", title="Index", redistributable=False),
        Source(programme="p", key="frei", title="Frei"),
        Municipality(programme="p", key="99001000", title="A", state="S"),
        Indicator(programme="p", key="gekauft", title_de="G", title_en="G", measured_in="Punkte", source="index"),
        Indicator(programme="p", key="offen", title_de="O", title_en="O", measured_in="%", source="frei"),
        *(
            Observation(
                programme="p", indicator=key, municipality="99001000", observed_on=DAY, value=D(5), source=source
            )
            for key, source in (("gekauft", "index"), ("offen", "frei"), ("offen", "index"))
            if (key, source) != ("offen", "index")
        ),
    )
    seen = {}
    for scope in (NOBODY, replace(NOBODY, for_export=True), replace(NOBODY, audience=Audience.PUBLIC)):
        with store.read(scope) as reader:
            seen[scope] = [item.indicator for item in reader.all(Observation)]
            assert reader.confined() is (scope is NOBODY)
    assert list(seen.values()) == [["gekauft", "offen"], ["offen"], ["offen"]]


def test_a_wave_of_a_hidden_model_is_hidden_and_the_others_are_told(store: Store) -> None:
    hidden = [
        record.model_copy(update={"public": False}) if isinstance(record, MaturityModel) else record
        for record in model("n", dimensions="XY")
    ]
    fill(store, *model(), *units(), *hidden, *wave(2025, ANSWERS), *wave(2026, {"amt": {"X1": (2, 3, 4)}}, "n"))
    with store.read(replace(NOBODY, audience=Audience.PUBLIC)) as reader:
        (told,) = survey_waves(reader)
        assert (told.key, survey_scores(reader, told).city["A"].mean) == ("w2025", 3)
    with store.read(NOBODY) as reader:
        assert [item.key for item in survey_waves(reader)] == ["w2025", "w2026"]


def test_every_confidential_type_names_the_wave_and_the_unit() -> None:
    sealed = {name: record for name, record in RECORDS.items() if record.sheet.confidential}
    assert sealed.keys() == {"response", "consensus", "invitation"}
    assert all({"survey_wave", "unit"} <= record.model_fields.keys() for record in sealed.values())


def test_an_older_revision_is_read_with_its_own_moderation(surveyed: Store) -> None:
    revision = surveyed.latest()
    current = next(item for item in wave(2026, {}) if isinstance(item, SurveyWave))
    fill(surveyed, current.model_copy(update={"moderated_by": "amt"}))
    with surveyed.read(MODERATION) as reader:
        assert {answer.survey_wave for answer in reader.all(Response)} == {"w2025"}
    with surveyed.read(replace(MODERATION, revision=revision)) as reader:
        assert {answer.survey_wave for answer in reader.all(Response)} == {"w2025", "w2026"}


def test_an_older_revision_tells_no_result_once_an_answer_came_later(surveyed: Store) -> None:
    before = surveyed.latest()
    settle, *_ = settled()
    fill(surveyed, settle.model_copy(update={"level": 3}))
    for scope, waves in ((NOBODY, ["w2025"]), (MODERATION, ["w2025", "w2026"])):
        with surveyed.read(replace(scope, revision=before)) as reader:
            assert [found.key for found in survey_waves(reader)] == waves
        with surveyed.read(scope) as reader:
            assert [found.key for found in survey_waves(reader)] == ["w2025", "w2026"]


def test_a_late_answer_cannot_be_told_from_one_day_to_the_next(surveyed: Store) -> None:
    late = next(row for row in wave(2026, {"uni": {"A1": (5,)}}) if isinstance(row, Response))
    fill(surveyed, late.model_copy(update={"answered_on": date(2026, 6, 20)}))
    for day, waves in ((date(2026, 6, 19), ["w2025"]), (date(2026, 6, 20), ["w2025", "w2026"])):
        with surveyed.read(replace(NOBODY, as_of=day)) as reader:
            assert [found.key for found in survey_waves(reader)] == waves


def test_a_wave_leaves_the_house_whole_or_not_at_all(surveyed: Store) -> None:
    """Without the one unit that is not public, the difference to what is seen inside would be what it said."""
    own = next(row for row in units() if row.key == "klein")
    fill(surveyed, own.model_copy(update={"public": False}))
    for scope, told in (
        (NOBODY, True),
        (replace(NOBODY, for_export=True), True),
        (replace(NOBODY, audience=Audience.PUBLIC), False),
    ):
        with surveyed.read(scope) as reader:
            assert bool(survey_waves(reader)) is told


def test_two_panels_of_a_wave_do_not_tell_who_is_in_one_of_them_only(store: Store) -> None:
    """Each leaves three people of the small units out and has four in it, but both together single out each unit."""
    newest = {
        unit: {"A1": (3,) * number, "B1": (3,) * number}
        for unit, number in {"klein": 1, "amt": 2, "bau": 2, "werk": 2}.items()
    }
    first = {unit: newest[unit] for unit in ("amt", "bau")}
    second = {unit: newest[unit] for unit in ("bau", "werk")}
    kind = {"kind": UnitKind.OFFICE}
    fill(
        store,
        *model(),
        *(unit.model_copy(update=kind) for unit in units()),
        *wave(2024, first),
        *wave(2025, second),
        *wave(2026, newest),
    )
    with store.read(NOBODY) as reader:
        oldest, middle, last = survey_waves(reader)
        near, far = panel_scores(reader, last, middle), panel_scores(reader, last, oldest)
    assert near is not None
    assert far is not None
    assert (near[0]["A"].withheld, far[0]["A"].withheld) == (False, True)
