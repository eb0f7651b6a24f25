"""A checker that knows no rule and takes no time, but dies of some pages: for tests of what engines do then."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from pathlib import Path
from typing import Any

from menulint.scanning.judge import Checker, Judged
from menulint.scanning.record import Broken, Record
from menulint.scanning.unit import Spec

KILLS, HANGS, ONCE, SLOW = b"kill-this-process", b"hang-for-ever", b"kill-once:", b"take-your-time"


class Mortal:
    """Gives every page a row."""

    def check(self, record: Record) -> Judged | Broken:
        """See ``menulint.scanning.judge.Checker.check``."""
        if KILLS in record.data:
            os._exit(9)
        if HANGS in record.data:
            time.sleep(600)
        if SLOW in record.data:
            time.sleep(0.02)
        if ONCE in record.data:
            self._die_once(Path(record.data.partition(ONCE)[2].split()[0].decode()))
        digest = hashlib.sha256(record.data).hexdigest()
        own: dict[str, Any] = {
            "page_id": f"{record.input}:{record.offset}",
            "url": record.url,
            "input": record.input,
            "host": "",
        }
        own |= {"offset": record.offset, "payload_sha256": digest}
        counts = {"findings": 1, "error": 1, "warning": 0, "info": 0, "suppressed": 0}
        return Judged({**own, **counts}, ({**own, "finding_id": digest[:20], "text": "found"},))

    def _die_once(self, mark: Path) -> None:
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)


def stillborn(mark: Path, times: int, _: Spec) -> Checker:
    """A checker whose process is killed before it has begun, so many times; ``mark`` counts them."""
    with mark.open("a") as file:
        file.write("x")
    if mark.stat().st_size <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    return Mortal()


def mortal(_: Spec) -> Checker:
    """The checker of a worker."""
    return Mortal()
