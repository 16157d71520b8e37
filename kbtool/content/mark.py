"""Write into a translation what it was made from, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kbtool.yamlfile import scalar

KEY = re.compile(r"source[ \t]*:")
INSIDE = re.compile(r"[ \t]+\S|[ \t]*\Z|-")


def marked(text: str, locale: str, sections: Mapping[str, str]) -> str:
    """The text of a file with `source:` in its front matter, new or in place of the old one.

    Every other byte stays. The front matter must be sound (or missing: then it is made).
    """
    block = ["source:", f"  locale: {scalar(locale)}", "  sections:"]
    block += [f"    {scalar(name)}: {scalar(digest)}" for name, digest in sections.items()]
    end = "\r\n" if "\r\n" in text.split("\n", 1)[0] + "\n" else "\n"
    lines = text.split(end)
    if lines[0].rstrip() != "---":
        return end.join(["---", *block, "---", *lines])
    close = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
    kept: list[str] = []
    place, inside = None, False
    for line in lines[1:close]:
        if KEY.match(line):
            place, inside = len(kept), True
        elif not (inside and INSIDE.match(line)):
            inside = False
            kept.append(line)
    place = len(kept) if place is None else place
    return end.join([lines[0], *kept[:place], *block, *kept[place:], *lines[close:]])
