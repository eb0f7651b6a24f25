"""What a file's name says of the page in it: ``privacy-policy.html``, ``aftercare/lip-filler.md``, ``Menu.test.tsx``.

The words are those under which site builders file such pages (English, Spanish and French); only the name and the three folders
above it are looked at, since what stands further up is somebody's disk.
"""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import splitext

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
    ("code", 6.0, "readme|changelog|contributing"),
    ("code", 3.0, "license|licence|code of conduct|security policy"),
)
_WORDS = tuple((genre, points, tuple(f" {words} " for words in each.split("|"))) for genre, points, each in _NAMES)
_CODE = frozenset(".js .jsx .mjs .cjs .ts .tsx .mts .cts .vue .svelte .astro .php .py .rb .json .yml .yaml".split())
_TEST_FILE = LatePattern(
    r"[._-](?:test|spec|stories|story|mock|config|conf|d)\.[a-z]{2,5}$|(?:^|/)(?:test|spec)_[^/]*$", re.I
)
_SITE_FILE = LatePattern(
    r"^_config\.ya?ml$|^(?:site|app|seo|next-?seo|theme|gatsby|nuxt|docusaurus|gridsome|hexo|hugo)[._-]?config\.", re.I
)
"""Configuration that holds the titles and descriptions of pages."""
_TEST_FOLDER = frozenset("test tests __tests__ spec specs __mocks__ mocks __fixtures__ e2e cypress .storybook".split())
_CERTAIN = 6.0


Genre = tuple[str, float, str]
"""A genre, its points, and the reason as it is shown."""


@lru_cache(maxsize=256)
def genres_of_path(path: str) -> tuple[Genre, ...]:
    """Genres that the name of a file speaks for."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts:
        return ()
    name, folders = parts[-1], parts[:-1][-_FOLDERS:]
    is_test = _TEST_FILE.search(name) and not _SITE_FILE.search(name)
    if splitext(name)[1].lower() in _CODE and (is_test or not _TEST_FOLDER.isdisjoint(folders)):
        return (("code", _CERTAIN, f"file name {name}"),)
    for part in (name, *reversed(folders)):
        if genre := _genre_of(part):
            return ((*genre, f"file name {name}" if part == name else f"folder {part}"),)
    return ()


@lru_cache(maxsize=1024)
def _genre_of(part: str) -> tuple[str, float] | None:
    """The genre that a file or folder of that name holds, and its points."""
    words = f" {' '.join(_PART.findall(splitext(part)[0]))} ".lower()
    return next(((genre, points) for genre, points, names in _WORDS if any(name in words for name in names)), None)
