"""Filling the slots of rendered articles: links between articles, images, attachments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from kbtool.content.links import REMOTE, Resolver
from kbtool.content.pointers import loose_links
from kbtool.content.protected import Hidden
from kbtool.content.scan import Places
from kbtool.content.svg import svg_problem
from kbtool.model import Article, Finding, Location, Page, Rendered, Target
from kbtool.site.shelf import Shelf
from kbtool.site.urls import encoded, file_url, relative

SLOT = re.compile("\ue000(\\d+)\ue000")
IMAGE = re.compile(r'<img((?: [\w-]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')


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

    `assets` maps a path below the folder of articles to the file on disk. `hidden` tells what the readers
    of this tree must not be led to, and why. `base` is that of a Resolver.
    """

    def __init__(
        self,
        shelf: Shelf,
        assets: Mapping[str, Path],
        layout: str,
        hidden: Hidden | None = None,
        *,
        base: str = "",
    ) -> None:
        self._shelf = shelf
        self._hidden = hidden or Hidden()
        library = shelf.library
        self._resolver = Resolver(
            library.articles, library.locales, assets, layout, hidden=self._hidden, base=base
        )
        self._published: dict[Path, str] = {}
        self._unsafe: dict[Path, list[Finding]] = {}

    def fill(self, rendered: Rendered, page: Page) -> Filled:
        """The HTML of `page.article` with every slot filled, as seen from that page."""
        article = page.article
        if article is None:
            return Filled(rendered.html)
        html, findings = self._without_hidden(rendered.html, article)
        if not rendered.targets:
            return Filled(html, tuple(findings))
        files: dict[str, Path] = {}
        hrefs: dict[int, str] = {}
        remote: dict[int, str] = {}
        places = Places(article)
        for number, target in enumerate(rendered.targets):
            if target.kind != "link" and REMOTE.match(target.written):
                if self._resolver.hidden(target.written, article).reason:
                    findings += filter(None, [self._resolver.problem(target, article, *places.next(target))])
                    continue
                remote[number] = target.written
            elif target.kind == "link" and (url := self._article(target, article, page.locale)) is not None:
                hrefs[number] = relative(url, page.url)
            elif (asset := self._resolver.asset(target.written, article)) is not None:
                try:
                    url = self._publish(asset)
                except OSError as error:
                    findings.append(_unreadable(target, error, *places.next(target)))
                    continue
                findings += self._unsafe[asset]
                files[url] = asset
                hrefs[number] = relative(url, page.url)
            if number not in hrefs and (
                problem := self._resolver.problem(target, article, *places.next(target))
            ):
                findings.append(problem)
        return Filled(_fill(html, hrefs, remote), tuple(findings), files)

    def _without_hidden(self, html: str, article: Article) -> tuple[str, list[Finding]]:
        """The HTML without links that stand in it as they were written and lead to what is hidden."""
        loose = list(loose_links(html, article, self._hidden))
        for written, _ in loose:
            html = html.replace(written, "")
        return html, [finding for _, finding in loose if finding]

    def _article(self, target: Target, article: Article, locale: str) -> str | None:
        """The address of the article that a link points to, in the language of the page when it has it."""
        fragment = target.written.partition("#")[2]
        found = self._resolver.article(target.written, article)
        if found is None:
            return None
        id, asked = found
        item = self._shelf.by_id[id].get(locale if asked == article.locale else asked)
        return item.url + (f"#{fragment}" if fragment else "") if item else None

    def _publish(self, asset: Path) -> str:
        """The path in the site: the name, with a fingerprint of the bytes."""
        if asset not in self._published:
            data = asset.read_bytes()
            problem = svg_problem(asset, data)
            self._unsafe[asset] = [problem] if problem else []
            self._published[asset] = file_url(asset, data)
        return self._published[asset]


def _unreadable(target: Target, error: OSError, where: Location, line: str) -> Finding:
    message = f"the file {target.written} cannot be read: {error.strerror}"
    help = "check that it exists and may be read"
    return Finding("unreadable-file", "error", where, message, help, line)


def _fill(html: str, hrefs: Mapping[int, str], remote: Mapping[int, str]) -> str:
    """Put addresses into slots; what has none loses its link, and an image becomes its words."""
    html = IMAGE.sub(lambda match: _image(match, hrefs, remote), html)
    html = re.sub(' (?:href|src|poster)="\ue000(\\d+)\ue000"', _address(hrefs), html)
    return SLOT.sub("", html)


def _address(hrefs: Mapping[int, str]) -> Callable[[re.Match[str]], str]:
    def replaced(match: re.Match[str]) -> str:
        url = hrefs.get(int(match[1]))
        return SLOT.sub(escape(encoded(url)), match[0]) if url else ""

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


def used_files(pages: Iterable[Filled]) -> dict[str, Path]:
    """All files that the pages need: path in the site -> file on disk."""
    return {url: path for page in pages for url, path in page.files.items()}
