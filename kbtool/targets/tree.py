"""A tree of pages as files: path in the site -> bytes, the same for every target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kbtool.config import Config
from kbtool.content.files import shown
from kbtool.errors import KbError
from kbtool.model import Page, SitePlan
from kbtool.pipeline import Progress, Tree
from kbtool.resources import icon
from kbtool.search.format import index_dir
from kbtool.search.memory import Memory
from kbtool.site.sitemap import sitemap
from kbtool.site.urls import FILES, file_url
from kbtool.targets.pages import PageWriter
from kbtool.targets.theme import theme_files, theme_folders
from kbtool.targets.view import PreviewView, SiteView, site_view

ICON = "material/lifebuoy"


@dataclass(frozen=True)
class Frame:
    """What all pages of a tree share: the files of the theme by their paths, and how pages are written."""

    files: Mapping[str, bytes]
    writer: PageWriter
    views: Mapping[str, SiteView]

    def page(self, page: Page, tree: Tree) -> bytes:
        """The HTML of one page."""
        return self.writer.html(page, tree, self.views[page.locale])


def tree_files(
    config: Config, tree: Tree, memory: Memory | None = None, progress: Progress | None = None
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site. `progress` is told how many pages of how many are made."""
    memory = memory or Memory()
    frame = frame_of(config, tree)
    yield from frame.files.items()
    yield from ((path, _unchanged(path, file)) for path, file in sorted(tree.files.items()))
    for locale in tree.documents:
        yield from index_files(tree, locale, memory)
    for number, page in enumerate(tree.plan.pages, 1):
        yield page.path, frame.page(page, tree)
        if progress:
            progress(number, len(tree.plan.pages))
    yield from _machine_files(tree.plan)


def _unchanged(path: str, file: Path) -> bytes:
    """The bytes of an attachment, as they were when its address was made of them."""
    try:
        data = file.read_bytes()
    except OSError as error:
        data, reason = b"", f"cannot be read any more: {error.strerror}"
    else:
        reason = "was changed" if file_url(file, data) != path else ""
    if reason:
        raise KbError(f"while the site was built, {shown(file)} {reason}", "build it once more")
    return data


def index_files(tree: Tree, locale: str, memory: Memory) -> Iterator[tuple[str, bytes]]:
    """The files of a locale's search index."""
    others = [other for other in tree.documents if other != locale]
    index = memory.index(tree.documents[locale], locale, tree.synonyms.get(locale), others)
    yield from ((index_dir(locale) + name, data) for name, data in index.items())


def frame_of(config: Config, tree: Tree, preview: PreviewView | None = None) -> Frame:
    """The frame of a tree's pages; with `preview`, that of a writer's preview."""
    assets, sheets, files = theme_files(config, preview=preview is not None)
    writer = PageWriter(theme_folders(config), config)
    pictures, picture_files = _pictures(config, writer)
    names = {switch.locale: switch.name for switch in tree.plan.pages[0].switch}
    own: dict[str, dict[str, str]] = {tag: {} for tag in config.locales}
    for page in tree.plan.pages:
        if page.kind in ("search", "a-z"):
            own[page.locale][page.kind] = page.url
    views: dict[str, SiteView] = {
        tag: site_view(
            config,
            tree.plan.audience,
            tag,
            tree.strings[tag],
            names=names,
            pictures=pictures,
            assets=assets,
            stylesheets=tuple(sheets),
            own=own[tag],
            preview=preview,
        )
        for tag in config.locales
    }
    return Frame({**files, **picture_files}, writer, views)


def _machine_files(plan: SitePlan) -> Iterator[tuple[str, bytes]]:
    """What search engines read."""
    if plan.audience != "public":
        yield "robots.txt", b"User-agent: *\nDisallow: /\n"
    elif text := sitemap(plan):
        yield "sitemap.xml", text.encode()


def _pictures(config: Config, writer: PageWriter) -> tuple[Mapping[str, str], dict[str, bytes]]:
    """Logo and icon: their addresses and their bytes; a site without an icon gets one in its colour."""
    addresses: dict[str, str] = {}
    files: dict[str, bytes] = {}
    identity = config.settings.identity
    for kind, given in (("logo", identity.logo), ("favicon", identity.favicon)):
        path = Path(config.docs_dir / given)
        if given and path.is_file():
            data = path.read_bytes()
            addresses[kind] = file_url(path, data)
            files[addresses[kind]] = data
    if "favicon" not in addresses:
        colour = writer.theme_colour(identity.colour)
        addresses["favicon"] = f"{FILES}icon-{colour.lstrip('#')}.svg"
        files[addresses["favicon"]] = icon(ICON).replace("<path ", f'<path fill="{colour}" ', 1).encode()
    return addresses, files
