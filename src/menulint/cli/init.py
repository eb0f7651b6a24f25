"""``menulint init``: a few questions, then a configuration and, if wanted, a baseline of what is there today and a hook."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from menulint.baseline import Baseline, Terms
from menulint.cli import _complete, _show
from menulint.cli._options import comma_lists
from menulint.cli.baseline import checked
from menulint.config import BASELINE_NAME, FILE_NAME
from menulint.engine.places import check_code
from menulint.errors import UsageError
from menulint.pack.load import load_pack
from menulint.runs.workspace import Workspace
from menulint.ui import DEFAULT, LANGUAGES

REASON = "there before menulint was introduced"
HOOKS = ".pre-commit-config.yaml"
HOOK = """\
- repo: local
  hooks:
  - id: menulint
    name: menulint
    entry: menulint check --staged
    language: system
    pass_filenames: false
"""
"""Runs the installed menulint; ``.pre-commit-hooks.yaml`` of menulint's own repository is for those who name that instead."""


@click.command(name="init", short_help="Ask a few questions and write a configuration.")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--jurisdiction",
    multiple=True,
    metavar="CODES",
    callback=comma_lists,
    help="Answer to the first question.",
    shell_complete=_complete.places,
)
@click.option("--ui-lang", type=click.Choice(LANGUAGES), help="Answer to the second.")
@click.option("--baseline/--no-baseline", default=None, help="Answer to the third.")
@click.option("--hook/--no-hook", default=None, help="Answer to the fourth, which only a Git repository is asked.")
@click.option("--yes", is_flag=True, help="Ask nothing: what is not given is taken as proposed.")
def command(folder: Path, yes: bool, **answers: Any) -> int:
    """Write a configuration for the site in FOLDER (default: the current one).

    Asked is where the site sells, in which language reports are to be, whether what is found today is accepted for now, so
    that only new findings count, and in a Git repository whether pre-commit is to check every commit.
    """
    path = folder / FILE_NAME
    if path.exists():
        raise UsageError(f"{path.as_posix()} is there already; change it, or delete it first")
    codes = tuple(map(_code, answers["jurisdiction"])) or _asked_codes(yes)
    pack = load_pack()
    for code in codes:
        if code not in ("auto", "all"):
            check_code(code, pack)
    language = answers["ui_lang"] or _asked("Language of reports", DEFAULT, yes, click.Choice(LANGUAGES))
    accept = _agreed(answers["baseline"], "Accept what is found today, so that only new findings count?", yes)
    hook = (folder / ".git").exists() and _agreed(answers["hook"], "Check every commit with pre-commit?", yes)
    _write(path, codes, language, with_baseline=accept)
    written = [FILE_NAME]
    _show.line(f"{path.as_posix()}: written")
    if hook and _write_hook(folder / HOOKS):
        written.append(HOOKS)
    ended = _accept(folder) if accept else 0
    _show_next([*written, BASELINE_NAME] if accept else written, hook=hook)
    return ended


def _agreed(answer: bool | None, question: str, yes: bool) -> bool:
    return answer if answer is not None else yes or click.confirm(question, default=True)


def _show_next(written: list[str], *, hook: bool) -> None:
    """What is left to do by hand."""
    if hook:
        _show.line(f"next: pre-commit install, then commit {', '.join(written)}")
    else:
        _show.line(f"next: menulint check, and commit {', '.join(written)}")


def _write_hook(path: Path) -> bool:
    """Write a configuration of pre-commit that runs the menulint which is installed; one that is there is left alone."""
    if not path.exists():
        path.write_text(f"repos:\n{HOOK}", "utf-8", newline="\n")
        _show.line(f"{path.as_posix()}: written")
        return True
    if "menulint" in path.read_text("utf-8", "replace"):
        _show.line(f"{path.as_posix()}: kept as it is, it runs menulint already")
    else:
        _show.line(f"{path.as_posix()} is there already; add to its repos:")
        click.echo(HOOK, nl=False)
    return False


def _asked_codes(yes: bool) -> tuple[str, ...]:
    said = _asked("Where does the site sell (GB, IE, ES, US-CA, ...; auto: read it from the pages)", "auto", yes)
    return tuple(map(_code, _items(said)))


def _code(text: str) -> str:
    return text.lower() if text.lower() in ("auto", "all") else text.upper()


def _items(said: str) -> list[str]:
    return [item for item in said.replace(",", " ").split() if item]


def _asked(question: str, proposed: str, yes: bool, kind: Any = str) -> str:
    answer: str = proposed if yes else click.prompt(question, default=proposed, type=kind)
    return answer


def _write(path: Path, codes: tuple[str, ...], language: str, *, with_baseline: bool) -> None:
    lines = [
        f"jurisdiction = {json.dumps(list(codes))}",
        f"ui_lang = {json.dumps(language)}",
        'fail_on = "error"           # error, warning, info or never',
        "exclude = []                # patterns as in .gitignore",
    ]
    if with_baseline:
        lines.append(f"baseline = {json.dumps(BASELINE_NAME)}")
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


def _accept(folder: Path) -> int:
    """Write the baseline of what is found now; the next run is green, and says what is new from then on."""
    path = folder / BASELINE_NAME
    if path.exists():
        _show.line(f"{path.as_posix()}: kept as it is")
        return 0
    options = {"paths": (folder.as_posix(),), "no_config": False}
    results, code = checked(Workspace.of(options, with_baseline=False))
    made = Baseline({}, folder).updated(results, Terms(REASON, date.today()))
    made.save(path)
    _show.line(f"{path.as_posix()}: {len(made.places)} places in {len(results)} files accepted: {REASON}")
    return code
