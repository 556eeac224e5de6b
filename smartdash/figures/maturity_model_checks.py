"""The figure about what is incomplete in a maturity model."""

from __future__ import annotations

from collections.abc import Mapping

from smartdash.analysis.maturity_models import SEVERE, Finding, WholeModel, findings
from smartdash.charts.tokens import STATUS_SIGNS
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.maturity_model_data import MODEL, kept_inside, model_of, model_option, model_title, read_models
from smartdash.figures.surveys import title
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.maturity import Criterion, Dimension
from smartdash.store import Reader


@figure("model.checks", page="maturity_model", needs=("maturity_model",), options=(MODEL,))
def checks(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """What has to be completed before people can answer alike, and what only costs comfort."""
    models = read_models(reader)
    option = model_option(models, chosen, say)
    if kept_inside(reader, models, chosen):
        return Draft(say("maturity_model.stays_inside"), (), (), options=(option,))
    whole = model_of(models, option)
    found = findings(whole)
    return Draft(
        message=_message(whole, found, say),
        columns=(
            TableColumn("about", say("maturity_model.about")),
            TableColumn("finding", say("maturity_model.finding")),
            TableColumn("repair", say("maturity_model.repair")),
            TableColumn("key", say("maturity_model.key")),
        ),
        rows=tuple(finding_row(whole, item, say) for item in found),
        unit=say("maturity_model.checks_unit"),
        note=say("maturity_model.checks_note"),
        options=(option,),
        cards=True,
    )


def _message(whole: WholeModel, found: list[Finding], say: Words) -> str:
    model = model_title(whole.model, say)
    if not found:
        return say("maturity_model.complete", model=model, sign=STATUS_SIGNS["done"])
    severe = sum(item.kind in SEVERE for item in found)
    if severe:
        return say("maturity_model.severe", n=severe, model=model, all=number(len(found), say.lang))
    return say("maturity_model.minor", n=len(found), model=model)


def finding_row(whole: WholeModel, finding: Finding, say: Words) -> Row:
    """What it is about, what is incomplete and how to complete it."""
    about = title(finding.about, say) if finding.about else model_title(whole.model, say)
    kind = ""
    if isinstance(finding.about, Dimension | Criterion):
        kind = say(f"maturity_model.is_{finding.about.sheet.name}")
    sign = STATUS_SIGNS["critical" if finding.kind in SEVERE else "at_risk"]
    levels = listing([number(level, say.lang) for level in finding.levels], say)
    return (
        f"{sign} {about}{f' ({kind})' if kind else ''}",
        say(f"maturity_model.finding_{finding.kind.value}", levels=levels),
        say(f"maturity_model.repair_{finding.kind.value}"),
        finding.about.key if finding.about else whole.model.key,
    )
