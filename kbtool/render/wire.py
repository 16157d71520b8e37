"""What the build and its render workers say to each other: JSON behind its length, nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from kbtool.model import Article, Heading, Location, PythonName, Question, Rendered, Target

NAME = "!!python/name"
LENGTH = 4
MOST = 256 * 1024 * 1024  # bytes: no page is longer


@dataclass(frozen=True)
class Dialect:
    """What rendering depends on: the extensions of the settings with their options, and words by locale."""

    extensions: Sequence[tuple[str, Mapping[str, Any]]] = ()
    labels: Mapping[str, Mapping[str, str]] | None = None


def dialect_text(dialect: Dialect, locale: str) -> str:
    """All that the dialect says of a locale, as a text."""
    labels = (dialect.labels or {}).get(locale, {})
    return json.dumps([dialect.extensions, labels], sort_keys=True, default=_plain)


def packed(rendered: Rendered) -> bytes:
    """A rendered article as bytes."""
    return json.dumps(rendered_message(rendered), ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Rendered:
    """A rendered article from its bytes."""
    return rendered_of(json.loads(data.decode("utf-8", "surrogatepass")))


def send(stream: IO[bytes], message: Mapping[str, Any]) -> None:
    """Write one message."""
    data = json.dumps(message, ensure_ascii=False, default=_plain).encode("utf-8", "surrogatepass")
    stream.write(len(data).to_bytes(LENGTH, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read one message; None where the other side is gone, even in the middle of it."""
    head = stream.read(LENGTH)
    size = int.from_bytes(head, "big") if len(head) == LENGTH else -1
    if size > MOST:
        raise ValueError(size)
    data = stream.read(size) if size >= 0 else b""
    if len(data) != size:
        return None
    message: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"), object_hook=_named)
    return message


def _plain(value: object) -> object:
    if isinstance(value, PythonName):
        return {NAME: value.name}
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _named(found: dict[str, Any]) -> Any:
    return PythonName(found[NAME]) if found.keys() == {NAME} else found


def article_message(article: Article) -> dict[str, Any]:
    """What of an article its page is made from."""
    questions = [(question.question, question.answer) for question in article.questions]
    return {"locale": article.locale, "body": article.body, "questions": questions}


def article_of(message: Mapping[str, Any]) -> Article:
    """The article of a message, as far as rendering needs it."""
    questions = tuple(Question(*listed) for listed in message["questions"])
    return Article("", message["locale"], "", message["body"], Location(""), questions=questions)


def rendered_message(rendered: Rendered) -> dict[str, Any]:
    """A rendered article as a message."""
    return {
        "html": rendered.html,
        "headings": [(heading.level, heading.id, heading.title) for heading in rendered.headings],
        "text": rendered.text,
        "targets": [(target.kind, target.written) for target in rendered.targets],
    }


def rendered_of(message: Mapping[str, Any]) -> Rendered:
    """The rendered article of a message."""
    return Rendered(
        message["html"],
        tuple(Heading(*listed) for listed in message["headings"]),
        message["text"],
        tuple(Target(*listed) for listed in message["targets"]),
    )
