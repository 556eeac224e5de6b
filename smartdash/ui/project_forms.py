"""Short forms on the projects page: report a project's progress, keep risks and chances, keep deliveries."""

from __future__ import annotations

from smartdash.model.projects import Project
from smartdash.model.risks import Risk
from smartdash.model.schedule import Dependency
from smartdash.ui.delivery_form import ask_delivery
from smartdash.ui.entry_forms import EntryForm, EntryWords, entry_forms, offered
from smartdash.ui.progress_form import ask_progress
from smartdash.ui.project_stock import Stock, read_stock
from smartdash.ui.questions import choose_one
from smartdash.ui.risk_form import ask_risk
from smartdash.ui.view import View


def project_forms(view: View) -> None:
    """Choose what to enter, fill it in, store it; the public sees none."""
    if not offered(view):
        return
    stock, say = read_stock(view), view.say
    forms = {
        "progress": EntryForm(say("projects.form_progress"), _choose_project, ask_progress),
        "risk": EntryForm(say("projects.form_risk"), _choose_risk, ask_risk),
        "delivery": EntryForm(say("projects.form_delivery"), _choose_delivery, ask_delivery),
    }
    if not stock.projects:
        del forms["progress"]
    words = EntryWords(say("projects.enter"), say("projects.what"), say("projects.store"), say("projects.done"))
    entry_forms(view, "project", stock, forms, words)


def _choose_project(view: View, stock: Stock) -> str | None:
    titles = {key: item.title for key, item in stock.projects.items()}
    return choose_one(view, Project.sheet.label(view.lang), titles, "project_chosen", "ui.choose")


def _choose_risk(view: View, stock: Stock) -> str | None:
    titles = {key: item.title for key, item in stock.risks.items()}
    return choose_one(view, Risk.sheet.label(view.lang), titles, "project_risk_chosen", "projects.new_risk")


def _choose_delivery(view: View, stock: Stock) -> str | None:
    titles = {
        key: f"{stock.names[item.provider]} → {stock.names[item.consumer]}" for key, item in stock.deliveries.items()
    }
    label = Dependency.sheet.label(view.lang)
    return choose_one(view, label, titles, "project_delivery_chosen", "projects.new_delivery")
