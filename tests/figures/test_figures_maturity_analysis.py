"""The analysis in words: sentences of findings, the edited text in the place of the generated one, and who sees it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from made_stores import fill
from made_surveys import BOTH, peers, seen

from smartdash.analysis.maturity_findings import Finding
from smartdash.figures.maturity_analysis import read_analysis
from smartdash.figures.maturity_analysis_words import differing, paragraphs, sentence
from smartdash.locale import LANGUAGES, Language, words
from smartdash.model.surveys import AnalysisLanguage, AnalysisText
from smartdash.store import Audience, Scope, Store

SAY = words("de")
KEY = "maturity.analysis"
SENTENCES = [
    (
        "participation",
        {"wave": "W", "n": 13, "answered": 12, "people": 36, "raters": 32},
        "An der Erhebung „W“ haben 12 von 13 gefragten Einheiten teilgenommen. "
        "Geantwortet haben 32 von 36 gefragten Personen.",
    ),
    (
        "coverage",
        {"coverage": D("0.905")},
        "Beantwortet sind 91\u00a0% dessen, was für die Einheiten zutrifft, nach Gewicht.",
    ),
    ("strongest", {"n": 1, "titles": ("A",), "level": D("3.5")}, "Am höchsten liegt „A“ mit Stufe 3,5."),
    (
        "strongest",
        {"n": 2, "titles": ("A", "B"), "level": D("3.5")},
        "Am höchsten liegen „A“ und „B“ mit je Stufe 3,5.",
    ),
    (
        "groups_unknown",
        {"groups": ("company",)},
        "Verwaltung und städtische Unternehmen lassen sich nicht vergleichen. "
        "Eine Stufe fehlt für: Städtische Unternehmen.",
    ),
    (
        "change",
        {"before": "V", "n": 2, "then": D("3.2"), "now": D("2.8"), "change": D("-0.4")},
        "Bei den 2 Einheiten, die auch an „V“ teilgenommen haben, ging die Stufe von 3,2 auf 2,8 (\u22120,4).",
    ),
    (
        "lifts",
        {"n": 2, "titles": ("x", "y"), "gains": (D("1.25"), D("0.50"))},
        "Am meisten würde es die Stufe der Stadt heben, wenn eines dieser Kriterien in jeder Einheit um eine Stufe "
        "stiege: „x“ (+1,25 Punkte) und „y“ (+0,50 Punkte).",
    ),
    ("lifts_tied", {"n": 1, "gain": D("0.50")}, "Ein weiteres Kriterium würde sie ebenso weit heben (+0,50 Punkte)."),
    (
        "few_units",
        {"n": 1},
        "Nur eine Einheit hat geantwortet. Sie bestimmt die Stufe der Stadt.",
    ),
    (
        "hidden_units",
        {"n": 5},
        "Die Ergebnisse von 5 Einheiten werden zurückgehalten. In die Stufe der Stadt gehen sie ein.",
    ),
]


@pytest.mark.parametrize(("kind", "values", "expected"), SENTENCES)
def test_a_finding_is_a_plain_sentence(kind: str, values: dict[str, Any], expected: str) -> None:
    assert sentence(Finding("", kind, values), SAY) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_of_a_wave_is_said_in_both_languages(both: Store, lang: Language) -> None:
    parts = dict(text(both, lang=lang))
    assert list(parts) == [
        words(lang)(f"analysis.part_{part}")
        for part in ("participation", "level", "dimensions", "groups", "change", "targets", "peers", "lifts", "limits")
    ]
    assert all(part.endswith(".") and "{" not in part for part in parts.values())


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with `BOTH` and five cities beside, for reading only."""
    store = Store(tmp_path_factory.mktemp("analysis") / "store.duckdb")
    fill(store, *BOTH, *peers({"V": "2.0", "W": "3.0", "X": "3.1", "Y": "3.5", "Z": "4.0"}))
    return store


def text(store: Store, lang: Language = "de", **scope: Any) -> tuple[Any, ...]:
    return tuple(seen(store, KEY, lang=lang, **scope).draft.rows)


def test_the_text_says_what_the_figures_beside_it_say(both: Store) -> None:
    draft = seen(both, KEY).draft
    parts = dict(draft.rows)
    assert draft.message == (
        "Stadt liegt insgesamt bei Stufe 3,2 auf einer Skala von 1 bis 5. Das sind 54,2 von 100 Punkten."
    )
    assert parts["Beteiligung"].startswith(
        "An der Erhebung „Erhebung 2026“ haben 3 von 3 gefragten Einheiten teilgenommen."
    )
    assert parts["Stufe der Stadt"] == draft.message, "nothing is missing, so there are no bounds"
    assert parts["Dimensionen"].startswith(
        "Am höchsten liegt „A“ mit Stufe 3,3. Am niedrigsten liegt „B“ mit Stufe 3,0."
    )
    assert parts["Veränderung"] == (
        "Bei den 3 Einheiten, die auch an „Erhebung 2025“ teilgenommen haben, ging die Stufe von 2,6 auf 3,2 (+0,6)."
    )
    assert parts["Ziele"] == (
        "In 2 von 2 Dimensionen mit Ziel liegt die Stufe unter der Zielstufe. "
        "Am größten ist der Abstand bei „B“: 1,0 Stufen."
    )
    assert "haben 5 andere Städte Stufen nach diesem Modell gemeldet" in parts["Andere Städte"]
    assert (
        "Geantwortet haben 3 Einheiten. Bei so wenigen bewegt jede einzelne die Stufe der Stadt."
        in (parts["Grenzen der Aussage"])
    )
    assert draft.note == "Der Text ist aus den Zahlen erzeugt."


def test_the_first_wave_tells_no_change_and_without_cities_there_is_no_comparison(
    both: Store, empty_store: Store
) -> None:
    assert (
        "Eine frühere Erhebung mit diesem Modell gibt es nicht."
        in dict(text(both, chosen={"survey_wave": "w2025"}))["Veränderung"]
    )
    fill(empty_store, *BOTH)
    assert "Ein Vergleich mit anderen Städten ist nicht möglich." in dict(text(empty_store))["Andere Städte"]


def test_the_text_is_the_same_whoever_reads(both: Store) -> None:
    assert text(both) == text(both, unit="buero") == text(both, unit="amt") == text(both, audience=Audience.PUBLIC)


def edited(store: Store, *, public: bool, generated: str | None = None) -> None:
    """The text of the wave 2026 in German as the office made it."""
    with store.read(Scope("p", date(2026, 6, 30))) as reader:
        found = read_analysis(reader, SAY, {})
    assert found
    record = AnalysisText(
        programme="p",
        key="w2026/de",
        survey_wave="w2026",
        language=AnalysisLanguage.GERMAN,
        written_on=date(2026, 6, 2),
        text="Fazit\nWir stehen bei 3,2.\nMehr bald.\n\nOhne Überschrift <b>hier</b>.",
        generated=generated or found.generated,
        public=public,
    )
    fill(store, record)


@pytest.mark.parametrize("public", [True, False])
def test_an_edited_text_is_shown_and_leaves_the_house_only_where_it_may(empty_store: Store, public: bool) -> None:
    fill(empty_store, *BOTH)
    generated = text(empty_store)
    edited(empty_store, public=public)
    figure = seen(empty_store, KEY)
    own = (("Fazit", "Wir stehen bei 3,2. Mehr bald."), ("Auswertung", "Ohne Überschrift <b>hier</b>."))
    assert figure.draft.rows == own
    inside = "" if public else " Er bleibt im Haus: Dateien und die Öffentlichkeit zeigen den erzeugten Text."
    assert figure.draft.note == f"Der Text wurde am 02.06.2026 überarbeitet.{inside}"
    assert figure.confined is not public
    for scope in ({"audience": Audience.PUBLIC}, {"for_export": True}):
        assert text(empty_store, **scope) == (own if public else generated)
        assert ("überarbeitet" in seen(empty_store, KEY, **scope).draft.note) is public  # type: ignore[arg-type]
    assert text(empty_store, lang="en")[0][0] == "Participation", "the other language is not edited"
    assert text(empty_store, chosen={"survey_wave": "w2025"})[0][0] == "Beteiligung", "nor is the other wave"
    assert text(empty_store, as_of=date(2026, 6, 1)) == generated, "before it was written"


def test_what_the_numbers_say_differently_since_is_named_inside_only(empty_store: Store) -> None:
    fill(empty_store, *BOTH)
    edited(empty_store, public=True, generated="Stufe der Stadt\nDie Stufe lag bei 2,9.")
    note = seen(empty_store, KEY).draft.note
    assert "Seitdem hat sich der erzeugte Text geändert." in note
    assert "Bisher: Die Stufe lag bei 2,9." in note
    assert "Stadt liegt insgesamt bei Stufe 3,2" in note
    outside = seen(empty_store, KEY, audience=Audience.PUBLIC).draft.note
    assert "2,9" not in outside
    assert "Die Zahlen können sich seitdem geändert haben." in outside


def test_sentences_that_stayed_do_not_differ() -> None:
    assert differing("T\na.\nb.", "T\nb.\n\nc.") == (["a."], ["c."])
    assert differing("a.", "a.") == ([], [])


def test_parts_of_a_text_have_their_heading_or_none() -> None:
    assert paragraphs("Eins\nA.\nB.\n  \nNur ein Satz\n\n\nC.\nD.", SAY) == [
        ("Eins", "A. B."),
        ("Auswertung", "Nur ein Satz"),
        ("Auswertung", "C. D."),
    ]
