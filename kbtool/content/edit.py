"""Write one key into the front matter of a file, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

INSIDE = re.compile(r"[ \t]+\S|-")


def with_key(text: str, key: str, block: Sequence[str]) -> str:
    """The text of a file with the lines of `block` as this key, new or in place of the old ones.

    Every other byte stays. The front matter must be sound (or missing: then it is made).
    """
    end = "\r\n" if text.split("\n", 1)[0].endswith("\r") else "\n"
    lines = text.split(end)
    if lines[0].rstrip() != "---":
        return end.join(["---", *block, "---", *lines])
    close = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
    begin = re.compile(rf"(?:{key}|\"{key}\"|'{key}')[ \t]*:")
    kept: list[str] = []
    blank: list[str] = []
    place, inside = None, False
    for line in lines[1:close]:
        if inside and not line.strip():
            blank.append(line)
        elif begin.match(line):
            place, inside = len(kept), True
        elif inside and INSIDE.match(line):
            blank = []
        else:
            kept += [*blank, line]
            blank, inside = [], False
    kept += blank
    place = len(kept) if place is None else place
    return end.join([lines[0], *kept[:place], *block, *kept[place:], *lines[close:]])
