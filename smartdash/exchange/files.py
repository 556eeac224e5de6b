"""From a path or an upload to tables or documents: a workbook, CSV files or JSON files, alone, in a folder or a zip."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from smartdash.exchange.csv_files import read_csv
from smartdash.exchange.problems import Fault, Problem
from smartdash.exchange.tables import DAMAGED_ZIP, MAX_BYTES, Table
from smartdash.exchange.workbook_safety import OLD_OFFICE
from smartdash.exchange.workbooks import read_workbook

Upload = tuple[str, bytes]

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_TEXT_ENDINGS = {".csv", ".txt", ".tsv"}
_DOCUMENT = ".json"


@dataclass(frozen=True, slots=True)
class Contents:
    """The tables of a file with its name and fingerprint, or the JSON files that it is or holds."""

    name: str
    sha256: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    documents: tuple[Upload, ...] = ()


def load(source: Path | str | Upload) -> Contents:
    """Return the tables of a workbook or of CSV files, or else the JSON files; a folder or zip may hold several."""
    if isinstance(source, tuple):
        return _load_file(*source)
    path = Path(source)
    if path.is_dir():
        return _load_folder(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            return _refused(path.name, b"", Fault("exchange.too_large_file", limit=str(MAX_BYTES // 1_000_000)))
        return _load_file(path.name, path.read_bytes())
    except FileNotFoundError:
        return _refused(path.name, b"", Fault("exchange.no_such_file"))
    except PermissionError:
        return _refused(path.name, b"", Fault("exchange.unreadable_file"))


def _load_file(name: str, content: bytes) -> Contents:
    try:
        entries = _entries(name, content)
        if entries is None:
            tables = read_workbook(name, content)
            return Contents(name, hashlib.sha256(content).hexdigest(), tuple(tables), ())
    except Fault as fault:
        return _refused(name, content, fault)
    return _load_bundle(name, hashlib.sha256(content).hexdigest(), entries)


def _refused(name: str, content: bytes, fault: Fault) -> Contents:
    problem = Problem(name, "", None, "", "", fault.message, fault.values)
    return Contents(name, hashlib.sha256(content).hexdigest(), (), (problem,))


def _load_folder(folder: Path) -> Contents:
    paths = _folder_paths(folder)
    if not paths:
        return _refused(folder.name, b"", Fault("exchange.no_csv"))
    if sum(path.stat().st_size for path in paths) > MAX_BYTES:
        return _refused(folder.name, b"", Fault("exchange.too_large_file", limit=str(MAX_BYTES // 1_000_000)))
    entries = [(path.name, path.read_bytes()) for path in paths]
    return _load_bundle(folder.name, _fingerprint(entries), entries)


def _folder_paths(folder: Path) -> list[Path]:
    """The files of a folder that belong together: tables, or else documents."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return [path for path in files if path.suffix.lower() == ".csv"] or [
        path for path in files if path.suffix.lower() == _DOCUMENT
    ]


def _fingerprint(entries: list[Upload]) -> str:
    found = hashlib.sha256()
    for name, content in entries:
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def folder_fingerprint(folder: Path) -> str:
    """The hash that `load` gives a folder, without reading what stands in its files."""
    return _fingerprint([(path.name, path.read_bytes()) for path in _folder_paths(folder)])


def _load_bundle(name: str, sha256: str, entries: list[Upload]) -> Contents:
    if PurePosixPath(entries[0][0]).suffix.lower() == _DOCUMENT:
        return Contents(name, sha256, (), (), tuple(entries))
    tables, problems = [], []
    for entry, content in entries:
        try:
            tables.append(read_csv(entry, PurePosixPath(entry).stem, content))
        except Fault as fault:
            problems.append(Problem(entry, "", None, "", "", fault.message, fault.values))
    return Contents(name, sha256, tuple(tables), tuple(problems))


def _entries(name: str, content: bytes) -> list[Upload] | None:
    """The CSV files in a file, or else the JSON files, or None if it is a workbook.

    Raises:
        Fault: The file is neither, or not what its name says.
    """
    ending = PurePosixPath(name).suffix.lower()
    if len(content) > MAX_BYTES:
        raise Fault("exchange.too_large_file", limit=str(MAX_BYTES // 1_000_000))
    if not content:
        raise Fault("exchange.empty_file")
    if content.startswith(b"%PDF"):
        raise Fault("exchange.wrong_kind", kind="PDF")
    if content.startswith(OLD_OFFICE) and _ENCRYPTED in content:
        raise Fault("exchange.password")
    if content.startswith((OLD_OFFICE, b"PK")) and ending in {*_TEXT_ENDINGS, _DOCUMENT}:
        raise Fault("exchange.renamed_workbook")
    if content.startswith(b"PK"):
        return _zip_entries(content)
    if content.startswith(OLD_OFFICE):
        return None
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise Fault("exchange.wrong_kind", kind="HTML/XML")
    if ending in {*_TEXT_ENDINGS, _DOCUMENT}:
        return [(name, content)]
    if ending in _WORKBOOK_ENDINGS:
        raise Fault("exchange.renamed_text" if b"\x00" not in content[:1000] else "exchange.damaged_workbook")
    raise Fault("exchange.damaged_zip" if ending == ".zip" else "exchange.unknown_kind")


def _zip_entries(content: bytes) -> list[Upload] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _checked_entries(archive)
    except DAMAGED_ZIP:
        raise Fault("exchange.damaged_zip") from None


def _checked_entries(archive: zipfile.ZipFile) -> list[Upload] | None:
    infos = _infos(archive)
    names = {info.filename for info in infos}
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names or _is_open_spreadsheet(archive, names):
        return None
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise Fault("exchange.wrong_kind", kind="Word/PowerPoint")
    tables, documents = [], []
    for path, info in _safe(infos):
        if path.suffix.lower() == ".csv":
            tables.append((path.name, archive.read(info)))
        elif path.suffix.lower() == _DOCUMENT:
            documents.append((str(path), archive.read(info)))
    if not tables and not documents:
        raise Fault("exchange.no_csv")
    return tables or documents


def safe_entries(archive: zipfile.ZipFile) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """The files in an archive with their paths in it; those that only a file system needs are left out.

    Raises:
        Fault: The archive is protected by a password, too large, or has a path that leads out of it.
    """
    return list(_safe(_infos(archive)))


def _infos(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.flag_bits & 1 for info in infos):
        raise Fault("exchange.password")
    if sum(info.file_size for info in infos) > MAX_BYTES:
        raise Fault("exchange.too_large_file", limit=str(MAX_BYTES // 1_000_000))
    return infos


def _safe(infos: Iterable[zipfile.ZipInfo]) -> Iterator[tuple[PurePosixPath, zipfile.ZipInfo]]:
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise Fault("exchange.unsafe_name", name=info.filename)
        if not path.name.startswith(".") and path.parts[0] != "__MACOSX":
            yield path, info


def _is_open_spreadsheet(archive: zipfile.ZipFile, names: set[str]) -> bool:
    return "mimetype" in names and b"spreadsheet" in archive.read("mimetype")[:100]
