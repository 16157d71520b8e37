"""Lines that ask for another file: kbtool includes none, so that no file gets into a page unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.model import Finding, Location

RULE = "not-included"
# As other systems write it: {* file *}, {! file !}, {% include file %}, --8<-- "file".
INCLUDE = re.compile(r"\s*(?:\{\*.+\*\}|\{!.+!\}|\{%-?\s*include\b.+%\}|-+8<-+\s+[\"'].+[\"'])\s*")
# The same anywhere in a line, with the name of the file.
NAMED = re.compile(
    r"\{\*\s*(?P<star>[^*{}]+?)\s*\*\}|\{!>?\s*(?P<bang>[^!{}]+?)\s*!\}"
    r"|\{%-?\s*include(?:-markdown)?\s+(?P<percent>[^%{}]+?)\s*-?%\}|-+8<-+\s+(?P<scissors>[\"'][^\"']+[\"'])"
)
BLOCK = re.compile(r"\s*-+8<-+\s*")
FENCE = re.compile(r"[> \t]*(?P<fence>`{3,}|~{3,})")


def include_problems(path: str, text: str, first_line: int) -> list[Finding]:
    """One warning for an article with such lines outside of code: they are shown as they are written.

    `first_line` is the line of the file on which the text starts.
    """
    if "{" not in text and "8<-" not in text:
        return []
    found = [(number, line) for number, line in _outside_code(text) if INCLUDE.fullmatch(line)]
    if not found:
        return []
    number, line = found[0]
    message = "no file is included here; the line is shown as it is written"
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    where = Location(path, first_line + number, len(line) - len(line.lstrip()) + 1)
    return [Finding(RULE, "warning", where, message + more, "copy the text into the article", line)]


def named_files(text: str) -> Iterator[tuple[int, int, str]]:
    """The files that a text asks for, in code as well: line from 0, column from 1, the name as written.

    Lines between two `--8<--` on lines of their own name a file each.
    """
    if "{" not in text and "8<-" not in text:
        return
    inside = False
    for number, line in enumerate(text.split("\n")):
        if BLOCK.fullmatch(line):
            inside = not inside
        elif inside and line.strip():
            yield number, len(line) - len(line.lstrip()) + 1, _file(line)
        for match in NAMED.finditer(line):
            written = next(group for group in match.groups() if group is not None)
            yield number, match.start() + 1, _file(written)


def _file(written: str) -> str:
    """The name of the file alone: without quotes, options behind it, and lines `:1:5` of it."""
    written = written.strip()
    if written[:1] in ("'", '"'):
        name = written[1:].partition(written[0])[0]
    else:
        name = written.split()[0] if written else ""
    return re.sub(r"(?::-?\w*)+\Z", "", name.strip())


def _outside_code(text: str) -> Iterator[tuple[int, str]]:
    """The lines that stand in no fence, with their numbers from 0."""
    fence = ""
    for number, line in enumerate(text.split("\n")):
        match = FENCE.match(line)
        if match and not fence:
            fence = match["fence"]
        elif match and match["fence"].startswith(fence):
            fence = ""
        elif not fence:
            yield number, line
