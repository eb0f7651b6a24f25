"""What runs in the process that checks: it has the pack and the linters, and knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from menulint.config import Configs
from menulint.errors import MenulintError, UsageError
from menulint.reporters import reporter
from menulint.result import FileResult
from menulint.runs.context import context_of
from menulint.runs.files import STDIN, Input
from menulint.runs.limit import TooSlow, limited
from menulint.runs.workers import end_with_parent
from menulint.runs.workspace import Result, Workspace
from menulint.ui import catalogue
from menulint.web.asked import ABOUT, PAGE, About, Answer, Asked, Changed
from menulint.web.fixing import make_fix

if TYPE_CHECKING:
    from menulint.linter import NotClaimed

MOST_WORKSPACES = 4
"""How many sets of settings are kept ready; the one used longest ago goes."""
MOST_NOT_CLAIMED = 200


class Answers:
    """Answers questions under the settings given on the command line and those of the folder it was started in."""

    def __init__(self, given: Mapping[str, Any], use_config: bool) -> None:
        self._given, self._use_config = dict(given), use_config
        self._workspaces: dict[str, Workspace] = {}

    def answer(self, asked: Asked) -> Answer | About:
        """The answer to one question.

        Raises:
            MenulintError: the settings or the question have a mistake.
        """
        workspace = self._workspace(asked.given)
        if asked.wanted == ABOUT:
            return self._about(workspace)
        files, changed = list(asked.files), None
        if asked.fix:
            changed = self._fixed(workspace, files, asked.fix)
            files[changed.index] = Input(files[changed.index].path, changed.data)
        _ = workspace.law  # settings that mean nothing are one mistake, and not one for each file
        results = map(workspace.answer, files)
        if asked.wanted != PAGE:
            return Answer("".join(reporter(asked.wanted).render(results, context_of(workspace))), changed)
        from menulint.web.rendering import answer_part

        checked = [(one, self._not_claimed(workspace, file, one)) for file, one in zip(files, results, strict=True)]
        settings = str(workspace.run_config.path) if workspace.run_config else ""
        return Answer(answer_part(checked, context_of(workspace), files, changed=changed, settings=settings), changed)

    def _about(self, workspace: Workspace) -> About:
        options = workspace.run_options
        known = workspace.pack.jurisdictions.values()
        return About(
            places=tuple((place.code, place.name) for place in known),
            jurisdiction=options.jurisdiction,
            genre=options.genre,
            ui_lang=options.ui_lang,
            time_limit=workspace.time_limit,
        )

    def _workspace(self, given: tuple[tuple[str, Any], ...]) -> Workspace:
        """What a question is judged by. Settings and the day are looked up anew for each: a server may run for weeks."""
        config = Configs().nearest(Path.cwd()) if self._use_config else None
        baseline = config.folder / config.values["baseline"] if config and config.values.get("baseline") else None
        stamp = baseline.stat().st_mtime_ns if baseline and baseline.is_file() else 0
        together = {**self._given, "as_of": date.today(), **dict(given)}
        key = repr((together, config, stamp))
        workspace = self._workspaces.pop(key, None)
        if workspace is None:
            workspace = Workspace((STDIN,), together, use_config=self._use_config, copy=True)
        if len(self._workspaces) >= MOST_WORKSPACES:
            del self._workspaces[next(iter(self._workspaces))]
        self._workspaces[key] = workspace
        return workspace

    def _not_claimed(self, workspace: Workspace, file: Input, result: Result) -> list[NotClaimed]:
        """What was not read as a claim in a file, and why; nothing of one that cannot be read, or not in time."""
        if not isinstance(result, FileResult):
            return []
        linter = workspace.linter(workspace.options_for(Path(file.path)))
        try:
            with limited(workspace.time_limit):
                return linter.not_claimed(file.path, file.data, MOST_NOT_CLAIMED)
        except (MenulintError, TooSlow):
            return []

    def _fixed(self, workspace: Workspace, files: list[Input], fix: str) -> Changed:
        digest, _, which = fix.partition(":")
        words = catalogue(workspace.ui_lang)
        for index, result in self._of_digest(workspace, files, digest):
            if changed := make_fix(index, files[index], result, which, words):
                return changed
        raise UsageError(words("web.fix-gone"))

    def _of_digest(self, workspace: Workspace, files: list[Input], digest: str) -> Iterator[tuple[int, FileResult]]:
        for index, file in enumerate(files):
            result = workspace.answer(file)
            if digest and isinstance(result, FileResult) and result.sha256.startswith(digest):
                yield index, result


def make(given: Mapping[str, Any], use_config: bool) -> Any:
    """In the process that checks: what answers its questions."""
    end_with_parent()
    return Answers(given, use_config).answer
