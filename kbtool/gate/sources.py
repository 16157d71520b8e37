"""What a writer wrote, cut in two without asking those who make the pages: for the public, and not.

The gate looks for mistakes of the rooms that take protected text away, so it does not use them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from kbtool.config import Config
from kbtool.content.fences import fenced_lines
from kbtool.content.files import shown
from kbtool.model import Article, Library, Location, Section, with_parents
from kbtool.pipeline import Content

AGENTS_BLOCK = re.compile(
    r"^(?:[\s>]|[-+*] |\d+[.)] |: |\[\^[^\]]{0,99}\]:|\[[ xX]\] )*[!?]{2,}\+?(?P<words>[^\"]*)", re.IGNORECASE
)
AGENTS = re.compile(r"\bagents\b", re.IGNORECASE)
CALLOUT = re.compile(r"^[\s>]*>[ ]*\[![^\]]*\bagents\b", re.IGNORECASE)
FILE_NAME = re.compile(r"[^\s/()<>\"'|\[\]#?=]+\.\w{1,5}")
SMALLEST_FILE = 16  # bytes: what is smaller is no secret
LARGEST_TEXT = 1024 * 1024
TEXTS = frozenset(f".{name}" for name in "csv html ics ini json log svg tsv txt xml yaml yml".split())  # noqa: SIM905


@dataclass(frozen=True)
class Piece:
    """A text of a writer: where it stands, and why it is not for the public ('' if it is).

    `locale` is that of an article, in whose index alone it is; '' for what may be in any.
    """

    text: str
    where: Location
    why: str = ""
    locale: str = ""


def is_public(article: Article, today: date) -> bool:
    """Whether everybody may read it on that day."""
    return article.audience == "public" and article.is_live(today)


def why_not(article: Article) -> str:
    """Why an article is not for the public, in words."""
    if article.audience == "agents":
        return "for agents only"
    return {"draft": "a draft", "archived": "archived"}.get(article.status, "not published on this day")


@dataclass(frozen=True)
class Attachment:
    """A file beside the articles, its path below their folder, and why it is not for the public."""

    name: str
    path: Path
    why: str = ""

    @property
    def text(self) -> str:
        """What a text file says; '' for any other, and for a very large one."""
        if self.path.suffix.lower() not in TEXTS or self.path.stat().st_size > LARGEST_TEXT:
            return ""
        return self.path.read_text(encoding="utf-8", errors="replace")


def pieces(config: Config, content: Content, today: date) -> Iterator[Piece]:
    """Every text that is read, as far as anything of it could get into a page, the public ones first."""
    library = content.library
    public = [article for article in library.articles if is_public(article, today)]
    hidden = [article for article in library.articles if not is_public(article, today)]
    yield from _settings(config)
    for article in public:
        yield from _article(article, content.texts)
    for article in hidden:
        why = why_not(article)
        yield Piece(content.texts.get(article.where.path, article.body), Location(article.where.path, 1), why)
        yield Piece(_names(article), Location(article.where.path), why)
    yield from _sections(library, public)
    for typed in content.synonyms.values():
        for word, meant in typed.items():
            yield Piece(f"{word} {' '.join(meant)}", Location(""))


def of_attachments(found: Iterable[Attachment]) -> Iterator[Piece]:
    """The names of files, and what those say that are not for the public."""
    for file in found:
        yield Piece(file.name, Location(shown(file.path)), file.why)
        if file.why and (text := file.text):
            yield Piece(text, Location(shown(file.path), 1), file.why)


def _settings(config: Config) -> Iterator[Piece]:
    """What the settings put into pages."""
    own = config.settings
    texts = [config.site.site_name, unquote(config.site.site_url), *own.locales.values(), *own.locales]
    texts += [own.identity.logo, own.identity.favicon, own.identity.colour, own.identity.accent]
    texts += [text for row in own.identity.footer for text in row.values()]
    contact = own.contact
    texts += [contact.phone.number, *contact.phone.hours.values(), contact.mail, contact.whatsapp]
    texts += [re.sub(r"\D", "", number) for number in (contact.phone.number, contact.whatsapp)]
    yield Piece("\n".join(texts), Location(shown(config.path)))


def _names(article: Article) -> str:
    """Paths, ids and words of the front matter, some of them inherited."""
    values = [_paths(article), article.description, article.owner, Path(article.where.path).stem]
    values += [*article.topics, *article.tags, *article.product, *article.aliases]
    return "\n".join([*values, *article.redirect_from, *(article.related or ())])


def _article(article: Article, texts: Mapping[str, str]) -> Iterator[Piece]:
    """A public article: what is for everybody, and its blocks for agents."""
    text = texts.get(article.where.path, article.body)
    if "agents" not in text.lower():
        yield Piece(f"{text}\n{_paths(article)}", Location(article.where.path, 1), "", article.locale)
        return
    lines = text.expandtabs(4).split("\n")
    inside = _blocks_for_agents(lines)
    everybody = ["" if number in inside else line for number, line in enumerate(lines)]
    yield Piece("\n".join([*everybody, _paths(article)]), Location(article.where.path, 1), "", article.locale)
    if inside:
        agents = [line if number in inside else "" for number, line in enumerate(lines)]
        yield Piece("\n".join(agents), Location(article.where.path, 1), "for agents only")


def _paths(article: Article) -> str:
    return f"{article.title}\n{article.id}\n{article.rel}\n{article.slug}\n{article.section}"


def _blocks_for_agents(lines: list[str]) -> set[int]:
    """The lines of boxes for agents: an opening, and all below it that is empty or indented more."""
    code = fenced_lines(lines)
    found: set[int] = set()
    for start, line in enumerate(lines):
        opening = AGENTS_BLOCK.match(line)
        opens = (opening and AGENTS.search(opening["words"])) or CALLOUT.match(line)
        if start in code or not opens:
            continue
        indent = _indent(line)
        found.add(start)
        for number in range(start + 1, len(lines)):
            bare = lines[number].lstrip(" >")
            if bare and _indent(lines[number]) <= indent and not CALLOUT.match(line):
                break
            if not bare and CALLOUT.match(line):
                break
            found.add(number)
    return found


def _indent(line: str) -> int:
    """How far in the words of a line start, behind the `>` of quotes."""
    bare = re.sub(r"^(?: {0,3}> ?)+", "", line)
    return len(bare) - len(bare.lstrip())


def _sections(library: Library, public: list[Article]) -> Iterator[Piece]:
    """Names of sections; those that no public article lies in are not for the public."""
    used = {path for article in public for path in with_parents(article.section)}
    for section in library.sections:
        why = "" if section.path in used else "a section without a public article"
        yield Piece(_of_section(section), Location(f"{section.path}/"), why)


def _of_section(section: Section) -> str:
    return "\n".join([section.path, *section.titles.values(), *section.descriptions.values()])


def attachments(config: Config, content: Content, today: date) -> Iterator[Attachment]:
    """Every other file, by whether a public article names it."""
    if not content.assets:
        return
    public = (article for article in content.library.articles if is_public(article, today))
    texts = (piece.text for article in public for piece in _article(article, content.texts) if not piece.why)
    identity = config.settings.identity
    said = unicodedata.normalize("NFC", "\n".join([*texts, identity.logo, identity.favicon]))
    names = set(FILE_NAME.findall(said))
    decoded = ""
    for name, path in content.assets.items():
        last = unicodedata.normalize("NFC", Path(name).name)
        if last in names or _stands_in(last, said):
            yield Attachment(name, path)
            continue
        decoded = decoded or unicodedata.normalize("NFC", html.unescape(unquote(said)))
        why = "" if _stands_in(last, decoded) else "a file that no public article shows"
        yield Attachment(name, path, why)


def _stands_in(name: str, text: str) -> bool:
    """Whether a text names a file, and not only another one whose name ends alike."""
    at = text.find(name)
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] in "-_."):
        at = text.find(name, at + 1)
    return at >= 0
