"""The figure of what the inventory of projects lacks, and which projects may stand in it twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from smartdash.analysis.duplicates import ALIKE, ALIKE_ANYWHERE, Pair, possible_duplicates
from smartdash.analysis.projects import ProjectStanding
from smartdash.figures.catalogue import figure
from smartdash.figures.figure import Draft, TableColumn
from smartdash.figures.headings import listing
from smartdash.figures.standings import read_projects, unit_names
from smartdash.figures.tables import column
from smartdash.locale import Words
from smartdash.locale.numbers import number, percent
from smartdash.model.projects import Project, ProjectKind
from smartdash.store import Reader

_LACKS = ("field", "key_result", "owner", "budget", "planned_end")


def lacks(item: ProjectStanding) -> list[str]:
    """What a project lacks; a permanent task has no planned end, an idea no budget and no end yet."""
    project, kind = item.project, item.project.kind
    found = {
        "field": not item.fields,
        "key_result": not item.key_results,
        "owner": not project.owner_role,
        "budget": project.cost is None and kind is not ProjectKind.IDEA,
        "planned_end": project.planned_end is None and kind not in (ProjectKind.IDEA, ProjectKind.PERMANENT),
    }
    return [name for name in _LACKS if found[name]]


@figure("projects.gaps", page="projects", needs=("project",))
def gaps(reader: Reader, say: Words) -> Draft:
    """Projects without field of work, key result, owner role, budget or planned end; possible duplicates on top."""
    standings, units = read_projects(reader), unit_names(reader)
    pairs = possible_duplicates([item.project for item in standings])
    missing = [(item, found) for item in standings if (found := lacks(item))]
    missing.sort(key=lambda one: -len(one[1]))
    rows = [
        *(
            (f"{pair.first.title} / {pair.second.title}", _why(pair, say), units.get(pair.first.unit or ""))
            for pair in pairs
        ),
        *(
            (
                item.project.title,
                listing([say(f"projects.lacks_{name}") for name in found], say),
                units.get(item.project.unit or ""),
            )
            for item, found in missing
        ),
    ]
    return Draft(
        message=_message(missing, len(standings), pairs, say),
        columns=(
            column(Project, "title", say.lang),
            TableColumn("gap", say("projects.gap")),
            column(Project, "unit", say.lang),
        ),
        rows=tuple(rows),
        unit=say("projects.gaps_unit"),
        note=say(
            "projects.gaps_note", alike=percent(ALIKE, say.lang, 0), anywhere=percent(ALIKE_ANYWHERE, say.lang, 0)
        ),
    )


def _message(
    missing: Sequence[tuple[ProjectStanding, list[str]]], total: int, pairs: Sequence[Pair], say: Words
) -> str:
    if not missing:
        parts = [say("projects.gaps_none", n=total)]
    else:
        name, often = Counter(name for _, found in missing for name in found).most_common(1)[0]
        parts = [
            say("projects.gaps_message", n=len(missing), total=number(total, say.lang)),
            say("projects.gaps_most", gap=say(f"projects.lacks_{name}"), count=number(often, say.lang)),
        ]
    if pairs:
        parts.append(say("projects.gaps_pairs", n=len(pairs)))
    return " ".join(parts)


def _why(pair: Pair, say: Words) -> str:
    shared = [say("projects.same_unit")] * pair.same_unit + [say("projects.same_field")] * pair.same_field
    why = say("projects.alike", share=percent(pair.likeness, say.lang, 0))
    return f"{why}, {listing(shared, say)}" if shared else why
