"""Invitations to a survey: pseudonyms, how far each person has answered, and who has to be reminded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartdash.model.surveys import Invitation, SurveyWave

_SIGNS = "cdfhjkmnprtvwx3479"
"""Signs that are not taken for one another in print or in handwriting; without vowels, none make a word."""
_GROUP = 4


@dataclass(frozen=True, slots=True)
class InvitationStanding:
    """How far an invited person has answered: `answered` of `asked` questions, last on a day; None where never."""

    invitation: Invitation
    answered: int
    asked: int
    last: date | None

    @property
    def open(self) -> bool:
        """Whether nothing was answered yet."""
        return self.last is None


def new_respondents(count: int, taken: Iterable[str], pick: Callable[[str], str]) -> list[str]:
    """Pseudonyms such as "k4tm-x7rp" that nobody has or had.

    Args:
        count: How many.
        taken: All that were ever given.
        pick: Draws one of several signs at random; `secrets.choice`, so that nobody can guess a pseudonym.
    """
    given = set(taken)
    made: list[str] = []
    while len(made) < count:
        drawn = "-".join("".join(pick(_SIGNS) for _ in range(_GROUP)) for _ in range(2))
        if drawn not in given:
            given.add(drawn)
            made.append(drawn)
    return made


def new_invitations(
    wave: SurveyWave, counts: Mapping[str, int], day: date, taken: Iterable[str], pick: Callable[[str], str]
) -> list[Invitation]:
    """Invitations for so many people of each unit, each with a new pseudonym; `taken` and `pick` as above."""
    units = [unit for unit, count in counts.items() for _ in range(count)]
    return [
        Invitation(
            programme=wave.programme,
            key="",
            survey_wave=wave.key,
            unit=unit,
            respondent=respondent,
            invited_on=day,
            demo=wave.demo,
        )
        for unit, respondent in zip(units, new_respondents(len(units), taken, pick), strict=True)
    ]


def standings(
    invitations: Iterable[Invitation], answered: Mapping[tuple[str, str], tuple[int, date]], asked: int
) -> list[InvitationStanding]:
    """How far each person invited to a wave is.

    Args:
        invitations: Of one wave.
        answered: By unit and pseudonym how many questions were answered, and when last; who has answered none is not
            in it.
        asked: How many questions there are.
    """
    found = []
    for invitation in invitations:
        count, last = answered.get((invitation.unit, invitation.respondent), (0, None))
        found.append(InvitationStanding(invitation, count, asked, last))
    return found


def to_remind(found: Sequence[InvitationStanding]) -> dict[str, list[Invitation]]:
    """The invitations that nothing was answered to, by unit."""
    units: dict[str, list[Invitation]] = defaultdict(list)
    for one in found:
        if one.open:
            units[one.invitation.unit].append(one.invitation)
    return dict(units)


def wave_key(start: date, taken: Collection[str]) -> str:
    """The key of a new wave: the year it begins in, with a number where that is taken."""
    year, number = str(start.year), 1
    while (key := year if number == 1 else f"{year}-{number}") in taken:
        number += 1
    return key
