"""The committees page as the administration and the public read it."""

from __future__ import annotations

from page_reading import OpenPage, texts

from smartdash.store import Store


def test_the_public_reads_no_closed_step_and_no_finished_sequence(sample_store: Store, open_page: OpenPage) -> None:
    """The second step in Braunschweig was closed: it is not counted, nor does one step look like all of them."""
    address = {"programme": "braunschweig-framework-2018", "as_of": "2018-12-31"}
    internal = " ".join(texts(open_page("committees", **address)))
    public = " ".join(texts(open_page("committees", audience="public", **address)))
    assert "Die Termine der 2 Stationen sind vorbei." in internal
    assert "mit 1 Vorlage und 2 Stationen" in internal
    assert "mit 1 Vorlage und 1 Station." in public
    assert "Der Termin einer öffentlichen Station ist vorbei; eine weitere ist nicht angekündigt." in public
    assert "eine Beratungsfolge kann weitere Stationen haben" in public
    assert "eine Beratungsfolge kann weitere Stationen haben" not in internal
