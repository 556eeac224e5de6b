"""The objects of OParl files: lists unpacked, embedded objects taken out, each object once.

OParl 1.1 (schema.oparl.org/1.1, compatible with 1.0): every object is a JSON object with a URL as `id` and a URL as
`type`; lists stand in `data`, with `pagination` and `links` beside it; agenda items are embedded in meetings, and
consultations in papers, where their way back is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from smartdash.exchange.files import Upload
from smartdash.exchange.problems import Fault, Problem
from smartdash.locale.texts import shortened

TAKEN = ("Organization", "Meeting", "Paper", "Consultation", "AgendaItem")
"""The types that something is read from."""
LEFT_OUT = ("Person", "Membership", "File", "Body", "Location", "LegislativeTerm", "System")
"""The types that are counted and never stored; persons and memberships because they name people."""

MAX_JSON = 100_000_000
"""Bytes of all JSON files together; once read, they take about ten times as much memory."""

_TYPE = re.compile(r"https?://schema\.oparl\.org/1\.[01]/(\w+)/?")
_WAY_BACK = {
    ("Paper", "Consultation"): "paper",
    ("Meeting", "AgendaItem"): "meeting",
    ("AgendaItem", "Consultation"): "agendaItem",
    ("Consultation", "AgendaItem"): "consultation",
}
"""The property that names the outer object where an embedded one leaves it out."""
_READ = {
    "Organization": ("name", "shortName", "classification", "organizationType", "startDate", "endDate", "deleted"),
    "Meeting": ("start", "cancelled", "organization", "deleted"),
    "Paper": ("name", "reference", "date", "paperType", "deleted"),
    "Consultation": ("paper", "meeting", "agendaItem", "role", "authoritative", "deleted"),
    "AgendaItem": ("meeting", "number", "public", "consultation", "result", "deleted"),
}
"""The properties that something is made of; all others may differ from one copy of an object to the next."""


@dataclass(frozen=True, slots=True)
class OParlObject:
    """One object: its type, its id, the file it stands in, and its properties; embedded objects are ids here."""

    kind: str
    id: str
    file: str
    properties: Mapping[str, Any]

    @property
    def deleted(self) -> bool:
        """Whether the council information system has taken it back; only its id and its type are left then."""
        return self.properties.get("deleted") is True

    @property
    def place(self) -> str:
        """What a message calls it: its type and the name or number that somebody can search for."""
        names = (self.properties.get(name) for name in ("reference", "name", "shortName", "number"))
        name = next((text for text in names if isinstance(text, str) and text.strip()), self.id)
        return f"{self.kind} {shortened(name, 60)}"

    def problem(self, name: str, message: str, value: Any = "", **values: str) -> Problem:
        """A problem at one of its properties."""
        return Problem(self.file, self.place, None, name, shortened(str(value), 80), message, values)


@dataclass(slots=True)
class Collected:
    """The objects of all files by type and id, how many were left out, the problems, and lists that go on elsewhere."""

    objects: dict[str, dict[str, OParlObject]] = field(default_factory=lambda: {kind: {} for kind in TAKEN})
    left_out: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in LEFT_OUT})
    problems: list[Problem] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)


def collect(files: list[Upload]) -> Collected:
    """The objects of JSON files; a file that cannot be read at all is one problem."""
    found = Collected()
    if sum(len(content) for _, content in files) > MAX_JSON:
        fault = Fault("exchange.too_large_file", limit=str(MAX_JSON // 1_000_000))
        found.problems.append(Problem(files[0][0], "", None, "", "", fault.message, fault.values))
        return found
    for name, content in files:
        try:
            for place, value in enumerate(_listed(_parsed(content), found), 1):
                _take_top(value, name, place, found)
        except Fault as fault:
            found.problems.append(Problem(name, "", None, "", "", fault.message, fault.values))
        except RecursionError:
            found.problems.append(Problem(name, "", None, "", "", "oparl.too_deep"))
    return found


def _parsed(content: bytes) -> Any:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault("oparl.not_utf_8", line=str(content.count(b"\n", 0, error.start) + 1)) from None
    if not text.strip():
        raise Fault("exchange.empty_file")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Fault("oparl.broken_json", line=str(error.lineno), column=str(error.colno)) from None
    except ValueError:  # a number of thousands of digits
        raise Fault("oparl.broken_json", line="1", column="1") from None


def _listed(value: Any, found: Collected) -> list[Any]:
    """The objects of a file: a plain list, the `data` of an object list, or the one object."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise Fault("oparl.not_oparl")
    if "type" not in value and isinstance(value.get("data"), list):
        links = value.get("links")
        links = links if isinstance(links, dict) else {}
        found.pages[str(links.get("self", ""))] = str(links.get("next") or "")
        data: list[Any] = value["data"]
        return data
    return [value]


def further_pages(found: Collected) -> int:
    """How many lists go on at an address that is not among the files."""
    return sum(bool(following) and following not in found.pages for following in found.pages.values())


def _take_top(value: Any, file: str, place: int, found: Collected) -> None:
    if not isinstance(value, dict):
        raise Fault("oparl.not_oparl")
    if not _kind(value):
        kind = str(value.get("type", ""))
        message = "oparl.unknown_type" if kind else "oparl.no_type"
        found.problems.append(Problem(file, "", None, "type", kind[:80], message, {"place": str(place)}))
        return
    _take(value, file, found, None)


def _kind(value: Any) -> str:
    """The type of an OParl object, or nothing where it is none of the specification's."""
    kind = value.get("type") if isinstance(value, dict) else None
    match = _TYPE.fullmatch(kind) if isinstance(kind, str) else None
    return match[1] if match and match[1] in (*TAKEN, *LEFT_OUT) else ""


def _take(value: dict[str, Any], file: str, found: Collected, outer: tuple[str, str] | None) -> str | None:
    """Enter an object and everything embedded in it; its id, or None where it has none.

    `outer` is the type and the id of the object it is embedded in.
    """
    kind, own = _kind(value), value.get("id")
    own = own.strip() if isinstance(own, str) else ""
    properties = {
        name: _referred(content, file, found, (kind, own)) for name, content in value.items() if content is not None
    }
    if kind in LEFT_OUT:
        # Persons have no place in what is kept, not even by name in a message.
        found.left_out[kind].add(own or str(len(found.left_out[kind])))
        return own or None
    if outer and (back := _WAY_BACK.get((outer[0], kind))):
        properties.setdefault(back, outer[1])
    one = OParlObject(kind, own, file, properties)
    if not own:
        found.problems.append(one.problem("id", "oparl.no_id"))
        return None
    _enter(one, found)
    return own


def _referred(content: Any, file: str, found: Collected, outer: tuple[str, str]) -> Any:
    """A property's value with the ids of embedded objects in their place."""
    if _kind(content):
        return _take(content, file, found, outer)
    if isinstance(content, list) and any(_kind(item) for item in content):
        return [_take(item, file, found, outer) if _kind(item) else item for item in content]
    return content


def _enter(one: OParlObject, found: Collected) -> None:
    """Keep an object; the same one from two places is completed, unless the two contradict each other."""
    known = found.objects[one.kind].get(one.id)
    if known is None:
        found.objects[one.kind][one.id] = one
        return
    for name, content in _readable(one):
        if name in known.properties and known.properties[name] != content:
            found.problems.append(one.problem(name, "oparl.contradiction", content, first=str(known.properties[name])))
            return
    found.objects[one.kind][one.id] = OParlObject(one.kind, one.id, known.file, {**one.properties, **known.properties})


def _readable(one: OParlObject) -> Iterator[tuple[str, Any]]:
    return ((name, one.properties[name]) for name in _READ[one.kind] if name in one.properties)
