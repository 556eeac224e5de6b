"""Writing one maturity model as a workbook that its import reads back without a difference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from smartdash.analysis.maturity_model_keys import within
from smartdash.analysis.maturity_models import WholeModel
from smartdash.exchange.guide import add_guide
from smartdash.exchange.maturity_model_reading import SHEETS
from smartdash.exchange.workbook_writing import book_bytes, book_of
from smartdash.locale import Language, words
from smartdash.locale.numbers import day
from smartdash.model.declare import Record
from smartdash.model.shared import Source


def model_workbook(whole: WholeModel, source: Source | None, lang: Language) -> bytes:
    """Return a workbook with the model, its dimensions, criteria, level texts and source.

    The parts have the keys that they have within the model, so the file can become a new version under another one.

    Raises:
        ValueError: a text is longer than a cell can hold.
    """
    word, model = words(lang), whole.model
    title = model.title_de if lang == "de" else model.title_en
    inner = within(whole, source=None)
    sheets: Sequence[Sequence[Record]] = (
        [model.model_copy(update={"source": source.key if source else None})],
        inner.dimensions,
        inner.criteria,
        inner.levels,
        [source] if source else [],
    )
    chosen = dict(zip(SHEETS, sheets, strict=True))
    facts = [
        word("maturity_model.guide_model", title=title, version=model.version),
        word("exchange.guide_exported", day=day(date.today(), lang)),
        word("maturity_model.guide_version"),
        word("maturity_model.guide_languages"),
    ]
    book = book_of(chosen, lang, demo=model.demo)
    add_guide(
        book,
        "maturity_model.guide_heading",
        facts,
        SHEETS,
        lang,
        demo=model.demo,
        way_in="maturity_model.guide_import",
    )
    return book_bytes(book)
