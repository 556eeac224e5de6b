"""Figure of the hints on the wording of objectives and key results."""

from __future__ import annotations

from collections import Counter

from smartdash.analysis.wording import Hint, Rule, hints, load_hints
from smartdash.charts.lanes import Bar, Part, bar_chart
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.standings import running_cycle, unit_names
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.okr import Cycle, KeyResult, Objective
from smartdash.store import Reader

_RULES = {
    Rule.ACTIVITY: ("hint.activity", "hint.activity.why", "hint.activity.instead"),
    Rule.NUMBER: ("hint.number", "hint.number.why", "hint.number.instead"),
    Rule.NO_BASELINE: ("hint.no_baseline", "hint.no_baseline.why", "hint.no_baseline.instead"),
    Rule.ONLY_LAGGING: ("hint.only_lagging", "hint.only_lagging.why", "hint.only_lagging.instead"),
    Rule.NO_KEY_RESULT: ("hint.no_key_result", "hint.no_key_result.why", "hint.no_key_result.instead"),
    Rule.MANY_KEY_RESULTS: ("hint.many_key_results", "hint.many_key_results.why", "hint.many_key_results.instead"),
    Rule.NO_OWNER: ("hint.no_owner", "hint.no_owner.why", "hint.no_owner.instead"),
    Rule.MANY_OBJECTIVES: ("hint.many_objectives", "hint.many_objectives.why", "hint.many_objectives.instead"),
}


def hint_words(hint: Hint, say: Words) -> tuple[str, str, str]:
    """The rule of a hint, why it is one, and what to write instead."""
    rule, why, instead = _RULES[hint.rule]
    return say(rule), say(why), say(instead)


@figure("okr.hints", page="okr", needs=("objective",))
def wording_hints(reader: Reader, say: Words) -> Draft:
    """What could be worded better in the running cycle and in those to come; of past cycles nothing is said."""
    shown = running_cycle(reader)
    cycles = {item.key: item for item in reader.all(Cycle) if shown and item.start >= shown.start}
    objectives = [item for item in reader.all(Objective) if item.cycle in cycles]
    results = reader.all(KeyResult)
    found: list[tuple[str | None, Hint]] = []
    for objective in objectives:
        own = [item for item in results if item.objective == objective.key]
        found += [(cycles[objective.cycle].title, hint) for hint in hints(objective, own)]
    names = unit_names(reader)
    found += [(None, hint) for hint in load_hints(objectives)]
    counts = Counter(hint.rule for _, hint in found)
    message = say("hint.message", n=len(found), total=number(len(objectives), say.lang))
    if not found:
        message = say("hint.none", n=len(objectives))
    return Draft(
        message=message,
        columns=(
            column(Objective, "cycle", say.lang),
            TableColumn("what", say("hint.what")),
            TableColumn("rule", say("hint.rule")),
            TableColumn("found", say("hint.found")),
            TableColumn("why", say("hint.why")),
            TableColumn("instead", say("hint.instead")),
        ),
        rows=tuple(
            (cycle, names.get(hint.key, hint.title), rule, hint.found or None, why, instead)
            for cycle, hint in found
            for rule, why, instead in [hint_words(hint, say)]
        ),
        unit=say("hint.unit"),
        chart=(
            lambda tokens: bar_chart(
                [
                    Bar(name, (Part(n, tokens.actual_fill),), number(n, say.lang), {say("hint.rule"): name})
                    for rule, n in counts.most_common()
                    for name in [say(_RULES[rule][0])]
                ],
                tokens,
            )
        )
        if found
        else None,
        alt=message,
        note=say("hint.note"),
    )
