"""What the server answers to whom."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from kbtool.serve.answer import content_type
from tests.conftest import Kb
from tests.previewed import Preview
from tests.sample_site import SECRET, fill


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The sample site, served to all tests that only look."""
    with Preview(fill(Kb(tmp_path_factory.mktemp("site"))).root) as running:
        yield running


@pytest.fixture
def writing(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """The sample site in `kb`, served to a test that saves files."""
    monkeypatch.chdir(kb.root)
    with Preview(fill(kb).root) as running:
        yield running


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.SVG", "image/svg+xml"),
        ("a.png", "image/png"),
        ("a.jpg", "image/jpeg"),
        ("a.pdf", "application/pdf"),
        ("a.webm", "video/webm"),
        ("a.woff2", "font/woff2"),
        ("a", "application/octet-stream"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_types(path: str, kind: str) -> None:
    assert content_type(path) == kind


def test_pages_files_and_the_index_of_the_search(preview: Preview) -> None:
    home = preview.get("/en/")
    assert (home.status, home.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert home.headers["cache-control"] == "no-store"
    assert home.headers["cross-origin-resource-policy"] == "same-origin"
    assert preview.get("/").status == 200
    assert preview.get("/hi/" + quote("सिर्फ़-हिन्दी") + "/").status == 200
    manifest = json.loads(preview.get("/search/en/manifest.json").body)
    shards = preview.get(f"/search/en/{manifest['files']['shards']}")
    assert shards.headers["content-type"] == "application/json"
    passages = json.loads(shards.body)["passages"]
    texts = [preview.get(f"/search/en/passages-{made}.json").text for made in passages if made]
    assert any(SECRET in text for text in texts), "writers find everything"


def test_a_folder_without_its_slash_is_sent_there(preview: Preview) -> None:
    got = preview.get("/en/refunds?q=%E0%A4%9F&x=//evil.example")
    assert (got.status, got.headers["location"]) == (302, "/en/refunds/?q=%E0%A4%9F&x=//evil.example")
    assert preview.get("//en/refunds").headers["location"] == "/en/refunds/"
    for path in ("//evil.example", "/%2f%2fevil.example", "/evil.example/..", "/en/refunds%0d%0aX-Y:z"):
        assert preview.get(path).status == 404, path


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/%2e%2e/mkdocs.yml",
        "/en/..%2f..%2fmkdocs.yml",
        "/en/%252e%252e/mkdocs.yml",
        "/..%5cmkdocs.yml",
        "/mkdocs.yml",
        "/articles/en/hostile.md",
        "/etc/passwd",
        "/en/%00",
        "/.kbtool/x",
        "/.preview",
        "/%ff%fe",
        "http://evil.example/mkdocs.yml",
    ],
)
def test_nothing_but_the_site_can_be_reached(preview: Preview, path: str) -> None:
    got = preview.get(path)
    assert got.status == 404
    assert b"site_name" not in got.body


def test_a_page_that_is_not_there_says_so_in_its_language(preview: Preview) -> None:
    got = preview.get("/hi/gone/")
    assert got.status == 404
    assert 'lang="hi"' in got.text
    assert 'lang="en"' in preview.get("/gone").text


def test_head_gives_the_headers_alone(preview: Preview) -> None:
    got, full = preview.get("/en/", "HEAD"), preview.get("/en/")
    assert (got.status, got.body) == (200, b"")
    assert got.headers["content-length"] == str(len(full.body))
    assert preview.get("/.preview/events", "HEAD").headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_there_is_nothing_to_write(preview: Preview, method: str) -> None:
    assert preview.get("/en/", method).status == 501


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8000", "LOCALHOST:8000"])
def test_this_machine_is_answered(preview: Preview, host: str) -> None:
    assert preview.get("/en/", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "[",
        "localhost@evil.example",
        "10.0.0.1",
    ],
)
@pytest.mark.parametrize("path", ["/en/", "/.preview/events", "/search/en/manifest.json"])
def test_a_name_that_another_site_gave_this_machine_is_not(preview: Preview, host: str, path: str) -> None:
    got = preview.get(path, host=host)
    assert got.status == 403
    assert preview.url in got.text
    assert SECRET not in got.text


def test_a_page_that_cannot_be_made_tries_again_by_itself(kb: Kb, writing: Preview) -> None:
    kb.write("own/templates/article.html", '{{ nothing.there if page.locale == "en" else "" }}')
    settings = (kb.root / "mkdocs.yml").read_text(encoding="utf-8")
    kb.write("mkdocs.yml", settings.replace("{name: material}", "{name: material, custom_dir: own}"))
    assert writing.built().edition, "one page of the kind could be made"
    got = writing.get("/en/account/login/")
    assert (got.status, got.headers["refresh"]) == (500, "2")
    assert "own/templates/article.html:1" in got.text


def events(preview: Preview) -> socket.socket:
    address, port = preview.server.server_address[:2]
    stream = socket.create_connection((str(address), int(port)), timeout=10)
    stream.sendall(f"GET /.preview/events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
    return stream


def next_news(lines: Iterator[bytes]) -> dict[str, Any]:
    line = next(line for line in lines if line.startswith(b"data: "))
    news: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return news


def test_every_page_is_told_of_every_save(kb: Kb, writing: Preview) -> None:
    with events(writing) as one, events(writing) as two:
        streams = [iter(one.makefile("rb")), iter(two.makefile("rb"))]
        first = [next_news(lines) for lines in streams]
        assert first[0] == first[1]
        assert first[0]["problems"] == []
        kb.write("articles/en/account/login.md", "---\ntitle: [x\n---\n")
        for lines in streams:
            news = next_news(lines)
            assert news["edition"] == first[0]["edition"]
            (problem,) = news["problems"]
            assert problem["where"] == "articles/en/account/login.md:2:8"
        kb.write("articles/en/account/login.md", "---\ntitle: x\n---\nText.\n")
        for lines in streams:
            news = next_news(lines)
            assert news["edition"] != first[0]["edition"]
            assert news["problems"] == []
