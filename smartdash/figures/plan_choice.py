"""What the figures about plan versions share: which version is looked at, and how deep its tree is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from smartdash.analysis.plan_changes import by_day
from smartdash.analysis.trees import ancestors, tree_order
from smartdash.figures.catalogue import choice
from smartdash.figures.figure import Option
from smartdash.figures.plans import version_in_force
from smartdash.locale import Words
from smartdash.model.money import CostLine, PlanVersion
from smartdash.store import Reader
from smartdash.store.schema import natural

CodedLine = tuple[CostLine, int, bool]
"""A cost line, its depth in the tree from 0, and whether nothing is below it."""

_FIRST_ROWS = 40
"""So many lines are shown before anybody asks for more."""


def version_option(reader: Reader, chosen: Mapping[str, str], say: Words) -> Option:
    """The choice of a plan version; the one in force first, then from the newest back."""
    first = version_in_force(reader)
    others = [version for version in reversed(by_day(reader.all(PlanVersion))) if version != first]
    titles = {version.key: version.title for version in ([first] if first else []) + others}
    return choice("version", PlanVersion.sheet.label(say.lang), titles or {"": ""}, chosen)


def coded_lines(reader: Reader) -> Sequence[CodedLine]:
    """The cost lines in the order of their tree, siblings by the numbers of their codes: 1.2 before 1.10."""

    def ordered() -> tuple[CodedLine, ...]:
        return tuple(tree_order(sorted(reader.all(CostLine), key=lambda line: natural(line.key))))

    return reader.remembered("coded_lines", ordered)


def depth_option(lines: Sequence[CodedLine], chosen: Mapping[str, str], say: Words) -> Option:
    """The choice of how many levels of a tree are shown; at first so many as have few lines."""
    count = Counter(depth for _, depth, _ in lines)
    reached, first = 0, 1
    for depth in sorted(count):
        reached += count[depth]
        if reached <= _FIRST_ROWS:
            first = depth + 1
    last = max(count, default=0) + 1
    levels = [first, *(level for level in range(1, last + 1) if level != first)]
    words = {
        str(level): say("versions.all_levels") if level == last else say("versions.levels", n=level) for level in levels
    }
    return choice("depth", say("versions.depth"), words, chosen)


def line_shown_for(lines: Sequence[CodedLine], levels: int) -> dict[str, str]:
    """For each line the one that stands for it where only so many levels are shown: itself, or the deepest above it."""
    shown = {line.key for line, depth, _ in lines if depth < levels}
    chains = ancestors([line for line, _, _ in lines])
    return {key: next((above for above in chain if above in shown), key) for key, chain in chains.items()}
