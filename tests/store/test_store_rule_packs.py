"""Rule packs as files: those that ship are valid and sourced, and a broken one is named with rule and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartdash.store import RulePackBroken
from smartdash.store.rule_packs import EVERYWHERE, FOLDER, read_packs, rule_packs

PACKS = sorted(rule_packs())
GOOD = """key: mine
title_de: Meins
title_en: Mine
parameters: [{name: length, unit: months, title_de: Dauer, title_en: Length}]
rules:
  - key: third
    type: ratio_cap
    title_de: Drittel
    title_en: Third
    explain_de: Höchstens ein Drittel.
    explain_en: At most one third.
    part: {of: cost, kinds: [advice]}
    whole: {of: cost}
    factor: "1/3"
    scope: {total: error}
    deciding: total
    source: {document: Doc, checked_on: 2026-11-25}
"""


def test_the_packs_that_ship_are_those_of_the_folder() -> None:
    assert {f"{key}.yaml" for key in PACKS} == {path.name for path in FOLDER.iterdir()}
    assert EVERYWHERE in PACKS
    assert rule_packs() is rule_packs(), "read once"


@pytest.mark.parametrize("key", PACKS)
def test_each_rule_has_both_languages_and_a_source_that_was_looked_at(key: str) -> None:
    pack = rule_packs()[key]
    for rule in pack.rules:
        for german, english in ((rule.title_de, rule.title_en), (rule.explain_de, rule.explain_en)):
            assert german
            assert english
            assert german != english
        assert bool(rule.fix_de) == bool(rule.fix_en), rule.key
        assert rule.source.document, rule.key
    asked = {name for rule in pack.rules for name in rule.parameters().values()}
    assert asked == {parameter.name for parameter in pack.parameters}, "each parameter is asked for and declared"


def test_a_good_pack_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8")
    assert [rule.key for rule in read_packs(tmp_path)["mine"].rules] == ["third"]


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        ('factor: "1/3"', "factor: 0.33", "third", "factor.value"),
        ('factor: "1/3"', "factor: {param: rate}", "third", "factor"),
        ('factor: "1/3"', "factor: {param: length}", "third", "factor"),
        ("deciding: total", "deciding: total\n    phase: 1", "third", ""),
        ("kinds: [advice]", "kinds: [gold]", "third", "part.cost.kinds.0"),
        ("type: ratio_cap", "type: python", "third", ""),
        ("deciding: total", "deciding: year", "third", ""),
        ("    explain_en: At most one third.\n", "", "third", "explain_en"),
        ("key: third", "key: Das Drittel", "Das Drittel", "key"),
        ("title_en: Mine", "title_en: Mine\nhint: x", "", "hint"),
        ("key: mine", "key: yours", "", "key"),
        ("key: mine", "key: [mine", "", ""),
        (GOOD, "", "", ""),
        (GOOD, "!!python/object/apply:os.getcwd []", "", ""),
    ],
)
def test_a_broken_pack_names_file_rule_and_field(tmp_path: Path, old: str, new: str, rule: str, field: str) -> None:
    assert old in GOOD
    (tmp_path / "mine.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(RulePackBroken) as refused:
        read_packs(tmp_path)
    assert (refused.value.file, refused.value.rule, refused.value.field) == ("mine.yaml", rule, field)
    assert refused.value.values["problem"]
