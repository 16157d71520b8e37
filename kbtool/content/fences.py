"""Which lines of a Markdown text are certainly code inside a fence, as the renderer sees it."""

from __future__ import annotations

import re
from collections.abc import Sequence

OPENING = re.compile(r"(?P<before>[> ]*)(?P<fence>`{3,}|~{3,})(?P<after>.*)")
PLAIN = re.compile(r" *\.?[\w#.+-]* *")


def fenced_lines(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines of all fences, their first and last lines too. Tabs must be expanded."""
    return {number for fence in fences(lines) for number in fence}


def fences(lines: Sequence[str]) -> list[range]:
    """All fences, each from its first line to its last. Tabs must be expanded.

    Only certain fences count: whoever asks does so to let text for agents pass as an example. From
    the first fence on whose fate hangs on more than its lines (it stands in a quote, or has options),
    no line counts. Nor does a fence right below a line that may be code by its indent: the renderer
    takes such a fence back, and reads its lines as text.
    """
    code: list[range] = []
    opening, indent, fence = -1, 0, ""
    above = True  # whether what stands above, up to an empty line, is only prose and fences
    for number, line in enumerate(lines):
        if not fence:
            if match := OPENING.match(line):
                if ">" in match["before"] or not PLAIN.fullmatch(match["after"]):
                    return code
                opening, indent, fence = number, len(match["before"]), match["fence"]
            else:
                above = not line.strip() or (above and _prose(line))
        elif not line.strip():
            continue
        elif line[:indent].strip(" "):
            fence, above = "", False  # a line that is indented less ends it: it was no fence
        elif line[indent:].rstrip(" ") == fence:
            if above:
                code.append(range(opening, number + 1))
            fence = ""
    return code


def _prose(line: str) -> bool:
    """Whether it can be neither code by its indent nor part of a quote, a list or HTML."""
    return line[:1].isalpha() or line[:1] in "#_|"
