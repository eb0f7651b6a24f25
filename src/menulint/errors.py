"""Every error menulint raises on purpose. Each says what was wrong, where, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple


class MenulintError(Exception):
    """Base of all; ``exit_code`` is what the command line returns for it."""

    exit_code = 4


class UsageError(MenulintError):
    """An option or argument that means nothing: exit code 2."""

    exit_code = 2


class Problem(NamedTuple):
    """One mistake in a pack or configuration file. ``line`` and ``column`` count from 1, 0 where unknown."""

    path: str
    line: int
    column: int
    message: str
    expected: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{where}: {self.message}" + (f"; expected {self.expected}" if self.expected else "")


class PackError(MenulintError):
    """All mistakes found in lexicons and rules, collected: exit code 2."""

    exit_code = 2

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))

    def __reduce__(self) -> tuple[type[PackError], tuple[tuple[Problem, ...]]]:
        """Errors cross from one process to another."""
        return type(self), (self.problems,)


class ConfigError(PackError):
    """All mistakes found in a configuration file: exit code 2."""


class InputError(MenulintError):
    """An input that could not be read (the others still are): exit code 3.

    ``code`` is one of ``not-found``, ``not-readable``, ``too-large``, ``not-decodable``.
    """

    exit_code = 3

    def __init__(self, path: str, code: str, message: str) -> None:
        self.path, self.code, self.message = path, code, message
        super().__init__(f"{path}: {message}")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """Errors cross from one process to another."""
        return type(self), (self.path, self.code, self.message)


class SkippedFile(MenulintError):
    """A file that holds no text (binary, say): listed with a note, no error."""

    exit_code = 0

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")

    def __reduce__(self) -> tuple[type[SkippedFile], tuple[str, str]]:
        """Errors cross from one process to another."""
        return type(self), (self.path, self.reason)
