"""What the commands about scans have in common."""

from __future__ import annotations

from menulint.errors import UsageError


def library_missing(missing: ModuleNotFoundError) -> Exception:
    """What to tell somebody who has not installed the libraries for scans."""
    if (missing.name or "").startswith("menulint"):
        return missing
    return UsageError(f"this needs the library {missing.name}; install it with: pip install 'menulint[scan]'")
