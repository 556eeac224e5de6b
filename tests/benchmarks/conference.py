"""How soon thirty followers see what one moderator stores: `python -m tests.benchmarks.conference [minutes]`.

The followers are websocket sessions that ask for their watching fragment as often as a browser would, and draw the page
again when it says so. The moderator writes to the store from another process, as a second device would.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from smartdash.model.conferences import AgendaItem, Decision
from smartdash.store import Changes, Origin, Store
from tests.browser.app_server import Server, serve
from tests.conference_records import AGENDA, CONFERENCE, MATERIAL, TODAY, fill

_FOLLOWERS = 30
_PAUSE = 5.0
"""Seconds between two entries."""
_LOOK = 2.0
_TEXT = "Entscheidung Nummer {number} der Messung"


@dataclass
class Hall:
    """What is measured: when each entry was stored, the seconds until each follower saw it, and errors."""

    stored: dict[int, float] = field(default_factory=dict)
    seen: dict[int, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)


def _follow(server: Server, hall: Hall) -> None:
    """Open the page and follow: answer every message as a browser does, and note which entry has come into sight."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    query, fragment, script, due, seen = "programme=p&way=run", "", "", 0.0, set()
    with connect(address, subprotocols=["streamlit"], max_size=None) as connection:  # type: ignore[list-item]

        def ask(fragment_id: str = "") -> None:
            request = BackMsg()
            request.rerun_script.query_string = query
            if script:
                request.rerun_script.page_script_hash = script
            else:
                request.rerun_script.page_name = "conference"
            request.rerun_script.fragment_id = fragment_id
            connection.send(request.SerializeToString())

        ask()
        while not hall.over.is_set():
            if fragment and time.monotonic() >= due:
                ask(fragment)
                due = time.monotonic() + _LOOK
            try:
                data = connection.recv(timeout=0.2)
            except TimeoutError:
                continue
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            kind = message.WhichOneof("type")
            if kind == "auto_rerun":
                script = message.metadata.active_script_hash
                fragment, due = message.auto_rerun.fragment_id, time.monotonic() + message.auto_rerun.interval
            elif kind == "delta":
                _note(message, hall, seen)


def _note(message: ForwardMsg, hall: Hall, seen: set[int]) -> None:
    element = message.delta.new_element
    if element.WhichOneof("type") in ("exception", "alert"):
        with hall.lock:
            hall.errors.append(str(element)[:200])
    if element.WhichOneof("type") != "markdown":
        return
    text = element.markdown.body
    with hall.lock:
        for number, at in hall.stored.items():
            if number not in seen and _TEXT.format(number=number) in text:
                seen.add(number)
                hall.seen.setdefault(number, []).append(time.monotonic() - at)


def _moderate(store: Store, hall: Hall, minutes: float) -> None:
    end, number = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        number += 1
        text = _TEXT.format(number=number)
        decision = Decision(
            programme="p", key=f"d{number}", conference="k1", about="o1", decided_on=TODAY, text=text, order=number
        )
        store.write(Changes("p", {"decision": [decision]}), author="Moderation", reason=text, origin=Origin("form"))
        with hall.lock:
            hall.stored[number] = time.monotonic()
        time.sleep(_PAUSE)


def _usage(process: int) -> tuple[float, float]:
    """Seconds of processor time and megabytes of memory that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _process_of(server: Server) -> int:
    """The process that runs the server, found by the port in its command."""
    found = (path for path in Path("/proc").iterdir() if path.name.isdigit())
    for path in found:
        try:
            command = (path / "cmdline").read_text()
        except (FileNotFoundError, PermissionError):
            continue
        if f"--server.port\0{server.port}" in command:
            return int(path.name)
    raise LookupError("no process serves the port")


def main() -> None:
    """Play the conference and print what was measured."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    os.environ["SMARTDASH_SAMPLES"] = "no"
    with tempfile.TemporaryDirectory() as folder:
        store, hall = Store(Path(folder) / "store.duckdb"), Hall()
        fill(store, CONFERENCE, AGENDA[0], _begun(), *AGENDA[2:], *MATERIAL)
        with serve(Path(folder), store.path) as server:
            followers = [threading.Thread(target=_follow, args=(server, hall)) for _ in range(_FOLLOWERS)]
            for follower in followers:
                follower.start()
                time.sleep(0.3)
            time.sleep(5)
            process = _process_of(server)
            begin, (used, _) = time.monotonic(), _usage(process)
            _moderate(store, hall, minutes)
            share = (_usage(process)[0] - used) / (time.monotonic() - begin)
            memory = _usage(process)[1]
            hall.over.set()
            for follower in followers:
                follower.join()
            trouble = server.trouble()
    _print(hall, share, memory, trouble)


def _begun() -> AgendaItem:
    """The objective's item, on since a moment."""
    return AGENDA[1].model_copy(update={"begun_at": time.strftime("%H:%M:%S")})


def _print(hall: Hall, share: float, memory: float, trouble: str) -> None:
    delays = [delay for own in hall.seen.values() for delay in own]
    expected = _FOLLOWERS * len(hall.stored)
    print(f"{_FOLLOWERS} followers, {len(hall.stored)} entries, load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    print(f"seen {len(delays)} of {expected}; errors shown {len(hall.errors)}; server's log {trouble or 'clean'}")
    if len(delays) > 1:
        print(f"seconds until seen: median {median(delays):.2f}, 95 % {quantiles(delays, n=20)[-1]:.2f}, "
              f"longest {max(delays):.2f}")  # fmt: skip
    print(f"server: {share * 100:.0f} % of one core, {memory:.0f} MB")


if __name__ == "__main__":
    main()
