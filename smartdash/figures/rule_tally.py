"""The results of a programme's rules by their gravity, and how many break, hint or could not be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartdash.analysis.budget import ZERO
from smartdash.analysis.rules import RuleResult
from smartdash.figures.rule_data import rule_results
from smartdash.figures.rule_words import place_name, standing
from smartdash.figures.tables import titles
from smartdash.locale import Words
from smartdash.model.rule_parts import RuleStatus, Severity
from smartdash.model.schedule import Phase
from smartdash.store import Reader
from smartdash.store.rule_packs import EVERYWHERE, rule_packs

_ORDER = ("critical", "at_risk", "unknown", "planned", "on_track")
_SEVERITIES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Board:
    """The results of a programme with the titles of its phases and of the packs they come from."""

    results: Sequence[RuleResult]
    phases: Mapping[str | None, str]
    packs: Mapping[str, str]

    @property
    def of_grant(self) -> bool:
        """Whether more was judged than the plan in itself."""
        other = (item for item in self.results if pack_of(item) != EVERYWHERE)
        return any(item.status is not RuleStatus.NOT_APPLICABLE for item in other)

    def place(self, result: RuleResult, say: Words, *, for_all: bool = False) -> str:
        """Where a rule was judged, as a reader says it; `for_all`: the result stands for all places of its scope."""
        count = sum(item.rule == result.rule and item.scope is result.scope for item in self.results) if for_all else 1
        if count == 1:
            return place_name(result, self.phases, say)
        return say("rules.all_cases" if result.left is None else "rules.places", n=count)


def read_board(reader: Reader, say: Words) -> Board:
    """Every rule of the scope's programme, the gravest first."""
    packs = {key: pack.title(say.lang) for key, pack in rule_packs().items()}
    return Board(sorted(rule_results(reader), key=gravity), titles(reader.all(Phase)), packs)


def pack_of(result: RuleResult) -> str:
    """The key of the pack a rule stands in."""
    return result.rule.partition(".")[0]


def gravity(result: RuleResult) -> tuple[int, int, bool, Decimal]:
    """The order on the board: what is broken or unknown, how much it weighs, where it decides, how many euro."""
    euro = abs(result.difference) if result.difference is not None and result.unit == "€" else ZERO
    last = result.status is RuleStatus.NOT_APPLICABLE
    rank = len(_ORDER) if last else _ORDER.index(standing(result))
    if result.status is RuleStatus.OK:
        euro = -euro
    return rank, _SEVERITIES.index(result.severity), not result.deciding, -euro


def is_hint(result: RuleResult) -> bool:
    """Whether it points at something odd that breaks no rule of a grant, and that nobody has accepted."""
    info = result.severity is Severity.INFO and result.waiver is None
    return result.status is RuleStatus.VIOLATED and info


@dataclass(frozen=True, slots=True)
class Tally:
    """What was judged, as keys of rules; of the broken ones the results where the rule decides, the gravest first."""

    judged: frozenset[str]
    broken: tuple[RuleResult, ...]
    unknown: frozenset[str]
    hints: frozenset[str]

    @property
    def broken_rules(self) -> int:
        """How many rules somebody should act on."""
        return len({result.rule for result in self.broken})


def tally(found: Board) -> Tally:
    """How many rules were judged, break, could not be checked or only point at something odd."""
    judged = [result for result in found.results if result.status is not RuleStatus.NOT_APPLICABLE]
    return Tally(
        frozenset(result.rule for result in judged),
        tuple(result for result in judged if result.finding and result.deciding),
        frozenset(result.rule for result in judged if result.status is RuleStatus.UNKNOWN and result.deciding),
        frozenset(result.rule for result in judged if is_hint(result)),
    )
