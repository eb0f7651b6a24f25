"""YAML files that hold copy: the data of static sites, translations, settings that a page shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from menulint.readers.base import SourceBuilder
from menulint.readers.contacts import report_contacts
from menulint.readers.data_copy import DataCopy
from menulint.readers.data_tree import ValueTree
from menulint.readers.frontmatter import Malformed, line_values, yaml_values
from menulint.readers.languages import is_translation, language_of_path
from menulint.readers.machine_data import machine_kind, machine_name
from menulint.readers.values import Value

_DOCUMENT = re.compile(r"^(?:---(?=[ \t\r\n]|\Z)|\.\.\.(?=[ \t\r\n]|\Z))[^\r\n]*", re.MULTILINE)
_ROOT_NAME = re.compile(r"^[\"']?([A-Za-z_$][\w.$-]{0,60})[\"']?[ \t]*:(?=[ \t\r\n]|\Z)", re.MULTILINE)

ReadValues = Callable[[str, int, int, SourceBuilder], Iterator[Value]]


class YamlReader:
    """Reads YAML, document by document."""

    name = "yaml"
    extensions = frozenset({".yml", ".yaml"})

    def recognises(self, text: str) -> bool:
        """Never by the text alone: prose may look like it."""
        return False

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of a file that people read, and nothing of one that only programs do."""
        if leave_out_machine(text, build, _ROOT_NAME):
            return
        start = 1 if text.startswith("\ufeff") else 0
        for begin, end in _documents(text, start):
            read_data("YAML", yaml_values, text, begin, end, build)
        report_contacts(text, build)


def leave_out_machine(text: str, build: SourceBuilder, root_name: re.Pattern[str]) -> bool:
    """Whether only programs read a file, by its name and by the names at its root; it is left out then."""
    if machine_name(build.path):
        reason = "configuration: its name says that only programs read it"
    else:
        reason = machine_kind(frozenset(match[1] for match in root_name.finditer(text)))
    if reason:
        build.leave_out(0, len(text), reason)
    return bool(reason)


def read_data(form: str, values: ReadValues, text: str, start: int, end: int, build: SourceBuilder) -> None:
    """Report the copy of one document; if it cannot be parsed, of the lines that look like a key and a value."""
    try:
        found = list(values(text, start, end, build))
    except Malformed as error:
        line = text.count("\n", 0, start) + error.line
        build.note(f"this is not valid {form} at line {line} ({error}); lines that name a value were read one by one")
        found = list(line_values(text, start, end))
    tag = language_of_path(build.path) if is_translation(build.path) else ""
    if tag:
        build.signal("lang", tag, 0, 0)
    DataCopy(ValueTree(found), build, lang=tag).read()


def _documents(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The documents of a file, each without the line that begins it."""
    at = start
    for match in _DOCUMENT.finditer(text, start):
        if text[at : match.start()].strip():
            yield at, match.start()
        at = match.end() if match.group().rstrip() in ("---", "...") else match.start() + 3
    if text[at:].strip():
        yield at, len(text)


READER = YamlReader()
