"""Who may ask: nobody but the server's own page and programs of this machine, and not too much at once."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from menulint.runs.files import Input
from menulint.web import asking, guard
from menulint.web.guard import Hosts

Ask = Any
HERE = Hosts("127.0.0.1", 8642)


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost:8642", "LOCALHOST:8642", "[::1]:8642"])
def test_a_name_of_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).text == "ok\n"


@pytest.mark.parametrize(
    "host",
    ["clinic.example:8642", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:8642", "192.168.1.7:8642", "", ":"],
)
def test_a_name_that_somebody_lets_point_here_is_refused(client: TestClient, host: str) -> None:
    """Whatever is asked for; the answer says which address to use."""
    for path in ("/", "/healthz", "/report.js"):
        done = client.get(path, headers={"Host": host})
        assert done.status_code == 403
        assert "http://127.0.0.1:8642/" in done.text


def test_a_server_open_to_others_answers_under_numbers_only() -> None:
    """A number is what no other site can let point elsewhere."""
    everywhere = Hosts("0.0.0.0", 9000)
    assert everywhere.own("192.168.1.7:9000")
    assert not everywhere.own("clinic.example:9000")
    assert Hosts("office.lan", 80).own("office.lan")
    assert (everywhere.address, everywhere.only_here) == ("http://127.0.0.1:9000/", False)
    assert Hosts("::1", 9000).address == "http://[::1]:9000/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8642"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/check"])
def test_a_question_of_another_site_is_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    done = client.post(path, data={"text": "Exosome injections."}, files=[("files", ("", b""))], headers=headers)
    assert done.status_code == 403
    assert "another site" in done.text


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://127.0.0.1:8642", "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
def test_a_question_of_its_own_page_or_of_a_program_is_answered(client: TestClient, headers: dict[str, str]) -> None:
    done = client.post("/", data={"text": "Hello."}, files=[("files", ("", b""))], headers=headers)
    assert done.status_code == 200


@pytest.mark.parametrize("path", ["/", "/healthz", "/page.css", "/nothing-here"])
def test_no_answer_may_load_or_run_what_is_not_its_own(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; script-src 'self';")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_the_page_has_no_script_or_style_of_its_own_in_it(ask: Ask) -> None:
    """The policy would not let it run."""
    page = ask(text="Our exosome injections, £350. Book now.").text
    assert page.count("<script") == page.count("<script src=") == 2
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page


@pytest.mark.parametrize("path", ["/", "/check"])
def test_what_is_too_large_is_refused_in_a_sentence(
    ask: Ask, path: str, monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 1000)
    done = ask(path, text="Hello. " * 200)
    assert done.status_code == 413
    assert "That is too much at once" in done.text
    spanish = client.post(f"{path}?ui_lang=es", data={"text": "Hola. " * 200}, files=[("files", ("", b""))])
    assert "Es demasiado de una vez" in spanish.text
    assert client.post("/check", json={"files": [{"text": "x" * 2000}]}).status_code == 413


def test_more_files_than_are_read_are_refused_in_a_sentence(ask: Ask) -> None:
    done = ask(files=tuple((f"{n}.txt", b"Hello.") for n in range(asking.MOST_FILES + 1)))
    assert done.status_code == 400
    assert "Too many files" in done.text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("menu.html", "menu.html"),
        ("../../etc/menu.html", "etc/menu.html"),
        ("C:\\Users\\her\\menu.docx", "Users/her/menu.docx"),
        ("/", "copy"),
        ("men\x1b[31mu\n.md", "men[31mu.md"),
    ],
)
def test_a_name_opens_nothing_and_leads_nowhere(given: str, name: str) -> None:
    assert asking.named(given) == name


def test_an_upload_never_reaches_the_disk(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even one that a form parser would put into a temporary file."""
    import tempfile

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", refuse)
    assert ask(files=(("large.txt", b"Opening hours. " * 200_000),)).status_code == 200


def test_the_form_takes_the_pasted_text_before_the_files() -> None:
    form = asking.Form(text="Hello", kind="html", ui_lang="es", uploads=(Input("a.md", b""),))
    assert [file.path for file in form.files] == ["Texto pegado.html", "a.md"]
