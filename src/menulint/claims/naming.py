"""What a file's name says of the page in it: ``privacy-policy.html``, ``aftercare/lip-filler.md``, ``Menu.test.tsx``.

The words are those under which site builders file such pages (English, Spanish and French); only the name and the three folders
above it are looked at, since what stands further up is somebody's disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from menulint.late import LatePattern

_FOLDERS = 3
_PART = re.compile(r"[a-z0-9]+|[A-Z]+(?![a-z])|[A-Z][a-z0-9]*")
_NAMES = (
    (
        "policy",
        2.0,
        "privacy|gdpr|cookie|cookies|terms conditions|terms of|terms|legal|disclaimer|refund|refunds|returns policy|"
        "cancellation|complaints|accessibility|imprint|impressum|privacidad|aviso legal|condiciones|"
        "confidentialite|mentions legales|cgv",
    ),
    (
        "patient-info",
        2.0,
        "aftercare|after care|post care|postcare|pre care|precare|consent|consentimiento|cuidados posteriores|"
        "patient information|leaflet|contraindications|contraindicaciones|side effects",
    ),
    ("code", 1.5, "readme|changelog|contributing|license|licence|code of conduct|security policy"),
)
_WORDS = tuple((genre, points, tuple(f" {words} " for words in each.split("|"))) for genre, points, each in _NAMES)
_CODE = frozenset(".js .jsx .mjs .cjs .ts .tsx .mts .cts .vue .svelte .astro .php .py .rb .json .yml .yaml".split())
_TEST_FILE = LatePattern(
    r"[._-](?:test|spec|stories|story|mock|config|conf|d)\.[a-z]{2,5}$|(?:^|/)(?:test|spec)_[^/]*$", re.I
)
_TEST_FOLDER = frozenset("test tests __tests__ spec specs __mocks__ mocks __fixtures__ e2e cypress .storybook".split())
_CERTAIN = 6.0


def genres_of_path(path: str) -> Iterator[tuple[str, float, str]]:
    """Genres that the name of a file speaks for, with points and the reason as it is shown."""
    whole = PurePosixPath(path.replace("\\", "/"))
    if whole.suffix.lower() in _CODE and (
        _TEST_FILE.search(whole.name) or _TEST_FOLDER.intersection(whole.parts[:-1][-_FOLDERS:])
    ):
        yield "code", _CERTAIN, f"file name {whole.name}"
        return
    for part in reversed(whole.parts[-_FOLDERS - 1 :]):
        words = f" {' '.join(_PART.findall(PurePosixPath(part).stem))} ".lower()
        for genre, points, names in _WORDS:
            if any(name in words for name in names):
                yield genre, points, f"file name {whole.name}" if part == whole.name else f"folder {part}"
                return
