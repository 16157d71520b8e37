"""The front matter: every key declared once, read strictly, with the nearest key named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from kbtool.config import FieldRule
from kbtool.content.guards import guards
from kbtool.model import Question, Severity, TranslatedFrom
from kbtool.nearest import nearest
from kbtool.typed import (
    DAY,
    DURATION_DAYS,
    LINE,
    SCALAR,
    TEXT,
    TEXTS,
    Kind,
    attempt,
    choice,
    key,
    keys_of,
    listing,
    mapping,
    wrong,
)
from kbtool.yamlfile import Node, YamlReader

RULE = "bad-metadata"
MATERIAL_KEYS = frozenset(
    {"hide", "icon", "template", "search", "social", "subtitle", "comments", "render_macros"}
)
ID = re.compile(r"[A-Za-z0-9_]+([./-]+[A-Za-z0-9_]+)*")
INVISIBLE = re.compile("[\xa0\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
GUARDING_KEYS = ("audience", "status", "publish_at", "expires_at")
# Keys with which other systems hold a page back: unknown here, they would publish it.
FOREIGN_GUARDS = {
    **dict.fromkeys(("draft", "published", "unpublished", "archived", "unlisted"), "status: draft"),
    **dict.fromkeys(("visibility", "visible", "hidden", "internal", "private"), "audience: agents"),
    **dict.fromkeys(("access", "restricted", "confidential", "permissions", "roles"), "audience: agents"),
    **dict.fromkeys(("publish_date", "publishDate", "release_date"), "publish_at"),
    **dict.fromkeys(("expiry", "expiryDate", "expiry_date", "unpublish_at"), "expires_at"),
}
NO = ("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF")


def _question(node: Node, reader: YamlReader) -> Question:
    question, answer = node.get("question"), node.get("answer")
    if question is None or answer is None or question.is_null or answer.is_null:
        raise wrong(node, reader, "a question needs `question:` and `answer:`", "write both below one '- '")
    for name, (at, _) in node.value.items():
        if name not in ("question", "answer"):  # such as `audience`: it would hold nothing back
            help = "write only `question:` and `answer:`; what not all may read belongs into another article"
            raise wrong(at, reader, f"a question has no key '{name}'", help)
    return Question(LINE.read(question, reader), TEXT.read(answer, reader))


def _ascii(node: Node, reader: YamlReader) -> str:
    text: str = TEXT.read(node, reader)
    if not ID.fullmatch(text):
        help = "use the letters a to z, digits, and - . / between them"
        raise wrong(node, reader, f"'{text}' cannot be an id", help)
    return text


def _addresses(node: Node, reader: YamlReader) -> tuple[str, ...]:
    found: tuple[str, ...] = TEXTS.read(node, reader)
    items = node.value if isinstance(node.value, list) else [node]
    for item, text in ((item, TEXT.read(item, reader)) for item in items):
        if ".." in re.split(r"[/\\]", unquote(text)):
            help = "write the old address from the top of the site, such as /old/"
            raise wrong(item, reader, f"'{text}' leads out of the site", help)
    return found


def _source(node: Node, reader: YamlReader) -> TranslatedFrom | None:
    """What `kbtool translate mark` wrote; other systems use the key for things of their own."""
    locale, sections = node.get("locale"), node.get("sections")
    if locale is None or sections is None or not isinstance(sections.value, dict):
        return None
    return TranslatedFrom(TEXT.read(locale, reader), mapping(TEXT).read(sections, reader))


SOURCE = Kind(
    "locale and digests",
    _source,
)
ASCII = Kind("ASCII text", _ascii, {"type": [*SCALAR, "null"], "pattern": "^[A-Za-z0-9_./-]+$"})
ADDRESSES = Kind("list of texts", _addresses, TEXTS.schema)
QUESTION = Kind(
    "question and answer",
    _question,
    {
        "type": "object",
        "properties": {"question": LINE.schema, "answer": TEXT.schema},
        "required": ["question", "answer"],
    },
)


@dataclass(frozen=True)
class Metadata:
    """What the front matter of an article says; None or empty where it is silent."""

    title: str = key(LINE, "The title.", "")
    description: str = key(LINE, "One sentence: search result, meta description, card.", "")
    id: str = key(ASCII, "Stable id in ASCII; translations share it.", "")
    type: str = key(choice("article", "faq", "howto"), "The kind of page.", "article")
    audience: str = key(choice("public", "agents"), "Who may read it.", "")
    status: str = key(choice("draft", "published", "archived"), "Whether it is out.", "")
    publish_at: date | None = key(DAY, "The first day on which readers see it.", None)
    expires_at: date | None = key(DAY, "The first day on which readers no longer see it.", None)
    topics: tuple[str, ...] = key(TEXTS, "Ticket topics that it answers, its own first.", ())
    tags: tuple[str, ...] = key(TEXTS, "Tags.", ())
    product: tuple[str, ...] = key(TEXTS, "Products it is about.", ())
    aliases: tuple[str, ...] = key(TEXTS, "Other words that readers use for this; for search only.", ())
    questions: tuple[Question, ...] = key(
        listing(QUESTION), "Questions of an FAQ page, instead of headings.", ()
    )
    owner: str = key(TEXT, "Who answers for it.", "")
    reviewed: date | None = key(DAY, "The day of the last review.", None)
    review_every: int | None = key(DURATION_DAYS, "How often it is reviewed.", None)
    significance: str = key(
        choice("typo", "content", "major"), "How much the last edit changed, for translations.", "content"
    )
    source: TranslatedFrom | None = key(
        SOURCE,
        "On a translation: what it was made from. `kbtool translate mark` writes it.",
        None,
    )
    redirect_from: tuple[str, ...] = key(ADDRESSES, "Old addresses.", ())
    related: tuple[str, ...] | None = key(
        TEXTS, "Ids of related articles; computed where it is missing, none with `[]`.", None
    )


def read_metadata(node: Node | None, fields: Mapping[str, FieldRule], reader: YamlReader) -> Metadata:
    """The metadata of one article; problems go to the reader."""
    if node is None or node.is_null:
        return Metadata()
    if not isinstance(node.value, dict):
        help = "write it as key: value, one a line, with a space behind the colon"
        reader.problem(node.line, node.column, "the front matter is not a mapping of keys to values", help)
        return Metadata()
    known = keys_of(Metadata)
    values: dict[str, object] = {}
    given_by: dict[str, str] = {}
    for name, (at, given) in node.value.items():
        target, value = _translated(name, given, fields, reader)
        if not target:
            continue
        if target not in known:
            _unknown_key(target, at, value, known, reader)
        elif target in given_by:
            message = f"'{name}' and '{given_by[target]}' both say the {target}"
            reader.problem(at.line, at.column, message, "keep one of them")
        elif value.is_null and target in GUARDING_KEYS:
            kind = known[target].metadata["kind"]
            words = "a day, such as 2026-03-04" if kind is DAY else kind.name
            reader.problem(at.line, at.column, f"'{name}' is empty", f"write {words}, or remove the line")
        elif (
            not value.is_null and (read := attempt(known[target].metadata["kind"], value, reader)) is not None
        ):
            values[target] = read
            given_by[target] = name
    return Metadata(**values)  # type: ignore[arg-type]


def _translated(
    name: str, value: Node, fields: Mapping[str, FieldRule], reader: YamlReader
) -> tuple[str, Node]:
    """Our key and value for theirs; '' where the settings drop the key or its value has no word here."""
    rule = fields.get(name)
    if rule is None:
        return name, value
    if not rule.values:
        return rule.to, value
    written = value.value if isinstance(value.value, str) else "…"
    word = rule.values.get(written, rule.values.get(written.lower()))
    if word is None:
        message = f"articles.fields has no word for '{name}: {written}'"
        reader.problem(value.line, value.column, message, f"add it under articles.fields.{name}.{rule.to}")
        return "", value
    return rule.to, Node(word, value.line, value.column, plain=True)


def _unknown_key(name: str, at: Node, value: Node, known: Mapping[str, object], reader: YamlReader) -> None:
    """A key that may be meant to guard publication is an error; any other unknown key a warning."""
    if name == "<<":
        help = "write its keys out, one a line"
        reader.problem(at.line, at.column, "'<<' has no meaning here: nothing is merged", help)
        return
    if name in MATERIAL_KEYS and not _hides(name, value):
        return
    bare = INVISIBLE.sub("", name)
    word = "".join(bare.split())
    match = nearest(word, known) or nearest(word, FOREIGN_GUARDS)
    message = f"unknown key '{name}'"
    hidden = INVISIBLE.search(name)
    if hidden:
        message = f"the key '{bare}' holds the invisible character U+{ord(hidden[0]):04X}"
    if name in FOREIGN_GUARDS or _hides(name, value) or (match not in GUARDING_KEYS and guards(name, value)):
        mend = FOREIGN_GUARDS.get(match or "", "audience: agents or status: draft")
        message = f"the key '{name}' of other systems is not known here, so it would hold nothing back"
        help = f"write {mend}, or say under articles.fields what '{name}' means"
        reader.problem(at.line, at.column, message, help, rule="near-miss-key")
        return
    severity: Severity = "error" if match in (*GUARDING_KEYS, *FOREIGN_GUARDS) else "warning"
    rule = "near-miss-key" if match else "unknown-key"
    help = f"did you mean '{match}'?" if match else "remove it, or name it under articles.fields"
    if hidden:
        help = "type the key again"
    reader.problem(at.line, at.column, message, help, rule=rule, severity=severity)


def _hides(name: str, value: Node) -> bool:
    """Whether a key of Material, which has no effect here, says that the page is to be hidden."""
    if name == "hide":
        return not isinstance(value.value, list) and not value.is_null
    return name == "search" and (out := value.get("exclude")) is not None and out.value not in NO
