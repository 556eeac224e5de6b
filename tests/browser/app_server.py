"""Starts the app as a user would, in a process of its own on a free port of the loopback address."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 30
_EXCEPTION = re.compile(r"Traceback|Uncaught|^\w*(Error|Exception)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Server:
    """A running app: its address, its port and the file that takes what it says."""

    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def address(self, page: str, **choices: str) -> str:
        """The address of a page (`start` has none of its own) with the visitor's choices."""
        return f"{self.url}/{'' if page == 'start' else page}?{urlencode(choices)}"

    def trouble(self) -> str:
        """What the log says from the first exception on; empty where there is none."""
        text = self.log.read_text()
        found = _EXCEPTION.search(text)
        return text[found.start() :][:3000] if found else ""


@contextmanager
def serve(folder: Path, store: Path, root: Path = ROOT, script: str = "app.py") -> Iterator[Server]:
    """Run `streamlit run <script>` in `root` on the given store; its log goes to `folder`."""
    port = _free_port()
    log = folder / f"server-{port}.log"
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=root,
            env={**os.environ, "SMARTDASH_STORE": str(store), "PYTHONPATH": str(root)},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(process, port, log)
            yield Server(port, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"the app did not start:\n{log.read_text()}")


def copied(samples: Path, folder: Path) -> Path:
    """A copy of the store for one server."""
    return Path(shutil.copy(samples, folder / "store.duckdb"))
