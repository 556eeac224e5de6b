"""Events, strategy elements and values as written; contributions dealt out to events, and the links that follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from musterstadt_source.tables import Row, Tables, generator, pick, read, without

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


def tables() -> Tables:
    """Rows of event, contribution, strategy_element, link and indicator_value."""
    texts = read("workshops")
    sayings = read("contributions")
    contributions = list(_contributions(texts["event"], sayings, generator("contributions")))
    clusters = {row["name"]: row.get("elements", "").split() for row in sayings["cluster"]}
    return {
        "event": texts["event"],
        "contribution": contributions,
        "strategy_element": [without(row, "links") for row in texts["strategy_element"]],
        "link": [*_written_links(texts["strategy_element"]), *_derived_links(contributions, clusters)],
        "indicator_value": texts["indicator_value"],
    }


def _contributions(events: list[Row], sayings: Tables, numbers: Random) -> Iterator[Row]:
    """Deal the statements out, the least heard first; one that was heard before gets an addition."""
    additions = [row["text"] for row in sayings["addition"]]
    heard = {row["text"]: 0 for row in sayings["statement"]}
    for event in events:
        topics = _TOPICS.get(event["key"])
        if topics is None and event["key"] not in _EVERYTHING:
            continue
        fitting = [row for row in sayings["statement"] if topics is None or row["cluster"] in topics]
        for number in range(1, _SIZES.get(event["key"], _USUAL_SIZE) + 1):
            saying = min(fitting, key=lambda row: (heard[row["text"]], numbers.random()))
            again = f" {pick(numbers, additions)}" if heard[saying["text"]] else ""
            heard[saying["text"]] += 1
            yield _contribution(event, number, saying["cluster"], saying["text"] + again, numbers)


def _contribution(event: Row, number: int, cluster: str, text: str, numbers: Random) -> Row:
    held_on = date.fromisoformat(event["held_on"])
    voted = {"votes": str(int(18 * numbers.random() ** 2))} if event["kind"] in ("workshop", "forum", "survey") else {}
    return {
        "key": f"{event['key']}-{number:02}",
        "text": text,
        "event": event["key"],
        "collected_on": (held_on + timedelta(days=int(numbers.random() * 3))).isoformat(),
        "cluster": cluster,
        **voted,
        "source": "beteiligung",
        "source_place": f"Protokoll {event['key']}, Beitrag {number}",
    }


def _written_links(elements: list[Row]) -> Iterator[Row]:
    for element in elements:
        for link in filter(None, element.get("links", "").split(", ")):
            kind, target = link.split()
            yield _link(element["key"], target, kind, f"Abschnitt 3, {element['key']}")


def _derived_links(contributions: list[Row], clusters: dict[str, list[str]]) -> Iterator[Row]:
    """Four of five contributions led to elements: one, or two when a contribution was split."""
    numbers = generator("links")
    for contribution in contributions:
        elements = clusters[contribution["cluster"]]
        chance = numbers.random()
        if not elements or chance > 0.85:
            continue
        place = f"Anlage 2, Cluster {contribution['cluster']}"
        if chance < 0.1 and len(elements) > 1:
            for target in elements[:2]:
                yield _link(contribution["key"], target, "split", place)
        else:
            kind = "merged" if chance < 0.35 else "derived"
            yield _link(contribution["key"], pick(numbers, elements), kind, place)


def _link(origin: str, target: str, kind: str, place: str) -> Row:
    return {"origin": origin, "target": target, "kind": kind, "source": "strategie", "source_place": place}
