"""Web archives: WARC, plain or compressed record by record, and WACZ, which holds some.

A crawl is other people's data: records are broken, files are cut short, bodies are not what their headers say. What can
be read is read; behind a broken record the next one is looked for.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType
from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader, ZstdReader

from menulint.scanning.plan import WACZ, Unit
from menulint.scanning.record import WARC_DATE, Broken, Item, PassedOver, Record, is_markup

MOST_STOPS = 1000
"""How often reading is taken up behind a broken record before the rest of an archive is given up."""

_READ = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)

_MARKUP = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN = "text/plain"
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,60}")
_WINDOW = 1 << 20
_STARTS = {"gzip": b"\x1f\x8b\x08", "zstd": b"\x28\xb5\x2f\xfd", "": b"\nWARC/1."}
_ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"
_VERSION = b"WARC/1."
_GZIP, _FIRST_BYTES = 31, 512
_DECODERS: dict[str, Callable[[BinaryIO], WarcReader]] = {
    "chunked": ChunkedReader,
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": lambda body: GzipReader(body, zlib=True),
    "br": BrotliReader,
    "zstd": ZstdReader,
}


@dataclass(frozen=True, slots=True)
class _Archive:
    """A WARC that is read: ``begins`` is its first byte in ``file``, ``name`` what it is called in the store."""

    name: str
    file: BinaryIO
    begins: int = 0


def records(unit: Unit, max_bytes: int) -> Iterator[Item]:
    """What an archive holds, in its order."""
    (name,) = unit.files
    try:
        with open(name, "rb") as file:
            if unit.kind == WACZ:
                yield from _of_wacz(name, file, max_bytes)
            else:
                yield from _of_warc(_Archive(name, file), max_bytes)
    except OSError as error:
        yield Broken(name, 0, "not-readable", f"it cannot be read: {error.strerror or error}", whole=True)


def _of_wacz(name: str, file: BinaryIO, max_bytes: int) -> Iterator[Item]:
    try:
        members = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        yield Broken(name, 0, "not-readable", f"it is no ZIP archive, as a WACZ is: {error}", whole=True)
        return
    for member in members:
        if not member.filename.startswith("archive/") or ".warc" not in member.filename:
            continue
        inner = f"{name}#{member.filename}"
        if member.compress_type != zipfile.ZIP_STORED:
            said = (
                "it is compressed inside the WACZ, which stores archives as they are; unpack it and scan it by itself"
            )
            yield Broken(inner, member.header_offset, "not-readable", said, whole=True)
            continue
        yield from _of_warc(_Archive(inner, *_stored(file, member)), max_bytes)


def _stored(file: BinaryIO, member: zipfile.ZipInfo) -> tuple[BinaryIO, int]:
    """The bytes of a stored member as they lie in the file; its own header says how long that header is."""
    file.seek(member.header_offset + 26)
    lengths = file.read(4)
    begins = member.header_offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    return io.BufferedReader(_Slice(file, begins + member.file_size)), begins


class _Slice(io.RawIOBase):
    """A file up to an offset, seekable; reading stops there."""

    def __init__(self, file: BinaryIO, end: int) -> None:
        self._file, self._end, self._at = file, end, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence]
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._at)
        data = self._file.read(max(0, min(len(buffer), self._end - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def _of_warc(archive: _Archive, max_bytes: int) -> Iterator[Item]:
    """The records of an archive. Where reading stops, it is taken up at the next record that begins behind."""
    at, stopped = archive.begins, ""
    kind = _compression(archive, at)
    for _ in range(MOST_STOPS):
        last, past, failure = -1, at + 1, ""
        try:
            for record in _iterate(archive, at):
                if stopped:
                    yield Broken(
                        archive.name, at, "broken-record", f"a record before this one cannot be read: {stopped}"
                    )
                    stopped = ""
                last = record.stream_pos
                past = last + 1 + (0 if kind else record.content_length)
                yield _item(archive, record, max_bytes)
        except OSError as error:
            failure = str(error)
        following = _next_start(archive, kind, past)
        if last < 0:
            yield Broken(archive.name, at, "broken-record", _why(failure), whole=following < 0)
        elif failure and following < 0:
            yield Broken(archive.name, last, "broken-archive", f"behind this record: {_why(failure)}", whole=True)
        if following < 0:
            return
        at, stopped = following, failure if last >= 0 else ""
    said = f"it had to be taken up anew {MOST_STOPS} times; the rest was not read"
    yield Broken(archive.name, at, "broken-archive", said, whole=True)


def _iterate(archive: _Archive, at: int) -> Iterator[WarcRecord]:
    archive.file.seek(at)
    return iter(ArchiveIterator(archive.file, parse_http=False))


def _why(failure: str) -> str:
    return f"the record cannot be read: {failure}" if failure else "the archive is empty, or ends within the record"


def _compression(archive: _Archive, at: int) -> str:
    archive.file.seek(at)
    head = archive.file.read(4)
    if head.startswith(_STARTS["gzip"]):
        return "gzip"
    return "zstd" if head in (_STARTS["zstd"], _ZSTD_DICTIONARY) else ""


def _next_start(archive: _Archive, kind: str, at: int) -> int:
    """Where the next record begins, at ``at`` or behind it; -1 if none does. Linear in what is left of the file."""
    marker = _STARTS[kind]
    archive.file.seek(at)
    window = archive.file.read(_WINDOW)
    while len(window) >= len(marker):
        found = -1
        while (found := window.find(marker, found + 1)) >= 0:
            begins = at + found + (not kind)
            if _begins(archive, kind, begins):
                return begins
        at += len(window) - len(marker) + 1
        archive.file.seek(at)
        window = archive.file.read(_WINDOW)
    return -1


def _begins(archive: _Archive, kind: str, at: int) -> bool:
    """Whether what looks like the beginning of a record is one, were it only that of one that is cut off."""
    archive.file.seek(at)
    try:
        if kind == "gzip":  # the standard library's gives what comes before an error, the archive library's does not
            data = archive.file.read(_FIRST_BYTES)
            head = zlib.decompressobj(_GZIP).decompress(data, len(_VERSION))
            return _VERSION.startswith(head) if len(data) < _FIRST_BYTES else head == _VERSION
        reader = ZstdReader(archive.file) if kind else archive.file
        return reader.read(len(_VERSION)) == _VERSION
    except (OSError, zlib.error):
        return False


def _item(archive: _Archive, record: WarcRecord, max_bytes: int) -> Item:
    """What a record is to us. Never raises for its own sake: the iterator does, when it goes on behind it."""
    kind, headers = record.record_type, record.headers
    if kind not in _READ:
        return PassedOver("revisit" if kind == WarcRecordType.revisit else f"record {kind}")
    about = _About(
        archive.name,
        record.stream_pos,
        (headers.get("WARC-Target-URI") or "").strip("<> "),
        _date(headers.get("WARC-Date")),
        record.record_id or "",
        headers.get("WARC-Truncated") or "",
    )
    if not about.url:
        return about.broken("broken-record", "its header names no address, or is cut off")
    try:
        return _page(about, record, max_bytes)
    except OSError as error:
        return about.broken("broken-record", f"the record cannot be read: {error}")


@dataclass(frozen=True, slots=True)
class _About:
    """What the header of a record says of it."""

    input: str
    offset: int
    url: str
    captured: datetime | None
    record_id: str
    truncated: str

    def broken(self, code: str, message: str) -> Broken:
        return Broken(self.input, self.offset, code, message, self.url, self.captured, self.record_id)


def _page(about: _About, record: WarcRecord, max_bytes: int) -> Item:
    status: int | None = None
    media, charset, encodings = (record.headers.get("Content-Type") or ""), None, []
    if record.is_http:
        record.parse_http(quirks_mode=True)
        http = record.http_headers
        status = http.status_code
        media, charset = http.get("Content-Type") or "", record.http_charset
        encodings = [*_listed(http.get("Transfer-Encoding")), *reversed(_listed(http.get("Content-Encoding")))]
    media = _media_type(media)
    if status is not None and status != 200:
        return PassedOver(f"status {status}" if 100 <= status < 600 else "status unreadable")
    if media and media not in _MARKUP and not (media == _PLAIN and record.record_type == WarcRecordType.conversion):
        return PassedOver(media)
    raw = record.reader.read(max_bytes + 1)
    if len(raw) > max_bytes:
        return about.broken("too-large", f"it is larger than {max_bytes:,} bytes")
    if len(raw) < record.content_length and not about.truncated:
        return about.broken("cut-short", f"{len(raw):,} of its {record.content_length:,} bytes are there")
    data = decoded(raw, encodings, max_bytes)
    if data is None:
        return about.broken("not-decodable", f"its body is not encoded as it says: {', '.join(encodings)}")
    if len(data) > max_bytes:
        return about.broken("too-large", f"decoded it is larger than {max_bytes:,} bytes")
    if not media and not is_markup(data):
        return PassedOver("without content type")
    return Record(
        about.input,
        about.offset,
        data,
        url=about.url,
        url_by="record",
        captured=about.captured,
        captured_by=WARC_DATE if about.captured else "",
        record_id=about.record_id,
        format="text" if media == _PLAIN else "html",
        charset=charset,
        content_type=media,
        status=status,
        truncated=about.truncated,
    )


def _media_type(header: str) -> str:
    """``text/html`` of a header; what is none is counted under one name, however many there are."""
    name = header.partition(";")[0].strip().lower()
    return name if not name or _MEDIA_TYPE.fullmatch(name) else "unreadable content type"


def _date(header: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(header or "")
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _listed(header: str | None) -> list[str]:
    return [
        name for name in (part.strip().lower() for part in (header or "").split(",")) if name and name != "identity"
    ]


def decoded(body: bytes, encodings: list[str], max_bytes: int) -> bytes | None:
    """A body with its encodings undone, up to a byte more than may be; None if it cannot be.

    Crawlers often undo an encoding and leave the header as it was: then the body is text already.
    """
    for encoding in encodings:
        decode = _DECODERS.get(encoding)
        try:
            if decode is None:
                raise OSError(encoding)
            body = decode(io.BytesIO(body)).read(max_bytes + 1)
        except OSError:
            if is_markup(body):
                continue
            return None
    return body


def at(file: str, offset: int, max_bytes: int) -> tuple[Item, bytes] | None:
    """What a store says begins at a byte of an archive, and the headers of the record and of HTTP; None if none does.

    ``file`` is the archive as it lies on the disk: for an archive inside a WACZ, the WACZ.

    Raises:
        OSError: the file, or what stands there, cannot be read.
    """
    with open(file, "rb") as opened:
        for record in _iterate(_Archive(file, opened), offset):
            item, head = _item(_Archive(file, opened), record, max_bytes), io.BytesIO()
            record.headers.write(head)
            if record.is_http_parsed:
                record.http_headers.write(head)
            return item, head.getvalue()
    return None
