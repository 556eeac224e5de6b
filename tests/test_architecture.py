"""The rules of the code that no type checker sees: who imports what, and that every message is there and used."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from smartdash.locale import words

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted([ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "smartdash").rglob("*.py")])
PAGES = sorted((ROOT / "pages").glob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The top-level names of every module that a file imports, at its head or inside a function."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a file with the name that is called, such as `st.selectbox`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("duckdb", r"smartdash/store/.*"),
        ("streamlit", r"app\.py|pages/.*|smartdash/ui/.*"),
        ("altair", r"smartdash/(charts|figures)/.*"),
        ("openpyxl", r"smartdash/exchange/.*"),
    ],
)
def test_a_library_stays_in_its_place(library: str, allowed: str) -> None:
    users = [short(path) for path in CODE if library in imported(path)]
    assert users, "nobody imports it: the test looks at the wrong files"
    assert [user for user in users if not re.fullmatch(allowed, user)] == []


def test_nothing_of_a_user_becomes_markup() -> None:
    assert [short(path) for path in CODE if "unsafe_allow_html" in path.read_text(encoding="utf-8")] == []
    # Constant markup stands in one module only; st.html there is given no text of a user.
    assert [short(path) for path in CODE for name, _ in calls(path) if name == "st.html" and path.stem != "style"] == []


def test_no_code_runs_text() -> None:
    for path in CODE:
        assert not {name for name, _ in calls(path)} & {"eval", "exec", "pickle.loads", "yaml.load", "os.system"}, path


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_a_page_is_short_and_goes_through_the_router_first(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60
    body = [node for node in tree(path).body if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert isinstance(body[0], ast.Expr), "the docstring"
    first = body[1]
    assert isinstance(first, ast.Assign | ast.Expr)
    assert isinstance(first.value, ast.Call)
    assert ast.unparse(first.value.func) in ("open_page", "show_page")
    assert isinstance(first.value.args[0], ast.Constant)
    assert first.value.args[0].value == path.stem


def test_every_cache_has_a_limit() -> None:
    caches = [
        (short(path), ast.unparse(decorator))
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if "st.cache_" in ast.unparse(decorator)
    ]
    assert caches
    assert [cache for cache in caches if "max_entries=" not in cache[1]] == []


def test_every_choice_speaks_the_language_of_the_page() -> None:
    """Streamlit's own placeholder is English."""
    choices = [
        (short(path), node.lineno, {keyword.arg for keyword in node.keywords})
        for path in CODE
        for name, node in calls(path)
        if name.split(".")[-1] in ("selectbox", "multiselect")
    ]
    assert choices
    assert [choice for choice in choices if "placeholder" not in choice[2]] == []


def test_every_module_says_what_it_does() -> None:
    assert [short(path) for path in CODE if not ast.get_docstring(tree(path))] == []


def test_the_command_line_starts_without_the_browser_app() -> None:
    script = (
        "import sys; from smartdash.__main__ import main; main(['figures']);"
        "print(sorted({'streamlit', 'openpyxl'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60, check=True,
        env={**os.environ, "SMARTDASH_STORE": os.devnull},
    )  # fmt: skip
    assert "budget.years" in done.stdout
    assert "streamlit" not in done.stderr


_ID = re.compile(r"[a-z_0-9]+(\.[a-z_0-9]+)+")


def speaks(node: ast.Call) -> bool:
    """Whether a call asks the catalogue: `say(…)`, `view.say(…)`, `words(lang)(…)`."""
    called = ast.unparse(node.func)
    return called.split(".")[-1] == "say" or called.startswith("words(")


def asked(path: Path) -> Iterator[tuple[str, bool]]:
    """The message ids that a file asks for: (id, True), or for a text put together (its fixed beginning, False)."""
    for _, node in calls(path):
        if speaks(node) and node.args:
            yield from _ids(node.args[0])


def _ids(node: ast.AST) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ast.JoinedStr):
        head = node.values[0]
        yield (str(head.value) if isinstance(head, ast.Constant) else "", False)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and _ID.fullmatch(node.value):
            yield node.value, True
    else:
        for part in ast.iter_child_nodes(node):
            yield from _ids(part)


def test_every_message_that_is_asked_for_exists() -> None:
    known = words("de").messages
    for path in CODE:
        for text, whole in asked(path):
            if whole:
                assert text in known, f"{short(path)} asks for {text}"
            else:
                assert any(message.startswith(text) for message in known), f"{short(path)} asks for {text}…"


def names_and_beginnings() -> tuple[set[str], set[str]]:
    """Every constant text and field name of the code, and how the texts begin that are put together."""
    names, beginnings = set(), set()
    for path in CODE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return names, {text for text in beginnings if re.fullmatch(r"[a-z_]+\.[a-z_.]*", text)}


def test_every_message_is_used() -> None:
    names, beginnings = names_and_beginnings()
    # A whole area, as in f"cli.{name}", vouches only for what the code names; f"ui.audience_{value}" for the rest.
    areas = {text for text in beginnings if text.endswith(".")}
    narrow = tuple(beginnings - areas)

    def used(message: str) -> bool:
        if message in names or message.startswith(narrow):
            return True
        return any(message.startswith(area) and _named(message.removeprefix(area), names) for area in areas)

    assert [message for message in words("de").messages if not used(message)] == []


def _named(rest: str, names: set[str]) -> bool:
    """Whether the code names `rest`, or all but its last word, as in f"check.{rule}_{status}"."""
    return rest in names or rest.rpartition("_")[0] in names
