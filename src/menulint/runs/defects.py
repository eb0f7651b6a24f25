"""Internal errors: a defect of menulint, told in one sentence unless the traceback is asked for."""

from __future__ import annotations

import os

DEBUG = "MENULINT_DEBUG"
"""Set in the environment, it lets an internal error end the run with its traceback."""


def in_words(error: Exception) -> str:
    """An error nobody foresaw: what, where, and how to get the rest."""
    import traceback  # only where something went wrong

    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno}"
    what = f"{type(error).__name__}: {error} ({where})"
    return f"{what}. This is a defect of menulint, not of the input; {DEBUG}=1 shows the traceback to report."
