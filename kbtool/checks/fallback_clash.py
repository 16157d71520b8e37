"""A missing translation whose address is taken."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="fallback-clash",
    severity="warning",
    summary="An article has no translation in a locale, and the page that would show it there has the "
    "address of another article.",
    why="That other one is shown, so this one cannot be reached in that locale. Most often the two "
    "are translations of each other that kbtool does not know as such.",
    bad={
        "articles/en/orders/bill.md": """\
---
title: Returns
description: How to send something back.
id: bill-en
---

Use the old box.
""",
        "articles/hi/orders/bill.md": """\
---
title: बिल
id: bill-hi
---

बिल यहाँ है।
""",
    },
    good={
        "articles/en/orders/bill.md": """\
---
title: Returns
description: How to send something back.
id: bill
---

Use the old box.
""",
        "articles/hi/orders/bill.md": """\
---
title: बिल
id: bill
---

बिल यहाँ है।
""",
    },
    mend="Give both the same `id` if one is the translation of the other, else rename one.",
)
