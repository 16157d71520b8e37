"""Words that kbtool itself puts into a site: the theme, the interface, dates, names of languages, formats."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from string import punctuation

from kbtool import __version__
from kbtool.config import Config
from kbtool.content.metadata import Metadata
from kbtool.lang.analyze import analyze
from kbtool.lang.chars import CJK, CLASS, SEA
from kbtool.lang.locales import autonym, format_date, format_number, name_in, primary
from kbtool.pipeline import string_folders
from kbtool.resources import material_dir, resource_dir
from kbtool.search.vocabulary import change
from kbtool.site.sitemap import HEAD

THEME = ("templates/**/*.html", "scripts/*.js", "styles/*.css")
MATERIAL = ("main.*.min.css", "palette.*.min.css")
LISTS = ("light", "thesaurus")  # of words in search/, which the index of every site holds
PARTED = {ord(mark): " " for mark in punctuation if mark != "'"}  # no word holds any of these
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
FORMATS = """
    index html search manifest version locale generation texts facts documents requests lengths idf
    files words ids shards frequent postings passages surfaces stems classes light foreign synonyms
    thesaurus body title aliases sentence assets icon file kbtool lastmod hreflang alternate default
    robots user agent disallow sitemap public agents article section linenums codelineno fnref
    tabbed footnote footnotes backref continue continuous admonition annotate highlight language
    lang text plain null true false none
"""
# Names of tags and attributes, and what Markdown and its extensions write into attributes.
HTML = """
    abbr address align alt aria article aside audio autofocus autoplay blockquote body button caption
    center charset checked circle cite class code colgroup cols colspan content controls crossorigin data
    datetime details dialog dir disabled display doctype download ellipse enclosure encoding end equiv
    figcaption figure fill footer form frame head header height hidden href hreflang html http iframe
    image inline input itemprop itemscope itemtype kind label labelledby lang lazy left legend line
    linenos link list loading loop main mark markdown math max media meta meter method min muted name nav
    nofollow noopener noreferrer noscript object open optgroup option output page path pattern picture
    placeholder points polygon polyline poster preload progress property radio readonly rect relations
    required reversed right role rows rowspan ruby samp scope script section select shape size small
    source span src srclang srcset start strike stroke strong style sub summary sup svg symbol tabindex
    table tabs target tbody td template text textarea tfoot th thead time title tr track transform
    translate type use value version video view viewbox wbr width xml xmlns
"""
# Names that the library of keys writes into pages.
KEYS = """
    altgr back backspace break browser button caps clear command copy ctrl down eject enter favorites
    fingerprint forward help home left lock mail media menu meta middle mute next option page pause play
    power previous print refresh reset right screen scroll search select shift sleep space stop super
    track volume zoom
"""


def generated(config: Config) -> Iterator[str]:
    """Texts with every word that comes from the program and its theme."""
    keys = " ".join(f"f{number}" for number in range(1, 25))
    yield f"{FORMATS} {HTML} {KEYS} {keys} {HEAD} {__version__}"
    yield " ".join(field.name for field in fields(Metadata))
    for path in _shipped(config):
        text = path.read_text(encoding="utf-8", errors="replace")
        yield text
        if path.suffix == ".js":
            yield CAMEL.sub(" ", text)
    yield from _listed(config.locales)
    for locale in config.locales:
        yield "\n".join(format_date(date(2024, month, 28), locale) for month in range(1, 13))
        yield "\n".join([autonym(locale), *(name_in(other, locale) for other in config.locales)])
        yield format_number(1234567.89, locale)


def stems(texts: Iterable[tuple[str, str]], locales: Iterable[str]) -> Iterator[str]:
    """What the index of a locale may make of its words: their stems, and how they become these.

    `texts` have a locale each, '' for those that may be in the index of any.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for text, own in texts:
        found[own].update(text.translate(PARTED).split())
    parts = {
        own: {part for one in chunks for part in _without_unspaced(one).split()}
        for own, chunks in found.items()
    }
    for locale in locales:
        chunks = parts.get("", set()) | parts.get(locale, set())
        for token in {token for chunk in chunks for token in analyze(chunk, locale)}:
            if token.stem != token.surface:
                yield f"{token.stem} {change(token.surface, token.stem)}"


def _without_unspaced(chunk: str) -> str:
    """A text without the characters of scripts that are written without spaces: they have no stems."""
    if chunk.isascii():
        return chunk
    return "".join(" " if CLASS[ord(char)] in {CJK, SEA} else char for char in chunk)


def own_theme(config: Config) -> Iterator[str]:
    """What the site's own theme brings in: its words may be read by all, but a copied sentence may not."""
    for pattern in THEME if config.custom_dir else ():
        for path in sorted((config.custom_dir or Path()).glob(pattern)):
            yield path.read_text(encoding="utf-8", errors="replace")


def _listed(locales: Iterable[str]) -> Iterator[str]:
    """The words that stand in an index although no article has them."""
    for language in dict.fromkeys(map(primary, locales)):
        for name in LISTS:
            path = resource_dir("search") / f"{name}.{language}.txt"
            if path.is_file():
                yield path.read_text(encoding="utf-8")


def _shipped(config: Config) -> Iterator[Path]:
    for pattern in THEME:
        yield from sorted(resource_dir("theme").glob(pattern))
    for pattern in MATERIAL:
        yield from sorted((material_dir() / "assets" / "stylesheets").glob(pattern))
    for folder in string_folders(config):
        for locale in dict.fromkeys(
            ["en", *config.locales, *(tag.partition("-")[0] for tag in config.locales)]
        ):
            path = folder / f"{locale}.yml"
            if path.is_file():
                yield path
