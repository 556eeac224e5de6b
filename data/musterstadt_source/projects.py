"""Projects and impediments as written; status reports unfolded to one row per dimension."""

from __future__ import annotations

from collections.abc import Iterator

from musterstadt_source.tables import Row, Tables, read

_LIGHTS = {"g": "green", "y": "yellow", "r": "red"}
_DIMENSIONS = ("overall", "time", "money", "content", "staff")
_NEEDED = {"g": (), "y": ("measure", "measure_due"), "r": ("cause", "options", "addressee")}


def tables() -> Tables:
    """Rows of project, status_report and impediment."""
    texts = read("projects")
    written = [*texts["report"], *texts["subject_report"]]
    reports = [row for report in written for row in _status_reports(report)]
    return {"project": texts["project"], "status_report": reports, "impediment": texts["impediment"]}


def _status_reports(report: Row) -> Iterator[Row]:
    about = {name: report[name] for name in ("project", "subject") if name in report}
    deviation = {"deviation_reason": report["deviation"]} if "deviation" in report else {}
    for dimension in _DIMENSIONS:
        if dimension not in report:
            continue
        light = report[dimension]
        yield {
            **about,
            "reported_on": report["reported_on"],
            "dimension": dimension,
            "light": _LIGHTS[light],
            **({"text": report["text"]} | deviation if dimension == "overall" else {}),
            **{name: report[name] for name in _NEEDED[light]},
            "source": report["source"],
            "source_place": report["source_place"],
        }
