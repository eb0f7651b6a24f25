"""The web archive of a fetch: what was asked and answered, record by record, whole at every moment.

While it is made it is called ``NAME.open``; each exchange is brought to the disk before the next question is asked. A
fetch that was killed leaves at most one record that is cut off, which is dropped when it is taken up again; what is in the
archive is then not asked for a second time.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import zlib
from base64 import b32encode
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType
from fastwarc.stream_io import GzipWriter

from menulint.errors import UsageError
from menulint.fetching.connection import Exchange, head_end

ENDING = ".warc.gz"
OPEN = ".open"

_WINDOW = 1 << 20
_GZIP = 31
_ANSWER, _QUESTION = "response", "request"
_HTTP = "application/http; msgtype="
_FOR_NOW = frozenset({429})


class Archive:
    """An archive that is written; leaving the context without ``finish`` keeps it open for the next time."""

    def __init__(self, path: Path, about: Mapping[str, str]) -> None:
        """Begin an archive, or take up one that was begun; ``about`` goes into its ``warcinfo``.

        Raises:
            UsageError: it is finished already, somebody else writes it, or it cannot be written.
        """
        self.path, self.partial = path, path.with_name(path.name + OPEN)
        if not path.name.endswith(ENDING):
            raise UsageError(f"{path.as_posix()}: is no name for a web archive; expected one that ends in {ENDING}")
        if path.exists():
            raise UsageError(f"{path.as_posix()}: is there already and finished; name another file, or delete it first")
        self._known: dict[str, tuple[int, datetime]] = {}
        try:
            self._file: BinaryIO = self.partial.open("a+b")
            with ExitStack() as failing:
                failing.callback(self._file.close)
                _lock(self._file, self.partial)
                self._take_up()
                self._info = self._write([_info(path.name, about)])
                failing.pop_all()
        except OSError as error:
            raise self._unwritable(error) from error

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __contains__(self, url: str) -> bool:
        return url in self._known

    def __len__(self) -> int:
        """How many addresses it holds an answer of."""
        return len(self._known)

    def is_fresh(self, url: str, age: timedelta) -> bool:
        """Whether it holds an answer of that address that is no older."""
        known = self._known.get(url)
        return known is not None and datetime.now(UTC) - known[1] <= age

    def get(self, url: str) -> Exchange:
        """The last answer of an address that it holds (``url in archive``); the question is left out."""
        record = self._stored(url)
        received = record.reader.read()
        parsed = self._stored(url)
        parsed.parse_http(auto_decode="transfer", quirks_mode=True)
        http = parsed.http_headers
        return Exchange(
            url,
            b"",
            received,
            (http.status_code or 0) if http is not None else 0,
            tuple(http.items()) if http is not None else (),
            _read(parsed),
            self._known[url][1],
            record.headers.get("WARC-IP-Address") or "",
            record.headers.get("WARC-Truncated") or "",
        )

    def _stored(self, url: str) -> WarcRecord:
        self._file.seek(self._known[url][0])
        return next(iter(ArchiveIterator(self._file, parse_http=False)))

    def add(self, exchange: Exchange) -> None:
        """Keep an exchange: both records are on the disk when this returns.

        Raises:
            UsageError: they cannot be written.
        """
        answer = _record(_ANSWER, exchange, exchange.received, self._info)
        if exchange.truncated:
            answer.headers["WARC-Truncated"] = exchange.truncated
        question = _record(_QUESTION, exchange, exchange.sent, self._info)
        question.headers["WARC-Concurrent-To"] = str(answer.record_id)
        try:
            at = self._file.seek(0, io.SEEK_END)
            self._write([answer, question])
        except OSError as error:
            raise self._unwritable(error) from error
        self._keep(exchange.url, at, exchange.begun, exchange.status)

    def finish(self) -> None:
        """Give the archive its name: nothing is added any more."""
        self._file.close()
        self.partial.replace(self.path)

    def discard(self) -> None:
        """Delete it: there is nothing in it."""
        self._file.close()
        self.partial.unlink()

    def _keep(self, url: str, at: int, begun: datetime, status: int) -> None:
        """Remember an answer, unless it only says that the server could not answer just then."""
        if status < 500 and status not in _FOR_NOW:
            self._known[url] = at, begun

    def _write(self, records: list[WarcRecord]) -> str:
        """Append records, each compressed by itself, in one go; the id of the last."""
        pieces = []
        for record in records:
            piece = io.BytesIO()
            writer = GzipWriter(piece, compression_level=6)
            record.write(writer)
            writer.finish()
            pieces.append(piece.getvalue())
            writer.close()
        self._file.write(b"".join(pieces))
        self._file.flush()
        os.fsync(self._file.fileno())
        return str(records[-1].record_id)

    def _take_up(self) -> None:
        """Drop what is cut off at the end, and see what is there."""
        self._file.truncate(_whole(self._file))
        self._file.seek(0)
        for record in ArchiveIterator(self._file, parse_http=True, record_types=WarcRecordType.response):
            http = record.http_headers
            date, status = record.record_date, http.status_code if http is not None else None
            if date is not None and status is not None:
                self._keep(record.headers.get("WARC-Target-URI") or "", record.stream_pos, date, status)

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(f"{self.partial.as_posix()}: cannot be written: {error.strerror or error}")


def _read(record: WarcRecord) -> bytes:
    """A body with its chunks put together; nothing of one that was cut off in a chunk, which the library does not read."""
    try:
        return record.reader.read()
    except OSError:
        return b""


def _record(name: str, exchange: Exchange, block: bytes, info: str) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response if name == _ANSWER else WarcRecordType.request)
    headers = record.headers
    headers["WARC-Target-URI"] = exchange.url
    headers["WARC-Date"] = exchange.begun.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    headers["WARC-IP-Address"] = exchange.address
    headers["WARC-Warcinfo-ID"] = info
    headers["WARC-Block-Digest"] = _digest(block)
    headers["WARC-Payload-Digest"] = _digest(block[head_end(block) :])
    headers["Content-Type"] = f"{_HTTP}{name}"
    record.set_bytes_content(block)
    return record


def _digest(data: bytes) -> str:
    return f"sha256:{b32encode(hashlib.sha256(data).digest()).decode()}"


def _info(name: str, about: Mapping[str, str]) -> WarcRecord:
    fields = {"format": "WARC File Format 1.1", "conformsTo": _STANDARD, **about}
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.warcinfo)
    record.headers["WARC-Filename"] = name
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content("".join(f"{key}: {' '.join(said.split())}\r\n" for key, said in fields.items()).encode())
    return record


_STANDARD = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def _whole(file: BinaryIO) -> int:
    """How many bytes of a file hold whole members of gzip."""
    file.seek(0)
    whole = at = 0
    member = zlib.decompressobj(_GZIP)
    while data := file.read(_WINDOW):
        at += len(data)
        while data:
            try:
                member.decompress(data)
            except zlib.error:
                return whole
            if not member.eof:
                break
            data = member.unused_data
            whole = at - len(data)
            member = zlib.decompressobj(_GZIP)
    return whole


def _lock(file: BinaryIO, path: Path) -> None:
    """Two that write one archive would ruin it; where the system knows no locks it is the user's to see to that."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(f"{path.as_posix()}: another fetch is writing it; wait for it, or name another file") from None
