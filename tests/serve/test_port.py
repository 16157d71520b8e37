"""Whose port it is, and which one is free."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from kbtool.serve.port import holder, next_free


def free_in_both() -> int:
    """A port that nobody holds, whatever the family: another test may listen on the same number."""
    while True:
        with socket.socket(socket.AF_INET6) as probe, socket.socket(socket.AF_INET) as other:
            probe.bind(("::1", 0))
            port: int = probe.getsockname()[1]
            try:
                other.bind(("localhost", port))
            except OSError:
                continue
            return port


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who listens")
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_the_program_that_listens_is_named(family: socket.AddressFamily) -> None:
    with socket.socket(family) as listener:
        address = "localhost" if family == socket.AF_INET else "::1"
        listener.bind((address, free_in_both()))
        port = listener.getsockname()[1]
        assert holder(port) == ""
        listener.listen()
        assert holder(port).endswith(f"(process {os.getpid()})")


def test_a_system_that_does_not_tell_names_nobody(tmp_path: Path) -> None:
    assert holder(80, tmp_path) == ""


def test_a_process_that_may_not_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "net").mkdir()
    row = "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 77 1"
    (tmp_path / "net" / "tcp").write_text(f"head\n{row}\n", encoding="ascii")
    (tmp_path / "1").mkdir()
    (tmp_path / "2" / "fd").mkdir(parents=True)
    (tmp_path / "2" / "fd" / "3").symlink_to("socket:[77]")
    (tmp_path / "2" / "comm").write_text("other\n", encoding="utf-8")
    assert holder(8000, tmp_path) == "other (process 2)"
    assert holder(8001, tmp_path) == ""


def test_the_next_free_port_can_be_had() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        free = next_free(socket.AF_INET, "127.0.0.1", port - 1)
        assert free > port
        socket.create_server(("127.0.0.1", free)).close()
    assert next_free(socket.AF_INET, "127.0.0.1", 65535) == 0
