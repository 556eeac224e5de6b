from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from exchange_helpers import messages, only, read_sheets

from smartdash.exchange.cells import convert
from smartdash.exchange.names import plain
from smartdash.exchange.problems import Fault
from smartdash.model import RECORDS
from smartdash.model.declare import Choice, fields

FIELDS = {
    kind: next(one for one in fields(RECORDS[record]) if one.name == name)
    for kind, record, name in (
        ("text", "milestone", "title"),
        ("day", "milestone", "planned"),
        ("flag", "milestone", "gate"),
        ("money", "posting", "amount"),
        ("measure", "check_in", "value"),
        ("whole", "cost_amount", "year"),
        ("minutes", "event", "minutes"),
        ("pick", "posting", "kind"),
        ("percent", "vat_rate", "percent"),
    )
}


def convert_one(kind: str, cell: Any) -> Any:
    """The value, or the message's id; read alone (short way) and among others (long way), which must agree."""
    alone, alone_faults = convert(FIELDS[kind], [cell])
    mixed, mixed_faults = convert(FIELDS[kind], [cell, "", timedelta(1)])
    assert alone[0] == mixed[0]
    assert (0 in alone_faults) == (0 in mixed_faults)
    fault = alone_faults.get(0)
    return fault.message.removeprefix("exchange.") if isinstance(fault, Fault) else alone[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(2024, 12, 31), date(2024, 12, 31)),
        (datetime(2024, 12, 31), date(2024, 12, 31)),
        (datetime(2024, 12, 31, 8, 30), "time_of_day"),
        ("31.12.2024", date(2024, 12, 31)),
        ("1.2.2024", date(2024, 2, 1)),
        (" 1. 2. 2024 ", date(2024, 2, 1)),
        ("2024-12-31", date(2024, 12, 31)),
        ("2024-12-31 00:00:00", date(2024, 12, 31)),
        ("1.2.24", "short_year"),
        ("31.02.2024", "no_such_day"),
        ("2023-02-29", "no_such_day"),
        ("00.01.2024", "no_such_day"),
        ("12/31/2024", "not_a_date"),
        ("bald", "not_a_date"),
        (45657.0, date(2024, 12, 31)),
        ("45657", date(2024, 12, 31)),
        (45657.5, "time_of_day"),
        (2024.0, "not_a_date"),
        (20241231.0, "not_a_date"),
        (float("inf"), "not_a_date"),
        (True, "not_a_date"),
        (time(3, 4), "not_a_date"),
        ("", None),
        ("–", None),
        ("-", None),
    ],
)
def test_dates(cell: Any, expected: Any) -> None:
    assert convert_one("day", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1.234,56", Decimal("1234.56")),
        ("1234,56", Decimal("1234.56")),
        ("1234.56", Decimal("1234.56")),
        ("1,234.56", Decimal("1234.56")),
        ("1 234,56", Decimal("1234.56")),
        ("1\u00a0234,56\u00a0€", Decimal("1234.56")),
        ("1\u202f234\u2009567", Decimal(1234567)),
        ("1.234.567", Decimal(1234567)),
        ("€ 5", Decimal(5)),
        ("5 EUR", Decimal(5)),
        ("-5,00", Decimal(-5)),
        ("−5,00", Decimal(-5)),
        ("5,00-", Decimal(-5)),
        ("+5", Decimal(5)),
        ("0", Decimal(0)),
        (0.0, Decimal(0)),
        ("", None),
        ("   ", None),
        ("–", None),
        ("1.234", "ambiguous_number"),
        ("1,234", "ambiguous_number"),
        ("12.34.56", "not_a_number"),
        ("1.23,4", "not_a_number"),
        ("5 %", "not_a_number"),
        ("1e5", "not_a_number"),
        ("1e400", "not_a_number"),
        ("nan", "not_a_number"),
        ("fünf", "not_a_number"),
        ("٣", "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (True, "not_a_number"),
        (date(2024, 5, 1), "date_in_number"),
        (0.1 + 0.2, Decimal("0.30")),
        (12345678.300000002, Decimal("12345678.30")),
        (1234567890123.45, Decimal("1234567890123.45")),
        (-0.01, Decimal("-0.01")),
        (0.005, Decimal("0.005")),
        (12345678901234.566, Decimal("12345678901234.566")),
    ],
)
def test_amounts(cell: Any, expected: Any) -> None:
    assert convert_one("money", cell) == expected


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("measure", "0,125", Decimal("0.125")),
        ("measure", "1234.567", Decimal("1234.567")),
        ("measure", "12 %", Decimal(12)),
        ("measure", 1.1 * 3, Decimal("3.3")),
        ("percent", "19 %", Decimal(19)),
        ("whole", 2024.0, 2024),
        ("whole", "2024", 2024),
        ("whole", 2024.5, "not_whole"),
        ("whole", "2.024", "ambiguous_number"),
        ("whole", date(2024, 1, 1), "date_in_number"),
        ("whole", 1e300, "too_large"),
        ("minutes", "60 min", 60),
        ("flag", "ja", True),
        ("flag", "NEIN", False),
        ("flag", "x", True),
        ("flag", "wahr", True),
        ("flag", 1.0, True),
        ("flag", "0", False),
        ("flag", False, False),
        ("flag", "vielleicht", "not_a_flag"),
        ("flag", 2.0, "not_a_flag"),
        ("pick", "invoice", "invoice"),
        ("pick", "RECHNUNG", "invoice"),
        ("pick", "Invoice", "invoice"),
        ("pick", "Quittung", "unknown_choice"),
        ("pick", 3.0, "unknown_choice"),
        ("text", 5.0, "5"),
        ("text", 5.25, "5.25"),
        ("text", 1e15, "1000000000000000"),
        ("text", " Text ", "Text"),
        ("text", "-", "-"),
        ("text", "a\r\nb", "a\nb"),
        ("text", "a\x07b", "control_character"),
        ("text", "Pr\ufffdfung", "control_character"),
        ("text", date(2005, 1, 1), "date_in_text"),
        ("text", time(1, 30), "date_in_text"),
        ("text", True, "flag_in_text"),
    ],
)
def test_other_kinds(kind: str, cell: Any, expected: Any) -> None:
    assert convert_one(kind, cell) == expected


@pytest.mark.parametrize("record", RECORDS)
def test_no_label_of_a_choice_means_two_things(record: str) -> None:
    for one in fields(RECORDS[record]):
        if issubclass(one.type, Choice):
            for lang in ("de", "en"):
                labels = [plain(member.label(lang)) for member in one.type]
                assert len(set(labels)) == len(labels)
            meanings: dict[str, set[str]] = {}
            for member in one.type:
                for label in (member.value, member.de, member.en):
                    meanings.setdefault(plain(label), set()).add(member.value)
            assert all(len(values) == 1 for values in meanings.values()), meanings


POSTING = ["Schlüssel", "Kostenposition", "Buchungstag", "Betrag"]


@pytest.mark.parametrize(
    ("amount", "message"),
    [(0.005, "too_many_decimals"), ("12345678901234567890", "too_large"), ("", "required"), ("–", "required")],
)
def test_an_amount_is_never_rounded_cut_or_made_up(amount: Any, message: str) -> None:
    reading = read_sheets(
        {
            "Buchungen": [POSTING, ["b", "1", date(2024, 1, 1), amount]],
            "Kostenpositionen": [["Schlüssel", "Bezeichnung"], ["1", "x"]],
        }
    )
    assert messages(reading) == [message]
    assert only(reading).column == "Betrag"
    assert only(reading).row == 2


def test_an_amount_of_zero_is_not_an_empty_one() -> None:
    reading = read_sheets(
        {
            "Buchungen": [POSTING, ["b", "1", date(2024, 1, 1), 0]],
            "Kostenpositionen": [["Schlüssel", "Bezeichnung"], ["1", "x"]],
        }
    )
    assert reading.records["posting"][0].amount == 0
