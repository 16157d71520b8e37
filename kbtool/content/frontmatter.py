"""The front matter of a file: found strictly, so that a slip never turns it into page text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.content.metadata import GUARDING_KEYS, RULE
from kbtool.yamlfile import YamlReader

MAX_BYTES = 64 * 1024
INVISIBLE = "\ufeff\u200b-\u200f\u2060"
# What an editor, a word processor or another system makes of ---; TOML's fence is +++.
ALMOST = re.compile(rf"[\s{INVISIBLE}]*(?:-{{2,}}|[\u2010-\u2015\u2212]+|\+{{3,}})[\s{INVISIBLE}]*")
KEY = re.compile(r"\s*[\"']?(?P<name>[A-Za-z_][\w-]*)[\"']?\s*[:=]")


@dataclass(frozen=True)
class Split:
    """A file in two: the YAML between the dashes ('' for none), and the Markdown after it.

    `body_line` is the line of the file on which the body starts.
    """

    yaml: str
    body: str
    body_line: int
    has_front_matter: bool


def split(path: str, text: str) -> tuple[Split | None, YamlReader]:
    """Part a file; None when the front matter is damaged (the reader holds the reason)."""
    lines = text.split("\n")
    reader = YamlReader(path, text, RULE)
    if lines[0].rstrip() != "---":
        if (line := _almost(lines)) is not None:
            message = "this looks like front matter, but line 1 is not exactly ---"
            reader.problem(
                line + 1, 1, message, "put three hyphens alone on line 1, and again below the keys"
            )
            return None, reader
        return Split("", text, 1, has_front_matter=False), reader
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        reader.problem(
            1, 1, "the front matter that starts here is never closed", "put --- on a line of its own after it"
        )
        return None, reader
    yaml = "\n".join(lines[1:end])
    if len(yaml.encode()) > MAX_BYTES:
        reader.problem(
            1, 1, f"the front matter is larger than {MAX_BYTES // 1024} KiB", "move text into the body"
        )
        return None, reader
    inner = YamlReader(path, yaml, RULE, first_line=2)
    return Split(yaml, "\n".join(lines[end + 1 :]), end + 2, has_front_matter=True), inner


def _almost(lines: Sequence[str]) -> int | None:
    """The line on which something starts that its writer must take for front matter; None if nothing does.

    That is a key below a line that is nearly ---, or keys at the very top of which one guards
    publication.
    """
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    if start < len(lines) and ALMOST.fullmatch(lines[start]):
        rest = (line for line in lines[start + 1 :] if line.strip() and not line.lstrip().startswith("#"))
        return start if KEY.match(next(rest, "")) else None
    for line in lines[start:]:
        match = KEY.match(line)
        if match is None:
            return None
        if match["name"].lower() in GUARDING_KEYS:
            return start
    return None
