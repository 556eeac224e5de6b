"""Small workbooks that reach far are refused on every way in, before a reader makes room for them; others are not."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from exchange_helpers import workbook, zipped
from hostile_workbooks import ods, xls, xlsx
from python_calamine import CalamineWorkbook

from smartdash.exchange.answer_sheet_safety import refuse_strange
from smartdash.exchange.problems import Fault
from smartdash.exchange.room_xlsx import xlsx_rooms
from smartdash.exchange.workbook_safety import refuse_unsafe
from smartdash.exchange.workbooks import read_workbook
from smartdash.locale import LANGUAGES, words

NUMBER = "<v>1</v></c>"
FULL = 'office:value-type="float" office:value="1"'
FAR = xlsx(f'<row r="1"><c r="A1">{NUMBER}</row><row r="1048576"><c r="XFD1048576">{NUMBER}</row>')
LARGE = "too_many_rows"
COPIES = "too_many_copies"
LONG = f"<si><t>{'x' * 400_000}</t></si>"
SHARED = '<c r="A1" t="s"><v>0</v></c>' * 3000


def cell(times: int | str = 1, attributes: str = FULL, inside: str = "") -> str:
    return f'<table:table-cell table:number-columns-repeated="{times}" {attributes}>{inside}</table:table-cell>'


def row(times: int | str, *cells: str) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


HOSTILE = {
    "far": (FAR, LARGE),
    "far with a false claim": (xlsx(f'<c r="XFD1048576">{NUMBER}', '<dimension ref="A1:B2"/>'), LARGE),
    "sparse": (xlsx(f'<c r="A900000">{NUMBER}<c r="AX1">{NUMBER}'), LARGE),
    "small letters": (xlsx(f'<c r="A1">{NUMBER}<c r="xfd1048576">{NUMBER}'), LARGE),
    "another quote": (xlsx(f"<c r='A1'>{NUMBER}<c\tr = 'XFD1048576'>{NUMBER}"), LARGE),
    "place last": (xlsx(f'<c r="A1">{NUMBER}<c t="n" r="XFD1048576">{NUMBER}'), LARGE),
    "prefix": (xlsx('<x:row xmlns:x="y"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'), LARGE),
    "more digits than a row has": (xlsx(f'<c r="A1">{NUMBER}<c r="A99999999999999">{NUMBER}'), LARGE),
    "more letters than a column has": (xlsx(f'<c r="A1">{NUMBER}<c r="AAAAAAAAB1">{NUMBER}'), LARGE),
    "only the row says where": (xlsx(f'<row r="1"><c>{NUMBER}</row><row r="1048576"><c>{NUMBER}</row>'), LARGE),
    "nothing says where": (xlsx(f"{'<row/>' * 20_000}<row>{'<c/>' * 10_000}<c>{NUMBER}</row>"), LARGE),
    "after the first piece": (xlsx(f'<c r="A1">{NUMBER}{" " * 999_000}<c r="XFD1048576">{NUMBER}'), LARGE),
    "end of a piece": (xlsx(f'{" " * 1_000_100}{f"""<c r="XFD1048576">{NUMBER}""" * 3}'), LARGE),
    "claimed": (xlsx(f'<c r="A1">{NUMBER}', '<dimension ref="A1:XFD1048576"/>'), LARGE),
    "a long text in many cells": (xlsx(SHARED, texts=LONG), COPIES),
    "written otherwise": (xlsx(SHARED.replace('"s"', "'s'"), texts=LONG), COPIES),
    "with a comment": (xlsx(SHARED, texts=LONG.replace("xx", "x<!--<si>-->x", 1)), COPIES),
    "hidden in an attribute": (xlsx(SHARED, texts=LONG.replace("<t>", '<t a="<si>">')), "damaged_workbook"),
    "no XML": (xlsx(b"<c r=A1><v>1</v></c>"), "damaged_workbook"),
    "repeated columns": (ods(row(1, cell("4000000000"))), LARGE),
    "repeated rows": (ods(row("9" * 30, cell())), LARGE),
    "repeated without end": (ods(row(1_000, cell(60_000))), LARGE),
    "empty up to a far cell": (ods(row(1, cell()) + row(900_000) + row(1, cell(16_000, ""), cell())), LARGE),
    "empty cells before an empty one": (ods(row(1, cell("4000000000", ""), cell(1, ""))), LARGE),
    "a long text often": (ods(row(1, cell(16_000, 'office:value-type="string"', "x" * 40_000))), COPIES),
    "a text of spaces": (ods(row(1, cell(1, FULL, '<text:s text:c="600000000"/>'))), COPIES),
    "entities": (ods(row(1, cell()), '<!DOCTYPE a [<!ENTITY b "c">]>'), "damaged_workbook"),
    "a table in a cell": (ods(row(1, cell(1, FULL, '<table:table table:name="B"/>'))), "damaged_workbook"),
    "old": (xls([(0, 0), (65_535, 65_535)]), LARGE),
    "old and claimed": (xls([(0, 0)], (0, 65_536, 0, 65_535)), LARGE),
    "old and claimed backwards": (xls([(0, 0)], (5, 2, 0, 3)), "damaged_workbook"),
    "old with many texts claimed": (xls([(0, 0)], strings=2**31 - 1), "damaged_workbook"),
    "binary": (zipped({"xl/Workbook.bin": b"", "xl/workbook.xml": "<workbook/>"}), "binary_workbook"),
}


@pytest.mark.parametrize(("content", "message"), HOSTILE.values(), ids=HOSTILE)
def test_what_reaches_far_is_refused_however_it_is_written(content: bytes, message: str) -> None:
    assert len(content) < 10_000
    with pytest.raises(Fault) as caught:
        read_workbook("liste", content)
    assert caught.value.message == f"exchange.{message}"
    assert all(len(words(lang)(caught.value.message, **caught.value.values)) > 20 for lang in LANGUAGES)


@pytest.mark.parametrize(
    "content",
    [
        workbook({"A": [["a", None, 3]] * 50, "B": [], "C": [[f'<c r="XFD1048576"> {NUMBER}']]}),
        xlsx(f'<row r="999999"><c r="A999999">{NUMBER}</row>'),
        xlsx(f'<row><c>{NUMBER}</row><x:row xmlns:x="y"><x:c r="D2"/></x:row>'),
        ods(row(1, cell(), cell(16_383, "")) + row(1_048_575, cell(16_384, ""))),
        ods(row(1, cell()) + row(500_000, cell(16_384, "")) + row(2, cell(3))),
        ods(row(900_000, cell(1_000, ""), cell(15_384, "")) + row(3, cell(2))),
        xlsx(SHARED.replace("<v>0", "<v>1"), texts=LONG + "<si><t>ja</t></si>"),
        xls([(0, 0), (65_535, 100)], (0, 65_536, 0, 256)),
        b"no workbook",
    ],
)
def test_an_honest_workbook_passes(content: bytes) -> None:
    refuse_unsafe(content)


def test_the_room_is_never_smaller_than_what_a_reader_makes() -> None:
    """Cells written in every way that a reader takes: where it reaches beyond 300 rows or columns, so does the room."""
    chance = random.Random(3)
    ways = ('<c r="{}">', "<c r='{}'>", '<c s="0" r="{}">', '<c\nr="{}"  >', "<c>", '<x:c xmlns:x="y" r="{}">')
    for _ in range(40):
        rows = ""
        for number in sorted(chance.sample(range(1, 400), 5)):
            cells = ""
            for letters in sorted(chance.sample(["A", "c", "Z", "AA", "bz", "CC"], 3)):
                way = chance.choice(ways)
                end = "</x:c>" if way.startswith("<x:") else "</c>"
                cells += way.format(f"{letters}{number}") + "<v>1</v>" + end
            rows += chance.choice((f'<row r="{number}">', "<row>")) + cells + "</row>"
        content = xlsx(rows)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        assert sheet.end is not None
        reached = (sheet.end[0] + 1, sheet.end[1] + 1)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            [room] = xlsx_rooms(archive)
        assert (room.rows, room.rightmost[1]) == reached, rows


MEASURED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
content = sys.stdin.buffer.read()
"""
READER_ALONE = """
import io
from python_calamine import CalamineWorkbook
CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
"""
EVERY_WAY_IN = """
from smartdash.exchange import read
from smartdash.exchange.answer_sheet_batch import read_answer_sheets
from smartdash.exchange.check_in_upload import read_check_ins
from smartdash.exchange.files import load
from smartdash.exchange.maturity_model_reading import read_model
from smartdash.exchange.peer_values import read_peer_values
from smartdash.exchange.plan_form import read_plan_form
upload = ("liste.xlsx", content)
found = [
    read(upload, programme="p").problems,
    load(upload).problems,
    read_check_ins(upload, None, iter(()), "de").problems,
    read_model(upload)[1],
    read_peer_values(upload, []).problems,
    read_plan_form(upload)[1],
    [problem for one in read_answer_sheets([upload], None, "de") for problem in one.problems],
]
for problems in found:
    print(*(problem.message for problem in problems))
"""


def run(script: str, content: bytes) -> subprocess.CompletedProcess[bytes]:
    whole = ["-c", MEASURED + script]
    return subprocess.run([sys.executable, *whole], input=content, capture_output=True, check=False)


def test_every_way_in_refuses_what_would_end_the_process() -> None:
    assert run(READER_ALONE, FAR).returncode < 0, "the reader alone takes the process with it"
    done = run(EVERY_WAY_IN, FAR)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().split() == ["exchange.too_many_rows"] * 6 + ["answer_sheet.far_cell"]


def test_the_far_cell_of_an_answer_sheet_is_named() -> None:
    with pytest.raises(Fault) as caught:
        refuse_strange(FAR)
    assert caught.value.values == {"cell": "XFD1048576"}


def test_only_one_module_reads_workbooks() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in Path("smartdash").rglob("*.py")}
    readers = ("python_calamine", "load_workbook", "read_excel")
    assert {name for name, text in texts.items() if any(reader in text for reader in readers)} == {"workbooks.py"}
