"""The page about peers: a group is tried out, saved, changed and withdrawn; a bought ranking stays in the house."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from page_reading import OpenPage, texts
from streamlit.testing.v1 import AppTest

from smartdash.__main__ import main
from smartdash.figures import make
from smartdash.locale import words
from smartdash.model.peers import Indicator, Observation, PeerGroup, PeerMember
from smartdash.model.shared import Source
from smartdash.store import Audience, Scope, Store

SAY = words("de")
PROGRAMME = "potsdam-strategy-2022"
TODAY = date.today()
MUENSTER = "05515000"


def widget(app: AppTest, kind: str, name: str) -> Any:
    return next(item for item in app.get(kind) if (item.key or "").startswith(name))


def labelled(app: AppTest, kind: str, label: str) -> Any:
    return next(item for item in app.get(kind) if item.label == label)


def press(app: AppTest, label: str) -> AppTest:
    app = labelled(app, "button", label).click().run()
    assert not app.exception
    return app


def stored(store: Store, record: type[Any], **scope: Any) -> list[Any]:
    with store.read(Scope(PROGRAMME, TODAY, **scope)) as reader:
        return [item for item in reader.all(record) if item.programme == PROGRAMME]


def test_a_group_is_tried_out_saved_changed_and_withdrawn(own_store: Store, open_page: OpenPage) -> None:
    app = open_page("peers", programme=PROGRAMME, as_of=TODAY.isoformat())
    app = widget(app, "multiselect", "peers_states").set_value(["Brandenburg"]).run()
    assert any("steht Potsdam allein" in text for text in texts(app))
    app = press(app, "Ostdeutschland mit Berlin")
    assert any("Potsdam wird mit 6 Städten verglichen" in text for text in texts(app))
    app = press(app, SAY("peers.take_in"))
    assert [error.value for error in app.error] == [SAY("peers.city_and_reason")]
    labelled(app, "selectbox", SAY("peers.by_hand")).select(MUENSTER)
    labelled(app, "text_input", "Begründung").input("Partnerstadt")
    app = press(app, SAY("peers.take_in"))
    assert any("Potsdam wird mit 7 Städten verglichen" in text for text in texts(app))

    app = press(app, SAY("peers.store"))
    assert [error.value for error in app.error] == [SAY("peers.name_needed")]
    widget(app, "text_input", "peers_title").input("Osten und Münster")
    app = press(app, SAY("peers.store"))
    [group], [member] = stored(own_store, PeerGroup), stored(own_store, PeerMember)
    assert (group.title, group.region.value, group.states) == ("Osten und Münster", "east", None)
    assert (member.peer_group, member.municipality, member.reason) == (group.key, MUENSTER, "Partnerstadt")
    assert widget(app, "selectbox", "peers_saved").value == group.key

    app = press(app, SAY("peers.take_back"))
    assert stored(own_store, PeerMember) == [member], "nothing changes before it is saved"
    app = press(app, SAY("peers.store"))
    assert stored(own_store, PeerMember) == []
    assert [item.key for item in stored(own_store, PeerGroup)] == [group.key]
    app = press(app, SAY("peers.retire"))
    assert stored(own_store, PeerGroup) == []
    assert any("Potsdam wird mit 55 Städten verglichen" in text for text in texts(app))


def test_a_bought_ranking_is_seen_inside_and_nowhere_else(
    own_store: Store, open_page: OpenPage, capsys: pytest.CaptureFixture[str]
) -> None:
    app = open_page("peers", programme=PROGRAMME, as_of=TODAY.isoformat(), peers="100000-300000;region=east")
    app.session_state["peers_import"] = True
    wrong = ("index.csv", b"Stadt;Wert\nPotsdam;61,5\nPotsdamm;1", "")
    app = widget(app.run(), "file_uploader", "peers_file").set_value(wrong).run()
    assert [error.value for error in app.error] == [SAY("data.refused", n=1)]
    cities = ("Potsdam", "Halle (Saale)", "Magdeburg", "Rostock", "Erfurt", "Chemnitz", "Jena")
    rows = "\n".join(f"{city};{50 + place}" for place, city in enumerate(cities))
    right = ("index.csv", f"Stadt;Wert\n{rows}".encode(), "")
    app = widget(app, "file_uploader", "peers_file").set_value(right).run()
    assert not app.error
    app = press(app, SAY("peers.import_store", n=7))
    assert [error.value for error in app.error] == [SAY("peers.source_needed")]
    widget(app, "text_input", "peers_import_title_").input("Städteindex 2026")
    widget(app, "text_input", "peers_import_licence").input("nur intern")
    widget(app, "date_input", "peers_import_issued").set_value(date(2026, 2, 1))
    widget(app, "text_input", "peers_import_title_de").input("Gekaufter Index")
    widget(app, "text_input", "peers_import_measured_in").input("Punkte")
    app = press(app, SAY("peers.import_store", n=7))
    assert [source.redistributable for source in stored(own_store, Source) if source.title == "Städteindex 2026"] == [
        False
    ]
    assert [item.measured_in for item in stored(own_store, Indicator)] == ["Punkte"]
    assert {item.value for item in stored(own_store, Observation)} == {D(value) for value in range(50, 57)}
    assert any("Gekaufter Index" in text for text in texts(app))

    for scope in ({"audience": Audience.PUBLIC}, {"for_export": True}):
        assert stored(own_store, Observation, **scope) == []
        with own_store.read(Scope(PROGRAMME, TODAY, **scope)) as reader:
            for figure in ("maturity.peers", "peers.medians"):
                draft = make(reader, figure, "de").draft
                assert "Gekaufter Index" not in str((draft.rows, draft.note, draft.message))
    public = open_page("peers", programme=PROGRAMME, as_of=TODAY.isoformat(), audience="public")
    assert not any("Gekaufter Index" in text or "Städteindex" in text for text in texts(public))
    assert main(["show", "maturity.peers", "--programme", PROGRAMME, "--as-of", TODAY.isoformat()]) == 0
    told = capsys.readouterr().out
    assert "Chatbot" in told
    assert "Gekaufter" not in told
