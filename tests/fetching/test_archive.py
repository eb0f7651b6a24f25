"""The archive holds what was asked and answered, is whole at every moment, and is taken up where it stopped."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc import ArchiveIterator, WarcRecordType
from tests.fetching.conftest import Fetch
from tests.fetching.server import Server, answer, slowly

from menulint.errors import UsageError
from menulint.fetching.archive import OPEN, Archive
from menulint.fetching.connection import Exchange
from menulint.fetching.crawl import Plan

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"


def exchange(url: str = "http://clinic.example/", status: int = 200, truncated: str = "") -> Exchange:
    received = HEAD.replace(b"200", str(status).encode()) + CHUNKS
    sent = b"GET / HTTP/1.1\r\nHost: clinic.example\r\n\r\n"
    begun = datetime.now(UTC).replace(microsecond=0)
    return Exchange(url, sent, received, status, (), b"hello", begun, "93.184.215.14", truncated)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crawl.warc.gz"


def begun(path: Path) -> Archive:
    return Archive(path, {"software": "menulint/test"})


def test_an_exchange_is_two_records_that_name_each_other_the_machine_and_what_they_hold(path: Path) -> None:
    with begun(path) as archive:
        archive.add(exchange(truncated="length"))
        archive.finish()
    records = {}
    with path.open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            assert record.record_type == WarcRecordType.warcinfo or record.verify_block_digest()
            records[record.headers["WARC-Type"]] = dict(record.headers.items())
    assert list(records) == ["warcinfo", "response", "request"]
    response, request = records["response"], records["request"]
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert response["WARC-Warcinfo-ID"] == request["WARC-Warcinfo-ID"] == records["warcinfo"]["WARC-Record-ID"]
    assert response["WARC-IP-Address"] == "93.184.215.14"
    assert response["WARC-Truncated"] == "length"
    assert "WARC-Truncated" not in request
    assert response["WARC-Payload-Digest"] == f"sha256:{b32encode(hashlib.sha256(CHUNKS).digest()).decode()}"


def test_the_library_agrees_with_the_digests(path: Path) -> None:
    with begun(path) as archive:
        archive.add(exchange())
        archive.finish()
    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            assert record.verify_payload_digest()


def test_what_is_kept_comes_back_as_it_was(path: Path) -> None:
    with begun(path) as archive:
        archive.add(exchange(truncated="time"))
        back = archive.get("http://clinic.example/")
    kept = exchange(truncated="time")
    assert (back.received, back.body, back.status) == (kept.received, b"hello", 200)
    assert (back.address, back.truncated, back.media_type) == (kept.address, "time", "text/html")


def test_an_answer_that_was_cut_off_in_a_chunk_comes_back_without_a_body(path: Path) -> None:
    with begun(path) as archive:
        archive.add(replace(exchange(truncated="length"), received=HEAD + b"5\r\nhello\r\nff\r\nand"))
        assert archive.get("http://clinic.example/").body == b""


def test_an_archive_has_its_name_only_when_it_is_finished(path: Path) -> None:
    with begun(path) as archive:
        archive.add(exchange())
    assert not path.exists()
    with begun(path) as archive:
        archive.finish()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_what_is_cut_off_is_dropped_and_the_rest_is_there(path: Path, cut: int) -> None:
    with begun(path) as archive:
        archive.add(exchange("http://clinic.example/a"))
        whole = archive.partial.stat().st_size
        archive.add(exchange("http://clinic.example/b"))
    data = archive.partial.read_bytes()
    archive.partial.write_bytes(data[: whole + cut])
    with begun(path) as archive:
        assert "http://clinic.example/a" in archive
        assert "http://clinic.example/b" not in archive
        archive.add(exchange("http://clinic.example/b"))
        archive.finish()
    with path.open("rb") as file:
        urls = [record.headers.get("WARC-Target-URI") for record in ArchiveIterator(file, parse_http=False)]
    assert urls == [None, *["http://clinic.example/a"] * 2, None, *["http://clinic.example/b"] * 2]


def test_rubbish_is_no_archive_and_nothing_is_read_from_it(path: Path) -> None:
    path.with_name(path.name + OPEN).write_bytes(b"\x00" * 5000)
    with begun(path) as archive:
        assert len(archive) == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_answer_that_holds_for_now_is_asked_for_again(path: Path, status: int) -> None:
    with begun(path) as archive:
        archive.add(exchange(status=status))
        assert "http://clinic.example/" not in archive
    with begun(path) as archive:
        assert "http://clinic.example/" not in archive


def test_an_answer_is_fresh_for_a_while(path: Path) -> None:
    with begun(path) as archive:
        archive.add(exchange())
        assert archive.is_fresh("http://clinic.example/", timedelta(hours=1))
        assert not archive.is_fresh("http://clinic.example/", timedelta(seconds=-5))


def test_a_finished_archive_is_not_written_to(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(UsageError, match="name another file"):
        begun(path)


def test_an_archive_is_called_what_scan_knows(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.warc\.gz"):
        begun(tmp_path / "crawl.html")


def test_two_do_not_write_one_archive(path: Path) -> None:
    pytest.importorskip("fcntl")
    with begun(path), pytest.raises(UsageError, match="another fetch"):
        begun(path)


def test_a_fetch_that_is_taken_up_asks_only_for_what_is_missing(server: Server, fetch: Fetch) -> None:
    server.pages.update(
        {
            "/robots.txt": answer("User-agent: *\nDisallow: /no", kind="text/plain"),
            "/": answer('<a href="/a">a</a><a href="/b">b</a><a href="/no">no</a>'),
            "/a": answer('<a href="/c">c</a>'),
            "/b": answer("b"),
            "/c": answer("c"),
        }
    )
    plan = Plan((server.url(),), depth=2)
    with fetch.open(plan) as (crawl, _):
        outcomes = crawl.run()
        next(outcomes), next(outcomes)
    assert server.asked == ["/robots.txt", "/", "/a"]
    found = fetch.run(plan)
    assert server.asked == ["/robots.txt", "/", "/a", "/b", "/c"]
    assert {outcome.url: outcome.kept for outcome in found.values() if outcome.code == "200"} == {
        server.url("/"): True,
        server.url("/a"): True,
        server.url("/b"): False,
        server.url("/c"): False,
    }


def test_what_had_no_answer_is_asked_for_again(server: Server, fetch: Fetch) -> None:
    plan = Plan((server.url(),))
    server.pages["/"] = lambda connection: None
    with fetch.open(plan) as (crawl, _):
        assert [outcome.failed for outcome in crawl.run()] == [True]
    server.pages["/"] = answer("hello")
    assert fetch.run(plan)[server.url()].code == "200"


def test_an_answer_cut_off_in_time_says_so_in_the_archive(server: Server, fetch: Fetch) -> None:
    server.pages["/"] = slowly(answer("a" * 5000)[:-4900] + b"a" * 4900, pause=0.01)
    fetch.run(Plan((server.url(),)))
    with fetch.path.open("rb") as file:
        cut = [record.headers.get("WARC-Truncated") for record in ArchiveIterator(file, parse_http=False)]
    assert cut.count("time") == 1
