"""The commands about answer sheets: write those of a wave, and take filled ones in, for the unit that moderates it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from smartdash.commands import DONE, FOUND, WrongUse, find_programme, open_store, print_refused
from smartdash.exchange.answer_sheet import SurveyForm
from smartdash.exchange.answer_sheet_batch import (
    SHEETS,
    Batch,
    origin_of,
    read_answer_sheets,
    sheet_archive,
    sheet_name,
    taken_together,
)
from smartdash.exchange.answer_sheet_form import read_form
from smartdash.exchange.answer_sheet_workbook import answer_sheet
from smartdash.exchange.files import Upload
from smartdash.locale import Words, words
from smartdash.model.shared import Programme
from smartdash.model.surveys import Response, ResponseState, SurveyWave
from smartdash.store import Changes, Scope, Store


def run_answer_sheets(arguments: Namespace) -> int:
    """Write the empty answer sheets of a survey wave into a folder, or into one file where its name ends in .zip."""
    say = words(arguments.lang)
    store = open_store(arguments)
    form, _ = _read(store, find_programme(store, arguments), arguments, say)
    if not form.invitations:
        print(say("survey.nobody_invited"))
        return FOUND
    target = Path(arguments.out or f"{form.programme.key}_{form.wave.key}_{say('survey.sheets_file')}.zip")
    if target.suffix.lower() == ".zip":
        target.write_bytes(sheet_archive(form, form.invitations, arguments.lang, answered=False))
        print(target)
        return DONE
    if target.is_file():
        raise WrongUse(say("survey.cli_no_folder", file=str(target)))
    target.mkdir(parents=True, exist_ok=True)
    for one in form.invitations:
        place = target / sheet_name(one)
        place.write_bytes(answer_sheet(form, one, arguments.lang, answered=False))
        print(place)
    return DONE


def run_import_answers(arguments: Namespace) -> int:
    """Take filled answer sheets in, all of them or none; faulty ones may be left out by name."""
    say = words(arguments.lang)
    uploads = [upload for name in arguments.files for upload in _uploads(Path(name), say)]
    store = open_store(arguments)
    programme = find_programme(store, arguments)
    form, based_on = _read(store, programme, arguments, say)
    readings = read_answer_sheets(uploads, form, arguments.lang)
    if unknown := set(arguments.leave_out) - {reading.file for reading in readings}:
        raise WrongUse(say("survey.cli_not_among", files=", ".join(sorted(unknown))))
    batch = taken_together(readings, arguments.leave_out)
    if batch.problems:
        return print_refused(batch.problems, say)
    _print_units(batch, form, say)
    if not batch.touched:
        print(say("cli.nothing_to_write"))
        return DONE
    if arguments.dry_run:
        print(say("cli.dry_run"))
        return DONE
    revision, _ = store.write(
        Changes(programme.key, {Response.sheet.name: batch.responses}),
        author=arguments.author,
        reason=arguments.reason or say("survey.upload_reason", wave=form.wave.title),
        origin=origin_of(uploads, say("survey.several_sheets", n=len(readings) - len(arguments.leave_out))),
        based_on=based_on,
    )
    print(say("cli.written", revision=str(revision.number if revision else "")))
    return DONE


def _read(store: Store, programme: Programme, arguments: Namespace, say: Words) -> tuple[SurveyForm, int]:
    """The wave as its moderating unit sees it, and the revision that was read.

    Raises:
        WrongUse: there is no such wave, or the unit does not moderate it.
    """
    today = programme.default_as_of or date.today()
    with store.read(Scope(programme.key, today, unit=arguments.unit)) as reader:
        waves = {wave.key: wave for wave in reader.all(SurveyWave)}
        wave = waves.get(arguments.wave)
        if wave is None:
            raise WrongUse(say("survey.cli_no_wave", wave=arguments.wave, waves=", ".join(waves) or "–"))
        if wave.moderated_by is None or wave.moderated_by != arguments.unit:
            raise WrongUse(say("survey.cli_not_moderating", unit=arguments.unit, moderation=wave.moderated_by or "–"))
        return read_form(reader, programme, wave, today), reader.scope.revision or 0


def _uploads(path: Path, say: Words) -> Sequence[Upload]:
    """A file with its content, or the sheets of a folder.

    Raises:
        WrongUse: there is no such file.
    """
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in SHEETS)
        return [(one.name, one.read_bytes()) for one in found]
    if not path.is_file():
        raise WrongUse(say("cli.no_file", file=str(path)))
    return [(path.name, path.read_bytes())]


def _print_units(batch: Batch, form: SurveyForm, say: Words) -> None:
    """What the sheets bring, a line per unit: counts only, since single answers stay with the moderation."""
    for unit in batch.units:
        states = ", ".join(f"{unit.states[state]} {state.label(say.lang)}" for state in ResponseState)
        print(
            say(
                "survey.cli_unit",
                n=unit.sheets,
                unit=form.units[unit.unit],
                new=str(unit.new),
                changed=str(unit.changed),
                unchanged=str(unit.unchanged),
                states=states,
            )
        )
    if batch.empty:
        print(say("survey.returned_empty", n=len(batch.empty), files=", ".join(batch.empty)))
