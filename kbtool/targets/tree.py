"""A tree of pages as files: path in the site -> bytes, the same for every target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path

from kbtool.config import Config
from kbtool.lang.slugs import slugify
from kbtool.model import SitePlan
from kbtool.pipeline import Progress, Tree
from kbtool.resources import icon
from kbtool.search.build import build_index
from kbtool.search.format import index_dir, packed
from kbtool.site.sitemap import sitemap
from kbtool.targets.pages import PageWriter
from kbtool.targets.theme import theme_files, theme_folders
from kbtool.targets.view import SiteView, site_view

ICON = "material/lifebuoy"


def tree_files(config: Config, tree: Tree, progress: Progress | None = None) -> Iterator[tuple[str, bytes]]:
    """Every file of the site. `progress` is told how many pages of how many are made."""
    assets, sheets, files = theme_files(config)
    yield from files.items()
    writer = PageWriter(theme_folders(config), config)
    pictures, picture_files = _pictures(config, writer)
    yield from picture_files.items()
    yield from ((path, file.read_bytes()) for path, file in sorted(tree.files.items()))
    for locale, documents in tree.documents.items():
        index = build_index(documents, locale, tree.synonyms.get(locale))
        yield from ((index_dir(locale) + name, data) for name, data in index.items())
    names = {switch.locale: switch.name for switch in tree.plan.pages[0].switch}
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
        )
        for tag in config.locales
    }
    for number, page in enumerate(tree.plan.pages, 1):
        yield page.path, writer.html(page, tree, views[page.locale])
        if progress:
            progress(number, len(tree.plan.pages))
    yield from _machine_files(tree.plan)


def texts(tree: Tree) -> Iterator[tuple[str, bytes]]:
    """The plain texts of a tree, a file per locale: what phrases and fields are searched in. Private."""
    for locale, documents in tree.documents.items():
        yield f"{locale}.json", packed([asdict(document) for document in documents])


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
            digest = blake2b(data, digest_size=4).hexdigest()
            addresses[kind] = f"assets/files/{slugify(path.stem) or kind}-{digest}{path.suffix.lower()}"
            files[addresses[kind]] = data
    if "favicon" not in addresses:
        colour = writer.theme_colour(identity.colour)
        addresses["favicon"] = f"assets/files/icon-{colour.lstrip('#')}.svg"
        files[addresses["favicon"]] = icon(ICON).replace("<path ", f'<path fill="{colour}" ', 1).encode()
    return addresses, files
