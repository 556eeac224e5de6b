"""A running app and a real browser, with a record of what the browser asked for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from app_server import Server, copied, serve
from page_checks import Visit, Visitor
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Playwright,
    expect,
    sync_playwright,
)

_CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE = 20_000

expect.set_options(timeout=_PATIENCE)


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    path = shutil.which("chromium") or os.environ.get("CHROMIUM")
    if path is None:
        message = "no Chromium: install it (Debian: apt-get install chromium) or name its path in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    browser = _playwright.chromium.launch(executable_path=path, args=_CHROMIUM)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def samples(sample_file: Path) -> Path:
    """A store that holds the sample programmes; copy it before anything writes to it."""
    return sample_file


@pytest.fixture(scope="session")
def server(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on the samples; the tests that use it only read."""
    folder = tmp_path_factory.mktemp("server")
    with serve(folder, copied(samples, folder)) as running:
        yield running


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Makes visitors, each in a new browser context."""
    contexts: list[BrowserContext] = []

    def visit(**options: Any) -> Visit:
        context = browser.new_context(locale="de-DE", **options)
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        page = context.new_page()
        made = Visit(page)
        context.on("request", lambda request: _record(made, request.url))
        page.on("websocket", lambda socket: _record(made, socket.url))
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        page.on("console", lambda said: _complain(made, said))
        return made

    yield visit
    for context in contexts:
        context.close()


def _record(visit: Visit, url: str) -> None:
    if host := urlsplit(url).netloc:
        visit.hosts.add(host)


def _complain(visit: Visit, said: ConsoleMessage) -> None:
    # Below a page's own path Streamlit looks for its server first, gets a 404, and then finds it one level up.
    looking_for_server = "404" in said.text and "/_stcore/" in said.location["url"]
    if said.type == "error" and not looking_for_server:
        visit.errors.append(said.text)
