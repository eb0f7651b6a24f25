"""The server: it listens on one address of this machine, opens the page, and answers until it is stopped."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Mapping
from typing import Any

import uvicorn

from menulint.errors import UsageError
from menulint.web.app import make_app
from menulint.web.desk import Desk
from menulint.web.guard import Hosts

PORT = 8642
ANY_PORT = 0
_SECONDS_TO_FINISH = 3


class _Server(uvicorn.Server):
    """Says when it can be asked."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See ``uvicorn.Server``."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve(
    host: str, port: int | None, given: Mapping[str, Any], *, use_config: bool, ready: Callable[[Hosts], None]
) -> None:
    """Serve until Ctrl-C, in the main thread; ``ready`` is told the address.

    ``port`` None is ``PORT``, or any other that is free.

    Raises:
        UsageError: the address cannot be listened on.
    """
    listening = _listen(host, port)
    hosts = Hosts(host, listening.getsockname()[1])
    app = make_app(Desk(given, use_config), hosts)
    config = uvicorn.Config(
        app,
        log_config=None,  # nothing of the copy, and no address of a request, is written anywhere
        log_level="critical",
        access_log=False,
        server_header=False,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to end, it ends as by Ctrl-C: with its processes
    with listening:
        _Server(config, lambda: ready(hosts)).run([listening])


def _listen(host: str, port: int | None) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    tried = (PORT, ANY_PORT) if port is None else (port,)
    for number in tried:
        try:
            return socket.create_server((host, number), family=family)
        except OSError as error:
            said = error.strerror or str(error)
    raise UsageError(
        f"{host}:{tried[-1]} cannot be listened on: {said}; name another with --host and --port (0 is any that is free)"
    )
