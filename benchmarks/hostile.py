"""Is reading linear? Twice the hostile text must take about twice the time; four times means quadratic.

python benchmarks/hostile.py
"""

from __future__ import annotations

import time

from menulint.readers import read_bytes

COUNT = 20_000
PIECES = {
    "a.md": [
        "[",
        "*",
        "_",
        ">",
        "`",
        "<",
        "![",
        "[a](",
        "](",
        "<a ",
        "<!--",
        "<?",
        "<![CDATA[",
        "<!a",
        "{{",
        "{%",
        "{/*",
        "&",
        "\\",
        "a**b_",
        "***a** ",
        "[a]: b\n",
        "[a][",
        "![a](b)",
        "- ",
        "> ",
        "- - > ",
        "|",
        "a\n-|-\n",
        "<div>\n",
        "<style>",
        '<a b="c',
        "{% comment %}",
        "~~a~~ ",
        "[^a]: x\n",
    ],
    "a.txt": ["[", "> ", "- ", "|", "\t", "a  ", "....", "a@", "+4", "www.", "A\n", "- a\n", "x-\n"],
}


def seconds(name: str, text: str) -> float:
    """Processor time of one read."""
    start = time.process_time()
    read_bytes(name, text.encode())
    return time.process_time() - start


def main() -> None:
    """A line per piece: time for ``COUNT`` pieces, and how many times longer twice as many take."""
    for name, pieces in PIECES.items():
        for piece in pieces:
            once, twice = (seconds(name, piece * count) for count in (COUNT, 2 * COUNT))
            print(f"{name:6} {piece!r:20} {once:7.3f} s  x{twice / max(once, 1e-3):.1f}")


if __name__ == "__main__":
    main()
