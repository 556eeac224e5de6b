"""Figure of how good the owners' forecasts were, by field of work and overall."""

from __future__ import annotations

from smartdash.analysis.calibration import ENOUGH, Calibration, Hit, Leaning, calibrate, hits
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.charts.tokens import Tokens
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.standings import read_key_results
from smartdash.figures.tables import titles
from smartdash.locale import Words
from smartdash.locale.numbers import number, percent
from smartdash.model.shared import FieldOfWork
from smartdash.store import Reader

_LEANINGS = {
    Leaning.HOPEFUL: "quarters.leaning_hopeful",
    Leaning.CAUTIOUS: "quarters.leaning_cautious",
    Leaning.EVEN: "quarters.leaning_even",
}
_SHORT = {
    Leaning.HOPEFUL: "quarters.forecast_high",
    Leaning.CAUTIOUS: "quarters.forecast_low",
    Leaning.EVEN: "quarters.leaning_even",
}
"""The same beside a bar, where a phone has little room."""


@figure("quarters.calibration", page="quarters", needs=("check_in",))
def calibration(reader: Reader, say: Words) -> Draft:
    """How far forecasts at mid-cycle missed the result, and whether they were too hopeful or too cautious."""
    found = hits(read_key_results(reader), reader.scope.as_of)
    names = titles(reader.all(FieldOfWork))
    groups: dict[str, list[Hit]] = {say("quarters.overall"): found}
    for key in [*names, None]:
        if own := [item for item in found if item.standing.objective.field_of_work == key]:
            groups[names.get(key, say("okr.fields.none"))] = own
    results = {name: calibrate(own) for name, own in groups.items()}
    message = _message(results[say("quarters.overall")], say)
    known = {name: result for name, result in results.items() if result.deviation is not None}
    return Draft(
        message=message,
        columns=(
            TableColumn("field", FieldOfWork.sheet.label(say.lang)),
            TableColumn("n", say("quarters.n"), "whole"),
            TableColumn("deviation", say("quarters.deviation"), "percent"),
            TableColumn("bias", say("quarters.bias"), "percent"),
            TableColumn("leaning", say("quarters.leaning")),
        ),
        rows=tuple((name, item.n, item.deviation, item.bias, _leaning(item, say)) for name, item in results.items()),
        unit=say("quarters.calibration.unit"),
        chart=(lambda tokens: bar_chart([_bar(name, item, tokens, say) for name, item in results.items()], tokens))
        if known
        else None,
        alt=message,
        note=say("quarters.calibration.note", enough=number(ENOUGH, say.lang)),
    )


def _leaning(item: Calibration, say: Words) -> str:
    return say(_LEANINGS[item.leaning]) if item.leaning else say("quarters.too_few", n=item.n)


def _message(overall: Calibration, say: Words) -> str:
    if overall.deviation is None or overall.bias is None:
        return say("quarters.calibration.few", n=overall.n, enough=number(ENOUGH, say.lang))
    return say(
        "quarters.calibration.message",
        deviation=number(overall.deviation * 100, say.lang, 0),
        n=overall.n,
        leaning=_leaning(overall, say),
    )


def _bar(name: str, item: Calibration, tokens: Tokens, say: Words) -> Bar:
    details = {say("quarters.n"): number(item.n, say.lang), say("quarters.leaning"): _leaning(item, say)}
    if item.deviation is None or item.leaning is None:
        return Bar(name, (), say("quarters.no_statement"), details)
    points = number(item.deviation * 100, say.lang, 0)
    text = say("quarters.deviation_text", points=points, leaning=say(_SHORT[item.leaning]))
    details[say("quarters.bias")] = percent(item.bias, say.lang, 0)
    return Bar(name, (Part(float(item.deviation), tokens.actual_fill),), text, details)
