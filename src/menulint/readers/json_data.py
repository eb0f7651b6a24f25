"""JSON files: content of headless editors and static sites, theme settings, translations, rich text."""

from __future__ import annotations

import re
from pathlib import PurePath

from menulint.readers.base import SourceBuilder
from menulint.readers.contacts import report_contacts
from menulint.readers.data_copy import DataCopy
from menulint.readers.data_tree import Branch
from menulint.readers.json_tree import JsonTree
from menulint.readers.languages import is_translation, language_of_path
from menulint.readers.machine_data import is_schema_address, machine_kind, machine_name

_RECOGNISED = re.compile(
    r"\s{0,500}(?:[{]\s{0,200}(?:[}]|\"[^\"\n]{0,200}\"\s{0,20}:)|\[\s{0,200}(?:[{]\s{0,200}\"|\"[^\"\n]{0,500}\"\s{0,20}[,\]]))"
)
_DEFAULTS = frozenset({"default"})
"""All that visitors see of the settings of a theme or a block; the rest is what its editor asks the owner."""
_BLOCK_MARKS = frozenset({"apiVersion", "name", "title"})
_MAPS = frozenset({"FeatureCollection", "Feature", "Topology"})


class JsonReader:
    """Reads JSON, JSON with comments, JSON5, web manifests and ARB."""

    name = "json"
    extensions = frozenset({".json", ".json5", ".jsonc", ".webmanifest", ".arb"})

    def recognises(self, text: str) -> bool:
        """An object or an array of objects or strings at the start."""
        return bool(_RECOGNISED.match(text.lstrip("\ufeff")))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of a file that people read, and nothing of one that only programs do."""
        if machine_name(build.path):
            build.leave_out(0, len(text), "configuration: its name says that only programs read it")
            return
        tree = JsonTree(text, 1 if text.startswith("\ufeff") else 0, len(text), build)
        if tree.is_cut:
            build.note("the file holds millions of values; only the first of them were read")
        if reason := _machine(tree):
            build.leave_out(0, len(text), reason)
            return
        only = _DEFAULTS if _is_for_an_editor(tree, build.path) else frozenset[str]()
        DataCopy(tree, build, lang=_language(tree, build), only=only).read()
        report_contacts(text, build)


def _is_for_an_editor(tree: JsonTree, path: str) -> bool:
    """Whether a file tells whoever edits the site of the settings of a theme (Shopify) or of a block (WordPress)."""
    if PurePath(path).stem == "settings_schema":
        return True
    root = next((item for item in tree.root.items if isinstance(item, Branch)), None)
    return root is not None and root.is_object and _BLOCK_MARKS.issubset(root.names)


def _machine(tree: JsonTree) -> str:
    """Why the data is none that people read; "" if they may."""
    root = next((item for item in tree.root.items if isinstance(item, Branch)), None)
    if root is None or not root.is_object:
        return ""
    kind = root.leaf("type")
    if kind is not None and tree.text_of(kind) in _MAPS:
        return "a map (GeoJSON)"
    schema = root.leaf("$schema")
    if schema is not None and is_schema_address(tree.text_of(schema)) and "sections" not in root.names:
        return "configuration: it names the schema of a tool"
    return machine_kind(frozenset(root.names))


def _language(tree: JsonTree, build: SourceBuilder) -> str:
    """The language the file says it is in (ARB), else the one its name and folders give a translation."""
    root = next((item for item in tree.root.items if isinstance(item, Branch)), None)
    own = root.leaf("@@locale") if root is not None and root.is_object else None
    if own is not None:
        tag = tree.text_of(own).replace("_", "-")[:20]
        build.signal("lang", tag, *tree.span_of(own))
        return tag
    tag = language_of_path(build.path) if is_translation(build.path) else ""
    if tag:
        build.signal("lang", tag, 0, 0)
    return tag


READER = JsonReader()
