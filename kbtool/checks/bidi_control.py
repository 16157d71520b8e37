"""A character that turns the order of what is read."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="bidi-control",
    severity="error",
    summary="A text holds a character that turns the order of letters: U+202A to U+202E, or U+2066 "
    "to U+2069.",
    why="Readers see another text than the one that is stored, searched and copied: an address, a file name "
    "or a command can be disguised with it. The joiners U+200C and U+200D, which Hindi and Persian need, and "
    "the marks U+200E and U+200F are no such characters.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Open invoice\u202efdp.exe and print it.
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Open invoice.pdf and print it. क्\u200dष, می\u200cخواهم
""",
    },
    mend="Delete the character. Around a name of the other direction write `<bdi>…</bdi>`.",
)
