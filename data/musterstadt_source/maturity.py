"""Two survey waves: answers generated around a profile per unit and dimension of the shared maturity model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from musterstadt_source.tables import Row, Tables, generator, pick, read, workday

DIMENSIONS = ("STR", "GOV", "INF", "SEC", "DAT", "SRV", "PEO", "PAR")
_CRITERIA = tuple(f"{dimension}{number}" for dimension in DIMENSIONS for number in (1, 2, 3))
_LOWEST, _HIGHEST = 1, 5


def tables() -> Tables:
    """Rows of survey_wave and response."""
    texts = read("maturity")
    responses = [row for wave in texts["survey_wave"] for row in _wave(wave, texts)]
    return {"survey_wave": texts["survey_wave"], "response": responses}


def _wave(wave: Row, texts: Tables) -> Iterator[Row]:
    numbers = generator(f"maturity {wave['key']}")
    change = texts["change"][0] if wave["key"] == "2026" else {}
    start, end = date.fromisoformat(wave["start"]), date.fromisoformat(wave["end"])
    respondent = 0
    for profile in texts["profile"]:
        for seat in range(int(profile["respondents"])):
            respondent += 1
            mood = 0.5 * numbers.random() - 0.25
            answered_on = workday(start + timedelta(days=int(numbers.random() * ((end - start).days + 1))))
            for criterion in _CRITERIA:
                yield {
                    "survey_wave": wave["key"],
                    "unit": profile["unit"],
                    "respondent": f"r{respondent:02}",
                    "criterion": criterion,
                    "answered_on": answered_on.isoformat(),
                    **_answer(profile, criterion, seat, mood + float(change.get(criterion[:3], 0)), texts, numbers),
                    "source": wave["source"],
                    "source_place": f"Bogen {respondent}",
                }


def _answer(profile: Row, criterion: str, seat: int, shift: float, texts: Tables, numbers: Random) -> Row:
    """State, level, target, evidence and comment of one answer; the first respondent of a unit sets the targets."""
    mean = profile.get(criterion[:3])
    if mean is None:
        return {"state": "not_applicable"}
    chance = numbers.random()
    disputed = _about(texts["disagreement"], profile["unit"], criterion)
    if not disputed and chance < 0.07:
        return {"state": "do_not_know" if chance < 0.045 else "missing"}
    tilt = (1.2 if seat % 2 else -1.2) if disputed else 0.0
    level = _clip(round(float(mean) + shift + tilt + 1.3 * (numbers.random() - 0.5)))
    answer = {"state": "answered", "level": str(level)}
    if seat == 0:
        answer["target_level"] = str(_clip(level + int(pick(numbers, ("0", "1", "1", "1", "2")))))
    proof = [row["text"] for row in texts["evidence"] if row["criterion"] == criterion]
    if seat == 0 and proof and level >= 3:
        answer["evidence"] = proof[0]
    remarks = _about(texts["comment"], profile["unit"], criterion)
    if seat == 0 and remarks:
        answer["comment"] = remarks[0]["text"]
    return answer


def _about(rows: list[Row], unit: str, criterion: str) -> list[Row]:
    return [row for row in rows if row["unit"] == unit and row["criterion"] == criterion]


def _clip(level: int) -> int:
    return max(_LOWEST, min(_HIGHEST, level))
