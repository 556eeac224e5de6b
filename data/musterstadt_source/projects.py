"""Projects, risks and impediments as written; status reports unfolded to one row per dimension."""

from __future__ import annotations

from collections.abc import Iterator

from musterstadt_source.tables import Row, Tables, read

_LIGHTS = {"g": "green", "y": "yellow", "r": "red"}
_DIMENSIONS = ("overall", "time", "money", "content", "staff", "benefit")
_AS_WRITTEN = (
    "project",
    "project_field",
    "project_progress",
    "impediment",
    "impediment_event",
    "blockage",
    "risk",
    "risk_assessment",
)
_DEVIATING = ("overall", "time")
_NEEDED = {"g": (), "y": ("measure", "measure_due"), "r": ("cause", "options", "addressee")}


def tables() -> Tables:
    """Rows of what is written of projects, risks and impediments, and of status_report."""
    texts = read("projects")
    written = [*texts["report"], *texts["subject_report"]]
    reports = [row for report in written for row in _status_reports(report)]
    return {"status_report": reports, **{name: texts[name] for name in _AS_WRITTEN}}


def _status_reports(report: Row) -> Iterator[Row]:
    about = {name: report[name] for name in ("project", "subject") if name in report}
    deviation = {"deviation_reason": report["deviation"]} if "deviation" in report else {}
    state = {"state": report["state"]} if "state" in report else {}
    reported = [dimension for dimension in _DIMENSIONS if dimension in report]
    for dimension in reported:
        light = report[dimension]
        yield {
            **about,
            "reported_on": report["reported_on"],
            "dimension": dimension,
            "light": _LIGHTS[light],
            **({"text": report["text"]} if dimension == reported[0] else {}),
            **(deviation if dimension in _DEVIATING else {}),
            **{name: report[name] for name in _NEEDED[light] if name in report},
            **state,
            "source": report["source"],
            "source_place": report["source_place"],
        }
