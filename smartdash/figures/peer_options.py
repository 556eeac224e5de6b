"""A peer group as one value of a figure's option, as a page, a command line or an address can hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from pydantic import ValidationError

from smartdash.analysis.peer_groups import BAND
from smartdash.model.peers import PeerGroup, PeerMember

OPTION = "peers"
"""The name of the option under which every figure takes its peer group."""

TRIED = "tried"
"""The key of the group that is tried out; no record of that key is ever written."""

_SAVED = "saved="
_MOST = 10**9
"""A larger number in an address means no population, and no field on the page could hold it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a group, and the cities taken in or left out by hand; `saved` is the key of the record it is."""

    group: PeerGroup
    members: tuple[PeerMember, ...] = ()
    saved: str | None = None


def standard(programme: str) -> Rules:
    """The group without any choice: 100,000 to 300,000 inhabitants."""
    return Rules(_group(programme, population_from=BAND[0], population_to=BAND[1]))


def as_value(rules: Rules) -> str:
    """A group as text: "saved=key", or rules such as "100000-300000;edges;states=Hessen,Bayern;nearest=10".

    Cities chosen by hand follow as "with=key:reason" and "without=key:reason"; the standard group is an empty text.
    """
    if rules.saved:
        return f"{_SAVED}{quote(rules.saved)}"
    text = ";".join(_parts(rules))
    return "" if text == ";".join(_parts(standard(rules.group.programme))) else text


def read_value(text: str, programme: str, groups: Iterable[PeerGroup], members: Sequence[PeerMember]) -> Rules:
    """The group that a text speaks of; where it is none, as with any option, the standard group."""
    if text.startswith(_SAVED):
        key = unquote(text.removeprefix(_SAVED))
        found = next((group for group in groups if group.key == key), None)
        if found is None:
            return standard(programme)
        return Rules(found, tuple(item for item in members if item.peer_group == key), key)
    if not text:
        return standard(programme)
    try:
        return _read_parts(text.split(";"), programme)
    except (ValidationError, ValueError):
        return standard(programme)


def _parts(rules: Rules) -> Iterator[str]:
    group = rules.group
    low, high = group.population_from, group.population_to
    yield f"{'' if low is None else low}-{'' if high is None else high}"
    if group.edges:
        yield "edges"
    if group.states:
        yield f"states={quote(group.states, safe='')}"
    if group.region:
        yield f"region={group.region.value}"
    if group.district_free:
        yield "district-free"
    if group.nearest:
        yield f"nearest={group.nearest}"
    for member in sorted(rules.members, key=lambda item: item.municipality):
        word = "with" if member.included else "without"
        yield f"{word}={member.municipality}:{quote(member.reason, safe='')}"


def _read_parts(parts: Sequence[str], programme: str) -> Rules:
    band, *others = parts
    low, _, high = band.partition("-")
    values: dict[str, object] = {"population_from": low or None, "population_to": high or None}
    members = []
    for part in others:
        name, _, value = part.partition("=")
        if name in ("with", "without"):
            city, _, reason = value.partition(":")
            if not reason:
                raise ValueError(part)
            members.append(member(programme, TRIED, city, unquote(reason), included=name == "with"))
        elif name in ("edges", "district-free"):
            values[name.replace("-", "_")] = True
        elif name in ("states", "region", "nearest"):
            values[name] = unquote(value)
        else:
            raise ValueError(part)
    group = _group(programme, **values)
    if any((number or 0) > _MOST for number in (group.population_from, group.population_to, group.nearest)):
        raise ValueError(parts)
    return Rules(group, tuple(members))


def _group(programme: str, **values: object) -> PeerGroup:
    return PeerGroup.model_validate({"programme": programme, "key": TRIED, "title": TRIED, **values})


def member(programme: str, group: str, city: str, reason: str, *, included: bool) -> PeerMember:
    """A city that is taken in or left out by hand.

    Raises:
        ValidationError: the reason is too long.
    """
    values = {"programme": programme, "peer_group": group, "municipality": city}
    return PeerMember.model_validate({**values, "included": included, "reason": reason})
