"""What points from a public article to something protected, beside its links: front matter, includes, text.

A link that is told elsewhere, by the place where it stands among the targets of an article, is none of
this; a full address of this site is, since a page holds it as it was written.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kbtool.config import Config
from kbtool.content.files import SECTIONS
from kbtool.content.includes import named_files
from kbtool.content.links import WRITTEN, pointing
from kbtool.content.protected import AGENTS, LISTING, NOT_PUBLISHED, RULE, Hidden, Why, is_hidden_name
from kbtool.content.scan import place, scan
from kbtool.model import Article, Finding, Library, Location

OUTSIDE = "outside of the folder of articles"
WORDS = re.compile(r"[^\s,\[\]{}\"'#]+")
STOPS = ".,;:!?"


def pointers(
    config: Config, library: Library, seen: Library, hidden: Hidden, texts: Mapping[str, str]
) -> Iterator[Finding]:
    """Everything in the articles of `seen` that names what is protected.

    Of the whole `library` nothing but the audiences of translations is looked at. `texts` are the files as
    they were read, by path, for the places in their front matter.
    """
    versions = library.by_id()
    for article in seen.articles:
        text = texts.get(article.where.path, "")
        source = library.source_of(versions[article.id])
        if source.audience == "agents" and article.audience == "public":
            yield _translation(article, source, text)
        yield from _front_matter(article, text, config, hidden)
        yield from _in_text(article, hidden)
        yield from _includes(article, config, hidden)


def _translation(article: Article, source: Article, text: str) -> Finding:
    message = "this translates an article for agents, and is itself public"
    help = "set `audience: agents` here as well, or `audience: public` in the source"
    where, line = front_matter_place(article.where.path, text, ("audience",))
    return Finding(RULE, "error", where, message, help, line, source.where.path)


def _front_matter(article: Article, text: str, config: Config, hidden: Hidden) -> Iterator[Finding]:
    def told(key: str, how: str, written: str, why: Why) -> Finding:
        where, line = front_matter_place(article.where.path, text, written_as(key, config), written)
        return pointing(how, written, why, where, line, strict=hidden.strict)

    for id in article.related or ():
        if why := hidden.ids.get(id):
            yield told("related", "names as related", id, why)
    for address in article.redirect_from:
        if (why := hidden.why(address)).reason:
            yield told("redirect_from", "says that it was at", address, why)
    for word in _source_words(text, config):
        why = hidden.ids.get(word) or hidden.why("/" + word.lstrip("./"))
        if why.reason == AGENTS:
            yield told("source", "is made from", word, why)


def written_as(key: str, config: Config) -> tuple[str, ...]:
    """A key of ours and what it is called in the articles of another system."""
    return (key, *(name for name, rule in config.settings.articles.fields.items() if rule.to == key))


def _source_words(text: str, config: Config) -> Iterator[str]:
    """The words of the key `source`, whatever it holds."""
    names, head = written_as("source", config), _head(text)
    for number, line in enumerate(head):
        key, colon, rest = line.partition(":")
        if not colon or key.strip() not in names:
            continue
        lines = [rest]
        for below in head[number + 1 :]:
            if below[:1] not in (" ", "\t", "-"):
                break
            lines.append(below)
        yield from (word for line in lines for word in WORDS.findall(line) if not word.endswith(":"))


def _in_text(article: Article, hidden: Hidden) -> Iterator[Finding]:
    """Addresses that the page would hold as they are written: full ones, and those with backslashes."""
    if not hidden.names:
        return
    told: set[int] = set()
    for found in scan(article.body, elsewhere=True):
        written = found.target.written
        if (why := hidden.why(written)).reason:
            where, line = place(article, found.at)
            told.add(where.line)
            yield pointing("links to", written, why, where, line, strict=hidden.strict)
    if not (own := hidden.own):
        return
    # Pictures of other sites are told with the targets of the article.
    told |= {place(article, f.at)[0].line for f in scan(article.body) if own.match(f.target.written)}
    for number, line in enumerate(_parts(article)):
        in_body = number <= article.body.count("\n")
        at = Location(article.where.path, article.body_line + number if in_body else 0)
        for match in own.finditer(html.unescape(line)):
            written = match[0].rstrip(STOPS)
            if at.line not in told and (why := hidden.why(written)).reason:
                yield pointing("holds", written, why, at, line if in_body else "", strict=hidden.strict)


def _parts(article: Article) -> list[str]:
    """The lines of the body, then what else of an article is shown."""
    others = [article.title, article.description]
    others += (part for question in article.questions for part in (question.question, question.answer))
    return [*article.body.split("\n"), *others]


def loose_links(text: str, article: Article, hidden: Hidden) -> Iterator[tuple[str, Finding | None]]:
    """The addresses in the HTML of an article that lead to what is hidden, though no slot stands for them.

    With the finding where the text of the article does not show that address as it is.
    """
    plain = ""
    for match in WRITTEN.finditer(text):
        written = html.unescape(match[1])
        if (why := hidden.why(written, article)).reason:
            plain = plain or html.unescape("\n".join(_parts(article)))
            where = Location(article.where.path)
            told = pointing("links to", written, why, where, strict=hidden.strict)
            yield match[0], None if written in plain else told


def _includes(article: Article, config: Config, hidden: Hidden) -> Iterator[Finding]:
    for number, column, name in named_files(article.body):
        if (why := _included(name, article, config, hidden)).reason:
            where = Location(article.where.path, article.body_line + number, column)
            message = f"this line asks for {name}, which is {why.reason}; the page would show it"
            help = "take the line out; what only agents may see belongs into !!! agents"
            yield Finding(RULE, "error", where, message, help, article.body.split("\n")[number], why.path)


def _included(name: str, article: Article, config: Config, hidden: Hidden) -> Why:
    """Why the file of an include line must not be named; nothing when the line may be shown."""
    base = Path(config.docs_dir).resolve()
    beside = Path(article.where.path).parent
    outside = ""
    for folder in (beside, config.docs_dir, config.docs_dir / article.locale, config.root):
        path = Path(os.path.realpath(folder / name))  # stays quiet where a name is too long or a loop
        if not path.is_relative_to(base):
            # Only what is there says that this reading of the path is the one that was meant.
            outside = outside or (OUTSIDE if path.is_file() else "")
            continue
        inside = path.relative_to(base)
        if (why := hidden.why(f"/{inside.as_posix()}")).reason:
            return why
        if path.exists() and inside.as_posix() == SECTIONS:
            return Why(LISTING)
        if path.exists() and any(map(is_hidden_name, inside.parts)):
            return Why(NOT_PUBLISHED)
    return Why(outside)


def front_matter_place(
    path: str, text: str, names: tuple[str, ...], written: str = ""
) -> tuple[Location, str]:
    """The line of the front matter with that key, or below it with that value; else the first line."""
    lines = _head(text)
    start = next((n for n, line in enumerate(lines) if line.partition(":")[0].strip() in names), None)
    if start is None:
        return Location(path, 1), ""
    at = next((n for n in range(start, len(lines)) if written and written in lines[n]), start)
    column = lines[at].find(written) + 1 if written and written in lines[at] else 1
    return Location(path, at + 1, column), lines[at]


def _head(text: str) -> list[str]:
    """The lines of the front matter, the `---` above it included."""
    if not text.startswith("---"):
        return []
    return text.partition("\n---")[0].split("\n")
