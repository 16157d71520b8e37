"""A related article that does not exist."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="unknown-related",
    severity="warning",
    summary="The front matter names as related an id that no article has.",
    why="The list of related articles is shown without it, so readers miss what you wanted to show them. "
    "Most often the id is misspelt, or the article was moved.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
related: [orders/bil]
---

Use the old box.
""",
        "articles/en/orders/bill.md": """\
---
title: Bill
description: Where your bill is.
---

In your account.
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
related: [orders/bill]
---

Use the old box.
""",
        "articles/en/orders/bill.md": """\
---
title: Bill
description: Where your bill is.
---

In your account.
""",
    },
    mend="Correct the id. `related: []` shows no list; without the key kbtool chooses the articles.",
)
