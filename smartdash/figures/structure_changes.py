"""Figures of what changes in the structure over time, and of the models that elements and projects follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from smartdash.analysis.structure import Change, Dated, changes, exists
from smartdash.charts.structure import ExistenceRow, State, existence_chart
from smartdash.charts.timeline import span_of
from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.structure_words import body_names, deed
from smartdash.figures.tables import column, titles
from smartdash.locale import Words
from smartdash.locale.numbers import day, day_range, number
from smartdash.model.committees import Committee
from smartdash.model.projects import Project
from smartdash.model.shared import Source, Unit
from smartdash.model.structure import ReportingLine, Role
from smartdash.model.workshops import StrategyElement
from smartdash.store import Reader

_NAMED = 1
_ROOM = timedelta(days=60)

Names = Mapping[str | None, str]


@figure("structure.changes", page="structure", needs=("unit",), options=("what",))
def structure_changes(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """When bodies, roles and lines began and ended, as far as it is known."""
    as_of, lang = reader.scope.as_of, say.lang
    what = choice("what", say("structure.shown"), _shown(say), chosen)
    recorded = _recorded(reader, what.chosen)
    dated = sorted((item for item in recorded if item.since or item.until), key=lambda item: item.since or date.min)
    names, sources = body_names(reader), titles(reader.all(Source))
    found = changes(dated)
    message = _changes_message(found, len(recorded), as_of, names, say)
    span = span_of(_days_shown(dated, as_of), as_of)
    stand = say("structure.as_of", day=day(as_of, lang))
    drawn = _drawn(dated, as_of, names, say)
    return Draft(
        message=message,
        columns=(
            TableColumn("day", say("structure.day"), "day"),
            TableColumn("subject", say("structure.what")),
            TableColumn("change", say("structure.change")),
            column(Unit, "source", lang),
            column(Unit, "source_place", lang),
        )
        if found
        else (),
        rows=tuple(
            (
                change.day,
                _name(change.subject, names, say),
                _change_word(change, say),
                sources.get(change.subject.source),
                change.subject.source_place,
            )
            for change in found
        ),
        unit=say("structure.changes_unit") if found else "",
        chart=(lambda tokens: existence_chart(drawn, span, as_of, stand, tokens)) if span else None,
        alt=say("structure.changes_alt", n=len(dated), message=message) if found else "",
        note=say("structure.undated", n=len(recorded) - len(dated)) if 0 < len(dated) < len(recorded) else "",
        options=(what,) if found or what.chosen != "all" else (),
    )


def _shown(say: Words) -> dict[str, str]:
    return {
        "all": say("structure.show_all"),
        "bodies": say("structure.show_bodies"),
        "lines": say("structure.show_lines"),
    }


def _recorded(reader: Reader, what: str) -> list[Dated]:
    bodies: list[Dated] = [*reader.all(Committee), *reader.all(Unit), *reader.all(Role)]
    lines: list[Dated] = [*reader.all(ReportingLine)]
    return {"bodies": bodies, "lines": lines}.get(what, bodies + lines)


def _name(item: Dated, names: Names, say: Words) -> str:
    if isinstance(item, ReportingLine):
        return f"{names[item.origin]} {deed(item, names, say)}"
    return names[item.key]


def _change_word(change: Change, say: Words) -> str:
    return say("structure.begins" if change.began else "structure.ends")


def _days_shown(dated: Sequence[Dated], as_of: date) -> list[date]:
    """Every dated day, and enough room for what has no beginning, or no end yet."""
    days = [day for item in dated for day in (item.since, item.until) if day]
    if any(item.until and not item.since for item in dated):
        days.append(min(days) - _ROOM)
    if any(item.since and not item.until for item in dated):
        days += [as_of, max(days) + _ROOM]
    return days


def _drawn(dated: Sequence[Dated], as_of: date, names: Names, say: Words) -> list[ExistenceRow]:
    """The dated bodies and roles in order, each followed by the lines that begin there."""
    owners = {_owner(item): None for item in dated}
    bodies = {item.key: item for item in dated if not isinstance(item, ReportingLine)}
    rows = []
    for owner in owners:
        rows.append(_existence(bodies.get(owner), names[owner], as_of, say))
        for item in dated:
            if isinstance(item, ReportingLine) and item.origin == owner:
                rows.append(_existence(item, f"→ {deed(item, names, say)}", as_of, say))
    return rows


def _owner(item: Dated) -> str:
    return item.origin if isinstance(item, ReportingLine) else item.key


def _existence(item: Dated | None, name: str, as_of: date, say: Words) -> ExistenceRow:
    if item is None:
        return ExistenceRow(name, "", None, None, None, {})
    when = day_range(item.since, item.until, say.lang)
    state: State = "past" if item.until and item.until < as_of else "coming"
    return ExistenceRow(
        name,
        when,
        item.since,
        item.until,
        "current" if exists(item, as_of) else state,
        {say("structure.what"): name, say("structure.existence"): when},
        inner=isinstance(item, ReportingLine),
    )


def _changes_message(found: Sequence[Change], recorded: int, as_of: date, names: Names, say: Words) -> str:
    if not recorded:
        return say("structure.nothing_recorded")
    if not found:
        return say("structure.nothing_dated", n=recorded)
    passed = [change for change in found if change.day <= as_of]
    coming = found[len(passed) :]
    sentences = []
    if passed:
        last = [change for change in passed if change.day == passed[-1].day]
        sentences.append(
            say("structure.changed", n=len(passed), day=day(last[0].day, say.lang), what=_what(last, names, say))
        )
    if coming:
        following = [change for change in coming if change.day == coming[0].day]
        sentences.append(
            say("structure.will_change", day=day(following[0].day, say.lang), what=_what(following, names, say))
        )
    return " ".join(sentences)


def _what(found: Sequence[Change], names: Names, say: Words) -> str:
    """What changed on a day: the first few changes, and how many more."""
    words = [
        say("structure.one_change", what=_name(change.subject, names, say), change=_change_word(change, say))
        for change in found[:_NAMED]
    ]
    if len(found) > _NAMED:
        return say("structure.more", n=len(found) - _NAMED, first=listing(words, say))
    return listing(words, say)


@figure("structure.models", page="structure")
def models(reader: Reader, say: Words) -> Draft:
    """Which projects and strategy elements follow a model, and where that stands."""
    lang = say.lang
    sources = {source.key: source for source in reader.all(Source)}
    recorded: list[Project | StrategyElement] = [*reader.all(Project), *reader.all(StrategyElement)]
    followed = [
        (item, item.kind if isinstance(item, Project) else item.level, sources[item.follows])
        for item in recorded
        if item.follows in sources
    ]
    if not followed:
        return Draft(message=say("structure.no_models"), columns=(), rows=())
    several = len({source.key for _, _, source in followed})
    return Draft(
        message=say(
            "structure.follow",
            n=len(followed),
            all=number(len(recorded), lang),
            models=say("structure.models_count", n=several),
        ),
        columns=(
            column(Project, "title", lang),
            column(Project, "kind", lang),
            column(Project, "follows", lang),
            column(Source, "url", lang),
            column(Project, "source_place", lang),
        ),
        rows=tuple(
            (item.title, kind.label(lang), source.title, source.url, item.source_place)
            for item, kind, source in followed
        ),
    )
