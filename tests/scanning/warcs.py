"""Small web archives, written by the library that reads them."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

from fastwarc import WarcRecord, WarcRecordType
from fastwarc.stream_io import GzipWriter, ZstdWriter

HTML = b"<html lang=en><p>We are open on Sundays.</p></html>"
DAY = "2019-05-04T10:20:30Z"


def record(
    url: str,
    body: bytes = HTML,
    *,
    status: str = "200 OK",
    media: str = "text/html; charset=utf-8",
    headers: str = "",
    date: str = DAY,
    kind: WarcRecordType = WarcRecordType.response,
) -> bytes:
    """A record with a response of HTTP, not compressed."""
    made = WarcRecord()
    made.init_headers(kind)
    made.headers["WARC-Target-URI"] = url
    made.headers["WARC-Date"] = date
    made.headers["Content-Type"] = "application/http; msgtype=response"
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{headers}\r\n"
    made.set_bytes_content(head.encode() + body)
    out = io.BytesIO()
    made.write(out, checksum_data=True)
    return out.getvalue()


def packed(record: bytes, ending: str) -> bytes:
    """A record as it lies in an archive with that ending."""
    if ending == ".warc":
        return record
    out = io.BytesIO()
    writer = GzipWriter(out) if ending == ".warc.gz" else ZstdWriter(out)
    writer.write(record)
    writer.close()
    return out.getvalue()


def archive(path: Path, *records: bytes) -> Path:
    """An archive of such records, compressed as its name says."""
    ending = "".join(path.suffixes[-2:]) if path.suffix != ".warc" else ".warc"
    path.write_bytes(b"".join(packed(one, ending) for one in records))
    return path


def zipped(data: bytes) -> bytes:
    """A body as a server sends it with ``Content-Encoding: gzip``."""
    return gzip.compress(data, mtime=0)
