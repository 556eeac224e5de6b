"""Short forms on the projects page: report a project's progress, keep risks and chances, keep deliveries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.condensing import LONGEST_TITLE, Refusal
from smartdash.analysis.reports import newest
from smartdash.exchange.numbers import number_from_text
from smartdash.exchange.problems import Fault
from smartdash.figures.handovers import party_names
from smartdash.figures.headings import heading
from smartdash.locale.numbers import number
from smartdash.model.okr import KeyResult
from smartdash.model.projects import Project, ProjectProgress, ProjectStage
from smartdash.model.risks import Risk, RiskAssessment, RiskKind
from smartdash.model.schedule import Dependency
from smartdash.model.shared import Unit
from smartdash.store import Audience, Scope
from smartdash.ui import opened
from smartdash.ui.questions import Make, choose_one, new_record
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, hindrance, refuse, show_done, sign, working_day, write

_READINGS = 20
_SHORT = 100
_KIND = "project_form"


@dataclass(frozen=True, slots=True)
class Stock:
    """What the forms offer, as of `revision`; `names` are the titles of all that provides or waits, by key."""

    revision: int
    projects: dict[str, Project]
    progress: dict[str, ProjectProgress]
    risks: dict[str, Risk]
    deliveries: dict[str, Dependency]
    providers: tuple[str, ...]
    consumers: tuple[str, ...]
    names: dict[str, str]


def project_forms(view: View) -> None:
    """Choose what to enter, fill it in, store it; the public sees none."""
    if view.programme is None or view.audience is Audience.PUBLIC or view.presentation:
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    stock, say = _read(opened.store().stamp(), view.scope()), view.say
    st.markdown(f"### {say('projects.enter')}")
    offered = [name for name in _FORMS if name != "progress" or stock.projects]
    name = st.selectbox(
        say("projects.what"),
        offered,
        key=_KIND,
        format_func=lambda item: say(f"projects.form_{item}"),
        placeholder=say("ui.choose"),
    )
    subject = _SUBJECTS[name](view, stock)
    with st.form(fresh(f"project_{name}_{subject}"), border=False):
        make = _FORMS[name](view, stock, subject)
        signature = sign(view, f"project_{name}", say(f"projects.form_{name}"))
        stored = st.form_submit_button(say("projects.store"), type="primary")
    if not stored:
        return
    try:
        records = make()
    except Refusal as refusal:
        refuse(view, refusal)
        return
    write(view, records, signature, based_on=stock.revision, done=say("projects.done"))


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope) -> Stock:
    with opened.store().read(scope) as reader:
        projects = {item.key: item for item in sorted(reader.all(Project), key=lambda one: one.title)}
        results = tuple(item.key for item in reader.all(KeyResult))
        units = tuple(item.key for item in reader.all(Unit))
        parties = {*projects, *results, *units}
        return Stock(
            reader.scope.revision or 0,
            projects,
            newest(reader.all(ProjectProgress), lambda item: item.project),
            {item.key: item for item in reader.all(Risk) if item.closed_on is None},
            {
                item.key: item
                for item in reader.all(Dependency)
                if item.provided_on is None and (item.provider in parties or item.consumer in parties)
            },
            (*units, *projects),
            (*projects, *results),
            party_names(reader),
        )


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


def _day(view: View, label: str, name: str, value: date | None, *, past: bool = False) -> date | None:
    most = working_day(view) if past else None
    chosen: date | None = st.date_input(label, value=value, max_value=most, format="DD.MM.YYYY", key=fresh(name))
    return chosen


def _progress(view: View, stock: Stock, subject: str | None) -> Make:
    say, last = view.say, stock.progress.get(subject or "")
    name = f"project_progress_{subject}"
    on = _day(view, heading(ProjectProgress, "reported_on", say), f"{name}_on", working_day(view), past=True)
    stages = list(ProjectStage)
    stage = st.selectbox(
        heading(ProjectProgress, "stage", say),
        stages,
        index=stages.index(last.stage) if last and last.stage else None,
        format_func=lambda item: item.label(view.lang),
        key=fresh(f"{name}_stage"),
        placeholder=say("ui.choose"),
    )
    completion = st.number_input(
        f"{heading(ProjectProgress, 'completion', say)} (%)",
        min_value=0,
        max_value=100,
        value=last.completion if last else None,
        step=5,
        key=fresh(f"{name}_completion"),
    )
    known = last.forecast_end if last else None
    end = _day(view, heading(ProjectProgress, "forecast_end", say), f"{name}_end", known)
    known_cost = number(last.forecast_cost, view.lang, 2) if last and last.forecast_cost is not None else ""
    cost = st.text_input(
        f"{heading(ProjectProgress, 'forecast_cost', say)} (€)", value=known_cost, key=fresh(f"{name}_cost")
    )
    comment = st.text_area(heading(ProjectProgress, "comment", say), height=68, key=fresh(f"{name}_comment"))

    def make() -> list[Any]:
        if subject is None:
            raise Refusal("projects.project_needed")
        return [
            ProjectProgress(
                **new_record(view),
                project=subject,
                public=stock.projects[subject].public,
                reported_on=on or working_day(view),
                stage=stage,
                completion=completion,
                forecast_end=end,
                forecast_cost=_amount(cost),
                comment=comment.strip() or None,
            )
        ]

    return make


def _amount(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        amount = number_from_text(text.strip(), "€")
    except Fault:
        raise Refusal("projects.no_amount", value=text.strip()) from None
    if amount < 0 or amount.adjusted() > 12 or amount != round(amount, 2):
        raise Refusal("projects.no_amount", value=text.strip())
    return amount


def _risk(view: View, stock: Stock, subject: str | None) -> Make:
    say, known = view.say, stock.risks.get(subject or "")
    name, today = f"project_risk_{subject}", working_day(view)
    title, kind, about = "", RiskKind.RISK, None
    if known is None:
        title = st.text_input(heading(Risk, "title", say), max_chars=LONGEST_TITLE, key=fresh(f"{name}_title"))
        kind = st.segmented_control(
            heading(Risk, "kind", say),
            list(RiskKind),
            default=RiskKind.RISK,
            required=True,
            format_func=lambda item: item.label(view.lang),
            key=fresh(f"{name}_kind"),
        )
        titles = {key: item.title for key, item in stock.projects.items()}
        about = choose_one(view, heading(Risk, "about", say), titles, f"{name}_about", "projects.whole_programme")
    steps = [
        st.segmented_control(heading(Risk, field, say), [1, 2, 3, 4, 5], default=None, key=fresh(f"{name}_{field}"))
        for field in ("probability", "impact")
    ]
    response = st.text_area(
        heading(Risk, "response", say),
        value=(known.response or "") if known else "",
        height=68,
        key=fresh(f"{name}_response"),
    )
    due = _day(view, heading(Risk, "response_due", say), f"{name}_due", known.response_due if known else None)
    role = st.text_input(
        heading(Risk, "owner_role", say),
        value=(known.owner_role or "") if known else "",
        max_chars=_SHORT,
        key=fresh(f"{name}_role"),
    )
    closed = known is not None and st.toggle(say("projects.close_risk"), key=fresh(f"{name}_closed"))
    given: dict[str, Any] = {
        "response": response.strip() or None,
        "response_due": due,
        "owner_role": role.strip() or None,
    }

    def make() -> list[Any]:
        if known is None:
            if not title.strip():
                raise Refusal("projects.title_needed")
            probability, impact = steps
            if probability is None or impact is None:
                raise Refusal("projects.steps_needed")
            return [
                Risk(
                    **new_record(view, _new_key(view)),
                    title=title,
                    kind=kind,
                    about=about,
                    identified_on=today,
                    probability=probability,
                    impact=impact,
                    public=about is None or stock.projects[about].public,
                    **given,
                )
            ]
        if steps.count(None) == 1:
            raise Refusal("projects.steps_needed")
        records: list[Any] = [known.model_copy(update={**given, "closed_on": today if closed else None})]
        if None not in steps:
            fields: dict[str, Any] = {
                "risk": known.key,
                "assessed_on": today,
                "probability": steps[0],
                "impact": steps[1],
            }
            records.append(RiskAssessment(**new_record(view), public=known.public, **fields))
        return records

    return make


def _new_key(view: View) -> str:
    programme = view.programme.key if view.programme else ""
    return next(new_keys("R", opened.store().keys(programme, "risk", retired=True)))


def _delivery(view: View, stock: Stock, subject: str | None) -> Make:
    say, known = view.say, stock.deliveries.get(subject or "")
    name = f"project_delivery_{subject}"
    provider = consumer = None
    if known is None:
        providers = {key: stock.names[key] for key in stock.providers}
        consumers = {key: stock.names[key] for key in stock.consumers}
        provider = choose_one(view, say("projects.provider"), providers, f"{name}_provider", "ui.choose")
        consumer = choose_one(view, say("projects.consumer"), consumers, f"{name}_consumer", "ui.choose")
    needed = _day(view, heading(Dependency, "needed_by", say), f"{name}_needed", known.needed_by if known else None)
    confirmed = _day(
        view,
        heading(Dependency, "confirmed_on", say),
        f"{name}_confirmed",
        known.confirmed_on if known else None,
        past=True,
    )
    provided = _day(view, heading(Dependency, "provided_on", say), f"{name}_provided", None, past=True)
    given: dict[str, Any] = {"needed_by": needed, "confirmed_on": confirmed, "provided_on": provided}

    def make() -> list[Any]:
        if known is not None:
            return [known.model_copy(update=given)]
        if provider is None or consumer is None or provider == consumer:
            raise Refusal("projects.parties_needed")
        if any((one.provider, one.consumer) == (provider, consumer) for one in stock.deliveries.values()):
            raise Refusal("projects.delivery_there")
        return [Dependency(**new_record(view), provider=provider, consumer=consumer, **given)]

    return make


_FORMS: dict[str, Callable[[View, Stock, str | None], Make]] = {
    "progress": _progress,
    "risk": _risk,
    "delivery": _delivery,
}
_SUBJECTS: dict[str, Callable[[View, Stock], str | None]] = {
    "progress": _choose_project,
    "risk": _choose_risk,
    "delivery": _choose_delivery,
}
