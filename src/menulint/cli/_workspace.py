"""What a run works with: settings per file (command line over configuration), the pack, a linter per set of options."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from menulint.baseline import Baseline
from menulint.cli._failure import DEBUG, in_words
from menulint.cli._files import STDIN, Input, inputs, is_passed_over
from menulint.config import Config, Configs, matches
from menulint.errors import InputError, MenulintError, SkippedFile, UsageError
from menulint.finding import FileResult, ReportError
from menulint.linter import PER_FILE, Linter, Options
from menulint.pack.load import load_pack
from menulint.pack.model import Pack
from menulint.readers import known_extensions
from menulint.ui import DEFAULT

INTERNAL = "internal"
"""The code of a file on which menulint itself failed."""


@dataclass
class Workspace:
    """A run. ``given`` holds the values of the command line; an empty one was not given.

    Per file the nearest configuration counts. What can only hold for a whole run (``pack``, ``baseline``, ``fail_on``,
    ``reference_set``) comes from the configuration nearest to the first path. ``written`` are the files of the run's
    own reports: a folder that holds them is walked without them. ``copy`` asks for the readable text of the files.
    ``passed_over`` counts, by kind, what folders hold and the run does not read.
    """

    paths: tuple[str, ...]
    given: Mapping[str, Any]
    use_config: bool = True
    with_baseline: bool = True
    written: tuple[Path, ...] = ()
    copy: bool = False
    passed_over: Counter[str] = field(default_factory=Counter)
    _configs: Configs = field(default_factory=Configs)
    _linters: dict[Options, Linter] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        options: Mapping[str, Any],
        *,
        with_baseline: bool = True,
        written: tuple[Path, ...] = (),
        copy: bool = False,
    ) -> Workspace:
        """The run that a command with ``input_options`` or ``linting_options`` asks for."""
        paths = tuple(options["paths"]) or (".",)
        return cls(paths, options, not options["no_config"], with_baseline, written, copy)

    # Settings

    @cached_property
    def run_config(self) -> Config | None:
        """The configuration of the run as a whole."""
        first = Path(self._stdin_name or ".") if self.paths[0] == STDIN else Path(self.paths[0])
        return self.config_for(first)

    def config_for(self, path: Path) -> Config | None:
        """The configuration nearest to a file or folder."""
        if not self.use_config:
            return None
        return self._configs.nearest(path if path.is_dir() else path.parent)

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting of the whole run."""
        config = self.run_config
        return self.given.get(key) or (config.values.get(key) if config else None) or default

    def options_for(self, path: Path) -> Options:
        """What a file is judged by."""
        config = self.config_for(path)
        configured = config.for_file(path) if config else {}
        values = {key: self.given.get(key) or configured.get(key) for key in PER_FILE}
        values["reference_set"] = self.setting("reference_set", Options.reference_set)
        values["ui_lang"] = self.ui_lang
        return Options.of(values, as_of=self.as_of, copy=self.copy)

    @cached_property
    def ui_lang(self) -> str:
        """The language in which the run speaks to people: never the environment's, so that a report can be repeated."""
        language: str = self.setting("ui_lang", DEFAULT)
        return language

    @cached_property
    def run_options(self) -> Options:
        """What a file that no override touches is judged by."""
        config = self.run_config
        return self.options_for(config.folder / "-" if config else Path(STDIN))

    @cached_property
    def as_of(self) -> date:
        """The day whose law applies, one for the whole run."""
        return self.given.get("as_of") or date.today()

    @property
    def _stdin_name(self) -> str:
        return self.given.get("stdin_filename") or ""

    def run_paths(self, key: str) -> list[Path]:
        """A setting that names files or folders; those of a configuration are relative to it."""
        given = self.given.get(key)
        if given:
            return [Path(path) for path in ([given] if isinstance(given, str | Path) else given)]
        if (config := self.run_config) is None:
            return []
        found = config.values.get(key, ())
        return [config.folder / path for path in ([found] if isinstance(found, str) else found)]

    # What they lead to

    @cached_property
    def pack(self) -> Pack:
        """The pack that came along, with those added."""
        pack = load_pack(self.run_paths("pack"))
        pinned = self.setting("pack_version")
        if pinned and pinned != pack.version:
            raise UsageError(
                f"the configuration asks for pack {pinned} and this is {pack.version}: install the menulint that brings it, "
                "or change pack_version"
            )
        return pack

    @cached_property
    def baseline(self) -> Baseline | None:
        """The accepted findings, if the run has any."""
        paths = self.run_paths("baseline") if self.with_baseline else []
        return Baseline.load(paths[0]) if paths else None

    def linter(self, options: Options) -> Linter:
        """The linter for some options, built once."""
        if options not in self._linters:
            self._linters[options] = Linter(self.pack, options, self.baseline)
        return self._linters[options]

    def said_of_passed_over(self) -> str:
        """What folders held that was not read, in a sentence; nothing if there was none."""
        kinds = [f"{many} {kind if many == 1 else _plural(kind)}" for kind, many in sorted(self.passed_over.items())]
        return f"passed over {', '.join(kinds)} (named on the command line, each is read)" if kinds else ""

    # The work

    def inputs(self) -> Iterator[Input | ReportError]:
        """All files of the run with their bytes."""
        return inputs(self.paths, self._chosen, stdin_name=self._stdin_name, passed_over=self.passed_over)

    def results(self) -> Iterator[FileResult | ReportError]:
        """Check all files, one by one."""
        self.linter(self.run_options)
        if self.given.get("diff") or self.given.get("staged"):
            yield from self._changed_results()
            return
        for found in self.inputs():
            yield found if isinstance(found, ReportError) else self._check(found)

    def _changed_results(self) -> Iterator[FileResult | ReportError]:
        """Check what changed in Git; what a file said before is marked as unchanged."""
        from menulint.cli._changes import Changes, marked

        known = known_extensions()
        for change in Changes(self.paths, self.given.get("diff"), staged=bool(self.given.get("staged"))).inputs():
            if isinstance(change, ReportError):
                yield change
                continue
            path = Path(change.path)
            if is_passed_over(path) or not self._chosen(path, path.suffix.lower() in known):
                continue
            result = self._check(Input(change.path, change.data))
            before = self._check(Input(change.path, change.before)) if change.before is not None else None
            old = before if isinstance(before, FileResult) else None
            yield marked(result, old) if isinstance(result, FileResult) else result

    def _check(self, found: Input) -> FileResult | ReportError:
        try:
            return self.linter(self.options_for(Path(found.path))).check_bytes(found.path, found.data)
        except InputError as error:
            return ReportError(error.path, error.code, error.message)
        except SkippedFile as skipped:
            return without_text(found, skipped.reason)
        except MenulintError:
            raise
        except Exception as error:  # a defect of ours on one page must not hide what is wrong with the others
            if os.environ.get(DEBUG):
                raise
            return ReportError(found.path, INTERNAL, f"internal error: {in_words(error)}")

    def _chosen(self, path: Path, known: bool) -> bool:
        return self._included(path, known) and not self._excluded(path) and path.absolute() not in self._own_files

    @cached_property
    def _own_files(self) -> frozenset[Path]:
        """Reports and baseline quote the copy; they are none."""
        return frozenset(path.absolute() for path in (*self.written, *self.run_paths("baseline")))

    def _included(self, path: Path, known: bool) -> bool:
        if given := self.given.get("include"):
            return matches(given, _below_here(path))
        config = self.config_for(path)
        if config and (patterns := config.values.get("include")):
            return matches(patterns, config.relative(path) or "")
        return known

    def _excluded(self, path: Path) -> bool:
        if matches(self.given.get("exclude") or (), _below_here(path)):
            return True
        config = self.config_for(path)
        patterns = config.values.get("exclude") if config else None
        return bool(config and patterns and matches(patterns, config.relative(path) or ""))


def without_text(found: Input, reason: str) -> FileResult:
    """A file that holds no text: listed as read, with a note that says why nothing was."""
    digest = hashlib.sha256(found.data).hexdigest()
    return FileResult(found.path, "binary", "binary", digest, "", "", (), (), (), (f"skipped: {reason}",), ())


def _plural(kind: str) -> str:
    return kind.replace("folder", "folders") if kind.startswith("folder") else kind + "s"


def _below_here(path: Path) -> str:
    """A path relative to the working folder if it lies in it, with slashes."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix().lstrip("/")
