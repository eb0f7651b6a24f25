"""Numbers and dates of a workbook as its cells show them: ``£1,250.00``, ``15%``, ``03/11/2026``.

A workbook stores 1250 and a number format. A price is a price because of the currency sign in that format.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

GENERAL = "General"

_BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0", 6: "$#,##0", 7: "$#,##0.00", 8: "$#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "$#,##0", 43: "#,##0.00", 44: "$#,##0.00",
    45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@",
}  # fmt: skip
"""ECMA-376, part 1, 18.8.30. What depends on the machine (14, 22) is shown as ISO writes it."""

_PART = re.compile(
    r"""\[\$(?P<sign>[^\]\-]*)(?:-[^\]]*)?\] | \[[^\]]*\] | "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | _. | \*.
      | (?P<number>(?:[0\#?][0\#?,. ]*[0\#?]|[0\#?])(?:[Ee][+-][0\#]+)?(?:\ ?/\ ?[?\#0-9]+)?,*)
      | (?P<clock>am/pm|a/p) | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?) | (?P<literal>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_NO_DATE = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.|_.|\*.|general', re.IGNORECASE)
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_LONGEST_FORMAT = 255
_LAST_DAY = 2_958_465
_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)


class _Part(NamedTuple):
    kind: str
    text: str


def shown(value: str, number_format: str, *, from_1904: bool = False) -> str:
    """The number written as ``value`` in the way its format shows it; as it stands where that is unknown."""
    try:
        number = float(value)
    except ValueError:
        return value
    if number != number or abs(number) > 1e300:
        return value
    if len(number_format) > _LONGEST_FORMAT or number_format.lower() in ("general", "@", ""):
        return _general(number)
    sections = _sections(number_format)
    section, negative = _section(sections, number)
    if not section:
        return ""
    if section.lower() == "general":
        return ("-" if negative else "") + _general(abs(number))
    return _formatted(section, number, negative=negative, from_1904=from_1904)


def built_in(number: int) -> str:
    """The format of a number that every workbook knows."""
    return _BUILT_IN.get(number, GENERAL)


def _section(sections: tuple[str, ...], number: float) -> tuple[str, bool]:
    """The part of a format for this number, and whether a minus sign has to be added."""
    if number < 0:
        return (sections[1], False) if len(sections) > 1 else (sections[0], True)
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


@cache
def _sections(number_format: str) -> tuple[str, ...]:
    """``positive;negative;zero``, without those for text; a semicolon in quotes separates nothing."""
    found, start, quoted = [], 0, False
    for at, char in enumerate(number_format):
        quoted ^= char == '"'
        if char == ";" and not quoted:
            found.append(number_format[start:at])
            start = at + 1
    return (*found, number_format[start:])[:3]


@cache
def _parts(section: str) -> tuple[_Part, ...]:
    found = []
    for match in _PART.finditer(section):
        kind = match.lastgroup
        if kind:
            found.append(_Part(kind, match[kind]))
    return tuple(found)


def _formatted(section: str, number: float, *, negative: bool, from_1904: bool) -> str:
    parts = _parts(section)
    if _DATE_LETTERS.search(_NO_DATE.sub("", section)):
        return _date(parts, number, from_1904=from_1904)
    amount = abs(number) * (100 if any(p == ("literal", "%") for p in parts) else 1)
    written, done = [], False
    for kind, text in parts:
        if kind == "number":
            written.append("" if done else _digits(text, amount))
            done = True
        else:
            written.append(text)
    return ("-" if negative else "") + "".join(written).strip()


def _digits(pattern: str, amount: float) -> str:
    if "/" in pattern or "e" in pattern.lower():
        return _general(amount)
    scaled = pattern.rstrip(",")
    amount /= 1000 ** (len(pattern) - len(scaled))
    whole, _, fraction = scaled.partition(".")
    places = len(re.findall(r"[0#?]", fraction))
    required = len(re.findall(r"0", fraction))
    text = f"{amount:,.{places}f}" if "," in whole else f"{amount:.{places}f}"
    while places > required and text.endswith("0"):
        text, places = text[:-1], places - 1
    text = text.rstrip(".")
    least = whole.replace(",", "").count("0")
    head, dot, tail = text.partition(".")
    return head.zfill(least) + dot + tail


def _general(number: float) -> str:
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:.10g}"


def _date(parts: tuple[_Part, ...], number: float, *, from_1904: bool) -> str:
    if not 0 <= number <= _LAST_DAY:
        return _general(number)
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(seconds=round(number * 86_400))
    half = any(part.kind == "clock" for part in parts)
    written, after_hours = [], False
    for at, (kind, text) in enumerate(parts):
        if kind == "date":
            minutes = text[0] in "mM" and (after_hours or _before_seconds(parts, at))
            written.append(_field(text.lower(), moment, minutes=minutes, half=half))
            after_hours = text[0] in "hH" or (after_hours and text[0] not in "mM")
        elif kind == "clock":
            written.append("am" if moment.hour < 12 else "pm")
        else:
            written.append(text)
    return "".join(written).strip()


def _before_seconds(parts: tuple[_Part, ...], at: int) -> bool:
    following = next((text for kind, text in parts[at + 1 :] if kind == "date"), "")
    return following[:1] in ("s", "S")


def _field(code: str, moment: datetime, *, minutes: bool, half: bool) -> str:
    letter, length = code[0], len(code)
    if letter == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if letter == "m" and not minutes:
        name = _MONTHS[moment.month - 1]
        return (name if length == 4 else name[:3]) if length > 2 else f"{moment.month:0{length}d}"
    if letter == "d" and length > 2:
        name = _DAYS[moment.weekday()]
        return name if length > 3 else name[:3]
    hour = (moment.hour + 11) % 12 + 1 if half else moment.hour
    value = {"m": moment.minute, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return f"{value:0{min(length, 2)}d}"
