"""Plan and funding in four versions that close to the cent, printed totals, and the series of postings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from musterstadt_source.tables import Row, Tables, generator, read, workday

YEARS = ("2025", "2026", "2027")
VERSIONS = {
    "antrag": "antrag",
    "bewilligung": "bescheid",
    "nachtrag-2026": "aenderung",
    "arbeitsstand-2027": "arbeitsstand",
}
"""Plan version → the document it stands in."""
_SHARES = {"3.3": Decimal("0.65"), "3.4": Decimal("0.15")}
_CENT = Decimal("0.01")
_LAST_POSTING = "2026-09-25"
_MISPRINT = ("1.2.6", "2026")
"""The one printed total whose digits are transposed."""
_PLAIN = (
    *("plan_version", "cost_line", "funding_source", "contract", "commitment", "commitment_step"),
    *("person_day_budget", "staffing", "budget_carry_over", "budget_transfer", "cost_forecast"),
    *("drawdown", "proof_of_use", "scenario", "scenario_price", "rule_pack_use", "rule_parameter", "waiver"),
)
_BLOCKED = {("1.2.2", "2026"): "3860.00"}
_EXTRA = {("1.2.3", "2025"): "4000.00"}
"""What the municipal budget of 2025 provides although the grant's plan does not."""

Amounts = dict[tuple[str, str], Decimal]
"""(line, year) → amount."""


def tables() -> Tables:
    """Rows of every record type of the area money."""
    texts = read("money")
    found: Tables = {name: texts[name] for name in _PLAIN}
    found["cost_amount"] = []
    found["funding_amount"] = []
    for version in VERSIONS:
        cost = _amounts(texts["plan"], "cost_line", version)
        funding = _funding(cost, _amounts(texts["fixed_funding"], "funding_source", version))
        found["cost_amount"] += _rows(version, "cost_line", cost)
        found["funding_amount"] += _rows(version, "funding_source", funding)
        if version == "bewilligung":
            found["stated_total"] = [*_cost_totals(texts["cost_line"], cost), *_funding_totals(texts, funding)]
    found["posting"] = _postings(texts)
    found["appropriation"] = _appropriations(_amounts(texts["plan"], "cost_line", "bewilligung"))
    found["person_day_use"] = list(_days_worked(texts["days_worked"]))
    return found


def _amounts(rows: list[Row], column: str, version: str) -> Amounts:
    return {
        (row[column], year): Decimal(amount)
        for row in rows
        for year, amount in zip(YEARS, row[version].split(), strict=True)
    }


def _funding(cost: Amounts, fixed: Amounts) -> Amounts:
    """Fixed amounts, shares of the year's cost rounded to the cent, and own funds as what is left."""
    funding = dict(fixed)
    for year in YEARS:
        total = sum((amount for (_, of_year), amount in cost.items() if of_year == year), Decimal(0))
        for source, share in _SHARES.items():
            funding[source, year] = (total * share).quantize(_CENT, ROUND_HALF_UP)
        inside = sum(funding[source, year] for source in ("3.2", *_SHARES))
        funding["3.1", year] = total - inside
    return dict(sorted(funding.items()))


def _rows(version: str, column: str, amounts: Amounts) -> list[Row]:
    return [
        {
            "plan_version": version,
            column: line,
            "year": year,
            "amount": str(amount.quantize(_CENT)),
            "source": VERSIONS[version],
            "source_place": f"Anlage 1, Position {line}",
        }
        for (line, year), amount in amounts.items()
        if amount
    ]


def _appropriations(approved: Amounts) -> list[Row]:
    """The budgets of 2025 and 2026 follow the approval; what came later is a carry-over or a transfer."""
    given = {key: amount for key, amount in approved.items() if key[1] != "2027" and amount}
    given |= {key: Decimal(amount) for key, amount in _EXTRA.items()}
    return [
        {
            "cost_line": line,
            "year": year,
            "amount": str(amount.quantize(_CENT)),
            **({"blocked": _BLOCKED[line, year]} if (line, year) in _BLOCKED else {}),
            "source": "haushalt",
            "source_place": f"Haushalt {year}, Position {line}",
        }
        for (line, year), amount in sorted(given.items(), key=lambda pair: pair[0][::-1])
    ]


def _days_worked(series: list[Row]) -> Iterator[Row]:
    for row in series:
        first = _month_number(row["first"])
        for month, days in enumerate(row["days"].split(), start=first):
            following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
            yield {
                "person_day_budget": row["person_day_budget"],
                "reported_on": (following - timedelta(days=1)).isoformat(),
                "days": days,
                "source": "vertraege",
                "source_place": f"Leistungsnachweis {month % 12 + 1:02}/{month // 12}",
            }


def _sum_below(amounts: Amounts, code: str, year: str | None) -> Decimal:
    found = [
        amount
        for (line, of_year), amount in amounts.items()
        if f"{line}.".startswith(f"{code}.") and year in (None, of_year)
    ]
    return sum(found, Decimal(0))


def _cost_totals(lines: list[Row], cost: Amounts) -> Iterator[Row]:
    parents = {row["parent"] for row in lines if "parent" in row}
    for row in lines:
        for year in (*YEARS, None) if row["key"] in parents else ():
            amount = _sum_below(cost, row["key"], year)
            if (row["key"], year) == _MISPRINT:
                amount = _transposed(amount)
            yield _total(row["key"], f"Summe {row['title']}", year, amount, subject="cost", cost_line=row["key"])


def _transposed(amount: Decimal) -> Decimal:
    """The amount with its third and fourth digit swapped.

    Raises:
        ValueError: the two digits are equal, so that swapping them changes nothing.
    """
    digits = str(amount)
    if digits[2] == digits[3]:
        raise ValueError(f"swapping equal digits of {amount}")
    return Decimal(digits[:2] + digits[3] + digits[2] + digits[4:])


def _funding_totals(texts: Tables, funding: Amounts) -> Iterator[Row]:
    inside = {key: amount for key, amount in funding.items() if key[0] != "3.9"}
    for year in (*YEARS, None):
        total = _sum_below(inside, "3", year)
        yield _total("3", "Summe Finanzierung", year, total, subject="funding", funding_source="3")
    total = _sum_below(inside, "3", None)
    for row in texts["funding_source"]:
        if row.get("parent") == "3":
            share = (_sum_below(inside, row["key"], None) / total * 100).quantize(_CENT, ROUND_HALF_UP)
            title = f"Anteil {row['title']} in Prozent"
            yield _total(f"{row['key']}-Anteil", title, None, share, subject="share", funding_source=row["key"])


def _total(code: str, label: str, year: str | None, amount: Decimal, **what: str) -> Row:
    return {
        "plan_version": "bewilligung",
        "code": code,
        "label": label,
        **what,
        **({"year": year} if year else {}),
        "amount": str(amount.quantize(_CENT)),
        "source": "bescheid",
        "source_place": f"Anlage 1, Zeile {code}",
    }


def _postings(texts: Tables) -> list[Row]:
    numbers = generator("money")
    rows = [dict(row) for row in texts["single_posting"]]
    for series in texts["series"]:
        rows += _series(series, numbers)
    rows.sort(key=lambda row: (row["booked_on"], row["cost_line"], row["text"]))
    keys = {row["text"]: f"B{number:04}" for number, row in enumerate(rows, start=1)}
    return [
        {
            "key": f"B{number:04}",
            **row,
            **_reversed(row["text"], keys),
            "receipt": f"{'GK' if row['kind'] == 'credit' else 'RE'}-{row['booked_on'][:4]}-{number:04}",
            "source": "buchhaltung",
            "source_place": f"Zeile {number}",
        }
        for number, row in enumerate(rows, start=1)
    ]


def _reversed(text: str, keys: dict[str, str]) -> Row:
    """The posting that a reversal undoes: the one whose text follows the word."""
    word, _, undone = text.partition(" ")
    return {"reverses": keys[undone]} if word == "Storno" else {}


def _series(series: Row, numbers: Random) -> Iterator[Row]:
    first, last = _month_number(series["first"]), _month_number(series["last"])
    for month in range(first, last + 1, int(series["every"])):
        spread = Decimal(series["spread"]) / 100 * Decimal(str(round(2 * numbers.random() - 1, 4)))
        day = 26 if series["kind"] == "personnel" else 4 + int(numbers.random() * 22)
        booked_on = workday(date(month // 12, month % 12 + 1, day)).isoformat()
        if booked_on > _LAST_POSTING:
            continue
        paid = {"commitment": series["commitment"]} if "commitment" in series else {}
        yield {
            "cost_line": series["cost_line"],
            "booked_on": booked_on,
            "amount": str((Decimal(series["amount"]) * (1 + spread)).quantize(_CENT, ROUND_HALF_UP)),
            "kind": series["kind"],
            "text": f"{series['text']} {month % 12 + 1:02}/{month // 12}",
            **paid,
        }


def _month_number(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1
