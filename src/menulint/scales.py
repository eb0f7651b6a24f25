"""The words of a closed set that options, rules and reports share, each set in its order."""

from __future__ import annotations

SEVERITIES = ("info", "warning", "error")
"""Severities from mild to bad."""

CONFIDENCES = ("low", "medium", "high")
VERDICTS = ("advice", "needs-evidence", "prohibited")

GENRES = (
    "promotional",
    "editorial",
    "regulator",
    "news",
    "science",
    "patient-info",
    "policy",
    "recruitment",
    "code",
    "other",
)
"""What a page can be; only of a promotional one does every part speak for a seller."""
