"""One question and its answer: to the machine that was looked at, byte for byte, within its bounds."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fetching.conftest import LIMITS
from tests.fetching.server import Server, answer, redirect, slowly

from menulint.fetching.connection import Client, Failed

_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def client() -> Iterator[Client]:
    client = Client("menulint/test (+web@clinic.example)", LIMITS, allow_private=True)
    yield client
    client.close()


def public_only(*addresses: str) -> Client:
    """A client whose name servers answer these addresses, one after the other, for whatever name."""
    given = iter(addresses)
    return Client("menulint/test (+a@b.example)", LIMITS, resolver=lambda host, port: [next(given)])


def code(client: Client, url: str) -> str:
    with pytest.raises(Failed) as failed:
        client.get(url)
    return failed.value.code


def test_a_request_says_who_asks_and_sends_nothing_else(server: Server, client: Client) -> None:
    server.pages["/"] = answer("hello", Set_Cookie="a=b")
    client.get(server.url())
    client.get(server.url())
    lines = server.heads[1].strip().split("\r\n")
    assert lines[0] == "GET / HTTP/1.1"
    assert {line.split(":")[0] for line in lines[1:]} == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert "User-Agent: menulint/test (+web@clinic.example)" in lines
    assert server.connections == 1


def test_question_and_answer_are_kept_as_they_went_over_the_wire(server: Server, client: Client) -> None:
    server.pages["/"] = _CHUNKED + b"5;x=y\r\nhello\r\n0\r\n\r\n"
    got = client.get(server.url())
    assert got.received == server.pages["/"]
    assert got.sent.decode() == server.heads[0]
    assert (got.body, got.status, got.address, got.truncated) == (b"hello", 200, "127.0.0.1", "")


def test_hints_before_the_answer_are_no_part_of_it(server: Server, client: Client) -> None:
    server.pages["/"] = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("hello")
    assert client.get(server.url()).received == answer("hello")


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "0.0.0.0"])
def test_a_name_that_is_no_public_machine_is_not_asked(server: Server, address: str) -> None:
    assert code(public_only(address), server.url(host="clinic.example")) == "private-address"
    assert server.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]"])
def test_a_private_address_is_not_asked_however_it_is_written(server: Server, host: str) -> None:
    client = Client("menulint/test (+a@b.example)", LIMITS)
    assert code(client, server.url(host=host)) in {"private-address", "unknown-host"}
    assert server.connections == 0


def test_a_name_is_resolved_once_and_the_connection_goes_there(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)
    # The name server's second answer would be this machine: nobody asks it a second time.
    assert code(public_only("93.184.215.14", "127.0.0.1"), "http://clinic.example/") == "not-connected"
    assert connected == [("93.184.215.14", 80)]


def test_each_new_connection_has_its_address_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object, **__: object) -> socket.socket:
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)
    client = public_only("93.184.215.14", "127.0.0.1")
    assert [code(client, "http://clinic.example/") for _ in range(2)] == ["not-connected", "private-address"]


def test_of_several_addresses_only_the_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)
    found = ["10.0.0.1", "1.1.1.1", "::1", "2606:4700::1111"]
    client = Client("menulint/test (+a@b.example)", LIMITS, resolver=lambda host, port: found)
    assert code(client, "http://clinic.example/") == "not-connected"
    assert connected == ["1.1.1.1", "2606:4700::1111"]


def test_redirects_are_an_answer_and_not_followed(server: Server, client: Client) -> None:
    server.pages["/"] = redirect("http://169.254.169.254/latest/meta-data/")
    assert client.get(server.url()).status == 302


def test_an_answer_is_cut_where_it_gets_too_large(server: Server, client: Client) -> None:
    server.pages["/"] = answer("a" * 500_000)
    got = client.get(server.url())
    assert (len(got.received), got.truncated) == (LIMITS.bytes, "length")


def test_what_is_no_page_is_not_read(server: Server, client: Client) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 999999999\r\n\r\n"
    server.pages["/"] = head + b"a" * 10_000
    got = client.get(server.url(), frozenset({"text/html"}))
    assert (got.received, got.truncated) == (head, "unspecified")


def test_an_answer_that_dribbles_in_is_cut_when_its_time_is_up(server: Server, client: Client) -> None:
    server.pages["/"] = slowly(answer("a" * 5000)[:-4900] + b"a" * 4900, pause=0.01)
    got = client.get(server.url())
    assert got.truncated == "time"
    assert 0 < len(got.body) < 5000


def test_a_head_that_dribbles_in_is_no_answer(server: Server, client: Client) -> None:
    server.pages["/"] = slowly(answer("hello", X_Long="a" * 5000), pause=0.01)
    assert code(client, server.url()) == "timeout"


def test_silence_is_no_answer(server: Server, client: Client) -> None:
    server.pages["/"] = lambda connection: threading.Event().wait(3)  # type: ignore[assignment]
    assert code(client, server.url()) == "timeout"


@pytest.mark.parametrize(
    "said",
    [
        _CHUNKED + b"5\r\nhel",
        _CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 200_000,
        b"",
    ],
)
def test_an_answer_that_is_broken_is_none(server: Server, client: Client, said: bytes) -> None:
    server.pages["/"] = lambda connection: connection.sendall(said)
    assert code(client, server.url()) in {"broken-answer", "disconnected"}


def test_a_kept_connection_that_was_closed_is_opened_anew(server: Server, client: Client) -> None:
    server.pages["/"] = [lambda connection: connection.sendall(answer("one")), answer("two")]
    assert [client.get(server.url()).body for _ in range(2)] == [b"one", b"two"]


def test_a_certificate_counts_for_the_name_and_not_for_the_address(tmp_path: Path) -> None:
    ssl = pytest.importorskip("ssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=clinic.example -addext".split()
    try:
        subprocess.run(
            [*made, "subjectAltName=DNS:clinic.example", "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl makes no certificate here")
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for _ in range(2):
                try:
                    with own.wrap_socket(listening.accept()[0], server_side=True) as connection:
                        connection.recv(4096)
                        connection.sendall(answer("hello"))
                except OSError:
                    continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        client = Client(
            "menulint/test (+a@b.example)",
            LIMITS,
            allow_private=True,
            resolver=lambda host, port: ["127.0.0.1"],
            ssl_context=trusting,
        )
        port = listening.getsockname()[1]
        assert client.get(f"https://clinic.example:{port}/").received == answer("hello")
        assert code(client, f"https://other.example:{port}/") == "no-secure-connection"
        client.close()
        thread.join(5)
