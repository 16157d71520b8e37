"""Filling the slots of rendered articles: links between articles, images, attachments."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

from kbtool.lang.slugs import slugify
from kbtool.model import Article, Finding, Location, Page, Rendered, Target
from kbtool.site.shelf import Shelf
from kbtool.site.urls import relative

SLOT = re.compile("\ue000(\\d+)\ue000")
IMAGE = re.compile(r'<img((?: [\w-]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')
REMOTE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//|[a-zA-Z][a-zA-Z0-9+.-]*:")
FILES = "assets/files/"


@dataclass(frozen=True)
class Filled:
    """The HTML of one page, the problems of its targets, and the files that it needs.

    `files` maps the path in the site to the file on disk.
    """

    html: str
    findings: tuple[Finding, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)


class Links:
    """Knows every article and every asset of one tree, and where each of them is published.

    `assets` maps a path below the folder of articles to the file on disk.
    """

    def __init__(self, shelf: Shelf, assets: Mapping[str, Path], layout: str) -> None:
        self._shelf = shelf
        self._assets = assets
        self._prefixed = layout.startswith("{locale}")
        self._published: dict[Path, str] = {}
        self._ids = {self._file(a.locale, a.rel): a.id for a in shelf.library.articles}

    def _file(self, locale: str, rel: str) -> str:
        return f"{locale}/{rel}" if self._prefixed else rel

    def fill(self, rendered: Rendered, page: Page) -> Filled:
        """The HTML of `page.article` with every slot filled, as seen from that page."""
        article = page.article
        if article is None or not rendered.targets:
            return Filled(rendered.html)
        findings: list[Finding] = []
        files: dict[str, Path] = {}
        hrefs: dict[int, str] = {}
        remote: dict[int, str] = {}
        places = _Places(article)
        for number, target in enumerate(rendered.targets):
            where = places.next(target.written)
            if target.kind != "link" and REMOTE.match(target.written):
                remote[number] = target.written
                findings.append(_remote(target, where))
            elif target.kind == "link" and (url := self._article(target, article, page.locale)) is not None:
                hrefs[number] = relative(url, page.url)
            elif (asset := self._asset(target.written, article)) is not None:
                url = self._publish(asset)
                files[url] = asset
                hrefs[number] = relative(url, page.url)
            else:
                findings.append(_missing(target, where))
        return Filled(_fill(rendered.html, hrefs, remote), tuple(findings), files)

    def _article(self, target: Target, article: Article, locale: str) -> str | None:
        """The address of the article that a link points to, in the language of the page when it has it."""
        path, _, fragment = target.written.partition("#")
        path = unquote(path.partition("?")[0])
        if not path.endswith(".md"):
            return None
        file = self._joined(path.removesuffix(".md"), article)
        candidates = [file, *(self._other(file, tag) for tag in self._shelf.library.locales)]
        found = next((self._ids[name] for name in candidates if name in self._ids), None)
        if found is None:
            return None
        asked = file.partition("/")[0] if self._prefixed and file in self._ids else article.locale
        wanted = locale if asked == article.locale else asked
        item = self._shelf.by_id[found].get(wanted)
        return item.url + (f"#{fragment}" if fragment else "") if item else None

    def _joined(self, path: str, article: Article) -> str:
        """A path as written in an article, from the folder of articles."""
        base = posixpath.dirname(self._file(article.locale, article.rel))
        return posixpath.normpath(posixpath.join(base, path))

    def _other(self, file: str, locale: str) -> str:
        """The same path in another locale."""
        return f"{locale}/{file.partition('/')[2]}" if self._prefixed else file

    def _asset(self, written: str, article: Article) -> Path | None:
        path = unquote(written.partition("#")[0].partition("?")[0])
        if not path or path.startswith("/"):
            return None
        file = self._joined(path, article)
        names = [file, *(self._other(file, tag) for tag in self._shelf.library.locales), f"_assets/{path}"]
        return next((self._assets[name] for name in names if name in self._assets), None)

    def _publish(self, asset: Path) -> str:
        """The path in the site: the name, with a fingerprint of the bytes."""
        if asset not in self._published:
            digest = blake2b(asset.read_bytes(), digest_size=4).hexdigest()
            stem = slugify(asset.stem) or "file"
            self._published[asset] = f"{FILES}{stem}-{digest}{asset.suffix.lower()}"
        return self._published[asset]


class _Places:
    """Where in an article each target stands; asked for in order, repeats move on."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._from: dict[str, int] = {}

    def next(self, written: str) -> Location:
        body, where = self._article.body, self._article.where
        at = body.find(written, self._from.get(written, 0)) if written else -1
        if at < 0:
            return Location(where.path)
        self._from[written] = at + len(written)
        line_start = body.rfind("\n", 0, at) + 1
        return Location(where.path, self._article.body_line + body.count("\n", 0, at), at - line_start + 1)


def _fill(html: str, hrefs: Mapping[int, str], remote: Mapping[int, str]) -> str:
    """Put addresses into slots; what has none loses its link, and an image becomes its words."""
    html = IMAGE.sub(lambda match: _image(match, hrefs, remote), html)
    html = re.sub(' (?:href|src|poster)="\ue000(\\d+)\ue000"', _address(hrefs), html)
    return SLOT.sub("", html)


def _address(hrefs: Mapping[int, str]) -> Callable[[re.Match[str]], str]:
    def replaced(match: re.Match[str]) -> str:
        url = hrefs.get(int(match[1]))
        return SLOT.sub(escape(quote(url, safe="/#?=&%:+,;@!~()*'-._")), match[0]) if url else ""

    return replaced


def _image(match: re.Match[str], hrefs: Mapping[int, str], remote: Mapping[int, str]) -> str:
    attributes = dict(ATTRIBUTE.findall(match[1]))
    slot = SLOT.fullmatch(attributes.get("src", ""))
    number = int(slot[1]) if slot else -1
    if number in hrefs:
        return match[0]
    words = attributes.get("alt", "")
    if number in remote:
        url = remote[number]
        address = escape(url if not url.startswith("//") else "https:" + url)
        return f'<a class="kb-remote-image" href="{address}">{words}</a>' if words else ""
    return f'<span class="kb-missing-image">{words}</span>' if words else ""


def _missing(target: Target, where: Location) -> Finding:
    if not target.written:
        message, rule = f"this {target.kind} points nowhere", "broken-link"
        help = "write where it leads: a path relative to this file, or an address"
    elif target.kind == "link":
        message, rule = f"this links to {target.written}, which is not published", "broken-link"
        help = "correct the path: it is relative to this file and ends in .md"
    else:
        kind = "image" if target.kind == "image" else "file"
        message, rule = f"the {kind} {target.written} does not exist", f"missing-{kind}"
        help = "put it beside the article or into _assets/, or correct the path"
    return Finding(rule, "warning", where, message, help)


def _remote(target: Target, where: Location) -> Finding:
    shown = "shown as a link" if target.kind == "image" else "left out"
    message = f"the {target.kind} {target.written} lies on another site; it is {shown}, never fetched"
    return Finding("remote-image", "warning", where, message, "put a copy beside the article")


def used_files(pages: Iterable[Filled]) -> dict[str, Path]:
    """All files that the pages need: path in the site -> file on disk."""
    return {url: path for page in pages for url, path in page.files.items()}
