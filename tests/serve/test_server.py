"""The server: opening a port, and leaving nothing behind."""

from __future__ import annotations

import os
import socket
import threading

import pytest

from kbtool.errors import Exit, KbError, UsageError
from kbtool.serve.server import PreviewServer
from tests.conftest import Kb
from tests.previewed import Preview

ARTICLE = "---\ntitle: A\n---\nText.\n"


def test_a_taken_port_says_by_whom_and_which_one_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(KbError) as caught:
            PreviewServer("127.0.0.1", port)
    assert caught.value.exit_code == Exit.ENVIRONMENT
    assert caught.value.message.startswith(f"port {port} is taken")
    assert f"(process {os.getpid()})" in caught.value.message
    assert "kbtool serve --port " in caught.value.help


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 70, "203.0.113.7"])
def test_a_host_that_is_not_this_machine_is_a_mistake_of_usage(host: str) -> None:
    with pytest.raises(UsageError) as caught:
        PreviewServer(host, 0)
    assert host in caught.value.message


def test_a_port_that_may_not_be_opened_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refused)
    with pytest.raises(KbError) as caught:
        PreviewServer("127.0.0.1", 80)
    assert caught.value.message == "port 80 cannot be opened: Permission denied"


@pytest.mark.parametrize(
    ("host", "shown", "loopback"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("localhost", None, True),
        ("::1", "[::1]", True),
        ("0.0.0.0", "localhost", False),  # noqa: S104 - what the test is about
        ("::", "localhost", False),
    ],
)
def test_the_address_is_one_that_a_browser_here_can_open(
    host: str, shown: str | None, loopback: bool
) -> None:
    server = PreviewServer(host, 0)
    try:
        port = server.server_address[1]
        assert server.url in ([f"http://{shown}:{port}/"] if shown else server.url)
        assert server.on_loopback == loopback
    finally:
        server.end()


def test_every_name_is_answered_where_others_were_let_in(kb: Kb) -> None:
    kb.write("articles/en/a.md", ARTICLE)
    preview = Preview(kb.root)
    preview.server.server_close()
    preview.server = PreviewServer("0.0.0.0", 0)  # noqa: S104 - what the test is about
    with preview:
        assert preview.get("/en/", host="my-machine.lan:8000").status == 200


def test_no_thread_and_no_connection_is_left(kb: Kb) -> None:
    kb.write("articles/en/a.md", ARTICLE)
    before = set(threading.enumerate())
    with Preview(kb.root) as preview:
        address = ("127.0.0.1", int(preview.server.server_address[1]))
        silent = [socket.create_connection(address, timeout=10) for _ in range(3)]
        listening = socket.create_connection(address, timeout=10)
        listening.sendall(b"GET /.preview/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert listening.recv(15) == b"HTTP/1.0 200 OK"
        gone = socket.create_connection(address, timeout=10)
        gone.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        gone.close()
        assert len(set(threading.enumerate()) - before) >= 3
    assert set(threading.enumerate()) <= before
    for connection in (*silent, listening):
        while connection.recv(4096):
            continue
        connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=1)


def test_a_failure_that_is_no_broken_connection_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    server = PreviewServer("127.0.0.1", 0)
    try:
        try:
            raise ConnectionResetError
        except ConnectionResetError:
            server.handle_error(None, ("", 0))
        assert capsys.readouterr().err == ""
        try:
            raise ValueError("seen")
        except ValueError:
            server.handle_error(None, ("", 0))
        assert "seen" in capsys.readouterr().err
    finally:
        server.end()
