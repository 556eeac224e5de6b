"""Survey waves: invitations and answers generated around a profile per unit and dimension of the shared model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from musterstadt_source.peers import peer_tables
from musterstadt_source.tables import Row, Tables, generator, pick, read, workday

DIMENSIONS = ("STR", "GOV", "INF", "SEC", "DAT", "SRV", "PEO", "PAR")
_CRITERIA = tuple(f"{dimension}{number}" for dimension in DIMENSIONS for number in (1, 2, 3))
_LOWEST, _HIGHEST = 1, 5
_AUTUMN = "2026-herbst"


def tables() -> Tables:
    """Rows of the survey waves, of what was said in them, and of the cities to compare with."""
    texts = read("maturity")
    waves = texts["survey_wave"]
    return {
        "survey_wave": waves,
        "invitation": [row for wave in waves for row in _invitations(wave, texts)],
        "response": [row for wave in waves for row in _wave(wave, texts)],
        "consensus": texts["consensus"],
        **peer_tables(texts, DIMENSIONS),
    }


def _seats(wave: Row, texts: Tables) -> Iterator[tuple[Row, int, str]]:
    """Who answers: the unit's profile, the place in the unit, and the pseudonym."""
    respondent = 0
    early = {row["unit"]: int(row["people"]) for row in texts["early"]}
    for profile in texts["profile"]:
        for seat in range(int(profile["respondents"])):
            respondent += 1
            if wave["key"] != _AUTUMN or seat < early.get(profile["unit"], 0):
                yield profile, seat, f"r{respondent:02}"


def _invitations(wave: Row, texts: Tables) -> Iterator[Row]:
    invited_on = workday(date.fromisoformat(wave["start"]) - timedelta(days=7)).isoformat()
    head = {"survey_wave": wave["key"], "invited_on": invited_on, "source": wave["source"]}
    respondent = 0
    for profile in texts["profile"]:
        for _ in range(int(profile["respondents"])):
            respondent += 1
            yield {**head, "unit": profile["unit"], "respondent": f"r{respondent:02}", "source_place": "Einladungen"}
    for row in texts["silent"]:
        if row["wave"] == wave["key"]:
            for place in range(int(row["people"])):
                reminded_on = workday(date.fromisoformat(wave["end"]) - timedelta(days=7)).isoformat()
                silent = {"unit": row["unit"], "respondent": f"s{place + 1}", "reminded_on": reminded_on}
                yield {**head, **silent, "source_place": "Einladungen"}


def _wave(wave: Row, texts: Tables) -> Iterator[Row]:
    numbers = generator(f"maturity {wave['key']}")
    change = texts["change"][0] if wave["key"] != "2025" else {}
    start, end = date.fromisoformat(wave["start"]), date.fromisoformat(wave["end"])
    if wave["key"] == _AUTUMN:
        end = date(2026, 8, 14)
    for profile, seat, respondent in _seats(wave, texts):
        mood = 0.5 * numbers.random() - 0.25
        answered_on = workday(start + timedelta(days=int(numbers.random() * ((end - start).days + 1))))
        unknown = {
            row["dimension"] for row in texts["unknown"] if (row["wave"], row["unit"]) == (wave["key"], profile["unit"])
        }
        for criterion in _CRITERIA:
            shift = mood + float(change.get(criterion[:3], 0))
            answer = _answer(profile, criterion, seat, shift, texts, numbers)
            if criterion[:3] in unknown and not criterion.endswith("1"):
                answer = {"state": "do_not_know"}
            yield {
                "survey_wave": wave["key"],
                "unit": profile["unit"],
                "respondent": respondent,
                "criterion": criterion,
                "answered_on": answered_on.isoformat(),
                **answer,
                "source": wave["source"],
                "source_place": f"Bogen {int(respondent[1:])}",
            }


def _answer(profile: Row, criterion: str, seat: int, shift: float, texts: Tables, numbers: Random) -> Row:
    """State, level, target, effort, evidence and comment of one answer; the first of a unit sets target and effort."""
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
        usual = texts["effort"][0][criterion[:3]]
        answer["effort"] = pick(numbers, (usual, usual, usual, "small", "medium", "large"))
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
