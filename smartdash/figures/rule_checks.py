"""The rules as checks: every result that was judged, for the plan in force and, as far as sums go, for all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smartdash.analysis.checks import Check, CheckStatus
from smartdash.analysis.rules import RuleResult, evaluate
from smartdash.figures.citation import citation
from smartdash.figures.plans import named, version_in_force
from smartdash.figures.rule_data import plan_facts, rule_results
from smartdash.figures.rule_tally import pack_of
from smartdash.figures.rule_words import place_name, rule_name, sentence, source_text
from smartdash.figures.tables import titles
from smartdash.locale import Words
from smartdash.locale.numbers import day
from smartdash.model.money import PlanVersion
from smartdash.model.rule_parts import RuleStatus
from smartdash.model.schedule import Phase
from smartdash.model.shared import Source
from smartdash.store import Reader
from smartdash.store.rule_packs import EVERYWHERE, rule_packs

_SUMS = ("sum_equals", "share_matches_formula")
"""Types that hold for every version of a plan, as they ask only whether its own numbers agree."""

_STATUS = {
    RuleStatus.OK: CheckStatus.OK,
    RuleStatus.VIOLATED: CheckStatus.VIOLATED,
    RuleStatus.UNKNOWN: CheckStatus.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A check with its sentence and the name of the document it is measured against.

    `waived`: somebody has accepted the breach, so that nobody has to act.
    """

    check: Check
    message: str
    source: str
    waived: bool = False


def rule_findings(reader: Reader, say: Words) -> list[Finding]:
    """Every result of the rules that was judged or could not be; what is not applicable is left out."""
    sources = {source.key: citation(source, say.lang) for source in reader.all(Source)}
    phases = titles(reader.all(Phase))
    current = version_in_force(reader)
    return [
        _finding(result, version, version == current, sources, phases, say)
        for version, result in _results(reader, current)
        if result.status is not RuleStatus.NOT_APPLICABLE
    ]


def _results(reader: Reader, current: PlanVersion | None) -> Iterator[tuple[PlanVersion | None, RuleResult]]:
    yield from ((current, result) for result in rule_results(reader))
    plan = rule_packs()[EVERYWHERE]
    sums = plan.model_copy(update={"rules": tuple(rule for rule in plan.rules if rule.type in _SUMS)})
    for version in reader.all(PlanVersion):
        if current is None or version.key != current.key:
            yield from ((version, result) for result in evaluate([sums], plan_facts(reader, version)))


def _finding(
    result: RuleResult,
    version: PlanVersion | None,
    in_force: bool,
    sources: Mapping[str, str],
    phases: Mapping[str | None, str],
    say: Words,
) -> Finding:
    key = version.key if version else ""
    check = Check(
        result.rule,
        _STATUS[result.status],
        result.severity,
        f"{key} {result.place}".strip(),
        str(result.year or ""),
        result.left,
        result.right,
        result.unit,
    )
    place = place_name(result, phases, say)
    if version and not in_force:
        place = say("rules.in_version", place=place, version=named(version, say))
    message = say("rules.check", rule=rule_name(result, say), place=place, sentence=sentence(result, say))
    if result.waiver:
        approved = result.waiver
        message += " " + say("rules.waived", role=approved.approved_by, day=day(approved.approved_on, say.lang))
    own = pack_of(result) == EVERYWHERE and version is not None
    source = sources.get(version.source or "", "") if own and version else source_text(result.source, say)
    return Finding(check, message, source, result.waiver is not None)
