"""What a crawl holds is read as far as it can be, and what is broken costs itself alone."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc import WarcRecordType
from tests.scanning.warcs import HTML, archive, packed, record, zipped

from menulint.scanning.archives import records
from menulint.scanning.plan import Unit, kind_of
from menulint.scanning.record import Broken, Item, PassedOver, Record

ENDINGS = (".warc", ".warc.gz", ".warc.zst")
LIMIT = 100_000


def read(path: Path) -> list[Item]:
    return list(records(Unit(0, kind_of(path.name), (str(path),), 0), LIMIT))


def urls(items: list[Item]) -> list[str]:
    return [item.url for item in items if isinstance(item, Record)]


def codes(items: list[Item]) -> list[tuple[int, str, bool]]:
    return [(item.offset, item.code, item.whole) for item in items if isinstance(item, Broken)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_record_gives_the_page_with_its_address_time_and_place_in_the_archive(tmp_path: Path, ending: str) -> None:
    one, two = record("https://a.example/1"), record("https://a.example/2", headers="X-Note: second\r\n")
    (first, second) = read(archive(tmp_path / f"crawl{ending}", one, two))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.data, first.url, first.charset, first.status) == (HTML, "https://a.example/1", "utf-8", 200)
    assert first.captured == datetime(2019, 5, 4, 10, 20, 30, tzinfo=UTC)
    assert first.record_id.startswith("<urn:uuid:")
    assert (first.offset, second.offset) == (0, len(packed(one, ending)))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip\r\n", zipped(HTML)),
        ("Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML)),
        ("Content-Encoding: gzip\r\n", HTML),
        ("Transfer-Encoding: chunked\r\n", HTML),
    ],
    ids=["gzip", "chunked", "gzip undone by the crawler", "chunked undone by the crawler"],
)
def test_encodings_are_undone_unless_the_crawler_did(tmp_path: Path, headers: str, body: bytes) -> None:
    (page,) = read(archive(tmp_path / "a.warc.gz", record("https://a.example/", body, headers=headers)))
    assert isinstance(page, Record)
    assert page.data == HTML


def test_what_is_no_page_is_passed_over_by_its_kind(tmp_path: Path) -> None:
    items = read(
        archive(
            tmp_path / "a.warc.gz",
            record("https://a.example/404", status="404 Not Found"),
            record("https://a.example/logo", b"\x89PNG", media="image/png"),
            record("https://a.example/again", b"", kind=WarcRecordType.revisit),
            record("https://a.example/", b"", kind=WarcRecordType.request),
            record("https://a.example/odd", media="<script>"),
        )
    )
    reasons = ["status 404", "image/png", "revisit", "record request", "unreadable content type"]
    assert items == [PassedOver(reason) for reason in reasons]


@pytest.mark.parametrize("ending", ENDINGS)
def test_behind_a_broken_record_the_next_one_is_read(tmp_path: Path, ending: str) -> None:
    parts = [packed(record(f"https://a.example/{n}", HTML * 20), ending) for n in range(4)]
    parts[1] = b"\0" * 8 + parts[1][8:]
    (tmp_path / f"a{ending}").write_bytes(b"".join(parts))
    items = read(tmp_path / f"a{ending}")
    assert urls(items) == [f"https://a.example/{n}" for n in (0, 2, 3)]
    assert [code for _, code, whole in codes(items) if not whole] == ["broken-record"]


def test_a_damaged_record_is_named_by_its_place(tmp_path: Path) -> None:
    parts = [bytearray(packed(record(f"https://a.example/{n}", HTML * 20), ".warc.gz")) for n in range(3)]
    parts[1][-6] ^= 0xFF  # its checksum
    (tmp_path / "a.warc.gz").write_bytes(b"".join(parts))
    items = read(tmp_path / "a.warc.gz")
    assert urls(items) == ["https://a.example/0", "https://a.example/2"]
    assert codes(items) == [(len(parts[0]), "broken-record", False)]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("left", [30, 200])
def test_an_archive_that_is_cut_off_says_so(tmp_path: Path, ending: str, left: int) -> None:
    parts = [packed(record(f"https://a.example/{n}", HTML), ending) for n in range(2)]
    (tmp_path / f"a{ending}").write_bytes(parts[0] + parts[1][:left])
    items = read(tmp_path / f"a{ending}")
    assert urls(items) == ["https://a.example/0"]
    assert len(codes(items)) == 1


def test_a_page_that_unpacks_to_more_than_may_be_is_refused(tmp_path: Path) -> None:
    bomb = record("https://a.example/bomb", zipped(b" " * 50_000_000), headers="Content-Encoding: gzip\r\n")
    items = read(archive(tmp_path / "a.warc.gz", bomb, record("https://a.example/")))
    assert codes(items) == [(0, "too-large", False)]
    assert urls(items) == ["https://a.example/"]


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08" + b"x" * 5000, b"no archive at all"])
def test_what_is_no_archive_is_one_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.warc.gz").write_bytes(content)
    assert [(code, whole) for _, code, whole in codes(read(tmp_path / "a.warc.gz"))] == [("broken-record", True)]


def test_a_wacz_gives_the_records_of_its_archives_at_their_place_in_it(tmp_path: Path) -> None:
    one, two = (packed(record(f"https://a.example/{n}"), ".warc.gz") for n in (1, 2))
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as wacz:
        wacz.writestr("datapackage.json", "{}")
        wacz.writestr("archive/data.warc.gz", one + two)
    items = read(tmp_path / "a.wacz")
    assert urls(items) == ["https://a.example/1", "https://a.example/2"]
    last = items[-1]
    assert isinstance(last, Record)
    assert last.input == f"{tmp_path}/a.wacz#archive/data.warc.gz"
    assert (tmp_path / "a.wacz").read_bytes()[last.offset :].startswith(two)
