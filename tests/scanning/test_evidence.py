"""Findings become a package that others can check, from whatever the scan read."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from shutil import copytree, which
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.scanning import warcs
from tests.scanning.conftest import MENU

from menulint.cli import run
from menulint.pack.load import load_pack
from menulint.scanning.archives import at
from menulint.scanning.cited import cited
from menulint.scanning.evidence import RECORD
from menulint.scanning.packing import MANIFEST, sha256_of
from menulint.scanning.store import Store

LATIN = "<html lang=en><p>Unsere Café: £20. Our serum cures acne. Book now. Call +44 20 7946 0000.</p></html>".encode(
    "latin-1"
)


def scan(source: Path, store: Path) -> Path:
    run(["scan", str(source), "-o", str(store), "--jobs", "1", "--quiet"])
    return store


def content(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as opened:
        return {entry.filename: opened.read(entry) for entry in opened.infolist()}


def record(package: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content(package)[RECORD])
    return found


@pytest.fixture(scope="module")
def package(scanned: Path) -> Path:
    output = scanned.with_name("glow.zip")
    assert run(["evidence", "--host", "glow.example", str(scanned), "-o", str(output)]) == 0
    return output


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same page in every kind of input that a scan reads."""
    folder = tmp_path_factory.mktemp("sources")
    page = MENU.encode()
    first = warcs.record("https://glow.example/hours")
    one, other = (
        warcs.record("https://glow.example/menu", page),
        warcs.record("https://glow.example/latin", LATIN, media="text/html; charset=iso-8859-1"),
    )
    for name in ("plain.warc", "crawl.warc.gz", "crawl.warc.zst"):
        warcs.archive(folder / name, first, one, other)
    (folder / "whole.warc.gz").write_bytes(gzip.compress(first + one + other, mtime=0))
    with zipfile.ZipFile(folder / "crawl.wacz", "w") as opened:
        opened.writestr("archive/data.warc.gz", (folder / "crawl.warc.gz").read_bytes())
    rows = [
        {"url": f"https://glow.example/{n}", "html": text, "date": "2024-05-01"}
        for n, text in enumerate(("<p>x</p>", MENU))
    ]
    (folder / "pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with gzip.open(folder / "packed.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write((folder / "pages.jsonl").read_text("utf-8"))
    columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in ("url", "html")}
    pq.write_table(pa.table({**columns, "date": [datetime(2024, 5, 1)] * 2}), folder / "pages.parquet")
    (folder / "notes.md").write_text("# Menu\n\nOur serum cures acne, £20. Book now. +44 20 7946 0000\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    "name",
    (
        "plain.warc crawl.warc.gz crawl.warc.zst whole.warc.gz crawl.wacz pages.jsonl packed.jsonl.gz pages.parquet notes.md"
    ).split(),
)
def test_a_package_holds_the_page_whatever_the_scan_read(sources: Path, tmp_path: Path, name: str) -> None:
    store = scan(sources / name, tmp_path / "store")
    rule = "MED007"
    assert run(["evidence", "--rule", rule, str(store), "-o", str(tmp_path / "pack.zip")]) == 0
    found = record(tmp_path / "pack.zip")
    files = content(tmp_path / "pack.zip")
    assert found["findings"]
    for page in found["pages"]:
        assert page["input_sha256"] == (sha256_of(sources / name) if name != "notes.md" else None)
        payload = files[page["files"]["payload"]]
        assert hashlib.sha256(payload).hexdigest() == page["payload_sha256"]
        if "warc" in name and name != "whole.warc.gz":
            assert files[page["files"]["headers"]].startswith(b"WARC/1")
            assert b"HTTP/1.1 200 OK" in files[page["files"]["headers"]]
        for finding in (one for one in found["findings"] if one["page_id"] == page["page_id"]):
            first, last = finding["excerpt"]["bytes"]
            assert payload[first:last].decode(finding["excerpt"]["encoding"]) == "cures acne"
    assert run(["evidence", "--verify", str(tmp_path / "pack.zip")]) == 0


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_bytes_are_counted_from_the_mark_at_the_start(tmp_path: Path, encoding: str) -> None:
    page = ("\ufeff" + MENU).encode(encoding)
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "menu.html").write_bytes(page)
    store = scan(tmp_path / "saved", tmp_path / "store")
    run(["evidence", "--host", "glow.example", str(store), "-o", str(tmp_path / "p.zip")])
    spans = [(found["text"], found["excerpt"]["bytes"]) for found in record(tmp_path / "p.zip")["findings"]]
    assert (
        "cures acne",
        [page.index("cures acne".encode(encoding)), page.index(" &amp; scars".encode(encoding))],
    ) in spans
    assert run(["evidence", "--verify", str(tmp_path / "p.zip")]) == 0


def test_a_wording_in_a_document_is_shown_by_its_block(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Our serum cures acne, £20. Book now. +44 20 7946 0000")
    document.save(str(tmp_path / "menu.docx"))
    store = scan(tmp_path / "menu.docx", tmp_path / "store")
    assert run(["evidence", "--rule", "MED007", str(store), "-o", str(tmp_path / "pack.zip")]) == 0
    (finding,) = record(tmp_path / "pack.zip")["findings"]
    assert (finding["excerpt"]["source"], finding["excerpt"]["bytes"]) == ("cures acne", None)
    assert any(name.endswith("payload.docx") for name in content(tmp_path / "pack.zip"))
    assert run(["evidence", "--verify", str(tmp_path / "pack.zip")]) == 0


def test_the_same_store_gives_the_same_bytes_wherever_the_pages_are(
    package: Path, pages: Path, scanned: Path, tmp_path: Path
) -> None:
    copytree(pages, tmp_path / "elsewhere" / pages.name)
    output = tmp_path / "again.zip"
    code = run(
        [
            "evidence",
            "--host",
            "glow.example",
            str(scanned),
            "--archives",
            str(tmp_path / "elsewhere"),
            "-o",
            str(output),
        ]
    )
    assert code == 0
    assert output.read_bytes() == package.read_bytes()


@pytest.mark.skipif(which("sha256sum") is None, reason="sha256sum is not installed")
def test_its_manifest_is_checked_by_hand(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as opened:
        opened.extractall(tmp_path)
    listed = (tmp_path / MANIFEST).read_text("utf-8").splitlines()
    assert len(listed) == len(content(package)) - 1
    assert subprocess.run(["sha256sum", "-c", MANIFEST], cwd=tmp_path, check=False, capture_output=True).returncode == 0


def test_the_marked_page_holds_the_copy_and_nothing_of_the_pages_own(package: Path) -> None:
    (marked,) = (data.decode() for name, data in content(package).items() if name.endswith("highlighted.html"))
    assert "<script" not in marked
    assert "<mark>cures acne</mark>" in marked
    assert "&lt;b&gt;injections&lt;/b&gt;" in marked
    assert "default-src &#39;none&#39;" in marked


def test_the_record_names_page_law_and_pack(package: Path) -> None:
    found = record(package)
    (page,) = found["pages"]
    assert (page["url"], page["url_by"], page["capture_by"]) == ("https://glow.example/menu", "saved-from", "file-time")
    assert {finding["pack_sha256"] for finding in found["findings"]} == {found["pack"]["sha256"]}
    cited_here = {name for finding in found["findings"] for place in finding["law"] for name in place["provisions"]}
    assert set(found["provisions"]) == cited_here
    for provision in found["provisions"].values():
        assert provision["url"].startswith("http")
        assert {"gist", "in_force", "reviewed", "confidence"} <= set(provision)


def test_the_summary_says_how_sure_and_what_cannot_be_known(package: Path) -> None:
    summary = content(package)["summary.html"].decode()
    assert "Only law of high confidence is cited" in summary
    assert "What menulint cannot know" in summary
    assert "date of the file, which copying can change" in summary
    assert "This is no legal advice." in summary


def test_the_summary_says_whose_law_it_is_and_why(package: Path, tmp_path: Path) -> None:
    """And where nothing says which law applies, that this has to be found out before a business is named."""
    assert re.search(
        r"Whose law</dt><dd>GB .*the page itself points there: [^)]*\+44", content(package)["summary.html"].decode()
    )
    pages = tmp_path / "pages.jsonl"
    page = "<html lang=en><p>Botox from 150. Book now. Our serum cures acne.</p></html>"
    pages.write_text(json.dumps({"url": "https://nowhere.example/", "html": page}) + "\n", "utf-8")
    run(["evidence", "--host", "nowhere.example", str(scan(pages, tmp_path / "store")), "-o", str(tmp_path / "p.zip")])
    summary = content(tmp_path / "p.zip")["summary.html"].decode()
    assert "find out which law the business is under before you name it" in summary


def test_it_speaks_spanish(scanned: Path, tmp_path: Path) -> None:
    run(["evidence", "--host", "glow.example", str(scanned), "-o", str(tmp_path / "p.zip"), "--ui-lang", "es"])
    assert "Lo que menulint no puede saber" in content(tmp_path / "p.zip")["summary.html"].decode()


def test_an_id_may_be_cut_short_as_long_as_it_fits_one_finding(
    scanned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [row["finding_id"] for row in Store(scanned).rows("findings") if row["rule"] == "MED007"]
    output = tmp_path / "one.zip"
    assert run(["evidence", ids[0][:8], str(scanned), "-o", str(output)]) == 0
    assert [finding["finding_id"] for finding in record(output)["findings"]] == [ids[0]]
    for wrong, said in (("xyz", "no id of a finding"), ("0" * 20, "no finding of the store has an id")):
        assert run(["evidence", wrong, str(scanned), "-o", str(output)]) == 2
        assert said in capsys.readouterr().err


def test_only_law_that_is_sure_enough_is_cited() -> None:
    """A place whose deciding provision is less sure says nothing, and what it would cite is named as left out."""
    pack = load_pack()
    high = next(p.id for p in pack.provisions.values() if p.confidence == "high" and p.verified)
    low = next(p.id for p in pack.provisions.values() if p.confidence == "low" and p.verified)
    judged = {"verdict": "prohibited", "severity": "error", "raises": True}
    finding = {
        "rule": "none",
        "jurisdictions": [
            {**judged, "code": "GB", "confidence": "high", "provisions": [high, low]},
            {**judged, "code": "US", "confidence": "low", "provisions": [low]},
            {**judged, "code": "FR", "confidence": "high", "provisions": [high], "raises": False},
        ],
    }
    found = cited(finding, pack, "high")
    assert [(place["code"], place["provisions"]) for place in found.places] == [("GB", [high])]
    assert found.weaker == (low,)
    assert [place["code"] for place in cited(finding, pack, "low").places] == ["GB", "US"]
    assert not cited({**finding, "jurisdictions": finding["jurisdictions"][1:]}, pack, "medium").places


def test_a_finding_on_weaker_law_is_refused_unless_asked(
    scanned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    weaker = [row for row in Store(scanned).rows("findings") if row["rule"] == "MED007"]
    monkeypatch.setattr(
        "menulint.scanning.evidence.cited", lambda row, pack, least: cited(_with(row, "medium"), pack, least)
    )
    arguments = ["evidence", weaker[0]["finding_id"], str(scanned), "-o", str(tmp_path / "pack.zip")]
    assert run(arguments) == 2
    assert "rests on law of medium confidence" in capsys.readouterr().err
    assert not (tmp_path / "pack.zip").exists()
    assert run([*arguments, "--min-confidence", "medium"]) == 0
    assert "Law of medium confidence is cited as well" in content(tmp_path / "pack.zip")["summary.html"].decode()


def _with(row: dict[str, Any], confidence: str) -> dict[str, Any]:
    return {**row, "jurisdictions": [{**place, "confidence": confidence} for place in row["jurisdictions"]]}


def test_a_file_that_moved_or_changed_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "saved" / "menu.html"
    saved.parent.mkdir()
    saved.write_text(MENU, "utf-8")
    store = scan(saved, tmp_path / "store")
    arguments = ["evidence", "--host", "glow.example", str(store), "-o", str(tmp_path / "pack.zip")]
    saved.write_text(MENU.replace("150", "160"), "utf-8")
    assert run(arguments) == 3
    assert "does not hold the bytes that were scanned" in capsys.readouterr().err
    saved.unlink()
    assert run(arguments) == 3
    assert "--archives DIR" in capsys.readouterr().err
    assert not list(tmp_path.glob("pack.zip*"))
    moved = tmp_path / "moved" / "menu.html"
    moved.parent.mkdir()
    moved.write_text(MENU, "utf-8")
    assert run([*arguments, "--archives", str(moved.parent)]) == 0


def test_a_record_is_read_again_from_its_byte_with_its_headers(tmp_path: Path) -> None:
    first, second = warcs.record("https://a.example/1"), warcs.record("https://a.example/2", b"<html>two</html>")
    path = warcs.archive(tmp_path / "a.warc", first, second)
    found = at(str(path), len(first), 1000)
    assert found is not None
    assert found[0].url == "https://a.example/2"  # type: ignore[union-attr]
    assert b"WARC-Target-URI: https://a.example/2\r\n" in found[1]


# Verifying


def test_a_package_as_it_was_made_passes(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evidence", "--verify", str(package)]) == 0
    assert sha256_of(package) in capsys.readouterr().out


def test_each_changed_byte_is_noticed_and_its_file_named(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = package.read_bytes()
    with zipfile.ZipFile(package) as opened:
        places = {
            entry.filename: entry.header_offset + 30 + len(entry.filename.encode()) + 5 for entry in opened.infolist()
        }
    for name, place in places.items():
        changed = tmp_path / "changed.zip"
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert run(["evidence", "--verify", str(changed)]) == 1, name
        assert f"changed.zip: {name}: " in capsys.readouterr().err


def test_a_change_between_the_files_is_noticed(package: Path, tmp_path: Path) -> None:
    whole = package.read_bytes()
    changed = tmp_path / "changed.zip"
    for place in (10, len(whole) - 1, len(whole) - 40):
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert run(["evidence", "--verify", str(changed)]) == 1, place
    changed.write_bytes(whole + b"more")
    assert run(["evidence", "--verify", str(changed)]) == 1
    changed.write_bytes(whole[: len(whole) // 2])
    assert run(["evidence", "--verify", str(changed)]) == 1


def repacked(package: Path, output: Path, **changes: bytes) -> None:
    """A forger's package: other content under digests that fit."""
    from menulint.scanning.packing import Packer

    with Packer(output) as packer:
        for name, data in content(package).items():
            if name != MANIFEST:
                packer.add(name, changes.get(name.rpartition("/")[2].partition(".")[0], data))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"text": "cures acne"', '"text": "cures cancer"', "a visitor does not read these words there"),
        ('"source": "cures acne"', '"source": "cures cancer"', "the page does not hold it"),
        ('"payload_sha256": "', '"payload_sha256": "0', "does not have the SHA-256"),
        ('"schema": 1,', '"schema": 1', "not as menulint writes it"),
        ('" & scars."', '", they say."', "a visitor reads other words around it"),
        ('"Our menu"', '"What others claim"', "other headings above it"),
        (";cost £150", ";costs nothing", "the page's source around it is not as the record says"),
    ],
)
def test_a_record_that_its_page_does_not_bear_out_fails_though_all_digests_fit(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    text = content(package)[RECORD].decode()
    assert old in text
    repacked(package, tmp_path / "forged.zip", evidence=text.replace(old, new).encode())
    assert run(["evidence", "--verify", str(tmp_path / "forged.zip")]) == 1
    assert said in capsys.readouterr().err


def test_a_finding_of_another_address_than_its_page_fails_though_all_digests_fit(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = content(package)[RECORD].replace(b"https://glow.example/menu", b"https://dim.example/", 1)
    repacked(package, tmp_path / "forged.zip", evidence=other)
    assert run(["evidence", "--verify", str(tmp_path / "forged.zip")]) == 1
    assert "do not name the same capture" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["summary", "highlighted", "README"])
def test_a_page_for_people_that_says_something_else_fails_though_all_digests_fit(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    held = next(data for file, data in content(package).items() if file.rpartition("/")[2].startswith(name))
    forged = held.replace(b"cures acne", b"cures cancer").replace(b"bytes ", b"byte ")
    assert forged != held
    repacked(package, tmp_path / "forged.zip", **{name: forged})
    assert run(["evidence", "--verify", str(tmp_path / "forged.zip")]) == 1
    assert "makes of evidence.json" in capsys.readouterr().err


def test_pages_for_people_of_another_version_are_not_compared(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = content(package)[RECORD].replace(b'"menulint": "0.1.0"', b'"menulint": "0.0.9"')
    repacked(package, tmp_path / "older.zip", evidence=other, summary=b"worded otherwise")
    assert run(["evidence", "--verify", str(tmp_path / "older.zip")]) == 0
    assert (
        "packed by menulint 0.0.9: whether summary and marked pages say the same was not compared"
        in capsys.readouterr().out
    )


def test_a_page_that_was_exchanged_fails_though_all_digests_fit(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repacked(package, tmp_path / "forged.zip", payload=MENU.replace("acne", "pain").encode())
    assert run(["evidence", "--verify", str(tmp_path / "forged.zip")]) == 1
    assert "does not have the SHA-256" in capsys.readouterr().err


def test_a_file_that_is_no_package_fails_and_one_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no archive")
    assert run(["evidence", "--verify", str(tmp_path / "x.zip")]) == 1
    assert run(["evidence", "--verify", str(tmp_path / "y.zip")]) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "{store}",
        "{store} -o {out}",
        "--host h aaaa {store} -o {out}",
        "--host none.example {store} -o {out}",
        "--host h {out} -o {out}",
    ],
)
def test_a_command_that_asks_for_nothing_is_refused(scanned: Path, tmp_path: Path, arguments: str) -> None:
    assert run(["evidence", *arguments.format(store=scanned, out=tmp_path / "out.zip").split()]) == 2
    assert not (tmp_path / "out.zip").exists()
