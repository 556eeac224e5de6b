"""Check-ins as German offices send them: umlauts, 1.234,56 and Excel's serial dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from exchange_helpers import workbook

from smartdash.exchange import read
from smartdash.model.check_ins import CheckIn

_HEADINGS = "Schlüsselergebnis;Gemeldet am;Wert;Zuversicht;Kommentar"
_ROW = "kr-1;15.11.2024;1.234,56;6;Bürgerämter größtenteils geprüft"


def found(name: str, content: bytes) -> CheckIn:
    reading = read((name, content), programme="muster", known=lambda _, target: {"kr-1"})
    assert not reading.problems
    [report] = reading.records["check_in"]
    assert isinstance(report, CheckIn)
    return report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_german_csv_of_check_ins(encoding: str) -> None:
    report = found("check_in.csv", f"{_HEADINGS}\r\n{_ROW}\r\n".encode(encoding))
    assert (report.reported_on, report.value, report.confidence) == (date(2024, 11, 15), Decimal("1234.56"), 6)
    assert report.comment == "Bürgerämter größtenteils geprüft"


@pytest.mark.parametrize("day", [45611, date(2024, 11, 15), "15.11.2024"])
def test_an_excel_sheet_of_check_ins_with_a_date_or_its_serial_number(day: object) -> None:
    sheet = [_HEADINGS.split(";"), ["kr-1", day, 1234.56, 6, "Bürgerämter größtenteils geprüft"]]
    report = found("liste.xlsx", workbook({"Check-ins": sheet}))
    assert (report.reported_on, report.value) == (date(2024, 11, 15), Decimal("1234.56"))


def test_umlauts_in_another_encoding_are_refused_and_never_guessed() -> None:
    [problem] = read(("check_in.csv", f"{_HEADINGS}\r\n{_ROW}\r\n".encode("cp1252")), programme="muster").problems
    assert (problem.message, problem.values) == ("exchange.not_utf_8", {"line": "1"})
