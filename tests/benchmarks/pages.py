"""Warm reruns of each page against empty Streamlit pages, from the request to the end of the script."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from smartdash.exchange.first_use import load_samples
from smartdash.store import Store
from smartdash.ui.router import PAGES
from tests.browser.app_server import Server, serve

_REPEATS = 15
_WARM_UP = 3

_EMPTY = 'import streamlit as st\n\nst.title("Leer")\n'
# smartdash does this once after its start; done here too, the difference is what the pages themselves cost.
_FROZEN = (
    _EMPTY
    + """
@st.cache_resource
def freeze():
    import gc

    import altair, duckdb, openpyxl, pandas

    gc.collect()
    gc.freeze()

freeze()
"""
)
_EMPTY_PAGE, _FROZEN_PAGE = "empty page", "empty page, same gc.freeze"


class Session:
    """A visitor without a browser: asks for a run of the page and waits until its script has ended."""

    def __init__(self, connection: ClientConnection, page: str, query: str) -> None:
        self._connection = connection
        self._request = BackMsg()
        self._request.rerun_script.query_string = query
        self._request.rerun_script.page_name = page

    def rerun(self) -> tuple[float, int]:
        """Run the page once; returns seconds and bytes received.

        Raises:
            RuntimeError: the page shows an exception.
        """
        begin, size = time.perf_counter(), 0
        self._connection.send(self._request.SerializeToString())
        while True:
            data = self._connection.recv(timeout=60)
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            size += len(data)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(f"the page failed: {message.delta.new_element.exception.message}")
            if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return time.perf_counter() - begin, size


@contextmanager
def session(server: Server, page: str = "", query: str = "") -> Iterator[Session]:
    """Connect to a server as a browser does."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None) as connection:  # type: ignore[list-item]
        yield Session(connection, page, query)


def page_table(folder: Path) -> str:
    """The table of medians and ratios."""
    for name, text in (("empty", _EMPTY), ("frozen", _FROZEN)):
        (folder / name).mkdir()
        (folder / name / "app.py").write_text(text)
    store = folder / "store.duckdb"
    for _ in load_samples(Store(store)):
        pass
    names = [name for group in PAGES.values() for name in group]
    with ExitStack() as stack:
        app = stack.enter_context(serve(folder, store))
        empty = stack.enter_context(serve(folder, store, root=folder / "empty"))
        frozen = stack.enter_context(serve(folder, store, root=folder / "frozen"))
        sessions = {
            _EMPTY_PAGE: stack.enter_context(session(empty)),
            _FROZEN_PAGE: stack.enter_context(session(frozen)),
            **{
                name: stack.enter_context(session(app, "" if name == "start" else name, "programme=musterstadt"))
                for name in names
            },
        }
        return _written(_measured(sessions))


def _measured(sessions: dict[str, Session]) -> dict[str, tuple[float, int]]:
    """Median seconds and bytes by name, every session in turn in each round."""
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in sessions}
    for turn in range(_WARM_UP + _REPEATS):
        for name, one in sessions.items():
            result = one.rerun()
            if turn >= _WARM_UP:
                found[name].append(result)
    return {name: (median(seconds for seconds, _ in runs), runs[-1][1]) for name, runs in found.items()}


def _written(measured: dict[str, tuple[float, int]]) -> str:
    lines = [
        f"Warm rerun over the websocket, Musterstadt, median of {_REPEATS}; aim: at most 2 x the empty page",
        f"{'page':<28}{'ms':>8}{'kB':>8}{'x empty':>10}{'x frozen':>10}",
    ]
    for name, (seconds, size) in measured.items():
        ratios = (seconds / measured[other][0] for other in (_EMPTY_PAGE, _FROZEN_PAGE))
        lines.append(
            f"{name:<28}{seconds * 1000:>8.1f}{size / 1000:>8.1f}" + "".join(f"{one:>10.2f}" for one in ratios)
        )
    return "\n".join(lines)
