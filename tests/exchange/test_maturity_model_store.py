"""Maturity models in the store: foreign ones beside each other, surveyed and scored, and versions that never mix."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from made_models import Upload, criteria, levels, table, tables

from smartdash.__main__ import main
from smartdash.analysis.maturity_model_keys import new_version
from smartdash.exchange import import_file
from smartdash.exchange.maturity_model_reading import ModelFile, read_model
from smartdash.exchange.maturity_model_records import HeldModels, Placed, placed, read_held, suggested, to_store
from smartdash.exchange.maturity_model_writing import model_workbook
from smartdash.exchange.problems import Problem
from smartdash.figures.surveys import points
from smartdash.locale import words
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, MaturityModel
from smartdash.model.shared import Programme, Unit
from smartdash.model.surveys import Response, SurveyWave
from smartdash.store import Changes, Origin, RefusedRow, Scope, Store
from smartdash.store.survey_results import panel_scores, survey_scores, survey_waves

SAY = words("de")
DAY = date(2026, 11, 25)
SCOPE = Scope("p", DAY)
PROGRAMME = Programme(programme="p", key="p", title="Programm", municipality_name="Stadt")


@pytest.fixture
def store(empty_store: Store) -> Store:
    write(empty_store, PROGRAMME, Unit(programme="p", key="amt", title="Amt"))
    return empty_store


def write(store: Store, *records: Record) -> None:
    by_type: dict[str, list[Record]] = {}
    for record in records:
        by_type.setdefault(record.sheet.name, []).append(record)
    store.write(Changes(records[0].programme, by_type), author="test", reason="test", origin=Origin("form"))


def held(store: Store, scope: Scope = SCOPE) -> HeldModels:
    with store.read(scope) as reader:
        return read_held(reader)


def tried(store: Store, *files: Upload, **told: Any) -> tuple[Placed | None, Sequence[Problem]]:
    file, problems = read_model(*files)
    if file is None:
        return None, problems
    found = held(store)
    model, source = suggested(file, found, {"licence": "CC0", **told})
    return placed(file, model, source, found)


def bring(store: Store, *files: Upload, **told: Any) -> Placed:
    """Import a model and store it."""
    place, problems = tried(store, *files, **told)
    assert [problem.text(SAY) for problem in problems] == []
    assert place is not None
    store.write(to_store(place, held(store)), author="test", reason="test", origin=Origin("form"))
    return place


def survey(store: Store, model: str, year: int, answers: dict[str, int], raters: int = 3) -> None:
    """A wave by a model in which every rater of the one unit gives the same answers."""
    wave = SurveyWave(
        programme="p",
        key=f"w{year}",
        title=str(year),
        maturity_model=model,
        start=date(year, 5, 1),
        end=date(year, 5, 31),
    )
    given = [
        Response(
            programme="p",
            survey_wave=wave.key,
            unit="amt",
            respondent=f"p{rater}",
            criterion=criterion,
            answered_on=wave.start,
            level=level,
        )
        for criterion, level in answers.items()
        for rater in range(raters)
    ]
    write(store, wave, *given)


@pytest.mark.parametrize(
    ("described", "waves"),
    [
        # Both dimensions weigh the same: the mean of WEG (two criteria) and ZIEL (one).
        (range(8), [((0, 0, 0), "0", "0.0"), ((3, 4, 7), "5.25", "75.0")]),
        (range(1, 7), [((6, 6, 6), "6", "100.0"), ((1, 2, 6), "3.75", "55.0")]),
        ((0, 25, 50, 75, 100), [((10, 41, 73), "49.25", "49.3")]),
    ],
    ids=["0 to 7", "six levels", "0 to 100"],
)
def test_foreign_scales_are_surveyed_and_scored(
    store: Store, described: Sequence[int], waves: list[tuple[tuple[int, int, int], str, str]]
) -> None:
    place = bring(store, *tables(described))
    keys = [f"fremd/{name}" for name in ("WEG1", "WEG2", "ZIEL1")]
    assert [item.key for item in place.whole.criteria] == keys
    for year, (answers, _, _) in enumerate(waves, 2025):
        survey(store, "fremd", year, dict(zip(keys, answers, strict=True)))
    with store.read(SCOPE) as reader:
        results = [survey_scores(reader, wave) for wave in survey_waves(reader)]
    for scores, (_, level, score) in zip(results, waves, strict=True):
        assert scores.city[""].mean == Decimal(level)
        assert points(scores.city[""].mean, scores.model) == Decimal(score)
        assert (scores.model.lowest, scores.model.highest) == (described[0], described[-1])
    with pytest.raises(RefusedRow, match="level"):
        survey(store, "fremd", 2024, {keys[0]: described[-1] + 1})


def test_two_models_and_two_versions_stand_beside_each_other_and_are_never_compared(store: Store) -> None:
    bring(store, *tables((1, 2, 3)))
    heavier = [{**row, "weight": "3"} for row in criteria()]
    second = bring(store, table("stufen", levels((1, 2, 3), model_version="2")), table("kriterien", heavier))
    assert (second.whole.model.key, second.whole.model.version) == ("fremd-2", "2")
    bring(store, *tables((0, 1), model_id="anders"))
    with store.read(SCOPE) as reader:
        weights = {item.key: item.weight for item in reader.all(Criterion)}
        assert {item.key for item in reader.all(MaturityModel)} == {"fremd", "fremd-2", "anders"}
    assert (weights["fremd/WEG1"], weights["fremd-2/WEG1"], len(weights)) == (1, 3, 9)
    for year, model in ((2024, "fremd"), (2025, "fremd"), (2026, "fremd-2")):
        survey(store, model, year, {f"{model}/{name}": 2 for name in ("WEG1", "WEG2", "ZIEL1")})
    with store.read(SCOPE) as reader:
        first, second_wave, third = survey_waves(reader)
        assert panel_scores(reader, second_wave, first) is not None
        assert panel_scores(reader, third, second_wave) is None


def test_what_is_exported_changes_nothing_when_it_is_imported_and_a_file_is_whole(store: Store) -> None:
    place = bring(store, *tables((1, 2, 3)))
    again = bring(store, ("modell.xlsx", model_workbook(place.whole, place.source, "en")))
    assert store.compare(to_store(again, held(store))).empty
    other = bring(store, *tables((1, 2), model_id="anders"))
    shorter = bring(store, table("stufen", levels((1, 2, 3))), table("kriterien", criteria("WEG1", "ZIEL1")))
    found = {whole.model.key: whole for whole in held(store).models}
    assert [item.key for item in found["fremd"].criteria] == ["fremd/WEG1", "fremd/ZIEL1"]
    assert found["anders"] == other.whole
    assert shorter.source.key == "fremd/source"


def test_a_model_that_answers_use_keeps_its_measure_but_not_its_words(store: Store) -> None:
    bring(store, *tables((1, 2, 3)))
    survey(store, "fremd", 2026, {"fremd/WEG1": 2})
    heavier = [{**row, "weight": "3"} for row in criteria("WEG1", "WEG2")]
    place, problems = tried(
        store, table("stufen", levels((1, 2, 3, 4))), table("kriterien", [*heavier, *criteria("ZIEL2")])
    )
    assert place is None
    assert [(item.message, item.row, item.column, item.value) for item in problems] == [
        ("maturity_model.in_use", 2, "level", "4"),
        ("maturity_model.in_use", 2, "weight", "3"),
        ("maturity_model.in_use", 3, "weight", "3"),
        ("maturity_model.in_use", 4, "criterion_id", "ZIEL2"),
        ("maturity_model.in_use_removed", None, "", "ZIEL1"),
    ]
    assert "„fremd-1-neu“" in problems[0].text(SAY)
    worded = [{**row, "criterion_de": "Besser gesagt"} for row in criteria()]
    place = bring(store, table("stufen", levels((1, 2, 3))), table("kriterien", worded))
    assert {item.title_de for item in place.whole.criteria} == {"Besser gesagt"}


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"key": "fremd", "version": "2"}, "maturity_model.other_version"),
        ({"key": "a/b"}, "maturity_model.unfit_model_key"),
        ({"key": "x" * 41}, "maturity_model.unfit_model_key"),
        ({"highest": 2}, "maturity_model.level_off_scale"),
        ({"lowest": 3, "highest": 3}, "exchange.levels_upside_down"),
    ],
)
def test_what_is_told_of_a_model_is_checked(told: dict[str, Any], message: str) -> None:
    file, _ = read_model(*tables((1, 2, 3)))
    assert file is not None
    nothing = HeldModels("p", False, (), (), frozenset())
    there, _ = placed(file, *suggested(file, nothing), nothing)
    assert there is not None
    found = HeldModels("p", False, (there.whole,), (there.source,), frozenset())
    place, problems = placed(file, *suggested(file, found, told), found)
    assert place is None
    assert {problem.message for problem in problems} >= {message}


def test_a_model_that_may_not_be_passed_on_stays_in_the_house(store: Store) -> None:
    file, _ = read_model(*tables((1, 2)))
    assert isinstance(file, ModelFile)
    model, source = suggested(file, held(store), {"licence": "gekauft"})
    place, _ = placed(file, model, source.model_copy(update={"redistributable": False}), held(store))
    assert place is not None
    store.write(to_store(place, held(store)), author="test", reason="test", origin=Origin("form"))
    assert [whole.model.key for whole in held(store).models] == ["fremd"]
    assert held(store, Scope("p", DAY, for_export=True)).models == ()
    assert main(["export-model", "--programme", "p", "--model", "fremd", "--out", "x.xlsx"]) == 2


def test_the_shared_model_does_not_change_but_becomes_a_version(store: Store) -> None:
    """A model of the reference data is nobody's own; what a programme changes gets a key of its own."""
    named = {"title_de": "Gemeinsam", "title_en": "Shared", "version": "1", "highest": 3}
    write(store, MaturityModel(programme="reference", key="fremd", licence="CC0", **named))
    place, (problem,) = tried(store, *tables((1, 2, 3)))
    assert (place, problem.message) == (None, "maturity_model.reference_model")
    bring(store, *tables((1, 2, 3)), version="2")
    assert {whole.model.key for whole in held(store).models} == {"fremd", "fremd-2"}


def test_a_row_of_the_programme_does_not_change_the_measure_of_the_shared_model(store: Store) -> None:
    """Bringing in a sheet with a key of the reference data would otherwise reweigh answers unseen."""
    place = bring(store, *tables((1, 2, 3)))
    own = (place.whole.model, *place.whole.dimensions, *place.whole.criteria)
    shared = [item.model_copy(update={"programme": "reference", "source": None}) for item in own]
    store.write(
        Changes("p", {item.sheet.name: [] for item in own} | {"level_descriptor": []}, complete=True),
        author="test",
        reason="test",
        origin=Origin("form"),
    )
    write(store, *shared)
    survey(store, "fremd", 2026, {"fremd/WEG1": 2})
    criterion = place.whole.criteria[0]
    write(store, criterion.model_copy(update={"title_de": "Besser gesagt"}))
    with pytest.raises(RefusedRow, match="model_in_use"):
        write(store, criterion.model_copy(update={"weight": Decimal(3)}))
    write(store, place.whole.criteria[2].model_copy(update={"weight": Decimal(3)}))


def test_a_model_brought_in_on_the_page_of_all_data_does_not_empty_the_shared_one(own_store: Store) -> None:
    """Its workbook names the parts by the keys within the model, which the shared model has too."""
    with own_store.read(Scope("potsdam-strategy-2022", DAY)) as reader:
        whole = read_held(reader).model("smartdash-default")
    assert whole is not None
    content = model_workbook(new_version(whole, "eigenes", "1"), None, "de")
    result = import_file(own_store, ("modell.xlsx", content), programme="potsdam-strategy-2022", author="test")
    (problem,) = result.problems
    assert (problem.message, result.revision) == ("exchange.store_shared_dimension", None)
    assert "„Reifegradmodell“" in problem.text(SAY)


def test_the_command_line_takes_a_model_out_as_a_new_version_and_in_again(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in tables((1, 2, 3)):
        (tmp_path / name).write_bytes(content)
    files = [str(tmp_path / name) for name in ("stufen.csv", "kriterien.csv")]
    here = ["--programme", "p"]
    assert main(["import-model", *files, *here]) == 2
    assert "--licence" in capsys.readouterr().err
    told = ["--licence", "CC0", "--title-de", "Fremdes Modell", "--source-title", "Heft 1"]
    assert main(["import-model", *files, *here, *told, "--dry-run"]) == 0
    assert held(store).model("fremd") is None
    assert main(["import-model", *files, *here, *told]) == 0
    out = str(tmp_path / "neu.xlsx")
    assert main(["export-model", *here, "--model", "fremd", "--new-version", "2", "--out", out]) == 0
    assert main(["import-model", out, *here]) == 0
    versions = {whole.model.key: whole.model for whole in held(store).models if whole.model.programme == "p"}
    assert {key: model.title_de for key, model in versions.items()} == dict.fromkeys(
        ("fremd", "fremd-2"), "Fremdes Modell"
    )
    assert {source.title for source in held(store).sources} == {"Heft 1"}
    assert main(["import-model", out, *here]) == 0
    assert SAY("cli.nothing_to_write") in capsys.readouterr().out
    (tmp_path / "kriterien.csv").write_text("dimension_id,criterion_id,farbe\nWEG,WEG1,rot\n", encoding="utf-8")
    assert main(["import-model", *files, *here]) == 1


def test_a_new_version_made_in_the_store_is_whole(store: Store) -> None:
    place = bring(store, *tables((1, 2, 3)))
    made = new_version(place.whole, "fremd-2", "2", programme="p", demo=False)
    write(store, made.model, *made.dimensions, *made.criteria, *made.levels)
    assert held(store).model("fremd-2") == made
