"""Statements dealt out to events, some split in two; what they led to, and how they were answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

from musterstadt_source.tables import Row, Tables, generator, pick, read, workday

_EVERYTHING = ("W10", "W11", "W14", "W15", "W16", "W18", "W20", "W22")
"""Events open to all topics; the others collect what belongs to their field."""
_TOPICS = {
    "W01": ("Zusammenarbeit",),
    "W02": ("Wartezeiten und Termine", "Papier und Akten"),
    "W03": ("Baustellen", "Parken"),
    "W04": ("Energie in Gebäuden", "Baustellen", "Daten teilen"),
    "W05": ("Bus und Bahn",),
    "W06": ("Wartezeiten und Termine", "Papier und Akten", "Formulare und Sprache"),
    "W07": ("Baustellen", "Bus und Bahn", "Parken"),
    "W08": ("Energie in Gebäuden", "Grün und Hitze"),
    "W09": ("Daten teilen", "Ausfallsicherheit"),
    "W12": ("Hilfe vor Ort", "Barrierefreiheit", "Formulare und Sprache"),
    "W13": ("Leerstand und Handel", "Veranstaltungen"),
    "W17": ("Zusammenarbeit",),
    "W19": ("Daten teilen", "Ausfallsicherheit"),
    "W21": ("Papier und Akten",),
}
_SIZES = {"W10": 20, "W12": 8, "W14": 24, "W15": 7, "W20": 9, "W22": 6}
_USUAL_SIZE = 4

_CONDENSED_AT = (("W16", date(2025, 11, 13)), ("W18", date(2026, 1, 14)))
"""The events at which what had been collected before them was condensed."""
_DRAFTED = date(2026, 1, 23)
_ANSWERS = {"W20": (date(2026, 7, 6), 5), "W22": (date(2026, 8, 24), 2)}
"""First day and weeks in which an event's contributions were answered; the others follow the adopted strategy."""
_USUAL_ANSWERS = (date(2026, 5, 18), 7)
_DRAFT_ANSWER = "Das Anliegen steht im Entwurf der Strategie. Der Rat entscheidet im Frühjahr 2026."


def tables(events: list[Row], rejected: frozenset[str]) -> Tables:
    """Rows of contribution, consideration and of the links that start at contributions.

    `rejected` elements take up nothing that was said after the goals were set.
    """
    sayings = read("contributions")
    by_key = {event["key"]: event for event in events}
    clusters = {row["name"]: row for row in sayings["cluster"]}
    said = list(_dealt_out(events, sayings, generator("contributions")))
    wholes = {whole["key"]: list(_parts(whole, sayings["split"])) for whole in said}
    everything = [row for whole in said for row in (whole, *wholes[whole["key"]])]
    return {
        "contribution": [_contribution(row, by_key[row["event"]], clusters[row["cluster"]]) for row in everything],
        "consideration": list(_considerations(said, wholes, by_key, clusters)),
        "link": list(_links(said, wholes, rejected)),
    }


def _dealt_out(events: list[Row], sayings: Tables, numbers: Random) -> Iterator[Row]:
    """Deal the statements out, the least heard first; one that was heard before gets an addition.

    What has no answer is never said in public.
    """
    additions = [row["text"] for row in sayings["addition"]]
    heard = {row["text"]: 0 for row in sayings["statement"]}
    for event in events:
        topics = _TOPICS.get(event["key"])
        if topics is None and event["key"] not in _EVERYTHING:
            continue
        fitting = [
            row
            for row in sayings["statement"]
            if (topics is None or row["cluster"] in topics) and ("answer" in row or event["audience"] != "public")
        ]
        for number in range(1, _SIZES.get(event["key"], _USUAL_SIZE) + 1):
            saying = min(fitting, key=lambda row: (heard[row["text"]], numbers.random()))
            again = f" {pick(numbers, additions)}" if heard[saying["text"]] else ""
            heard[saying["text"]] += 1
            votes = int(18 * numbers.random() ** 2)
            yield {
                **saying,
                "key": f"{event['key']}-{number:02}",
                "statement": saying["text"],
                "text": saying["text"] + again,
                "event": event["key"],
                "collected_on": _collected_on(event, numbers).isoformat(),
                **({"votes": str(votes)} if event["kind"] in ("workshop", "forum", "survey") else {}),
                "source_place": f"Protokoll {event['key']}, Beitrag {number}",
            }


def _collected_on(event: Row, numbers: Random) -> date:
    held_on = date.fromisoformat(event["held_on"])
    days = (date.fromisoformat(event["ends_on"]) - held_on).days + 1 if "ends_on" in event else 3
    return held_on + timedelta(days=int(numbers.random() * days))


def _parts(whole: Row, splits: list[Row]) -> Iterator[Row]:
    for letter, part in zip("ab", (row for row in splits if row["text"] == whole["statement"]), strict=False):
        yield {
            **{name: whole[name] for name in ("event", "collected_on", "cluster")},
            **{name: part[name] for name in ("elements", "outcome", "answer")},
            "key": f"{whole['key']}{letter}",
            "text": part["part"],
            "source_place": f"{whole['source_place']}, Teil {letter}",
        }


def _contribution(row: Row, event: Row, cluster: Row) -> Row:
    """The contribution as a record: public where it was collected in public, never otherwise."""
    kept = ("key", "text", "event", "collected_on", "cluster", "votes", "source_place")
    field = {"field_of_work": cluster["field_of_work"]} if "field_of_work" in cluster else {}
    public = "true" if event["audience"] == "public" else "false"
    return {**{name: row[name] for name in kept if name in row}, **field, "source": "beteiligung", "public": public}


def _considerations(
    said: list[Row], wholes: dict[str, list[Row]], events: dict[str, Row], clusters: dict[str, Row]
) -> Iterator[Row]:
    """Four of five public contributions are answered, with their parts; a few had a first answer to the draft."""
    numbers = generator("considerations")
    number = 0
    for whole in said:
        chance, day_drawn, draft = numbers.random(), numbers.random(), numbers.random()
        start, weeks = _ANSWERS.get(whole["event"], _USUAL_ANSWERS)
        if events[whole["event"]]["audience"] != "public" or chance > 0.86:
            continue
        answered_on = workday(start + timedelta(days=int(day_drawn * 7 * weeks)))
        unit = clusters[whole["cluster"]]["unit"]
        for row in (whole, *wholes[whole["key"]]):
            answers = [(answered_on, row["outcome"], row["answer"])]
            if draft < 0.1 and start == _USUAL_ANSWERS[0] and row["outcome"] == "adopted":
                answers.insert(0, (_DRAFTED, "partly", _DRAFT_ANSWER))
            for day, outcome, answer in answers:
                number += 1
                yield {
                    "contribution": row["key"],
                    "considered_on": day.isoformat(),
                    "outcome": outcome,
                    "reason": answer,
                    "unit": unit,
                    "source": "abwaegung",
                    "source_place": f"Abwägung {number}",
                }


def _links(said: list[Row], wholes: dict[str, list[Row]], rejected: frozenset[str]) -> Iterator[Row]:
    """What was split leads to its parts; the others to one element, or to two where one said both."""
    numbers = generator("links")
    for whole in said:
        parts = wholes[whole["key"]]
        for part in parts:
            yield link(whole, part["key"], "split")
        for row in parts or [whole]:
            yield from _to_elements(row, rejected, numbers)


def _to_elements(row: Row, rejected: frozenset[str], numbers: Random) -> Iterator[Row]:
    """An element that later went on in another one is named first: it was there before the other."""
    late = date.fromisoformat(row["collected_on"]) > _CONDENSED_AT[0][1]
    elements = [key for key in row.get("elements", "").split() if not (late and key in rejected)]
    chance = numbers.random()
    if not elements:
        return
    if chance < 0.1 and len(elements) > 1:
        for target in elements[:2]:
            yield link(row, target, "split")
    else:
        target = elements[0] if elements[0] in rejected else pick(numbers, elements)
        yield link(row, target, "merged" if chance < 0.4 else "derived")


def link(origin: Row, target: str, kind: str) -> Row:
    """A link from a contribution, made at the next event at which contributions were condensed."""
    day = date.fromisoformat(origin["collected_on"])
    event = next((key for key, held_on in _CONDENSED_AT if day < held_on), None)
    return {
        "origin": origin["key"],
        "target": target,
        "kind": kind,
        **({"event": event} if event else {}),
        "source": "strategie",
        "source_place": f"Anlage 2, Cluster {origin['cluster']}",
    }


def attendances(events: Iterable[Row]) -> Iterator[Row]:
    """The bodies that took part in each event, with their numbers."""
    for event in events:
        for body in filter(None, event.get("attended", "").split(", ")):
            unit, participants = body.split()
            yield {
                "event": event["key"],
                "unit": unit,
                "participants": participants,
                "source": event["source"],
                "source_place": f"Protokoll {event['key']}, Teilnahme",
            }
