"""Measures what a user waits for, against the least the machine can do: `python -m tests.benchmarks`.

Each table compares in one run, taking turns, so that a busy machine slows both sides alike.
"""

from __future__ import annotations

import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.imports import import_table
from tests.benchmarks.pages import page_table
from tests.benchmarks.plans import plan_table
from tests.benchmarks.ranks import rank_table
from tests.benchmarks.surveys import survey_table

_PACKAGES = ("streamlit", "pandas", "altair", "duckdb", "pydantic", "python-calamine")


def main() -> None:
    """Print the machine and every table."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.system()}")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in _PACKAGES))
    with tempfile.TemporaryDirectory() as folder:
        print(f"\n{page_table(Path(folder))}")
        print(f"\n{import_table(Path(folder))}")
        print(f"\n{plan_table(Path(folder))}")
        print(f"\n{survey_table(Path(folder))}")
    print(f"\n{rank_table()}")


if __name__ == "__main__":
    main()
