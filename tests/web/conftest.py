"""The page's application with the pack of this checkout, asked without a port."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from menulint.web.app import make_app
from menulint.web.desk import Desk
from menulint.web.guard import Hosts

ADDRESS = "http://127.0.0.1:8642"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The working folder of the server: one without settings."""
    before = Path.cwd()
    made = tmp_path_factory.mktemp("started-in")
    os.chdir(made)
    yield made
    os.chdir(before)


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    """What a browser at the server's own address is."""
    app = make_app(Desk({}, use_config=True), Hosts("127.0.0.1", 8642))
    with TestClient(app, base_url=ADDRESS) as made:
        yield made


@pytest.fixture
def ask(client: TestClient) -> Ask:
    """Sends the form of the page, with some of its fields filled; ``files`` are pairs of name and bytes."""

    def send(path: str = "/", files: tuple[tuple[str, bytes], ...] = (), **fields: Any) -> Any:
        uploads = [("files", one) for one in files] or [("files", ("", b""))]
        return client.post(path, data=fields, files=uploads)

    return send
