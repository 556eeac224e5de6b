"""From properties of OParl objects to values: texts, flags, days in Germany, and keys that can be read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from smartdash.exchange.oparl_objects import OParlObject
from smartdash.exchange.problems import Problem

_GERMANY = ZoneInfo("Europe/Berlin")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LONGEST_KEY = 60


def text_of(one: OParlObject, name: str, problems: list[Problem]) -> str | None:
    """A property that holds words; None where it is absent or blank."""
    value = one.properties.get(name)
    if value is None or isinstance(value, str):
        return (value or "").strip() or None
    problems.append(one.problem(name, "oparl.not_text", value))
    return None


def flag_of(one: OParlObject, name: str, problems: list[Problem]) -> bool | None:
    """A property that is true or false; None where it is absent."""
    value = one.properties.get(name)
    if value is None or isinstance(value, bool):
        return value
    problems.append(one.problem(name, "oparl.not_flag", value))
    return None


def day_of(one: OParlObject, name: str, problems: list[Problem]) -> date | None:
    """The day of a date or of a point in time, as the calendar in Germany shows it; None where it is absent.

    A time without a zone is taken as local, since that is what systems mean that leave the zone out.
    """
    value = one.properties.get(name)
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(value)
        return (moment.astimezone(_GERMANY) if moment.tzinfo else moment).date()
    except (ValueError, TypeError, OverflowError):
        problems.append(one.problem(name, "oparl.not_a_day", value))
        return None


def first_of(one: OParlObject, name: str) -> str | None:
    """The first of a property that lists addresses, or the only one."""
    value: Any = one.properties.get(name)
    if isinstance(value, list):
        value = next((item for item in value if item), None)
    return value if isinstance(value, str) and value else None


def slug(text: str) -> str:
    """A name as a key: "Rat der Stadt Köln" becomes "rat-der-stadt-koeln"."""
    words = re.sub(r"[\W_]+", "-", text.casefold().translate(_UMLAUTS)).strip("-")
    return words[:_LONGEST_KEY].rstrip("-")


def number_key(number: str) -> str:
    """The number of a paper as a key: "DS 2026/0304" becomes "DS-2026-0304"."""
    return re.sub(r"[^\w.+-]+", "-", number).strip("-.+")[:_LONGEST_KEY]


def id_end(address: str) -> str:
    """The last word of an address, which is the number that the council information system gave."""
    words = re.findall(r"[^\W_]+", address)
    return words[-1][-_LONGEST_KEY:] if words else _fingerprint(address)


def free_key(wanted: str, address: str, taken: Container[str]) -> str:
    """A key that no other record has: the one wanted, else with the end of the object's address.

    It depends on nothing else, so that the same file makes the same keys again.
    """
    candidates = (wanted, f"{wanted}-{id_end(address)}")
    return next((key for key in candidates if key not in taken), f"{wanted}-{_fingerprint(address)}")


def _fingerprint(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:8]
