"""What each command of the command line does: from parsed arguments to text and an exit code."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from datetime import date
from pathlib import Path
from typing import Any

from smartdash.charts.picture import png, svg
from smartdash.exchange import COUNTS, difference_rows, export_bundle, export_workbook, import_file, may_change
from smartdash.exchange import template as template_workbook
from smartdash.exchange.dictionary import dictionary as dictionary_rows
from smartdash.exchange.first_use import load_samples, store_path
from smartdash.exchange.passed_on import kept_back, passed_on
from smartdash.exchange.problems import Problem
from smartdash.exchange.public_records import public_records
from smartdash.figures import CATALOGUE, Figure, make
from smartdash.figures.checking import findings, run_checks
from smartdash.figures.output import aligned, as_csv, as_json, as_text, csv_text, picture_spec, plain_value
from smartdash.figures.rule_checks import Finding
from smartdash.locale import Words, words
from smartdash.model.declare import REFERENCE
from smartdash.model.shared import Programme
from smartdash.store import Audience, Difference, Scope, Store

DONE, FOUND, WRONG_USE = 0, 1, 2


class WrongUse(Exception):
    """An argument names something that is not there; the text says what is."""


def open_store(arguments: Namespace) -> Store:
    """The store the command works on, with the sample programmes on first use."""
    store = Store(Path(arguments.store) if arguments.store else store_path())
    for number, count, name in load_samples(store):
        print(f"{number}/{count} {name}", file=sys.stderr)
    return store


def run_import(arguments: Namespace) -> int:
    """Import a workbook or bundle; list every problem, or what is new, changed, retired and unchanged."""
    say = words(arguments.lang)
    path = Path(arguments.file)
    if not path.exists():
        raise WrongUse(say("cli.no_file", file=arguments.file))
    store = open_store(arguments)
    result = import_file(
        store,
        path,
        programme=arguments.programme,
        author=arguments.author,
        reason=arguments.reason,
        complete=arguments.complete,
        dry_run=arguments.dry_run,
    )
    if result.problems or result.difference is None:
        return print_refused(result.problems, say)
    difference = result.difference
    for note in result.reading.notes:
        print(note.text(say))
    print_difference(difference, say)
    if difference.missing and not arguments.complete:
        print(say("cli.missing_kept", n=difference.missing))
    if result.revision:
        print(say("cli.written", revision=str(result.revision.number)))
    elif arguments.dry_run and may_change(difference):
        print(say("cli.dry_run"))
    else:
        print(say("cli.nothing_to_write"))
    return DONE


def run_export(arguments: Namespace) -> int:
    """Write a programme to a workbook, or to a bundle where the file's name ends in .zip."""
    store = open_store(arguments)
    programme = find_programme(store, arguments)
    target = Path(arguments.out or f"{programme.key}.xlsx")
    export = export_bundle if target.suffix == ".zip" else export_workbook
    options: dict[str, Any] = {"programme": programme, "lang": arguments.lang, "area": arguments.area}
    if Audience(arguments.audience) is Audience.PUBLIC:
        with store.read(_scope(store, arguments)) as reader:
            if reader.programme is None:
                raise WrongUse(words(arguments.lang)("cli.not_public", programme=programme.key))
            data = export(public_records(reader), public_as_of=reader.scope.as_of, **options)
    elif arguments.as_of or arguments.revision is not None:
        raise WrongUse(words(arguments.lang)("cli.export_is_current"))
    else:
        current = store.current(programme.key)
        data = export(passed_on(current), kept=sum(map(len, kept_back(current).values())), **options)
    target.write_bytes(data)
    print(target)
    return DONE


def run_template(arguments: Namespace) -> int:
    """Write an empty workbook to fill in."""
    target = Path(arguments.out or "smartdash.xlsx")
    target.write_bytes(template_workbook(lang=arguments.lang, area=arguments.area, programme=arguments.programme))
    print(target)
    return DONE


def run_programmes(arguments: Namespace) -> int:
    """List the programmes of the store."""
    say = words(arguments.lang)
    found = open_store(arguments).programmes()
    rows = [
        {
            "key": programme.key,
            "title": programme.title,
            "municipality": programme.municipality_name,
            "kind": programme.kind.value,
            "start": programme.start,
            "end": programme.end,
            "default_as_of": programme.default_as_of,
            "demo": programme.demo,
        }
        for programme in found
    ]
    _print(rows, ("key", "title", "municipality", "start", "end", "demo"), arguments.format, say)
    return DONE


def run_figures(arguments: Namespace) -> int:
    """List the catalogue of figures."""
    say = words(arguments.lang)
    rows = [
        {
            "key": entry.key,
            "title": entry.title(arguments.lang),
            "page": entry.page,
            "needs": list(entry.needs),
            "options": list(entry.options),
        }
        for entry in sorted(CATALOGUE.values(), key=lambda entry: (entry.page, entry.key))
    ]
    _print(rows, ("key", "title", "page"), arguments.format, say)
    return DONE


def run_show(arguments: Namespace) -> int:
    """Print a figure of the catalogue, the same that a page shows."""
    if arguments.figure not in CATALOGUE:
        raise WrongUse(words(arguments.lang)("cli.no_figure", figure=arguments.figure, figures=", ".join(CATALOGUE)))
    chosen = dict(arguments.set)
    store = open_store(arguments)
    with store.read(_scope(store, arguments)) as reader:
        made = make(reader, arguments.figure, arguments.lang, chosen)
    _check_options(made, chosen)
    if arguments.format in ("svg", "png") and made.draft.chart is None:
        print(words(arguments.lang)("cli.no_chart", figure=made.key), file=sys.stderr)
        return FOUND
    if arguments.format == "png":
        _write_bytes(png(picture_spec(made, width=900), scale=2), arguments.out)
        return DONE
    formats: Mapping[str, Callable[[], str]] = {
        "table": lambda: as_text(made) + "\n",
        "json": lambda: json.dumps(as_json(made), ensure_ascii=False, indent=2) + "\n",
        "csv": lambda: as_csv(made),
        "svg": lambda: svg(picture_spec(made, width=900)),
    }
    _write_bytes(formats[arguments.format]().encode(), arguments.out)
    return DONE


def _check_options(made: Figure, chosen: Mapping[str, str]) -> None:
    say, options = words(made.lang), {option.name: option for option in made.draft.options}
    for name, value in chosen.items():
        if name not in CATALOGUE[made.key].options:
            known = ", ".join(CATALOGUE[made.key].options) or "–"
            raise WrongUse(say("cli.no_option", figure=made.key, option=name, options=known))
        if name in options and options[name].chosen != value:
            raise WrongUse(say("cli.no_value", option=name, value=value, values=", ".join(options[name].values)))


def run_check(arguments: Namespace) -> int:
    """Print what the checks of a programme found; exit code 1 where one is violated."""
    say = words(arguments.lang)
    store = open_store(arguments)
    with store.read(_scope(store, arguments)) as reader:
        found = run_checks(reader, say)
    if arguments.format == "json":
        print(json.dumps([_finding(item) for item in found], ensure_ascii=False, indent=2))
    else:
        for item in found:
            status = say(f"check.status_{item.check.status}")
            print(f"{status} | {say(f'check.severity_{item.check.severity}')} | {item.message}")
        print(say("check.message_findings", n=len(findings(found)), total=str(len(found))))
    return FOUND if findings(found) else DONE


def _finding(item: Finding) -> dict[str, Any]:
    check = item.check
    return {
        "rule": check.rule,
        "status": check.status.value,
        "scope": check.scope,
        "period": check.period,
        "left": plain_value(check.left),
        "right": plain_value(check.right),
        "difference": plain_value(check.difference),
        "severity": check.severity.value,
        "message": item.message,
        "source": item.source,
    }


def run_log(arguments: Namespace) -> int:
    """List the revisions, newest first."""
    say = words(arguments.lang)
    rows = [
        {column.name: getattr(revision, column.name) for column in dataclass_fields(revision)}
        for revision in open_store(arguments).revisions(arguments.programme)
    ]
    shown = ("number", "at", "programme", "author", "reason", "origin", "new", "changed", "retired")
    _print(rows, shown, arguments.format, say)
    return DONE


def run_dictionary(arguments: Namespace) -> int:
    """Print the data dictionary: every field of every sheet."""
    rows = dictionary_rows(arguments.lang)
    names = [column.name for column in dataclass_fields(rows[0])]
    _print(
        [{name: getattr(row, name) for name in names} for row in rows],
        tuple(names),
        arguments.format,
        words(arguments.lang),
    )
    return DONE


def find_programme(store: Store, arguments: Namespace) -> Programme:
    """The programme that the arguments name.

    Raises:
        WrongUse: none is named, or there is no such programme.
    """
    found = {programme.key: programme for programme in store.programmes()}
    if arguments.programme not in found:
        say, known = words(arguments.lang), ", ".join(found)
        if arguments.programme is None:
            raise WrongUse(say("cli.which_programme", programmes=known))
        raise WrongUse(say("cli.no_programme", programme=arguments.programme, programmes=known))
    return found[arguments.programme]


def _scope(store: Store, arguments: Namespace) -> Scope:
    audience = Audience(arguments.audience)
    if arguments.programme is None and getattr(arguments, "figure", "").startswith("portfolio."):
        return Scope(REFERENCE, arguments.as_of or date.today(), arguments.revision, audience, for_export=True)
    programme = find_programme(store, arguments)
    as_of = arguments.as_of or programme.default_as_of or date.today()
    return Scope(programme.key, as_of, arguments.revision, audience, for_export=True)


def print_refused(problems: Sequence[Problem], say: Words) -> int:
    """Print what is wrong where, and that nothing was stored; the exit code for it."""
    for problem in problems:
        print(f"{problem.place(say)}: {problem.text(say)}")
    print(say("cli.refused", n=len(problems)))
    return FOUND


def print_difference(difference: Difference, say: Words) -> None:
    """Print how many rows of each sheet are new, changed, retired and unchanged."""
    print(_table([say(f"cli.{name}") for name in ("sheet", *COUNTS)], difference_rows(difference, say.lang)))


def _print(rows: Sequence[Mapping[str, Any]], shown: tuple[str, ...], form: str, say: Any) -> None:
    """Rows as JSON with every value, as CSV, or as a table of the columns `shown`."""
    if form == "json":
        plain = [{name: plain_value(value) for name, value in row.items()} for row in rows]
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    elif form == "csv":
        print(csv_text(shown, ([row[name] for name in shown] for row in rows)), end="")
    else:
        print(_table([say(f"cli.{name}") for name in shown], [[row[name] for name in shown] for row in rows]))


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    return "\n".join(aligned([list(head), *([_text(value) for value in row] for row in rows)], [False] * len(head)))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _write_bytes(data: bytes, out: str | None) -> None:
    if out:
        Path(out).write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
