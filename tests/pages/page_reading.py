"""Everything that a page shows as text, read from what the app sends to the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]
"""`open_page("budget", programme="…", lang="en")` opens a page at that address."""

# What no visitor reads: identities, addresses, icons, style, and data in another form.
_NOT_READ = {
    "id", "form_id", "element_id", "elementId", "url", "icon", "css_class", "key", "on_click", "active_script_hash",
    "page_script_hash", "user_key", "widget_id", "group_id", "page_title", "query_params", "type", "allow_html",
    "columns", "spec", "format", "deferred_file_id", "tag", "page", "min", "max", "datasets", "styler",
}  # fmt: skip


def texts(app: AppTest) -> list[str]:
    """Every text on the page and in its side bar: headings, labels, help, options, and the words of charts.

    Markdown's escapes and joiners are taken off.
    """
    return [
        text.replace("\\", "").replace("\u2060", "") for node in _nodes(app._tree) for text in _of(node) if text.strip()
    ]


def _nodes(block: Any) -> Iterator[Any]:
    for node in block.children.values():
        yield node
        if hasattr(node, "children"):
            yield from _nodes(node)


def _of(node: Any) -> Iterator[str]:
    if node.type == "html":
        return
    proto = getattr(node, "proto", None)
    if isinstance(proto, Message):
        yield from _strings(proto)
        if node.type == "vega_lite_chart":
            yield from _words_of_chart(json.loads(proto.spec))
        if node.type in ("arrow_data_frame", "dataframe"):
            yield from _headings(json.loads(proto.columns or "{}"))


def _strings(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in _NOT_READ:
            continue
        for item in value if field.is_repeated else [value]:
            if isinstance(item, str):
                yield item
            elif isinstance(item, Message) and not field.message_type.GetOptions().map_entry:
                yield from _strings(item)


def _headings(columns: dict[str, Any]) -> Iterator[str]:
    for column in columns.values():
        yield from (column[name] for name in ("label", "help") if column and column.get(name))


def _words_of_chart(spec: Any) -> Iterator[str]:
    """Titles and texts of a specification, and the texts among its data."""
    if isinstance(spec, list):
        for item in spec:
            yield from _words_of_chart(item)
    elif isinstance(spec, dict):
        for name, value in spec.items():
            if name in ("title", "text", "subtitle") and isinstance(value, str):
                yield value
            elif name in ("values", "datasets"):
                rows = value if name == "values" else [row for rows in value.values() for row in rows]
                yield from (
                    cell for row in rows if isinstance(row, dict) for cell in row.values() if isinstance(cell, str)
                )
            elif name not in ("config", "usermeta", "transform"):
                yield from _words_of_chart(value)
