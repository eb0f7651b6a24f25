"""Nothing but ``fetch`` opens a network connection: the other commands run where there are no sockets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

GUARD = """
import os, sys

def refuse(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto", "socket.sendmsg"):
        if getattr(arguments[0], "family", None) == 1:
            return  # AF_UNIX, no network: processes of this machine, by a name in the file system
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(f"{event} {arguments}\\n")
        raise RuntimeError("there is no network here")

sys.addaudithook(refuse)
"""
"""Loaded by every Python process that a command starts, before anything of ours."""

_RUNS = {
    "check": ("check", "menu.html", "menu.md", "--jobs", "2", "--no-cache", "--format", "html=report.html"),
    "mentions": ("mentions", "menu.md"),
    "explain": ("explain", "RTE001"),
    "substantiation": ("substantiation", "menu.md"),
    "scan": ("scan", "menu.html", "-o", "store", "--jobs", "2"),
}


@pytest.mark.parametrize("arguments", _RUNS.values(), ids=_RUNS)
def test_a_command_runs_without_a_network(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "menu.html").write_text("<a href='https://clinic.example/'>Exosome injections</a>, £350. Book now.")
    (tmp_path / "menu.md").write_text("Our serum is clinically proven to regenerate your skin.\n")
    done, log = _run(tmp_path, *arguments)
    assert log == ""
    assert done.returncode in (0, 1), done.stderr


def test_the_guard_sees_a_fetch(tmp_path: Path) -> None:
    _, log = _run(tmp_path, "fetch", "http://127.0.0.1:9/", "-o", "a.warc.gz", "--contact", "a@b.example")
    assert log.startswith("socket.getaddrinfo")


def _run(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """A command where there is no network, and what it tried."""
    guard, log = folder / "guard", folder / "guard" / "network.log"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD)
    log.touch()
    paths = [str(guard), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-m", "menulint", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "NETWORK_LOG": str(log)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done, log.read_text()
