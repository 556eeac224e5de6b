"""The figure of why a city's standing moved: because it changed, because the others did, or because the group did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from smartdash.analysis.movement import Split
from smartdash.analysis.peers import SHOWN, shown
from smartdash.charts.ranks import Causes, causes
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Kind, Row, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.movement_data import Moved, Movements, halfway, moved_indicators, moved_maturity
from smartdash.figures.peer_data import ChosenGroup, chosen_group
from smartdash.locale import Words
from smartdash.locale.numbers import day, number, with_plus
from smartdash.model.surveys import SurveyWave
from smartdash.store import Reader

_RANK, _DISTANCE = "rank", "distance"


@figure(
    "improvements.movement", page="improvements", needs=("municipality",), options=("peers", "moved_by", "standing")
)
def movements(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """The change of rank, or of the distance to the median, split into its three causes."""
    group = chosen_group(reader, say, chosen)
    if group.own is None:
        return Draft(say("ranks.no_own"), (), (), options=(group.option,))
    # Only what is shown is read, for values of some sources and single answers may not leave the house.
    ways = {"maturity": moved_maturity, "context": moved_indicators}
    ordered = ways if reader.holds(SurveyWave) else reversed(ways)
    moved_by = choice("moved_by", say("ranks.by"), {name: say(f"movement.by_{name}") for name in ordered}, chosen)
    found = ways[moved_by.chosen](reader, group, say)
    standings = {_RANK: say("movement.standing_rank"), _DISTANCE: say("movement.standing_distance")}
    standing = choice("standing", say("movement.standing"), standings, chosen)
    options = (group.option, moved_by, standing)
    split = _split(found.moved, standing.chosen)
    if not split:
        return Draft(_why_none(found, moved_by.chosen, say), (), (), options=options, note=_withheld(found, say))
    rows = [_causes(item, part, standing.chosen, say) for item, part in split]
    message = _message(*_headline(split), standing.chosen, group.own.title, say)
    return Draft(
        message=message,
        columns=_columns(standing.chosen, say),
        rows=tuple(_row(item, part) for item, part in [*split, *_unsplit(found)]),
        unit=say(f"movement.unit_{standing.chosen}"),
        chart=lambda tokens: causes(rows, tokens),
        alt=message,
        note=_note(found, group, say),
        options=options,
    )


def _split(moved: Sequence[Moved], standing: str) -> list[tuple[Moved, Split]]:
    """What is split, with the parts of the rank or of the distance."""
    found = [(item, item.movement) for item in moved]
    return [(item, one.rank if standing == _RANK else one.distance) for item, one in found if one]


def _headline(split: Sequence[tuple[Moved, Split]]) -> tuple[Moved, Split]:
    """What is measured as a whole, else what moved most."""
    whole = [pair for pair in split if pair[0].whole]
    return whole[0] if whole else max(split, key=lambda pair: abs(pair[1].change))


def _columns(standing: str, say: Words) -> tuple[TableColumn, ...]:
    kind: Kind = "whole" if standing == _RANK else "number"
    return (
        TableColumn("title", say("movement.what")),
        TableColumn("day_before", say("movement.day_before"), "day"),
        TableColumn("day_after", say("movement.day_after"), "day"),
        TableColumn("value_before", say("movement.value_before"), "number"),
        TableColumn("value_after", say("movement.value_after"), "number"),
        TableColumn("before", say(f"movement.{standing}_before"), kind),
        TableColumn("after", say(f"movement.{standing}_after"), kind),
        TableColumn("change", say(f"movement.{standing}_change"), "number"),
        TableColumn("own", say("movement.own"), "number"),
        TableColumn("peers", say("movement.peers"), "number"),
        TableColumn("group", say("movement.group"), "number"),
        TableColumn("count_before", say("movement.count_before"), "whole"),
        TableColumn("count_after", say("movement.count_after"), "whole"),
    )


def _unsplit(found: Movements) -> list[tuple[Moved, None]]:
    return [(item, None) for item in found.moved if item.movement is None]


def _row(item: Moved, split: Split | None) -> Row:
    parts: Row = (None,) * 6
    if split:
        parts = (split.before, split.after, split.change, split.own, split.peers, split.group)
    return (item.title, *item.days, *map(shown, item.values), *parts, *item.counts)


def _causes(item: Moved, split: Split, standing: str, say: Words) -> Causes:
    value = say(
        "movement.way",
        before=number(split.before, say.lang),
        after=number(split.after, say.lang),
        change=_signed(split.change, say),
    )
    own = say("movement.own_value", before=item.told[0], after=item.told[1])
    parts = _parts(split, say)
    named = " · ".join(f"{name} {_signed(size, say)}" for name, size in parts.items())
    return Causes(
        label=item.title,
        value=value,
        parts={name: float(size) for name, size in parts.items()},
        total=float(split.change),
        below=(named, own),
        details={
            say("movement.what"): item.title,
            **{name: _signed(size, say) for name, size in parts.items()},
            say(f"movement.{standing}_change"): _signed(split.change, say),
        },
    )


def _parts(split: Split, say: Words) -> dict[str, Decimal]:
    return {
        say("movement.own"): split.own,
        say("movement.peers"): split.peers,
        say("movement.group"): split.group,
    }


def _signed(value: Decimal, say: Words) -> str:
    """A change with its sign; whole numbers without a decimal."""
    return with_plus(number(value, say.lang, 0 if value == value.to_integral_value() else SHOWN), value)


def _message(item: Moved, split: Split, standing: str, city: str, say: Words) -> str:
    way = "better" if split.change > 0 else "worse" if split.change < 0 else "same"
    told = say(
        f"movement.{standing}_{way}",
        title=item.title,
        city=city,
        before=number(split.before, say.lang),
        after=number(split.after, say.lang),
    )
    causes = say(
        "movement.causes",
        own=_signed(split.own, say),
        peers=_signed(split.peers, say),
        group=_signed(split.group, say),
    )
    return f"{told} {causes} {say('movement.own_moved', before=item.told[0], after=item.told[1])}"


def _why_none(found: Movements, moved_by: str, say: Words) -> str:
    """Why nothing is split: a single date, or none, or too few cities on one of two."""
    if found.moved:
        return say("movement.too_few", n=min(count for item in found.moved for count in item.counts))
    if found.only:
        days = listing([day(one, say.lang) for one in found.only], say)
        return say(f"movement.only_{moved_by}", n=len(found.only), days=days)
    return say(f"movement.none_{moved_by}")


def _withheld(found: Movements, say: Words) -> str:
    return say("maturity.withheld_note") if found.withheld else ""


def _note(found: Movements, group: ChosenGroup, say: Words) -> str:
    parts = [say("movement.note", group=group.name)]
    if found.waves:
        before, newest = found.waves
        until = day(halfway(before, newest), say.lang)
        parts.append(say("movement.waves_note", before=before.title, after=newest.title, day=until))
    else:
        parts.append(say("movement.days_note"))
    if lacking := len(_unsplit(found)):
        parts.append(say("movement.not_split", n=lacking))
    return " ".join([*parts, *filter(None, [_withheld(found, say)])])
