"""The commands about maturity models: bring one in from its files, and write one as a workbook."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from smartdash.analysis.maturity_model_keys import new_version, versioned_key
from smartdash.commands import DONE, WrongUse, find_programme, open_store, print_difference, print_refused
from smartdash.exchange.maturity_model_reading import ModelFile, read_model
from smartdash.exchange.maturity_model_records import HeldModels, placed, read_held, suggested, to_store
from smartdash.exchange.maturity_model_writing import model_workbook
from smartdash.exchange.refusals import REFUSALS, refusal_problems
from smartdash.locale import Words, words
from smartdash.model.maturity import MaturityModel
from smartdash.model.shared import Programme, Source
from smartdash.store import Scope

_MODEL = ("key", "version", "title_de", "title_en", "lowest", "highest", "licence")


def run_import_model(arguments: Namespace) -> int:
    """Read a maturity model from its files, and store it under keys of its own or not at all."""
    say = words(arguments.lang)
    for file in arguments.files:
        if not Path(file).exists():
            raise WrongUse(say("cli.no_file", file=file))
    store = open_store(arguments)
    programme = find_programme(store, arguments)
    with store.read(_scope(programme)) as reader:
        based_on, held = reader.scope.revision, read_held(reader)
    file, problems = read_model(*arguments.files)
    if file is None:
        return print_refused(problems, say)
    for note in file.notes:
        print(note.text(say))
    model, source = _told(arguments, file, held, say)
    place, problems = placed(file, model, source, held)
    if place is None:
        return print_refused(problems, say)
    changes = to_store(place, held)
    try:
        difference = store.compare(changes)
        if difference.empty:
            print(say("cli.nothing_to_write"))
            return DONE
        print(say("maturity_model.cli_model", key=model.key, version=model.version))
        print_difference(difference, say)
        if arguments.dry_run:
            print(say("cli.dry_run"))
            return DONE
        reason = arguments.reason or say("maturity_model.reason", file=file.origin.name)
        revision, _ = store.write(
            changes, author=arguments.author, reason=reason, origin=file.origin, based_on=based_on
        )
    except REFUSALS as error:
        return print_refused(refusal_problems(error, file.origin.name), say)
    print(say("cli.written", revision=str(revision.number if revision else "")))
    return DONE


def run_export_model(arguments: Namespace) -> int:
    """Write a maturity model as a workbook, as it is or as a new version to work on."""
    say = words(arguments.lang)
    store = open_store(arguments)
    programme = find_programme(store, arguments)
    with store.read(_scope(programme, leaves=True)) as reader:
        held = read_held(reader)
        sources = {source.key: source for source in reader.all(Source)}
    whole = held.model(arguments.model)
    if whole is None:
        known = ", ".join(one.model.key for one in held.models) or "–"
        raise WrongUse(say("maturity_model.cli_no_model", model=arguments.model, models=known))
    source = sources.get(whole.model.source or "")
    if version := arguments.new_version:
        whole = new_version(whole, versioned_key(whole.model.key, whole.model.version, version), version)
    target = Path(arguments.out or f"{whole.model.key}.xlsx")
    target.write_bytes(model_workbook(whole, source, arguments.lang))
    print(target)
    return DONE


def _scope(programme: Programme, *, leaves: bool = False) -> Scope:
    return Scope(programme.key, programme.default_as_of or date.today(), for_export=leaves)


def _told(arguments: Namespace, file: ModelFile, held: HeldModels, say: Words) -> tuple[MaturityModel, Source]:
    """The model and its source with what the arguments say of them.

    Raises:
        WrongUse: nobody says under which licence the model may be used.
    """
    told = {name: value for name in _MODEL if (value := getattr(arguments, name)) is not None}
    model, source = suggested(file, held, told)
    if not model.licence:
        raise WrongUse(say("maturity_model.cli_licence"))
    named = {"title": arguments.source_title, "publisher": arguments.publisher, "url": arguments.url}
    kept = {name: value for name, value in named.items() if value is not None}
    closed = {"redistributable": False} if arguments.not_redistributable else {}
    return model, source.model_copy(update={**kept, **closed, "licence": model.licence})
