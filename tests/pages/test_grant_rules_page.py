"""Tending the grant rules: a parameter makes a rule checkable, a breach is accepted and its waiver ended."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.figures.rule_data import rule_results
from smartdash.locale import words
from smartdash.model.grants import RulePackUse, Waiver
from smartdash.model.rule_parts import RuleStatus
from smartdash.store import Changes, Origin, Scope, Store

SAY = words("de")
SCHWERIN = "schwerin-smart-city-2021"
RATE, HIGHEST = "kfw436-2021.federal_rate", "kfw436-2021.federal_max"


def opened(open_page: OpenPage) -> AppTest:
    app = open_page("grant_rules", programme=SCHWERIN)
    app.session_state["rule_forms"] = True
    return app.run()


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(f"{name}_"))


def act(app: AppTest, action: str) -> AppTest:
    return app.button_group(key="rule_action").set_value(action).run()


def send(app: AppTest, action: str) -> AppTest:
    return app.button(key=f"rule_{action}_store").click().run()


def whole(store: Store, rule: str) -> Any:
    with store.read(Scope(SCHWERIN, date.today())) as reader:
        return next(item for item in rule_results(reader) if item.rule == rule and item.deciding)


def waivers(store: Store) -> tuple[Waiver, ...]:
    with store.read(Scope(SCHWERIN, date.today())) as reader:
        return reader.all(Waiver)


def test_rules_are_tended_where_they_are_judged(own_store: Store, open_page: OpenPage) -> None:
    app = opened(open_page)
    assert whole(own_store, RATE).status is RuleStatus.UNKNOWN
    widget(app, "selectbox", "rule_parameter_name").select("funding_rate").run()
    widget(app, "text_input", "rule_parameter_funding_rate").input("neunzig")
    app = send(app, "parameter")
    assert any("neunzig" in error.value for error in app.error)
    widget(app, "text_input", "rule_parameter_funding_rate").input("65")
    app = send(app, "parameter")
    assert not app.exception
    found = whole(own_store, RATE)
    assert (found.status, found.right) == (RuleStatus.VIOLATED, D("11846250.00"))

    app = act(app, "waive")
    before = own_store.latest()
    widget(app, "selectbox", "rule_breach").select(f"{HIGHEST} ").run()
    app = send(app, "waive")
    assert SAY("rules.waiver_needs") in texts(app)
    assert own_store.latest() == before
    widget(app, "text_area", "rule_waiver_why").input("Wird mit dem Nachtrag geheilt")
    widget(app, "text_input", "rule_waiver_role").input("Kämmerei")
    app = send(app, "waive")
    assert whole(own_store, HIGHEST).waiver is not None
    [made] = waivers(own_store)
    assert (made.rule, made.approved_by, made.approved_on, made.valid_until) == (
        HIGHEST,
        "Kämmerei",
        date.today(),
        None,
    )
    assert any("Wird mit dem Nachtrag geheilt" in text for text in texts(app))

    app = act(app, "end")
    app = send(app, "end")
    assert not app.exception
    assert [item.valid_until for item in waivers(own_store)] == [date.today()]
    with own_store.read(Scope(SCHWERIN, date.today() + timedelta(days=1))) as reader:
        assert not any(item.waiver for item in rule_results(reader))


def test_packs_are_chosen_and_what_this_version_does_not_know_stays(own_store: Store, open_page: OpenPage) -> None:
    uses = [RulePackUse(programme=SCHWERIN, pack=pack) for pack in ("kfw436-2021", "kfw436-2031")]
    own_store.write(Changes(SCHWERIN, {"rule_pack_use": uses}), author="test", reason="test", origin=Origin("form"))
    app = act(opened(open_page), "packs")
    chosen = widget(app, "multiselect", "rule_packs")
    assert chosen.value == ["kfw436-2021"]
    chosen.set_value(["kfw436-2021", "anbest-gk"]).run()
    app = send(app, "packs")
    assert not app.exception
    with own_store.read(Scope(SCHWERIN, date.today())) as reader:
        assert {use.pack for use in reader.all(RulePackUse)} == {"kfw436-2021", "kfw436-2031", "anbest-gk"}


def test_the_public_tends_nothing(sample_store: Store, open_page: OpenPage) -> None:
    app = open_page("grant_rules", programme=SCHWERIN, audience="public")
    assert not app.exception
    assert SAY("rules.tend") not in texts(app)
