"""One question to a server and its answer, kept byte for byte.

The library speaks HTTP over whatever stream its backend opens. Ours opens one to an address that was looked at, writes
down what goes over it, and ends it when the time or the size that an answer may take is used up.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpcore2 as httpcore

from menulint.fetching import addresses, places

Headers = tuple[tuple[str, str], ...]

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_INTERIM = re.compile(rb"HTTP/1\.[01] 1\d\d\b")
_LENGTH, _TIME, _UNREAD = "length", "time", "unspecified"
"""Why only a part of an answer was kept, in the words of the WARC standard."""


class Failed(Exception):
    """There is no answer. ``code`` is counted, ``message`` says what happened."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost.

    Attributes:
        bytes: of an answer as it is sent, and of its body once it is decompressed.
        connect, read, total: seconds for reaching a server, for its next bytes, and for the whole answer.
    """

    bytes: int = 8 * 1024 * 1024
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer.

    Attributes:
        sent, received: the bytes of both, as they went over the connection once encryption is undone.
        body: what the answer holds behind its head, chunks put together, compression not undone.
        begun: when the question was sent, UTC. ``address`` is the machine that answered.
        truncated: why only a part of the answer was kept; empty for a whole one.
    """

    url: str
    sent: bytes
    received: bytes
    status: int
    headers: Headers
    body: bytes
    begun: datetime
    address: str
    truncated: str = ""

    def header(self, name: str) -> str:
        """The header of that name (in lower case), all its lines; empty if there is none."""
        return _header(self.headers, name)

    @property
    def media_type(self) -> str:
        """``text/html`` of its ``Content-Type``."""
        return _media_type(self.headers)


class _OutOfTime(Exception):
    """The whole answer took too long."""


@dataclass
class _Tape:
    """What goes over a connection while one question is asked; ``is_new``: it was opened for this question."""

    deadline: float = 0.0
    address: str = ""
    is_new: bool = False
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)

    def begin(self, seconds: float) -> None:
        """Nothing is written down yet, and there are so many seconds."""
        self.deadline = time.monotonic() + seconds
        self.address, self.is_new = "", False
        self.sent, self.received = bytearray(), bytearray()

    def left(self, most: float | None) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise _OutOfTime
        return left if most is None else min(most, left)


class _Stream(httpcore.NetworkStream):
    """A connection that is written down."""

    def __init__(self, stream: httpcore.NetworkStream, tape: _Tape, address: str) -> None:
        self._stream, self._tape, self._address = stream, tape, address

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._tape.left(timeout))
        self._tape.received += data
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._tape.address = self._address
        self._stream.write(buffer, self._tape.left(timeout))
        self._tape.sent += buffer

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        # The name in the certificate is the one that was asked for, whatever address it resolved to.
        secured = self._stream.start_tls(ssl_context, server_hostname, self._tape.left(timeout))
        return _Stream(secured, self._tape, self._address)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections to addresses that were looked at, and to no others."""

    def __init__(self, tape: _Tape, resolver: addresses.Resolver, allow_private: bool) -> None:
        self._tape, self._resolver, self._allow_private = tape, resolver, allow_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self._tape.is_new = True
        error: Exception = httpcore.ConnectError("no address")
        for address in self._addresses(host, port):
            try:
                # The address is a number: nothing is resolved a second time.
                stream = self._sockets.connect_tcp(
                    address, port, self._tape.left(timeout), local_address, socket_options or ()
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
                continue
            return _Stream(stream, self._tape, address)
        raise error

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = list(self._resolver(host, port))
        except (OSError, UnicodeError) as error:
            raise Failed("unknown-host", f"{host} has no address: {getattr(error, 'strerror', '') or error}") from None
        allowed = found if self._allow_private else addresses.public(found)
        if not allowed:
            also = "" if found == [host] else f" ({', '.join(found) or 'it has no address'})"
            said = f"{host}{also} is no machine of the public internet; --allow-private asks it nevertheless"
            raise Failed("private-address", said)
        return allowed


class Client:
    """Asks servers, one question at a time, and keeps what they are told and tell. No cookies, no proxies."""

    def __init__(
        self,
        user_agent: str,
        limits: Limits,
        *,
        allow_private: bool = False,
        resolver: addresses.Resolver = addresses.resolve,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._user_agent, self._limits = user_agent, limits
        self._tape = _Tape()
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_keepalive_connections=20,
            keepalive_expiry=30.0,
            network_backend=_Backend(self._tape, resolver, allow_private),
        )

    def close(self) -> None:
        """Hang up everywhere."""
        self._pool.close()

    def get(self, url: str, wanted: frozenset[str] | None = None) -> Exchange:
        """The answer to a question for ``url``, which is normal (``places.normal``). Redirects are not followed.

        Of an answer whose media type is none of ``wanted``, if any are given, only the head is kept.

        Raises:
            Failed: there is no answer.
        """
        for _ in range(2):
            self._tape.begin(self._limits.total)
            begun = datetime.now(UTC)
            try:
                return self._once(url, begun, wanted)
            except (httpcore.NetworkError, httpcore.ProtocolError) as error:
                # A connection that was kept may have been closed by the other side in the meantime.
                if self._tape.is_new or self._tape.received:
                    raise _failed(error) from None
            except (httpcore.TimeoutException, _OutOfTime):
                raise Failed("timeout", self._too_slow()) from None
            except OSError as error:
                raise _failed(error) from None
        raise Failed("disconnected", "the server hangs up without an answer")

    def _once(self, url: str, begun: datetime, wanted: frozenset[str] | None) -> Exchange:
        limits = self._limits
        timeouts = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
        place = httpcore.URL(
            scheme=places.authority(url).partition(":")[0].encode(),
            host=places.host(url).encode(),
            port=places.port(url),
            target=places.target(url).encode(),
        )
        with self._pool.stream("GET", place, headers=self._headers(url), extensions={"timeout": timeouts}) as answer:
            head = _Head(url, begun, answer.status, _texts(answer.headers))
            if wanted is not None and answer.status == 200 and _media_type(head.headers) not in wanted:
                return self._exchange(head, b"", _UNREAD)
            return self._exchange(head, *self._body(answer))

    def _body(self, answer: httpcore.Response) -> tuple[bytes, str]:
        """What was read of a body, and why no more was."""
        body = bytearray()
        try:
            for piece in answer.iter_stream():
                body += piece
                if len(self._tape.received) > self._limits.bytes:
                    return bytes(body), _LENGTH
        except _OutOfTime:
            return bytes(body), _TIME
        except httpcore.ReadTimeout:
            if self._tape.deadline <= time.monotonic() + 0.01:
                return bytes(body), _TIME
            raise
        return bytes(body), ""

    def _exchange(self, head: _Head, body: bytes, truncated: str) -> Exchange:
        received = bytes(self._tape.received)
        while _INTERIM.match(received):
            received = received[head_end(received) :]
        if truncated == _UNREAD:
            received = received[: head_end(received)]
        return Exchange(
            head.url,
            bytes(self._tape.sent),
            received[: self._limits.bytes],
            head.status,
            head.headers,
            body,
            head.begun,
            self._tape.address,
            truncated,
        )

    def _headers(self, url: str) -> list[tuple[str, str]]:
        return [
            ("Host", places.authority(url).partition("//")[2]),
            ("User-Agent", self._user_agent),
            ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"),
            ("Accept-Encoding", "gzip, br"),
        ]

    def _too_slow(self) -> str:
        what = "answer" if self._tape.sent else "connection"
        limits = self._limits
        return f"no {what} in time ({limits.connect:g} s to connect, {limits.read:g} s for the next bytes)"


@dataclass(frozen=True, slots=True)
class _Head:
    url: str
    begun: datetime
    status: int
    headers: Headers


def _header(headers: Headers, name: str) -> str:
    return ", ".join(value for key, value in headers if key.lower() == name)


def _media_type(headers: Headers) -> str:
    return _header(headers, "content-type").partition(";")[0].strip().lower()


def head_end(received: bytes) -> int:
    """Where the head of a message ends and its body begins."""
    found = _HEAD_END.search(received)
    return found.end() if found else len(received)


def _texts(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    return tuple((key.decode("latin-1"), _text(value)) for key, value in headers)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _failed(error: Exception) -> Failed:
    said = str(error) or type(error).__name__
    if isinstance(error, httpcore.ProtocolError):
        return Failed("broken-answer", f"the answer is not HTTP as it should be: {said}")
    if isinstance(error.__cause__ or error.__context__, ssl.SSLError) or "SSL" in said or "certificate" in said:
        return Failed("no-secure-connection", f"no secure connection: {said}")
    return Failed("not-connected", f"the connection fails: {said}")
