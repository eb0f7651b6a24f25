"""What stands before every request: whose it is, how large, and what a browser may do with the answer."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from menulint.errors import UsageError
from menulint.web.asking import MOST_BYTES

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What every answer carries: nothing is loaded from, sent to, or shown inside another site, and nothing is kept."""
_OWN_SITE = ("same-origin", "none")
_FORBIDDEN, _TOO_LARGE = 403, 413


class TooLarge(UsageError):
    """A request that is larger than is read."""


class Hosts(NamedTuple):
    """The names under which the server answers: what it was started with, and addresses it can have.

    A name that somebody else lets point to this machine is none of them, so that no other site can read answers.
    """

    bound: str
    port: int

    def own(self, host: str) -> bool:
        """Whether a Host header names this server."""
        name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "80")
        return port == str(self.port) and self._is_own_name(name.strip("[]").lower())

    def _is_own_name(self, name: str) -> bool:
        if name in ("localhost", self.bound.lower()):
            return True
        asked, bound = _address(name), _address(self.bound)
        if asked is None:
            return False
        return asked.is_loopback or (bound is not None and bound.is_unspecified)

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        bound = _address(self.bound)
        name = "127.0.0.1" if bound is not None and bound.is_unspecified else self.bound
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}/"

    @property
    def only_here(self) -> bool:
        """Whether no other machine can reach the server."""
        bound = _address(self.bound)
        return self.bound == "localhost" or (bound is not None and bound.is_loopback)


class Guard:
    """Refuses what does not come from the server's own page, or is too large; adds ``HEADERS`` to every answer."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal:
            await refusal(scope, receive, send_with_headers)
        else:
            await self._app(scope, _bounded(receive), send_with_headers)

    def _refusal(self, method: str, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if not self._hosts.own(host):
            return PlainTextResponse(
                f"This is menulint, and it answers under its own address only: {self._hosts.address}\n", _FORBIDDEN
            )
        if method not in ("GET", "HEAD") and not _from_own_page(headers, host):
            return PlainTextResponse(
                "menulint takes questions from its own page only, and this one comes from another site.\n", _FORBIDDEN
            )
        return None


def _from_own_page(headers: Headers, host: str) -> bool:
    """Whether a browser sent this from our own page; a program that is no browser says neither."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if site is not None and site not in _OWN_SITE:
        return False
    return origin is None or origin == f"http://{host}"


def _bounded(receive: Receive) -> Receive:
    size = 0

    async def receive_bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MOST_BYTES:
            raise TooLarge("")
        return message

    return receive_bounded


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
