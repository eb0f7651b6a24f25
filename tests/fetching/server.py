"""A web server on this machine that answers as a test says, and writes down what it was asked."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket], None]


def answer(body: bytes | str = b"", status: str = "200 OK", kind: str = "text/html", **headers: str) -> bytes:
    """An answer as it goes over the wire; ``content_encoding`` is the header ``content-encoding``."""
    data = body.encode() if isinstance(body, str) else body
    said = {"Content-Type": kind, "Content-Length": str(len(data)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in said.items() if value]
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "", "")).encode() + data


def redirect(to: str) -> bytes:
    return answer(status="302 Found", Location=to)


def slowly(data: bytes, pause: float = 0.05) -> Callable[[socket.socket], None]:
    """A byte at a time."""

    def send(connection: socket.socket) -> None:
        for at in range(len(data)):
            connection.sendall(data[at : at + 1])
            time.sleep(pause)

    return send


@dataclass
class Server:
    """``pages`` maps a path to its answer, or to several that are given one after the other."""

    port: int
    pages: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a page here."""
        return f"http://{host}:{self.port}{path}"

    def _answer(self, path: str) -> Answer:
        known = self.pages.get(path, answer("not here", "404 Not Found"))
        if isinstance(known, list):
            return known.pop(0) if len(known) > 1 else known[0]
        return known

    def talk(self, connection: socket.socket) -> None:
        """Answer what is asked over one connection until it is closed."""
        self.connections += 1
        with connection:
            while head := _head(connection):
                path = head.split(" ")[1]
                self.asked.append(path)
                self.heads.append(head)
                self.times.append(time.monotonic())
                said = self._answer(path)
                if callable(said):
                    said(connection)
                    return
                connection.sendall(said)


def _head(connection: socket.socket) -> str:
    data = b""
    try:
        while b"\r\n\r\n" not in data:
            piece = connection.recv(4096)
            if not piece:
                return ""
            data += piece
    except OSError:
        return ""
    return data.decode()


@contextmanager
def running() -> Iterator[Server]:
    """A server on a port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(listening.getsockname()[1])

        def accept() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=_quietly, args=(server, connection), daemon=True).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def _quietly(server: Server, connection: socket.socket) -> None:
    with suppress(OSError):  # the other side hangs up, which some tests are about
        server.talk(connection)
