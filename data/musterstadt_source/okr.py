"""Cycles, objectives, key results and what hangs on them as written; check-ins and scores made from how they end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from musterstadt_source import conferences
from musterstadt_source.tables import Row, Tables, generator, pick, read, without, workday

_OWN_SERIES_FROM = date(2026, 9, 26)
_CAUSE_BELOW = Decimal("0.7")
_CENT = Decimal("0.01")
_KINDS = ("forward", "stalled", "back")


def tables() -> Tables:
    """Rows of cycle, objective, key_result, check_in, score, review, contributing_unit, alignment and conferences."""
    texts = read("okr")
    aligned = read("alignment")
    numbers = generator("okr")
    remarks = {kind: [row["text"] for row in texts["remark"] if row["kind"] == kind] for kind in _KINDS}
    cycles = {row["key"]: row for row in texts["cycle"]}
    check_ins: list[Row] = []
    scores: list[Row] = []
    changing = [*texts["key_result"], *texts["further_key_result"]]
    further = {row["key"] for row in texts["further_key_result"]}
    for result in changing:
        cycle = _cycle(result["key"], cycles)
        own = generator(f"okr {result['key']}") if result["key"] in further else numbers
        reports = list(_check_ins(result, cycle, own, remarks))
        check_ins += reports
        if reports:
            scores.append(_score(result, cycle, Decimal(reports[-1]["value"])))
    objectives = [_objective(row) for row in texts["objective"]]
    key_results = [*map(_key_result, changing), *map(_stepwise, texts["stepwise_key_result"])]
    return conferences.tables(key_results, objectives) | {
        "cycle": texts["cycle"],
        "objective": objectives,
        "key_result": key_results,
        "key_result_milestone": texts["key_result_milestone"],
        "phased_target": texts["phased_target"],
        "check_in": [*check_ins, *texts["written_check_in"]],
        "score": [*scores, *(_written_score(row, cycles) for row in texts["written_score"])],
        "review": [_review(row, cycles) for row in aligned["review"]],
        "contributing_unit": aligned["contributing_unit"],
        "alignment": aligned["alignment"],
    }


def _objective(row: Row) -> Row:
    cycle, order = row["key"].rsplit("-", 1)
    carried = {"predecessor": f"O-{row['predecessor']}"} if "predecessor" in row else {}
    return {**row, "key": f"O-{row['key']}", "cycle": cycle, "order": order, **carried}


def _cycle(key: str, cycles: dict[str, Row]) -> Row:
    """The cycle of an objective or key result, by its key as written."""
    return cycles[key.rsplit("-", 1)[0]]


def _key_result(row: Row) -> Row:
    values = {"baseline": row.get("baseline", ""), "target": row["target"], "kind": "change"}
    if ".." in row["target"]:
        values = {"kind": "band", **dict(zip(("band_low", "band_high", "tolerance"), _band(row), strict=True))}
    carried = {"predecessor": f"KR-{row['predecessor']}"} if "predecessor" in row else {}
    return {
        **without(row, "target", "type", "end", "pattern", "cause", "reason"),
        **values,
        **carried,
        **_place(row),
    }


def _stepwise(row: Row) -> Row:
    """A key result that is measured by milestones or zones."""
    return without(row, "type") | _place(row)


def _place(row: Row) -> Row:
    """Where a key result belongs and of which type it is, from its key and type as written."""
    objective, order = row["key"].split(".")
    return {
        "key": f"KR-{row['key']}",
        "objective": f"O-{objective}",
        "order": order,
        "commitment": "committed" if row["type"][0] == "c" else "aspirational",
        "timing": "leading" if row["type"][1] == "e" else "lagging",
    }


def _band(row: Row) -> tuple[str, str, str]:
    limits, tolerance = row["target"].split("/")
    low, high = limits.split("..")
    return low, high, tolerance


def _check_ins(result: Row, cycle: Row, numbers: Random, remarks: dict[str, list[str]]) -> Iterator[Row]:
    start, end = date.fromisoformat(cycle["start"]), date.fromisoformat(cycle["end"])
    days = [] if result.get("pattern") == "none" else _days(start, end, result.get("pattern"), numbers)
    pace = Decimal("0.6") + Decimal("1.4") * _draw(numbers)
    before: Decimal | None = None
    later = generator(f"okr {result['key']} later")
    for day in days:
        if day >= _OWN_SERIES_FROM:
            numbers = later
        elapsed = min(Decimal(1), Decimal((day - start).days) / Decimal((end - start).days - 6))
        value = _value(result, elapsed**pace, _draw(numbers))
        forecast = value if day >= end else _forecast(result, elapsed, _draw(numbers))
        move = _move(result, before, value)
        remark = {"comment": pick(numbers, remarks[move])} if move and numbers.random() < 0.4 else {}
        yield {
            "key_result": f"KR-{result['key']}",
            "reported_on": day.isoformat(),
            "value": str(value),
            "confidence": str(_confidence(result, elapsed, _draw(numbers))),
            "forecast": str(forecast),
            **remark,
            "source": "okr",
            "source_place": f"Check-in {day:%d.%m.%Y}",
        }
        before = value


def _draw(numbers: Random) -> Decimal:
    """An even number between 0 and 1 in four digits, so that every platform computes the same."""
    return Decimal(str(round(numbers.random(), 4)))


def _days(start: date, end: date, pattern: str | None, numbers: Random) -> list[date]:
    """Every two to three weeks, with a last report in the closing week of the cycle."""
    days = [start + timedelta(days=11 + int(numbers.random() * 6))]
    while days[-1] < end - timedelta(days=27):
        days.append(days[-1] + timedelta(days=14 + int(numbers.random() * 8)))
    days.append(end + timedelta(days=6) if pattern == "late" else end - timedelta(days=int(numbers.random() * 5)))
    days = [workday(day) for day in days]
    if pattern == "close":
        days.insert(2, days[1] + timedelta(days=1 if days[1].weekday() < 4 else 3))
    return days


def _step(result: Row) -> Decimal:
    """The step in which a value is reported: as fine as the written values, finer for a narrow range."""
    written = [Decimal(part) for part in (_band(result)[:2] if ".." in result["target"] else _span(result))]
    whole = all(value == value.to_integral_value() and "." not in str(value) for value in written)
    return Decimal(1) if whole and result["measured_in"] != "%" else Decimal("0.1")


def _span(result: Row) -> tuple[str, str]:
    return result["baseline"], result["target"]


def _value(result: Row, way: Decimal, chance: Decimal) -> Decimal:
    """The value after a share of the way; noise fades towards the end, where the value is the written end."""
    noise = (chance - Decimal("0.5")) * (1 - way)
    if ".." in result["target"]:
        low, high, tolerance = (Decimal(part) for part in _band(result))
        middle = (low + high) / 2
        value = middle + (Decimal(result["end"].removeprefix("=")) - middle) * way + noise * tolerance / 3
        value = min(value, Decimal(100)) if result["measured_in"] == "%" else value
    else:
        low, aim = (Decimal(part) for part in _span(result))
        end = Decimal(result["end"])
        share = end * way + noise * Decimal("0.24")
        value = low + (aim - low) * (max(share, Decimal(0)) if end >= 0 and low == 0 else share)
    return _rounded(result, value)


def _forecast(result: Row, elapsed: Decimal, chance: Decimal) -> Decimal:
    """What is expected for the cycle's end: hopeful at first, close to the written end later."""
    if ".." in result["target"]:
        low, high, _ = (Decimal(part) for part in _band(result))
        hoped, end = (low + high) / 2, Decimal(result["end"].removeprefix("="))
    else:
        baseline, hoped = (Decimal(part) for part in _span(result))
        end = baseline + (hoped - baseline) * Decimal(result["end"])
    learned = min(Decimal(1), elapsed * (Decimal("0.8") + chance / 2))
    return _rounded(result, hoped + (end - hoped) * learned)


def _rounded(result: Row, value: Decimal) -> Decimal:
    value = value.quantize(_step(result), ROUND_HALF_UP)
    return abs(value) if value == 0 else value


def _move(result: Row, before: Decimal | None, value: Decimal) -> str | None:
    """The kind of move since the last check-in; nothing for the first one and for a band."""
    if before is None or ".." in result["target"]:
        return None
    if before == value:
        return "stalled"
    baseline, target = (Decimal(part) for part in _span(result))
    return "forward" if (value > before) == (target > baseline) else "back"


def _confidence(result: Row, elapsed: Decimal, chance: Decimal) -> int:
    """Starts at about six for everybody and comes to tell the end apart as the cycle goes on."""
    outcome = _progress(result, _value(result, Decimal(1), chance))
    drift = (min(outcome, Decimal("1.1")) - Decimal("0.7")) * 9 * elapsed
    return max(0, min(10, round(6 + drift + 3 * chance - Decimal("1.5"))))


def _score(result: Row, cycle: Row, value: Decimal) -> Row:
    score = min(Decimal(1), max(Decimal(0), _progress(result, value))).quantize(_CENT, ROUND_HALF_UP)
    missed = {name: result[name] for name in ("cause", "reason") if score < _CAUSE_BELOW}
    return {
        "key_result": f"KR-{result['key']}",
        "scored_on": _conference_day(cycle).isoformat(),
        "value": str(score),
        **missed,
        "source": "okr",
        "source_place": f"Quartalskonferenz {cycle['title']}",
    }


def _written_score(row: Row, cycles: dict[str, Row]) -> Row:
    scored_on = _conference_day(_cycle(row["key_result"], cycles)).isoformat()
    return {**row, "key_result": f"KR-{row['key_result']}", "scored_on": scored_on}


def _review(row: Row, cycles: dict[str, Row]) -> Row:
    reviewed_on = _conference_day(_cycle(row["objective"], cycles)).isoformat()
    return {**row, "objective": f"O-{row['objective']}", "reviewed_on": reviewed_on}


def _conference_day(cycle: Row) -> date:
    return date.fromisoformat(cycle["end"]) + timedelta(days=7)


def _progress(result: Row, value: Decimal) -> Decimal:
    if ".." in result["target"]:
        low, high, tolerance = (Decimal(part) for part in _band(result))
        return 1 - max(low - value, value - high, Decimal(0)) / tolerance
    baseline, target = (Decimal(part) for part in _span(result))
    return (value - baseline) / (target - baseline)
