"""The peer group of a page as its figures read it: the own city, the cities it is compared with, and why each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smartdash.analysis.peer_groups import Gathered, gather, states_of
from smartdash.figures.figure import Option
from smartdash.figures.headings import listing
from smartdash.figures.peer_options import OPTION, Rules, as_value, read_value
from smartdash.locale import Words
from smartdash.locale.numbers import number
from smartdash.model.peers import PeerGroup, PeerMember
from smartdash.model.shared import Municipality
from smartdash.store import Reader


@dataclass(frozen=True, slots=True)
class ChosenGroup:
    """The group that was chosen for a figure.

    Attributes:
        own: The programme's city, None where the programme names none.
        rules: What was chosen.
        gathered: The cities with their reasons.
        name: The group in a few words: its title, or its rules.
        option: The choice as the figure's option, to stand among the options of its draft.
    """

    own: Municipality | None
    rules: Rules
    gathered: Gathered
    name: str
    option: Option

    @property
    def cities(self) -> dict[str, Municipality]:
        """The cities of the group by key, the own one included, the largest first."""
        return {peer.city.key: peer.city for peer in self.gathered.peers}

    @property
    def others(self) -> int:
        """How many cities the own one is compared with."""
        return len(self.gathered.peers) - (1 if self.own else 0)


def chosen_group(reader: Reader, say: Words, chosen: Mapping[str, str]) -> ChosenGroup:
    """The peer group that a figure's options ask for (`peers`), else the one of 100,000 to 300,000 inhabitants."""
    programme = reader.scope.programme
    rules = read_value(chosen.get(OPTION, ""), programme, sorted_groups(reader), reader.all(PeerMember))
    own = own_city(reader)
    gathered = gather(rules.group, rules.members, reader.all(Municipality), own)
    name = rules.group.title if rules.saved else rules_text(rules.group, say)
    value = as_value(rules)
    return ChosenGroup(own, rules, gathered, name, Option(OPTION, say("figure.peers.group"), {value: name}, value))


def own_city(reader: Reader) -> Municipality | None:
    """The programme's city."""
    key = reader.programme.municipality if reader.programme else None
    return next((city for city in reader.all(Municipality) if city.key == key), None)


def sorted_groups(reader: Reader) -> list[PeerGroup]:
    """The saved groups by title."""
    return sorted(reader.all(PeerGroup), key=lambda group: (group.title, group.key))


def rules_text(group: PeerGroup, say: Words) -> str:
    """The rules of a group in words, such as "100.000 bis 300.000 Einwohner, nur kreisfrei"."""
    parts = [band_text(group, say)]
    if group.edges:
        parts.append(say("peers.rule_edges"))
    if states := sorted(states_of(group)):
        parts.append(listing(states, say))
    if group.region:
        parts.append(group.region.label(say.lang))
    if group.district_free:
        parts.append(say("peers.rule_district_free"))
    if group.nearest:
        parts.append(say("peers.rule_nearest", n=group.nearest))
    return ", ".join(parts)


def band_text(group: PeerGroup, say: Words) -> str:
    """The population band in words."""
    low, high = group.population_from, group.population_to
    lowest, highest = number(low, say.lang), number(high, say.lang)
    if low is None:
        return say("peers.rule_any") if high is None else say("peers.rule_up_to", high=highest)
    return say("peers.rule_from", low=lowest) if high is None else say("peers.rule_band", low=lowest, high=highest)
