"""A space without a width, where no language needs one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.checks.base import Rule, Subject
from kbtool.model import Finding, Location

# Thai, Lao, Tibetan, Burmese, Khmer and their relatives write no spaces; this one says where a line may end.
NEEDING = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1bff\ua980-\ua9ff\uaa60-\uaadf"
)
HIDDEN = re.compile("[\u200b\u2060-\u2064\ufeff\u180e\U000e0001\U000e0020-\U000e007f]")
NEIGHBOUR = re.compile(f"[{NEEDING}]")
FLAG = "\U0001f3f4"  # the flags of England, Scotland and Wales are written with such characters


def check(subject: Subject) -> Iterator[Finding]:
    """The first in each file."""
    for path, text in subject.texts.items():
        if not HIDDEN.search(text):
            continue
        found = [at for at in (match.start() for match in HIDDEN.finditer(text)) if not _is_needed(text, at)]
        if found:
            yield _finding(path, text, found)


def _is_needed(text: str, at: int) -> bool:
    if text[at] >= "\U000e0000":
        return FLAG in text[max(0, at - 7) : at]
    return text[at] == "\u200b" and bool(NEIGHBOUR.search(text[max(0, at - 2) : at + 3]))


def _finding(path: str, text: str, found: list[int]) -> Finding:
    at = found[0]
    start = text.rfind("\n", 0, at) + 1
    where = Location(path, text.count("\n", 0, at) + 1, at - start + 1)
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    message = f"the character U+{ord(text[at]):04X} here cannot be seen{more}"
    line = HIDDEN.sub("\ufffd", text[start:].partition("\n")[0])
    return RULE.finding(where, message, "delete it; it often comes with copied text", line)


RULE = Rule(
    id="zero-width-space",
    severity="warning",
    summary="A text holds a character that cannot be seen: a space without a width (U+200B), or one of its "
    "kind.",
    why="It cuts a word in two for programs that readers copy it into, and can carry a hidden text. "
    "Languages without spaces, such as Thai, Khmer and Burmese, end their lines there: beside their letters "
    "it is fine. So are U+200C and U+200D everywhere, which Hindi needs.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Enter the code SAVE\u200b10.
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Enter the code SAVE10. क्\u200dष भाषา\u200bไทย
""",
    },
    mend="Delete the character; where a long word may be broken, write `<wbr>`.",
    check=check,
)
