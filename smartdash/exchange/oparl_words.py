"""What the free words of a council information system mean: kinds of papers and bodies, roles, results.

OParl leaves these texts open (paperType, classification, role, result) and only gives examples; a word that is not
known here means nothing rather than something that might be wrong.
"""

from __future__ import annotations

import re
from typing import TypeVar

from smartdash.model.committees import CommitteeKind, ConsultationResult, ConsultationRole, PaperKind
from smartdash.model.declare import Choice

C = TypeVar("C", bound=Choice)

_BODIES = (
    (r"beirat|beirät", CommitteeKind.ADVISORY),
    (r"lenkung", CommitteeKind.STEERING),
    (r"ausschuss|kommission", CommitteeKind.COMMITTEE),
    (
        r"parlament|\brat\b|(stadt|gemeinde|verbands|markt)rat|kreistag|vertretung|ratsversammlung|stadtverordnete|bürgerschaft",
        CommitteeKind.COUNCIL,
    ),
)
_PAPERS = (
    (r"mitteilung|bericht|information|kenntnis|antwort|stellungnahme", PaperKind.INFORMATION),
    (r"antrag|anträge", PaperKind.MOTION),
    (r"beschluss|entscheidung|satzung", PaperKind.DECISION),
)
_ROLES = (
    (r"kenntnis|information|mitteilung|bericht", ConsultationRole.NOTICE),
    (r"vorberat|empfehl|anhörung|stellungnahme|mitberat", ConsultationRole.PREPARATORY),
    (r"entscheid|beschl", ConsultationRole.DECISION),
    (r"berat", ConsultationRole.PREPARATORY),
)
_RESULTS = (
    (r"vertagt|zurückgestellt|abgesetzt", ConsultationResult.DEFERRED),
    (r"verwiesen|überwiesen", ConsultationResult.REFERRED),
    (r"abgelehnt", ConsultationResult.REJECTED),
    (r"zur kenntnis|kenntnisnahme|kenntnis genommen", ConsultationResult.NOTED),
    (r"empfohlen|empfehlung", ConsultationResult.RECOMMENDED),
    (r"(?<!un)geändert|mit änderung|in geänderter|abweichend", ConsultationResult.AMENDED),
    (r"beschlossen|zugestimmt|angenommen|zustimmung", ConsultationResult.ADOPTED),
)
_DENIED = r"\b(nicht|kein\w*)\b|ohne (empfehlung|votum|beschluss|ergebnis)"


def body_kind(*words: str | None) -> CommitteeKind | None:
    """What an organisation is, by the first of its classification and names that says so."""
    return next((kind for word in words if (kind := _meaning(word, _BODIES))), None)


def paper_kind(word: str | None) -> PaperKind | None:
    """What a paper asks for; "Beantwortung eines Antrags" informs, "Beschlussvorlage" asks for a decision."""
    return _meaning(word, _PAPERS)


def consultation_role(word: str | None) -> ConsultationRole | None:
    """What a committee does with a paper; "Beschlussempfehlung" prepares, "Beratung und Beschlussfassung" decides."""
    return _meaning(word, _ROLES)


def consultation_result(word: str | None) -> ConsultationResult | None:
    """How a consultation ended; nothing where the word denies something, as in "nicht empfohlen"."""
    if word and re.search(_DENIED, word.casefold()):
        return None
    return _meaning(word, _RESULTS)


def _meaning(word: str | None, known: tuple[tuple[str, C], ...]) -> C | None:
    text = (word or "").casefold()
    return next((meaning for pattern, meaning in known if text and re.search(pattern, text)), None)
