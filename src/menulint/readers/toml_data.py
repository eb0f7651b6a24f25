"""TOML files that hold copy: the settings and data of static sites."""

from __future__ import annotations

import re

from menulint.readers.base import SourceBuilder
from menulint.readers.contacts import report_contacts
from menulint.readers.frontmatter import toml_values
from menulint.readers.yaml_data import leave_out_machine, read_data

_ROOT_NAME = re.compile(r"^[ \t]*\[{0,2}[ \t]*[\"']?([A-Za-z_][\w-]{0,60})[\"']?[ \t]*(?=[=\].])", re.MULTILINE)


class TomlReader:
    """Reads TOML."""

    name = "toml"
    extensions = frozenset({".toml"})

    def recognises(self, text: str) -> bool:
        """Never by the text alone."""
        return False

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of a file that people read, and nothing of one that only programs do."""
        if leave_out_machine(text, build, _ROOT_NAME):
            return
        read_data("TOML", toml_values, text, 1 if text.startswith("\ufeff") else 0, len(text), build)
        report_contacts(text, build)


READER = TomlReader()
