"""Settings of a project: ``menulint.toml``, or ``[tool.menulint]`` in ``pyproject.toml``, nearest to the file upwards.

::

    jurisdiction = ["GB"]            # or "auto", "all"
    ignore = ["PRS"]
    fail_on = "warning"
    exclude = ["drafts/"]
    baseline = "menulint-baseline.json"
    ui_lang = "es"                   # language of the reports

    extends = "../house-style.toml"  # what it sets applies where this file says nothing
    pack_version = "2026.11"         # another pack is an error
    docs_url = "https://docs.example.org/menulint/"    # where findings lead to: the documentation site
    contact = "web@clinic.example"   # who answers for what `menulint fetch` does

    [severity]
    PRS = "info"

    [[allow]]
    text = "Stem Glow"               # a finding inside these words does not count
    rules = ["SRC"]
    reason = "registered name of the product"

    [[substantiation]]               # proof on file for a claim: see menulint.proof
    claim = "clinically proven to *"
    documents = ["proof/trial.pdf"]
    kind = "randomised-trial"
    reviewer = "Head of compliance"
    reviewed = 2026-05-04

    [[products]]                     # what a product of one's own is: see menulint.product
    name = "Stem Glow"
    kind = "cosmetic"
    substance = ["substance.exosome"]

    [[overrides]]
    paths = ["blog/**"]
    genre = "editorial"

Patterns are those of ``.gitignore``, paths are relative to the folder of the file. Values are plain: whether a code or
a rule exists is for the linter to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from menulint import product, proof
from menulint.errors import ConfigError, Problem
from menulint.late import LatePattern
from menulint.product import Product
from menulint.proof import Proof
from menulint.scales import CONFIDENCES as CONFIDENCES
from menulint.scales import GENRES, SEVERITIES
from menulint.ui import LANGUAGES

FILE_NAME = "menulint.toml"
BASELINE_NAME = "menulint-baseline.json"
"""What a baseline is called if nobody says otherwise."""

FAIL_ON = ("error", "warning", "info", "never")

_LISTS = ("jurisdiction", "select", "ignore", "include", "exclude", "reference_set", "pack")
_TEXTS = ("lang", "baseline", "pack_version", "docs_url", "contact")
_FLAGS = ("ocr",)
_NUMBERS = ("time_limit",)
_TABLES = ("severity", "allow")
_CHOICES = {"genre": GENRES, "fail_on": FAIL_ON, "min_confidence": CONFIDENCES, "ui_lang": LANGUAGES}
_RUN_ONLY = (
    "include",
    "exclude",
    "pack",
    "pack_version",
    "baseline",
    "reference_set",
    "fail_on",
    "ui_lang",
    "time_limit",
    "docs_url",
    "contact",
    "substantiation",
    "products",
)
_REGISTERS = ("substantiation", "products")
KEYS = (*_LISTS, *_TEXTS, *_CHOICES, *_FLAGS, *_NUMBERS, *_TABLES, *_REGISTERS)
"""Every key a configuration file may hold, beside ``overrides`` and ``extends``."""

_ADDRESS = LatePattern(r"https?://[^\s/]\S*$")
_CONTACT = LatePattern(r"(?:https?://[!-'*-~]+|[!-'*-;=?A-~]+@[a-z0-9.-]+)", re.IGNORECASE)
CONTACT = "a mail address or the address of a page"
_TOML_PLACE = LatePattern(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


_NOWHERE: Mapping[str, str] = MappingProxyType({})


class Allowed(NamedTuple):
    """A wording of a project's own (a trade name, a registered claim): findings of ``rules`` inside it do not count.

    Without ``rules`` it holds for all. ``reason`` is shown wherever it applies.
    """

    text: str
    reason: str
    rules: tuple[str, ...] = ()


class Override(NamedTuple):
    """Settings for the files that match one of ``paths``."""

    paths: tuple[str, ...]
    values: Mapping[str, Any]
    origins: Mapping[str, str] = _NOWHERE


class Config(NamedTuple):
    """One configuration file with what it extends. ``values`` holds the keys it sets, lists as tuples.

    ``origins`` says for each key in which file and on which line it is set.
    """

    path: Path
    values: Mapping[str, Any]
    overrides: tuple[Override, ...] = ()
    origins: Mapping[str, str] = _NOWHERE

    @property
    def folder(self) -> Path:
        """What its patterns and paths are relative to."""
        return self.path.parent

    def for_file(self, path: Path) -> dict[str, Any]:
        """What applies to one file: the values, with those of each matching override in order on top."""
        relative = self.relative(path)
        values = dict(self.values)
        for override in self.overrides if relative is not None else ():
            if matches(override.paths, relative or ""):
                values.update(override.values)
        return values

    def relative(self, path: Path) -> str | None:
        """``path`` from the folder of this file, with slashes; None outside it."""
        try:
            return Path(path).absolute().relative_to(self.folder.absolute()).as_posix()
        except ValueError:
            return None


class Configs:
    """The configuration files of a run, each read once."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, Config | None] = {}

    def nearest(self, folder: Path) -> Config | None:
        """The configuration that applies in a folder: its own, else that of the nearest folder above.

        Raises:
            ConfigError: the file found has mistakes.
        """
        folder = folder.absolute()
        if folder in self._by_folder:
            return self._by_folder[folder]
        climbed: list[Path] = []
        found: Config | None = None
        for candidate in (folder, *folder.parents):
            if candidate in self._by_folder:
                found = self._by_folder[candidate]
                break
            climbed.append(candidate)
            if (found := _in_folder(candidate)) is not None:
                break
        self._by_folder.update(dict.fromkeys(climbed, found))
        return found


def _in_folder(folder: Path) -> Config | None:
    own, shared = folder / FILE_NAME, folder / "pyproject.toml"
    if own.is_file():
        return read(own)
    if shared.is_file() and b"menulint" in shared.read_bytes():
        return read(shared)
    return None


def read(path: Path, children: tuple[Path, ...] = ()) -> Config | None:
    """Read one file and what it extends; None for a ``pyproject.toml`` without our table. ``children`` extend it.

    Raises:
        ConfigError: all mistakes in it, with the lines they stand on.
    """
    text, data = _parse(path)
    prefix = ""
    if path.name == "pyproject.toml":
        prefix = "tool.menulint"
        tool = data.get("tool")
        data = tool.get("menulint") if isinstance(tool, dict) else None
        if data is None:
            return None
    checker = _Checker(path, text, prefix)
    parents = checker.parents(data)
    config = checker.config(data)
    if checker.problems:
        raise ConfigError(tuple(checker.problems))
    for parent in reversed(parents):
        config = _under(config, _extended(parent, path, children))
    return config


def _extended(parent: Path, child: Path, children: tuple[Path, ...]) -> Config:
    """The configuration that ``child`` extends."""
    above = (*children, child.resolve())
    if parent.resolve() in above:
        raise ConfigError(
            (Problem(child.as_posix(), 1, 1, f"extends {parent.as_posix()}, which extends it", "no circle"),)
        )
    found = read(parent, above)
    if found is None:
        raise ConfigError((Problem(parent.as_posix(), 1, 1, "has no [tool.menulint] to extend"),))
    return found


def _under(config: Config, parent: Config) -> Config:
    """A configuration with what another sets where it says nothing.

    Files and folders that either names stay relative to its own folder; patterns are those of the folder that is configured.
    """
    values = {key: _moved(key, value, parent.folder) for key, value in parent.values.items()}
    added = (*_TABLES, *_REGISTERS)
    for table in added:
        if table in values and table in config.values:
            values[table] = (*values[table], *config.values[table])
    own = {key: value for key, value in config.values.items() if key not in added or key not in values}
    both = {
        key: f"{parent.origins[key]}, {config.origins[key]}" for key in values if key in added and key in config.values
    }
    origins = {**parent.origins, **config.origins, **both}
    return Config(config.path, {**values, **own}, (*parent.overrides, *config.overrides), origins)


def _moved(key: str, value: Any, folder: Path) -> Any:
    if key == "baseline":
        return (folder / value).as_posix()
    return tuple((folder / path).as_posix() for path in value) if key == "pack" else value


def _parse(path: Path) -> tuple[str, Any]:
    import tomllib

    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line, column = (int(number or 0) for number in place.groups()) if place else (0, 0)
        message = _TOML_PLACE.sub("", str(error))
        raise ConfigError(
            (Problem(path.as_posix(), line or text.count("\n") + 1, column or 1, message, "TOML"),)
        ) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise ConfigError((Problem(path.as_posix(), 0, 0, "not readable as TOML", "a UTF-8 file"),)) from error
    except OSError as error:
        raise ConfigError((Problem(path.as_posix(), 0, 0, f"cannot be read: {error.strerror}"),)) from error


class _Checker:
    """Turns parsed TOML into a ``Config`` and collects what is wrong with it."""

    def __init__(self, path: Path, text: str, prefix: str) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._lines = list(_keys(text))
        self._prefix = prefix

    def config(self, data: Any) -> Config:
        if not isinstance(data, dict):
            self._refuse("", 0, self._prefix, "is no table", "a table")
            return Config(self._path, {})
        overrides = data.pop("overrides", [])
        registers = {key: self._register(key, data.pop(key)) for key in _REGISTERS if key in data}
        tables = {key: data.pop(key) for key in _TABLES if key in data}
        values = self._values(data, KEYS, "", 0)
        values.update(self._tables(tables, "", 0))
        values.update(registers)
        if not isinstance(overrides, list) or not all(isinstance(table, dict) for table in overrides):
            self._refuse("", 0, "overrides", "is no list of tables", "[[overrides]]")
            return Config(self._path, values)
        made = tuple(self._override(number, table) for number, table in enumerate(overrides))
        return Config(self._path, values, made, {key: self._origin(key) for key in values})

    def _origin(self, key: str, table: str = "", number: int = 0) -> str:
        """File and line on which a key, or the first table of its name, stands."""
        header = ".".join(part for part in (self._prefix, table) if part)
        places = ([header, number, key], [".".join(part for part in (header, key) if part), 0, ""])
        line = next((line for line, _, *place in self._lines if place in places), 0)
        return f"{self._path.as_posix()}:{line}" if line else self._path.as_posix()

    def _register(self, name: str, tables: Any) -> tuple[Proof, ...] | tuple[Product, ...]:
        """``[[substantiation]]`` and ``[[products]]``; whether documents are there is found out here: it decides the report."""
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            place = (name, 0, "") if isinstance(tables, dict) else ("", 0, name)
            self._refuse(*place, "is no list of tables", f"[[{name}]]")
            return ()
        right = []
        for number, table in enumerate(tables):
            wrong = list(proof.mistakes(table) if name == "substantiation" else product.mistakes(table))
            for key, what, expected in wrong:
                self._refuse(name, number, key, what, expected)
            if not wrong:
                right.append(table)
        if name == "products":
            return tuple(product.product_of(table) for table in right)
        return tuple(proof.proof_of(table, self._path.parent) for table in right)

    def _override(self, number: int, table: dict[str, Any]) -> Override:
        known = tuple(key for key in KEYS if key not in _RUN_ONLY)
        tables = {key: table.pop(key) for key in _TABLES if key in table}
        values = self._values(table, (*known, "paths"), "overrides", number)
        values.update(self._tables(tables, "overrides", number))
        if "paths" not in table:
            self._refuse("overrides", number, "", "has no paths", 'paths = ["blog/**"]')
        paths = values.pop("paths", ())
        return Override(paths, values, {key: self._origin(key, "overrides", number) for key in values})

    def _values(self, data: dict[str, Any], known: Iterable[str], table: str, number: int) -> dict[str, Any]:
        values = {}
        for key, value in data.items():
            if key not in known:
                self._unknown(key, tuple(known), table, number)
            elif expected := _expected(key, value):
                self._refuse(table, number, key, f"cannot be {value!r}", expected)
            else:
                values[key] = _plain(key, value)
        return values

    def parents(self, data: Any) -> list[Path]:
        """The files that ``extends`` names, taken out of the data."""
        given = data.pop("extends", []) if isinstance(data, dict) else []
        names = [given] if isinstance(given, str) else given
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            self._refuse("", 0, "extends", f"cannot be {given!r}", "a path or a list of paths")
            return []
        return [self._path.parent / name for name in names]

    def _tables(self, tables: dict[str, Any], table: str, number: int) -> dict[str, Any]:
        """``[severity]`` and ``[[allow]]``, of the file or of an override."""
        values: dict[str, Any] = {}
        for key, value in tables.items():
            expected = _expected_table(key, value)
            if expected:
                self._refuse(table, number, key, "is not as it should be", expected)
            elif key == "severity":
                values[key] = tuple(value.items())
            else:
                values[key] = tuple(
                    Allowed(one["text"], one["reason"], tuple(split(_listed(one.get("rules", []))))) for one in value
                )
        return values

    def _unknown(self, key: str, known: tuple[str, ...], table: str, number: int) -> None:
        if key in KEYS and table:
            self._refuse(table, number, key, "holds for the whole run; set it above the overrides", "")
            return
        from difflib import get_close_matches

        near = get_close_matches(key.replace("-", "_"), known, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        self._refuse(table, number, key, f"is not known{hint}", f"one of {', '.join(known)}")

    def _refuse(self, table: str, number: int, key: str, what: str, expected: str) -> None:
        header = ".".join(part for part in (self._prefix, table) if part)
        line, column = next(
            ((line, column) for line, column, *place in self._lines if place == [header, number, key]), (0, 0)
        )
        name = f"{key} in [[{table}]]" if table and key else key or f"[[{table}]]"
        self.problems.append(Problem(self._path.as_posix(), line, column, f"{name} {what}", expected))


def _expected_table(key: str, value: Any) -> str:
    """What a table should have been, or nothing if it is right."""
    if key == "severity":
        right = isinstance(value, dict) and all(severity in SEVERITIES for severity in value.values())
        return "" if right else f"[severity] with rules and one of {', '.join(SEVERITIES)} each"
    tables = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    right = tables and all(
        isinstance(one.get("text"), str)
        and one["text"].strip()
        and isinstance(one.get("reason"), str)
        and one["reason"].strip()
        and isinstance(one.get("rules", []), str | list)
        and set(one) <= {"text", "reason", "rules"}
        for one in value
    )
    return "" if right else '[[allow]] with text = "…", reason = "…" and, if not for all rules, rules = ["…"]'


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(one) for one in value]


def _expected(key: str, value: Any) -> str:
    """What a value should have been, or nothing if it is right."""
    if key in _FLAGS:
        return "" if isinstance(value, bool) else "true or false"
    if key in _NUMBERS:
        right = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        return "" if right else "seconds, 0 for no limit"
    if key in _CHOICES:
        return "" if value in _CHOICES[key] else f"one of {', '.join(_CHOICES[key])}"
    if key in _TEXTS:
        return _expected_text(key, value)
    right = isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))
    return "" if right else "a text or a list of texts"


def _expected_text(key: str, value: Any) -> str:
    if key == "docs_url":
        right = isinstance(value, str) and _ADDRESS.match(value)
        return "" if right else "an address, such as https://docs.example.org/menulint/"
    if key == "contact":
        return "" if is_contact(value) else CONTACT
    return "" if isinstance(value, str) and value else "a text"


def is_contact(value: object) -> bool:
    """Whether a text tells somebody whom to write to: a mail address, or that of a page. It goes into a header of HTTP."""
    return isinstance(value, str) and _CONTACT.fullmatch(value) is not None


def _plain(key: str, value: Any) -> Any:
    if key in _CHOICES or key in _TEXTS or key in _FLAGS or key in _NUMBERS:
        return value
    return tuple(split([value] if isinstance(value, str) else value))


def split(values: Iterable[str]) -> Iterator[str]:
    """The items of texts that may each hold several, with commas between."""
    return (item.strip() for value in values for item in value.split(",") if item.strip())


def _keys(text: str) -> Iterator[tuple[int, int, str, int, str]]:
    """Line, column, table, how many tables of that name came before, and key: where each key stands.

    ``tomllib`` keeps no positions. A key inside a text of several lines would be taken for one; it only costs a
    message its line.
    """
    seen: dict[str, int] = {}
    table, number = "", 0
    for at, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*(\[\[?)\s*([\w.\"'\- ]+?)\s*\]", line):
            table = re.sub(r"[\"' ]", "", header.group(2))
            number = seen.get(table, 0) if header.group(1) == "[[" else 0
            seen[table] = number + 1
            yield at, 1, table, number, ""
        elif key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*[.=]", line):
            yield at, key.start(1) + 1, table, number, key.group(1)


def matches(patterns: tuple[str, ...], relative: str) -> bool:
    """Whether a path (relative, with slashes) matches one of some ``.gitignore`` patterns."""
    return bool(patterns) and _matcher(patterns)(relative)


@cache
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    from pathspec import GitIgnoreSpec  # 50 ms that a run without patterns does not need

    return GitIgnoreSpec.from_lines(patterns).match_file
