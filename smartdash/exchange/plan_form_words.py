"""What the words of a plan form mean: sections, totals, kinds of cost and of funders, money outside the plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from smartdash.model.money import CostKind, FunderKind, StatedSubject

K = TypeVar("K", CostKind, FunderKind)

_COST_WORDS: Mapping[CostKind, str] = {
    CostKind.PERSONNEL: "personal|stellen|gehälter|lohn|staff",
    CostKind.MATERIAL: "sachkosten|sachmittel|sachausgaben|material|verbrauch|miete",
    CostKind.ADVICE: "beratung|berater|gutacht|moderator|moderation|externe dienst|advice|consult",
    CostKind.TRAINING: "fortbildung|schulung|weiterbildung|reise|training|travel",
    CostKind.NETWORK: "netzwerk|wissenstransfer|öffentlichkeitsarbeit|begleitforschung|network|knowledge",
    CostKind.INVESTMENT: "invest|anschaffung|beschaffung|bauliche|hardware",
}
_FUNDER_WORDS: Mapping[FunderKind, str] = {
    FunderKind.OWN: "eigenmittel|eigenanteil|kommunale mittel|mittel der kommune|mittel der stadt|own funds",
    FunderKind.THIRD_PARTY: "dritte|spende|sponsor|stiftung|third part",
    FunderKind.FEDERAL: r"bundesmittel|\bbund\b|bundeszu|\bdes bundes\b|zuwendung|federal",
    FunderKind.STATE: r"landesmittel|\bland\b|\bdes landes\b|landeszu|freistaat|state funds",
    FunderKind.EU: r"\beu\b|\beu-|efre\b|\besf\b|europäisch|european",
}
_SECTIONS = (
    (StatedSubject.SHARE, r"anteile\b|\bshares\b"),
    (StatedSubject.FUNDING, "finanz|deckung|einnahme|funding"),
    (StatedSubject.COST, "kosten|ausgabe|cost"),
)
_OUTSIDE = re.compile(
    r"sonstige finanz|ander(?:e|en|er|es) \w*projekt|außerhalb|nicht förderfähig|outside|optional", re.I
)
_TOTAL = re.compile(r"(?:in|ins)?gesamt\w*|(?:gesamt)?summe\w*|total|sum", re.I)
_SUM = re.compile(r"kontroll|(?:in|ins)?gesamt|zwischensumme|summe|total|control|sum\b", re.I)
_CONTROL = re.compile("kontroll|control", re.I)
COMPUTED = {"de": "berechnet", "en": "computed"}
"""What stands behind a row of our own export whose totals no document prints."""


def is_total_heading(text: str) -> bool:
    """Whether a heading stands above the totals of the rows."""
    return _TOTAL.fullmatch(re.sub(r"\s*[(\[]?(?:in )?(?:€|EUR|Euro)[)\]]?$", "", text.strip(), flags=re.I)) is not None


def is_control(text: str) -> bool:
    """Whether a row compares funding and costs."""
    return _CONTROL.search(text) is not None


def begins_sum(label: str) -> bool:
    """Whether a label without a code is that of a sum or of the control row."""
    return _SUM.match(label) is not None


def is_outside(label: str) -> bool:
    """Whether the money of a row does not pay for the plan's costs."""
    return _OUTSIDE.search(label) is not None


def is_computed(remark: str) -> bool:
    """Whether a row's totals were computed by our own export."""
    return remark.strip().casefold() in COMPUTED.values()


def section_of(text: str) -> StatedSubject | None:
    """What the rows below a heading are about: costs, funding or shares; None where it names both or neither."""
    named = [subject for subject, words in _SECTIONS if re.search(words, text, re.I)]
    if StatedSubject.SHARE in named:
        return StatedSubject.SHARE
    return named[0] if len(named) == 1 else None


def cost_kind(label: str, above: tuple[str, ...] = ()) -> CostKind | None:
    """The kind of cost that a label names first, else the only one that a label above it names."""
    return _guess(_COST_WORDS, label, above)


def funder_kind(label: str, above: tuple[str, ...] = ()) -> FunderKind | None:
    """Whose money a label names first, else the only one that a label above it names."""
    return _guess(_FUNDER_WORDS, label, above)


def _guess(table: Mapping[K, str], label: str, above: tuple[str, ...]) -> K | None:
    found = _places(table, label)
    if found:
        return min(found, key=lambda kind: found[kind])
    for text in above:
        found = _places(table, text)
        if found:
            return next(iter(found)) if len(found) == 1 else None
    return None


def _places(table: Mapping[K, str], text: str) -> dict[K, int]:
    matches = {kind: re.search(words, text, re.I) for kind, words in table.items()}
    return {kind: match.start() for kind, match in matches.items() if match}
