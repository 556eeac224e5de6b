"""Texts in two languages, and numbers and dates as their readers expect them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import get_args

import pandas as pd
import pytest

from smartdash.charts.tokens import Status
from smartdash.locale import LANGUAGES, Language, words
from smartdash.locale import numbers as n
from smartdash.locale.catalogue import read_messages

FOLDER = Path(n.__file__).parent
NB = "\u00a0"
LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)


def forms(text: str | tuple[str, str]) -> tuple[str, ...]:
    """Return the texts of a message: one, or singular and plural."""
    return text if isinstance(text, tuple) else (text,)


def placeholders(text: str | tuple[str, str]) -> set[str]:
    """Return the names between braces in all forms of a message."""
    return {name for form in forms(text) for _, name, _, _ in Formatter().parse(form) if name is not None}


@pytest.mark.parametrize(
    ("value", "digits", "german", "english"),
    [
        (None, None, "–", "–"),
        (float("nan"), 1, "–", "–"),
        (Decimal("NaN"), None, "–", "–"),
        (0, None, "0", "0"),
        (0.0, 1, "0,0", "0.0"),
        (1705000, None, "1.705.000", "1,705,000"),
        (1234.5, None, "1.234,5", "1,234.5"),
        (Decimal("2.50"), None, "2,50", "2.50"),
        (0.245, 2, "0,25", "0.25"),
        (0.5, 0, "1", "1"),
        (2.5, 0, "3", "3"),
        (-2.5, 0, "−3", "−3"),
        (-0.04, 1, "0,0", "0.0"),
        (1e-7, None, "0,0000001", "0.0000001"),
        (Decimal("123456789012345678901234567890.5"), 0, "123.456.789.012.345.678.901.234.567.891", None),
    ],
)
def test_number(value: Decimal | float | None, digits: int | None, german: str, english: str | None) -> None:
    assert n.number(value, "de", digits) == german
    assert english is None or n.number(value, "en", digits) == english


def test_infinite_number_is_refused() -> None:
    with pytest.raises(ValueError, match="infinite"):
        n.number(float("inf"), "de")


@pytest.mark.parametrize(
    ("fraction", "digits", "german", "english"),
    [
        (None, 1, "–", "–"),
        (0, 1, f"0,0{NB}%", "0.0%"),
        (0.904, 1, f"90,4{NB}%", "90.4%"),
        (Decimal("0.9045"), 1, f"90,5{NB}%", "90.5%"),
        (Decimal("0.285"), 0, f"29{NB}%", "29%"),
        (-0.1, 0, f"−10{NB}%", "−10%"),
        (12.5, 0, f"1.250{NB}%", "1,250%"),
    ],
)
def test_percent(fraction: Decimal | float | None, digits: int, german: str, english: str) -> None:
    assert n.percent(fraction, "de", digits) == german
    assert n.percent(fraction, "en", digits) == english


@pytest.mark.parametrize(
    ("amount", "cents", "german", "english"),
    [
        (None, False, "–", "–"),
        (Decimal(0), False, f"0{NB}€", "€0"),
        (Decimal("1705000"), False, f"1.705.000{NB}€", "€1,705,000"),
        (Decimal("1705000.50"), False, f"1.705.001{NB}€", "€1,705,001"),
        (Decimal("0.49"), False, f"0{NB}€", "€0"),
        (Decimal("-0.49"), False, f"0{NB}€", "€0"),
        (Decimal("-245000"), False, f"−245.000{NB}€", "−€245,000"),
        (Decimal("1.005"), True, f"1,01{NB}€", "€1.01"),
        (Decimal("1705000"), True, f"1.705.000,00{NB}€", "€1,705,000.00"),
    ],
)
def test_euro(amount: Decimal | None, cents: bool, german: str, english: str) -> None:
    assert n.euro(amount, "de", cents) == german
    assert n.euro(amount, "en", cents) == english


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [
        (None, "–", "–"),
        ("0", f"0{NB}€", "€0"),
        ("999.49", f"999{NB}€", "€999"),
        ("999.50", f"1,0{NB}T€", "€1.0k"),
        ("91400", f"91,4{NB}T€", "€91.4k"),
        ("91450", f"91,5{NB}T€", "€91.5k"),
        ("-91450", f"−91,5{NB}T€", "−€91.5k"),
        ("999949.99", f"999,9{NB}T€", "€999.9k"),
        ("999950", f"1,0{NB}Mio.{NB}€", "€1.0m"),
        ("1705000", f"1,7{NB}Mio.{NB}€", "€1.7m"),
        ("999950000", f"1,0{NB}Mrd.{NB}€", "€1.0bn"),
        ("1234567890123", f"1.234,6{NB}Mrd.{NB}€", "€1,234.6bn"),
    ],
)
def test_euro_short(amount: str | None, german: str, english: str) -> None:
    exact = None if amount is None else Decimal(amount)
    assert n.euro_short(exact, "de") == german
    assert n.euro_short(exact, "en") == english


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (None, "–", "–"),
        (pd.NaT, "–", "–"),
        (date(2022, 7, 1), "01.07.2022", "1 Jul 2022"),
        (datetime(2022, 12, 31, 23, 59), "31.12.2022", "31 Dec 2022"),
        (pd.Timestamp("2024-02-29"), "29.02.2024", "29 Feb 2024"),
    ],
)
def test_day(value: date | None, german: str, english: str) -> None:
    assert n.day(value, "de") == german
    assert n.day(value, "en") == english


@pytest.mark.parametrize(
    ("first", "last", "german", "english"),
    [
        (None, None, "–", "–"),
        (date(2022, 8, 1), date(2022, 8, 1), "01.08.2022", "1 Aug 2022"),
        (date(2022, 8, 1), date(2022, 10, 31), f"01.08.{NB}– 31.10.2022", f"1 Aug{NB}– 31 Oct 2022"),
        (date(2022, 8, 1), date(2023, 1, 31), f"01.08.2022{NB}– 31.01.2023", f"1 Aug 2022{NB}– 31 Jan 2023"),
        (date(2022, 8, 1), None, f"ab{NB}01.08.2022", f"from{NB}1 Aug 2022"),
        (pd.NaT, date(2022, 8, 1), f"bis{NB}01.08.2022", f"until{NB}1 Aug 2022"),
    ],
)
def test_day_range(first: date | None, last: date | None, german: str, english: str) -> None:
    assert n.day_range(first, last, "de") == german
    assert n.day_range(first, last, "en") == english


def test_month_and_quarter() -> None:
    assert (n.month(date(2024, 3, 31), "de"), n.month(date(2024, 3, 31), "en")) == ("März 2024", "March 2024")
    assert [n.quarter(date(2024, number, 1), "de") for number in (1, 3, 4, 12)] == [
        "Q1 2024",
        "Q1 2024",
        "Q2 2024",
        "Q4 2024",
    ]
    assert n.month(None, "de") == n.quarter(None, "en") == "–"


@pytest.mark.parametrize(
    ("count", "german", "english"),
    [
        (None, "–", "–"),
        (0, f"0{NB}Tage", f"0{NB}days"),
        (1, f"1{NB}Tag", f"1{NB}day"),
        (-1, f"−1{NB}Tag", f"−1{NB}day"),
        (3, f"3{NB}Tage", f"3{NB}days"),
        (1200, f"1.200{NB}Tage", f"1,200{NB}days"),
    ],
)
def test_days(count: int | None, german: str, english: str) -> None:
    assert n.days(count, "de") == german
    assert n.days(count, "en") == english


def test_both_languages_have_the_same_messages_and_placeholders() -> None:
    german, english = words("de").messages, words("en").messages
    assert set(german) == set(english)
    for message in german:
        assert placeholders(german[message]) == placeholders(english[message]), message
        assert isinstance(german[message], tuple) == isinstance(english[message], tuple), message
    assert {path.name for path in (FOLDER / "de").glob("*.po")} == {path.name for path in (FOLDER / "en").glob("*.po")}


@LANGUAGE
def test_messages_are_whole(lang: Language) -> None:
    for message, text in words(lang).messages.items():
        assert re.fullmatch(r"[a-z_0-9]+(\.[a-z_0-9]+)+", message), message
        assert all(form.strip() for form in forms(text)), f"{message} has no text"
        assert all(re.fullmatch("[a-z_]+", name) for name in placeholders(text)), message


def test_german_typography() -> None:
    for message, text in words("de").messages.items():
        for form in forms(text):
            assert '"' not in form, f"{message}: use „…“"
            assert "..." not in form, f"{message}: use …"
            assert " - " not in form, f"{message}: use –"
            assert not re.search(r" [€%]", form), f"{message}: no-break space before € and %"


@LANGUAGE
def test_every_status_has_a_word(lang: Language) -> None:
    assert all(words(lang)(f"status.{status}") for status in get_args(Status))


def test_missing_message_or_value_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"no\.such_text"):
        words("de")("no.such_text")
    with pytest.raises(KeyError, match="day"):
        words("de")("common.from_day")
    with pytest.raises(TypeError, match="n="):
        words("de")("common.days")


def test_a_value_is_never_read_as_a_template() -> None:
    assert words("de")("common.from_day", day="{n} {0.__class__}") == f"ab{NB}{{n}} {{0.__class__}}"


def po(folder: Path, name: str, *entries: str) -> None:
    """Write a catalogue with these entries."""
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    (folder / name).write_text("\n".join((head, *entries)), encoding="utf-8")


def test_catalogues_are_merged(tmp_path: Path) -> None:
    po(tmp_path, "a.po", 'msgid "a.first"\nmsgstr "eins"\n')
    po(tmp_path, "b.po", 'msgid "b.second"\nmsgstr ""\n"zwei "\n"drei"\n')
    assert dict(read_messages(tmp_path, "de").messages) == {"a.first": "eins", "b.second": "zwei drei"}


@pytest.mark.parametrize("files", [("a.po", "b.po"), ("a.po", "a.po")])
def test_a_message_that_stands_twice_is_refused(tmp_path: Path, files: tuple[str, str]) -> None:
    entry = 'msgid "a.first"\nmsgstr "eins"\n'
    if files[0] == files[1]:
        po(tmp_path, "a.po", entry, entry)
    else:
        for name in files:
            po(tmp_path, name, entry)
    with pytest.raises(ValueError, match=r"a\.first.*a\.po"):
        read_messages(tmp_path, "de")
