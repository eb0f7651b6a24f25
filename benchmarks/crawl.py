"""crawl.py [FOLDER] [--records N] [--jobs N,N] [--nodes N]: how fast a crawl is scanned, and in how much memory.

A synthetic crawl is written into FOLDER (WARC, compressed record by record; pages of a generator, the same for the same
number): shops, journals and manuals, one page in twenty that of a clinic, and among them what crawls hold beside pages.
Printed are pages and megabytes (undone) per second, counted from the start of the command to its end, the same for the
processor time of all its processes, and their memory: at most, and over time. These are read from ``/proc``: elsewhere they
are 0. That all scans of a crawl leave the same tables, byte for byte, is compared.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PER_ARCHIVE = 1000
CLINIC_SHARE, COPY_SHARE, OTHER_SHARE, BROKEN_SHARE = 0.05, 0.02, 0.1, 0.005

NOUNS = (
    "garden kitchen bicycle window letter market river bridge mountain recipe engine printer teacher festival railway pocket"
    " library jacket chimney harbour battery village mirror pepper corner ticket season factory blanket orchestra server"
    " network folder module package keyboard station basket visitor painter cellar forest weather camera journey record"
    " museum cheese oven saddle curtain fence meadow lantern compass bakery tailor sailor ladder hammer drawer result"
).split()
VERBS = (
    "opens carries follows lifts collects describes prepares answers measures delivers visits paints connects replaces"
    " gathers stores moves finishes folds covers shows explains supports combines improves holds reaches keeps"
).split()
ADJECTIVES = (
    "quiet wooden early narrow modern heavy local bright simple careful famous empty warm useful steady gentle northern"
    " ordinary public private open green small large recent daily complete thin distant painted folded round busy"
).split()
PLACES = (
    "before breakfast",
    "near the station",
    "in the old town",
    "on most days",
    "after the rain",
    "at low tide",
    "by the river",
    "by hand",
)
CLAIMS = (
    "Our exosome facial is clinically proven to regenerate your skin.",
    "We inject polynucleotides into the under-eye area for only £220.",
    "Botox from £150 this week only. Book now!",
    "Our peel cures acne in two visits, with no side effects.",
    "Microneedling with growth factors, completely painless.",
    "The best anti-ageing clinic in the county, say our clients.",
    "This serum must never be injected, regulators warn.",
    "Does it hurt? Most people feel a little warmth.",
    "Our moisturiser leaves skin looking rested.",
)
SCRIPT = (
    "(function(w,d){w.q=w.q||[];function f(a,b){return a[b]||(a[b]=[])}"
    "f(w,'layer').push({t:Date.now(),v:%d})})(window,document);"
)


def sentence(dice: random.Random) -> str:
    """Eight to thirty words that mean next to nothing."""
    parts = []
    for _ in range(dice.randint(1, 3)):
        a, b = dice.choice(ADJECTIVES), dice.choice(ADJECTIVES)
        parts.append(
            f"the {a} {dice.choice(NOUNS)} {dice.choice(VERBS)} a {b} {dice.choice(NOUNS)} {dice.choice(PLACES)}"
        )
    return ", and ".join(parts).capitalize() + "."


def invented(dice: random.Random) -> str:
    """A name that stands on no other page, as crawls have them without end: products, people, numbers of parts."""
    return "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(dice.randint(4, 6))).title()


def page(dice: random.Random, host: str, clinic: bool) -> str:
    """A page of some 34 kB with the frame that sites have: styles, scripts, navigation, footer."""
    links = "".join(
        f'<li class="nav-item"><a href="/{n}" title="{n}">{n.title()}</a></li>' for n in dice.sample(NOUNS, 24)
    )
    style = "".join(f".c{n}{{margin:{n}px;padding:{n * 2}px;color:#{n:06x}}}" for n in range(400))
    script = "".join(f"<script>{SCRIPT % dice.randrange(10**9)}</script>" for _ in range(60))
    body = []
    for _ in range(dice.randint(4, 9)):
        body.append(f"<section class='c{dice.randrange(120)}'><h2>{sentence(dice)[:40]}</h2>")
        for _ in range(dice.randint(1, 2)):
            text = " ".join(sentence(dice) for _ in range(dice.randint(2, 4)))
            body.append(
                f"<div class='row'><div class='col'><p>{text} By {invented(dice)} {invented(dice)}.</p></div></div>"
            )
        if clinic and dice.random() < 0.6:
            body.append(f"<p>{dice.choice(CLAIMS)}</p>")
        body.append("</section>")
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{sentence(dice)[:60]}</title><style>{style}</style>"
        f"{script}</head><body><header><nav><ul>{links}</ul></nav></header><main>{''.join(body)}</main>"
        f"<footer><p>{host}, call +44 20 7946 0{dice.randrange(100, 999)}</p><ul>{links}</ul></footer></body></html>"
    )


def record(number: int, url: str, http: bytes, kind: str = "response") -> bytes:
    """A WARC record, compressed."""
    second = number % 86_400
    date = f"{2018 + number % 8}-0{1 + number % 9}-1{number % 9}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n"
        f"WARC-Date: {date}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 3, mtime=0)


def records(count: int) -> Iterator[tuple[bytes, int]]:
    """As many captures, the same for the same number, each with its size before any compression."""
    previous = b""
    for number in range(count):
        dice = random.Random(number)  # noqa: S311 - pages, not secrets
        host = f"site{dice.randrange(max(1, count // 20))}.example"
        url, kind, chance = f"https://{host}/{number}", "text/html; charset=utf-8", dice.random()
        if chance < OTHER_SHARE / 2:
            image = dice.randbytes(9000)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n"
            yield record(number, url + ".jpg", head + image), len(image)
            continue
        if chance < OTHER_SHARE:
            body = b"Nothing here."
            yield record(number, url, b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + body), len(body)
            continue
        copied = previous and dice.random() < COPY_SHARE
        html = previous if copied else page(dice, host, dice.random() < CLINIC_SHARE).encode()
        previous = html
        packed = dice.random() < 0.5
        body = zlib.compress(html, 3, wbits=31) if packed else html
        encoding = b"Content-Encoding: gzip\r\n" if packed else b""
        whole = record(
            number, url, b"HTTP/1.1 200 OK\r\nContent-Type: " + kind.encode() + b"\r\n" + encoding + b"\r\n" + body
        )
        if dice.random() < BROKEN_SHARE:
            at = dice.randrange(200, len(whole) - 200)
            whole = whole[:at] + dice.randbytes(40) + whole[at + 40 :]
        yield whole, len(html)


def write(folder: Path, count: int, per_archive: int = PER_ARCHIVE) -> int:
    """Write a crawl if it is not there yet; the bytes of its bodies before any compression."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "size"
    if done.exists():
        return int(done.read_text())
    size, file = 0, None
    for number, (data, own) in enumerate(records(count)):
        if number % per_archive == 0:
            if file:
                file.close()
            file = (folder / f"crawl-{number // per_archive:05}.warc.gz").open("wb")
        assert file
        file.write(data)
        size += own
    if file:
        file.close()
    done.write_text(str(size))
    return size


SAMPLES = 8
"""How often in a run the memory is told."""


@dataclass
class Watched:
    """What the processes of a command took, while it is watched: memory (kB) over time and at most, processor time (s)."""

    root: int
    but: frozenset[int] = frozenset()
    peaks: dict[int, int] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    parent: list[int] = field(default_factory=list)
    largest: list[int] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Until ``ended`` is set."""
        while not self.ended.wait(0.3):
            now = {process: taken for process in self.family() if (taken := self._look(process))}
            if now:
                self.parent.append(now.get(self.root, 0))
                self.largest.append(max((used for process, used in now.items() if process != self.root), default=0))

    def over_time(self, samples: list[int]) -> str:
        """The memory at some moments, equally far apart, in MiB."""
        moments = [samples[len(samples) * n // SAMPLES] for n in range(1, SAMPLES)] if samples else []
        return " ".join(f"{used / 1024:.0f}" for used in moments)

    def _look(self, process: int) -> int:
        """The memory of a process now; 0 if it is gone."""
        try:
            status = Path(f"/proc/{process}/status").read_text()
            used = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
        except OSError:
            return 0
        self.seconds[process] = sum(map(int, used)) / os.sysconf("SC_CLK_TCK")
        sizes = {
            line.split()[0]: int(line.split()[1]) for line in status.splitlines() if line.startswith(("VmHWM", "VmRSS"))
        }
        self.peaks[process] = max(self.peaks.get(process, 0), sizes.get("VmHWM:", 0))
        return sizes.get("VmRSS:", 0)

    def family(self) -> list[int]:
        """The processes it is made of now, the first its own."""
        parents: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                except (OSError, ValueError, IndexError):
                    continue
                parents.setdefault(parent, []).append(int(entry.name))
        family = [self.root]
        for process in family:
            family += parents.get(process, [])
        return [process for process in family if process not in self.but]


def memory(process: int) -> int:
    """What a process takes now, in pages; 0 if it is gone."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0


@contextmanager
def nodes(count: int) -> Iterator[dict[str, str]]:
    """A cluster of Ray on this machine, one processor to a node; what a command must find in its environment to use it."""
    from ray.cluster_utils import Cluster

    cluster: Any = Cluster(initialize_head=False)
    try:
        for _ in range(count):
            cluster.add_node(num_cpus=1, object_store_memory=100 * 1024 * 1024, include_dashboard=False)
        cluster.wait_for_nodes()
        yield {"RAY_ADDRESS": cluster.address}
    finally:
        cluster.shutdown()


def scan(crawl: Path, jobs: int, *, by_ray: bool = False) -> str:
    """Scan a crawl and print what it took; a digest over the files that were made, the manifest aside."""
    store = Path(tempfile.mkdtemp(prefix="store-")) / "s"
    command = [sys.executable, "-m", "menulint", "scan", str(crawl), "-o", str(store), "--fail-on", "never", "--quiet"]
    command += ["--engine", "ray"] if by_ray else ["--jobs", str(jobs)]
    with nodes(jobs) if by_ray else nullcontext({}) as more:
        begun = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **more})
        own = frozenset({os.getpid()})
        watched = Watched(os.getpid(), own) if by_ray else Watched(process.pid)
        watcher = threading.Thread(target=watched.watch)
        if Path("/proc").exists():
            watcher.start()
        code = process.wait()
        took = time.monotonic() - begun
        watched.ended.set()
    tell(
        store,
        int((crawl / "size").read_text()),
        f"{jobs} {'nodes of Ray' if by_ray else 'jobs'}: exit {code}",
        took,
        watched,
    )
    made = digest(store)
    shutil.rmtree(store.parent)
    return made


def tell(store: Path, size: int, how: str, took: float, watched: Watched) -> None:
    """Print what a scan took."""
    totals = json.loads((store / "manifest.json").read_text())["totals"]
    used = sum(watched.seconds.values())
    peaks = sorted(watched.peaks.values(), reverse=True)[:4]
    print(
        f"{totals['records']} records, {size / 1e6:.0f} MB, {how}, {took:.1f} s, "
        f"{totals['pages'] / took:.0f} pages/s, {size / 1e6 / took:.1f} MB/s; {used:.0f} s of processor time, "
        f"{totals['pages'] / max(0.1, used):.0f} pages to a second of it; "
        f"findings {totals['findings']['findings']}, errors {totals['errors']}\n"
        f"  MiB at most: {', '.join(f'{peak / 1024:.0f}' for peak in peaks)}; over time, the largest worker: "
        f"{watched.over_time(watched.largest)}; the parent: {watched.over_time(watched.parent)}",
        flush=True,
    )


def digest(store: Path) -> str:
    """A digest over the names and bytes of a store's tables."""
    made = hashlib.sha256()
    for path in sorted(store.rglob("*.parquet")):
        made.update(f"{path.relative_to(store)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return made.hexdigest()


def main() -> None:
    """Write the crawls and scan them."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("folder", nargs="?", type=Path, default=Path(tempfile.gettempdir()) / "menulint-crawl")
    arguments.add_argument("--records", default="5000,20000", help="how many, in one or several crawls")
    arguments.add_argument("--jobs", default="1,2", help="processes, one or several numbers; 0 leaves them out")
    arguments.add_argument("--nodes", type=int, default=0, help="also with Ray, on as many nodes of this machine")
    given = arguments.parse_args()
    for count in map(int, given.records.split(",")):
        crawl = given.folder / str(count)
        write(crawl, count)
        made = {scan(crawl, jobs) for jobs in map(int, given.jobs.split(",")) if jobs}
        if given.nodes:
            made.add(scan(crawl, given.nodes, by_ray=True))
        if len(made) > 1:
            raise SystemExit(f"{crawl}: the tables of these scans are not the same, byte for byte")


if __name__ == "__main__":
    main()
