"""How contributions and elements are merged, split and moved on, as the records that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from smartdash.analysis.collecting import new_keys, without_bullet
from smartdash.analysis.elements import newest_changes, states
from smartdash.analysis.lineage import reached
from smartdash.model.workshops import (
    Contribution,
    ElementLevel,
    ElementState,
    Link,
    LinkKind,
    StateChange,
    StrategyElement,
)

LONGEST_TITLE = 300
"""Characters of an element's title, as the model bounds it."""

_ORIGIN = (LinkKind.DERIVED, LinkKind.MERGED, LinkKind.SPLIT)
_NEXT = {
    ElementState.RAW: (ElementState.CONDENSED, ElementState.REJECTED),
    ElementState.CONDENSED: (ElementState.AGREED, ElementState.REJECTED),
    ElementState.AGREED: (ElementState.ADOPTED, ElementState.CONDENSED, ElementState.REJECTED),
    ElementState.ADOPTED: (ElementState.REJECTED,),
    ElementState.REJECTED: (),
}


class Refusal(Exception):
    """What must not be done; `message` is a catalogue id, and `values` (texts, days, choices) fill its placeholders."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


@dataclass(frozen=True, slots=True)
class Material:
    """What is condensed: contributions and elements with their links and changes, and every key ever `taken`."""

    contributions: Sequence[Contribution]
    elements: Sequence[StrategyElement]
    links: Sequence[Link]
    changes: Sequence[StateChange]
    taken: Collection[str]

    def piece(self, key: str) -> Contribution | StrategyElement:
        """The contribution or element of a key; raises StopIteration where there is none."""
        pieces: Iterable[Contribution | StrategyElement] = chain(self.contributions, self.elements)
        return next(item for item in pieces if item.key == key)


@dataclass(frozen=True, slots=True)
class Closing:
    """The day and the reason with which the elements that went on in others are rejected."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Condensed:
    """The records that a merge or a split adds."""

    links: tuple[Link, ...]
    contributions: tuple[Contribution, ...] = ()
    elements: tuple[StrategyElement, ...] = ()
    changes: tuple[StateChange, ...] = ()

    def records(self) -> tuple[Contribution | StrategyElement | Link | StateChange, ...]:
        """All of them in one sequence."""
        return (*self.contributions, *self.elements, *self.links, *self.changes)


def next_states(state: ElementState) -> tuple[ElementState, ...]:
    """The states that may follow; what is rejected stays so."""
    return _NEXT[state]


def merge(
    material: Material,
    origins: Sequence[str],
    target: StrategyElement,
    *,
    event: str | None = None,
    closing: Closing | None = None,
) -> Condensed:
    """Let contributions and elements go on in an element, a new one or one of the material.

    The link of a single contribution or element to what is new says derived, every other merged. With `closing` the
    elements among the origins are rejected.

    Raises:
        Refusal: nothing is chosen or new, something is rejected, or the target led to one of the origins.
    """
    titles, current = _titles(material), states(material.elements, material.changes)
    linked = {link.origin for link in material.links if link.kind in _ORIGIN and link.target == target.key}
    fresh = [key for key in dict.fromkeys(origins) if key not in linked]
    if not origins:
        raise Refusal("capture.nothing_chosen")
    if not fresh:
        raise Refusal("capture.linked_already", target=target.title)
    for key in (*fresh, target.key):
        if current.get(key) is ElementState.REJECTED:
            raise Refusal("capture.is_rejected", title=titles[key])
    below = reached(target.key, _edges(material.links)) | {target.key}
    for key in fresh:
        if key in below:
            raise Refusal("capture.circle", title=titles[key], target=target.title)
    into_existing = target.key in current and fresh[0] in current
    alone = len(fresh) + len(linked) == 1 and not into_existing
    kind = LinkKind.DERIVED if alone else LinkKind.MERGED
    return Condensed(
        links=tuple(_link(target, key, target.key, kind, event) for key in fresh),
        elements=() if target.key in current else (target,),
        changes=_closed(material, fresh, closing, event),
    )


def split(
    material: Material,
    origin: str,
    parts: Sequence[str],
    *,
    into: ElementLevel | None = None,
    event: str | None = None,
    closing: Closing | None = None,
) -> Condensed:
    """Divide a contribution or element into two or more parts, which keep its field of work and visibility.

    Args:
        material: What there is.
        origin: The key of what is divided.
        parts: The text of each part; bullets are taken off.
        into: The level of the parts; None makes contributions of a contribution and elements of the same level of an
            element.
        event: Where this happened.
        closing: Rejects an element that was divided; contributions are never rejected.

    Raises:
        Refusal: there are not two different parts, a part is too long for a title, or the element is rejected.
    """
    texts = [text for text in dict.fromkeys(map(without_bullet, parts)) if text]
    if len(texts) < 2:
        raise Refusal("capture.two_parts")
    if states(material.elements, material.changes).get(origin) is ElementState.REJECTED:
        raise Refusal("capture.is_rejected", title=_titles(material)[origin])
    whole = material.piece(origin)
    keyed = list(zip(texts, new_keys(origin, material.taken), strict=False))
    links = tuple(_link(whole, origin, key, LinkKind.SPLIT, event) for _, key in keyed)
    if isinstance(whole, StrategyElement):
        elements = _parts(whole, into or whole.level, keyed, unit=whole.unit)
        return Condensed(links, elements=elements, changes=_closed(material, [origin], closing, event))
    if into:
        return Condensed(links, elements=_parts(whole, into, keyed, unit=None))
    copies = (whole.model_copy(update={"key": key, "text": text, "votes": None}) for text, key in keyed)
    return Condensed(links, contributions=tuple(copies))


def _parts(
    whole: Contribution | StrategyElement, level: ElementLevel, keyed: Sequence[tuple[str, str]], unit: str | None
) -> tuple[StrategyElement, ...]:
    for text, _ in keyed:
        if len(text) > LONGEST_TITLE:
            raise Refusal("capture.title_too_long", title=f"{text[:40]}…", most=str(LONGEST_TITLE))
    return tuple(
        StrategyElement(
            programme=whole.programme, key=key, title=text, level=level, field_of_work=whole.field_of_work,
            unit=unit, public=whole.public, demo=whole.demo,
        )
        for text, key in keyed
    )  # fmt: skip


def advance(
    material: Material,
    keys: Sequence[str],
    state: ElementState,
    on: date,
    *,
    reason: str | None = None,
    event: str | None = None,
    paper: str | None = None,
) -> tuple[StateChange, ...]:
    """Bring elements to a state on a day.

    What is adopted is rejected by a later decision only, which the paper names.

    Raises:
        Refusal: nothing is chosen, the step is not allowed, a rejection has no reason or an adopted element no paper,
            or the element has a change that would count instead of this one.
    """
    if not keys:
        raise Refusal("capture.nothing_chosen")
    if state is ElementState.REJECTED and not reason:
        raise Refusal("capture.reason_needed")
    current, titles = states(material.elements, material.changes), _titles(material)
    newest = newest_changes(material.changes)
    chosen = {element.key: element for element in material.elements if element.key in set(keys)}
    made = []
    for key, element in chosen.items():
        if state not in next_states(current[key]):
            raise Refusal("capture.no_such_step", title=titles[key], now=current[key], state=state)
        if current[key] is ElementState.ADOPTED and not paper:
            raise Refusal("capture.decision_needed", title=titles[key])
        change = StateChange(
            programme=element.programme, key="", element=key, changed_on=on, state=state, reason=reason,
            event=event, paper=paper, public=element.public, demo=element.demo,
        )  # fmt: skip
        if key in newest and newest_changes([newest[key], change])[key] is not change:
            raise Refusal("capture.newer_change", title=titles[key], day=newest[key].changed_on)
        made.append(change)
    return tuple(made)


def _closed(
    material: Material, keys: Sequence[str], closing: Closing | None, event: str | None
) -> tuple[StateChange, ...]:
    elements = {element.key for element in material.elements} & set(keys)
    if closing is None or not elements:
        return ()
    return advance(material, sorted(elements), ElementState.REJECTED, closing.on, reason=closing.reason, event=event)


def _link(owner: Contribution | StrategyElement, origin: str, target: str, kind: LinkKind, event: str | None) -> Link:
    return Link(
        programme=owner.programme, key="", origin=origin, target=target, kind=kind, event=event, demo=owner.demo
    )


def _titles(material: Material) -> dict[str, str]:
    texts = {contribution.key: contribution.text for contribution in material.contributions}
    return texts | {element.key: element.title for element in material.elements}


def _edges(links: Sequence[Link]) -> Mapping[str, frozenset[str]]:
    edges: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.kind in _ORIGIN:
            edges[link.origin].add(link.target)
    return {origin: frozenset(targets) for origin, targets in edges.items()}
