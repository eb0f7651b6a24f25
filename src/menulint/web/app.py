"""The application: the page, the answers in it, and the same for other programs as JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import anyio
from msgspec import structs
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from menulint.errors import MenulintError, UsageError
from menulint.runs.defects import in_words
from menulint.scales import GENRES
from menulint.ui import DEFAULT, LANGUAGES, catalogue
from menulint.web.asked import PAGE, About, Answer, Asked
from menulint.web.asking import ALL, AUTO, KINDS, MOST_BYTES, THESE, Form, form_of, json_asked
from menulint.web.desk import Desk, TooLong
from menulint.web.guard import Guard, Hosts, TooLarge
from menulint.web.places import named_places
from menulint.web.rendering import asset, page

_ASSETS = {
    "/report.css": ("style.css", "text/css"),
    "/page.css": ("page.css", "text/css"),
    "/report.js": ("script.js", "text/javascript"),
    "/page.js": ("page.js", "text/javascript"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
_TYPES = {
    "csv": "text/csv", "html": "text/html", "json": "application/json", "sarif": "application/sarif+json",
    "gitlab": "application/json", "rdjson": "application/json", "junit": "application/xml", "markdown": "text/markdown",
}  # fmt: skip
_ENDINGS = {"markdown": "md", "terminal": "txt", "junit": "xml", "github": "txt", "gitlab": "json", "rdjson": "json"}
_BAD, _TOO_LARGE, _BROKEN, _TOO_LONG = 400, 413, 500, 503


def make_app(desk: Desk, hosts: Hosts) -> Starlette:
    """The application, with the process that checks behind it."""

    @asynccontextmanager
    async def ready(_: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_warm_up, desk)
            yield
            tasks.cancel_scope.cancel()
        desk.close()

    site = _Site(desk)
    routes = [
        Route("/", site.empty, methods=["GET"]),
        Route("/", site.checked, methods=["POST"]),
        Route("/check", site.report, methods=["POST"]),
        Route("/healthz", _healthy, methods=["GET"]),
        *(Route(path, partial(_asset, name, kind), methods=["GET"]) for path, (name, kind) in _ASSETS.items()),
    ]
    return Starlette(routes=routes, lifespan=ready, middleware=[Middleware(Guard, hosts=hosts)])


class _Site:
    """The pages, in front of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def empty(self, request: Request) -> Response:
        """The page before anything was asked."""
        try:
            about = await self._desk.about()
        except MenulintError as error:
            return self._page(Form(ui_lang=_language(request) or DEFAULT), error=str(error), status=_BROKEN)
        return self._page(_first_form(about, _language(request) or about.ui_lang), about)

    async def checked(self, request: Request) -> Response:
        """The page with the answer to what its form asks."""
        form, about = Form(ui_lang=_language(request) or DEFAULT), None
        try:
            about = await self._desk.about()
            form = await form_of(request)
            answer = await self._desk.answer(form.asked(PAGE))
        except Exception as error:  # whatever it is, it is said in the page
            status, said = _said(error, form.ui_lang)
            return self._page(form, about, error=said, status=status)
        if answer.changed and form.text.strip() and answer.changed.index == 0:
            form = _with_text(form, answer.changed.data.decode("utf-8", "replace"))
        return self._page(form, about, answer=answer.body)

    async def report(self, request: Request) -> Response:
        """A report as ``menulint check --format`` writes it: of the page's form, or of JSON."""
        try:
            asked, save = await _question(request)
            answer = await self._desk.answer(asked)
        except Exception as error:
            status, said = _said(error, _language(request) or DEFAULT)
            return JSONResponse({"error": said}, status)
        return _report_response(asked.wanted, answer, save=save)

    def _page(
        self, form: Form, about: About | None = None, *, answer: str = "", error: str = "", status: int = 200
    ) -> Response:
        words = catalogue(form.ui_lang)
        return HTMLResponse(
            page(
                words,
                form=form,
                text=form.text,
                answer=answer,
                error=error,
                places=named_places(about.places, words) if about else (),
                languages=LANGUAGES,
                genres=GENRES,
                kinds=tuple(KINDS),
                most_bytes=MOST_BYTES,
                too_large=_too_large(form.ui_lang),
                files_lost=bool(form.uploads),
            ),
            status,
        )


def _language(request: Request) -> str:
    """The language that the address asks for, or nothing; the form says it as well, if it can be read."""
    asked = request.query_params.get("ui_lang", "")
    return asked if asked in LANGUAGES else ""


async def _question(request: Request) -> tuple[Asked, bool]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        return json_asked(await request.body()), False
    if kind == "multipart/form-data":
        form = await form_of(request)
        return form.asked(form.format), form.save
    raise UsageError("expected application/json (docs/web.md), or the form of the page")


def _report_response(name: str, answer: Answer, *, save: bool) -> Response:
    body = answer.body.encode("utf-8", "backslashreplace")
    headers = {"Content-Type": f"{_TYPES.get(name, 'text/plain')}; charset=utf-8"}
    if save or name == "html":  # a report never becomes a page of this address
        headers["Content-Disposition"] = f'attachment; filename="menulint-report.{_ENDINGS.get(name, name)}"'
    return Response(body, headers=headers)


def _first_form(about: About, language: str) -> Form:
    """The form as the settings of the folder have it."""
    given = about.jurisdiction
    where = AUTO if AUTO in given else ALL if ALL in given else THESE
    return Form(ui_lang=language, where=where, places=given if where == THESE else (), genre=about.genre or "")


def _with_text(form: Form, text: str) -> Form:
    return structs.replace(form, text=text)


def _said(error: Exception, language: str) -> tuple[int, str]:
    """What went wrong, as status and sentence."""
    if isinstance(error, TooLarge):
        return _TOO_LARGE, _too_large(language)
    if isinstance(error, TooLong):
        return _TOO_LONG, str(error)
    if isinstance(error, MenulintError):
        return _BAD, str(error)
    return _BROKEN, f"internal error: {in_words(error)}"


def _too_large(language: str) -> str:
    return catalogue(language)("web.too-large", most=MOST_BYTES // (1024 * 1024))


async def _warm_up(desk: Desk) -> None:
    """Have everything loaded before the first question; what is wrong is told in the page, which meets it again."""
    try:
        await desk.warm_up()
    except MenulintError:
        return


async def _healthy(_: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _asset(name: str, kind: str, _: Request) -> Response:
    return Response(asset(name), media_type=kind)
