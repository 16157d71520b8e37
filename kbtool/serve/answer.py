"""What the preview's server answers. Nothing is read from disk by a path that a browser sends."""

from __future__ import annotations

import json
import mimetypes
import socketserver
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from kbtool.serve.board import Board, Notice
from kbtool.serve.problems import of_error

EVENTS = "/.preview/events"
BEAT = 5.0  # seconds between two signs of life to a page: one that has gone is noticed by them
PATIENCE = 10.0  # seconds for a request to arrive, or for an answer to be taken
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".xml": "application/xml",
    ".pdf": "application/pdf",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",  # drafts are nothing for a page of another site
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True)
class Door:
    """What is answered from, at which address, and to which names of this machine (None: to any name)."""

    board: Board
    url: str
    names: frozenset[str] | None


def content_type(path: str) -> str:
    """The type of a file by its name, the same on every system for what a site is made of."""
    suffix = "." + path.rpartition(".")[2].lower()
    kind = TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return kind + "; charset=utf-8" if kind.startswith("text/") else kind


class Answers(BaseHTTPRequestHandler):
    """One connection: one request, one answer."""

    server_version = "kbtool"
    sys_version = ""
    timeout = PATIENCE

    def __init__(
        self, door: Door, request: Any, client_address: Any, server: socketserver.BaseServer
    ) -> None:
        self._door = door
        super().__init__(request, client_address, server)

    def do_GET(self) -> None:
        """A file of the site, or the stream of news."""
        if not self._is_for_us():
            self._text(HTTPStatus.FORBIDDEN, f"This preview answers to {self._door.url} only.")
        elif urlsplit(self.path).path == EVENTS:
            self._events()
        else:
            self._file(unquote(urlsplit(self.path).path, errors="replace").lstrip("/"))

    def do_HEAD(self) -> None:
        """The headers of the same."""
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what a writer wants to know is said by the builds."""

    def _is_for_us(self) -> bool:
        """Whether the address in the browser is ours.

        Another site can give its own name the address of this machine, and would then read every draft.
        """
        try:
            name = urlsplit("//" + self.headers.get("Host", "")).hostname
        except ValueError:
            name = None
        return self._door.names is None or name in self._door.names

    def _file(self, path: str) -> None:
        edition = self._door.board.notice.edition
        name = path + "index.html" if not path or path.endswith("/") else path
        try:
            data = edition.file(name)
            missing = edition.not_found(path) if data is None else b""
        except Exception as error:  # noqa: BLE001 - a page that cannot be made says so, and tries again
            problem = of_error(error)
            text = f"{problem.message}\n\n{problem.help}"
            self._text(HTTPStatus.INTERNAL_SERVER_ERROR, text, {"Refresh": "2"})
            return
        if data is not None:
            self._send(HTTPStatus.OK, content_type(name), data)
        elif edition.has_page(f"{path}/index.html"):
            self._redirect(f"/{path}/")
        else:
            self._send(HTTPStatus.NOT_FOUND, content_type(".html"), missing)

    def _redirect(self, path: str) -> None:
        """To the address with its slash at the end, where relative links are right."""
        query = urlsplit(self.path).query
        location = quote(path) + (f"?{query}" if query else "")
        self._send(HTTPStatus.FOUND, content_type(".txt"), b"", {"Location": location})

    def _text(self, status: HTTPStatus, text: str, more: dict[str, str] | None = None) -> None:
        self._send(status, content_type(".txt"), f"{text}\n".encode(), more)

    def _send(self, status: HTTPStatus, kind: str, data: bytes, more: dict[str, str] | None = None) -> None:
        self._head(status, {"Content-Type": kind, "Content-Length": str(len(data)), **(more or {})})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _events(self) -> None:
        """Tell how things stand, now and after every save, until the page goes away or the preview ends."""
        self._head(HTTPStatus.OK, {"Content-Type": "text/event-stream; charset=utf-8"})
        board = self._door.board
        if self.command == "HEAD":
            return
        told = 0
        while not board.closed:
            notice = board.notice
            news = f"data: {_news(notice)}\n\n" if notice.number != told else ":\n\n"
            self.wfile.write(news.encode())
            told = notice.number
            board.wait(told, BEAT)


def _news(notice: Notice) -> str:
    """A notice for the script in the page, in one line."""
    return json.dumps({"edition": notice.edition.name, "problems": [asdict(p) for p in notice.problems]})
