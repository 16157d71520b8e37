"""Looking at a built tree as a browser would: tags, links, ids. Every check gives what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

HOST = "https://help.example.com"
ADDRESSES = ("href", "src", "action", "poster", "data-index", "data-root")
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Tag(NamedTuple):
    """A start tag with its attributes."""

    name: str
    attributes: dict[str, str]

    def get(self, name: str) -> str:
        """An attribute, '' when it is not there."""
        return self.attributes.get(name, "")


class PageReader(HTMLParser):
    """The tags of a page, the text in its scripts, and where tags do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.inline: list[str] = []
        self.crossed: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.crossed += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself, as in SVG."""
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag, or note that it is another."""
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        """Text inside of a script or a style is what a strict policy forbids."""
        if data.strip() and self._open and self._open[-1] in ("script", "style"):
            self.inline.append(data)


def pages(tree: Mapping[str, bytes]) -> Iterator[tuple[str, PageReader]]:
    """Every HTML page of a tree."""
    for path, data in tree.items():
        if path.endswith(".html"):
            yield path, PageReader(data.decode())


def unsafe(reader: PageReader) -> list[str]:
    """What a strict Content-Security-Policy would block: inline scripts, styles and handlers."""
    found = [f"inline: {text[:40]}" for text in reader.inline]
    for tag in reader.tags:
        found += [
            f"<{tag.name} {name}>" for name in tag.attributes if name == "style" or name.startswith("on")
        ]
        if tag.name in ("style", "iframe", "object", "embed", "base"):
            found.append(f"<{tag.name}>")
        found += [
            f"<{tag.name} {name}={value}>"
            for name, value in tag.attributes.items()
            if name in ADDRESSES and value.strip().lower().startswith(("javascript:", "data:", "vbscript:"))
        ]
    return found


def repeated_ids(reader: PageReader) -> list[str]:
    """Ids that stand more than once on a page."""
    ids = [tag.get("id") for tag in reader.tags if tag.get("id")]
    return sorted({id for id in ids if ids.count(id) > 1})


def broken(tree: Mapping[str, bytes], base: str) -> list[str]:
    """Every address inside the site that leads to no file, and every fragment that leads to no id.

    `base` is the path under which the site is published: `/support/`.
    """
    readers = dict(pages(tree))
    ids = {path: {tag.get("id") for tag in reader.tags} for path, reader in readers.items()}
    folders = {path[: at + 1] for path in tree for at, char in enumerate(path) if char == "/"} | {""}
    found = []
    for path, reader in readers.items():
        for tag in reader.tags:
            for name in ADDRESSES:
                if name in tag.attributes and not (tag.name == "link" and tag.get("rel") == "canonical"):
                    target = urlsplit(urljoin(f"{HOST}{base}{path}", tag.get(name)))
                    if f"{target.scheme}://{target.netloc}" != HOST:
                        continue
                    inside = unquote(target.path)
                    file = inside.removeprefix(base)
                    if name in ("data-index", "data-root") and inside.startswith(base) and file in folders:
                        continue
                    file = file + "index.html" if not file or file.endswith("/") else file
                    if not inside.startswith(base) or file not in tree:
                        found.append(f"{path}: <{tag.name} {name}={tag.get(name)}>")
                    elif target.fragment and unquote(target.fragment) not in ids.get(file, set()):
                        found.append(f"{path}: <{tag.name} {name}={tag.get(name)}> (no such place)")
    return found
