"""Changing the choice of a peer group step by step: another band, a city at its edge, a city taken in by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from smartdash.figures.peer_options import TRIED, Rules, member
from smartdash.model.peers import PeerGroup, PeerMember


def with_rules(rules: Rules, **values: Any) -> Rules:
    """The choice with other rules; from then on it is no saved one.

    Raises:
        ValidationError: the rules contradict each other, such as a band that is upside down.
    """
    given = {**rules.group.model_dump(), **values, "key": TRIED, "title": TRIED}
    return Rules(PeerGroup.model_validate(given), _tried(rules))


def with_member(rules: Rules, city: str, reason: str, *, included: bool) -> Rules:
    """The choice with a city taken in or left out by hand, in place of what was chosen for it before."""
    chosen = member(rules.group.programme, TRIED, city, reason, included=included)
    return Rules(with_rules(rules).group, (*without_members(rules, {city}).members, chosen))


def without_members(rules: Rules, cities: Collection[str]) -> Rules:
    """The choice without what was chosen by hand for some cities."""
    kept = tuple(item for item in _tried(rules) if item.municipality not in cities)
    return Rules(with_rules(rules).group, kept)


def with_edges(rules: Rules, all_of: Collection[str], chosen: Collection[str], reason: str) -> Rules:
    """The choice with the chosen ones of all cities at the edge of the band: all by the rule, some by hand."""
    cleared = without_members(rules, all_of)
    whole = bool(all_of) and set(all_of) <= set(chosen)
    changed = with_rules(cleared, edges=whole)
    for city in () if whole else chosen:
        changed = with_member(changed, city, reason, included=True)
    return changed


def records(
    rules: Rules, named: Mapping[str, Any], base: Mapping[str, Any], before: Collection[PeerMember] = ()
) -> list[PeerGroup | PeerMember]:
    """The group and its cities as records under the key, title and marks given.

    A city that was in the group `before` for the same reason keeps the source of it.
    """
    group = PeerGroup.model_validate({**rules.group.model_dump(), **base, **named})
    sources = {(item.municipality, item.included, item.reason): (item.source, item.source_place) for item in before}
    members = []
    for item in rules.members:
        source, place = sources.get((item.municipality, item.included, item.reason), (None, None))
        made = member(group.programme, group.key, item.municipality, item.reason, included=item.included)
        marks = {"public": group.public, "demo": group.demo, "source": source, "source_place": place}
        members.append(made.model_copy(update=marks))
    return [group, *members]


def _tried(rules: Rules) -> tuple[PeerMember, ...]:
    programme = rules.group.programme
    return tuple(
        member(programme, TRIED, item.municipality, item.reason, included=item.included) for item in rules.members
    )
