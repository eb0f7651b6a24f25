"""A server as it is started from the command line, with a port of its own, where no connection can be opened."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.cli.test_no_network import GUARD

from menulint.cli import run
from menulint.errors import UsageError
from menulint.web.server import serve


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str], Path]]:
    """A running server: its address, its process, and the log of what it tried to connect to."""
    folder = tmp_path / "guard"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GUARD)
    log = tmp_path / "network.log"
    log.touch()
    paths = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH", "")]))
    process = subprocess.Popen(
        [sys.executable, "-m", "menulint", "serve", "--port", "0", "--no-open"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths, "NETWORK_LOG": str(log)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stderr.readline())
    assert found
    yield found[0], process, log
    process.kill()
    process.communicate()


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal")
def test_it_answers_on_its_port_connects_nowhere_says_nothing_of_the_copy_and_stops(
    server: tuple[str, subprocess.Popen[str], Path],
) -> None:
    address, process, log = server
    question = {
        "files": [{"path": "secret-menu.md", "text": "Exosome injections, £350. Book now."}],
        "jurisdiction": "GB",
    }
    report = httpx2.post(address + "check", json=question, timeout=120).json()
    assert report["summary"]["error"] == 1
    assert httpx2.get(address, headers={"Host": "clinic.example"}).status_code == 403
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said == "menulint: stopped\n"
    assert log.read_text() == ""


def test_a_port_that_is_taken_is_an_error_that_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"127\.0\.0\.1:{port} cannot be listened on.*--port"):
            serve("127.0.0.1", port, {}, use_config=False, ready=lambda _: None)


def test_without_the_extra_the_error_says_which(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "menulint.web.server")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert run(["serve", "--no-open"]) == 2
    assert "menulint serve needs uvicorn: pip install 'menulint[web]'" in capsys.readouterr().err
