"""A bought list of values: cities by key or name, what is wrong by row, and records that say what may not leave."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from smartdash.exchange.list_workbook import list_workbook
from smartdash.exchange.peer_value_records import Purchase, made_levels, made_observations, made_source, template
from smartdash.exchange.peer_values import PeerUpload, PeerValue, read_peer_values
from smartdash.locale import Language, words
from smartdash.model.maturity import Dimension, MaturityModel
from smartdash.model.peers import Indicator, PeerMethod
from smartdash.model.shared import Municipality

DAY = date(2026, 2, 27)


def city(key: str, title: str, official: str | None = None) -> Municipality:
    return Municipality(programme="p", key=key, title=title, official_name=official, state="S")


CITIES = [
    city("05515000", "Münster", "Münster, Stadt"),
    city("12054000", "Potsdam"),
    city("06411000", "Neustadt"),
    city("07316000", "Neustadt"),
]
MODEL = MaturityModel(programme="p", key="m", title_de="M", title_en="M", version="1", lowest=0, highest=100)
DIMENSIONS = [Dimension(programme="p", key="m.A", maturity_model="m", title_de="Netze", title_en="Networks")]


def csv_list(*lines: str) -> tuple[str, bytes]:
    return "liste.csv", "\n".join(lines).encode()


def told(found: PeerUpload) -> list[tuple[int | None, str, str]]:
    """Row, column and message of each problem, in German; every message can be said."""
    for problem in found.problems:
        assert problem.text(words("en"))
    return [(problem.row, problem.column, problem.message) for problem in found.problems]


def test_cities_are_found_by_key_or_name_and_a_lost_zero_is_put_back() -> None:
    lines = ("AGS;Stadt;Punkte;Stand;Rang", "5515000;;61,5;2026-02-27;1", ";Potsdam;40;;2", "12054000;Potsdam;;;3")
    found = read_peer_values(csv_list(*lines), CITIES)
    assert told(found) == []
    assert [(row.row, row.city.title, row.value, row.day) for row in found.rows] == [
        (2, "Münster", D("61.5"), DAY),
        (3, "Potsdam", D(40), None),
    ]
    assert (found.skipped, found.unread) == (1, ("Rang",))
    by_official_name = read_peer_values(csv_list("Kommune;Wert", '"Münster, Stadt";1'), CITIES)
    assert by_official_name.rows[0].city.key == "05515000"


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("99;;1;", "AGS", "peers.unknown_key"),
        ("12054000;Münster;1;", "Stadt", "peers.key_and_name_differ"),
        (";Neustadt;1;", "Stadt", "peers.name_of_several"),
        (";Munster;1;", "Stadt", "peers.unknown_city_like"),
        (";Xyz;1;", "Stadt", "peers.unknown_city"),
        (";;1;", "Stadt", "peers.no_city"),
        (";Potsdam;viel;", "Punkte", "exchange.not_a_number"),
        (";Potsdam;1,500;", "Punkte", "exchange.ambiguous_number"),
        (";Potsdam;1;31.02.2026", "Stand", "exchange.no_such_day"),
        (";Münster;2;", "Stadt", "peers.city_twice"),
    ],
)
def test_each_wrong_row_is_named_and_nothing_is_taken(line: str, column: str, message: str) -> None:
    found = read_peer_values(csv_list("AGS;Stadt;Punkte;Stand", "05515000;;1;", line), CITIES)
    assert told(found) == [(3, column, message)]
    assert found.rows == ()


def test_a_city_may_stand_twice_with_different_days() -> None:
    found = read_peer_values(csv_list("Stadt;Wert;Stand", "Potsdam;1;01.01.2025", "Potsdam;2;01.01.2026"), CITIES)
    assert [row.value for row in found.rows] == [1, 2]


@pytest.mark.parametrize(
    ("lines", "message"),
    [(("Stadt;Rang", "Potsdam;1"), "peers.no_list"), (("Stadt;Wert", "Potsdam;"), "peers.no_values")],
)
def test_a_file_without_values_says_what_is_missing(lines: tuple[str, ...], message: str) -> None:
    assert [problem.message for problem in read_peer_values(csv_list(*lines), CITIES).problems] == [message]


def test_levels_fit_their_model_and_name_its_dimensions() -> None:
    lines = ("Stadt;Wert;Dimension", "Potsdam;50;", "Potsdam;60;Networks", "Münster;70;A")
    found = read_peer_values(csv_list(*lines), CITIES, MODEL, DIMENSIONS)
    assert [(row.value, row.dimension) for row in found.rows] == [(50, None), (60, "m.A"), (70, "m.A")]
    wrong = read_peer_values(csv_list(*lines, "Münster;101;", "Münster;1;B"), CITIES, MODEL, DIMENSIONS)
    assert told(wrong) == [(5, "Wert", "peers.level_outside"), (6, "Dimension", "peers.unknown_dimension")]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("levels", [True, False])
def test_the_filled_template_is_read_back(lang: Language, levels: bool) -> None:
    content = list_workbook(template(CITIES[:2], demo=True, levels=levels, lang=lang), lang)
    book = load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    top = next(cell.row for cell in sheet["A"] if cell.value == "05515000")
    for row in (top, top + 1):
        sheet.cell(row, 3).value = 12.5 * row
    filled = io.BytesIO()
    book.save(filled)
    found = read_peer_values(("werte.xlsx", filled.getvalue()), CITIES, MODEL if levels else None, DIMENSIONS)
    assert told(found) == []
    assert [(row.city.key, row.value) for row in found.rows] == [
        ("05515000", D("12.5") * top),
        ("12054000", D("12.5") * (top + 1)),
    ]
    assert found.unread == ()


def test_numbers_of_a_spreadsheet_and_two_lists_in_one_book() -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet("zwei")):
        assert sheet is not None
        sheet.append(["AGS", "Wert"])
        sheet.append([5515000, 61.5])
    content = io.BytesIO()
    book.save(content)
    assert told(read_peer_values(("x.xlsx", content.getvalue()), CITIES)) == [(None, "", "peers.several_lists")]
    book.remove(book["zwei"])
    content = io.BytesIO()
    book.save(content)
    [row] = read_peer_values(("x.xlsx", content.getvalue()), CITIES).rows
    assert (row.city.title, row.value) == ("Münster", D("61.5"))


def purchase(**values: Any) -> Purchase:
    source = made_source(
        {"programme": "p", "key": "s", "demo": True}, {"title": "Index", "redistributable": False, **values}
    )
    return Purchase(source, DAY)


def test_what_may_not_be_passed_on_is_not_public_and_every_value_names_its_source() -> None:
    kept, free = purchase(), purchase(redistributable=True)
    assert (kept.source.public, free.source.public) == (False, True)
    rows = [PeerValue(2, CITIES[0], D(5), None), PeerValue(3, CITIES[1], D(6), date(2025, 1, 1))]
    indicator = Indicator(programme="p", key="i", title_de="I", title_en="I", measured_in="Punkte")
    values: list[Any] = made_observations(rows, kept, indicator)
    assert [(one.municipality, one.observed_on, one.value, one.source) for one in values] == [
        ("05515000", DAY, 5, "s"),
        ("12054000", date(2025, 1, 1), 6, "s"),
    ]
    assert {(one.public, one.demo, one.programme) for one in values} == {(False, True, "p")}
    levels: list[Any] = made_levels(rows, free, "m")
    assert {(one.method, one.maturity_model, one.public) for one in levels} == {(PeerMethod.PUBLISHED, "m", True)}
