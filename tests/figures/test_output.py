"""A figure in each form it leaves in: JSON, CSV, text and picture."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

from smartdash.charts.tokens import Tokens
from smartdash.figures.figure import Draft, Figure, TableColumn, Value
from smartdash.figures.output import as_csv, as_json, as_text, picture_spec, source_line, written
from smartdash.locale import LANGUAGES, Language

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
NB = "\u00a0"

COLUMNS = (
    TableColumn("line", "Position"),
    TableColumn("amount", "Betrag", "money"),
    TableColumn("share", "Anteil", "percent"),
    TableColumn("days", "Tage", "whole", "d"),
    TableColumn("due", "Termin", "day"),
    TableColumn("status", "Status", "status"),
    TableColumn("outside", "Außerhalb", "flag"),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("Personal", Decimal("1705000.50"), Decimal("0.904"), 1200, date(2026, 1, 31), "critical", True),
    ("Sachkosten", Decimal("0.00"), None, 0, None, "on_track", False),
    ('=HYPERLINK("https://example.org")', Decimal("-245000"), Decimal(0), None, date(2026, 3, 1), "unknown", None),
)


def chart(tokens: Tokens) -> alt.Chart:
    data = pd.DataFrame({"line": ["Personal"], "amount": [1]})
    bars: alt.Chart = alt.Chart(data).mark_bar().encode(x="line:N", y="amount:Q")
    return bars


def made(lang: Language = "de", demo: bool = True) -> Figure:
    draft = Draft(
        message="Personal kostet am meisten.",
        columns=COLUMNS,
        rows=ROWS,
        unit="Kosten in €",
        chart=chart,
        alt="Ein Balken.",
        note="Ohne Umsatzsteuer.",
    )
    return Figure(
        key="budget.made",
        title="Kosten",
        draft=draft,
        missing=(),
        sources=("Haushaltsplan 2026, HP-1", "Bescheid, ZB-2"),
        programme="musterstadt",
        programme_title="Musterstadt digital gestalten",
        as_of=date(2026, 6, 30),
        revision=7,
        public=False,
        demo=demo,
        lang=lang,
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["csv", "json", "txt"])
def test_golden(form: str, lang: Language) -> None:
    """What leaves changes only on purpose: change the golden file along with the code."""
    figure = made(lang)
    text = {
        "csv": lambda: as_csv(figure),
        "json": lambda: json.dumps(as_json(figure), ensure_ascii=False, indent=2) + "\n",
        "txt": lambda: as_text(figure) + "\n",
    }[form]()
    assert text == (GOLDEN / f"figure.{lang}.{form}").read_text(encoding="utf-8")


def test_json_keeps_raw_values() -> None:
    data = json.loads(json.dumps(as_json(made())))
    assert (data["as_of"], data["revision"], data["demo"]) == ("2026-06-30", 7, True)
    assert data["rows"][0] == {
        "line": "Personal",
        "amount": 1705000.5,
        "share": 0.904,
        "days": 1200,
        "due": "2026-01-31",
        "status": "critical",
        "outside": True,
    }
    assert (data["rows"][1]["share"], data["rows"][1]["amount"], data["rows"][1]["days"]) == (None, 0, 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_csv_keeps_raw_values_and_says_demo(lang: Language) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(made(lang)))))
    assert [row["Betrag"] for row in rows] == ["1705000.50", "0.00", "-245000"]
    assert [row["Anteil"] for row in rows] == ["0.904", "", "0"]
    assert rows[0]["Termin"] == "2026-01-31"
    assert {row["Demo"] for row in rows} == {"Demo"}
    assert "Demo" not in as_csv(made(lang, demo=False))


@pytest.mark.parametrize("text", ["=1+1", "+49 30 123", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"])
def test_csv_never_hands_a_formula_to_a_spreadsheet(text: str) -> None:
    figure = made(demo=False)
    draft = replace(figure.draft, columns=COLUMNS[:1], rows=((text,),))
    cell = next(csv.DictReader(io.StringIO(as_csv(replace(figure, draft=draft)), newline="")))["Position"]
    assert cell == f"'{text}".replace("\r", "\n")


def test_csv_begins_no_row_within_a_text() -> None:
    figure = made(demo=False)
    draft = replace(figure.draft, columns=COLUMNS[:1], rows=(("harmlos\r=1+1",),))
    assert as_csv(replace(figure, draft=draft)) == 'Position\n"harmlos\n=1+1"\n'


@pytest.mark.parametrize("text", ["Personal", "a=b", "2026", "", "Ziel – Weg", '"; DROP', "Zeile 1\nZeile 2"])
def test_csv_leaves_other_texts_alone(text: str) -> None:
    figure = made(demo=False)
    draft = replace(figure.draft, columns=COLUMNS[:1], rows=((text,),))
    rows = list(csv.reader(io.StringIO(as_csv(replace(figure, draft=draft)), newline="")))
    assert rows[1] == [text]


@pytest.mark.parametrize(
    ("value", "kind", "unit", "german", "english"),
    [
        (None, "money", "", "–", "–"),
        ("", "text", "", "–", "–"),
        (Decimal("1705000.50"), "money", "", f"1.705.000,50{NB}€", "€1,705,000.50"),
        (Decimal(0), "money", "", f"0,00{NB}€", "€0.00"),
        (Decimal("0.904"), "percent", "", f"90,4{NB}%", "90.4%"),
        (0, "whole", "", "0", "0"),
        (1200, "whole", "h", f"1.200{NB}h", f"1,200{NB}h"),
        (date(2022, 7, 1), "day", "", "01.07.2022", "1 Jul 2022"),
        (True, "flag", "", "ja", "yes"),
        (False, "flag", "", "nein", "no"),
        ("on_track", "status", "", "● planmäßig", "● on track"),
        ("at_risk", "status", "", "▲ gefährdet", "▲ at risk"),
        ("critical", "status", "", "■ kritisch", "■ critical"),
        ("unknown", "status", "", "– ohne Meldung", "– no report"),
    ],
)
def test_written(value: Value, kind: str, unit: str, german: str, english: str) -> None:
    column = TableColumn("x", "X", kind, unit)  # type: ignore[arg-type]
    assert written(value, column, "de") == german
    assert written(value, column, "en") == english


def test_text_says_demo_note_and_source() -> None:
    lines = as_text(made()).splitlines()
    assert lines[:3] == ["Demo: fiktive Daten", "Kosten", "Personal kostet am meisten."]
    assert lines[-2:] == ["Ohne Umsatzsteuer.", source_line(made())]
    assert "Demo" not in as_text(made(demo=False))


def test_text_of_a_figure_without_a_table() -> None:
    empty = replace(made(demo=False), draft=Draft("Noch keine Daten.", (), ()), sources=())
    assert as_text(empty).splitlines() == [
        "Kosten",
        "Noch keine Daten.",
        "",
        "Quelle: eigene Eingabe ohne Beleg. Stand 30.06.2026, Revision 7",
    ]


def test_source_line() -> None:
    both = "Quelle: Haushaltsplan 2026, HP-1; Bescheid, ZB-2. Stand 30.06.2026, Revision 7"
    assert source_line(made()) == both
    assert source_line(made(), most=2) == both
    assert source_line(made(), most=1) == (
        "Quelle: Haushaltsplan 2026, HP-1 und 1 weitere. Stand 30.06.2026, Revision 7"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_picture_says_message_programme_demo_and_source(lang: Language) -> None:
    text = json.dumps(picture_spec(made(lang), width=900), ensure_ascii=False)
    for part in ("Personal kostet am meisten.", "Musterstadt digital gestalten", "Haushaltsplan 2026", "Kosten in €"):
        assert part in text
    assert {"de": "Demo: fiktive Daten", "en": "Demo: fictional data"}[lang] in text
    assert "Demo" not in json.dumps(picture_spec(made(lang, demo=False)))


def test_no_picture_without_a_chart() -> None:
    figure = made()
    with pytest.raises(ValueError, match=r"budget\.made"):
        picture_spec(replace(figure, draft=replace(figure.draft, chart=None)))
