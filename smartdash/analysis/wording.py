"""Hints on the wording of objectives and key results, in German and English; a hint is never a refusal.

The rules follow the quality checks of the OKR literature (open-okr METHOD.md; research note okr.md, 4.3): a result and
not an activity, a baseline, no number in the objective, an early sign, at most five key results, somebody who owns it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from smartdash.analysis import wording_words as lists
from smartdash.analysis.wording_words import TextLanguage
from smartdash.model.okr import KeyResultKind, Timing

MOST_KEY_RESULTS = 5
"""More than so many key results per objective blur what matters (Doerr: three to five)."""
MOST_OBJECTIVES = 5
"""More than so many objectives of a unit in one cycle blur what matters (Doerr: three to five)."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CLAUSE = re.compile(r"[,;:.!?–]| und | sowie | oder ")
_ENGLISH_CLAUSE = re.compile(r"[,;:.!?–]| and | or ")
# A number by itself: not a year, not part of a name (5G, Q3, OZG 2.0, E-Rechnung 2) or of a quarter.
_NUMBER = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?:\s?(?:%|Prozent|percent))?(?![\w/-])")
_YEAR = re.compile(r"(?:19|20)\d\d[.,]?")
_VERSION = re.compile(r"\d\.0")


class Rule(StrEnum):
    """What a hint is about."""

    ACTIVITY = "activity"
    NUMBER = "number"
    NO_BASELINE = "no_baseline"
    ONLY_LAGGING = "only_lagging"
    NO_KEY_RESULT = "no_key_result"
    MANY_KEY_RESULTS = "many_key_results"
    NO_OWNER = "no_owner"
    MANY_OBJECTIVES = "many_objectives"


class ObjectiveText(Protocol):
    """An objective as far as hints need it: a record, or what a form holds before it is one."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def title(self) -> str:
        """Its wording."""

    @property
    def owner_role(self) -> str | None:
        """The role that answers for it."""


class KeyResultText(ObjectiveText, Protocol):
    """A key result as far as hints need it; in a form the baseline may still be missing."""

    @property
    def kind(self) -> KeyResultKind:
        """How progress is measured."""

    @property
    def timing(self) -> Timing | None:
        """Leading or lagging."""

    @property
    def baseline(self) -> Decimal | None:
        """The value at the start."""


class LedObjective(ObjectiveText, Protocol):
    """An objective with its cycle and the unit that leads it."""

    @property
    def cycle(self) -> str:
        """The key of its cycle."""

    @property
    def unit(self) -> str | None:
        """The key of the unit that leads it."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that could be worded better: the rule, the key and title it is about, and what was found there.

    `found` is the word or number that was found, or the count; empty where something is missing.
    """

    rule: Rule
    key: str
    title: str
    found: str = ""


def hints(objective: ObjectiveText, key_results: Sequence[KeyResultText]) -> list[Hint]:
    """The hints on an objective and its key results, first on the objective; empty where nothing is to be said."""
    found = _objective_hints(objective, key_results)
    for item in key_results:
        if verb := activity(item.title):
            found.append(Hint(Rule.ACTIVITY, item.key, item.title, verb))
        if item.kind is KeyResultKind.CHANGE and item.baseline is None:
            found.append(Hint(Rule.NO_BASELINE, item.key, item.title))
        if not (item.owner_role or objective.owner_role):
            found.append(Hint(Rule.NO_OWNER, item.key, item.title))
    return found


def _objective_hints(objective: ObjectiveText, key_results: Sequence[KeyResultText]) -> list[Hint]:
    def hint(rule: Rule, what: str = "") -> Hint:
        return Hint(rule, objective.key, objective.title, what)

    found = []
    if verb := activity(objective.title):
        found.append(hint(Rule.ACTIVITY, verb))
    if counted := number_in(objective.title):
        found.append(hint(Rule.NUMBER, counted))
    if not key_results:
        found.append(hint(Rule.NO_KEY_RESULT))
    elif all(item.timing is Timing.LAGGING for item in key_results):
        found.append(hint(Rule.ONLY_LAGGING, str(len(key_results))))
    if len(key_results) > MOST_KEY_RESULTS:
        found.append(hint(Rule.MANY_KEY_RESULTS, str(len(key_results))))
    return found


def load_hints(objectives: Iterable[LedObjective]) -> list[Hint]:
    """A hint for each unit that leads more than `MOST_OBJECTIVES` objectives of one cycle; its key is the unit's."""
    led: dict[tuple[str, str], int] = defaultdict(int)
    for item in objectives:
        if item.unit:
            led[item.unit, item.cycle] += 1
    return [Hint(Rule.MANY_OBJECTIVES, unit, unit, str(n)) for (unit, _), n in led.items() if n > MOST_OBJECTIVES]


def language_of(text: str) -> TextLanguage | None:
    """The language whose common words or verbs of work hit more often; None where neither or both do."""
    words = _words(text)
    german = sum(word in lists.COMMON["de"] or word in lists.INFINITIVES or word in lists.NOMINALS for word in words)
    english = sum(word in lists.COMMON["en"] or word in lists.IMPERATIVES for word in words)
    if re.search("[äöüß]", text.lower()):
        german += 1
    if german == english:
        return None
    return "de" if german > english else "en"


def activity(text: str) -> str | None:
    """The word that makes a title an activity and not a result, as it stands there; None where there is none.

    German: an infinitive of work at the end of a clause, "Wir" with such a verb, or a noun of work that begins the
    title before a genitive. A modal verb excuses an infinitive: what people can do is a result. English: a verb of work
    where an order begins. A title whose language is not clear is read both ways.
    """
    language = language_of(text)
    return (None if language == "en" else _german_activity(text)) or (
        None if language == "de" else _english_activity(text)
    )


def _german_activity(text: str) -> str | None:
    first = _parts(text)
    if len(first) > 1 and first[0].lower() in lists.NOMINALS and first[1].lower() in lists.GENITIVES:
        return first[0]
    if any(word in lists.MODALS for word in _words(text)):
        return None
    for clause in _CLAUSE.split(text):
        words = _parts(clause)
        # A verb alone is the rest of an enumeration ("erstellen und abstimmen"); a capital makes it a noun.
        if words and words[-1] in lists.INFINITIVES:
            return words[-1]
        if len(words) > 1 and words[0].lower() == "wir":
            if words[1] in lists.INFINITIVES:
                return words[1]
            if (words[1], words[-1]) in lists.SEPARABLE:
                return f"{words[1]} … {words[-1]}"
    return None


def _english_activity(text: str) -> str | None:
    beginning = _parts(text)
    if (
        len(beginning) > 1
        and beginning[0].lower() in lists.ENGLISH_NOMINALS
        and beginning[1].lower() in {"of", "a", "an", "the"}
    ):
        return beginning[0]
    for place, clause in enumerate(_ENGLISH_CLAUSE.split(text)):
        words = _parts(clause)
        while words and words[0].lower() in {"we", "will", "to"}:
            words = words[1:]
        if not words:
            continue
        word, following = words[0].lower(), words[1].lower() if len(words) > 1 else ""
        needs_more = word in lists.AMBIGUOUS or place > 0
        if word in lists.IMPERATIVES | lists.AMBIGUOUS and following != "of":
            if needs_more and following not in lists.DETERMINERS:
                continue
            return words[0]
    return None


def number_in(text: str) -> str | None:
    """The first number of a title, in digits or in words; a year, a version or a part of a name is none."""
    for found in _NUMBER.finditer(text):
        number = found.group().rstrip(".,")
        if not _YEAR.fullmatch(number) and not _VERSION.fullmatch(number):
            return number
    known = lists.NUMBER_WORDS["de"] | lists.NUMBER_WORDS["en"]
    return next((word for word in _parts(text) if word.lower() in known), None)


def _parts(text: str) -> list[str]:
    found: list[str] = _WORD.findall(text)
    return found


def _words(text: str) -> list[str]:
    return [word.lower() for word in _parts(text)]
