"""HTML made harmless: only known tags and attributes stay, and every local target becomes a slot.

A slot stands where an address will go: `site` fills it when it knows all addresses. Scripts, styles,
event handlers, frames and forms are dropped; the markup of Material's extensions stays.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import nh3

from kbtool.model import Target

MARK = "\ue000"
REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,9}|[0-9]{1,10})(?![0-9]);?")
TRAP = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ue000]")
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
SCHEMES = {"http", "https", "mailto", "tel", "sms"}
BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0]+")
ALIGNED = re.compile(r"<(td|th) align=\"(left|center|right)\"")

TEXT_TAGS = (
    "a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd label li mark ol p pre q rp rt ruby s samp small "
    "span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr input "
    "video audio source track svg path g circle rect line polyline polygon ellipse"
)
SVG = {
    "viewBox",
    "d",
    "fill",
    "transform",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "points",
}
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title", "lang", "dir", "role", "aria-label", "aria-hidden", "translate"},
    "a": {"href", "hreflang", "name", "download"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled", "id", "name"},
    "label": {"for"},
    "div": {"data-tabs"},
    "span": {"data-linenos"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "details": {"open"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "video": {"src", "controls", "width", "height", "poster", "muted", "loop"},
    "audio": {"src", "controls"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label"},
    **dict.fromkeys(("svg", "path", "g", "circle", "rect", "line", "polyline", "polygon", "ellipse"), SVG),
}
# Lines of code are places to link to; a link without a text on each is a nuisance to screen readers.
LINE_ANCHOR = re.compile(r'(<a id="__codelineno-[^>]*?) href="#__codelineno-[^"]*"(></a>)')
# Without numbers nobody finds them, and they are a large part of a page with code.
ANY_LINE_ANCHOR = re.compile(r'<a id="__codelineno-[^"]*" name="[^"]*"(?: href="#__codelineno-[^"]*")?></a>')
NUMBERS = "linenos"
# Pygments tells where a space is.
SPACE_IN_CODE = re.compile(r'<span class="w">(\s*)</span>')
TARGETS = {("a", "href"), ("img", "src"), ("video", "src"), ("video", "poster"), ("audio", "src")}
TARGETS |= {("source", "src"), ("track", "src")}


class Clean(NamedTuple):
    """Harmless HTML, and the local targets that its slots stand for."""

    html: str
    targets: tuple[Target, ...]


def slot(number: int) -> str:
    """The text that stands for the target of that number."""
    return f"{MARK}{number}{MARK}"


def _without_traps(html: str) -> str:
    """HTML without references to characters that are ours, or that nobody sees and that turn words around."""
    return REFERENCE.sub(lambda match: "" if TRAP.fullmatch(_meant(match[1])) else match[0], html)


def _meant(reference: str) -> str:
    """The character that the number of a reference means."""
    code = int(reference[1:], 16) if reference[0] in "xX" else int(reference)
    return chr(code) if code < 0x110000 else ""


def _kept(html: str, targets: list[Target]) -> tuple[str, list[Target]]:
    """The same without targets of tags that were taken out afterwards, numbered anew."""
    held = [number for number in range(len(targets)) if slot(number) in html]
    if len(held) < len(targets):
        for new, old in enumerate(held):
            html = html.replace(slot(old), slot(new))
    return html, [targets[number] for number in held]


def sanitise(html: str) -> Clean:
    """Clean a rendered article. `html` must not hold the mark: the renderer takes it out first."""
    targets: list[Target] = []

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if tag == "input" and attribute == "type":
            return value if value in ("radio", "checkbox") else None
        if (tag, attribute) not in TARGETS:
            return value
        address = BLANKS.sub("", value)
        is_link = tag == "a"
        if is_link and (scheme := SCHEME.match(address)):
            return value if scheme[1].lower() in SCHEMES else None
        if is_link and address.startswith("#"):
            return value
        targets.append(Target("link" if is_link else "file" if tag != "img" else "image", value.strip()))
        return slot(len(targets) - 1)

    cleaner = nh3.Cleaner(
        tags=set(TEXT_TAGS.split()),
        clean_content_tags={"script", "style", "iframe", "object", "embed", "template", "noscript", "form"},
        attributes=ATTRIBUTES,
        attribute_filter=keep,
        link_rel=None,
        url_schemes=SCHEMES,
    )
    cleaned = cleaner.clean(_without_traps(html))
    cleaned, targets = _kept(cleaned, targets)
    if "__codelineno" in cleaned:
        if NUMBERS not in cleaned:
            cleaned = ANY_LINE_ANCHOR.sub("", cleaned)
        cleaned = LINE_ANCHOR.sub(r"\1\2", cleaned)
        cleaned = SPACE_IN_CODE.sub(r"\1", cleaned)
    return Clean(ALIGNED.sub(r'<\1 class="kb-\2"', cleaned), tuple(targets))
