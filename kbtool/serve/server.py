"""The preview's own small server: the edition of the moment from memory, and news for open pages."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from kbtool.errors import KbError, UsageError
from kbtool.serve.answer import LOCAL_NAMES, Answers, Door
from kbtool.serve.board import Board
from kbtool.serve.port import holder, next_free


class PortTaken(KbError):
    """Somebody else listens there."""

    def __init__(self, family: socket.AddressFamily, host: str, port: int) -> None:
        by = holder(port)
        free = next_free(family, host, port)
        other = f"kbtool serve --port {free}" if free else "kbtool serve --port 0 takes any that is free"
        super().__init__(
            f"port {port} is taken{f' by {by}' if by else ''}",
            f"end what is there, or choose another port: {other}",
        )


class PreviewServer(ThreadingHTTPServer):
    """Listens from the start, answers once it has been given a board.

    A thread per connection; `end` lets all of them go at once, so that none is left.
    """

    daemon_threads = False
    allow_reuse_address = os.name == "posix"  # elsewhere it would share a port that is taken
    request_queue_size = 64

    def __init__(self, host: str, port: int) -> None:
        self.address_family, address = _address(host, port)
        self._host = host.lower()
        self._board: Board | None = None
        self._connections: set[socket.socket] = set()
        self._thread: threading.Thread | None = None
        try:
            super().__init__((address, port), BaseHTTPRequestHandler)
        except OSError as error:
            raise _not_opened(error, self.address_family, address, port) from error

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return ipaddress.ip_address(self.server_name).is_loopback

    @property
    def url(self) -> str:
        """The address for a browser on this machine."""
        address = ipaddress.ip_address(self.server_name)
        host = "localhost" if address.is_unspecified else str(address)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"

    def start(self, board: Board) -> None:
        """Answer from now on, in a thread of its own."""
        self._board = board
        names = frozenset({*LOCAL_NAMES, self._host}) if self.on_loopback else None
        self.RequestHandlerClass = partial(Answers, Door(board, self.url, names))
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), name="preview")
        self._thread.start()

    def end(self) -> None:
        """Close the port and every connection; no thread is left."""
        if self._board:
            self._board.close()
        if self._thread:
            self.shutdown()
            self._thread.join()
        for connection in list(self._connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it was closed by the other side
        self.server_close()

    def server_bind(self) -> None:
        """Take the port, without asking the network for the machine's name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection while it lasts."""
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that has ended."""
        self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is nothing to talk about."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _address(host: str, port: int) -> tuple[socket.AddressFamily, str]:
    """The family and the numbers of a host's name."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        help = "write a name or an address of this machine, such as 127.0.0.1"
        raise UsageError(f"there is no host '{host}'", help) from error
    return family, str(address[0])


def _not_opened(error: OSError, family: socket.AddressFamily, address: str, port: int) -> KbError:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(family, address, port)
    if error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"{address} is no address of this machine", "leave --host away, or write 0.0.0.0")
    return KbError(f"port {port} cannot be opened: {error.strerror}", "choose a port above 1023")
