"""What a stranger gets who knows every internal name: the answer to any wrong address."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from tests.canary.fixtures import section_of, slug_of
from tests.canary.table import CASES
from tests.conftest import Kb

NOWHERE = "en/there/never-was-such-a-page/"
PRIVATE = (
    *(".kbtool/", ".kbtool/mkdocs/agents/index.html", ".kbtool/mkdocs/texts/agents/en.json"),
    *(".kbtool/mkdocs/builds.json", ".kbtool/mkdocs/releases/", ".kbtool/mkdocs/lock", "releases/", "old/"),
    *(".git/config", ".git/HEAD", "mkdocs.yml", "articles/", "articles/sections.yml", "sections.yml"),
    *("agents/", "agents/index.html", "texts/agents/en.json", "search/agents/manifest.json", "passed.json"),
    *("../.kbtool/mkdocs/agents/index.html", "%2e%2e/.kbtool/mkdocs/agents/index.html", "../mkdocs.yml"),
    *(".site.old/", ".site.new/", "../.site.old/", "site/", "en/.kbtool/", "assets/files/../../.kbtool/"),
)


class Answer(NamedTuple):
    """What a server says, but for the time."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def guesses(kb: Kb) -> Iterator[str]:
    """Every address that a hidden article, section, id, attachment or private folder could have."""
    yield from PRIVATE
    for case in CASES:
        section, slug = quote(section_of(case)), quote(slug_of(case))
        name = case.latin("attachment name")
        for locale in ("en/", "hi/", ""):
            if case.has("section"):
                yield f"{locale}{section}/"
            if case.has("slug"):
                yield from (f"{locale}{section}/{slug}{end}" for end in ("/", "/index.html", ".md", ".html"))
            yield f"{locale}{section}/{name}.csv"
            yield f"{locale}{case.latin('id')}/"
        yield from (f"assets/files/{name}{end}" for end in (".csv", ".png"))
        yield f"old/{case.latin('redirect_from')}/"
        yield from (f"{locale}/tags/{quote(case.hindi('tag'))}/" for locale in ("en", "hi"))
    agents = kb.tree(".kbtool/mkdocs/agents")
    public = kb.tree("site")
    yield from (quote(path) for path in agents if path not in public and path != "robots.txt")


def ask(base: str, path: str, method: str = "GET") -> Answer:
    """The answer to an address, as it stands: nothing is resolved before it is sent."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=10)
    try:
        connection.request(method, f"/{path}")
        response = connection.getresponse()
        headers = tuple((name, value) for name, value in response.getheaders() if name != "Date")
        return Answer(response.status, headers, response.read())
    finally:
        connection.close()
