"""Small plans and packs of one rule, made in a test of the rule engine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

from smartdash.analysis.rules import PlanFacts, RuleResult
from smartdash.figures.rule_words import sentence
from smartdash.locale import LANGUAGES, words
from smartdash.model.grants import RuleParameter
from smartdash.model.money import CostKind, CostLine, FunderKind, FundingSource, PlanStatus, PlanVersion
from smartdash.model.rule_packs import RulePack
from smartdash.model.schedule import Phase

DAY = date(2026, 6, 30)
LINES = {
    "staff": CostKind.PERSONNEL,
    "goods": CostKind.MATERIAL,
    "advice": CostKind.ADVICE,
    "build": CostKind.INVESTMENT,
}
GIVERS = {"own": FunderKind.OWN, "third": FunderKind.THIRD_PARTY, "federal": FunderKind.FEDERAL, "beside": None}
PARAMETERS = [
    {"name": "rate", "unit": "percent", "title_de": "Quote", "title_en": "Rate"},
    {"name": "window", "unit": "days", "title_de": "Frist", "title_en": "Window"},
    {"name": "length", "unit": "months", "title_de": "Dauer", "title_en": "Length"},
    {"name": "notice", "unit": "date", "title_de": "Zusage", "title_en": "Notice"},
    {"name": "cap", "unit": "euro", "title_de": "Grenze", "title_en": "Cap"},
]
OWN = {"document": "Own", "checked_on": "2026-01-01"}


def pack(rule_type: str, scope: str | dict[str, str] = "total", **rule: Any) -> RulePack:
    """A pack "p" with the one rule "r"; a scope without a severity is an error."""
    scopes = {scope: "error"} if isinstance(scope, str) else scope
    texts = {f"{name}_{lang}": "x" for name in ("title", "explain") for lang in ("de", "en")}
    made = {"key": "r", "type": rule_type, "scope": scopes, "deciding": next(iter(scopes)), "source": OWN, **texts}
    return RulePack.model_validate(
        {"key": "p", "title_de": "P", "title_en": "P", "parameters": PARAMETERS, "rules": [{**made, **rule}]}
    )


def facts(costs: dict[Any, str], funding: dict[Any, str] | None = None, **more: Any) -> PlanFacts:
    """Facts with phase A for all lines but "build", which is phase B; amounts by (line, year) or line in 2024."""

    def cells(amounts: dict[Any, str]) -> dict[Any, D]:
        return {key if isinstance(key, tuple) else (key, 2024): D(amount) for key, amount in amounts.items()}

    given: dict[str, Any] = {
        "as_of": DAY,
        "version": PlanVersion(programme="p", key="v", title="V", status=PlanStatus.APPROVAL),
        "lines": [
            CostLine(programme="p", key=key, title=key, kind=kind, phase="B" if key == "build" else "A")
            for key, kind in LINES.items()
        ],
        "costs": cells(costs),
        "funders": [
            FundingSource(programme="p", key=key, title=key, kind=kind, outside_plan=key == "beside")
            for key, kind in GIVERS.items()
        ],
        "funding": {
            (*key[:2], key[2] if len(key) > 2 else None): amount for key, amount in cells(funding or {}).items()
        },
        "phases": [Phase(programme="p", key=key, title=key) for key in "AB"],
    }
    return PlanFacts(**{**given, **more})


def parameter(name: str, value: str | None = None, day: date | None = None, since: date | None = None) -> RuleParameter:
    number = None if value is None else D(value)
    return RuleParameter(programme="p", name=name, value=number, day=day, valid_from=since)


def told(results: tuple[RuleResult, ...]) -> list[tuple[str, str, str | None]]:
    """Place, status and room left of each result; every result has its sentence in both languages."""
    for result in results:
        for lang in LANGUAGES:
            text = sentence(result, words(lang))
            assert text.endswith(".")
            assert "{" not in text
    rooms = [None if item.room_left is None else str(item.room_left) for item in results]
    return [(item.place, item.status.value, room) for item, room in zip(results, rooms, strict=True)]


ADVICE = {
    "part": {"of": "cost", "kinds": ["advice"]},
    "whole": {"of": "cost", "kinds": ["personnel", "material"]},
    "factor": "1/3",
}
