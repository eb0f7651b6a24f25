"""kills.py [FOLDER] [--records N] [--kills N] [--seed N]: whether a scan that is killed again and again comes out the same.

A synthetic crawl (see ``crawl.py``) is scanned twice with two processes: once undisturbed, once with SIGKILL, each
at a random moment in its share of the archives, in turn for a worker, which the scan has to survive, and for the scan itself,
which is then begun again by the same command.
Every file of both stores is compared, byte for byte; the exit code is 1 if one differs. Linux only: processes are found in
``/proc``.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

try:
    from benchmarks import crawl
except ModuleNotFoundError:  # started by its path
    import crawl  # type: ignore[no-redef]

PER_ARCHIVE = 100


def started(inputs: Path, store: Path) -> subprocess.Popen[bytes]:
    """A scan that was begun."""
    command = [sys.executable, "-m", "menulint", "scan", str(inputs), "-o", str(store), "--jobs", "2"]
    return subprocess.Popen([*command, "--fail-on", "never", "--quiet"])


def kill_worker(process: subprocess.Popen[bytes]) -> bool:
    """End the largest of its processes; whether there was one."""
    family = [found for found in crawl.Watched(process.pid).family() if found != process.pid]
    sizes = {found: crawl.memory(found) for found in family}
    if not sizes:
        return False
    with suppress(ProcessLookupError):
        os.kill(max(sizes, key=lambda found: sizes[found]), signal.SIGKILL)
    return True


def broken(inputs: Path, store: Path, kills: int, dice: random.Random) -> Iterator[str]:
    """Scan with so many kills of each kind, each when another share of the archives is done, and finish; what happened."""
    archives = len(list(inputs.glob("*.warc.gz")))
    moments = [1 + (archives - 1) * (step + dice.random()) / (2 * kills) for step in range(2 * kills)]
    for number, (first, second) in enumerate(zip(moments[::2], moments[1::2], strict=True), 1):
        process = started(inputs, store)
        wait_for(process, store, first)
        yield (
            f"kill {number}: a worker, at {done(store)} archives"
            if kill_worker(process)
            else f"kill {number}: no worker"
        )
        wait_for(process, store, second)
        process.kill()
        code = process.wait()
        yield f"kill {number}: the scan, which had {done(store)} archives done" if code else "it had ended before"
    yield f"finished: exit {started(inputs, store).wait()}"


def wait_for(process: subprocess.Popen[bytes], store: Path, archives: float) -> None:
    """Until about so many archives are done, or the scan has ended; how fast the machine is has no part in it."""
    while process.poll() is None and done(store) < int(archives):
        time.sleep(0.02)
    time.sleep(archives % 1 / 2)


def done(store: Path) -> int:
    """How many archives are done."""
    return len(list((store / "pages").glob("*.parquet"))) if store.is_dir() else 0


def contents(store: Path) -> dict[str, bytes]:
    """Every file of a store."""
    return {str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()}


def main() -> int:
    """Compare both."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("folder", nargs="?", type=Path, default=Path(tempfile.gettempdir()) / "menulint-kills")
    arguments.add_argument("--records", type=int, default=3000)
    arguments.add_argument("--kills", type=int, default=3, help="of workers, and of the scan")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    inputs = given.folder / str(given.records)
    crawl.write(inputs, given.records, PER_ARCHIVE)
    stores = Path(tempfile.mkdtemp(prefix="stores-"))
    try:
        print(f"undisturbed: exit {started(inputs, stores / 'whole').wait()}", flush=True)
        for line in broken(inputs, stores / "broken", given.kills, random.Random(given.seed)):  # noqa: S311 - moments
            print(line, flush=True)
        whole, other = contents(stores / "whole"), contents(stores / "broken")
        different = sorted(name for name in whole.keys() | other.keys() if whole.get(name) != other.get(name))
        print(f"{len(whole)} files, {len(different)} of them different {', '.join(different)}")
        return int(bool(different))
    finally:
        shutil.rmtree(stores)


if __name__ == "__main__":
    sys.exit(main())
