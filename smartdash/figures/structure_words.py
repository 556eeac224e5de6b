"""How figures of the structure word bodies, functions and lines."""

from __future__ import annotations

from collections.abc import Mapping

from smartdash.analysis.structure import Body, Function
from smartdash.figures.tables import titles
from smartdash.locale import Words
from smartdash.model.committees import Committee
from smartdash.model.shared import Unit
from smartdash.model.structure import ReportingLine, Role
from smartdash.store import Reader

_SIGNS: Mapping[Function, str] = {
    Function.DECIDES: "◆",
    Function.STEERS: "▶",
    Function.CARRIES_OUT: "◉",
    Function.ADVISES: "◊",
    Function.SUPPORTS: "△",
    Function.REPORTS: "▷",
    Function.INFORMED: "□",
    Function.INVOLVED: "▽",
    Function.NONE: "▫",
}
"""Other signs than those of a status."""


def function_text(function: Function, say: Words) -> str:
    """A function as sign and word."""
    return f"{_SIGNS[function]} {say(f'structure.function_{function.value}')}"


def body_names(reader: Reader) -> dict[str | None, str]:
    """The names of bodies and roles by key; a role names its body."""
    names = titles((*reader.all(Unit), *reader.all(Committee)))
    for role in reader.all(Role):
        names[role.key] = f"{role.title} ({names[role.body]})" if role.body in names else role.title
    return names


def kind_text(body: Body, say: Words) -> str:
    """What kind of body it is."""
    return say("structure.role") if isinstance(body, Role) else body.kind.label(say.lang)


def deed(line: ReportingLine, names: Mapping[str | None, str], say: Words) -> str:
    """What a line says its origin does, as the rest of a sentence: "berichtet an den Rat"."""
    if line.target is None:
        return say(f"structure.whole_{line.kind.value}")
    return say(f"structure.to_{line.kind.value}", target=names[line.target])
