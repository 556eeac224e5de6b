"""The command line: `python -m smartdash`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date

from smartdash import commands, model_commands, plan_commands, survey_commands
from smartdash.exchange.refusals import refusal_text
from smartdash.locale import LANGUAGES, words
from smartdash.model.declare import AREAS
from smartdash.model.money import PlanStatus
from smartdash.store import Audience, NoSuchRevision, StoreError

Command = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    root = argparse.ArgumentParser(prog="python -m smartdash", description="Steering dashboards for municipalities.")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--store", metavar="FILE", help="the store (default: SMARTDASH_STORE or data/smartdash.duckdb)")
    common.add_argument("--lang", choices=LANGUAGES, default="de", help="language of what is printed (default: de)")
    listing = argparse.ArgumentParser(add_help=False)
    listing.add_argument("--format", choices=("table", "json", "csv"), default="table")
    scope = argparse.ArgumentParser(add_help=False)
    scope.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="show what was reported by this day")
    scope.add_argument("--revision", type=int, metavar="N", help="show what was known after this revision")
    scope.add_argument("--audience", choices=[item.value for item in Audience], default=Audience.INTERNAL.value)
    area = argparse.ArgumentParser(add_help=False)
    area.add_argument("--area", choices=tuple(AREAS), help="only the sheets of this area")
    area.add_argument("--out", metavar="FILE", help="the file to write")
    kinds = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Command, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        text = (run.__doc__ or "").split("\n")[0]
        made = kinds.add_parser(name, parents=[common, *parents], help=text, description=text)
        made.set_defaults(run=run)
        return made

    imported = add("import", commands.run_import)
    imported.add_argument("file", metavar="FILE", help="a workbook, or CSV or OParl files: one, a folder, or a .zip")
    imported.add_argument("--programme", metavar="KEY", help="where the file has no sheet with the programme")
    imported.add_argument("--dry-run", action="store_true", help="only say what would change")
    imported.add_argument("--complete", action="store_true", help="retire what the file's sheets do not list")
    imported.add_argument("--author", default="Kommandozeile", help="who imports, as a role")
    imported.add_argument("--reason", default="", help="why")
    exported = add("export", commands.run_export, scope, area)
    exported.add_argument("--programme", metavar="KEY", required=True)
    add("template", commands.run_template, area).add_argument("--programme", metavar="KEY")
    add("programmes", commands.run_programmes, listing)
    add("figures", commands.run_figures, listing)
    shown = add("show", commands.run_show, scope)
    shown.add_argument("figure", metavar="FIGURE")
    shown.add_argument(
        "--set",
        metavar="OPTION=VALUE",
        type=_option,
        action="append",
        default=[],
        help="choose a value for one of the figure's options, such as group=unit",
    )
    shown.add_argument("--programme", metavar="KEY", help="needed for every figure but those of the portfolio")
    shown.add_argument("--format", choices=("table", "json", "csv", "svg", "png"), default="table")
    shown.add_argument("--out", metavar="FILE", help="write to this file instead of the terminal")
    checked = add("check", commands.run_check, scope)
    checked.add_argument("--programme", metavar="KEY", required=True)
    checked.add_argument("--format", choices=("table", "json"), default="table")
    plan = argparse.ArgumentParser(add_help=False)
    plan.add_argument("--programme", metavar="KEY", required=True)
    plan.add_argument("--version", metavar="KEY", required=True, help="the plan version")
    read = add("import-plan", plan_commands.run_import_plan, plan)
    read.add_argument("file", metavar="FILE", help="a workbook, CSV or text file in the layout of the grant's form")
    read.add_argument("--title", help="the version's title (default: its key)")
    read.add_argument("--status", choices=[item.value for item in PlanStatus], help="default: working")
    read.add_argument("--valid-from", type=date.fromisoformat, metavar="DATE")
    read.add_argument("--decision", metavar="KEY", help="the paper it was decided by")
    read.add_argument("--supersedes", metavar="KEY", help="the version it was made from")
    read.add_argument("--source", metavar="KEY", help="the source of what is new")
    read.add_argument("--public", action="store_true", help="what is new may be seen by the public")
    read.add_argument("--accept-differences", metavar="REASON", help="store although totals deviate, and why")
    read.add_argument("--dry-run", action="store_true", help="only say what would change")
    read.add_argument("--author", default="Kommandozeile", help="who imports, as a role")
    read.add_argument("--reason", default="", help="why")
    written = add("export-plan", plan_commands.run_export_plan, plan)
    written.add_argument("--out", metavar="FILE", help="the file to write")
    _add_model_commands(add)
    _add_survey_commands(add)
    add("log", commands.run_log, listing).add_argument("--programme", metavar="KEY")
    add("dictionary", commands.run_dictionary, listing)
    return root


def _add_model_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    read = add("import-model", model_commands.run_import_model)
    read.add_argument(
        "files", metavar="FILE", nargs="+", help="a workbook, a .zip or folder of CSV files, or CSV files"
    )
    read.add_argument("--programme", metavar="KEY", required=True)
    read.add_argument("--key", metavar="KEY", help="the model's key (default: the file's, with the version if new)")
    read.add_argument("--version", help="the model's version, where the file is to become a new one")
    read.add_argument("--title-de", metavar="TITLE", help="where the file names none")
    read.add_argument("--title-en", metavar="TITLE", help="where the file names none")
    read.add_argument("--lowest", type=int, metavar="LEVEL", help="where the file names no scale")
    read.add_argument("--highest", type=int, metavar="LEVEL", help="where the file names no scale")
    read.add_argument("--licence", help="needed where the file names none")
    read.add_argument("--source-title", metavar="TITLE", help="the document it comes from (default: the model's title)")
    read.add_argument("--publisher", help="who has published it")
    read.add_argument("--url", help="where it is found on the web")
    read.add_argument("--not-redistributable", action="store_true", help="nothing of it may leave the house")
    read.add_argument("--dry-run", action="store_true", help="only say what would change")
    read.add_argument("--author", default="Kommandozeile", help="who imports, as a role")
    read.add_argument("--reason", default="", help="why")
    written = add("export-model", model_commands.run_export_model)
    written.add_argument("--programme", metavar="KEY", required=True)
    written.add_argument("--model", metavar="KEY", required=True)
    written.add_argument("--new-version", metavar="VERSION", help="write it as a new version with a key of its own")
    written.add_argument("--out", metavar="FILE", help="the file to write")


def _add_survey_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    survey = argparse.ArgumentParser(add_help=False)
    survey.add_argument("--programme", metavar="KEY", required=True)
    survey.add_argument("--wave", metavar="KEY", required=True, help="the survey wave")
    survey.add_argument("--unit", metavar="KEY", required=True, help="the unit that moderates it, for which you read")
    sheets = add("answer-sheets", survey_commands.run_answer_sheets, survey)
    sheets.add_argument("--out", metavar="PLACE", help="a folder, or a file that ends in .zip")
    answers = add("import-answers", survey_commands.run_import_answers, survey)
    answers.add_argument("files", metavar="FILE", nargs="+", help="filled sheets, folders or .zip files of them")
    answers.add_argument(
        "--leave-out", metavar="FILE", action="append", default=[], help="a faulty file, as it is named"
    )
    answers.add_argument("--dry-run", action="store_true", help="only say what would change")
    answers.add_argument("--author", default="Kommandozeile", help="who imports, as a role")
    answers.add_argument("--reason", default="", help="why")


def _option(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(text)
    return name, value


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 findings or refused input, 2 wrong use.
    """
    # A Windows console that speaks another code page would refuse umlauts and signs.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except commands.WrongUse as error:
        print(error, file=sys.stderr)
        return commands.WRONG_USE
    except BrokenPipeError:
        # Who reads the output has seen enough, such as `head`; Python must not complain at its end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return commands.DONE
    except StoreError as error:
        print(refusal_text(error, words(arguments.lang)), file=sys.stderr)
        return commands.WRONG_USE if isinstance(error, NoSuchRevision) else commands.FOUND
    return code


if __name__ == "__main__":
    sys.exit(main())
