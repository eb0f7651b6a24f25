"""``menulint`` on the command line, and ``python -m menulint``."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    try:
        from menulint.cli import run
        from menulint.runs.garbage import leave_uncollected
    except KeyboardInterrupt:  # Ctrl-C before anything has begun
        sys.exit(130)
    code = run(sys.argv[1:])
    leave_uncollected()
    sys.exit(code)


if __name__ == "__main__":
    main()
