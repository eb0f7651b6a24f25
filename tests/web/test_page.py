"""The page: what a person sees of the copy that was pasted or dropped."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from menulint.cli import run
from menulint.runs.files import Input
from menulint.web import answering
from menulint.web.answering import Answers
from menulint.web.asked import Answer, Asked

Ask = Any
OFFER = "# Our menu\n\nExosome injections, £350. Book now.\n"
ERASES = "Our serum erases wrinkles.\n\nIt erases wrinkles. Book now.\n"
HOSTILE = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)> \x1b[31m\u202e We offer exosome injections."


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def fixes(page: str) -> list[str]:
    """What the buttons of rewordings send."""
    return re.findall(r'name="fix" value="([^"]+)"', page)


def field(page: str) -> str:
    """The text in the page's field."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found
    return unescape(found[1])


def test_the_empty_page_offers_places_and_languages(client: TestClient) -> None:
    page = client.get("/").text
    assert '<html lang="en">' in page
    assert "United Kingdom" in page
    assert "Revise sus textos" in client.get("/?ui_lang=es").text


def test_a_pasted_claim_is_marked_with_its_law_and_what_to_write(ask: Ask) -> None:
    page = ask(text=OFFER, where="these", place="GB").text
    assert '<mark class="v-prohibited"' in page
    assert "legislation.gov.uk" in page
    assert "Write instead" in page
    assert "judged for GB (given)" in plain(page)


def test_what_is_no_claim_is_listed_with_the_reason(ask: Ask) -> None:
    page = plain(ask(text="Book now. We never offer exosome injections.").text)
    assert "no wording found that menulint knows to be a problem" in page
    assert "the sentence says no to it, because of the words “We never offer”" in page


def test_the_page_speaks_spanish_if_asked(ask: Ask) -> None:
    page = ask(text=OFFER, ui_lang="es", where="these", place="ES").text
    assert "España" in page
    assert "Irlanda del Norte" in page
    assert '<html lang="es">' in page
    assert "En su lugar" in page
    assert "Texto pegado" in page


def test_a_rewording_is_made_wherever_the_text_says_the_same_and_checked_again(ask: Ask) -> None:
    (fix, *_) = fixes(ask(text=ERASES, where="these", place="GB").text)
    page = ask(text=ERASES, where="these", place="GB", fix=fix).text
    assert "erases" not in field(page)
    assert field(page).count("the look of wrinkles") == 2
    assert "was checked again" in page


def test_all_rewordings_that_change_only_looks_are_made_at_once(ask: Ask) -> None:
    """Those that change more are left to a person."""
    text = "Our serum erases wrinkles. Our cream eliminates dark spots. It is clinically proven to work. Book now."
    page = ask(text=text, where="these", place="GB").text
    (together,) = [fix for fix in fixes(page) if fix.endswith(":safe:0")]
    changed = ask(text=text, where="these", place="GB", fix=together).text
    assert "2 wordings of Pasted text were changed" in plain(changed)
    assert "the look of wrinkles. Our cream" in field(changed)
    assert "the look of dark spots. It is clinically proven to work." in field(changed)


def test_a_rewording_of_a_text_that_was_changed_meanwhile_is_refused(ask: Ask) -> None:
    (fix, *_) = fixes(ask(text=ERASES, where="these", place="GB").text)
    done = ask(text=ERASES + "And more.", where="these", place="GB", fix=fix)
    assert done.status_code == 400
    assert "does not fit the text any more" in plain(done.text)
    assert field(done.text) == ERASES + "And more."


def test_markup_and_terminal_escapes_in_copy_and_names_stay_text(ask: Ask) -> None:
    page = ask(text=HOSTILE, files=(("<img src=x onerror=alert(2)>.md", OFFER.encode()),), where="all").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert field(page) == HOSTILE

    assert "<U+202E>" in plain(page)


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_checked(ask: Ask) -> None:
    files = (("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00"), ("menu.md", OFFER.encode()))
    page = plain(ask(files=files, where="these", place="GB").text)
    assert "photo.png" in page
    assert "skipped: it is a PNG image, not text" in page
    assert "Exosome injections" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "  \n"}, "There is nothing to check"),
        ({"text": OFFER, "where": "these"}, "No place is chosen"),
        ({"text": OFFER, "where": "these", "place": "ZZZ"}, "ZZZ"),
        ({"text": OFFER, "as_of": "yesterday"}, "'yesterday' is no date"),
    ],
)
def test_a_mistake_is_a_sentence_in_the_page(ask: Ask, fields: dict[str, str], said: str) -> None:
    done = ask(**fields)
    assert done.status_code == 400
    assert re.search(rf'role="alert">[^<]*{said}', unescape(done.text))


def test_settings_of_the_folder_apply_and_an_edit_counts_at_once(ask: Ask, folder: Path) -> None:
    """The page names their file; a mistake in them is a sentence, with file and line."""
    settings = folder / "menulint.toml"
    try:
        settings.write_text('ignore = ["RTE"]\n')
        page = plain(ask(text=OFFER, where="these", place="GB").text)
        assert "cosmetic-for-injection" not in page
        assert f"The settings in {settings} apply." in page
        settings.write_text("time_limit = 0.000001\n")
        assert "it took more than 1e-06 seconds" in plain(ask(text=OFFER).text)
        assert "tardó más de 1e-06 segundos" in plain(ask(text=OFFER, ui_lang="es").text)
        settings.write_text('\njurisdictoin = ["GB"]\n')
        done = ask(text=OFFER)
        assert done.status_code == 400
        assert "menulint.toml:2:1" in done.text
    finally:
        settings.unlink()
    assert "cosmetic-for-injection" in ask(text=OFFER, where="these", place="GB").text


def test_a_server_that_runs_past_midnight_applies_the_law_of_the_new_day(monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2031, 1, 1)

    answers, asked = Answers({}, use_config=False), Asked("json", (Input("menu.md", OFFER.encode()),))
    first = answers.answer(asked)
    monkeypatch.setattr(answering, "date", Tomorrow)
    second = answers.answer(asked)
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert json.loads(first.body)["as_of"] != json.loads(second.body)["as_of"] == "2031-01-01"


@pytest.mark.parametrize("name", ["json", "csv", "sarif", "html", "markdown"])
def test_a_report_is_that_of_the_command_line(
    ask: Ask, folder: Path, name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Byte for byte, of several files, one of which is no text."""
    files = (("menu.md", OFFER.encode()), ("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00"))
    for path, data in files:
        (folder / path).write_bytes(data)
    given = {"where": "these", "place": "GB", "as_of": "2026-11-01"}
    done = ask("/check", files=files, format=name, save="1", **given)
    run(
        ["check", "menu.md", "photo.png", "--format", f"{name}=report", "--jurisdiction", "GB", "--as-of", "2026-11-01"]
    )
    assert done.content == (folder / "report").read_bytes()
    assert done.headers["content-disposition"].startswith("attachment")


def test_another_program_asks_with_json(client: TestClient) -> None:
    question = {
        "files": [{"path": "a.md", "text": OFFER}, {"path": "b.md", "base64": "Qm9vayBub3cu"}],
        "jurisdiction": "GB",
    }
    report = client.post("/check", json=question).json()
    assert [file["path"] for file in report["files"]] == ["a.md", "b.md"]
    assert report["files"][0]["findings"][0]["rule"] == "RTE001"
    assert report["options"]["jurisdiction"] == ["GB"]


def test_the_form_sent_by_a_program_is_answered_with_json_under_the_settings(ask: Ask, folder: Path) -> None:
    """Nothing but a file is needed."""
    (folder / "menulint.toml").write_text('jurisdiction = ["ES"]\n')
    try:
        assert ask("/check", files=(("menu.md", OFFER.encode()),)).json()["files"][0]["jurisdictions"] == ["ES"]
    finally:
        (folder / "menulint.toml").unlink()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({}, "files"),
        ({"files": []}, "nothing to check"),
        ({"files": [{"path": f"{n}.md", "text": "a"} for n in range(201)]}, "201 files"),
        ({"files": [{"path": "a.md"}]}, "a.md: expected either text or base64"),
        ({"files": [{"text": "x"}], "jurisdictions": "GB"}, "jurisdictions"),
        ({"files": [{"text": "x"}], "ui_lang": "../en"}, "ui_lang cannot be '../en'; expected one of en, es"),
        ({"files": [{"text": "x"}], "format": "pdf"}, "format cannot be 'pdf'"),
    ],
)
def test_a_mistake_in_json_is_told_where_it_stands(client: TestClient, question: dict[str, Any], said: str) -> None:
    done = client.post("/check", content=json.dumps(question), headers={"Content-Type": "application/json"})
    assert done.status_code == 400
    assert said in done.json()["error"]
