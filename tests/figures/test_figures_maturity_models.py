"""The figures about a maturity model: its weights, its levels in words, what is missing, and what differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made_stores import drawn, fill

from smartdash.analysis.maturity_model_keys import new_version, parts
from smartdash.analysis.maturity_models import whole_models
from smartdash.figures import Figure, make
from smartdash.figures.maturity_model_data import earlier_version
from smartdash.locale import Language
from smartdash.model.declare import Record
from smartdash.model.maturity import Criterion, CriterionKind, Dimension, LevelDescriptor, MaturityModel
from smartdash.model.shared import Source
from smartdash.model.surveys import SurveyWave
from smartdash.store import Audience, Scope, Store

DAY = date(2026, 6, 30)


def model(key: str = "m", lowest: int = 1, highest: int = 3, **values: Any) -> list[Record]:
    """Two dimensions, of which B weighs three times as much and has an indicator beside its criterion."""
    own = {"programme": "p", "source": values.pop("source", None)}
    indicator = {"kind": CriterionKind.INDICATOR, "anchor_low": Decimal(0), "anchor_high": Decimal(50)}
    title = {"title_de": "Modell", "title_en": "Model"}
    return [
        MaturityModel(**own, **title, key=key, version="1", lowest=lowest, highest=highest, **values),
        Dimension(**own, key=f"{key}/A", maturity_model=key, title_de="Wege", title_en="Ways"),
        Dimension(**own, key=f"{key}/B", maturity_model=key, title_de="Ziele", title_en="Goals", weight=Decimal(3)),
        Criterion(**own, key=f"{key}/A1", dimension=f"{key}/A", title_de="Weg", title_en="Way"),
        Criterion(**own, key=f"{key}/B1", dimension=f"{key}/B", title_de="Ziel", title_en="Goal"),
        Criterion(
            **own, key=f"{key}/B2", dimension=f"{key}/B", title_de="Quote", title_en="Rate",
            measured_in="%", weight=Decimal(2), **indicator,
        ),
    ]  # fmt: skip


def text(level: int, home: str = "m/A", criterion: str | None = None, name: str = "") -> LevelDescriptor:
    return LevelDescriptor(
        programme="p",
        key="",
        dimension=home,
        criterion=criterion,
        level=level,
        name_de=name or f"Stufe {level}",
        name_en=name or f"Step {level}",
        text_de=f"Deutsch {level}",
        text_en=f"English {level}",
    )


def shown(
    store: Store, key: str, lang: Language = "de", audience: Audience = Audience.INTERNAL, **chosen: str
) -> Figure:
    with store.read(Scope("p", DAY, audience=audience)) as reader:
        return make(reader, f"model.{key}", lang, chosen)


def column(made: Figure, name: str) -> list[Any]:
    place = [item.name for item in made.draft.columns].index(name)
    return [row[place] for row in made.draft.rows]


def test_weights_are_shared_out_to_dimensions_and_criteria(empty_store: Store) -> None:
    fill(empty_store, *model())
    made = shown(empty_store, "structure")
    assert made.draft.message == (
        "Modell, Fassung 1: 2 Dimensionen, 3 Kriterien, Stufen 1 bis 3. Am meisten zählt „Ziele“ mit 75\u00a0%."
    )
    assert column(made, "share") == [Decimal("0.25"), Decimal("0.25"), Decimal("0.5")]
    assert column(made, "anchor_high") == [None, None, Decimal(50)]
    assert column(made, "higher_is_better") == [None, None, True]
    assert "nicht empirisch geprüft" in made.draft.note
    assert "mit einer Kennzahl beantwortet" in drawn(made.draft)
    assert "75,0\u00a0%" in drawn(made.draft)


def test_where_a_model_is_used_and_that_it_is_validated(empty_store: Store) -> None:
    days = {"start": date(2026, 5, 1), "end": date(2026, 5, 31)}
    fill(empty_store, *model(validated=True), *model("n"),
         SurveyWave(programme="p", key="w", title="Frühjahr", maturity_model="n", **days))  # fmt: skip
    # The model that was last surveyed by comes first.
    assert shown(empty_store, "structure").draft.options[0].chosen == "n"
    assert "Frühjahr" in shown(empty_store, "structure").draft.note
    other = shown(empty_store, "structure", maturity_model="m")
    assert other.draft.note == "Danach wurde noch nicht gefragt."
    overview = shown(empty_store, "overview")
    assert column(overview, "key") == ["n", "m"]
    assert column(overview, "waves") == ["Frühjahr", "noch keine"]
    assert column(overview, "validated") == [False, True]


def test_a_model_that_may_not_be_passed_on_is_told_inside_and_absent_outside(empty_store: Store) -> None:
    bought = Source(programme="p", key="s", title="Gekauft", redistributable=False)
    fill(empty_store, bought, *model(source="s"))
    assert column(shown(empty_store, "overview"), "redistributable") == [False]
    assert shown(empty_store, "overview", audience=Audience.PUBLIC).missing == ("maturity_model",)
    fill(empty_store, *model("frei"))
    # A file of the bought model does not hold another one instead.
    for key in ("structure", "levels", "checks", "differences"):
        if key == "levels":
            fill(empty_store, text(1, "frei/A"))
        made = shown(empty_store, key, audience=Audience.PUBLIC, maturity_model="m")
        assert (made.draft.rows, made.draft.chart) == ((), None)
    with_bought = shown(empty_store, "differences", audience=Audience.PUBLIC, maturity_model="frei", compared_with="m")
    assert with_bought.draft.rows == ()
    assert shown(empty_store, "structure", audience=Audience.PUBLIC).draft.rows


@pytest.mark.parametrize(("lang", "word"), [("de", "Deutsch"), ("en", "English")])
def test_levels_are_told_in_the_language_of_the_reader(empty_store: Store, lang: Language, word: str) -> None:
    fill(empty_store, *model(), text(1), text(2), text(3), text(2, "m/B", name="Eigen"), text(1, "m/B", "m/B1"))
    made = shown(empty_store, "levels", lang)
    step = "Stufe" if lang == "de" else "Step"
    # Level 2 has two names, so that each text names its own.
    assert [item.label for item in made.draft.columns[1:]] == [f"1 · {step} 1", "2", f"3 · {step} 3"]
    assert column(made, "level_1") == [f"{word} 1", None, f"{word} 1"]
    assert column(made, "level_2") == [f"{step} 2: {word} 2", f"Eigen: {word} 2", None]
    assert column(made, "about")[2] == ("Ziele: Ziel" if lang == "de" else "Goals: Goal")


def test_on_a_long_scale_a_text_holds_for_its_band(empty_store: Store) -> None:
    fill(empty_store, *model(lowest=0, highest=100), *(text(level, name="x") for level in (0, 25, 75)))
    made = shown(empty_store, "levels")
    assert [item.label for item in made.draft.columns[1:]] == ["0 bis 24 · x", "25 bis 74 · x", "75 bis 100 · x"]
    assert made.draft.message == "Modell, Fassung 1: 3 Bänder der Skala sind in Worten beschrieben, für 1 Dimension."


def test_what_is_missing_is_told_with_what_to_do(empty_store: Store) -> None:
    fill(empty_store, *model(), *(text(level) for level in (1, 2, 3)), text(2, "m/B"))
    made = shown(empty_store, "checks")
    assert column(made, "about") == ["■ Ziele (Dimension)"]
    assert column(made, "finding") == ["Ohne Text: Stufe 1 und 3."]
    assert made.draft.message.startswith("Modell, Fassung 1: Eines von 1")
    fill(empty_store, *(text(level, "m/B") for level in (1, 3)))
    assert shown(empty_store, "checks").draft.message == "✓ Modell, Fassung 1 ist vollständig."


def test_two_versions_are_set_beside_each_other(empty_store: Store) -> None:
    first: list[Any] = model()
    (whole,) = whole_models(first[:1], first[1:3], first[3:], [])
    second = new_version(whole, "m-2", "2")
    assert earlier_version((whole,), second) is whole
    assert earlier_version((whole,), replace(second, dimensions=(), criteria=())) is None
    lighter = second.dimensions[1].model_copy(update={"weight": Decimal(1)})
    changed = [item for item in parts(second) if item.key not in ("m-2/B", "m-2/A1")]
    added = Criterion(programme="p", key="m-2/A2", dimension="m-2/A", title_de="Neues", title_en="New")
    fill(empty_store, *first)
    alone = shown(empty_store, "differences")
    assert alone.draft.message == "Modell, Fassung 1 ist das einzige Modell; es gibt nichts zu vergleichen."
    fill(empty_store, second.model, lighter, *changed, added)
    made = shown(empty_store, "differences", maturity_model="m-2", compared_with="m")
    assert made.draft.message == (
        "Modell, Fassung 2 gegenüber Modell, Fassung 1: 1 neu, 1 entfallen und 1 anders gewichtet. "
        "Ergebnisse beider werden nicht miteinander verglichen."
    )
    assert column(made, "change") == ["anders gewichtet", "neu", "entfallen"]
    assert column(made, "before") == ["3", None, "Weg"]
    assert column(made, "after") == ["1", "Neues", None]
    assert "75,0\u00a0% → 50,0\u00a0%" in drawn(made.draft)
