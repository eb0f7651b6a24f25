"""Questions taken to the process that checks, without holding up whoever else asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anyio
from anyio import to_thread

from menulint.errors import InputError
from menulint.runs.files import Input
from menulint.runs.limit import SECONDS, TooSlow
from menulint.runs.worker import Worker, WorkerDied
from menulint.web.answering import make
from menulint.web.asked import ABOUT, PAGE, About, Answer, Asked

_WARMING = b"Our exosome injections regenerate your skin. Book now."
GRACE = 30.0
"""Seconds on top of the limits of the files, for the start of the process and for writing the report."""


class TooLong(InputError):
    """A question took longer than its files may, in the process that cannot be interrupted otherwise."""


class Desk:
    """One process with the pack, started with the server and again whenever it was ended."""

    def __init__(self, given: Mapping[str, Any], use_config: bool) -> None:
        self._worker: Worker[Asked, Answer | About] = Worker(make, (dict(given), use_config))
        self._limit = SECONDS
        self._about: About | None = None
        self._one_at_a_time = anyio.Lock()

    async def about(self) -> About:
        """What the page offers: places, and the settings of the folder.

        Raises:
            MenulintError: the settings or the pack have a mistake.
        """
        async with self._one_at_a_time:
            if self._about is None:
                about = await self._ask(Asked(ABOUT))
                assert isinstance(about, About)
                self._about, self._limit = about, about.time_limit
        return self._about

    async def warm_up(self) -> None:
        """Have everything loaded that a first question needs, after what the page needs to be shown.

        Raises:
            MenulintError: as ``about``.
        """
        about = await self.about()
        given = (("jurisdiction", about.jurisdiction), ("ui_lang", about.ui_lang))
        await self.answer(Asked(PAGE, (Input("warming-up", _WARMING),), given))

    async def answer(self, asked: Asked) -> Answer:
        """The answer to a question.

        Raises:
            MenulintError: the question or the settings have a mistake, or it took too long.
        """
        answer = await self._ask(asked)
        assert isinstance(answer, Answer)
        return answer

    async def _ask(self, asked: Asked) -> Answer | About:
        seconds = GRACE + 2 * self._limit * max(1, len(asked.files)) if self._limit else 0.0
        try:
            return await to_thread.run_sync(self._worker.ask, asked, seconds, abandon_on_cancel=True)
        except (TooSlow, WorkerDied) as error:
            raise TooLong(_names(asked), "too-slow", _SAID[type(error)]) from None

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._worker.close()


_SAID = {
    TooSlow: "it took too long, and the check was broken off; try it in smaller parts",
    WorkerDied: "the check ended before it was done: the file may need more memory than there is; try it in smaller parts",
}


def _names(asked: Asked) -> str:
    return ", ".join(file.path for file in asked.files[:3]) + ", …" * (len(asked.files) > 3)
