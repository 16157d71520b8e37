"""Links and images of a Markdown text with their exact places, found without rendering it.

What the renderer leaves alone is masked first: code, comments, escaped brackets. In blocks of raw
HTML only its tags count.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.model import Article, Location, Target

FENCE = re.compile(r"[>\s]*(?P<fence>`{3,}|~{3,})")
OPENER = re.compile(r"\s*(?:[-+*]\s|\d+[.)]\s|[!?]{3}\+?\s|===|\[\^[^\]]+\]:|:\s)")
COMMENT = re.compile("<!--")
TICKS = re.compile(r"(?<![\\`])`+|\n[ \t]*\n")
ESCAPED = re.compile(r"\\[\[\]!<(]")
BLOCKS = (
    "address|article|aside|center|details|div|dl|fieldset|figure|footer|header|main|nav|ol|p|section|table|ul"
)
RAW_HTML = re.compile(rf"^ {{0,3}}<(?P<tag>{BLOCKS})\b(?![^<>]*\bmarkdown\b)[^<>]*>", re.MULTILINE)
HIDDEN = re.compile(r"<(?P<tag>script|style|iframe|object|embed|template|noscript|form)\b")
BRACKET = re.compile(r"\[|\]|\n[ \t]*\n")
DESTINATION = re.compile(
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s()<]?[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
SPACED = re.compile(r"\(\s*(?P<bare>[^()\n\"]+?)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
DEFINITION = re.compile(
    r"^ {0,3}\[(?P<id>[^\]\[^][^\]\[]*)\]:[ \t]*\n?[ \t]*(?:<(?P<angle>[^<>\s]*)>|(?P<bare>[^\s<]\S*))"
    r"[ \t]*(?:\n[ \t]*)?(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\))?[ \t]*$",
    re.MULTILINE,
)
TAG = re.compile(
    r"<(?P<tag>a|img|video|audio|source|track)\b(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE
)
ATTRIBUTE = re.compile(
    r"(?P<name>[\w-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<none>[^\s\"'>]+))"
)
ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
LONGEST_NAME = 1000
POINTING = {"a": ("href",), "video": ("src", "poster")}


@dataclass(frozen=True)
class Found:
    """A link, image or file as it is written. `at` is its place in the body, `alt` an image's words.

    `alt` is None for what is no image, and for an image that says it is only decoration.
    """

    target: Target
    at: int
    alt: str | None = None


def scan(body: str, *, elsewhere: bool = False) -> list[Found]:
    """Everything in a Markdown text that leads into the site, and every image, in order.

    Links to other sites and mail addresses are left out, as the renderer leaves them as they are; with
    `elsewhere`, they alone are given.
    """
    if "](" not in body and "]:" not in body and "<" not in body:
        return []
    text = masked(body)
    prose = _without(text, RAW_HTML) if "</" in text else text
    found = [*_brackets(prose), *_tags(text)]
    return sorted((one for one in found if _is_ours(one.target) is not elsewhere), key=lambda one: one.at)


def masked(body: str) -> str:
    """The text with spaces in place of everything that is certainly no Markdown: code and comments.

    Every character keeps its place.
    """
    text = _without_code_blocks(body) if "```" in body or "~~~" in body or "    " in body else body
    if "<!--" in text:
        text = _without(text, COMMENT, "-->")
    if "`" in text:
        text = _without_code(text)
    if "</" in text:
        text = _without(text, HIDDEN)
    return ESCAPED.sub("  ", text) if "\\" in text else text


def place(article: Article, at: int) -> tuple[Location, str]:
    """A place in the body of an article as a place in its file, and the line that stands there.

    A place below 0 is one outside of the body: the whole file.
    """
    if at < 0:
        return Location(article.where.path), ""
    start = article.body.rfind("\n", 0, at) + 1
    line = article.body_line + article.body.count("\n", 0, at)
    return Location(article.where.path, line, at - start + 1), article.body[start:].partition("\n")[0]


class Places:
    """Where in an article each target stands; asked for in order, repeats move on."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._at: dict[Target, list[int]] | None = None

    def next(self, target: Target) -> tuple[Location, str]:
        """The place of a target and the line there; the whole file where the text does not show it."""
        if self._at is None:
            self._at = {}
            for found in reversed(scan(self._article.body)):
                self._at.setdefault(found.target, []).append(found.at)
        places = self._at.get(target)
        if not places:
            return Location(self._article.where.path), ""
        return place(self._article, places.pop() if len(places) > 1 else places[0])


def _blank(text: str) -> str:
    """As many spaces, with the line ends where they were."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _without(text: str, opening: re.Pattern[str], closing: str = "") -> str:
    """The text with everything from an opening to its closing blanked; of a tag, to its end tag."""
    parts: list[str] = []
    done, unclosed = 0, set()
    for match in opening.finditer(text):
        end = closing or f"</{match['tag']}"
        if match.start() < done or end in unclosed:
            continue
        if (found := text.find(end, match.end())) < 0:
            unclosed.add(end)
            continue
        parts += (text[done : match.start()], _blank(text[match.start() : found + len(end)]))
        done = found + len(end)
    return "".join([*parts, text[done:]])


def _without_code(text: str) -> str:
    """The text with code between backticks blanked; it never goes over an empty line."""
    runs: list[re.Match[str]] = []
    parts: list[str] = []
    done = 0
    for run in (*TICKS.finditer(text), None):
        if run is not None and run[0][0] == "`":
            runs.append(run)
            continue
        for start, end in _pairs(runs):
            parts += (text[done:start], _blank(text[start:end]))
            done = end
        runs.clear()
    return "".join([*parts, text[done:]])


def _pairs(runs: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """From where to where code goes, of the runs of backticks in one block."""
    last = {run[0]: number for number, run in enumerate(runs)}
    number = 0
    while number < len(runs):
        run = runs[number]
        if last[run[0]] > number:
            number = next(n for n in range(number + 1, len(runs)) if runs[n][0] == run[0])
            yield run.start(), runs[number].end()
        number += 1


def _without_code_blocks(body: str) -> str:
    """Fences, and lines that are code by their indent: deeper than the list or block around them."""
    lines = body.split("\n")
    fence, blank, code, inside = "", True, False, 0
    closings = {
        line.strip(" >\t"): number for number, line in enumerate(lines) if "```" in line or "~~~" in line
    }
    for number, line in enumerate(lines):
        if fence:
            if line.strip(" >\t") == fence:
                fence = ""
            lines[number] = " " * len(line)
            continue
        if not line.strip():
            blank = True
            continue
        opening = FENCE.match(line)
        shown = line.expandtabs(4)
        level = (len(shown) - len(shown.lstrip(" "))) // 4
        if level > inside and (blank or code):
            lines[number], code = " " * len(line), True
        elif opening and closings.get(opening["fence"], 0) > number:
            fence, lines[number] = opening["fence"], " " * len(line)
        else:
            code = False
            inside = min(inside, level) if blank else inside
            inside = level + 1 if OPENER.match(line) else inside
        blank = False
    return "\n".join(lines)


def _is_ours(target: Target) -> bool:
    return target.kind != "link" or not ELSEWHERE.match(target.written)


def _brackets(text: str) -> Iterator[Found]:
    """`[words](target)`, `![words](target)`, `[words][name]` with its definition elsewhere."""
    named = {" ".join(match["id"].lower().split()): match for match in DEFINITION.finditer(text)}
    open_: list[int] = []
    done = 0
    for bracket in BRACKET.finditer(text):
        if bracket.start() < done:
            continue
        if bracket[0] == "[":
            open_.append(bracket.start())
        elif bracket[0] != "]":
            open_.clear()
        elif open_:
            start, end = open_.pop(), bracket.end()
            words = text[start + 1 : bracket.start()]
            match = DESTINATION.match(text, end) or SPACED.match(text, end)
            if match is None and named and len(words) <= LONGEST_NAME:
                name, done = _reference(text, end, words)
                match = named.get(" ".join(name.lower().split()))
            if match is not None:
                yield _found(match, words, is_image=text[start - 1 : start] == "!")


def _reference(text: str, end: int, words: str) -> tuple[str, int]:
    """The name that `[words][name]`, `[name][]` or `[name]` refers to, and where that ends."""
    if text[end : end + 1] == ":":
        return "", end
    if text[end : end + 1] == "[" and (close := text.find("]", end, end + LONGEST_NAME)) > 0:
        return text[end + 1 : close] or words, close + 1
    return words, end


def _found(match: re.Match[str], words: str, *, is_image: bool) -> Found:
    angle = match["angle"] if "angle" in match.re.groupindex else None
    at = match.start("angle") if angle is not None else match.start("bare")
    written = html.unescape(angle if angle is not None else match["bare"] or "").strip()
    if is_image:
        return Found(Target("image", written), at, words.strip())
    return Found(Target("link", written), at)


def _tags(text: str) -> Iterator[Found]:
    """`<a href>`, `<img src>` and the files of films and sounds."""
    for tag in TAG.finditer(text) if "<" in text else ():
        name = tag["tag"].lower()
        attributes = {match["name"].lower(): match for match in ATTRIBUTE.finditer(tag["rest"])}
        for attribute in POINTING.get(name, ("src",)):
            if (match := attributes.get(attribute)) is None:
                continue
            group = next(group for group in ("double", "single", "none") if match[group] is not None)
            at = tag.start("rest") + match.start(group)
            written = html.unescape(match[group]).strip()
            if name == "a":
                yield Found(Target("link", written), at)
            elif name == "img":
                yield Found(Target("image", written), at, None if "alt" in attributes else "")
            else:
                yield Found(Target("file", written), at)
