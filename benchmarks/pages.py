"""python -m benchmarks.pages FOLDER [--mb 10] [--density 0.5] [--seed 1]: synthetic pages to measure speed on.

Of ten files six are HTML (styles, scripts, navigation, tables, lists), two and a half Markdown, the rest text. ``--density`` is
the share of files that hold terms; in those every fifth sentence, every third row and every third heading does: said, denied,
asked and warned of. A file depends on seed and number alone, so 10 MB are the beginning of 50 MB. ``--no-prices`` leaves out
amounts of money, which begin rules of their own. Clinics and people are invented.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from html import escape
from pathlib import Path

from benchmarks.terms import words

PER_FOLDER = 200
SUBJECTS = (
    "The front desk|Our café|The garden room|The stairwell|Every locker|The bicycle stand|The quiet lounge|Our small shop"
    "|The car park|The side entrance|Each towel|The herb bed|The reading corner|The heating|Our post box|The clock tower"
).split("|")
DEEDS = (
    "opens at nine|was painted last spring|stands beside the stairs|is looked after by two gardeners|smells of cedar"
    "|closes during the fair|has room for twelve|can be reached with a pram|was moved to the first floor|keeps its old tiles"
    "|is swept in the morning|holds a shelf of maps|may be booked by telephone|overlooks the river"
).split("|")
ENDS = (
    "on most weekdays|when the weather allows|as our neighbours know|for anybody who asks|since the summer|until late"
    "|behind the glass door|with a view of the harbour|before the first tram|on request|in the old mill"
).split("|")
SAID = (
    "{Term} is now part of our menu for the {part}",
    "Our team offers {term} on Thursdays",
    "After {term} your {part} will look years younger",
    "Book {term} together with {other} and pay £{price} less",
    "{Term} from £{price}, this month only",
    "We believe in {term} for the {part}",
)
UNSAID = (
    "We do not carry out {term} here",
    "Nobody has shown that {term} helps the {part}",
    "Is {term} right for me",
    "The authorities warn people away from {term}",
    "A radio programme described {term} as a fashion",
    "This balm comes without {term} or {other}",
)
PARTS = "cheeks|hands|neck|forehead|scalp|jawline".split("|")
STYLE = "".join(
    f".box-{n}{{padding:{n}px;margin:{2 * n}px auto;color:#{n * 4099:06x};display:grid}}" for n in range(24)
)
SCRIPT = (
    "(function(d){{var e=d.getElementById('m{0}');"
    "if(e){{e.addEventListener('click',function(){{e.hidden=!e.hidden}})}}}})(document);"
)
LINKS = "Start|Hours|Prices|Rooms|Arrival|Vouchers|Letters|Imprint".split("|")


class Writer:
    """Words one page. ``terms`` is empty for a page that holds none."""

    def __init__(self, dice: random.Random, terms: Sequence[str], *, prices: bool = True) -> None:
        self.dice, self.terms, self.prices = dice, terms, prices

    def filled(self, templates: Sequence[str]) -> str:
        """A sentence with terms, without its full stop."""
        dice, term = self.dice, self.dice.choice(self.terms)
        return dice.choice(templates).format(
            term=term,
            Term=term.capitalize(),
            other=dice.choice(self.terms),
            part=dice.choice(PARTS),
            price=dice.randrange(40, 900, 5),
        )

    def sentence(self) -> str:
        """One sentence, with terms or, as most are, without."""
        if self.terms and self.dice.random() < 0.2:
            return self.filled(SAID if self.dice.random() < 0.6 else UNSAID) + "."
        return f"{self.dice.choice(SUBJECTS)} {self.dice.choice(DEEDS)} {self.dice.choice(ENDS)}."

    def paragraph(self) -> str:
        """Two to six sentences."""
        return " ".join(self.sentence() for _ in range(self.dice.randint(2, 6)))

    def heading(self) -> str:
        """A few words."""
        if self.terms and self.dice.random() < 0.33:
            return self.dice.choice(self.terms).capitalize()
        return f"{self.dice.choice(SUBJECTS)} {self.dice.choice(ENDS)}"

    def rows(self) -> list[tuple[str, str]]:
        """What is sold, and for how much or how often."""
        sign = "£" if self.prices else ""
        return [(self.heading(), f"{sign}{self.dice.randrange(5, 600)}") for _ in range(self.dice.randint(3, 9))]


def html(page: Writer) -> str:
    """A page of some 8 kB, a third of it markup, style and script."""
    parts = [f"<h1>{escape(page.heading())}</h1>"]
    for number in range(page.dice.randint(3, 9)):
        parts.append(f'<section class="box-{number}" id="m{number}"><h2>{escape(page.heading())}</h2>')
        kind = page.dice.random()
        if kind < 0.6:
            parts += [
                f'<div class="row"><p>{escape(page.paragraph())}</p></div>' for _ in range(page.dice.randint(1, 4))
            ]
        elif kind < 0.8:
            cells = (f"<tr><td>{escape(what)}</td><td>{price}</td></tr>" for what, price in page.rows())
            parts.append(f"<table><tr><th>Offer</th><th>Price</th></tr>{''.join(cells)}</table>")
        else:
            parts.append("".join(["<ul>", *(f"<li>{escape(page.sentence())}</li>" for _ in range(5)), "</ul>"]))
        parts.append(f"</section><script>{SCRIPT.format(number)}</script>")
    menu = "".join(f'<li><a class="box-1" href="/{link.lower()}/">{link}</a></li>' for link in LINKS)
    head = f'<meta charset="utf-8"><title>{escape(page.heading())}</title><style>{STYLE}</style>'
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body><nav><ul>{menu}</ul></nav>\n<main>'
        + "\n".join(parts)
        + f"</main>\n<footer><p>{escape(page.sentence())}</p></footer></body></html>\n"
    )


def markdown(page: Writer) -> str:
    """A page with sections of paragraphs, a list or a table."""
    parts = [f"# {page.heading()}"]
    for _ in range(page.dice.randint(2, 8)):
        parts.append(f"## {page.heading()}")
        kind = page.dice.random()
        if kind < 0.6:
            parts += [page.paragraph() for _ in range(page.dice.randint(1, 4))]
        elif kind < 0.8:
            rows = (f"| {what} | {price} |" for what, price in page.rows())
            parts.append("\n".join(["| Offer | Price |", "| --- | ---: |", *rows]))
        else:
            parts.append("\n".join(f"- {page.sentence()}" for _ in range(5)))
    return "\n\n".join(parts) + "\n"


def plain(page: Writer) -> str:
    """A title and paragraphs."""
    return "\n\n".join([page.heading(), *(page.paragraph() for _ in range(page.dice.randint(4, 14)))]) + "\n"


def written(
    number: int, terms: Sequence[str], *, density: float, seed: int = 1, prices: bool = True
) -> tuple[str, str]:
    """Name and text of a page."""
    dice = random.Random(seed * 1_000_003 + number)  # noqa: S311  # reproducible, and guards nothing
    kind, has_terms = dice.random(), dice.random() < density
    page = Writer(dice, terms if has_terms else (), prices=prices)
    make, ending = (html, "html") if kind < 0.6 else (markdown, "md") if kind < 0.85 else (plain, "txt")
    return f"{number // PER_FOLDER:04}/page-{number:06}.{ending}", make(page)


def write(folder: Path, megabytes: float, *, density: float, seed: int = 1, prices: bool = True) -> int:
    """Write pages until they fill so many megabytes; how many bytes they are."""
    terms, size, number = words(), 0, 0
    while size < megabytes * 1e6:
        name, text = written(number, terms, density=density, seed=seed, prices=prices)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(text.encode())
        number += 1
    return size


def main() -> None:
    """Write a corpus and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mb", type=float, default=10)
    parser.add_argument("--density", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-prices", dest="prices", action="store_false")
    asked = parser.parse_args()
    if asked.folder.exists() and any(asked.folder.iterdir()):
        parser.error(f"{asked.folder} is not empty: name a new folder")
    size = write(asked.folder, asked.mb, density=asked.density, seed=asked.seed, prices=asked.prices)
    print(f"{size:,} bytes in {asked.folder}")


if __name__ == "__main__":
    main()
