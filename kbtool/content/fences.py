"""Which lines of a Markdown text are certainly code inside a fence, as the renderer sees it."""

from __future__ import annotations

import re
from collections.abc import Sequence

OPENING = re.compile(r"(?P<before>[> ]*)(?P<fence>`{3,}|~{3,})(?P<after>.*)")
PLAIN = re.compile(r" *\.?[\w#.+-]* *")


def fenced_lines(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines of all fences, their first and last lines too. Tabs must be expanded.

    From the first fence on whose fate hangs on more than its lines (it stands in a quote, or has
    options), no line counts as code: whoever asks does so to let text for agents pass as an example.
    """
    code: set[int] = set()
    opening, indent, fence = -1, 0, ""
    for number, line in enumerate(lines):
        if not fence:
            if match := OPENING.match(line):
                if ">" in match["before"] or not PLAIN.fullmatch(match["after"]):
                    return code
                opening, indent, fence = number, len(match["before"]), match["fence"]
        elif not line.strip():
            continue
        elif line[:indent].strip(" "):
            fence = ""  # a line that is indented less ends it: it was no fence
        elif line[indent:].rstrip(" ") == fence:
            code.update(range(opening, number + 1))
            fence = ""
    return code
