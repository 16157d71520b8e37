"""A block of code that is opened and never closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.checks.base import Rule, Subject
from kbtool.content.scan import place
from kbtool.model import Article, Finding

OPENING = re.compile(r"(?P<before>[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,})(?P<after>[^`]*)")
AROUND = " >\t"


def check(subject: Subject) -> Iterator[Finding]:
    """Every article, once."""
    for article in subject.library.articles:
        if "```" in article.body or "~~~" in article.body:
            yield from _unclosed(article)


def _unclosed(article: Article) -> Iterator[Finding]:
    lines = article.body.split("\n")
    closing = {line.strip(AROUND): number for number, line in enumerate(lines)}  # the last of each
    number, at = 0, 0
    starts = [at := at + len(line) + 1 for line in lines]
    blank = True
    while number < len(lines):
        match = OPENING.fullmatch(lines[number])
        if match is None or (blank and len(match["before"].expandtabs(4)) >= 4 and _is_code(lines, number)):
            blank = not lines[number].strip()
            number += 1
            continue
        if closing.get(match["fence"], -1) <= number:
            where, line = place(article, starts[number] - len(lines[number]) - 1 + match.start("fence"))
            message = f"the block of code opened with {match['fence']} here is never closed"
            help = f"put a line with {match['fence']} alone below the code, indented like this one"
            yield RULE.finding(where, message, help, line)
            return
        number = (
            next(n for n in range(number + 1, len(lines)) if lines[n].strip(AROUND) == match["fence"]) + 1
        )
        blank = False


def _is_code(lines: list[str], number: int) -> bool:
    """Whether an indented line is code by its indent: no list or block stands above it."""
    indent = len(lines[number]) - len(lines[number].lstrip())
    for line in reversed(lines[:number]):
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            return not re.match(r"\s*(?:[-+*]\s|\d+[.)]\s|[!?]{3}|===|\[\^|:\s|>)", line)
    return True


RULE = Rule(
    id="unclosed-fence",
    severity="warning",
    summary="A block of code is opened and never closed.",
    why="Readers see the marks, and the code as if it was text; or all that follows looks like code.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

```sh
returns list

Then wait for the parcel.
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

```sh
returns list
```

Then wait for the parcel.
""",
    },
    mend="Put the closing line below the code: the same marks, with the same indent.",
    check=check,
)
