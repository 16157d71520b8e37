"""A link that seems to lead elsewhere than it does."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from kbtool.checks.base import Rule, Subject
from kbtool.content.scan import place
from kbtool.model import Article, Finding, Location

LINK = re.compile(r'<a (?:[^>]* )?href="(?P<href>https?:[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
SHOWN = re.compile(r"(?P<scheme>https?://|www\.)?(?P<host>[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?#]\S*)?")
BARE = re.compile(r"[a-z0-9.-]+\.(?:com|edu|gov|in|info|mil|net|org)")  # else `setup.py` was a host
JAPANESE = {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "FULLWIDTH"}
LATIN_TWINS = frozenset("аеорсухіјѕһԁӏԛԝвкмнтгАВЕКМНОРСТХүοαινυρ")
MEND = "write the words that say where it leads, or correct the address"


def check(subject: Subject) -> Iterator[Finding]:
    """Every link to another site, as readers see it."""
    for view in subject.views:
        for article in view.articles:
            rendered = view.rendered.get((article.locale, article.id))
            for match in LINK.finditer(rendered.html) if rendered and 'href="http' in rendered.html else ():
                address = html.unescape(match["href"])
                words = " ".join(html.unescape(TAG.sub("", match["words"])).split())
                if message := wrong(address, words):
                    where, line = _where(article, address)
                    yield RULE.finding(where, message, MEND, line)


def wrong(address: str, words: str) -> str:
    """What misleads in a link with that address and these words; '' for nothing."""
    host = _host(address)
    if any(_disguised(label) for label in host.split(".")):
        return f"the address {host} mixes letters that look alike; browsers go to {punycode(host)}"
    shown = SHOWN.fullmatch(words)
    if shown is None or not (shown["scheme"] or BARE.fullmatch(shown["host"])):
        return ""
    other = _plain(shown["host"])
    if _same(other, host):
        return ""
    return f"the words say {_spelled(other)}, but this leads to {_spelled(host)}"


def _host(address: str) -> str:
    try:
        found = urlsplit(address.replace("\\", "/")).hostname or ""
    except ValueError:
        found = ""
    return _plain(found)


def _plain(host: str) -> str:
    """A host in small letters, without www., its labels as readers see them."""
    labels = unicodedata.normalize("NFKC", host).casefold().removeprefix("www.").rstrip(".").split(".")
    return ".".join(_decoded(label) for label in labels)


def _decoded(label: str) -> str:
    try:
        return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def punycode(host: str) -> str:
    """The host as it goes over the wire."""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in host.split(".")
    )


def _spelled(host: str) -> str:
    return host if host.isascii() else f"{host} ({punycode(host)})"


def _disguised(label: str) -> bool:
    """Whether a part of a host mixes scripts, or consists of letters that only look like Latin ones."""
    letters = [char for char in label if char.isalpha()]
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in letters}
    if len(scripts) > 1 and not scripts <= JAPANESE:
        return True
    return bool(scripts & {"CYRILLIC", "GREEK"}) and all(char in LATIN_TWINS for char in letters)


def _same(one: str, other: str) -> bool:
    """Whether they are one host, or one lies in the other."""
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _where(article: Article, address: str) -> tuple[Location, str]:
    at = article.body.find(address)
    return place(article, at)


RULE = Rule(
    id="misleading-link",
    severity="warning",
    summary="A link shows a web address and leads to another one, or the name of its site mixes letters of "
    "several scripts that look alike.",
    why="Readers trust what they read; this is how they are led to copies of a shop or a bank. Names that "
    "are in one script are fine, in Hindi as well.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Log in at [https://shop.example](https://sh\u043ep.example/login).
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Log in at [https://shop.example](https://shop.example/login), [उदाहरण.भारत](https://उदाहरण.भारत).
""",
    },
    mend="Write words that say where it leads. Copied addresses are best typed anew.",
    check=check,
    needs_text=True,
)
