"""Where the links, images and files of an article lead: to an article, to a file, or nowhere."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

from kbtool.content.layout import Layout
from kbtool.content.protected import BY_CLOCK, RULE, Hidden, Why
from kbtool.model import Article, Finding, Location, Target
from kbtool.nearest import nearest

REMOTE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//|[a-zA-Z][a-zA-Z0-9+.-]*:")
WRITTEN = re.compile(' href="([^"#\ue000][^"\ue000]*)"')  # in HTML: an address that is no slot
UNCLEAR = re.compile(r"[/\\]{2}|\\")  # browsers take a backslash for a slash
OUT = "take it out; what only agents may see belongs into !!! agents"


class Resolver:
    """Knows the files of some articles and of all assets, and finds what a target means.

    `assets` maps a path below the folder of articles to the file on disk. `hidden` tells what
    exists but must not be reached from here. `base` is the path of that
    folder as it stands in findings ('' where they do not name what a target means).
    """

    def __init__(
        self,
        articles: Iterable[Article],
        locales: tuple[str, ...],
        assets: Mapping[str, Path],
        layout: str,
        *,
        hidden: Hidden | None = None,
        base: str = "",
    ) -> None:
        self._locales = locales
        self._assets = assets
        self._layout = Layout(layout, locales)
        self._hidden = hidden or Hidden()
        self._base = base
        self._ids: dict[str, str] = {}
        self._folders: dict[str, list[str]] = {}
        for article in articles:
            file = self.file(article)
            self._ids[file] = article.id
            self._folders.setdefault(posixpath.dirname(file), []).append(posixpath.basename(file))

    def file(self, article: Article) -> str:
        """The file of an article below the folder of articles, without `.md`."""
        return self._layout.file(article.locale, article.rel)

    def article(self, written: str, article: Article) -> tuple[str, str] | None:
        """The id of the article that a link points to, and the locale that the link asks for.

        That is the locale of the linking article, unless the link leads to the file of another one.
        """
        file = self.target_file(written, article)
        candidates = [file, *(self._layout.in_locale(file, tag) for tag in self._locales)] if file else []
        found = next((self._ids[name] for name in candidates if name in self._ids), None)
        if found is None:
            return None
        return found, (self._layout.locale(file) if file in self._ids else "") or article.locale

    def target_file(self, written: str, article: Article) -> str:
        """The file of the article that a link means, whether it exists or not; '' for other targets."""
        path = _path(written)
        return self._joined(path.removesuffix(".md"), article) if path.endswith(".md") else ""

    def asset(self, written: str, article: Article) -> Path | None:
        """The file on disk: beside the article, beside it in another locale, or in `_assets`."""
        path = _path(written)
        if not path or path.startswith("/"):
            return None
        file = self._joined(path, article)
        elsewhere = (self._layout.in_locale(file, tag) for tag in self._locales)
        names = [file, *elsewhere, f"_assets/{path}"]
        return next((self._assets[name] for name in names if name in self._assets), None)

    def hidden(self, written: str, article: Article) -> Why:
        """Why the readers of an article must not be led to what it points to; nothing when they may."""
        if self.article(written, article):
            return Why()
        return self._hidden.why(written, article, self.file(article))

    def problem(self, target: Target, article: Article, where: Location, line: str = "") -> Finding | None:
        """What is wrong with a target; None when it leads somewhere."""
        leads = target.kind == "link" and self.article(target.written, article)
        if leads or self.asset(target.written, article):
            return None
        if not target.written:
            message = f"this {target.kind} points nowhere"
            help = "write where it leads: a path relative to this file, or an address"
            return Finding("broken-link", "warning", where, message, help, line)
        if (why := self.hidden(target.written, article)).reason:
            how = "links to" if target.kind == "link" else "names"
            return pointing(how, target.written, why, where, line, strict=self._hidden.strict)
        if target.kind == "link" and UNCLEAR.match(target.written):
            return _unclear(target, where, line)
        if target.kind != "link" and REMOTE.match(target.written):
            return _remote(target, where, line)
        if target.kind == "link":
            return self._broken(target, article, where, line)
        kind = "image" if target.kind == "image" else "file"
        message, rule = f"the {kind} {target.written} does not exist", f"missing-{kind}"
        help = "put it beside the article or into _assets/, or correct the path"
        about = self._about(self._joined(_path(target.written), article))
        return Finding(rule, "warning", where, message, help, line, about)

    def _broken(self, target: Target, article: Article, where: Location, line: str) -> Finding:
        file = self.target_file(target.written, article)
        message = f"this links to {target.written}, which is not published"
        guess = nearest(posixpath.basename(file), self._folders.get(posixpath.dirname(file), ()))
        near = posixpath.join(posixpath.dirname(_path(target.written)), f"{guess}.md")
        help = f"did you mean {near}?" if guess else ""
        help = help or "correct the path: it is relative to this file and ends in .md"
        about = self._about(f"{file}.md") if file else ""
        return Finding("broken-link", "warning", where, message, help, line, about)

    def _about(self, file: str) -> str:
        return posixpath.join(self._base, file) if self._base else ""

    def _joined(self, path: str, article: Article) -> str:
        """A path as written in an article, from the folder of articles."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.file(article)), path))


def pointing(how: str, written: str, why: Why, where: Location, line: str = "", *, strict: bool) -> Finding:
    """The finding for something that points to what its readers must not hear of. `how`: 'links to'.

    An error for the public; a warning for other readers, and where only a day has to pass.
    """
    message = f"this {how} {written}, which is {why.reason}"
    help = f"publish that one too, or {OUT}"
    if strict and why.reason not in BY_CLOCK:
        return Finding(RULE, "error", where, message, help, line, why.path)
    return Finding("broken-link", "warning", where, message, help, line, why.path)


def _path(written: str) -> str:
    """The path of a target, without what stands behind ? and #."""
    return unicodedata.normalize("NFC", unquote(written.partition("#")[0].partition("?")[0]))


def _unclear(target: Target, where: Location, line: str) -> Finding:
    message = f"this links to {target.written}, which browsers take for another site; the link is left out"
    rest = target.written.lstrip("/\\").replace("\\", "/")
    help = f"write https://{rest}" if rest else "write where it leads"
    return Finding("unclear-address", "warning", where, message, help, line)


def _remote(target: Target, where: Location, line: str) -> Finding:
    shown = "shown as a link" if target.kind == "image" else "left out"
    message = f"the {target.kind} {target.written} lies on another site; it is {shown}, never fetched"
    return Finding("remote-image", "warning", where, message, "put a copy beside the article", line)
