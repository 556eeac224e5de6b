"""The rule packs that ship with the program, read once and validated; nothing of a pack is ever run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from smartdash.model.rule_packs import RulePack
from smartdash.store.errors import RulePackBroken

FOLDER = Path(__file__).resolve().parents[2] / "data" / "rules"

EVERYWHERE = "plan"
"""The pack of plausibility rules that binds every programme."""


@lru_cache(maxsize=1)
def rule_packs() -> Mapping[str, RulePack]:
    """Every rule pack by its key, which is the name of its file; raises RulePackBroken as `read_packs`."""
    return MappingProxyType(read_packs(FOLDER))


def read_packs(folder: Path) -> dict[str, RulePack]:
    """The rule packs of a folder by key, in the order of their files.

    Raises:
        RulePackBroken: a file is no YAML, or no valid rule pack; it names file, rule and field.
    """
    packs = {}
    for path in sorted(folder.glob("*.yaml")):
        pack = _read(path)
        if pack.key != path.stem:
            raise RulePackBroken(path.name, "", "key", f"{pack.key} ≠ {path.stem}")
        packs[pack.key] = pack
    return packs


def _read(path: Path) -> RulePack:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RulePackBroken(path.name, "", "", " ".join(str(error).split())) from error
    try:
        return RulePack.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        found = first.get("ctx", {})
        rule, field = (found["rule"], found["field"]) if "rule" in found else _named(content, first["loc"])
        raise RulePackBroken(path.name, rule, field, first["msg"]) from error


def _named(content: Any, place: tuple[int | str, ...]) -> tuple[str, str]:
    """The rule's key and the field of a place in a pack; of a rule without a key, its number from 1."""
    if place[:1] != ("rules",) or len(place) < 2 or not isinstance(place[1], int):
        return "", ".".join(map(str, place))
    rule = content["rules"][place[1]]
    known = rule if isinstance(rule, dict) else {}
    inner = [str(step) for step in place[2:] if step != known.get("type")]
    return str(known.get("key") or place[1] + 1), ".".join(inner)
