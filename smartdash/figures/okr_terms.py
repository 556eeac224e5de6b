"""The glossary of OKR: what each term and each of the numbers means, with its word in the other language."""

from __future__ import annotations

from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn, Tile
from smartdash.locale import LANGUAGES, Words, words
from smartdash.store import Reader

_TERMS = (
    "progress",
    "expected",
    "confidence",
    "forecast",
    "score",
    "pace",
    "fitted",
    "coverage",
    "objective",
    "key_result",
    "commitment",
    "timing",
    "band",
    "milestones",
    "zones",
    "alignment",
    "carry_over",
)


@figure("okr.terms", page="okr", needs=("cycle",))
def terms(reader: Reader, say: Words) -> Draft:
    """Every term with its explanation; the five numbers that are never mixed first."""
    other = words(next(lang for lang in LANGUAGES if lang != say.lang))
    rows = tuple((say(f"okr.term_{name}"), say(f"okr.about_{name}"), other(f"okr.term_{name}")) for name in _TERMS)
    return Draft(
        message=say("okr.terms.message"),
        columns=(
            TableColumn("term", say("okr.terms.term")),
            TableColumn("meaning", say("okr.terms.meaning")),
            TableColumn("other", say("okr.terms.other")),
        ),
        rows=rows,
        tiles=tuple(Tile(say("okr.terms.called", term=named), term, meaning) for term, meaning, named in rows),
    )
