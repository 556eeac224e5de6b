"""The app in a test: opened at an address, and emptied of what it has cached when the store changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import streamlit as st
from page_reading import OpenPage
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]

_last: list[str] = []


@pytest.fixture
def open_page() -> OpenPage:
    """Opens a page of the app at an address: `open_page("budget", programme="…", lang="en")`.

    A test that uses it names a store first. What the app has cached is dropped when the store is another one.
    """
    chosen = os.environ["SMARTDASH_STORE"]
    if _last != [chosen]:
        st.cache_resource.clear()
        _last[:] = [chosen]

    def opened(page: str, **address: str) -> AppTest:
        app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        return app.switch_page(f"pages/{page}.py").run()

    return opened
