"""What changed since a Git revision, file by file: the bytes as they are and as they were.

Which *places* are new is then known by their fingerprints and not by lines, so that a paragraph that moved, a price that
changed or a line added above raises nothing, and an old wording that becomes a claim by an edit next to it does.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from menulint.errors import UsageError
from menulint.readers import MAX_BYTES
from menulint.result import FileResult, ReportError

_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Change:
    """A file that was added or changed: its path as it is reported, its bytes now, and before (None: it was not there)."""

    path: str
    data: bytes
    before: bytes | None


_EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""The tree without files, as every repository of Git's SHA-1 format knows it: what a first commit is compared with."""


class Changes:
    """The changes of a working tree against ``ref``, or with ``staged`` of the index against it (default HEAD).

    Raises:
        UsageError: Git is not there, the paths are in no repository, or it does not know the revision.
    """

    def __init__(self, paths: Iterable[str], ref: str | None, *, staged: bool) -> None:
        self._paths = [Path(path) for path in paths]
        start = next((path for path in self._paths if path.exists()), Path())
        self._folder = start if start.is_dir() else start.parent
        self._root = Path(os.fsdecode(self._git("rev-parse", "--show-toplevel")).rstrip("\r\n")).resolve()
        self._staged = staged
        self._ref = self._known(ref or "HEAD")

    def inputs(self) -> Iterator[Change | ReportError]:
        """The changed files below the paths asked for, under the names a walk would give them."""
        for path, old in self._changed():
            name = self._reported(path)
            if name is None:
                continue
            try:
                yield Change(name, self._now(path), self._blob(f"{self._ref}:{old}") if old else None)
            except (OSError, UsageError) as error:
                yield ReportError(name, "not-readable", f"it cannot be read: {error}")

    def _reported(self, path: Path) -> str | None:
        """The name of a changed file as a walk from the paths asked for would report it; None outside them."""
        for asked in self._paths:
            whole = asked.resolve()
            if path == whole:
                return asked.as_posix()
            if path.is_relative_to(whole):
                return (asked / path.relative_to(whole)).as_posix()
        return None

    def _changed(self) -> Iterator[tuple[Path, str | None]]:
        """Paths in the working tree that were added or changed, sorted, each with its name at the revision (from the root)."""
        found: dict[Path, str | None] = {}
        kinds = ["--cached"] if self._staged else []
        listed = self._git(
            "diff", *kinds, "--name-status", "-z", "-M", "--diff-filter=AMRCT", self._ref or _EMPTY, "--"
        )
        fields = iter(os.fsdecode(listed).split("\0"))
        for status in fields:
            if not status:
                break
            old = next(fields)
            new = next(fields) if status[0] in "RC" else old
            found[self._root / new] = None if status[0] == "A" else old
        if not self._staged:
            untracked = self._git("ls-files", "--others", "--exclude-standard", "-z", "--full-name", top=True)
            found |= dict.fromkeys((self._root / name for name in os.fsdecode(untracked).split("\0") if name), None)
        return iter(sorted(found.items()))

    def _now(self, path: Path) -> bytes:
        """The bytes of a changed file: in the index with ``staged``, else on disk."""
        if self._staged:
            return self._blob(f":0:{self._name(path)}")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _blob(self, name: str) -> bytes:
        return self._git("cat-file", "blob", name)

    def _known(self, ref: str) -> str:
        """The commit that ``ref`` names; nothing in a repository that has none yet."""
        if ref.startswith("-"):
            raise UsageError(f"{ref!r} is no revision")
        try:
            return os.fsdecode(self._git("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")).strip()
        except UsageError:
            if ref == "HEAD":
                return ""
            raise UsageError(
                f"Git knows no revision {ref!r} here; fetch it first (in CI: a checkout with history)"
            ) from None

    def _git(self, *arguments: str, top: bool = False) -> bytes:
        folder = self._root if top else self._folder
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program; file names are never options (see "--" and "-z")
                ["git", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", *arguments],  # noqa: S607
                cwd=folder,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except FileNotFoundError:
            raise UsageError("--diff and --staged need Git, and there is no program called git") from None
        except subprocess.TimeoutExpired:
            raise UsageError(f"git {arguments[0]} gave no answer for {_SECONDS} seconds") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
            raise UsageError(f"git {arguments[0]} failed: {said or done.returncode}")
        return done.stdout


def marked(result: FileResult, before: FileResult | None) -> FileResult:
    """A report in which every place that was in the file before is ``unchanged``, and every other one ``new``."""
    known = {place.fingerprint for finding in before.findings for place in finding.places} if before else set()

    def state(fingerprint: str) -> str:
        return "unchanged" if fingerprint in known else "new"

    findings = tuple(
        replace(
            finding,
            baseline=finding.baseline if finding.baseline == "unchanged" else state(finding.fingerprint),
            also=tuple(
                place if place.baseline == "unchanged" else replace(place, baseline=state(place.fingerprint))
                for place in finding.also
            ),
        )
        for finding in result.findings
    )
    return replace(result, findings=findings)
