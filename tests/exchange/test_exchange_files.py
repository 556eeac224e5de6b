from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from exchange_helpers import messages, only, workbook, zipped

from smartdash.exchange import files, read
from smartdash.locale import words

PHASES = "Schlüssel;Titel\np-1;Prüfung\n"
XLSX = workbook({"Phasen": [["Schlüssel", "Titel"], ["p-1", "Prüfung"]]})
PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def crypted_zip() -> bytes:
    content = bytearray(zipped({"phase.csv": PHASES}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("leer.xlsx", b"", "empty_file"),
        ("phase.csv", b"", "empty_file"),
        ("phase.csv", b"\xef\xbb\xbf \n", "empty_file"),
        ("bericht.xlsx", b"%PDF-1.7 ...", "wrong_kind"),
        ("seite.xls", b"<html><table></table></html>", "wrong_kind"),
        ("liste.xlsx", PHASES.encode(), "renamed_text"),
        ("phase.csv", XLSX, "renamed_workbook"),
        ("alt.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged_workbook"),
        ("geheim.xlsx", PASSWORD, "password"),
        ("geheim.zip", crypted_zip(), "password"),
        ("liste.xlsx", XLSX[:300], "damaged_zip"),
        ("liste.zip", b"PK\x03\x04garbage", "damaged_zip"),
        ("liste.zip", b"garbage", "damaged_zip"),
        ("brief.docx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "wrong_kind"),
        ("bild.png", b"\x89PNG\r\n\x1a\n\x00\x00", "unknown_kind"),
        ("liste.zip", zipped({"README.txt": "hier ist nichts"}), "no_csv"),
        ("liste.zip", zipped({"../phase.csv": PHASES}), "unsafe_name"),
        ("liste.zip", zipped({"/etc/phase.csv": PHASES}), "unsafe_name"),
        ("liste.zip", zipped({"C:\\phase.csv": PHASES}), "unsafe_name"),
        ("phase.csv", PHASES.encode("utf-16"), "utf_16"),
        ("phase.csv", PHASES.encode("cp1252"), "not_utf_8"),
        ("phase.csv", b'key;title\np-1;"offen\n', "broken_quotes"),
        ("phase.csv", b'key;title\np-1;"a"b\n', "broken_quotes"),
        ("phase.csv", b"key;title\np-1;a;b\n", "too_many_cells"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, content: bytes, message: str) -> None:
    reading = read((name, content), programme="muster")
    assert messages(reading) == [message]
    assert only(reading).file == name
    for lang in ("de", "en"):
        assert len(only(reading).text(words(lang))) > 20


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1_000_000)
    bomb = zipped({"phase.csv": b"a" * 2_000_000})
    assert len(bomb) < 10_000
    assert messages(read(("bombe.zip", bomb), programme="muster")) == ["too_large_file"]


def test_a_sheet_that_claims_a_giant_area_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"'))
    assert messages(read(("breit.xlsx", content.getvalue()), programme="muster")) == ["too_many_rows"]


@pytest.mark.parametrize(
    "content",
    [
        PHASES,
        "\ufeff" + PHASES,
        PHASES.replace(";", ","),
        PHASES.replace(";", "\t"),
        PHASES.replace("\n", "\r\n"),
        "sep=;\n" + PHASES,
        PHASES.replace("Prüfung", '"Prüfung"'),
        "\n" + PHASES + "\n;\n",
        "KEY;Title *\np-1;Prüfung\n",
    ],
)
def test_csv_dialects_read_the_same(content: str) -> None:
    reading = read(("Phasen.csv", content.encode()), programme="muster")
    assert not reading.problems
    assert [(row.key, row.title) for row in reading.records["phase"]] == [("p-1", "Prüfung")]


@pytest.mark.parametrize("name", ["phase.csv", "ordner/phase.csv", "PHASES.CSV", "ordner/Phasen.csv"])
def test_a_zip_may_have_one_folder_at_the_top(name: str) -> None:
    bundle = zipped({name: PHASES, "__MACOSX/._phase.csv": b"\x00", "ordner/README.md": "x"})
    assert len(read(("daten.zip", bundle), programme="muster").records["phase"]) == 1


def test_a_folder_is_read_like_a_zip_and_has_a_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "phase.csv").write_text(PHASES, encoding="utf-8")
    first = read(tmp_path, programme="muster")
    assert len(first.records["phase"]) == 1
    assert first.origin == read(tmp_path, programme="muster").origin
    (tmp_path / "phase.csv").write_text(PHASES + "p-2;x\n", encoding="utf-8")
    assert first.origin != read(tmp_path, programme="muster").origin


def test_a_folder_without_csv_and_a_missing_file(tmp_path: Path) -> None:
    assert messages(read(tmp_path, programme="muster")) == ["no_csv"]
    assert messages(read(tmp_path / "fehlt.xlsx", programme="muster")) == ["no_such_file"]


def test_the_row_of_a_wrong_encoding_is_named() -> None:
    problem = only(read(("phase.csv", b"key;title\np-1;a\np-2;Pr\xfcfung\n"), programme="muster"))
    assert problem.values["line"] == "3"


def test_damage_anywhere_in_a_file_is_a_message_and_never_a_crash() -> None:
    chance = random.Random(7)
    bundle = zipped({"phase.csv": PHASES})
    for name, whole in (("liste.xlsx", XLSX), ("daten.zip", bundle), ("phase.csv", PHASES.encode())):
        for _ in range(150):
            content = bytearray(whole)
            for _ in range(chance.randint(1, 5)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            reading = read((name, bytes(content)), programme="muster")
            assert bool(reading.problems) != bool(reading.records)
