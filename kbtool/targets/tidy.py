"""HTML without the blank lines and the spaces that templates leave."""

from __future__ import annotations

import re

CODE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
BLANK = re.compile(r"\n\s*\n")
ENDS = " \n", "\t\n"


def tidied(html: str) -> str:
    """The lines without blank ones outside of code, and without spaces at their ends."""
    parts = CODE.split(html)
    parts[::2] = [_tidied(part) for part in parts[::2]]
    return "".join(parts).strip("\n") + "\n"


def _tidied(part: str) -> str:
    for end in ENDS:
        while end in part:
            part = part.replace(end, "\n")
    return BLANK.sub("\n", part)
