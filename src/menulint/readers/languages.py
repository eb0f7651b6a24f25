"""The language of a translation, from its name and folders: ``locales/es.json``, ``es/common.json``, ``messages_es.arb``."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

LANGUAGES = frozenset(
    """ar bg bn ca cs cy da de el en es et eu fa fi fil fr ga gl he hi hr hu id it ja ko lt lv ms mt nb nl nn no pl pt
    ro ru sk sl sr sv ta th tl tr uk ur vi zh""".split()
)
FOLDERS = frozenset(
    """locales locale i18n l10n lang langs language languages translation translations messages intl lc_messages
    _locales _i18n""".split()
)
"""Folders in which a file's name, or a folder's, is a language."""
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]?([A-Z]{2}|[a-z]{2}|Hans|Hant|[A-Z][a-z]{3}|\d{3}))?", re.ASCII)
_TAIL = re.compile(r"(?:^|[._-])([a-z]{2,3}(?:[-_][A-Z][A-Za-z]{1,3})?)(?:\.(?:default|schema))?$")
_NO_REGION = frozenset({"en-US"})
"""What translation tools call their first language wherever its readers are."""


def language_tag(name: str) -> str:
    """The language tag a name is (``pt_BR`` gives ``pt-BR``); "" if it is none."""
    match = _TAG.fullmatch(name) if len(name) <= 8 else None
    if match is None or match[1] not in LANGUAGES:
        return ""
    tag = f"{match[1]}-{match[2].upper() if len(match[2]) == 2 else match[2]}" if match[2] else match[1]
    return match[1] if tag in _NO_REGION else tag


def is_translation(path: str) -> bool:
    """Whether a file lies in a folder for translations, or its folder or name is a language."""
    folders = _folders(path)
    return any(folder.lower() in FOLDERS for folder in folders) or bool(language_of_path(path))


def language_of_path(path: str) -> str:
    """The language tag that the name of a file or the nearest folders give it; "" if none."""
    folders = _folders(path)
    stem = PurePosixPath(path.replace("\\", "/")).name.rsplit(".", 1)[0]
    if match := _TAIL.search(stem):
        alone = match.start() == 0
        if (tag := language_tag(match[1])) and (alone or stem[match.start()] in "._" or _among(folders)):
            return tag
    return next((tag for folder in reversed(folders) if (tag := language_tag(folder))), "")


def _among(folders: list[str]) -> bool:
    return any(folder.lower() in FOLDERS for folder in folders)


def _folders(path: str) -> list[str]:
    """The two nearest folders; what lies above says nothing of the file."""
    return list(PurePosixPath(path.replace("\\", "/")).parts[:-1])[-2:]
