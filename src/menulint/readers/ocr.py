"""Words in images, by the program tesseract (extra ``ocr``). Only when asked for: it is slow, and it guesses.

A poster in a window, a menu that was photographed, a post with its text in the picture. What is found is a guess, and a note
says so; a line that tesseract itself doubts is left out.
"""

from __future__ import annotations

import importlib.util
import io
import shutil
import warnings
from dataclasses import dataclass, field
from typing import Any

from menulint.readers.base import DocumentBuilder, Unread
from menulint.readers.prose_layout import BULLET
from menulint.source import Role

MISSING = "looking for words in images needs: pip install 'menulint[ocr]'"
MISSING_PROGRAM = "looking for words in images needs the program tesseract (see https://tesseract-ocr.github.io)"
MAX_PIXELS = 40_000_000
MAX_FRAMES = 20
SECONDS = 10
LEAST_SURE = 50
"""Of 100. A line whose words are less sure on average is more likely a texture than a text."""

_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
Box = tuple[float, float, float, float]


class OcrReader:
    """Reads the words in an image."""

    name = "ocr"
    extensions = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"})

    def recognises_bytes(self, data: bytes) -> bool:
        """PNG, JPEG, TIFF or WebP."""
        return data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")

    def read_bytes(self, data: bytes, build: DocumentBuilder) -> None:
        """Report what can be made out, frame by frame."""
        if importlib.util.find_spec("PIL") is None or importlib.util.find_spec("pytesseract") is None:
            raise Unread(MISSING)
        if shutil.which("tesseract") is None:
            raise Unread(MISSING_PROGRAM)
        frames = _frames(data, build)
        for number, frame in enumerate(frames, 1):
            _report(_words(frame), build, number if len(frames) > 1 else None)
        if build.last_index() is not None:
            build.note("its words were read off an image by tesseract, and may be misread")


READER = OcrReader()


def _frames(data: bytes, build: DocumentBuilder) -> list[Any]:
    """The pictures in an image file (a fax has several), none of them larger than can be held."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    found: list[Any] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "WEBP"))
            if image.width * image.height > MAX_PIXELS:
                raise Unread(f"it is an image of more than {MAX_PIXELS // 10**6} million pixels")
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > MAX_PIXELS or len(found) == MAX_FRAMES:
                    build.note(f"only the first {len(found)} pictures in it were looked at")
                    break
                found.append(frame.convert("L"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unread("it is a damaged or incomplete image") from error
    return found


def _words(frame: Any) -> dict[str, list[Any]]:
    """The words of a picture as tesseract lists them: text, how sure, block, paragraph, line, place."""
    import pytesseract

    try:
        found: dict[str, list[Any]] = pytesseract.image_to_data(
            frame, output_type=pytesseract.Output.DICT, timeout=SECONDS
        )
    except RuntimeError as error:
        raise Unread("looking for words in it took too long; it was given up") from error
    except (pytesseract.TesseractError, OSError, ValueError) as error:
        raise Unread("tesseract could not read it") from error
    return found


@dataclass
class _Line:
    """The words of a line, how sure each is, and the space they take."""

    words: list[str] = field(default_factory=list)
    sure: list[float] = field(default_factory=list)
    box: Box = (float("inf"), float("inf"), 0.0, 0.0)

    def add(self, word: str, sure: float, box: Box) -> None:
        """Take a word."""
        self.words.append(word)
        self.sure.append(sure)
        self.box = _around(self.box, box)

    @property
    def text(self) -> str:
        """The line, or nothing if it is too doubtful."""
        doubtful = sum(self.sure) < LEAST_SURE * len(self.sure)
        return "" if doubtful else " ".join(self.words)


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _report(found: dict[str, list[Any]], build: DocumentBuilder, page: int | None) -> None:
    """Paragraphs of lines; a bullet begins a new one."""
    paragraphs: dict[tuple[int, int], dict[int, _Line]] = {}
    for at, word in enumerate(found["text"]):
        if word.strip():
            place = paragraphs.setdefault((found["block_num"][at], found["par_num"][at]), {})
            left, top = found["left"][at], found["top"][at]
            box = (float(left), float(top), float(left + found["width"][at]), float(top + found["height"][at]))
            place.setdefault(found["line_num"][at], _Line()).add(word, float(found["conf"][at]), box)
    for lines in paragraphs.values():
        _paragraph([line for line in lines.values() if line.text], build, page)


def _paragraph(lines: list[_Line], build: DocumentBuilder, page: int | None) -> None:
    pieces: list[tuple[str, Box]] = []
    for line in lines:
        mark = BULLET.match(line.text)
        if mark or not pieces:
            pieces.append((line.text[mark.end() :] if mark else line.text, line.box))
        else:
            text, box = pieces[-1]
            joined = text[:-1] + line.text if text.endswith("-") and line.text[:1].islower() else f"{text} {line.text}"
            pieces[-1] = joined, _around(box, line.box)
    for text, box in pieces:
        build.put(Role.PARAGRAPH, text, page=page, pointer=None if page else "image", box=box)
