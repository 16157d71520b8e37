"""The address of every page: `/<locale>/<section>/<slug>/`, relative to the site's root."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from kbtool.lang.slugs import slugify
from kbtool.model import Article

FILES = "assets/files/"
NOT_IN_A_SUFFIX = re.compile(r"[^\w.+-]")  # `#` and `?` would end the address


def home_url(locale: str) -> str:
    """`hi/`."""
    return f"{locale}/"


def section_url(locale: str, path: str) -> str:
    """`hi/getting-started/`; that of the home page for the top."""
    parts = [slugify(part) or "section" for part in path.split("/")] if path else []
    return "/".join([locale, *parts, ""])


def article_url(article: Article, locale: str) -> str:
    """The address of an article in that locale; an index has that of its section."""
    base = section_url(locale, article.section)
    return f"{base}{article.slug}/" if article.slug else base


def file_url(file: Path, data: bytes) -> str:
    """The address of a picture or an attachment: its name, with a fingerprint of its bytes."""
    digest = blake2b(data, digest_size=4).hexdigest()
    suffix = NOT_IN_A_SUFFIX.sub("", file.suffix.lower())
    return f"{FILES}{slugify(file.stem) or 'file'}-{digest}{suffix}"


def relative(target: str, page: str) -> str:
    """The link from the page at `page` (a directory or a file) to `target`, both from the root."""
    folder, up = page[: page.rfind("/") + 1], ""
    while not target.startswith(folder):
        folder, up = folder[: folder.rfind("/", 0, -1) + 1], up + "../"
    link = up + target[len(folder) :]
    return link if link and not link.startswith("#") else "./" + link


@lru_cache(maxsize=1 << 16)  # pages of a section share their links
def encoded(address: str) -> str:
    """An address with other scripts percent-encoded."""
    return quote(address, safe="/:?#[]@!$&'()*+,;=%-._~")


def absolute(base: str, url: str) -> str:
    """The full address below `site_url`; '' when there is no base."""
    return base.rstrip("/") + "/" + url if base else ""
