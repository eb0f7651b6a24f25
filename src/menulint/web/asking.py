"""What a request asks for: from the form of the page, or from JSON of another program."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from menulint.config import split
from menulint.errors import UsageError
from menulint.readers import MAX_BYTES
from menulint.reporters import names
from menulint.runs.files import Input
from menulint.ui import LANGUAGES, catalogue
from menulint.web.asked import Asked

AUTO, ALL, THESE = "auto", "all", "these"
MOST_FILES = 200
MOST_BYTES = MAX_BYTES + 1024 * 1024
"""The largest request: the largest file that is read, and room for what stands around it."""
KINDS = {"": "", "text": ".txt", "html": ".html", "markdown": ".md"}
"""What a pasted text can be said to be, and the ending that its name then has."""
_MOST_FIELDS = 300
_LONGEST_NAME = 300


class Form(Struct, frozen=True):
    """What stands in the form of the page, to be shown again.

    ``text`` is the pasted one; ``where`` is empty where a program sends the form and leaves it to the settings.
    """

    text: str = ""
    kind: str = ""
    where: str = AUTO
    places: tuple[str, ...] = ()
    ui_lang: str = "en"
    as_of: str = ""
    genre: str = ""
    format: str = "html"
    save: bool = False
    fix: str = ""
    uploads: tuple[Input, ...] = ()

    @property
    def files(self) -> tuple[Input, ...]:
        """The pasted text, if there is one, then the files."""
        if not self.text.strip():
            return self.uploads
        name = catalogue(self.ui_lang)("web.pasted") + KINDS[self.kind]
        return (Input(name, self.text.encode("utf-8", "replace")), *self.uploads)

    def asked(self, wanted: str) -> Asked:
        """The question the form puts.

        Raises:
            UsageError: there is nothing to check, or a field holds what it cannot.
        """
        words = catalogue(self.ui_lang)
        if not self.files:
            raise UsageError(words("web.nothing-given"))
        if self.where == THESE and not self.places:
            raise UsageError(words("web.no-places"))
        given = {
            "jurisdiction": self.places if self.where == THESE else tuple(filter(None, (self.where,))),
            "ui_lang": self.ui_lang,
            "as_of": _day(self.as_of),
            "genre": self.genre or None,
        }
        return Asked(wanted, self.files, _frozen(given), self.fix)


class JsonFile(Struct, forbid_unknown_fields=True):
    """A file in a question of another program: ``text``, or its bytes as ``base64``."""

    path: str = "copy.md"
    text: str | None = None
    base64: bytes | None = None


class JsonQuestion(Struct, forbid_unknown_fields=True):
    """A question of another program; options as those of ``menulint check``."""

    files: list[JsonFile]
    jurisdiction: list[str] | str = msgspec.field(default_factory=list)
    lang: str | None = None
    genre: str | None = None
    as_of: str | None = None
    select: list[str] | str = msgspec.field(default_factory=list)
    ignore: list[str] | str = msgspec.field(default_factory=list)
    min_confidence: str | None = None
    ui_lang: str | None = None
    format: str = "json"


class _InMemory(MultiPartParser):
    """Keeps what is uploaded in memory: nothing of the copy reaches a disk."""

    spool_max_size = 2 * MOST_BYTES


async def form_of(request: Request) -> Form:
    """What the form of the page holds.

    Raises:
        UsageError: it is no such form.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UsageError("expected the form of the page (multipart/form-data)")
    parser = _InMemory(
        request.headers, request.stream(), max_files=MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=MOST_BYTES
    )
    try:
        fields = await parser.parse()
    except MultiPartException as error:
        raise UsageError(f"the form cannot be read: {error.message}") from None
    try:
        return _form(fields, [Input(named(one.filename or ""), await one.read()) for one in _uploads(fields)])
    finally:
        await fields.close()


def _uploads(fields: FormData) -> list[UploadFile]:
    """Files that were chosen; a browser sends one without a name where none was."""
    return [one for one in fields.getlist("files") if isinstance(one, UploadFile) and one.filename]


def _form(fields: FormData, uploads: list[Input]) -> Form:
    said = {key: value for key, value in fields.multi_items() if isinstance(value, str)}
    return Form(
        text=said.get("text", "").replace("\r\n", "\n"),
        kind=_one_of("kind", said.get("kind", ""), tuple(KINDS)),
        where=_one_of("where", said.get("where", ""), ("", AUTO, ALL, THESE)),
        places=tuple(place for place in fields.getlist("place") if isinstance(place, str)),
        ui_lang=_one_of("ui_lang", said.get("ui_lang", "en"), LANGUAGES),
        as_of=said.get("as_of", ""),
        genre=said.get("genre", ""),
        format=_one_of("format", said.get("format", "json"), names()),
        save=bool(said.get("save")),
        fix=said.get("fix", ""),
        uploads=tuple(uploads),
    )


def json_asked(body: bytes) -> Asked:
    """The question in JSON.

    Raises:
        UsageError: it is none; the message says where and what was expected.
    """
    try:
        question = msgspec.json.decode(body, type=JsonQuestion)
    except msgspec.DecodeError as error:
        raise UsageError(f"the question is not as docs/web.md has it: {error}") from None
    if not question.files:
        raise UsageError("there is nothing to check: files is empty")
    if len(question.files) > MOST_FILES:
        raise UsageError(f"{len(question.files)} files at once; send at most {MOST_FILES}")
    given = {
        "jurisdiction": _listed(question.jurisdiction),
        "lang": question.lang,
        "genre": question.genre,
        "as_of": _day(question.as_of or ""),
        "select": _listed(question.select),
        "ignore": _listed(question.ignore),
        "min_confidence": question.min_confidence,
        "ui_lang": _one_of("ui_lang", question.ui_lang, LANGUAGES) if question.ui_lang else None,
    }
    wanted = _one_of("format", question.format, names())
    return Asked(wanted, tuple(map(_input, question.files)), _frozen(given))


def named(path: str) -> str:
    """The name a file is reported under: relative, without steps upwards, of a bearable length, on one line.

    It chooses the reader and the settings, and opens nothing.
    """
    parts = path.replace("\\", "/").split("/")
    kept = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    name = "".join(char for char in "/".join(kept) if unicodedata.category(char) not in ("Cc", "Cs"))
    return name[-_LONGEST_NAME:].lstrip("/") or "copy"


def _input(file: JsonFile) -> Input:
    if (file.text is None) == (file.base64 is None):
        raise UsageError(f"{file.path}: expected either text or base64")
    data = file.base64 if file.base64 is not None else (file.text or "").encode("utf-8", "replace")
    return Input(named(file.path), data)


def _listed(given: Any) -> tuple[str, ...]:
    return tuple(split([given] if isinstance(given, str) else given))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{text!r} is no date; write it as 2026-11-22") from None


def _one_of(field: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UsageError(f"{field} cannot be {value!r}; expected one of {', '.join(filter(None, known))}")
    return value


def _frozen(given: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((key, value) for key, value in given.items() if value)
