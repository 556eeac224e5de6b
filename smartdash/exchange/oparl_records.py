"""From OParl objects to rows of committees, sessions, papers and consultations.

What the programme already holds keeps its key and everything that the council information system does not know, such
as lead times, sources and what a paper rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from smartdash.exchange.names import plain
from smartdash.exchange.oparl_objects import Collected, OParlObject
from smartdash.exchange.oparl_values import (
    day_of,
    first_of,
    flag_of,
    free_key,
    id_end,
    number_key,
    slug,
    text_of,
)
from smartdash.exchange.oparl_words import body_kind, consultation_result, consultation_role, paper_kind
from smartdash.exchange.problems import Problem
from smartdash.model.committees import (
    Committee,
    CommitteeSession,
    Consultation,
    ConsultationRole,
    Paper,
    PaperKind,
)
from smartdash.model.declare import Record, fields, natural_key

Held = Mapping[str, Sequence[Record]]
"""What a programme holds, by record type."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a record to be, by field, and the object they come from."""

    values: Mapping[str, Any]
    one: OParlObject


@dataclass(slots=True)
class Rows:
    """The rows by record type, the keys that ids stand for, what was left out, guessed at, and what is wrong.

    `kinds` and `roles` are the words of papers and consultations that are not known; `opened` counts consultations that
    were closed so far.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    no_bodies: int = 0
    kinds: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    opened: int = 0
    problems: list[Problem] = field(default_factory=list)


def rows_of(found: Collected, held: Held) -> Rows:
    """The rows that the objects make, beside what the programme holds."""
    made = Rows()
    _committees(found, held, made)
    _sessions(found, held, made)
    _papers(found, held, made)
    _consultations(found, held, made)
    return made


def _alive(found: Collected, kind: str) -> Iterator[OParlObject]:
    """The objects of a type in the order of their ids, so that the order of the file does not change a key."""
    objects = found.objects[kind]
    return (objects[key] for key in sorted(objects) if not objects[key].deleted)


def _add(made: Rows, record: type[Record], one: OParlObject, before: Record | None, **values: Any) -> None:
    """Add a row: what is stored already, changed by what the object says."""
    kept = {item.name: getattr(before, item.name) for item in fields(record)} if before else {}
    said = {name: value for name, value in values.items() if value is not None}
    made.rows.setdefault(record.sheet.name, []).append(Row({**kept, **said}, one))
    made.keys[one.id] = values["key"]


def _committees(found: Collected, held: Held, made: Rows) -> None:
    """Organisations that meet or are called committees; one with the title of a stored committee is that one."""
    stored = {plain(item.title): item for item in held.get("committee", ()) if isinstance(item, Committee)}
    taken = {item.key for item in stored.values()}
    meeting = {first_of(one, "organization") for one in _alive(found, "Meeting")}
    for one in _alive(found, "Organization"):
        name, short, kind, group = (
            text_of(one, item, made.problems) for item in ("name", "shortName", "classification", "organizationType")
        )
        known = body_kind(kind)
        if one.id not in meeting and not known and "gremium" not in (group or "").casefold():
            made.no_bodies += 1
            continue
        before = stored.pop(plain(name or short or ""), None)
        key = before.key if before else free_key(slug(short or name or "") or id_end(one.id), one.id, taken)
        taken.add(key)
        _add(
            made,
            Committee,
            one,
            before,
            key=key,
            title=name or short,
            kind=None if before else known or body_kind(name, short),
            since=day_of(one, "startDate", made.problems),
            until=day_of(one, "endDate", made.problems),
        )


def _sessions(found: Collected, held: Held, made: Rows) -> None:
    stored = [item for item in held.get("committee_session", ()) if isinstance(item, CommitteeSession)]
    by_url = {item.url: item for item in stored if item.url}
    made.keys.update({url: item.key for url, item in by_url.items()})
    taken = {item.key for item in stored}
    unlinked = {item.key: item for item in stored if not item.url}
    for one in _alive(found, "Meeting"):
        before = by_url.get(one.id)
        body = first_of(one, "organization")
        committee = made.keys.get(body or "") or (before.committee if before else None)
        if body and not committee:
            made.problems.append(one.problem("organization", "oparl.missing_object", body))
            continue
        held_on = day_of(one, "start", made.problems)
        wanted = natural_key(("committee", "held_on"), {"committee": committee, "held_on": held_on})
        before = before or unlinked.pop(wanted, None)
        key = before.key if before else free_key(wanted or id_end(one.id), one.id, taken)
        taken.add(key)
        cancelled = flag_of(one, "cancelled", made.problems)
        values = {"committee": committee, "held_on": held_on, "cancelled": cancelled, "url": one.id}
        _add(made, CommitteeSession, one, before, key=key, **values)


def _papers(found: Collected, held: Held, made: Rows) -> None:
    """Papers; a stored one with the same address or number is the same paper."""
    stored = [item for item in held.get("paper", ()) if isinstance(item, Paper)]
    by_url = {item.url: item for item in stored if item.url}
    by_number = {plain(item.number or ""): item for item in stored}
    by_number.pop("", None)
    made.keys.update({url: item.key for url, item in by_url.items()})
    taken, used = {item.key for item in stored}, set()
    decided = _decided(found)
    for one in _alive(found, "Paper"):
        name, number, word = (text_of(one, item, made.problems) for item in ("name", "reference", "paperType"))
        before = by_url.get(one.id) or by_number.get(plain(number or ""))
        if before and before.key in used:
            before = None
        wanted = number_key(number or "") or id_end(one.id)
        key = before.key if before else free_key(wanted, one.id, taken)
        taken.add(key)
        used.add(key)
        kind = paper_kind(word)
        if kind is None and before is None:
            made.kinds.append(word or "–")
            kind = PaperKind.DECISION if one.id in decided else PaperKind.INFORMATION
        issued = day_of(one, "date", made.problems)
        _add(made, Paper, one, before, key=key, title=name, number=number, kind=kind, issued=issued, url=one.id)


def _decided(found: Collected) -> set[str | None]:
    """The addresses of the papers that some committee is to decide on."""
    return {
        first_of(one, "paper")
        for one in _alive(found, "Consultation")
        if one.properties.get("authoritative") is True
        or consultation_role(first_of(one, "role")) is ConsultationRole.DECISION
    }


def _consultations(found: Collected, held: Held, made: Rows) -> None:
    stored = {
        (item.paper, item.session): item for item in held.get("consultation", ()) if isinstance(item, Consultation)
    }
    taken = {item.key for item in stored.values()}
    items = {first_of(item, "consultation"): item for item in _alive(found, "AgendaItem")}
    for one in _alive(found, "Consultation"):
        item = found.objects["AgendaItem"].get(first_of(one, "agendaItem") or "") or items.get(one.id)
        paper = _key_of(one, "paper", "Paper", first_of(one, "paper"), found, made)
        meeting = first_of(one, "meeting") or (first_of(item, "meeting") if item else None)
        session = _key_of(one, "meeting", "Meeting", meeting, found, made)
        if paper is None or session is None:
            continue
        before = stored.pop((paper, session), None)
        key = before.key if before else free_key(f"{paper}/{session}", one.id, taken)
        taken.add(key)
        public = flag_of(item, "public", made.problems) if item else None
        made.opened += bool(before and before.open_session is False and public)
        outcome = text_of(item, "result", made.problems) if item else None
        before = before.model_copy(update={"result": None}) if before and outcome else before
        _add(
            made,
            Consultation,
            one,
            before,
            key=key,
            paper=paper,
            session=session,
            role=_role(one, before, made),
            open_session=public,
            agenda_item=text_of(item, "number", made.problems) if item else None,
            result=consultation_result(outcome),
            outcome=outcome,
        )


def _role(one: OParlObject, before: Consultation | None, made: Rows) -> ConsultationRole | None:
    """`authoritative` says that a decision is taken; else the word; a stored role stays where neither says anything."""
    word = text_of(one, "role", made.problems)
    if flag_of(one, "authoritative", made.problems):
        return ConsultationRole.DECISION
    role = consultation_role(word)
    if role or before:
        return role
    made.roles.append(word or "–")
    return ConsultationRole.PREPARATORY


def _key_of(one: OParlObject, name: str, kind: str, address: str | None, found: Collected, made: Rows) -> str | None:
    """The key of what a consultation refers to; None with a problem, unless that has a problem of its own."""
    if address in made.keys:
        return made.keys[address]
    other = found.objects[kind].get(address or "")
    if address is None:
        made.problems.append(one.problem(name, f"oparl.no_{name}"))
    elif other is None:
        made.problems.append(one.problem(name, "oparl.missing_object", address))
    elif other.deleted:
        made.problems.append(one.problem(name, "oparl.deleted_object", address))
    return None
