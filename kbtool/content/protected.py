"""What some readers must not hear of: paths, addresses and ids of articles with the reason, never a text.

Whatever makes a tree knows only the articles of its readers. To tell "this is for agents" from "this
does not exist", and never more than that, it is handed a `Hidden`.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from kbtool.content.files import ASSETS, SECTIONS
from kbtool.content.layout import Layout
from kbtool.content.preview import state_of
from kbtool.model import Article, Audience, Finding, Library, with_parents

RULE = "protected-target"
AGENTS, WAITING, EXPIRED = "for agents only", "not yet published", "no longer published"
STATES = {"archived": "archived", "draft": "a draft", "waiting": WAITING, "expired": EXPIRED}
STRONGEST_FIRST = (AGENTS, *STATES.values())
BY_CLOCK = frozenset({WAITING, EXPIRED})
NOT_PUBLISHED = "in a folder or a file that is never published"
LISTING = "the list of the sections, for kbtool alone"
PAGE = re.compile(r"(?:/index\.html?|\.html?|\.md)\Z", re.IGNORECASE)
ENCODINGS = 5  # how often an address may be percent-encoded over and over
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2}")
BEHIND = r"[^\s<>()\[\]\"'`|*]*"  # what goes on with an address in running text

Address = Callable[[Article, str], str]
"""The address of an article in a locale, from the root of the site: `en/orders/returns/`."""


class Why(NamedTuple):
    """Why something is hidden, and the file of the article that it belongs to; both '' for nothing."""

    reason: str = ""
    path: str = ""


@dataclass(frozen=True)
class Hidden:
    """What one group of readers must not hear of. `names` are files and addresses, as `folded` writes them.

    `folders` are those whose articles are all hidden. `strict` says that to point there is an error: it is
    for the public, whose page would show the path. `address` gives the addresses of the pages that point.
    """

    names: Mapping[str, Why] = field(default_factory=dict)
    ids: Mapping[str, Why] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    locales: tuple[str, ...] = ()
    site_url: str = ""
    strict: bool = False
    address: Address | None = None

    def why(self, written: str, article: Article | None = None, file: str = "") -> Why:
        """Why these readers must not be led there; nothing when they may, or when nobody knows it.

        `article` is the one that points, `file` its file: a relative path is meant from either its file or
        its page.
        """
        for path in self._paths(written, article, file):
            if why := self.names.get(folded(path)):
                return why
        path = _decoded(written.partition("#")[0].partition("?")[0])
        if not file or not self.strict or not path or path.startswith("/") or SCHEME.match(path):
            return Why()
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
        if path == SECTIONS:
            return Why(LISTING)
        return Why(NOT_PUBLISHED if any(map(is_hidden_name, path.split("/"))) else "")

    def _paths(self, written: str, article: Article | None, file: str) -> Iterator[str]:
        """The paths from the root of the site, or of the folder of articles, that a target may mean."""
        base = urlsplit(self.site_url).path.rstrip("/")
        if SCHEME.match(written):
            own = self.own
            if not own or not (found := own.match(written)):
                return
            written = "/" + found["path"]
        path = _decoded(written.partition("#")[0].partition("?")[0])
        if not path:
            return
        if not path.startswith("/"):
            yield posixpath.join(posixpath.dirname(file), path)
            if article and self.address:
                yield from (posixpath.join(self.address(article, tag), path) for tag in self.locales)
            return
        path = posixpath.normpath("/" + path.lstrip("/"))
        yield path
        if base and path.casefold().startswith(base.casefold() + "/"):
            yield path[len(base) :]

    @property
    def own(self) -> re.Pattern[str] | None:
        """What finds full addresses of this site in a text; None without a `site_url`."""
        host = urlsplit(self.site_url).hostname
        if not host:
            return None
        return re.compile(
            rf"(?:https?:[/\\]*|[/\\]{{2,}})(?:[^\s/\\@<>\"']*@)?{re.escape(host)}\.?(?::\d*)?"
            rf"[/\\](?P<path>{BEHIND})",
            re.IGNORECASE,
        )

    def without_addresses(self, text: str) -> str:
        """A text or its HTML without the full addresses of what is hidden."""
        if not self.names or not (own := self.own):
            return text
        return own.sub(lambda match: "" if self.why(match[0].rstrip(".,;:!?")).reason else match[0], text)


def is_hidden_name(part: str) -> bool:
    """Whether nothing below a folder or file of that name is ever published."""
    return part.startswith((".", "_")) and part not in ("", ".", "..", ASSETS)


def _decoded(path: str) -> str:
    for _ in range(ENCODINGS):
        plain = unquote(path)
        if plain == path:
            break
        path = plain
    return path.replace("\\", "/")


def folded(path: str) -> str:
    """A path or an address in the one form in which they are compared."""
    path = posixpath.normpath("/" + unicodedata.normalize("NFC", _decoded(path)).strip("/"))
    return unicodedata.normalize("NFC", PAGE.sub("", path).strip("/").casefold())


def hidden_from(
    library: Library,
    seen: Library,
    audience: Audience,
    today: date,
    layout: str,
    site_url: str,
    address: Address,
) -> Hidden:
    """What readers who have the articles of `seen` must not hear of the rest of the library."""
    reached = {(article.locale, article.id) for article in seen.articles}
    strict, files = audience == "public", Layout(layout, library.locales)
    reasons = [
        (reason_of(article, audience, today), article)
        for article in library.articles
        if (article.locale, article.id) not in reached
    ]
    reasons.sort(key=lambda pair: STRONGEST_FIRST.index(pair[0]))
    names: dict[str, Why] = {}
    ids: dict[str, Why] = {}
    shown = set(_shown(seen, files, address)) if reasons else set()
    for why, article in reasons:
        own = (files.file(tag, article.rel) for tag in library.locales)
        for name in (*own, *(address(article, tag) for tag in library.locales)):
            if folded(name) not in shown:
                names.setdefault(folded(name), Why(why, article.where.path))
        ids.setdefault(article.id, Why(why, article.where.path))
    for article in seen.articles:
        ids.pop(article.id, None)
    places = {folded(posixpath.dirname(files.file(a.locale, a.rel))) for a in seen.articles}
    folders = {folded(posixpath.dirname(files.file(a.locale, a.rel))) for _, a in reasons} - places
    return Hidden(names, ids, frozenset(folders), library.locales, site_url, strict, address)


def reason_of(article: Article, audience: Audience, today: date) -> str:
    """Why an article is not for these readers: who may read it comes before whether it is out."""
    if audience == "public" and article.audience == "agents":
        return AGENTS
    return STATES.get(state_of(article, today), AGENTS)


def _shown(seen: Library, files: Layout, address: Address) -> Iterator[str]:
    """The files and addresses that these readers have anyway, home pages and sections among them."""
    for article in seen.articles:
        yield folded(files.file(article.locale, article.rel))
        for tag in seen.locales:
            yield folded(address(article, tag))
            # The page of a section has the address of an index in it.
            parents = ("", *with_parents(article.section))
            yield from (folded(address(_index(article, path), tag)) for path in parents)


def _index(article: Article, section: str) -> Article:
    return Article(article.id, article.locale, "", "", article.where, section=section)


def told_once(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once; what points to something protected is not told as broken as well."""
    listed = list(dict.fromkeys(findings))
    protected = [finding for finding in listed if finding.rule == RULE]
    places = {finding.where for finding in protected if finding.where.line}
    told = {(finding.where, finding.message) for finding in protected}
    repeated = ("broken-link", "missing-image", "missing-file", "remote-image", "not-included")
    return [
        finding
        for finding in listed
        if finding.rule not in repeated
        or (finding.where not in places and (finding.where, finding.message) not in told)
    ]
