"""Addresses of pages: one way to write each, and none that mean something else than they show."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import idna

LONGEST = 2_000
"""Characters of the longest address that is asked for; traps for crawlers make them ever longer."""

_PORTS = {"http": 80, "https": 443}
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\]")
_DOT = re.compile(r"%2e", re.IGNORECASE)
_STEPS = re.compile(r"/\.{1,2}(?:/|\Z)")
_KEPT = "/%:@!$&'()*+,;=~-._"


class Unfit(ValueError):
    """An address that is not asked for; says why."""


def normal(address: str, base: str = "") -> str:
    """The address as it is asked for: absolute, with an ASCII host in lower case, without fragment and default port.

    Raises:
        Unfit: it is none that is fetched.
    """
    text = address.strip(" \t\r\n\f")
    if len(text) > LONGEST:
        raise Unfit(f"is longer than {LONGEST:,} characters")
    text = re.sub(r"[\t\r\n]", "", text)
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port = parts.port
    except ValueError as error:
        raise Unfit(f"is no address: {error}") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise Unfit("is no address of a page; expected one that begins with https:// or http://")
    if "@" in parts.netloc:
        raise Unfit("holds a name or password before @, which is not sent")
    host = _host(parts.netloc, parts.hostname or "")
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = _path(quote(parts.path or "/", safe=_KEPT), f"{scheme}://{netloc}/")
    made = urlunsplit((scheme, netloc, path, quote(parts.query, safe=_KEPT + "?[]|"), ""))
    if len(made) > LONGEST:
        raise Unfit(f"is longer than {LONGEST:,} characters")
    return made


def _path(path: str, root: str) -> str:
    """A path without steps up and in place: what a robots.txt forbids is not reached by a detour."""
    path = _DOT.sub(".", path)
    return urlsplit(urljoin(root, path.lstrip("/"))).path if _STEPS.search(path) else path


def _host(netloc: str, host: str) -> str:
    if _UNPRINTABLE.search(netloc) or len(host) > 253:
        raise Unfit("names no host")
    host = f"[{host}]" if ":" in host else host.rstrip(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError as error:
            raise Unfit(f"names no host: {error}") from None
    host = host.lower()
    if not _HOST.fullmatch(host):
        raise Unfit("names no host")
    return host


def authority(url: str) -> str:
    """Scheme, host and port: what a ``robots.txt`` holds for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host(url: str) -> str:
    """The host, without port and brackets."""
    return urlsplit(url).hostname or ""


def port(url: str) -> int:
    """The port, named or not."""
    parts = urlsplit(url)
    return parts.port or _PORTS[parts.scheme]


def site(url: str) -> str:
    """What counts as one site: the host without ``www.``, and a port if it is no usual one."""
    return urlsplit(url).netloc.removeprefix("www.")


def target(url: str) -> str:
    """What a request names: path and query."""
    parts = urlsplit(url)
    return urlunsplit(("", "", parts.path, parts.query, ""))
