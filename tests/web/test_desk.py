"""The process that checks: ended when it takes too long, replaced when it dies, and never the end of the server."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

import anyio
import pytest

from menulint.runs.files import Input
from menulint.runs.limit import TooSlow
from menulint.runs.worker import Worker, WorkerDied
from menulint.web.asked import Asked
from menulint.web.desk import Desk, TooLong


def make(addend: int) -> Callable[[str], int]:
    """What answers in the process: a sum, unless it is told to hang, to die or to fail."""

    def answer(question: str) -> int:
        if question == "hang":
            time.sleep(600)
        if question == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        return int(question) + addend

    return answer


@pytest.fixture
def worker() -> Iterator[Worker[str, int]]:
    """A process that adds one."""
    made: Worker[str, int] = Worker(make, (1,))
    yield made
    made.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills")
def test_a_process_that_dies_or_hangs_is_replaced(worker: Worker[str, int]) -> None:
    assert worker.ask("1", 0) == 2
    with pytest.raises(WorkerDied):
        worker.ask("die", 0)
    assert worker.ask("2", 0) == 3
    with pytest.raises(TooSlow):
        worker.ask("hang", 0.2)
    assert worker.ask("3", 0) == 4


def test_what_a_question_raises_reaches_who_asked(worker: Worker[str, int]) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        worker.ask("one", 0)


@pytest.mark.parametrize(("raised", "said"), [(TooSlow, "took too long"), (WorkerDied, "more memory")])
def test_a_check_that_was_ended_is_said_with_the_files(
    raised: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object) -> None:
        raise raised

    monkeypatch.setattr(Worker, "ask", ask)
    with pytest.raises(TooLong, match=rf"menu\.md.*{said}"):
        anyio.run(Desk({}, True).answer, Asked("json", (Input("menu.md", b""),)))
