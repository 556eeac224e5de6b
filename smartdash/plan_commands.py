"""The commands about the grant's plan form: read it into a plan version, and write a version as the form."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from smartdash.analysis.checks import Plan
from smartdash.commands import DONE, FOUND, WrongUse, find_programme, open_store, print_difference, print_refused
from smartdash.exchange.plan_form import FormPlan, read_plan_form
from smartdash.exchange.plan_form_comparison import (
    Acceptance,
    cell_changes,
    change_text,
    deviation_place,
    deviation_text,
    deviations,
    label_changes,
    to_store,
    unaccepted,
)
from smartdash.exchange.plan_form_layout import form_of
from smartdash.exchange.plan_form_records import Answers, Held, records_of
from smartdash.exchange.plan_form_workbook import form_workbook
from smartdash.exchange.problems import Fault, Problem
from smartdash.locale import Words, words
from smartdash.model.declare import KEY_PATTERN
from smartdash.model.money import PlanStatus, PlanVersion
from smartdash.store import Origin

_LONGEST_KEY = 60


def run_import_plan(arguments: Namespace) -> int:
    """Read a plan in the grant's form layout, compare its totals, and store it as one plan version or not at all."""
    say = words(arguments.lang)
    if not Path(arguments.file).is_file():
        raise WrongUse(say("cli.no_file", file=arguments.file))
    store = open_store(arguments)
    programme = find_programme(store, arguments)
    based_on = next((revision.number for revision in store.revisions()), 0)
    held = Held(programme.key, programme.demo, store.current(programme.key))
    answers = Answers(_version(arguments, held, say), source=arguments.source, public=arguments.public)
    form, problems = read_plan_form(arguments.file)
    if form is None:
        return print_refused(problems, say)
    plan, problems = records_of(form, held, answers, say)
    if problems:
        return print_refused(problems, say)
    _print_changes(form, plan, held, say)
    deviating = unaccepted(plan, held)
    for check in deviating:
        print(f"{deviation_place(check, say)}: {deviation_text(check, say)}")
    if not deviations(plan):
        print(say("plan_form.all_agree"))
    acceptance = None
    if deviating and arguments.accept_differences:
        day = programme.default_as_of or date.today()
        acceptance = Acceptance(arguments.author, arguments.accept_differences, day)
    changes = to_store(plan, held, acceptance, say)
    difference = store.compare(changes)
    if difference.empty:
        print(say("cli.nothing_to_write"))
        return DONE
    if deviating and acceptance is None:
        print(say("plan_form.cli_deviates", n=len(deviating)))
        return FOUND
    print_difference(difference, say)
    if arguments.dry_run:
        print(say("cli.dry_run"))
        return DONE
    reason = arguments.accept_differences or arguments.reason or say("plan_form.reason", file=form.name)
    origin = Origin(form.name, form.sha256)
    revision, _ = store.write(changes, author=arguments.author, reason=reason, origin=origin, based_on=based_on)
    print(say("cli.written", revision=str(revision.number if revision else "")))
    return DONE


def run_export_plan(arguments: Namespace) -> int:
    """Write a plan version as a workbook in the grant's form layout."""
    say = words(arguments.lang)
    store = open_store(arguments)
    programme = find_programme(store, arguments)
    held = Held(programme.key, programme.demo, store.current(programme.key))
    versions = {version.key: version for version in held.all(PlanVersion)}
    if arguments.version not in versions:
        raise WrongUse(say("plan_form.cli_no_version", version=arguments.version, versions=", ".join(versions) or "–"))
    try:
        form = form_of(held.plan(versions[arguments.version]), say)
    except Fault as fault:
        print(Problem(programme.key, "", None, "", "", fault.message, fault.values).text(say), file=sys.stderr)
        return FOUND
    target = Path(arguments.out or f"{programme.key}-{arguments.version}.xlsx")
    target.write_bytes(form_workbook(form, programme.title, arguments.lang, demo=programme.demo))
    print(target)
    return DONE


def _version(arguments: Namespace, held: Held, say: Words) -> PlanVersion:
    """The version with the key, as it is or new, and with what the arguments say of it."""
    key = arguments.version
    if len(key) > _LONGEST_KEY or not re.match(KEY_PATTERN, key):
        raise WrongUse(say("plan_form.cli_bad_version", version=key))
    there = next((item for item in held.all(PlanVersion) if item.key == key), None)
    told = {
        name: value
        for name in ("title", "status", "valid_from", "decision", "supersedes", "source")
        if (value := getattr(arguments, name)) is not None
    }
    if there:
        return PlanVersion.model_validate({**there.model_dump(), **told, "source": there.source})
    new = {"programme": held.programme, "key": key, "title": key, "status": PlanStatus.WORKING, "demo": held.demo}
    return PlanVersion.model_validate({**new, "public": arguments.public, **told})


def _print_changes(form: FormPlan, plan: Plan, held: Held, say: Words) -> None:
    """What was left out, which labels differ, and what changes to the version, or else to the one it supersedes."""
    for note in form.notes:
        print(note.text(say))
    for label in label_changes(form, held):
        print(say("plan_form.label_differs", code=label.code, before=label.before, after=label.after))
    versions = {item.key: item for item in held.all(PlanVersion)}
    before = versions.get(plan.version.key) or versions.get(plan.version.supersedes or "")
    if before:
        for change in cell_changes(held.plan(before), plan):
            print(change_text(change, say))
