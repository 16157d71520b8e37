"""The one Markdown seam: an article in, `Rendered` out, nothing else known."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kbtool.model import QUIET, Article, Heading, Rendered
from kbtool.render.extensions import converter
from kbtool.render.highlight import Blocks
from kbtool.render.sanitise import MARK, TRAP, sanitise

BLOCK_END = re.compile(
    r"</(?:p|li|h[1-6]|td|th|tr|pre|dt|dd|div|summary|blockquote|caption|figcaption|label)>"
    r"|<br ?/?>|<hr ?/?>|(?=<pre)"
)
# What stands beside the words: marks of headings and footnotes, numbers of lines of code, pictures.
BESIDE = re.compile(
    r'<a class="(?:headerlink|footnote-ref|footnote-backref)".*?</a>|<td class="linenos">.*?</td>'
    r'|<span class="linenos"[^>]*>.*?</span>|<svg.*?</svg>',
    re.DOTALL,
)
ASIDE = re.compile(r'(<pre\b.*?</pre>|<table\b.*?</table>|<span class="filename">.*?</span>)', re.DOTALL)
ANY_TAG = re.compile(r"<[^>]*>")
STASHED = "\x02"  # what the converter puts aside stands between this and \x03
SPACES = re.compile(r"[ \t\r\f\v]+")


class Renderer:
    """Renders the articles of one locale; the converter is made once and reused.

    `labels` are words that the dialect puts into pages, in the reader's language; `blocks` is a memory of
    blocks of code, which renderers may share.
    """

    def __init__(
        self,
        extensions: Sequence[tuple[str, Mapping[str, Any]]] = (),
        labels: Mapping[str, str] | None = None,
        blocks: Blocks | None = None,
    ) -> None:
        self._converter = converter(extensions, labels or {}, blocks)

    def render(self, article: Article) -> Rendered:
        """The article as harmless HTML with slots for local targets, its headings and its plain text."""
        body = article.body
        for question in article.questions:
            body += f"\n\n## {question.question}\n\n{question.answer}\n"
        self._converter.reset()
        converted = self._converter.convert(body.replace(MARK, ""))
        clean = sanitise(converted)
        tokens = getattr(self._converter, "toc_tokens", [])
        return Rendered(clean.html, tuple(_headings(tokens)), plain_text(clean.html), clean.targets)


def _headings(tokens: Sequence[dict[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        if STASHED in token["id"] or STASHED in token["name"]:  # an odd id, which the page does not bear
            continue
        yield Heading(token["level"], token["id"], TRAP.sub("", html.unescape(token["name"])))
        yield from _headings(token["children"])


def plain_text(rendered: str) -> str:
    """The words of rendered HTML, one block a line; those of code blocks and tables begin with a tab."""
    parts = ASIDE.split(BESIDE.sub("", rendered))
    lines = (QUIET * (number % 2) + line for number, part in enumerate(parts) for line in _lines(part))
    return "\n".join(lines)


def _lines(part: str) -> Iterator[str]:
    text = html.unescape(ANY_TAG.sub("", BLOCK_END.sub("\n", part)))
    return filter(None, (SPACES.sub(" ", line).strip() for line in text.split("\n")))
