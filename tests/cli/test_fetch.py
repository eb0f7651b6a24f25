"""``menulint fetch``: what it takes, what it says, and that it goes on where it was killed."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fetching.server import Server, answer, running

from menulint.cli import run
from menulint.scanning.store import Store

CONTACT = ("--contact", "web@clinic.example")
OPEN = ("--allow-private", "--delay", "0")


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        server.pages["/"] = answer('<p>Exosome injections, £350. Book now.</p><a href="/b">b</a>')
        server.pages["/b"] = answer("<p>Our opening hours.")
        yield server


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fetch(*arguments: str) -> int:
    return run(("fetch", *arguments))


def scan() -> int:
    command = [sys.executable, "-m", "menulint", "scan", "crawl.warc.gz", "-o", "store", "--jurisdiction", "GB"]
    return subprocess.run(command, check=False, capture_output=True).returncode


def test_what_was_fetched_is_scanned_with_address_and_day(server: Server) -> None:
    assert fetch(server.url(), "-o", "crawl.warc.gz", "--depth", "1", *CONTACT, *OPEN) == 0
    assert scan() == 1
    store = Store(Path("store"))
    assert [page["url"] for page in store.rows("pages")] == [server.url(), server.url("/b")]
    (finding,) = store.rows("findings")
    assert (finding["rule"], finding["text"]) == ("RTE001", "Exosome injections")
    assert not list(store.rows("errors"))
    assert {page["capture_by"] for page in store.rows("pages")} == {"warc-date"}


def test_a_fetch_needs_somebody_who_answers_for_it(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(server.url(), "-o", "crawl.warc.gz", *OPEN) == 2
    assert "--contact" in capsys.readouterr().err
    assert server.connections == 0


def test_the_settings_may_say_who_answers(server: Server, folder: Path) -> None:
    (folder / "menulint.toml").write_text('contact = "https://clinic.example/bot"\n')
    assert fetch(server.url(), "-o", "crawl.warc.gz", *OPEN) == 0
    assert "(+https://clinic.example/bot)" in server.heads[0]


@pytest.mark.parametrize("contact", ["me", "a@b.example\r\nX: y", "a@b.example) (x", "http://", "ñ@b.example"])
def test_a_contact_is_a_mail_address_or_a_page(server: Server, contact: str) -> None:
    assert fetch(server.url(), "-o", "crawl.warc.gz", "--contact", contact, *OPEN) == 2
    assert server.connections == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clinic.example",), "did you mean https://clinic.example?"),
        (("ftp://clinic.example/",), "https:// or http://"),
        (("https://a:b@clinic.example/",), "password"),
        ((), "nothing to fetch"),
    ],
)
def test_a_mistake_is_said_before_anything_is_asked(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert fetch(*arguments, "-o", "crawl.warc.gz", *CONTACT) == 2
    assert said in capsys.readouterr().err
    assert not list(folder.iterdir())


def test_a_private_address_is_refused_and_no_archive_left(
    server: Server, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert fetch(server.url(), "-o", "crawl.warc.gz", *CONTACT) == 3
    assert "--allow-private" in capsys.readouterr().err
    assert server.connections == 0
    assert not list(folder.iterdir())


def test_addresses_come_from_a_file_and_failures_go_to_one(server: Server, folder: Path) -> None:
    (folder / "urls.txt").write_text(f"# ours\n{server.url()}\n\n{server.url('/gone')}\n")
    options = ("--urls", "urls.txt", "-o", "crawl.warc.gz", "--failed", "failed.csv")
    assert fetch(*options, *CONTACT, *OPEN) == 3
    with (folder / "failed.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["url"], row["code"], row["source"]) == (server.url("/gone"), "404", "argument")


def test_a_wrong_line_in_a_file_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "urls.txt").write_text("https://clinic.example/\nclinic\n")
    assert fetch("--urls", "urls.txt", "-o", "crawl.warc.gz", *CONTACT) == 2
    assert "urls.txt:2" in capsys.readouterr().err


def test_a_host_may_be_added_as_it_is_written_in_an_address(server: Server, folder: Path) -> None:
    server.pages["/"] = answer(status="302 Found", Location=server.url("/b", "localhost"))
    assert fetch(server.url(), "-o", "one.warc.gz", *CONTACT, *OPEN) == 3
    assert fetch(server.url(), "-o", "two.warc.gz", "--host", f"LOCALHOST:{server.port}", *CONTACT, *OPEN) == 0


def test_a_summary_counts_by_status(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(server.url(), server.url("/gone"), "-o", "crawl.warc.gz", "--depth", "1", *CONTACT, *OPEN) == 3
    said = capsys.readouterr()
    assert said.out.split() == ["crawl.warc.gz:", "3", "pages", "200", "2", "404", "1"]
    assert f"{server.url('/gone')}: 404" in said.err


def test_a_page_writes_nothing_to_the_terminal_that_it_obeys(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.pages["/"] = b"HTTP/1.1 302 Found\r\nLocation: ftp://\x1b]0;x\x07/\r\nContent-Length: 0\r\n\r\n"
    assert fetch(server.url(), "-o", "crawl.warc.gz", *CONTACT, *OPEN) == 3
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_a_fetch_that_was_killed_goes_on_without_asking_twice(server: Server, folder: Path) -> None:
    paths = [f"/{n}" for n in range(6)]
    server.pages["/"] = answer("".join(f'<a href="{path}">x</a>' for path in paths))
    server.pages.update({path: answer(f"<p>page {path}") for path in paths})
    arguments = ["fetch", server.url(), "-o", "crawl.warc.gz", "--depth", "1", "--allow-private", *CONTACT]
    process = subprocess.Popen([sys.executable, "-m", "menulint", *arguments, "--delay", "0.3"], env=os.environ)
    while len(server.asked) < 4 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert [file.name for file in folder.iterdir()] == ["crawl.warc.gz.open"]
    before = list(server.asked)
    assert fetch(*arguments[1:], "--delay", "0") == 0
    again = [path for path in server.asked[len(before) :] if path in before]
    assert set(again) <= {before[-1]}  # what was on its way when it was killed
    assert set(paths) <= set(server.asked)
    assert scan() == 0
    urls = [page["url"] for page in Store(Path("store")).rows("pages")]
    assert sorted(urls) == sorted(map(server.url, ["/", *paths]))
