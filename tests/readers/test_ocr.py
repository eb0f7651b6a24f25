"""Words in images: only when asked for, and only what is more sure than not."""

from __future__ import annotations

import io
import shutil
from typing import Any

import pytest

from menulint.errors import SkippedFile
from menulint.readers import known_extensions, ocr, read_bytes

Image = pytest.importorskip("PIL.Image")
pytest.importorskip("pytesseract")


def png(width: int = 60, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG")
    return out.getvalue()


WORDS: dict[str, list[Any]] = {
    "text": ["", "Exosome", "injec-", "tions", "•", "Botox", "x#~"],
    "conf": [-1, 95, 90, 91, 80, 90, 12],
    "block_num": [1, 1, 1, 1, 1, 1, 2],
    "par_num": [0, 1, 1, 1, 1, 1, 1],
    "line_num": [0, 1, 1, 2, 3, 3, 1],
    "left": [0, 10, 70, 10, 10, 20, 0],
    "top": [0, 10, 10, 30, 50, 50, 90],
    "width": [100, 50, 40, 40, 5, 40, 9],
    "height": [100, 12, 12, 12, 12, 12, 9],
}


@pytest.fixture
def tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tesseract that reads the same in every image."""
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr("pytesseract.image_to_data", lambda *args, **more: WORDS)


def test_an_image_is_skipped_unless_its_words_are_asked_for() -> None:
    """Nor is it one of the files that a folder is searched for."""
    with pytest.raises(SkippedFile, match="PNG"):
        read_bytes("poster.png", png())
    assert ".png" not in known_extensions()
    assert ".png" in known_extensions(ocr=True)


@pytest.mark.usefixtures("tesseract")
def test_lines_become_paragraphs_and_doubtful_ones_are_left_out() -> None:
    """With their place on the picture, in pixels."""
    source = read_bytes("poster.png", png(), ocr=True)
    assert [(b.text, b.box) for b in source.blocks] == [
        ("Exosome injections", (10, 10, 110, 42)),
        ("Botox", (10, 50, 60, 62)),
    ]
    assert source.notes == ("its words were read off an image by tesseract, and may be misread",)


@pytest.mark.usefixtures("tesseract")
def test_an_image_too_large_or_damaged_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is unpacked."""
    monkeypatch.setattr(ocr, "MAX_PIXELS", 100)
    with pytest.raises(SkippedFile, match="million pixels"):
        read_bytes("poster.png", png(), ocr=True)
    with pytest.raises(SkippedFile, match="damaged"):
        read_bytes("poster.png", png()[:40], ocr=True)


def test_without_the_program_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """pip cannot install it."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SkippedFile, match="tesseract"):
        read_bytes("poster.png", png(), ocr=True)
