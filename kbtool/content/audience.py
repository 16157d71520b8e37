"""Who sees what: a library for one audience never holds the text of another.

Blocks for agents are found line by line, wider than the renderer finds them: where it is not
certain that a line is only an example, the block goes. What a writer may have meant for agents but
did not write as a block is a finding, so that nothing is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kbtool.content.doubts import (
    AGENTS,
    MARKER,
    QUOTED,
    comment_doubts,
    doubts,
    is_worth_a_look,
    metadata_doubts,
)
from kbtool.content.fences import fenced_lines, fences
from kbtool.content.lookalikes import folded
from kbtool.model import Article, Audience, Finding, Library, Location

RULE = "agents-block"
# Behind `_` too, as `agents-only` and `agents_only` are alike.
WORD = re.compile(rf"(?<![^\W_]){AGENTS}(?![^\W_])", re.IGNORECASE)
CALLOUT = re.compile(r">[ ]*\\?\[\\?!(?P<words>[^\]]{0,99})")
ITEM = re.compile(r"[-+*] |\d+\. ")
# The opening as the renderer knows it in every place; anywhere else the end of a block is a guess.
PLAIN_OPENING = re.compile(r'(?: {4})*(?:!!!|\?\?\?\+?) ?[\w-]+(?: +[\w-]+)*(?: +".*")? *')
OUTER_OPENING = re.compile(r"(?P<indent> *)(?:!!!|\?\?\?\+?|===[!+]?) ?[\w\"]")
MARKDOWN_FENCE = re.compile(r"[`~] *\.?(?:md|mdx|markdown)\b", re.IGNORECASE)
MARKDOWN_IN_HTML = re.compile(r"<[A-Za-z][^<>]*\smarkdown\b")
QUOTE = re.compile(r" {0,3}> ?")
# What begins something new right below a block, and cannot be the last line of its text.
NEW = re.compile(r"#{1,6} |`{3}|~{3}|(?:-{3,}|\*{3,}|_{3,})$|!!!(?!!)|\?\?\?(?!\?)|===[!+]? ?\"|</|<!--")
SEAM = "\n\n\0\n\n"  # parts the texts of one article; no file holds the character


def for_audience(library: Library, audience: Audience, today: date) -> Library:
    """The live articles of that audience on that day; for the public without blocks for agents.

    Agents see public articles as well.
    """
    live = (article for article in library.articles if article.is_live(today))
    if audience == AGENTS:
        return library.narrowed(tuple(live))
    return library.narrowed(tuple(_public(article) for article in live if article.audience == "public"))


def _public(article: Article) -> Article:
    """Its texts are cleaned as one, as they are rendered: a fence may open in one and close in another."""
    texts = [article.body, *(question.answer for question in article.questions)]
    body, *answers = without_agents_blocks(SEAM.join(texts)).split(SEAM)
    questions = tuple(
        replace(question, answer=answer) for question, answer in zip(article.questions, answers, strict=True)
    )
    return replace(article, body=body, questions=questions)


def without_agents_blocks(text: str) -> str:
    """Markdown without its `!!! agents` blocks: each line of a block becomes an empty line.

    Line numbers stay as they are. A block that is shown as code, inside a fence, stays.
    """
    if not WORD.search(folded(text)):
        return text
    lines = _lines(text)
    for block in list(_blocks(lines)):
        for number in block:
            lines[number] = ""
    return "\n".join(lines)


def agents_problems(path: str, text: str, first_line: int) -> list[Finding]:
    """Text that is perhaps meant for agents but does not stand in a block for them, as errors.

    `first_line` is the line of the file on which the text starts.
    """
    if not is_worth_a_look(text):
        return []
    lines, written = _lines(text), text.split("\n")
    found: list[tuple[int, str, str]] = []
    inside: set[int] = set()
    for block in _blocks(lines) if WORD.search(folded(text)) else ():
        if block.start not in inside:
            found += _loose_ends(lines, block)
        inside.update(block)
    found += _swallowed(lines)
    found += doubts(lines, fenced_lines(lines))
    found += metadata_doubts(text)
    found += comment_doubts(without_agents_blocks(text))
    return [
        Finding(RULE, "error", Location(path, first_line + number, 1), message, help, written[number])
        for number, message, help in found
    ]


def _lines(text: str) -> list[str]:
    return [line.expandtabs(4) for line in text.split("\n")]


def _blocks(lines: Sequence[str]) -> Iterator[range]:
    """The lines of every block for agents, its opening first; they may overlap."""
    code = fenced_lines(lines)
    reached: dict[object, int] = {}  # how far blocks that open alike are known to go
    for start, line in enumerate(lines):
        if start in code:
            continue
        if _opens(line):
            opening = _opening(line)
            if start >= reached.get(opening, 0):
                reached[opening] = _end(lines, start, *opening)
                yield range(start, reached[opening])
        elif _calls(line) and start >= reached.get(CALLOUT, 0):
            blank = (number for number in range(start, len(lines)) if not lines[number].strip())
            reached[CALLOUT] = next(blank, len(lines))
            yield range(start, reached[CALLOUT])


def _opens(line: str) -> bool:
    match = MARKER.search(folded(line))
    return bool(match and WORD.search(QUOTED.sub("", match["words"])))


def _calls(line: str) -> bool:
    return any(WORD.search(match["words"]) for match in CALLOUT.finditer(folded(line)))


def _opening(line: str) -> tuple[int, int, bool]:
    """How many `>` stand before a block's first line, its indent, and whether it is in a list."""
    depth, indent, words = _measured(line, 99)
    behind_html = words[0] == "<" or words[0].isalpha()
    return depth, 0 if behind_html else indent, indent > 0 or words[0] not in "!?"


def _end(lines: Sequence[str], start: int, depth: int, base: int, in_list: bool) -> int:
    """The first line behind a block: it has words and is not indented more than the block's opening.

    In a list, a line without its indent goes on with the paragraph above it, and does not end the block.
    """
    above = True
    for number in range(start + 1, len(lines)):
        _, indent, words = _measured(lines[number], depth)
        if words and indent <= base and not (in_list and above and not ITEM.match(words)):
            return number
        above = bool(words)
    return len(lines)


def _measured(line: str, most: int) -> tuple[int, int, str]:
    """How many `>` stand before a line (not more than `most` are taken off), its indent, its words."""
    depth = 0
    while depth < most and (match := QUOTE.match(line)):
        line = line[match.end() :]
        depth += 1
    words = line.lstrip()
    return depth, len(line) - len(words), words


def _loose_ends(lines: Sequence[str], block: range) -> Iterator[tuple[int, str, str]]:
    """Why it is not certain what a block holds, or that it holds all that it should."""
    start, stop = block.start, block.stop
    if not (WORD.search(lines[start]) and (MARKER.search(lines[start]) or CALLOUT.search(lines[start]))):
        message = f"this line only looks like !!! {AGENTS}: it holds other characters"
        yield start, message, f"type !!! {AGENTS} again, in Latin letters"
    elif not PLAIN_OPENING.fullmatch(lines[start]):
        message = "a block for agents must stand on a line of its own"
        help = "write !!! agents; in a list or another block, indent it by 4 or 8 spaces"
        yield start, message, help
    elif lines[start].startswith(" ") and not _is_free(lines, start):
        message = "in a list or another block, a block for agents needs an empty line above it"
        yield start, message, "put an empty line above it"
    elif not any(lines[number].strip() for number in block[1:]):
        message = "this block for agents is empty: the text below is not indented"
        yield start, message, "indent what is for agents by four spaces"
    elif lines[block[-1]].strip() and stop < len(lines) and not _is_new(lines[stop], lines[start]):
        message = "this line follows a block for agents without its indent, so everybody would see it"
        yield stop, message, "indent it as well, or put an empty line before it"
    for number in block:
        if MARKDOWN_IN_HTML.search(lines[number]):
            message = "Markdown in HTML may reach out of this block for agents"
            yield number, message, "write it without the HTML"


def _swallowed(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Blocks for agents in a fence that is perhaps not meant to hold them, as its end was forgotten.

    An example begins its fence, or stands in one that is called Markdown.
    """
    for fence in fences(lines):
        first = next((n for n in fence[1:] if lines[n].strip()), fence.start)
        if MARKDOWN_FENCE.search(lines[fence.start]) or _opens(lines[first].lstrip()):
            continue
        for number in fence[1:]:
            if _opens(lines[number].lstrip()):
                message = (
                    f"this block for agents stands in the code that begins {number - fence.start} lines above"
                )
                yield (
                    number,
                    message,
                    "close that fence before it, or call it ```markdown if this is an example",
                )
                break


def _is_new(line: str, opening: str) -> bool:
    """Whether a line right below a block begins something else: a heading, a box, the list's next item."""
    _, base, _ = _measured(opening, 0)
    _, indent, words = _measured(line, 0)
    return bool(NEW.match(words.rstrip()) or (indent < base and ITEM.match(words)))


def _is_free(lines: Sequence[str], start: int) -> bool:
    """Whether an indented block stands below an empty line or opens the text of another block."""
    above = lines[start - 1] if start else ""
    indent = len(lines[start]) - len(lines[start].lstrip())
    opens = OUTER_OPENING.match(above)
    return not above.strip() or (opens is not None and len(opens["indent"]) == indent - 4)
