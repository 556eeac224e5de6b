"""A page as of a past date and revision shows exactly what it showed then, whatever was written since."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from page_reading import OpenPage, texts

from smartdash.figures import CATALOGUE, make
from smartdash.figures.output import as_json
from smartdash.model.check_ins import CheckIn, Score, ScoreCause
from smartdash.model.conferences import Assignment
from smartdash.model.declare import Record
from smartdash.model.impediments import Impediment, ImpedimentEvent, ImpedimentKind
from smartdash.model.okr import PhasedTarget
from smartdash.model.projects import Project, ProjectProgress
from smartdash.model.risks import Risk, RiskAssessment
from smartdash.model.schedule import Dependency
from smartdash.store import Changes, Origin, Scope, Store
from smartdash.ui import opened

PAGES = ("okr", "quarters", "check_in", "conference", "projects", "status_report", "impediments")
AS_OF = date(2026, 7, 31)
WRITTEN = ("title", "text", "comment", "reason", "next_step", "role", "explanation", "response", "notes")
"""Texts that a later revision changes in every record that has one."""


def later(record: Record) -> Record:
    """The record as somebody may change it afterwards: other words, values, days and levels."""
    changed: dict[str, Any] = {
        name: f"{getattr(record, name)} – neu" for name in WRITTEN if isinstance(getattr(record, name, None), str)
    }
    if isinstance(record, CheckIn) and record.value is not None:
        changed |= {"value": record.value + 1, "confidence": 1}
    elif isinstance(record, Score):
        changed |= {"value": Decimal("0.1"), "cause": ScoreCause.CLARITY}
    elif isinstance(record, Project) and record.planned_end:
        changed |= {"planned_end": record.planned_end + timedelta(40), "cost": Decimal("1.00")}
    elif isinstance(record, ProjectProgress):
        changed |= {"completion": 1}
    elif isinstance(record, Impediment):
        changed |= {"raised_on": record.raised_on - timedelta(30), "kind": ImpedimentKind.CLARITY, "due": AS_OF}
    elif isinstance(record, ImpedimentEvent):
        changed |= {"happened_on": record.happened_on - timedelta(9)}
    elif isinstance(record, Risk | RiskAssessment):
        changed |= {"probability": 6 - record.probability}
    elif isinstance(record, Dependency):
        changed |= {"needed_by": AS_OF, "description": "neu"}
    elif isinstance(record, PhasedTarget):
        changed |= {"value": record.value + 1}
    elif isinstance(record, Assignment):
        changed |= {"due": record.due + timedelta(30)}
    return record.model_copy(update=changed)


def rewrite(store: Store) -> None:
    """Change every record of OKR and projects, and take some away, as one revision."""
    records = {
        name: [later(record) for record in records]
        for name, records in store.current("musterstadt").items()
        if records and (records[0].sheet.area in ("okr", "projects") or name == "dependency")
    }
    gone = {record.key for record in records["score"][::7]}
    records["score"] = [record for record in records["score"] if record.key not in gone]
    store.write(
        Changes("musterstadt", records, complete=True), author="Programmbüro", reason="Test", origin=Origin("form")
    )


def shown(store: Store, scope: Scope) -> dict[str, Any]:
    """What every figure of the pages says, but for the number of the revision."""
    with store.read(scope) as reader:
        keys = [key for key, entry in CATALOGUE.items() if entry.page in PAGES]
        return {key: {**as_json(make(reader, key, "de")), "revision": None} for key in keys}


def test_every_figure_of_a_past_day_and_revision_is_what_it_was(own_store: Store) -> None:
    revision = own_store.latest()
    past = Scope("musterstadt", AS_OF, revision)
    before = shown(own_store, past)
    rewrite(own_store)
    assert shown(own_store, past) == before
    now = shown(own_store, Scope("musterstadt", AS_OF))
    same = {key for key in before if now[key] == before[key]}
    assert same <= {"okr.terms"}, "the change reaches every figure, so that the past could have changed as well"


def test_pages_of_a_past_day_and_revision_say_what_they_said(own_store: Store, open_page: OpenPage) -> None:
    revision = own_store.latest()
    address = {"programme": "musterstadt", "as_of": AS_OF.isoformat(), "revision": str(revision)}
    pages = ("check_in", "conference", "status_report")
    before = {page: texts(open_page(page, **address)) for page in pages}
    rewrite(own_store)
    assert opened.store().latest() == revision + 1
    for page in pages:
        assert texts(open_page(page, **address)) == before[page], page
