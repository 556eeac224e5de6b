"""Reading a maturity model's files: layouts, missing languages, and what is wrong where."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from made_models import Rows, Upload, criteria, levels, table, tables, zipped
from openpyxl import Workbook, load_workbook

from smartdash.exchange.maturity_model_reading import ModelFile, read_model
from smartdash.exchange.maturity_model_writing import model_workbook
from smartdash.locale import words

SAY = words("de")
Edit = Callable[[Rows, Rows], Any]


def read(*files: Upload) -> ModelFile:
    file, problems = read_model(*files)
    assert [problem.text(SAY) for problem in problems] == []
    assert file is not None
    return file


def edited(content: bytes, change: Callable[[Workbook], None]) -> Upload:
    book = load_workbook(io.BytesIO(content))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return "modell.xlsx", saved.getvalue()


def test_two_tables_are_read_one_by_one_and_as_a_zip() -> None:
    file = read(*tables(range(8)))
    whole = file.whole
    assert (whole.model.key, whole.model.version, whole.model.lowest, whole.model.highest) == ("fremd", "1", 0, 7)
    assert [(item.key, item.order) for item in whole.dimensions] == [("WEG", 1), ("ZIEL", 2)]
    assert [(item.key, item.dimension) for item in whole.criteria] == [
        ("WEG1", "WEG"), ("WEG2", "WEG"), ("ZIEL1", "ZIEL")
    ]  # fmt: skip
    assert [item.text_en for item in whole.levels_of("ZIEL")] == [f"Visible is {level}." for level in range(8)]
    assert read(zipped(*tables(range(8)))).whole == whole
    assert [note.text(SAY) for note in file.notes] == [
        SAY("maturity_model.title_is_key"),
        SAY("maturity_model.scale_is_described", lowest="0", highest="7"),
    ]


def test_the_tables_may_name_title_scale_kind_and_anchors() -> None:
    extra = {"model_de": "Fremdes Modell", "model_en": "Foreign model", "lowest": "0", "highest": "100"}
    indicator = {"kind": "Kennzahl", "anchor_low": "0", "anchor_high": "50,5", "higher_is_better": "nein"}
    rows = [{**criteria("WEG1")[0], **indicator}, *criteria("ZIEL1")]
    file = read(table("stufen", levels((0, 25, 75), **extra)), table("kriterien", rows))
    assert (file.whole.model.title_en, file.whole.level_count) == ("Foreign model", 101)
    first = file.whole.criteria[0]
    assert (str(first.anchor_high), first.higher_is_better, first.kind.value) == ("50.5", False, "indicator")
    assert file.notes == ()


@pytest.mark.parametrize(("kept", "lost"), [("de", "en"), ("en", "de")])
def test_where_one_language_is_missing_the_other_stands_for_both(kept: str, lost: str) -> None:
    rows = [{name: cell for name, cell in row.items() if not name.endswith(f"_{lost}")} for row in levels((1, 2))]
    file = read(table("stufen", rows), table("kriterien", criteria()))
    assert file.whole.dimensions[0].title_de == file.whole.dimensions[0].title_en
    assert file.whole.levels[0].text_de == file.whole.levels[0].text_en
    # Two dimensions, and four levels with a name and a text each.
    assert SAY(f"maturity_model.taken_{lost}", n=10) in [note.text(SAY) for note in file.notes]


WRONG: list[tuple[Edit, str, str, dict[str, str]]] = [
    (lambda own, _: own[3].update(level="drei"), "stufen.csv › stufen › Zeile 5 › level", "exchange.not_a_number", {}),
    (
        lambda own, _: own[3].update(model_version="2"),
        "stufen.csv › stufen › Zeile 5 › model_version",
        "maturity_model.other_model",
        {"first": "1"},
    ),
    (
        lambda own, _: own[1].update(dimension_weight="3"),
        "stufen.csv › stufen › Zeile 3 › dimension_weight",
        "maturity_model.dimension_differs",
        {"first": "1", "first_row": "2"},
    ),
    (
        lambda own, _: [row.update(dimension_weight="0") for row in own[:2]],
        "stufen.csv › stufen › Zeile 2 › dimension_weight",
        "exchange.more_than",
        {"limit": "0"},
    ),
    (
        lambda own, _: own[1].update(level="1"),
        "stufen.csv › stufen › Zeile 3",
        "exchange.key_twice",
        {"key": "WEG/1", "first": "2"},
    ),
    (
        lambda _, other: other[0].update(criterion_id="WEG/1"),
        "kriterien.csv › kriterien › Zeile 2 › criterion_id",
        "maturity_model.unfit_key",
        {"limit": "30"},
    ),
    (
        lambda _, other: other[1].update(kind="Kennzahl"),
        "kriterien.csv › kriterien › Zeile 3",
        "exchange.indicator_needs_anchors",
        {},
    ),
    (
        lambda _, other: other[1].update(farbe="rot"),
        "kriterien.csv › kriterien › Zeile 1 › farbe",
        "maturity_model.unknown_heading",
        {},
    ),
    (
        lambda own, _: own.clear(),
        "stufen.csv",
        "exchange.empty_file",
        {},
    ),
]


@pytest.mark.parametrize(("edit", "place", "message", "values"), WRONG, ids=[case[2] for case in WRONG])
def test_a_wrong_cell_is_named_with_its_place(edit: Edit, place: str, message: str, values: dict[str, str]) -> None:
    own, other = levels((1, 2)), criteria()
    edit(own, other)
    file, problems = read_model(table("stufen", own), table("kriterien", other))
    assert file is None
    assert (problems[0].place(SAY), problems[0].message) == (place, message)
    assert values.items() <= problems[0].values.items()
    assert problems[0].text(SAY)


def test_all_wrong_cells_are_listed_at_once() -> None:
    own = levels((1, 2))
    own[1].update(level="zwei", dimension_weight="9")
    file, problems = read_model(
        table("stufen", own), table("kriterien", [{**row, "weight": "0"} for row in criteria()])
    )
    assert file is None
    assert {problem.column for problem in problems} == {"level", "dimension_weight", "weight"}


def test_a_criterion_of_a_dimension_that_is_not_there_is_refused() -> None:
    file, (problem,) = read_model(table("stufen", levels((1, 2), ("WEG",))), table("kriterien", criteria()))
    assert file is None
    assert (problem.message, problem.row, problem.value) == ("exchange.missing_reference", 4, "ZIEL")


def test_one_table_alone_is_no_model_and_other_sheets_do_not_belong_to_one() -> None:
    file, (problem,) = read_model(table("stufen", levels((1, 2))))
    assert (file, problem.message, problem.values) == (None, "maturity_model.sheet_missing", {"record": "criterion"})
    file, problems = read_model(*tables((1, 2)), table("einheiten", [{"schluessel": "a"}]))
    assert (file, [problem.message for problem in problems]) == (None, ["maturity_model.foreign_table"])
    file, (problem,) = read_model(("x.json", b"{}"))
    assert (file, problem.message) == (None, "maturity_model.no_tables")


def test_a_workbook_fills_in_what_its_own_rows_say() -> None:
    """The model of a dimension, the dimension of a criterion's level text, and a text of the other language."""
    whole = read(*tables((1, 2))).whole
    of_criterion = whole.levels[0].model_copy(update={"criterion": "WEG1", "key": "WEG/WEG1/1"})
    content = model_workbook(
        type(whole)(whole.model, whole.dimensions, whole.criteria, (*whole.levels, of_criterion)), None, "de"
    )

    def clear(book: Workbook) -> None:
        for sheet, column in (("Dimensionen", "B"), ("Stufen", "A"), ("Stufen", "H")):
            for row in range(2, book[sheet].max_row + 1):
                book[sheet][f"{column}{row}"].value = None
        last = book["Stufen"].max_row
        assert book["Stufen"][f"C{last}"].value == "WEG1"
        book["Stufen"][f"B{last}"].value = None

    file = read(edited(content, clear))
    assert {item.maturity_model for item in file.whole.dimensions} == {"fremd"}
    (found,) = file.whole.levels_of("WEG", "WEG1")
    assert found.text_en == found.text_de == "Erkennbar ist 1."

    def repeat(book: Workbook) -> None:
        """The key in a cell is not what tells the rows apart, but what they describe."""
        book["Stufen"]["D3"].value = 1

    file_or_none, (problem,) = read_model(edited(content, repeat))
    assert file_or_none is None
    assert (problem.message, problem.row, problem.values["first"]) == ("exchange.key_twice", 3, "2")

    def misplace(book: Workbook) -> None:
        book["Stufen"][f"B{book['Stufen'].max_row}"].value = "ZIEL"

    file_or_none, (problem,) = read_model(edited(content, misplace))
    assert file_or_none is None
    assert (problem.message, problem.sheet, problem.column) == (
        "maturity_model.other_dimension",
        "Stufen",
        "Dimension *",
    )
