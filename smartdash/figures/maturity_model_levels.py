"""The figure that shows what each level of a maturity model means, per dimension or criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.analysis.maturity_models import LONGEST_DESCRIBED, WholeModel
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.maturity_model_data import MODEL, kept_inside, model_of, model_option, model_title, read_models
from smartdash.figures.surveys import level_name, title
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import LevelDescriptor
from smartdash.store import Reader


@figure("model.levels", page="maturity_model", needs=("maturity_model", "level_descriptor"), options=(MODEL,))
def levels(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The level texts of each dimension, and of the criteria that have texts of their own."""
    models = read_models(reader)
    option = model_option(models, chosen, say)
    if kept_inside(reader, models, chosen):
        return Draft(say("maturity_model.stays_inside"), (), (), options=(option,))
    whole = model_of(models, option)
    described = sorted({item.level for item in whole.levels})
    names = {level: _shared_name(whole, level, say) for level in described}
    rows: list[Row] = []
    for dimension in whole.dimensions:
        rows += _row(title(dimension, say), whole.levels_of(dimension.key), described, names, say)
        for criterion in whole.criteria_of(dimension.key):
            label = say("maturity_model.criterion_of", criterion=title(criterion, say), dimension=title(dimension, say))
            rows += _row(label, whole.levels_of(dimension.key, criterion.key), described, names, say)
    bands = whole.level_count > LONGEST_DESCRIBED
    return Draft(
        message=_message(whole, described, say),
        columns=(
            TableColumn("about", say("maturity_model.about")),
            *(
                TableColumn(f"level_{level}", _heading(whole, level, described, names[level], say))
                for level in described
            ),
        ),
        rows=tuple(rows),
        unit=say("maturity_model.levels_unit"),
        note=say("maturity_model.bands_note") if bands and described else "",
        options=(option,),
        matrix=True,
    )


def _message(whole: WholeModel, described: Sequence[int], say: Words) -> str:
    model = model_title(whole.model, say)
    if not described:
        return say("maturity_model.nothing_described", model=model)
    counts = {
        "dimensions": len({item.dimension for item in whole.levels if item.criterion is None}),
        "criteria": len({item.criterion for item in whole.levels if item.criterion}),
    }
    parts = listing([say(f"maturity_model.{name}", n=count) for name, count in counts.items() if count], say)
    kind = "bands" if whole.level_count > LONGEST_DESCRIBED else "levels"
    return say(f"maturity_model.{kind}", n=len(described), model=model, parts=parts)


def _shared_name(whole: WholeModel, level: int, say: Words) -> str:
    """The name of a level, where it has the same everywhere."""
    found = {level_name(item, say) for item in whole.levels if item.level == level}
    return found.pop() if len(found) == 1 else ""


def _heading(whole: WholeModel, level: int, described: Sequence[int], name: str, say: Words) -> str:
    """The level with its name; on a long scale the band from it to the next one."""
    text = number(level, say.lang)
    if whole.level_count > LONGEST_DESCRIBED:
        after = next((other for other in described if other > level), whole.model.highest + 1)
        text = say("maturity_model.from_to", lowest=text, highest=number(after - 1, say.lang))
    return f"{text} · {name}" if name else text


def _row(
    label: str,
    texts: Sequence[LevelDescriptor],
    described: Sequence[int],
    names: Mapping[int, str],
    say: Words,
) -> list[Row]:
    if not texts:
        return []
    by_level = {item.level: _text(item, named=bool(names[item.level]), say=say) for item in texts}
    return [(label, *(by_level.get(level) for level in described))]


def _text(item: LevelDescriptor, *, named: bool, say: Words) -> str:
    text = item.text_de if say.lang == "de" else item.text_en
    return text if named else f"{level_name(item, say)}: {text}"
