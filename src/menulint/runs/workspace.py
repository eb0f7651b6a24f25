"""What a run works with: settings per file (command line over configuration), the pack, a linter per set of options."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from menulint.config import BASELINE_NAME, FILE_NAME, Config, Configs, matches
from menulint.errors import InputError, MenulintError, SkippedFile, UsageError
from menulint.late import LateMapping
from menulint.options import PER_FILE, Options
from menulint.pack.load import load_pack, pack_stamp
from menulint.readers import known_extensions
from menulint.result import FileResult, ReportError
from menulint.runs.cache import ResultCache, code_digest
from menulint.runs.defects import DEBUG, in_words
from menulint.runs.files import STDIN, Input, count, inputs, is_passed_over
from menulint.runs.jobs import PAYS_FROM_BYTES, workers_for
from menulint.runs.limit import SECONDS, TooSlow, limited
from menulint.ui import DEFAULT
from menulint.version import __version__

if TYPE_CHECKING:
    from menulint.baseline import Accepted, Baseline, Search
    from menulint.finding import Provision
    from menulint.linter import Linter
    from menulint.pack.model import Pack

Result: TypeAlias = FileResult | ReportError
INTERNAL = "internal"
"""The code of a file on which menulint itself failed."""


_LAW, _PROVISIONS = "\0law", "\0provisions"
"""The names under which the cache keeps what no file is about."""


class KnownLaw(Struct, frozen=True):
    """What reports need of the pack; ``untranslated`` are the rules without a text in the language of the run."""

    pack_version: str
    pack_sha256: str
    untranslated: tuple[str, ...]


class Workspace:
    """A run. ``given`` holds the values of the command line; an empty one was not given.

    Per file the nearest configuration counts. What can only hold for a whole run (``pack``, ``baseline``, ``fail_on``,
    ``reference_set``) comes from the configuration nearest to the first path. ``written`` are the files of the run's
    own reports: a folder that holds them is walked without them. ``copy`` asks for the readable text of the files.
    ``passed_over`` counts, by kind, what folders hold and the run does not read.
    """

    def __init__(
        self,
        paths: tuple[str, ...],
        given: Mapping[str, Any],
        use_config: bool = True,
        with_baseline: bool = True,
        written: tuple[Path, ...] = (),
        copy: bool = False,
    ) -> None:
        self.paths, self.given = paths, given
        self.use_config, self.with_baseline = use_config, with_baseline
        self.written, self.copy = written, copy
        self.passed_over: Counter[str] = Counter()
        self._configs = Configs()
        self._linters: dict[Options, Linter] = {}
        self._shared_options: dict[Path | None, Options] = {}

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
        return self.config_for(first if first.is_dir() else first.parent)

    def config_for(self, folder: Path) -> Config | None:
        """The configuration that applies in a folder."""
        return self._configs.nearest(folder) if self.use_config else None

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting of the whole run."""
        config = self.run_config
        return self.given.get(key) or (config.values.get(key) if config else None) or default

    def options_for(self, path: Path) -> Options:
        """What a file is judged by."""
        config = self.config_for(path.parent)
        if config and config.overrides:
            return self._options(config.for_file(path))
        file = config.path if config else None
        if file not in self._shared_options:
            self._shared_options[file] = self._options(config.values if config else {})
        return self._shared_options[file]

    def _options(self, configured: Mapping[str, Any]) -> Options:
        values = {key: self.given.get(key) or configured.get(key) for key in PER_FILE}
        values["reference_set"] = self.setting("reference_set", Options.reference_set)
        values["ui_lang"] = self.ui_lang
        return Options.of(values, as_of=self.as_of, copy=self.copy)

    @cached_property
    def ui_lang(self) -> str:
        """The language in which the run speaks to people: never the environment's, so that a report can be repeated."""
        language: str = self.setting("ui_lang", DEFAULT)
        return language

    @property
    def ocr(self) -> bool:
        """Whether words are looked for in images."""
        return bool(self.setting("ocr", False))

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
    def time_limit(self) -> float:
        """Seconds that one file may take; 0 for no limit."""
        config = self.run_config
        said = (self.given.get("time_limit"), config.values.get("time_limit") if config else None)
        return next((float(seconds) for seconds in said if seconds is not None), SECONDS)

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
        self._check_pinned(pack.version)
        return pack

    def _check_pinned(self, pack_version: str) -> None:
        pinned = self.setting("pack_version")
        if pinned and pinned != pack_version:
            raise UsageError(
                f"the configuration asks for pack {pinned} and this is {pack_version}: install the menulint that brings it, "
                "or change pack_version"
            )

    @cached_property
    def baseline(self) -> Baseline | None:
        """The accepted findings, if the run has any."""
        paths = self.run_paths("baseline") if self.with_baseline else []
        if not paths:
            return None
        from menulint.baseline import Baseline

        return Baseline.load(paths[0])

    def linter(self, options: Options) -> Linter:
        """The linter for some options, built once."""
        if options not in self._linters:
            from menulint.linter import Linter  # a run that finds all of its reports kept does without

            self._linters[options] = Linter(self.pack, options, self.baseline)
        return self._linters[options]

    @cached_property
    def law(self) -> KnownLaw:
        """What reports say of the pack. From the cache if it is there: a run that checks nothing anew needs no pack."""
        options = repr(self.run_options)
        known = self._cache.get(lambda: KnownLaw, _LAW, b"", options) if self._cache else None
        if known is None:
            linter = self.linter(self.run_options)
            known = KnownLaw(linter.pack.version, linter.pack.sha256, tuple(self._untranslated(linter)))
            if self._cache:
                self._cache.put(_LAW, b"", options, known)
        self._check_pinned(known.pack_version)
        return known

    def _untranslated(self, linter: Linter) -> list[str]:
        if self.ui_lang == DEFAULT:
            return []
        return [rule.id for rule in linter.rules if self.ui_lang not in rule.texts]

    @cached_property
    def provisions(self) -> Mapping[str, Provision]:
        """The law that findings cite, by id; it is read where there is a finding."""
        return LateMapping(self._all_provisions)

    def _all_provisions(self) -> Mapping[str, Provision]:
        from menulint.finding import Provision

        options = repr(self.run_options)
        known = self._cache.get(lambda: dict[str, Provision], _PROVISIONS, b"", options) if self._cache else None
        if known is None:
            known = self.linter(self.run_options).provisions
            if self._cache:
                self._cache.put(_PROVISIONS, b"", options, known)
        return known

    def said_of_passed_over(self) -> str:
        """What folders held that was not read, in a sentence; nothing if there was none."""
        kinds = [f"{many} {kind if many == 1 else _plural(kind)}" for kind, many in sorted(self.passed_over.items())]
        return f"passed over {', '.join(kinds)} (named on the command line, each is read)" if kinds else ""

    # The work

    def search(self, baseline: Baseline) -> Search:
        """What follows the run to know which accepted places it does not come across."""
        from menulint.baseline import Search

        return Search(baseline, lambda place: self._looks_for(place, Path(baseline.from_here(place))))

    def _looks_for(self, place: Accepted, path: Path) -> bool:
        """Whether the run would come across an accepted place if it were still in the file at ``path``."""
        given = self.given
        if given.get("diff") or given.get("staged") or given.get("min_confidence") or not self._is_below(path):
            return False
        narrowed = given.get("select") or given.get("ignore")
        return not narrowed or place.rule in {rule.id for rule in self.linter(self.run_options).rules}

    def _is_below(self, path: Path) -> bool:
        """Whether a file, there or not, is one of the paths asked for or lies in one of those folders."""
        whole = os.path.abspath(path)
        asked = [os.path.abspath(name) for name in self.paths if name != STDIN]
        return any(whole == name or whole.startswith(os.path.join(name, "")) for name in asked)

    def inputs(self) -> Iterator[Input | ReportError]:
        """All files of the run with their bytes."""
        return self._read(self.paths)

    def _read(self, paths: tuple[str, ...]) -> Iterator[Input | ReportError]:
        return inputs(paths, self._chosen, stdin_name=self._stdin_name, passed_over=self.passed_over, ocr=self.ocr)

    def count(self) -> int:
        """How many files the run is going to read; 0 where that is not known before (``--diff``, ``--staged``)."""
        changes = self.given.get("diff") or self.given.get("staged")
        return 0 if changes else count(self._judged_paths, self._chosen, ocr=self.ocr)

    @cached_property
    def _judged_paths(self) -> tuple[str, ...]:
        """The paths asked for, less files that are no copy even if they are named: settings, baselines, own reports.

        With ``force_exclude`` also those that a walk would leave out, for programs that name every file they know.
        """
        return tuple(name for name in self.paths if name == STDIN or self._is_judged(Path(name)))

    def _is_judged(self, path: Path) -> bool:
        if path.is_dir():
            return True
        if self.given.get("force_exclude"):
            return self._chosen(path, True) and not is_passed_over(path)
        return not self._is_own(path)

    def results(self) -> Iterator[FileResult | ReportError]:
        """Check all files, one by one."""
        if self.given.get("diff") or self.given.get("staged"):
            yield from self._changed_results()
            return
        found = self._read(self._judged_paths)
        if self.given.get("jobs") == 1:
            yield from map(self.answer, found)
            return
        ahead: list[Input | Result] = []
        size = 0
        for item in found:
            known = self._known(item)
            if known is not None and not ahead:
                yield known
                continue
            ahead.append(item if known is None else known)
            size += len(item.data) if known is None and isinstance(item, Input) else 0
            if size >= PAYS_FROM_BYTES:
                break
        jobs = workers_for(self.given.get("jobs"), size) if size else 1
        if jobs == 1:
            yield from map(self.answer, chain(ahead, found))
        else:
            from menulint.runs.workers import spread  # 40 ms that a run in one process does not need

            yield from spread(chain(ahead, found), _answering, (self._spec,), jobs)

    @property
    def _spec(self) -> tuple[Any, ...]:
        """What another process needs to work on the same run."""
        given = {**self.given, "as_of": self.as_of}
        return self.paths, given, self.use_config, self.with_baseline, self.written, self.copy

    def answer(self, item: Input | Result) -> Result:
        """The report on an input, from the cache if it is there; what is a report already stays one."""
        if not isinstance(item, Input):
            return item
        known = self._known(item)
        if known is not None:
            return known
        result = self._check(item)
        if self._cache and isinstance(result, FileResult):
            self._cache.put(item.path, item.data, repr(self.options_for(Path(item.path))), result)
        return result

    def _known(self, item: Input | ReportError) -> Result | None:
        """What needs no work: an error, or a report that is in the cache."""
        if not isinstance(item, Input):
            return item
        if self._cache is None:
            return None
        return self._cache.get(_file_result, item.path, item.data, repr(self.options_for(Path(item.path))))

    @cached_property
    def _cache(self) -> ResultCache | None:
        """Kept reports, for a command that has ``--no-cache`` and was not given it."""
        if self.given.get("no_cache", True):
            return None
        baseline = b"".join(path.read_bytes() for path in self.run_paths("baseline")[:1] if path.is_file())
        accepted = hashlib.sha256(baseline).hexdigest() if self.with_baseline else ""
        return ResultCache(f"{__version__} {code_digest()} {pack_stamp(self.run_paths('pack'))} {accepted}")

    def _changed_results(self) -> Iterator[FileResult | ReportError]:
        """Check what changed in Git; what a file said before is marked as unchanged."""
        from menulint.runs.changes import Changes, marked

        known = known_extensions(ocr=self.ocr)
        for change in Changes(self.paths, self.given.get("diff"), staged=bool(self.given.get("staged"))).inputs():
            if isinstance(change, ReportError):
                yield change
                continue
            path = Path(change.path)
            if is_passed_over(path) or not self._chosen(path, path.suffix.lower() in known):
                continue
            result = self.answer(Input(change.path, change.data))
            before = self.answer(Input(change.path, change.before)) if change.before is not None else None
            old = before if isinstance(before, FileResult) else None
            yield marked(result, old) if isinstance(result, FileResult) else result

    def _check(self, found: Input) -> FileResult | ReportError:
        try:
            with limited(self.time_limit):
                return self.linter(self.options_for(Path(found.path))).check_bytes(found.path, found.data)
        except TooSlow:
            said = f"it took more than {self.time_limit:g} seconds (time_limit in the configuration)"
            return ReportError(found.path, "too-slow", said)
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
        return self._included(path, known) and not self._excluded(path) and not self._is_own(path)

    def _is_own(self, path: Path) -> bool:
        return path.name in (FILE_NAME, BASELINE_NAME) or path.absolute() in self._own_files

    @cached_property
    def _own_files(self) -> frozenset[Path]:
        """Reports and baseline quote the copy, as a configuration does; they are none."""
        return frozenset(path.absolute() for path in (*self.written, *self.run_paths("baseline")))

    def _included(self, path: Path, known: bool) -> bool:
        if given := self.given.get("include"):
            return matches(given, _below_here(path))
        config = self.config_for(path.parent)
        if config and (patterns := config.values.get("include")):
            return matches(patterns, config.relative(path) or "")
        return known

    def _excluded(self, path: Path) -> bool:
        if (given := self.given.get("exclude")) and matches(given, _below_here(path)):
            return True
        config = self.config_for(path.parent)
        patterns = config.values.get("exclude") if config else None
        return bool(config and patterns and matches(patterns, config.relative(path) or ""))


def without_text(found: Input, reason: str) -> FileResult:
    """A file that holds no text: listed as read, with a note that says why nothing was."""
    digest = hashlib.sha256(found.data).hexdigest()
    return FileResult(found.path, "binary", "binary", digest, "", "", (), (), (), (f"skipped: {reason}",), ())


def _file_result() -> type[FileResult]:
    """The type of a kept report, once the classes of findings are there by which it is read."""
    import menulint.finding

    return menulint.finding.FileResult


def _answering(spec: tuple[Any, ...]) -> Callable[[Input | Result], Result]:
    """In a process of its own: what answers the inputs of a run."""
    return Workspace(*spec).answer


def _plural(kind: str) -> str:
    return kind.replace("folder", "folders") if kind.startswith("folder") else kind + "s"


def _below_here(path: Path) -> str:
    """A path relative to the working folder if it lies in it, with slashes."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix().lstrip("/")
